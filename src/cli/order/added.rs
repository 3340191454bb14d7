//! What `ebb add` was asked for: a job for the queue of a running Ebb.

use std::sync::Arc;

use super::{Wrong, given_network, job, links, properties};
use crate::cli::arguments::{Add, Get};
use crate::download::Link;
use crate::queue::{GroupId, JobNetwork, JobPatience, NewJob, Properties};
use crate::words::{Language, key};

/// A job that can be added.
#[derive(Debug)]
pub struct Added {
    /// The group that stands, by its id or its name; otherwise a new one.
    pub into: Option<String>,
    /// The new group's id.
    pub id: Option<GroupId>,
    /// The new group's.
    pub properties: Properties,
    /// What to fetch, and where to.
    pub job: NewJob,
    /// Resume the group.
    pub start: bool,
    /// A line of JSON is wanted.
    pub json: bool,
}

impl Added {
    /// Checks the arguments.
    ///
    /// # Errors
    /// All that is wrong with the URLs, or the first option that is.
    pub fn read(add: Add, language: Language) -> Result<Self, Vec<Wrong>> {
        if let Some(option) = of_a_new_group(&add).filter(|_| add.group.is_some()) {
            return Err(vec![Wrong::Option(option, key!("add-into-group"))]);
        }
        let links = links(&add.get)?;
        Self::with_links(add, links, language).map_err(|wrong| vec![wrong])
    }

    fn with_links(add: Add, links: Vec<Link>, language: Language) -> Result<Self, Wrong> {
        let properties = Properties {
            priority: add.priority.unwrap_or_default(),
            ..properties(&add.get)
        };
        let json = add.get.json;
        let network = given_network(&add.get)?;
        let patience = JobPatience {
            tries: add.get.retries,
            first_wait: add.get.retry_wait,
            without_progress: add.get.no_progress_timeout,
        };
        let mut job = job(add.get, links, language)?;
        let options = Arc::make_mut(&mut job.options);
        options.patience = patience;
        options.network = (network != JobNetwork::default()).then(|| Arc::new(network));
        Ok(Self {
            job,
            into: add.group,
            id: add.id.map(GroupId),
            properties,
            start: !add.suspended,
            json,
        })
    }
}

/// The first option given that tells a group something, which one that stands was told before.
fn of_a_new_group(add: &Add) -> Option<&'static str> {
    let Get {
        name,
        connections,
        parallel,
        limit_rate,
        background,
        ..
    } = &add.get;
    let given = [
        ("-n", name.is_some()),
        ("-x", connections.is_some()),
        ("-j", parallel.is_some()),
        ("--limit-rate", limit_rate.is_some()),
        ("--background", *background),
        ("--priority", add.priority.is_some()),
        ("--id", add.id.is_some()),
    ];
    let mut given = given.into_iter().filter(|(_, is_given)| *is_given);
    given.next().map(|(option, _)| option)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::Parser;

    use super::*;
    use crate::cli::arguments::{Arguments, Verb};
    use crate::engine::Proxy;
    use crate::queue::Priority;

    fn read(line: &str) -> Result<Added, Vec<Wrong>> {
        let words = shell_words::split(&format!("ebb add {line}")).unwrap();
        match Arguments::try_parse_from(words).unwrap().verb {
            Some(Verb::Add(add)) => Added::read(*add, Language::English),
            other => panic!("{other:?} in {line}"),
        }
    }

    #[test]
    fn a_plain_line_is_polite_and_begins() {
        let added = read("http://h/[1-3].zip").unwrap();
        assert_eq!(added.job.files.len(), 3);
        assert_eq!(added.properties, Properties::default());
        assert!(added.start && !added.json && added.into.is_none() && added.id.is_none());
        // All else is as the running Ebb has it.
        let options = &added.job.options;
        assert_eq!(options.patience, JobPatience::default());
        assert_eq!(options.network, None);
    }

    #[test]
    fn options_go_where_they_belong() {
        let id = "6f2c8a1e-0000-4000-8000-000000000001";
        let added = read(&format!(
            "-n N -x 3 -j 2 --limit-rate 1k --priority high --suspended --json -q --id {id} \
             -d some/folder -o name -H 'K: V' http://h/"
        ))
        .unwrap();
        let properties = Properties {
            name: "N".into(),
            priority: Priority::High,
            limit: Some(1024),
            connections: Some(3),
            parallel: Some(2),
            ..Properties::default()
        };
        assert_eq!(added.properties, properties);
        assert_eq!(added.id, Some(id.parse().unwrap()));
        assert!(!added.start && added.json);
        let options = &added.job.options;
        assert!(options.folder.is_absolute() && options.folder.ends_with("some/folder"));
        assert_eq!(options.headers, [("K".to_owned(), "V".to_owned())]);
        assert_eq!(added.job.files[0].name.as_deref(), Some("name"));
        let polite = read("--background http://h/").unwrap();
        assert_eq!(polite.properties.priority, Priority::Normal);
    }

    #[test]
    fn the_job_has_its_own_patience_and_network() {
        let added = read(
            "--retries 3 --retry-wait 2s --no-progress-timeout 4m --connect-timeout 5s \
             --stall-timeout 6s --proxy none http://h/",
        )
        .unwrap();
        let options = &added.job.options;
        let patience = JobPatience {
            tries: Some(3),
            first_wait: Some(Duration::from_secs(2)),
            without_progress: Some(Duration::from_secs(240)),
        };
        assert_eq!(options.patience, patience);
        let network = JobNetwork {
            proxy: Some(Proxy::Direct),
            connect_timeout: Some(Duration::from_secs(5)),
            stall_timeout: Some(Duration::from_secs(6)),
            ..JobNetwork::default()
        };
        assert_eq!(options.network.as_deref(), Some(&network));
        assert_eq!(
            read("--proxy nowhere http://h/").err(),
            Some(vec![Wrong::Option("--proxy", key!("proxy-invalid"))])
        );
    }

    #[test]
    fn a_group_that_stands_is_told_nothing() {
        let added = read("--group films --suspended -o x http://h/").unwrap();
        assert_eq!(added.into.as_deref(), Some("films"));
        assert!(!added.start);
        for (options, named) in [
            ("-n N", "-n"),
            ("-x 1", "-x"),
            ("-j 1", "-j"),
            ("--limit-rate 1k", "--limit-rate"),
            ("--background", "--background"),
            ("--priority low", "--priority"),
            ("--id 6f2c8a1e-0000-4000-8000-000000000001", "--id"),
        ] {
            assert_eq!(
                read(&format!("--group films {options} http://h/")).err(),
                Some(vec![Wrong::Option(named, key!("add-into-group"))]),
            );
        }
    }

    #[test]
    fn what_is_wrong_for_get_is_wrong_here() {
        assert_eq!(read("").err(), Some(vec![Wrong::NoLinks]));
        assert_eq!(read("h/1 ftp://h/").err().map(|wrong| wrong.len()), Some(2));
        assert_eq!(
            read("-o a/b http://h/").err(),
            Some(vec![Wrong::Option("-o", key!("name-is-path"))])
        );
    }
}
