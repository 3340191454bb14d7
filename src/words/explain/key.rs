//! Which text is whose: every failure has one, and the compiler sees that none is left out.

use crate::download::Failure;
use crate::download::digest::Algorithm;
use crate::download::failure::CertificateProblem;
use crate::words::{Key, key};

/// The text of a failure; where there are several, the one that needs no argument.
pub fn key_of(failure: &Failure) -> Key {
    match failure {
        Failure::HostNotFound => key!("failure-host-not-found"),
        Failure::ResolveFailed(_) => key!("failure-resolve-failed"),
        Failure::Refused => key!("failure-refused"),
        Failure::Unreachable => key!("failure-unreachable"),
        Failure::ConnectTimeout => key!("failure-connect-timeout"),
        Failure::ConnectFailed(_) => key!("failure-connect-failed"),
        Failure::Proxy(_) | Failure::ProxyInvalid => key!("failure-proxy"),
        Failure::ProxyAuthentication => key!("failure-proxy-authentication"),
        Failure::Certificate(problem) => certificate_key(problem),
        Failure::TlsHandshake(_) => key!("failure-tls-handshake"),
        Failure::Status { status, .. } => status_key(*status),
        Failure::TooManyRedirects => key!("failure-too-many-redirects"),
        Failure::RedirectLoop => key!("failure-redirect-loop"),
        Failure::RedirectInsecure => key!("failure-redirect-insecure"),
        Failure::RedirectInvalid(_) => key!("failure-redirect-invalid"),
        Failure::BadAnswer(_) => key!("failure-bad-answer"),
        Failure::AnswerTimeout => key!("failure-answer-timeout"),
        Failure::RangeMismatch => key!("failure-range-mismatch"),
        Failure::RangesRefused => key!("failure-ranges-refused"),
        Failure::RangeNotSatisfiable { .. } => key!("failure-range-not-satisfiable"),
        Failure::ConnectionLost(_) => key!("failure-connection-lost"),
        Failure::Stalled => key!("failure-stalled"),
        Failure::UnexpectedEncoding(_) => key!("failure-unexpected-encoding"),
        Failure::WebPage => key!("failure-web-page"),
        Failure::SourceChanged => key!("failure-source-changed"),
        Failure::DiskFull { .. } => key!("failure-disk-full"),
        Failure::PermissionDenied => key!("failure-permission-denied"),
        Failure::ReadOnly => key!("failure-read-only"),
        Failure::NotAFolder => key!("failure-not-a-folder"),
        Failure::DestinationGone => key!("failure-destination-gone"),
        Failure::FileTooLarge => key!("failure-file-too-large"),
        Failure::Disk(_) => key!("failure-disk"),
        Failure::NameConflict { is_folder: false } => key!("failure-name-conflict"),
        Failure::NameConflict { is_folder: true } => key!("failure-name-conflict-folder"),
        Failure::InUse => key!("failure-in-use"),
        Failure::ChecksumMismatch { .. } => {
            key!("failure-checksum-mismatch", algorithm, actual, expected)
        }
        Failure::NoProgress { .. } => key!("failure-no-progress", time, last),
        Failure::Store(_) => key!("failure-store"),
        Failure::CredentialsNeeded => key!("failure-credentials-needed"),
    }
}

fn certificate_key(problem: &CertificateProblem) -> Key {
    match problem {
        CertificateProblem::Expired => key!("failure-certificate-expired"),
        CertificateProblem::NotYetValid => key!("failure-certificate-not-yet-valid"),
        CertificateProblem::WrongName => key!("failure-certificate-wrong-name"),
        CertificateProblem::UnknownIssuer => key!("failure-certificate-unknown-issuer"),
        CertificateProblem::Revoked => key!("failure-certificate-revoked"),
        CertificateProblem::Other(_) => key!("failure-certificate-other"),
    }
}

/// The text of a status.
pub fn status_key(status: u16) -> Key {
    match status {
        401 => key!("failure-status-unauthorized", status),
        403 => key!("failure-status-forbidden", status),
        404 => key!("failure-status-not-found", status),
        410 => key!("failure-status-gone", status),
        451 => key!("failure-status-legal", status),
        429 => key!("failure-status-too-many", status),
        408 => key!("failure-status-timeout", status),
        503 => key!("failure-status-busy", status),
        400..=499 => key!("failure-status-refused", status),
        500..=599 => key!("failure-status-server", status),
        _ => key!("failure-status-empty", status),
    }
}

/// What a server, a library or the system said about it, in its own words.
pub fn detail(failure: &Failure) -> &str {
    match failure {
        Failure::ResolveFailed(said)
        | Failure::ConnectFailed(said)
        | Failure::Proxy(said)
        | Failure::Certificate(CertificateProblem::Other(said))
        | Failure::TlsHandshake(said)
        | Failure::RedirectInvalid(said)
        | Failure::BadAnswer(said)
        | Failure::ConnectionLost(said)
        | Failure::UnexpectedEncoding(said)
        | Failure::Disk(said)
        | Failure::Store(said) => said,
        _ => "",
    }
}

/// The digest's name as it is written in texts.
pub fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Md5 => "MD5",
        Algorithm::Sha1 => "SHA-1",
        Algorithm::Sha256 => "SHA-256",
        Algorithm::Sha512 => "SHA-512",
    }
}
