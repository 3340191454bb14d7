//! What each request comes to.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Shared;
use super::connection::{Fault, text_of};
use crate::download::Link;
use crate::engine::Moment;
use crate::queue::{
    self, Command, Found, GroupId, GroupView, Outcome, Property, Refusal, Snapshot,
};
use crate::remote::schema::{
    Add, ChangedFile, ChangedJob, Changes, Entry, File, Group, Hello, History, Inspected, Job,
    Made, Refused, Request, Secret, Shown, To, Totals, VERSION, Which, error,
};
use crate::settings::{self, Trouble};

type Answer = Result<Box<RawValue>, Fault>;

/// Answers one; `subscribe` is not for here.
pub async fn answer(request: Request, shared: &Shared) -> Answer {
    let engine = &shared.engine;
    match request {
        Request::Hello { version } => hello(version, shared),
        Request::New(new) => {
            let (id, properties) = (new.id, new.properties.into());
            let id_text = id.map(|id| id.to_string());
            let made = engine.command(Command::New { id, properties }).await;
            done(made, id_text, shared)
        }
        Request::Add(add) => self::add(*add, shared).await,
        Request::Suspend(which) => groups(which, shared, Command::Suspend).await,
        Request::Resume(which) => groups(which, shared, Command::Resume).await,
        Request::Cancel { which, delete } => {
            let cancel = move |ids| Command::Cancel {
                ids,
                delete_finished: delete,
            };
            groups(which, shared, cancel).await
        }
        Request::Anyway { which, anyway } => {
            let set = move |ids| Command::Anyway(ids, anyway);
            groups(which, shared, set).await
        }
        Request::Foreground(which) => groups(which, shared, Command::Foreground).await,
        Request::Background(which) => groups(which, shared, Command::Background).await,
        Request::Remove(which) => groups(which, shared, Command::Remove).await,
        Request::Priority { which, priority } => {
            let set = move |ids| Command::SetPriority(ids, priority);
            groups(which, shared, set).await
        }
        Request::Move { id, to } => {
            let make = move |group| Ok(Command::Move(group, to.into()));
            one(id, shared, make).await
        }
        Request::Set { id, values } => set(id, values, shared).await,
        Request::Limit {
            bytes_per_second,
            priority,
        } => {
            let limit = match priority {
                None => Command::Limit(bytes_per_second),
                Some(priority) => Command::LimitPriority(priority, bytes_per_second),
            };
            done(engine.command(limit).await, None, shared)
        }
        Request::Schedule { schedule } => done(
            engine.command(Command::Schedule(schedule)).await,
            None,
            shared,
        ),
        Request::Mode { mode } => done(engine.command(Command::Mode(mode)).await, None, shared),
        Request::List => {
            let now = engine.see(|moment| moment.snapshot()).await;
            told(&list(&now.ok_or_else(ended)?))
        }
        Request::Show { id } => show(id, shared).await,
        Request::Subscribe => told(&()),
        Request::Open { words } => open(words, shared),
        Request::Inspect { file } => {
            let seen = engine.inspect(file).await;
            told(&seen.as_ref().map(Inspected::of))
        }
        Request::Journal { group } => {
            let entries = engine.journal(group).await.into_iter().map(Entry);
            told(&entries.collect::<Vec<_>>())
        }
        Request::History { most } => {
            let entries = engine.history(most).await.into_iter().map(History);
            told(&entries.collect::<Vec<_>>())
        }
        Request::Totals => told(&Totals(engine.totals().await)),
        Request::ClearHistory => told(&engine.clear_history().await),
        Request::Export => told(&engine.export().await),
        Request::Reload => reload(shared).await,
    }
}

fn told<T: Serialize>(result: &T) -> Answer {
    text_of(result).map_err(|error| Fault::new(error::CODE_INTERNAL, error.to_string()))
}

fn ended() -> Fault {
    Fault::new(error::CODE_ENDED, "the engine has ended")
}

/// A command's outcome; `id` is what a refusal is about.
fn done(outcome: Result<Outcome, Refusal>, id: Option<String>, shared: &Shared) -> Answer {
    match outcome {
        Err(_) if shared.engine.has_ended() => Err(ended()),
        Ok(Outcome::Done) => told(&()),
        Ok(Outcome::Group(group)) => told(&Made { group }),
        Err(refusal) => Err(refused(&refusal, id)),
    }
}

fn refused(refusal: &Refusal, id: Option<String>) -> Fault {
    let refused = Refused::of(refusal, id);
    Fault {
        data: serde_json::to_value(&refused).ok(),
        ..Fault::new(error::CODE_REFUSED, refusal.to_string())
    }
}

fn hello(version: u32, shared: &Shared) -> Answer {
    let hello = Hello {
        version: VERSION,
        ebb: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        kind: shared.host.kind,
    };
    if version == VERSION {
        return told(&hello);
    }
    Err(Fault {
        data: serde_json::to_value(&hello).ok(),
        ..Fault::new(error::CODE_VERSION, "another version is spoken here")
    })
}

/// A command for several groups. All are resolved, and the command is done, in one moment.
async fn groups(
    which: Which,
    shared: &Shared,
    make: impl Fn(Vec<GroupId>) -> Command + Send + 'static,
) -> Answer {
    let ids = match which {
        Which::Ids(ids) => ids,
        Which::All => {
            let all = move |moment: &mut Moment<'_>| {
                let of_none = make(Vec::new());
                let groups = moment.snapshot().groups;
                let meant = groups.iter().filter(|group| of_none.applies(group));
                Ok(make(meant.map(|group| group.id).collect()))
            };
            return done(shared.engine.command_of(all).await, None, shared);
        }
    };
    let (blame, to_blame) = std::sync::mpsc::channel();
    let resolve = move |moment: &mut Moment<'_>| {
        let is_final = matches!(
            make(Vec::new()),
            Command::Cancel { .. } | Command::Remove(_)
        );
        let name = |id: &String| {
            let _ = blame.send(id.clone());
        };
        let find = |id: &String| group(moment, id, is_final).inspect_err(|_| name(id));
        let found = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let of_none = make(Vec::new());
        for (id, group) in ids.iter().zip(&found) {
            let seen = moment.group(*group);
            if let Some(refusal) = seen.and_then(|seen| of_none.refusal_for(&seen)) {
                name(id);
                return Err(refusal);
            }
        }
        Ok(make(found))
    };
    let outcome = shared.engine.command_of(resolve).await;
    done(outcome, to_blame.try_recv().ok(), shared)
}

/// The group that is meant: that of a job or a file, too, but where all of it would go for good.
fn group(moment: &Moment<'_>, id: &str, is_final: bool) -> Result<GroupId, Refusal> {
    match moment.find(id)? {
        (Found::Group(group), _) => Ok(group),
        _ if is_final => Err(Refusal::NotSupported),
        (_, group) => Ok(group),
    }
}

/// A command for one group.
async fn one(
    id: String,
    shared: &Shared,
    make: impl FnOnce(GroupId) -> Result<Command, Refusal> + Send + 'static,
) -> Answer {
    let text = id.clone();
    let resolve = move |moment: &mut Moment<'_>| make(group(moment, &id, false)?);
    done(shared.engine.command_of(resolve).await, Some(text), shared)
}

async fn add(mut add: Add, shared: &Shared) -> Answer {
    let job = add.job();
    let job = job.map_err(|malformed| Fault::new(error::CODE_PARAMS, malformed.0))?;
    let (into, id, start) = (add.into.take(), add.id, add.start);
    let to_blame = into.clone().or_else(|| id.map(|id| id.to_string()));
    let properties = queue::Properties::from(add.properties);
    let make = move |moment: &mut Moment<'_>| {
        let into = into.map(|into| standing(moment, &into)).transpose()?;
        Ok(Command::Add {
            into,
            id,
            properties,
            job,
            start,
        })
    };
    done(shared.engine.command_of(make).await, to_blame, shared)
}

/// A group by its id, or by its name; what could be either is neither.
fn standing(moment: &mut Moment<'_>, text: &str) -> Result<GroupId, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::NotFound);
    }
    let by_id = group(moment, text, false);
    let groups = moment.snapshot().groups;
    let mut named = groups.iter().filter(|group| group.properties.name == text);
    match (named.next(), named.next(), by_id) {
        (None, _, by_id) => by_id,
        (Some(group), None, Err(Refusal::NotFound)) => Ok(group.id),
        (Some(group), None, Ok(id)) if id == group.id => Ok(id),
        _ => Err(Refusal::Ambiguous),
    }
}

async fn set(id: String, values: Vec<(String, Secret)>, shared: &Shared) -> Answer {
    let text = id.clone();
    let (blame, to_blame) = std::sync::mpsc::channel();
    let make = move |moment: &mut Moment<'_>| match moment.find(&id)? {
        (Found::File(file), _) => match values.as_slice() {
            [(name, Secret(url))] if name == "url" => {
                let link = Link::parse(url);
                let link = link.map_err(|error| Refusal::Invalid(format!("url: {error}")))?;
                Ok(Command::SetLink(file, link))
            }
            _ => Err(Refusal::NotSupported),
        },
        (Found::Group(group), _) => match values.as_slice() {
            [(name, Secret(folder))] if name == "folder" => folder_of(group, folder),
            values => {
                let parsed = values.iter().map(|(name, Secret(value))| {
                    // What is not supported is the property, not the group.
                    Property::parse(name, value).inspect_err(|refusal| {
                        if *refusal == Refusal::NotSupported {
                            let _ = blame.send(name.clone());
                        }
                    })
                });
                Ok(Command::Set(group, parsed.collect::<Result<_, _>>()?))
            }
        },
        (Found::Job(_), _) => Err(Refusal::NotSupported),
    };
    let outcome = shared.engine.command_of(make).await;
    done(outcome, to_blame.try_recv().ok().or(Some(text)), shared)
}

fn folder_of(group: GroupId, folder: &str) -> Result<Command, Refusal> {
    let folder = PathBuf::from(folder);
    if !folder.is_absolute() {
        return Err(Refusal::Invalid("folder: it must be absolute".to_owned()));
    }
    Ok(Command::SetFolder(group, folder))
}

fn list(now: &Snapshot) -> Changes {
    let mut list = Changes::of_program(now);
    for group in now.groups.iter() {
        list.groups.push(Group::alone(group));
        let is_nameless = group.properties.name.is_empty();
        let Some(job) = group.jobs.first().filter(|_| is_nameless) else {
            continue;
        };
        list.jobs.push(ChangedJob {
            group: group.id,
            index: 0,
            job: Job::alone(job),
        });
        let files = job.files.first().and_then(|chunk| chunk.first());
        list.files.extend(files.map(|file| ChangedFile {
            group: group.id,
            index: 0,
            place: 0,
            file: File::of(file),
        }));
    }
    list
}

async fn show(id: String, shared: &Shared) -> Answer {
    let text = id.clone();
    let look = move |moment: &mut Moment<'_>| {
        let (found, group) = moment.find(&id)?;
        Ok((found, moment.group(group).ok_or(Refusal::NotFound)?))
    };
    let seen = shared.engine.see(look).await.ok_or_else(ended)?;
    let shown = seen.and_then(|(found, group)| shown(found, &group).ok_or(Refusal::NotFound));
    told(&shown.map_err(|refusal| refused(&refusal, Some(text)))?)
}

fn shown(found: Found, group: &GroupView) -> Option<Shown> {
    let mut jobs = group.jobs.iter();
    Some(match found {
        Found::Group(_) => Shown::Group(Box::new(Group::whole(group))),
        Found::Job(id) => Shown::Job(Box::new(Job::whole(jobs.find(|job| job.id == id)?))),
        Found::File(id) => {
            let mut files = jobs
                .flat_map(|job| job.files.iter())
                .flat_map(|chunk| chunk.iter());
            let file = files.find(|file| file.id == id)?;
            Shown::File(Box::new(File::of(file)))
        }
    })
}

fn open(words: Vec<String>, shared: &Shared) -> Answer {
    let sent = match &shared.host.words {
        Some(window) => window.send(words).is_ok(),
        None => false,
    };
    if sent {
        return told(&());
    }
    Err(refused(&Refusal::NotSupported, None))
}

async fn reload(shared: &Shared) -> Answer {
    let path: &Path = &shared.host.settings;
    let loaded = settings::load(path, Timestamp::now());
    if let Some(Trouble::Unreadable { reason, .. }) = loaded.trouble {
        // (The defaults have no proxy, for one.)
        return Err(refused(&Refusal::Invalid(reason), None));
    }
    let loaded = loaded.settings;
    let configured = shared
        .engine
        .configure(loaded.limits(), loaded.network())
        .await;
    match configured {
        Ok(()) => told(&()),
        Err(error) => Err(refused(&Refusal::Invalid(error.to_string()), None)),
    }
}

impl From<To> for queue::Move {
    fn from(to: To) -> Self {
        match to {
            To::Top => Self::Top,
            To::Up => Self::Up,
            To::Down => Self::Down,
            To::Bottom => Self::Bottom,
        }
    }
}

impl From<queue::Move> for To {
    fn from(to: queue::Move) -> Self {
        match to {
            queue::Move::Top => Self::Top,
            queue::Move::Up => Self::Up,
            queue::Move::Down => Self::Down,
            queue::Move::Bottom => Self::Bottom,
        }
    }
}
