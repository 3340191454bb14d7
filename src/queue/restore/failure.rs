//! A failure as it is stored.
//!
//! A definition of its own beside the core's: the compiler says where the two differ,
//! and a name that changes there does not change what is on disk.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::download::Failure;
use crate::download::digest::Algorithm;
use crate::download::failure::CertificateProblem;
use crate::download::retry::RetryAfter;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Failure", rename_all = "snake_case")]
enum Stored {
    HostNotFound,
    ResolveFailed(String),
    Refused,
    Unreachable,
    ConnectTimeout,
    ConnectFailed(String),
    Proxy(String),
    ProxyInvalid,
    ProxyAuthentication,
    Certificate(#[serde(with = "StoredCertificateProblem")] CertificateProblem),
    TlsHandshake(String),
    Status {
        status: u16,
        #[serde(with = "retry_after")]
        retry_after: Option<RetryAfter>,
    },
    TooManyRedirects,
    RedirectLoop,
    RedirectInsecure,
    RedirectInvalid(String),
    BadAnswer(String),
    AnswerTimeout,
    RangeMismatch,
    RangesRefused,
    RangeNotSatisfiable {
        total: Option<u64>,
    },
    ConnectionLost(String),
    Stalled,
    UnexpectedEncoding(String),
    WebPage,
    SourceChanged,
    DiskFull {
        needed: Option<u64>,
        free: Option<u64>,
    },
    PermissionDenied,
    ReadOnly,
    NotAFolder,
    DestinationGone,
    FileTooLarge,
    Disk(String),
    NameConflict {
        is_folder: bool,
    },
    InUse,
    ChecksumMismatch {
        #[serde(with = "StoredAlgorithm")]
        algorithm: Algorithm,
        expected: String,
        actual: String,
    },
    NoProgress {
        after: Duration,
        #[serde(with = "boxed")]
        last: Box<Failure>,
    },
    Store(String),
    CredentialsNeeded,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CertificateProblem", rename_all = "snake_case")]
enum StoredCertificateProblem {
    Expired,
    NotYetValid,
    WrongName,
    UnknownIssuer,
    Revoked,
    Other(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Algorithm", rename_all = "snake_case")]
enum StoredAlgorithm {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

/// The moment at which to ask again; seconds from an answer long ago mean nothing.
mod retry_after {
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, RetryAfter, Serialize, Timestamp};

    pub(super) fn serialize<S: Serializer>(
        value: &Option<RetryAfter>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        let date = value.and_then(|value| match value {
            RetryAfter::Date(date) => Some(date),
            RetryAfter::Seconds(_) => None,
        });
        date.serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<RetryAfter>, D::Error> {
        Ok(Option::<Timestamp>::deserialize(d)?.map(RetryAfter::Date))
    }
}

#[derive(Serialize, Deserialize)]
struct Whole(#[serde(with = "Stored")] Failure);

#[derive(Serialize)]
struct Borrowed<'a>(#[serde(with = "Stored")] &'a Failure);

mod boxed {
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, Failure, Stored, Whole};

    pub(super) fn serialize<S: Serializer>(value: &Failure, s: S) -> Result<S::Ok, S::Error> {
        Stored::serialize(value, s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Box<Failure>, D::Error> {
        Ok(Box::new(Whole::deserialize(d)?.0))
    }
}

/// For serde: a failure.
pub(crate) mod one {
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, Failure, Stored, Whole};

    pub(crate) fn serialize<S: Serializer>(value: &Failure, s: S) -> Result<S::Ok, S::Error> {
        Stored::serialize(value, s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Failure, D::Error> {
        Ok(Whole::deserialize(d)?.0)
    }
}

/// For serde: a failure, or none.
pub(crate) mod maybe {
    use serde::{Deserializer, Serializer};

    use super::{Borrowed, Deserialize, Failure, Serialize, Whole};

    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Failure>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Borrowed).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<Failure>, D::Error> {
        Ok(Option::<Whole>::deserialize(d)?.map(|whole| whole.0))
    }
}
