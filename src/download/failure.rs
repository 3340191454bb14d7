//! What can go wrong with one file, as values.
//!
//! One enum for all that a transfer can end of; every failure answers three
//! questions: [`Failure::kind`] (a stable word for programs), [`Failure::stage`]
//! (how far it had come) and, in [`super::retry`], what to do next. What is said
//! to a person is made elsewhere, from these values.

use std::time::Duration;

use super::digest::Algorithm;
use super::retry::RetryAfter;

/// How far a transfer had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Looking up the host's name.
    Resolve,
    /// Opening the connection, to the host or to its proxy.
    Connect,
    /// The TLS handshake and the certificate.
    Tls,
    /// The request and the head of its answer.
    Request,
    /// The bytes.
    Body,
    /// Opening, reserving, writing.
    Disk,
    /// Length and checksum of the whole.
    Verify,
    /// Taking the final name.
    Finish,
    /// Ebb's own rules: patience, limits, what was asked for.
    Policy,
}

/// Why a certificate was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// Its time has not begun.
    #[error("not valid yet")]
    NotYetValid,
    /// It is another host's.
    #[error("issued for another name")]
    WrongName,
    /// Signed by nobody this computer trusts (self-signed ones among them).
    #[error("issuer not trusted")]
    UnknownIssuer,
    /// Taken back by its issuer.
    #[error("revoked")]
    Revoked,
    /// Anything else, in the verifier's words.
    #[error("{0}")]
    Other(String),
}

/// A failed transfer. Carries values for the message, never secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name has no address.
    #[error("host not found")]
    HostNotFound,
    /// The name service did not answer.
    #[error("name lookup failed: {0}")]
    ResolveFailed(String),
    /// Nobody listens there.
    #[error("connection refused")]
    Refused,
    /// No route; the network is down.
    #[error("network unreachable")]
    Unreachable,
    /// No connection within the connect timeout.
    #[error("connect timeout")]
    ConnectTimeout,
    /// Another error while connecting.
    #[error("connection failed: {0}")]
    ConnectFailed(String),
    /// The proxy cannot be reached, or refuses to pass the connection on.
    #[error("proxy: {0}")]
    Proxy(String),
    /// The proxy's address is none: nothing can be asked through it.
    #[error("the proxy is not a URL this program can use")]
    ProxyInvalid,
    /// 407, or a SOCKS proxy that wants other credentials.
    #[error("the proxy wants a user and a password")]
    ProxyAuthentication,
    /// The certificate cannot be trusted.
    #[error("certificate: {0}")]
    Certificate(CertificateProblem),
    /// The handshake failed otherwise.
    #[error("TLS handshake: {0}")]
    TlsHandshake(String),
    /// The answer's status is an error (400–599), or one that no download can use (204, 304).
    #[error("HTTP status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// When the server wants to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// More than 10 redirects.
    #[error("too many redirects")]
    TooManyRedirects,
    /// A redirect to where it came from.
    #[error("redirect loop")]
    RedirectLoop,
    /// From https to http.
    #[error("redirect from https to http")]
    RedirectInsecure,
    /// Without a usable Location, or to another scheme.
    #[error("redirect to nowhere: {0}")]
    RedirectInvalid(String),
    /// What came back is not HTTP, or an answer that contradicts itself.
    #[error("not a valid answer: {0}")]
    BadAnswer(String),
    /// No head of an answer within the stall timeout.
    #[error("no answer in time")]
    AnswerTimeout,
    /// A 206 for another range than the one asked for.
    #[error("another range than the one asked for")]
    RangeMismatch,
    /// The server does not give the ranges it gave before.
    #[error("ranges are no longer served")]
    RangesRefused,
    /// 416: the range starts past the end of the file.
    #[error("range not satisfiable; the file has {total:?} bytes")]
    RangeNotSatisfiable {
        /// The file's length, where the answer tells (`bytes */N`).
        total: Option<u64>,
    },
    /// The connection ended before the last byte.
    #[error("connection lost")]
    ConnectionLost(String),
    /// No byte within the stall timeout.
    #[error("stalled")]
    Stalled,
    /// A compressed body where the plain bytes were asked for.
    #[error("unexpected content encoding {0}")]
    UnexpectedEncoding(String),
    /// A page came where a file was asked for.
    #[error("a web page instead of the file")]
    WebPage,
    /// The file at the source is another one now.
    #[error("the source has changed")]
    SourceChanged,
    /// No room, known beforehand (`needed` bytes, `free` bytes) or met while writing.
    #[error("disk full")]
    DiskFull {
        /// Bytes still to be written, where known.
        needed: Option<u64>,
        /// Bytes free, where known.
        free: Option<u64>,
    },
    /// No right to write there.
    #[error("permission denied")]
    PermissionDenied,
    /// The file system is mounted read-only.
    #[error("read-only file system")]
    ReadOnly,
    /// A part of the folder's path is a file.
    #[error("not a folder")]
    NotAFolder,
    /// The folder, or the part in it, has gone while the transfer ran.
    #[error("the destination has gone")]
    DestinationGone,
    /// Larger than the file system takes (4 GiB on FAT).
    #[error("too large for the file system")]
    FileTooLarge,
    /// Another error of the disk.
    #[error("disk: {0}")]
    Disk(String),
    /// Something stands under the final name, and the rule says fail; or it is a folder.
    #[error("the name is taken")]
    NameConflict {
        /// It is a folder, which nothing replaces.
        is_folder: bool,
    },
    /// Another process, or another download, is writing this file.
    #[error("the file is being written by another download")]
    InUse,
    /// The bytes are not those the checksum was made of.
    #[error("checksum mismatch")]
    ChecksumMismatch {
        /// Which digest.
        algorithm: Algorithm,
        /// The one expected, in hex.
        expected: String,
        /// The one of the bytes that came, in hex.
        actual: String,
    },
    /// Too long without a new byte; the last reason is kept.
    #[error("no progress for {after:?}")]
    NoProgress {
        /// How long nothing came.
        after: Duration,
        /// What went wrong the last time.
        last: Box<Failure>,
    },
    /// The store could not remember what it must.
    #[error("store: {0}")]
    Store(String),
    /// A secret that was not kept is needed again.
    #[error("credentials are needed again")]
    CredentialsNeeded,
}

impl Failure {
    /// A status without a Retry-After.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            retry_after: None,
        }
    }

    /// The stable snake_case word that programs see.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::HostNotFound => "host_not_found",
            Self::ResolveFailed(_) => "resolve_failed",
            Self::Refused => "connection_refused",
            Self::Unreachable => "network_unreachable",
            Self::ConnectTimeout | Self::AnswerTimeout | Self::Stalled => "timeout",
            Self::ConnectFailed(_) => "connect_failed",
            Self::Proxy(_) | Self::ProxyInvalid => "proxy",
            Self::ProxyAuthentication => "proxy_authentication",
            Self::Certificate(_) => "tls_certificate",
            Self::TlsHandshake(_) => "tls_handshake",
            Self::Status {
                status: 404 | 410, ..
            } => "not_found",
            Self::Status { status: 401, .. } => "authentication",
            Self::Status { status: 403, .. } => "forbidden",
            Self::Status { .. } => "http_status",
            Self::TooManyRedirects => "too_many_redirects",
            Self::RedirectLoop => "redirect_loop",
            Self::RedirectInsecure => "redirect_insecure",
            Self::RedirectInvalid(_) => "redirect_invalid",
            Self::BadAnswer(_) => "bad_answer",
            Self::RangeMismatch => "range_mismatch",
            Self::RangesRefused => "ranges_refused",
            Self::RangeNotSatisfiable { .. } => "range_not_satisfiable",
            Self::ConnectionLost(_) => "connection_lost",
            Self::UnexpectedEncoding(_) => "unexpected_encoding",
            Self::WebPage => "web_page_instead_of_file",
            Self::SourceChanged => "source_changed",
            Self::DiskFull { .. } => "disk_full",
            Self::PermissionDenied => "permission_denied",
            Self::ReadOnly => "read_only",
            Self::NotAFolder => "not_a_folder",
            Self::DestinationGone => "destination_gone",
            Self::FileTooLarge => "file_too_large",
            Self::Disk(_) => "disk",
            Self::NameConflict { .. } => "name_conflict",
            Self::InUse => "in_use",
            Self::ChecksumMismatch { .. } => "checksum_mismatch",
            Self::NoProgress { .. } => "no_progress",
            Self::Store(_) => "store",
            Self::CredentialsNeeded => "credentials_needed",
        }
    }

    /// How far the transfer had come.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::HostNotFound | Self::ResolveFailed(_) => Stage::Resolve,
            Self::Refused
            | Self::Unreachable
            | Self::ConnectTimeout
            | Self::ConnectFailed(_)
            | Self::Proxy(_)
            | Self::ProxyInvalid
            | Self::ProxyAuthentication => Stage::Connect,
            Self::Certificate(_) | Self::TlsHandshake(_) => Stage::Tls,
            Self::Status { .. }
            | Self::TooManyRedirects
            | Self::RedirectLoop
            | Self::RedirectInsecure
            | Self::RedirectInvalid(_)
            | Self::BadAnswer(_)
            | Self::AnswerTimeout
            | Self::RangeMismatch
            | Self::RangesRefused
            | Self::RangeNotSatisfiable { .. }
            | Self::UnexpectedEncoding(_)
            | Self::WebPage
            | Self::SourceChanged
            | Self::CredentialsNeeded => Stage::Request,
            Self::ConnectionLost(_) | Self::Stalled => Stage::Body,
            Self::DiskFull { .. }
            | Self::PermissionDenied
            | Self::ReadOnly
            | Self::NotAFolder
            | Self::DestinationGone
            | Self::FileTooLarge
            | Self::Disk(_)
            | Self::Store(_) => Stage::Disk,
            Self::NameConflict { .. } | Self::InUse => Stage::Finish,
            Self::ChecksumMismatch { .. } => Stage::Verify,
            Self::NoProgress { .. } => Stage::Policy,
        }
    }

    /// The HTTP status, where one came.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            Self::RangeNotSatisfiable { .. } => Some(416),
            Self::ProxyAuthentication => Some(407),
            Self::NoProgress { last, .. } => last.http_status(),
            _ => None,
        }
    }
}
