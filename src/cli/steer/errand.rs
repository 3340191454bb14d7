//! What a line asks of the running Ebb; all that is wrong with the line is found here.

use std::sync::Arc;

use crate::cli::arguments::{New, ScheduleVerb, Verb};
use crate::cli::order::Added;
use crate::cli::wrong::Wrong;
use crate::cli::{changes, schedule};
use crate::queue::GroupId;
use crate::remote::schema::{self, Properties, Request, Which};
use crate::words::Language;

/// What is to be done.
pub enum Errand {
    /// To ask, and to say nothing where it is taken.
    Do(Request),
    /// To ask, and to say which group it came to.
    Make {
        /// `new` or `add`.
        request: Request,
        /// All of the group, not its id alone.
        json: bool,
    },
    /// To list the groups.
    List {
        /// For programs.
        json: bool,
    },
    /// To show what has an id.
    Show {
        /// The beginning of it.
        id: String,
        /// For programs.
        json: bool,
    },
    /// To print the schedule.
    Schedule,
    /// To follow what changes.
    Watch {
        /// For programs.
        json: bool,
    },
}

impl Errand {
    /// Checks the line, reads its lists, and asks for its passwords.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(verb: Verb, language: Language) -> Result<Self, Vec<Wrong>> {
        let request = match verb {
            Verb::List { json } => return Ok(Self::List { json }),
            Verb::Show { id, json } => return Ok(Self::Show { id, json }),
            Verb::Watch { json } => return Ok(Self::Watch { json }),
            Verb::New(new) => return Ok(Self::new_group(new)),
            Verb::Add(add) => return Ok(Self::added(Added::read(*add, language)?)),
            Verb::Suspend(which) => Request::Suspend(which.into()),
            Verb::Resume { which, anyway } => resume(which.into(), anyway),
            Verb::Cancel { which, delete } => Request::Cancel {
                which: which.into(),
                delete,
            },
            Verb::Foreground(which) => Request::Foreground(which.into()),
            Verb::Background(which) => Request::Background(which.into()),
            Verb::Remove(which) => Request::Remove(which.into()),
            Verb::Set { id, changes } => Request::Set {
                id,
                values: changes::read(&changes, language).map_err(|wrong| vec![wrong])?,
            },
            Verb::Priority { priority, ids } => Request::Priority {
                which: Which::Ids(ids),
                priority,
            },
            Verb::Move { id, to } => Request::Move { id, to: to.into() },
            Verb::Limit { rate, priority } => Request::Limit {
                bytes_per_second: rate.0,
                priority,
            },
            Verb::Schedule { what } => match what {
                ScheduleVerb::Show => return Ok(Self::Schedule),
                ScheduleVerb::Set { file } => Request::Schedule {
                    schedule: Arc::new(schedule::read(&file).map_err(|wrong| vec![wrong])?),
                },
                ScheduleVerb::Off => Request::Schedule {
                    schedule: Arc::default(),
                },
            },
            Verb::Mode { mode } => Request::Mode { mode },
            // They have no need of a running Ebb, and rooms of their own.
            Verb::Get(_) | Verb::Serve => return Err(vec![Wrong::NoWindow]),
        };
        Ok(Self::Do(request))
    }

    fn new_group(new: New) -> Self {
        let properties = Properties {
            name: new.name.unwrap_or_default(),
            ..Properties::default()
        };
        Self::Make {
            request: Request::New(schema::New {
                id: new.id.map(GroupId),
                properties,
            }),
            json: false,
        }
    }

    fn added(added: Added) -> Self {
        let asked = schema::Add::of(None, added.id, &added.properties, &added.job, added.start);
        Self::Make {
            request: Request::Add(Box::new(schema::Add {
                into: added.into,
                ..asked
            })),
            json: added.json,
        }
    }
}

fn resume(which: Which, anyway: bool) -> Request {
    if anyway {
        Request::Anyway { which, anyway }
    } else {
        Request::Resume(which)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::{Value, json};

    use super::*;
    use crate::cli::arguments::Arguments;

    fn read(line: &str) -> Result<Errand, Vec<Wrong>> {
        let words = shell_words::split(&format!("ebb {line}")).unwrap();
        let verb = Arguments::try_parse_from(words).unwrap().verb;
        Errand::read(verb.expect("a verb"), Language::English)
    }

    fn asked(line: &str) -> Value {
        match read(line) {
            Ok(Errand::Do(request) | Errand::Make { request, .. }) => {
                serde_json::to_value(request).unwrap()
            }
            _ => panic!("{line}"),
        }
    }

    #[test]
    fn every_command_asks_for_what_it_says() {
        for (line, method, params) in [
            ("suspend 1a 2b", "suspend", json!({"ids": ["1a", "2b"]})),
            ("resume --all", "resume", json!({"all": true})),
            (
                "resume --anyway 1a",
                "anyway",
                json!({"ids": ["1a"], "anyway": true}),
            ),
            (
                "cancel 1a",
                "cancel",
                json!({"ids": ["1a"], "delete": false}),
            ),
            (
                "cancel --all --delete",
                "cancel",
                json!({"all": true, "delete": true}),
            ),
            ("foreground 1a", "foreground", json!({"ids": ["1a"]})),
            ("background --all", "background", json!({"all": true})),
            ("remove 1a", "remove", json!({"ids": ["1a"]})),
            (
                "set 1a name=x url=http://h/",
                "set",
                json!({"id": "1a", "values": [["name", "x"], ["url", "http://h/"]]}),
            ),
            (
                "priority low 1a 2b",
                "priority",
                json!({"ids": ["1a", "2b"], "priority": "low"}),
            ),
            (
                "move 1a --bottom",
                "move",
                json!({"id": "1a", "to": "bottom"}),
            ),
            ("limit 1k", "limit", json!({"bytes_per_second": 1024})),
            ("limit off", "limit", json!({"bytes_per_second": null})),
            (
                "limit 2k --priority low",
                "limit",
                json!({"bytes_per_second": 2048, "priority": "low"}),
            ),
            ("schedule off", "schedule", json!({"schedule": ""})),
            ("mode full", "mode", json!({"mode": "full"})),
        ] {
            assert_eq!(
                asked(line),
                json!({"method": method, "params": params}),
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_made_is_asked_for_whole() {
        let id = "6f2c8a1e-0000-4000-8000-000000000001";
        let new = asked(&format!("new --id {id} --name N"));
        assert_eq!(new["method"], "new");
        assert_eq!(new["params"]["id"], id);
        assert_eq!(new["params"]["properties"]["name"], "N");
        let add = asked("add --group films --suspended -H 'K: V' http://ann:pw@h/x?a=b");
        let params = &add["params"];
        assert_eq!(params["into"], "films");
        assert_eq!(params["start"], false);
        assert_eq!(params["files"][0]["url"], "http://ann:pw@h/x?a=b");
        assert_eq!(params["headers"], json!([["K", "V"]]));
    }

    #[test]
    fn a_wrong_line_asks_for_nothing() {
        for line in [
            "add",
            "add h/",
            "set 1a x",
            "set 1a password=x",
            "add --group g -n N http://h/",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
