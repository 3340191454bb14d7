//! What a person can do about a failure, or a wait: the buttons under it.

use crate::app::icon::Icon;
use crate::download::Failure;
use crate::words::{Key, key};

/// Something to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Again, as it is.
    Retry,
    /// With another link.
    ChangeLink,
    /// With a user and a password.
    SignIn,
    /// Into another folder.
    ChooseFolder,
    /// Look at the folder it goes to.
    OpenFolder,
    /// Try the address elsewhere, in a browser.
    CopyAddress,
    /// Whatever the hour is and the network costs.
    Anyway,
    /// Wait for better ones again.
    WaitAgain,
}

impl Remedy {
    /// The key of its word.
    #[must_use]
    pub fn word(self) -> Key {
        match self {
            Self::Retry => key!("deed-retry"),
            Self::ChangeLink => key!("remedy-change-link"),
            Self::SignIn => key!("remedy-sign-in"),
            Self::ChooseFolder => key!("remedy-choose-folder"),
            Self::OpenFolder => key!("deed-folder"),
            Self::CopyAddress => key!("remedy-copy-address"),
            Self::Anyway => key!("deed-anyway"),
            Self::WaitAgain => key!("deed-wait-again"),
        }
    }

    /// Its sign.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::Retry => Icon::Retry,
            Self::ChangeLink => Icon::Link,
            Self::SignIn => Icon::Key,
            Self::ChooseFolder | Self::OpenFolder => Icon::Folder,
            Self::CopyAddress => Icon::Copy,
            Self::Anyway => Icon::Download,
            Self::WaitAgain => Icon::Clock,
        }
    }
}

/// What may help against this, the likeliest first; never nothing.
#[must_use]
pub fn remedies(failure: &Failure) -> Vec<Remedy> {
    use Remedy::{ChangeLink, ChooseFolder, CopyAddress, OpenFolder, Retry, SignIn};
    let tried: &[Remedy] = match failure {
        Failure::NoProgress { last, .. } => return against_last(last),
        // Time, or somebody else, may mend it.
        Failure::ResolveFailed(_)
        | Failure::Unreachable
        | Failure::ConnectTimeout
        | Failure::ConnectFailed(_)
        | Failure::Proxy(_)
        | Failure::ProxyInvalid
        | Failure::ProxyAuthentication
        | Failure::AnswerTimeout
        | Failure::RangeMismatch
        | Failure::RangesRefused
        | Failure::RangeNotSatisfiable { .. }
        | Failure::ConnectionLost(_)
        | Failure::Stalled
        | Failure::SourceChanged
        | Failure::Store(_) => &[Retry],
        // The address may be wrong.
        Failure::HostNotFound
        | Failure::Refused
        | Failure::TlsHandshake(_)
        | Failure::BadAnswer(_)
        | Failure::ChecksumMismatch { .. } => &[Retry, ChangeLink],
        // The address is wrong, or a browser can tell.
        Failure::Certificate(_) => &[Retry, ChangeLink, CopyAddress],
        Failure::TooManyRedirects
        | Failure::RedirectLoop
        | Failure::RedirectInsecure
        | Failure::RedirectInvalid(_)
        | Failure::UnexpectedEncoding(_) => &[ChangeLink, CopyAddress],
        Failure::WebPage => &[CopyAddress, ChangeLink, SignIn],
        Failure::Status { status, .. } => against_status(*status),
        Failure::CredentialsNeeded => &[SignIn],
        // The folder may be right again,
        Failure::DiskFull { .. } | Failure::DestinationGone | Failure::Disk(_) | Failure::InUse => {
            &[Retry, ChooseFolder, OpenFolder]
        }
        // or is the wrong one.
        Failure::PermissionDenied
        | Failure::ReadOnly
        | Failure::NotAFolder
        | Failure::FileTooLarge
        | Failure::NameConflict { .. } => &[ChooseFolder, Retry, OpenFolder],
    };
    tried.to_vec()
}

fn against_status(status: u16) -> &'static [Remedy] {
    use Remedy::{ChangeLink, CopyAddress, Retry, SignIn};
    match status {
        401 => &[SignIn, ChangeLink],
        403 => &[ChangeLink, SignIn, CopyAddress],
        404 | 410 | 451 => &[ChangeLink, CopyAddress, Retry],
        408 | 429 | 500..=599 => &[Retry],
        _ => &[ChangeLink, CopyAddress, Retry],
    }
}

/// Patience ran out: trying again comes first.
fn against_last(last: &Failure) -> Vec<Remedy> {
    let others = remedies(last).into_iter();
    let others = others.filter(|remedy| *remedy != Remedy::Retry);
    std::iter::once(Remedy::Retry).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::download::digest::Algorithm;
    use crate::download::failure::CertificateProblem;
    use Remedy::{ChangeLink, ChooseFolder, CopyAddress, OpenFolder, Retry, SignIn};

    fn told() -> String {
        "x".into()
    }

    #[test]
    fn of_the_network_and_the_server() {
        for (failure, tried) in [
            (Failure::HostNotFound, vec![Retry, ChangeLink]),
            (Failure::ResolveFailed(told()), vec![Retry]),
            (Failure::Refused, vec![Retry, ChangeLink]),
            (Failure::Unreachable, vec![Retry]),
            (Failure::ConnectTimeout, vec![Retry]),
            (Failure::ConnectFailed(told()), vec![Retry]),
            (Failure::Proxy(told()), vec![Retry]),
            (Failure::ProxyInvalid, vec![Retry]),
            (Failure::ProxyAuthentication, vec![Retry]),
            (
                Failure::Certificate(CertificateProblem::Expired),
                vec![Retry, ChangeLink, CopyAddress],
            ),
            (Failure::TlsHandshake(told()), vec![Retry, ChangeLink]),
            (Failure::status(204), vec![ChangeLink, CopyAddress, Retry]),
            (Failure::status(400), vec![ChangeLink, CopyAddress, Retry]),
            (Failure::status(401), vec![SignIn, ChangeLink]),
            (Failure::status(403), vec![ChangeLink, SignIn, CopyAddress]),
            (Failure::status(404), vec![ChangeLink, CopyAddress, Retry]),
            (Failure::status(429), vec![Retry]),
            (Failure::status(503), vec![Retry]),
            (Failure::TooManyRedirects, vec![ChangeLink, CopyAddress]),
            (Failure::RedirectLoop, vec![ChangeLink, CopyAddress]),
            (Failure::RedirectInsecure, vec![ChangeLink, CopyAddress]),
            (
                Failure::RedirectInvalid(told()),
                vec![ChangeLink, CopyAddress],
            ),
            (Failure::BadAnswer(told()), vec![Retry, ChangeLink]),
            (Failure::AnswerTimeout, vec![Retry]),
        ] {
            assert_eq!(remedies(&failure), tried, "{failure}");
        }
    }

    #[test]
    fn of_the_bytes_and_the_disk() {
        let checksum = Failure::ChecksumMismatch {
            algorithm: Algorithm::Md5,
            expected: told(),
            actual: told(),
        };
        let full = Failure::DiskFull {
            needed: None,
            free: None,
        };
        for (failure, tried) in [
            (Failure::RangeMismatch, vec![Retry]),
            (Failure::RangesRefused, vec![Retry]),
            (Failure::RangeNotSatisfiable { total: None }, vec![Retry]),
            (Failure::ConnectionLost(told()), vec![Retry]),
            (Failure::Stalled, vec![Retry]),
            (
                Failure::UnexpectedEncoding(told()),
                vec![ChangeLink, CopyAddress],
            ),
            (Failure::WebPage, vec![CopyAddress, ChangeLink, SignIn]),
            (Failure::SourceChanged, vec![Retry]),
            (full, vec![Retry, ChooseFolder, OpenFolder]),
            (
                Failure::PermissionDenied,
                vec![ChooseFolder, Retry, OpenFolder],
            ),
            (Failure::ReadOnly, vec![ChooseFolder, Retry, OpenFolder]),
            (Failure::NotAFolder, vec![ChooseFolder, Retry, OpenFolder]),
            (
                Failure::DestinationGone,
                vec![Retry, ChooseFolder, OpenFolder],
            ),
            (Failure::FileTooLarge, vec![ChooseFolder, Retry, OpenFolder]),
            (Failure::Disk(told()), vec![Retry, ChooseFolder, OpenFolder]),
            (
                Failure::NameConflict { is_folder: true },
                vec![ChooseFolder, Retry, OpenFolder],
            ),
            (Failure::InUse, vec![Retry, ChooseFolder, OpenFolder]),
            (checksum, vec![Retry, ChangeLink]),
            (Failure::Store(told()), vec![Retry]),
            (Failure::CredentialsNeeded, vec![SignIn]),
        ] {
            assert_eq!(remedies(&failure), tried, "{failure}");
        }
    }

    #[test]
    fn of_patience() {
        for (last, tried) in [
            (Failure::Stalled, vec![Retry]),
            (
                Failure::status(403),
                vec![Retry, ChangeLink, SignIn, CopyAddress],
            ),
        ] {
            let after = Duration::from_secs(3600);
            let last = Box::new(last);
            assert_eq!(remedies(&Failure::NoProgress { after, last }), tried);
        }
    }
}
