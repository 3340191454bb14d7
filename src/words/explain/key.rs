//! Which text is whose: every failure has one, and the compiler sees that none is left out.

use crate::download::Failure;
use crate::download::digest::Algorithm;
use crate::download::failure::CertificateProblem;

/// The text of a failure; where there are several, the one that needs no argument.
pub fn key(failure: &Failure) -> &'static str {
    match failure {
        Failure::HostNotFound => "failure-host-not-found",
        Failure::ResolveFailed(_) => "failure-resolve-failed",
        Failure::Refused => "failure-refused",
        Failure::Unreachable => "failure-unreachable",
        Failure::ConnectTimeout => "failure-connect-timeout",
        Failure::ConnectFailed(_) => "failure-connect-failed",
        Failure::Proxy(_) => "failure-proxy",
        Failure::ProxyAuthentication => "failure-proxy-authentication",
        Failure::Certificate(problem) => certificate_key(problem),
        Failure::TlsHandshake(_) => "failure-tls-handshake",
        Failure::Status { status, .. } => status_key(*status),
        Failure::TooManyRedirects => "failure-too-many-redirects",
        Failure::RedirectLoop => "failure-redirect-loop",
        Failure::RedirectInsecure => "failure-redirect-insecure",
        Failure::RedirectInvalid(_) => "failure-redirect-invalid",
        Failure::BadAnswer(_) => "failure-bad-answer",
        Failure::AnswerTimeout => "failure-answer-timeout",
        Failure::RangeMismatch => "failure-range-mismatch",
        Failure::RangesRefused => "failure-ranges-refused",
        Failure::RangeNotSatisfiable { .. } => "failure-range-not-satisfiable",
        Failure::ConnectionLost(_) => "failure-connection-lost",
        Failure::Stalled => "failure-stalled",
        Failure::UnexpectedEncoding(_) => "failure-unexpected-encoding",
        Failure::WebPage => "failure-web-page",
        Failure::SourceChanged => "failure-source-changed",
        Failure::DiskFull { .. } => "failure-disk-full",
        Failure::PermissionDenied => "failure-permission-denied",
        Failure::ReadOnly => "failure-read-only",
        Failure::NotAFolder => "failure-not-a-folder",
        Failure::DestinationGone => "failure-destination-gone",
        Failure::FileTooLarge => "failure-file-too-large",
        Failure::Disk(_) => "failure-disk",
        Failure::NameConflict { is_folder: false } => "failure-name-conflict",
        Failure::NameConflict { is_folder: true } => "failure-name-conflict-folder",
        Failure::InUse => "failure-in-use",
        Failure::ChecksumMismatch { .. } => "failure-checksum-mismatch",
        Failure::NoProgress { .. } => "failure-no-progress",
        Failure::Store(_) => "failure-store",
        Failure::CredentialsNeeded => "failure-credentials-needed",
    }
}

fn certificate_key(problem: &CertificateProblem) -> &'static str {
    match problem {
        CertificateProblem::Expired => "failure-certificate-expired",
        CertificateProblem::NotYetValid => "failure-certificate-not-yet-valid",
        CertificateProblem::WrongName => "failure-certificate-wrong-name",
        CertificateProblem::UnknownIssuer => "failure-certificate-unknown-issuer",
        CertificateProblem::Revoked => "failure-certificate-revoked",
        CertificateProblem::Other(_) => "failure-certificate-other",
    }
}

/// The text of a status.
pub fn status_key(status: u16) -> &'static str {
    match status {
        401 => "failure-status-unauthorized",
        403 => "failure-status-forbidden",
        404 => "failure-status-not-found",
        410 => "failure-status-gone",
        451 => "failure-status-legal",
        429 => "failure-status-too-many",
        408 => "failure-status-timeout",
        503 => "failure-status-busy",
        400..=499 => "failure-status-refused",
        500..=599 => "failure-status-server",
        _ => "failure-status-empty",
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
