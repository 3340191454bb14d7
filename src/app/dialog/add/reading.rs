//! What the field's text comes to beside the queue: links, and which of them it knows.
//!
//! A value made from values, here or on another thread; it may be of a text that has been
//! changed since.

use std::collections::HashMap;

use super::lines::{Lines, weight};
use crate::download::{Link, State, file_name};
use crate::queue::{FileView, Snapshot};

/// So many links are read, or looked for in the queue, before the next frame; more are
/// looked at elsewhere.
const AT_ONCE: usize = 2_000;

/// A text, read.
#[derive(Debug, Default)]
pub struct Reading {
    /// What it says.
    pub lines: Lines,
    /// Which of its links, by place, the queue has and has not finished.
    pub unfinished: Vec<usize>,
    /// Which it has finished.
    pub finished: Vec<usize>,
    /// What the download is called if nobody gives it a name.
    pub name: Option<String>,
}

impl Reading {
    /// Reads a text beside this queue.
    #[must_use]
    pub fn new(text: &str, queue: &Snapshot) -> Self {
        let lines = Lines::read(text);
        let (unfinished, finished) = known(&lines.links, queue);
        let name = lines.links.first().and_then(name);
        Self {
            lines,
            unfinished,
            finished,
            name,
        }
    }

    /// Is it so little work that nobody would notice?
    #[must_use]
    pub fn is_quick(text: &str, queue: &Snapshot) -> bool {
        let files = queue.groups.iter().map(|group| group.summary.files_total);
        let files = usize::try_from(files.sum::<u64>()).unwrap_or(usize::MAX);
        // Looking something up is a tenth of the work of reading it.
        weight(text).saturating_add(files / 10) <= AT_ONCE
    }

    /// The links that are left when some of those that the queue knows are left out.
    pub fn chosen(
        &self,
        skips_unfinished: bool,
        skips_finished: bool,
    ) -> impl Iterator<Item = &Link> {
        let is_among = |places: &[usize], at: &usize| places.binary_search(at).is_ok();
        let links = self.lines.links.iter().enumerate();
        let is_skipped = move |at: &usize| {
            (skips_unfinished && is_among(&self.unfinished, at))
                || (skips_finished && is_among(&self.finished, at))
        };
        let chosen = links.filter(move |(at, _)| !is_skipped(at));
        chosen.map(|(_, link)| link)
    }

    /// How many those are.
    #[must_use]
    pub fn count(&self, skips_unfinished: bool, skips_finished: bool) -> usize {
        let skipped = |skips: bool, places: &[usize]| if skips { places.len() } else { 0 };
        self.lines.links.len()
            - skipped(skips_unfinished, &self.unfinished)
            - skipped(skips_finished, &self.finished)
    }
}

/// A file's name, or else the host's.
fn name(link: &Link) -> Option<String> {
    file_name::in_link(link).or_else(|| link.url().host_str().map(str::to_owned))
}

/// The places of links that the queue has: those it has not finished, and those it has. What
/// was cancelled counts for neither.
fn known(links: &[Link], queue: &Snapshot) -> (Vec<usize>, Vec<usize>) {
    if links.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut places: HashMap<&Link, (usize, Option<bool>)> = links
        .iter()
        .enumerate()
        .map(|(at, link)| (link, (at, None)))
        .collect();
    for file in files(queue).filter(|file| file.state != State::Cancelled) {
        if let Some((_, is_finished)) = places.get_mut(&file.source.link) {
            let is_this = file.state == State::Complete;
            // Once unfinished is enough.
            *is_finished = Some(is_finished.unwrap_or(true) && is_this);
        }
    }
    let places_of = |which: bool| {
        let found = places.values().filter(|(_, is)| *is == Some(which));
        let mut found: Vec<usize> = found.map(|(at, _)| *at).collect();
        found.sort_unstable();
        found
    };
    (places_of(false), places_of(true))
}

fn files(queue: &Snapshot) -> impl Iterator<Item = &FileView> {
    let jobs = queue.groups.iter().flat_map(|group| group.jobs.iter());
    jobs.flat_map(|job| job.files.iter().flat_map(|chunk| chunk.iter()))
}

#[cfg(test)]
mod tests {
    use super::super::scene::queue;
    use super::*;

    #[test]
    fn what_the_queue_knows_is_found() {
        use State::{Cancelled, Complete, Error, Suspended, Transferring};
        let queue = queue(&[
            ("http://h/done", Complete),
            ("http://h/runs", Transferring),
            ("http://h/waits", Suspended),
            ("http://h/failed", Error),
            ("http://h/gone", Cancelled),
            ("http://h/both", Complete),
            ("http://h/both", Transferring),
            ("http://h/again", Complete),
            ("http://h/again", Cancelled),
        ]);
        let text = "http://h/new\nhttp://h/done\nhttp://h/runs\nhttp://h/waits\nhttp://h/failed\n\
            http://h/gone\nhttp://h/both\nhttp://h/again";
        let reading = Reading::new(text, &queue);
        assert_eq!(reading.unfinished, [2, 3, 4, 6]);
        assert_eq!(reading.finished, [1, 7]);
        for (skips_unfinished, skips_finished, names) in [
            (false, false, "new done runs waits failed gone both again"),
            (true, false, "new done gone again"),
            (false, true, "new runs waits failed gone both"),
            (true, true, "new gone"),
        ] {
            let chosen = reading.chosen(skips_unfinished, skips_finished);
            let found: Vec<_> = chosen
                .map(|link| &link.expose()["http://h/".len()..])
                .collect();
            assert_eq!(found.join(" "), names);
            assert_eq!(reading.count(skips_unfinished, skips_finished), found.len());
        }
    }

    #[test]
    fn a_download_has_a_name_of_its_own() {
        for (text, name) in [
            ("", None),
            ("nothing", None),
            (
                "https://h.example/a/b%20c.iso?x=y\nhttps://h/2",
                Some("b c.iso"),
            ),
            ("https://h.example/", Some("h.example")),
            ("https://h.example/a/", Some("h.example")),
        ] {
            let reading = Reading::new(text, &Snapshot::default());
            assert_eq!(reading.name.as_deref(), name, "{text}");
        }
    }

    #[test]
    fn much_is_read_elsewhere() {
        let empty = Snapshot::default();
        for (text, is_quick) in [
            (String::new(), true),
            ("http://h/1\n".repeat(1_500), true),
            ("http://h/1\n".repeat(2_500), false),
            ("http://h/[1-100000]".to_owned(), false),
            ("x".repeat(1_000_000), false),
        ] {
            assert_eq!(Reading::is_quick(&text, &empty), is_quick, "{}", text.len());
        }
        let one = queue(&[("http://h/1", State::Suspended)]);
        assert!(Reading::is_quick("http://h/1", &one));
        let mut many = one.groups[0].as_ref().clone();
        many.summary.files_total = 100_000;
        let many = Snapshot {
            groups: std::sync::Arc::new(vec![many.into()]),
            ..one
        };
        assert!(!Reading::is_quick("http://h/1", &many));
    }
}
