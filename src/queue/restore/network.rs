//! A job's own patience and its own way into the network, as they are stored.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::queue::network::{JobNetwork, Proxy};
use crate::queue::patience::JobPatience;

/// How patient, where that is not as the level is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatienceRecord {
    /// Tries without progress.
    pub tries: Option<u32>,
    /// The first wait.
    pub first_wait: Option<Duration>,
    /// How long without progress until it is given up.
    pub without_progress: Option<Duration>,
}

/// What differs from the whole program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRecord {
    /// Which proxy.
    pub proxy: Option<ProxyRecord>,
    /// Certificate authorities, as PEM.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_authorities: Vec<String>,
    /// For name, connection and handshake.
    pub connect_timeout: Option<Duration>,
    /// Longest wait for a byte.
    pub stall_timeout: Option<Duration>,
}

/// Which proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProxyRecord {
    /// The system's.
    System,
    /// None at all.
    Direct,
    /// This one.
    Url {
        /// Its URL, without the password.
        url: String,
        /// A password belongs into it, which is not here.
        needs_password: bool,
    },
}

impl NetworkRecord {
    /// `lacks_password`: a password belongs to the proxy, and is not there.
    pub(super) fn of(network: &JobNetwork, lacks_password: bool) -> Self {
        let proxy = |proxy: &Proxy| match proxy.without_password() {
            Proxy::System => ProxyRecord::System,
            Proxy::Direct => ProxyRecord::Direct,
            Proxy::Url(url) => ProxyRecord::Url {
                url,
                needs_password: lacks_password || proxy.secret().is_some(),
            },
        };
        // (PEM is ASCII; what else a file of it holds is for people.)
        let text = |pem: &Vec<u8>| String::from_utf8_lossy(pem).into_owned();
        Self {
            proxy: network.proxy.as_ref().map(proxy),
            more_authorities: network.more_authorities.iter().map(text).collect(),
            connect_timeout: network.connect_timeout,
            stall_timeout: network.stall_timeout,
        }
    }

    pub(super) fn needs_password(&self) -> bool {
        matches!(&self.proxy, Some(ProxyRecord::Url { needs_password, .. }) if *needs_password)
    }
}

impl From<NetworkRecord> for JobNetwork {
    fn from(record: NetworkRecord) -> Self {
        let proxy = |proxy| match proxy {
            ProxyRecord::System => Proxy::System,
            ProxyRecord::Direct => Proxy::Direct,
            ProxyRecord::Url { url, .. } => Proxy::Url(url),
        };
        Self {
            proxy: record.proxy.map(proxy),
            more_authorities: record
                .more_authorities
                .into_iter()
                .map(String::into_bytes)
                .collect(),
            connect_timeout: record.connect_timeout,
            stall_timeout: record.stall_timeout,
        }
    }
}

impl PatienceRecord {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<JobPatience> for PatienceRecord {
    fn from(own: JobPatience) -> Self {
        Self {
            tries: own.tries,
            first_wait: own.first_wait,
            without_progress: own.without_progress,
        }
    }
}

impl From<PatienceRecord> for JobPatience {
    fn from(record: PatienceRecord) -> Self {
        Self {
            tries: record.tries,
            first_wait: record.first_wait,
            without_progress: record.without_progress,
        }
    }
}
