//! How the files of one job use the network, where that is not as the whole program does it.
//!
//! Values only: what a proxy's URL or a certificate is worth shows when the engine makes a
//! connection of it. A proxy's password is a secret: `Debug` does not print it, records do not
//! hold it.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::command::Refusal;

/// Which proxy.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// The system's settings and the environment's.
    #[default]
    System,
    /// None at all.
    Direct,
    /// This one: `http://`, `https://`, `socks5://` (names looked up here) or `socks5h://` (there).
    Url(String),
}

/// What a job has of its own; what is absent is as for the whole program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobNetwork {
    /// Which proxy.
    pub proxy: Option<Proxy>,
    /// Certificate authorities beside the program's, as PEM.
    pub more_authorities: Vec<Vec<u8>>,
    /// For name, connection and handshake together.
    pub connect_timeout: Option<Duration>,
    /// Longest wait for a byte, of the head or of the body, while one is awaited.
    pub stall_timeout: Option<Duration>,
}

/// No wait is longer: a moment so far away still has a date.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

impl JobNetwork {
    /// Are the proxy and the timeouts such as can be used?
    ///
    /// # Errors
    /// `Invalid`, for the first that is not.
    pub fn check(&self) -> Result<(), Refusal> {
        self.proxy.as_ref().map_or(Ok(()), Proxy::check)?;
        for (name, timeout) in [
            ("connect timeout", self.connect_timeout),
            ("stall timeout", self.stall_timeout),
        ] {
            if timeout.is_some_and(|timeout| timeout.is_zero()) {
                return Err(Refusal::Invalid(format!("{name}: more than 0")));
            }
            within(name, timeout.unwrap_or_default())?;
        }
        Ok(())
    }
}

impl Proxy {
    /// Can it be one?
    ///
    /// # Errors
    /// `Invalid`, without a word of the URL.
    pub fn check(&self) -> Result<(), Refusal> {
        let Self::Url(text) = self else { return Ok(()) };
        let known = |url: &Url| {
            matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") && url.has_host()
        };
        match Url::parse(text) {
            Ok(url) if known(&url) => Ok(()),
            _ => Err(Refusal::Invalid(
                "proxy: http, https, socks5 or socks5h, and a host".to_owned(),
            )),
        }
    }

    /// Its URL, where that carries a password.
    pub(super) fn secret(&self) -> Option<&str> {
        let Self::Url(text) = self else { return None };
        let url = Url::parse(text).ok()?;
        let password = url.password().unwrap_or_default();
        (!password.is_empty()).then_some(text)
    }

    /// The same, with only the user in its URL.
    pub(super) fn without_password(&self) -> Self {
        match self.secret().map(Url::parse) {
            Some(Ok(mut url)) => {
                let _ = url.set_password(None);
                Self::Url(url.into())
            }
            _ => self.clone(),
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => write!(f, "System"),
            Self::Direct => write!(f, "Direct"),
            // (Who cannot read it does not know what in it is secret.)
            Self::Url(text) if Url::parse(text).is_err() => write!(f, "Url(…)"),
            Self::Url(text) => match self.without_password() {
                Self::Url(masked) => write!(f, "Url({masked})"),
                Self::System | Self::Direct => write!(f, "Url({text})"),
            },
        }
    }
}

/// Refuses a time that is too long to count with.
pub(super) fn within(name: &str, time: Duration) -> Result<(), Refusal> {
    if time <= LONGEST {
        return Ok(());
    }
    Err(Refusal::Invalid(format!("{name}: at most 100 years")))
}
