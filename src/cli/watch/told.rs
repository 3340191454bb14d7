//! A plain line for each new state of a group: `1a2b3c4d  Complete  name`.

use std::io::{self, BufWriter, Write};
use std::ops::Deref;

use crate::cli::follow::Seen;
use crate::cli::table::{name, short, state_word};
use crate::queue::GroupView;
use crate::words::{Language, say};

/// Writes the lines.
pub struct Told<W: Write> {
    out: BufWriter<W>,
    language: Language,
}

impl<W: Write> Told<W> {
    /// Nothing told yet.
    pub fn new(out: W, language: Language) -> Self {
        Self {
            out: BufWriter::new(out),
            language,
        }
    }

    /// Takes in what is seen in a snapshot, where so many digits of an id are shown.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn see(&mut self, seen: Seen<'_>, digits: &impl Deref<Target = usize>) -> io::Result<()> {
        match seen {
            Seen::Removed(group) => {
                let word = say!(self.language, "queue-removed");
                self.tell(group, &word, **digits)
            }
            Seen::Group(change) => {
                let word = self.word(change.after);
                if change
                    .before
                    .is_some_and(|before| self.word(before) == word)
                {
                    return Ok(());
                }
                self.tell(change.after, &word, **digits)
            }
            Seen::File(..) => Ok(()),
        }
    }

    fn word(&self, group: &GroupView) -> String {
        state_word(group.state, group.waiting, self.language)
    }

    fn tell(&mut self, group: &GroupView, word: &str, digits: usize) -> io::Result<()> {
        let id = short(group.id.0, digits);
        let name = name(group, self.language);
        writeln!(self.out, "{id}  {word}  {name}")
    }

    /// Hands over what was written.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::follow::Follow;
    use crate::cli::scene::{Scene, snapshot};
    use crate::download::{State, WaitReason};
    use crate::queue::Snapshot;
    use crate::queue::snapshot::Waiting;

    struct Written {
        follow: Follow,
        told: Told<Vec<u8>>,
    }

    impl Written {
        fn at(&mut self, snapshot: &Snapshot) -> Vec<String> {
            let Self { follow, told } = self;
            follow.advance(snapshot, |seen| told.see(seen, &&8).unwrap());
            told.flush().unwrap();
            let text = String::from_utf8(std::mem::take(told.out.get_mut())).unwrap();
            text.lines().map(|line| line[8..].to_owned()).collect()
        }
    }

    #[test]
    fn a_line_for_each_new_state_and_no_other() {
        let mut written = Written {
            follow: Follow::default(),
            told: Told::new(Vec::new(), Language::English),
        };
        let (mut one, mut two) = (Scene::new(1), Scene::new(2));
        two.properties.name = "two".into();
        assert_eq!(
            written.at(&snapshot(&[&one, &two])),
            ["  Queued  0", "  Queued  two"]
        );
        one.set(0, |file| file.bytes = 7);
        assert_eq!(written.at(&snapshot(&[&one, &two])), [""; 0]);
        one.turn(State::Complete);
        two.waiting = Some(Waiting {
            reason: WaitReason::Network,
            until: None,
        });
        two.turn(State::Waiting);
        assert_eq!(
            written.at(&snapshot(&[&one, &two])),
            ["  Complete  0", "  Waiting: no network  two"]
        );
        assert_eq!(written.at(&snapshot(&[&two])), ["  Removed  0"]);
    }
}
