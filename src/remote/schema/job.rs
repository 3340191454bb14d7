//! What a job has of its own, where others do as the whole program does.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::add::Secret;
use crate::queue::{JobNetwork, JobPatience, Proxy};

/// How patient. Times are seconds and nanoseconds: `{"secs":1,"nanos":0}`.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Patience {
    /// Tries without progress.
    pub tries: Option<u32>,
    /// The first wait.
    pub first_wait: Option<Duration>,
    /// How long without progress until it is given up.
    pub without_progress: Option<Duration>,
}

/// How the network is used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// `system`, `none`, or a URL, which may hold a password.
    pub proxy: Option<Secret>,
    /// Certificate authorities, as PEM.
    pub more_authorities: Vec<String>,
    /// For name, connection and handshake together.
    pub connect_timeout: Option<Duration>,
    /// Longest wait for a byte.
    pub stall_timeout: Option<Duration>,
}

impl From<JobPatience> for Patience {
    fn from(from: JobPatience) -> Self {
        Self {
            tries: from.tries,
            first_wait: from.first_wait,
            without_progress: from.without_progress,
        }
    }
}

impl From<Patience> for JobPatience {
    fn from(from: Patience) -> Self {
        Self {
            tries: from.tries,
            first_wait: from.first_wait,
            without_progress: from.without_progress,
        }
    }
}

impl From<&JobNetwork> for Network {
    fn from(from: &JobNetwork) -> Self {
        let proxy = |proxy: &Proxy| match proxy {
            Proxy::System => "system".to_owned(),
            Proxy::Direct => "none".to_owned(),
            Proxy::Url(url) => url.clone(),
        };
        // (PEM is ASCII; what else a file of it holds is for people.)
        let text = |pem: &Vec<u8>| String::from_utf8_lossy(pem).into_owned();
        Self {
            proxy: from.proxy.as_ref().map(proxy).map(Secret),
            more_authorities: from.more_authorities.iter().map(text).collect(),
            connect_timeout: from.connect_timeout,
            stall_timeout: from.stall_timeout,
        }
    }
}

impl From<Network> for JobNetwork {
    fn from(from: Network) -> Self {
        let proxy = |Secret(text)| match &*text {
            "system" => Proxy::System,
            "none" => Proxy::Direct,
            _ => Proxy::Url(text),
        };
        let authorities = from.more_authorities.into_iter();
        Self {
            proxy: from.proxy.map(proxy),
            more_authorities: authorities.map(String::into_bytes).collect(),
            connect_timeout: from.connect_timeout,
            stall_timeout: from.stall_timeout,
        }
    }
}
