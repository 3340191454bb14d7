//! A command of the queue as what is asked on the socket.

use crate::queue::{Command, GroupId, Property, Refusal};
use crate::remote::connection::CallError;
use crate::remote::schema::{Add, New, Properties, Request, Secret, Which};

/// The request that a command comes to; none, where it is about no group.
///
/// # Errors
/// What cannot be said: a granularity, which is for observers in the library alone; a folder
/// whose name is no text.
pub fn request(command: Command) -> Result<Option<Request>, CallError> {
    let of_groups = |ids: &[GroupId], make: &dyn Fn(Which) -> Request| {
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        Ok((!ids.is_empty()).then(|| make(Which::Ids(ids))))
    };
    Ok(Some(match command {
        Command::Suspend(ids) => return of_groups(&ids, &Request::Suspend),
        Command::Resume(ids) => return of_groups(&ids, &Request::Resume),
        Command::Foreground(ids) => return of_groups(&ids, &Request::Foreground),
        Command::Background(ids) => return of_groups(&ids, &Request::Background),
        Command::Remove(ids) => return of_groups(&ids, &Request::Remove),
        Command::Cancel {
            ids,
            delete_finished: delete,
        } => return of_groups(&ids, &|which| Request::Cancel { which, delete }),
        Command::Anyway(ids, anyway) => {
            return of_groups(&ids, &|which| Request::Anyway { which, anyway });
        }
        Command::SetPriority(ids, priority) => {
            return of_groups(&ids, &|which| Request::Priority { which, priority });
        }
        Command::New { id, properties } => Request::New(New {
            id,
            properties: Properties::exposed(&properties),
        }),
        Command::Add {
            into,
            id,
            properties,
            job,
            start,
        } => Request::Add(Box::new(Add::of(into, id, &properties, &job, start))),
        Command::Set(group, properties) => Request::Set {
            id: group.to_string(),
            values: values(&properties)?,
        },
        Command::SetLink(file, link) => set(file.to_string(), "url", link.expose()),
        Command::SetFolder(group, folder) => {
            let folder = folder.to_str().ok_or_else(|| {
                refused(Refusal::Invalid("folder: its name is no text".to_owned()))
            })?;
            set(group.to_string(), "folder", folder)
        }
        Command::Move(group, to) => Request::Move {
            id: group.to_string(),
            to: to.into(),
        },
        Command::Limit(bytes_per_second) => Request::Limit {
            bytes_per_second,
            priority: None,
        },
        Command::LimitPriority(priority, bytes_per_second) => Request::Limit {
            bytes_per_second,
            priority: Some(priority),
        },
        Command::Schedule(schedule) => Request::Schedule { schedule },
        Command::Mode(mode) => Request::Mode { mode },
    }))
}

fn set(id: String, name: &str, value: &str) -> Request {
    Request::Set {
        id,
        values: vec![(name.to_owned(), Secret(value.to_owned()))],
    }
}

fn values(properties: &[Property]) -> Result<Vec<(String, Secret)>, CallError> {
    let value = |property: &Property| {
        let text = property.text().ok_or(refused(Refusal::NotSupported))?;
        Ok((property.name().to_owned(), Secret(text)))
    };
    properties.iter().map(value).collect()
}

fn refused(refusal: Refusal) -> CallError {
    CallError::Refused(refusal, None)
}
