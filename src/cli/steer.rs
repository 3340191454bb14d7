//! The commands that steer a running Ebb, or look at it: a line becomes an errand, the errand
//! is run over the socket, and what came of it is said.

mod errand;

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use tokio::runtime::Builder;

use super::arguments::Verb;
use super::show::Teller;
use super::terminal::Page;
use super::watch::{End, Watch};
use super::wrong::masked;
use super::{Exit, interrupt, json_lines, report, table};
use crate::platform::Folders;
use crate::queue::GroupId;
use crate::remote::schema::{Made, Request, Shown};
use crate::remote::{CallError, ConnectError, Connection};
use crate::words::clean::clean;
use crate::words::explain::{explain_refusal, explain_start, tell};
use crate::words::{Explained, Language, json, key};
use errand::Errand;

/// Runs one of them.
pub fn run(verb: Verb, language: Language) -> Exit {
    let errand = match Errand::read(verb, language) {
        Ok(errand) => errand,
        Err(wrong) => {
            let lines = wrong.iter().map(|wrong| wrong.line(language));
            lines.for_each(|line| report::line(&line));
            return Exit::WrongLine;
        }
    };
    let done = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(go(errand, language)),
        Err(error) => Err(Fault::System(error)),
    };
    done.unwrap_or_else(|fault| {
        report::line(&fault.line(language));
        fault.exit()
    })
}

async fn go(errand: Errand, language: Language) -> Result<Exit, Fault> {
    let folders = Folders::find().map_err(|error| Fault::Told(error.explain(language)))?;
    let mut ebb = Connection::open(&folders).await?;
    match errand {
        Errand::Do(request) => ebb.call::<()>(&request).await?,
        Errand::Make { request, json } => make(&mut ebb, &request, json).await?,
        Errand::List { json } => list(&mut ebb, json, language).await?,
        Errand::Show { id, json } => show(&mut ebb, &id, json, language).await?,
        Errand::Schedule => {
            let schedule = ebb.list().await?.schedule;
            if !schedule.is_empty() {
                print(&[schedule.to_string().trim_end().to_owned()])?;
            }
        }
        Errand::Watch { json } => return watch(ebb, json, language).await,
    }
    Ok(Exit::Complete)
}

/// A group's id, or a line about it.
async fn make(ebb: &mut Connection, request: &Request, json: bool) -> Result<(), Fault> {
    let Made { group } = ebb.call(request).await?;
    let line = if json {
        about(ebb, group).await?
    } else {
        group.to_string()
    };
    Ok(print(&[line])?)
}

async fn about(ebb: &mut Connection, group: GroupId) -> Result<String, Fault> {
    match ebb.show(&group.to_string()).await? {
        Shown::Group(found) => {
            let view = found.view().map_err(CallError::from)?;
            Ok(json_lines::group_line(&view).map_err(io::Error::from)?)
        }
        Shown::Job(_) | Shown::File(_) => {
            let told = format!("{group} is no group");
            Err(CallError::NotUnderstood(told).into())
        }
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    groups: Vec<json::Group<'a>>,
}

async fn list(ebb: &mut Connection, json: bool, language: Language) -> Result<(), Fault> {
    let groups = ebb.list().await?.groups;
    if json {
        let groups = groups.iter().map(|group| json::Group::alone(group));
        let groups = groups.collect();
        print_json(&Listed { groups })?;
    } else if groups.is_empty() {
        let told = tell(language, key!("queue-empty"), &[], "");
        report::line(&report::trouble(&told));
    } else {
        let digits = table::digits(&groups);
        print(&table::groups(&groups, digits, Page::of_stdout(), language))?;
    }
    Ok(())
}

async fn show(ebb: &mut Connection, id: &str, json: bool, language: Language) -> Result<(), Fault> {
    let teller = Teller {
        page: Page::of_stdout(),
        language,
        now: Timestamp::now(),
    };
    match ebb.show(id).await? {
        Shown::Group(group) => {
            let group = group.view().map_err(CallError::from)?;
            if json {
                print_json(&json::Group::whole(&group))?;
            } else {
                print(&teller.group(&group))?;
            }
        }
        Shown::Job(job) => {
            let job = job.view().map_err(CallError::from)?;
            if json {
                print_json(&json::Job::of(&job))?;
            } else {
                print(&teller.job(&job))?;
            }
        }
        Shown::File(file) => {
            let file = file.view().map_err(CallError::from)?;
            if json {
                print_json(&json::File::of(&file))?;
            } else {
                print(&teller.file(&file))?;
            }
        }
    }
    Ok(())
}

async fn watch(ebb: Connection, json: bool, language: Language) -> Result<Exit, Fault> {
    let interrupted = interrupt::listen()?;
    let listener = ebb.subscribe().await?;
    let watch = Watch::new(io::stdout(), json, language);
    match watch.run(listener, interrupted).await {
        End::Interrupted => Ok(Exit::Interrupted),
        // As with `ebb watch | head`.
        End::Unread => Ok(Exit::Complete),
        End::Lost(error) => Err(error.into()),
    }
}

fn print_json(shape: &impl Serialize) -> io::Result<()> {
    print(&[serde_json::to_string(shape)?])
}

/// That nobody reads it (`ebb list | head`) is nobody's fault; that it cannot be written is.
fn print(lines: &[String]) -> io::Result<()> {
    let mut text = lines.join("\n");
    text.push('\n');
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Why a command came to nothing.
#[derive(Debug)]
enum Fault {
    Connect(ConnectError),
    Call(CallError),
    System(io::Error),
    Told(Explained),
}

impl From<ConnectError> for Fault {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

impl From<CallError> for Fault {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Fault {
    fn exit(&self) -> Exit {
        match self {
            Self::Connect(ConnectError::NotRunning) | Self::Call(CallError::Lost(_)) => {
                Exit::NotRunning
            }
            _ => Exit::Failed,
        }
    }

    /// `ebb: ID: what went wrong: what to try`.
    fn line(&self, language: Language) -> String {
        if let Self::Call(CallError::Refused(refusal, Some(id))) = self {
            let Explained { message, hint } = explain_refusal(refusal, language);
            return format!("ebb: {}: {message}: {hint}", masked(id));
        }
        report::trouble(&self.told(language))
    }

    fn told(&self, language: Language) -> Explained {
        let plain = |key, detail: &str| tell(language, key, &[], detail);
        match self {
            Self::Connect(ConnectError::NotRunning) => plain(key!("queue-not-running"), ""),
            Self::Connect(ConnectError::Silent(reason)) => plain(key!("queue-silent"), reason),
            Self::Connect(ConnectError::OtherVersion(version)) => tell(
                language,
                key!("queue-other-version", version),
                &[("version", clean(version).into())],
                "",
            ),
            Self::Call(CallError::Refused(refusal, _)) => explain_refusal(refusal, language),
            Self::Call(CallError::Lost(_)) => plain(key!("queue-lost"), ""),
            Self::Call(CallError::NotUnderstood(said)) => plain(key!("queue-not-understood"), said),
            Self::System(error) => explain_start(
                &crate::engine::StartError::System(error.to_string()),
                language,
            ),
            Self::Told(told) => told.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::Refusal;

    #[test]
    fn faults_are_one_line_with_their_exit() {
        let refused =
            |id: Option<&str>| CallError::Refused(Refusal::NotFound, id.map(str::to_owned)).into();
        let faults: [(Fault, &str, Exit); 6] = [
            (
                ConnectError::NotRunning.into(),
                "ebb: no Ebb is running: start one with: ebb serve, or open the window",
                Exit::NotRunning,
            ),
            (
                refused(Some("beef")),
                "ebb: beef: there is nothing with this id: see what there is with: ebb list",
                Exit::Failed,
            ),
            (
                refused(Some("http://ann:pw@h/?a=b")),
                "ebb: http://…@h/?…: there is nothing with this id: \
                 see what there is with: ebb list",
                Exit::Failed,
            ),
            (
                refused(Some("password=s3cret")),
                "ebb: password=…: there is nothing with this id: see what there is with: ebb list",
                Exit::Failed,
            ),
            (
                CallError::Lost("closed".into()).into(),
                "ebb: the running Ebb has ended: start it again with: ebb serve, \
                 or open the window",
                Exit::NotRunning,
            ),
            (
                ConnectError::OtherVersion("9.1".into()).into(),
                "ebb: the running Ebb is version 9.1: use that version, \
                 or end it and start this one",
                Exit::Failed,
            ),
        ];
        for (fault, line, exit) in faults {
            assert_eq!(fault.line(Language::English), line);
            assert_eq!(fault.exit(), exit, "{line}");
        }
    }
}
