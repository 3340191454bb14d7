//! Ids: unique, refused the second time, found by any unique prefix.

use std::time::Duration;

use super::{add, add_to, at, limits, new_file, options};
use crate::queue::property::Properties;
use crate::queue::{
    Command, Effect, FileId, Found, GroupId, JobId, NewJob, Outcome, Property, Queue, Refusal,
};

fn ask(queue: &mut Queue, command: Command) -> Result<Outcome, Refusal> {
    let (mut effects, before) = (Vec::new(), queue.groups().count());
    let outcome = queue.command(command, at(Duration::ZERO), &mut effects);
    if outcome.is_err() {
        assert!(effects.is_empty(), "refused, and yet: {effects:?}");
        assert_eq!(queue.groups().count(), before);
    }
    super::recount::recount(queue);
    outcome
}

fn id(text: &str) -> GroupId {
    text.parse().unwrap()
}

const ONE: &str = "abcd0000-0000-4000-8000-000000000001";
const TWO: &str = "abce0000-0000-4000-8000-000000000002";

fn new(id: GroupId) -> Command {
    Command::New {
        id: Some(id),
        properties: Properties::default(),
    }
}

#[test]
fn the_second_one_is_refused() {
    let mut queue = Queue::new(limits(), 1);
    assert_eq!(ask(&mut queue, new(id(ONE))), Ok(Outcome::Group(id(ONE))));
    assert_eq!(ask(&mut queue, new(id(ONE))), Err(Refusal::AlreadyExists));
    let job = |id: Option<JobId>| NewJob {
        id,
        files: vec![new_file("a", "x")],
        options: options(),
    };
    let add = |group: Option<GroupId>, job: NewJob| Command::Add {
        into: None,
        id: group,
        properties: Properties::default(),
        job,
        start: true,
    };
    let again = add(Some(id(ONE)), job(None));
    assert_eq!(ask(&mut queue, again), Err(Refusal::AlreadyExists));
    let same = add(Some(id(TWO)), job(Some(JobId(id(TWO).0))));
    assert_eq!(ask(&mut queue, same), Err(Refusal::AlreadyExists));
    let taken = add(None, job(Some(JobId(id(ONE).0))));
    assert_eq!(ask(&mut queue, taken), Err(Refusal::AlreadyExists));
    let free = add(Some(id(TWO)), job(None));
    assert_eq!(ask(&mut queue, free), Ok(Outcome::Group(id(TWO))));
}

#[test]
fn nothing_is_made_of_what_is_refused() {
    let mut queue = Queue::new(limits(), 1);
    let empty = add(Vec::new(), Properties::default(), true);
    assert_eq!(ask(&mut queue, empty), Err(Refusal::Empty));
    let long = Properties {
        name: "n".repeat(257),
        ..Properties::default()
    };
    let file = || vec![new_file("a", "x")];
    assert!(matches!(
        ask(&mut queue, add(file(), long, true)),
        Err(Refusal::Invalid(_))
    ));
    let nowhere = add_to(id(ONE), file(), true);
    assert_eq!(ask(&mut queue, nowhere), Err(Refusal::NotFound));
    assert_eq!(
        ask(&mut queue, Command::Limit(Some(0))).map_err(|_| ()),
        Err(())
    );
    assert_eq!(queue.next_due(), None);
}

#[test]
fn all_or_none() {
    let mut queue = Queue::new(limits(), 1);
    let full = ask(
        &mut queue,
        add(vec![new_file("a", "x")], Properties::default(), false),
    );
    let Ok(Outcome::Group(full)) = full else {
        panic!()
    };
    ask(&mut queue, new(id(ONE))).unwrap();
    let both = |ids: &[GroupId]| Command::Resume(ids.to_vec());
    assert_eq!(ask(&mut queue, both(&[full, id(ONE)])), Err(Refusal::Empty));
    assert_eq!(
        ask(&mut queue, both(&[full, id(TWO)])),
        Err(Refusal::NotFound)
    );
    assert_eq!(ask(&mut queue, both(&[full, full])), Ok(Outcome::Done));
    let set = Command::Set(id(TWO), vec![Property::Name("x".into())]);
    assert_eq!(ask(&mut queue, set), Err(Refusal::NotFound));
    let link = new_file("b", "x").link;
    let link = Command::SetLink(FileId::random(), link);
    assert_eq!(ask(&mut queue, link), Err(Refusal::NotFound));
}

#[test]
fn any_unique_prefix() {
    let mut queue = Queue::new(limits(), 1);
    ask(&mut queue, new(id(ONE))).unwrap();
    ask(&mut queue, new(id(TWO))).unwrap();
    let one = Ok(Found::Group(id(ONE)));
    for prefix in [ONE, "abcd", "ABCD", " abcd0000-00 ", "abcd00000000"] {
        assert_eq!(queue.find(prefix), one, "{prefix}");
    }
    assert_eq!(queue.find("abc"), Err(Refusal::Ambiguous));
    let too_long = format!("{ONE}0");
    for nothing in ["", "-", "abcf", "x", "abcd0000-0001", too_long.as_str()] {
        assert_eq!(queue.find(nothing), Err(Refusal::NotFound), "{nothing}");
    }
    ask(&mut queue, add_to(id(ONE), vec![new_file("a", "x")], true)).unwrap();
    let snapshot = queue.snapshot(at(Duration::ZERO));
    let job = &snapshot.groups[0].jobs[0];
    let file = job.files[0][0].id;
    let found = queue.find(&job.id.to_string());
    assert_eq!(found, Ok(Found::Job(job.id)));
    assert_eq!(queue.owner(found.unwrap()), Some(id(ONE)));
    assert_eq!(queue.find(&file.to_string()), Ok(Found::File(file)));
    assert_eq!(queue.group_of(file), Some(id(ONE)));
    let both = [job.id.0, file.0];
    assert!(
        both.iter().all(|id| id.get_version_num() == 4),
        "random ids"
    );

    let cancel = Command::Cancel {
        ids: vec![id(ONE)],
        delete_finished: false,
    };
    ask(&mut queue, cancel).unwrap();
    ask(&mut queue, Command::Remove(vec![id(ONE)])).unwrap();
    assert_eq!(queue.find("abcd"), Err(Refusal::NotFound));
    assert_eq!(queue.find("abc"), Ok(Found::Group(id(TWO))));
    assert_eq!(queue.find(&file.to_string()), Err(Refusal::NotFound));
    let mut effects: Vec<Effect> = Vec::new();
    let report = crate::queue::Event::Report(file, 1, crate::queue::Report::Stopped);
    queue.update(report, at(Duration::ZERO), &mut effects);
    super::recount::recount(&queue);
    assert_eq!(queue.group_of(file), None, "gone for good");
}
