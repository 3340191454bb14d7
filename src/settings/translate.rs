//! Settings in the terms of the queue and the engine, which know no settings.

use std::path::PathBuf;
use std::time::Duration;

use super::{OnConflict, OnStart, Proxy, Settings};
use crate::download::retry::Policy;
use crate::engine::{self, NetworkOptions};
use crate::platform::folders;
use crate::queue::{Conditions, ConflictRule, Limits, Mode};

const HOUR: Duration = Duration::from_secs(3600);

/// For a person who waits.
const FOREGROUND: Policy = Policy {
    tries: None,
    tries_unreached: None,
    first_wait: Duration::from_secs(1),
    longest_wait: Duration::from_secs(60),
    patience: HOUR,
};

/// For what nobody waits for.
const BACKGROUND: Policy = Policy {
    longest_wait: Duration::from_secs(600),
    patience: Duration::from_secs(7 * 86_400),
    ..FOREGROUND
};

/// Long enough that starting again costs nothing beside it.
const ROTATION: Duration = Duration::from_secs(300);

impl Settings {
    /// The queue's numbers, and its patience.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            parallel: self.downloads.parallel.get() as usize,
            connections_per_host: self.downloads.connections_per_host.get() as usize,
            connections: self.downloads.connections.get() as usize,
            foreground: FOREGROUND,
            background: BACKGROUND,
            rotation: ROTATION,
            measure_ahead: true,
            waits_on: Conditions {
                metered: self.background.wait_on_metered,
                on_battery: self.background.wait_on_battery,
            },
        }
    }

    /// How the engine uses the network.
    #[must_use]
    pub fn network(&self) -> NetworkOptions {
        let seconds = |count: u32| Duration::from_secs(count.into());
        NetworkOptions {
            proxy: (&self.network.proxy).into(),
            connect_timeout: seconds(self.network.connect_timeout.get()),
            stall_timeout: seconds(self.network.stall_timeout.get()),
            ..NetworkOptions::default()
        }
    }

    /// The mode to begin with, where that is not the one from before.
    #[must_use]
    pub fn mode_at_start(&self) -> Option<Mode> {
        (self.startup.on_start == OnStart::Suspended).then_some(Mode::Suspended)
    }

    /// Where files go: the person's folder, or else the system's for downloads. `None` on a
    /// system that has neither that nor a home.
    #[must_use]
    pub fn download_folder(&self) -> Option<PathBuf> {
        let chosen = self.downloads.folder.clone();
        chosen.map(PathBuf::from).or_else(folders::downloads)
    }
}

impl From<&Proxy> for engine::Proxy {
    fn from(proxy: &Proxy) -> Self {
        match proxy {
            Proxy::System => Self::System,
            Proxy::None => Self::Direct,
            Proxy::Url(url) => Self::Url(url.as_str().to_owned()),
        }
    }
}

impl From<OnConflict> for ConflictRule {
    fn from(rule: OnConflict) -> Self {
        match rule {
            OnConflict::Rename => Self::Rename,
            OnConflict::Overwrite => Self::Overwrite,
            OnConflict::Skip => Self::Skip,
            OnConflict::Fail => Self::Fail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patience_is_the_contracts() {
        let limits = Settings::default().limits();
        for (policy, longest, patience) in [
            (limits.foreground, 60, 3600),
            (limits.background, 600, 7 * 24 * 3600),
        ] {
            assert_eq!(policy.longest_wait.as_secs(), longest);
            assert_eq!(policy.patience.as_secs(), patience);
            assert_eq!((policy.tries, policy.tries_unreached), (None, None));
        }
        assert!(limits.measure_ahead);
    }

    #[test]
    fn what_is_set_arrives() {
        let mut settings = Settings::default();
        settings.downloads.parallel = "3".parse().unwrap();
        settings.downloads.connections = "5".parse().unwrap();
        settings.downloads.connections_per_host = "7".parse().unwrap();
        settings.network.connect_timeout = "11".parse().unwrap();
        settings.network.stall_timeout = "13".parse().unwrap();
        settings.network.proxy = "http://me:secret@proxy:1".parse().unwrap();
        settings.downloads.folder = Some(std::env::temp_dir().try_into().unwrap());
        let (limits, network) = (settings.limits(), settings.network());
        assert_eq!(
            (
                limits.parallel,
                limits.connections,
                limits.connections_per_host
            ),
            (3, 5, 7)
        );
        assert_eq!(network.connect_timeout, Duration::from_secs(11));
        assert_eq!(network.stall_timeout, Duration::from_secs(13));
        let proxy = engine::Proxy::Url("http://me:secret@proxy:1/".to_owned());
        assert_eq!(network.proxy, proxy);
        assert_eq!(settings.download_folder(), Some(std::env::temp_dir()));
    }

    #[test]
    fn without_a_word_the_engines_own_defaults_hold() {
        let (ours, own) = (Settings::default().network(), NetworkOptions::default());
        assert_eq!(ours.proxy, own.proxy);
        assert_eq!(ours.connect_timeout, own.connect_timeout);
        assert_eq!(ours.stall_timeout, own.stall_timeout);
        assert_eq!(
            ConflictRule::from(OnConflict::default()),
            ConflictRule::default()
        );
    }
}
