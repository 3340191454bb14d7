//! The table of groups on a terminal, drawn again in its place: once a second at most, and
//! only where it says something new.

use std::io::{self, Write};
use std::time::Duration;

use crate::cli::table;
use crate::cli::terminal::{DIM, Page};
use crate::queue::Snapshot;
use crate::words::{Language, say};

const SPACING: Duration = Duration::from_secs(1);

/// What is drawn.
pub struct Drawn<W: Write> {
    out: W,
    language: Language,
    /// Seen, and not drawn yet.
    latest: Option<Snapshot>,
    /// The lines that stand above the cursor.
    shown: Vec<String>,
    next: Duration,
}

impl<W: Write> Drawn<W> {
    /// Nothing drawn yet.
    pub fn new(out: W, language: Language) -> Self {
        Self {
            out,
            language,
            latest: None,
            shown: Vec::new(),
            next: Duration::ZERO,
        }
    }

    /// Takes in what there is.
    pub fn see(&mut self, snapshot: &Snapshot) {
        self.latest = Some(snapshot.clone());
    }

    /// Draws it, when it is time.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn tick(&mut self, steady: Duration, page: Page) -> io::Result<()> {
        if steady < self.next || self.latest.is_none() {
            return Ok(());
        }
        self.next = steady + SPACING;
        self.draw(page)
    }

    /// Draws it now.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn draw(&mut self, page: Page) -> io::Result<()> {
        let lines = match self.latest.take() {
            Some(snapshot) => lines(&snapshot, page, self.language),
            None => return Ok(()),
        };
        if lines == self.shown {
            return Ok(());
        }
        let mut text = String::new();
        if !self.shown.is_empty() {
            // Up to the first of them; from there on all is cleared.
            text = format!("\u{1b}[{}A\r\u{1b}[J", self.shown.len());
        }
        for line in &lines {
            text.push_str(line);
            text.push('\n');
        }
        self.shown = lines;
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// As many groups as the terminal has rows for, and how many more there are.
fn lines(snapshot: &Snapshot, page: Page, language: Language) -> Vec<String> {
    let groups = &snapshot.groups;
    if groups.is_empty() {
        return vec![say!(language, "queue-empty")];
    }
    // The cursor stands in a row of its own.
    let rows = page
        .size
        .map_or(usize::MAX, |(_, rows)| rows.saturating_sub(1));
    let most = if groups.len() < rows {
        groups.len()
    } else {
        rows.saturating_sub(2).max(1)
    };
    let digits = table::digits(groups);
    let mut lines = table::groups(&groups[..most], digits, page, language);
    let more = groups.len() - most;
    if more > 0 {
        let more = say!(language, "progress-more", count = more);
        lines.push(page.style.coloured(DIM, &more));
    }
    lines.truncate(rows.max(1));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::scene::{Scene, snapshot};
    use crate::cli::terminal::Style;
    use crate::download::State;

    fn page(rows: usize) -> Page {
        Page {
            style: Style {
                colours: false,
                unicode: true,
            },
            size: Some((80, rows)),
        }
    }

    fn taken(drawn: &mut Drawn<Vec<u8>>) -> String {
        String::from_utf8(std::mem::take(&mut drawn.out)).unwrap()
    }

    #[test]
    fn it_is_drawn_in_its_place_once_a_second() {
        let mut scene = Scene::new(1);
        let mut drawn = Drawn::new(Vec::new(), Language::English);
        let mut at = |scene: &Scene, milliseconds| {
            drawn.see(&scene.snapshot());
            drawn
                .tick(Duration::from_millis(milliseconds), page(24))
                .unwrap();
            taken(&mut drawn)
        };
        let first = at(&scene, 0);
        assert_eq!(first.lines().count(), 2);
        assert!(
            first.contains("Queued") && !first.contains('\u{1b}'),
            "{first}"
        );
        scene.turn(State::Transferring);
        assert_eq!(at(&scene, 900), "");
        let second = at(&scene, 1000);
        assert!(second.starts_with("\u{1b}[2A\r\u{1b}[JId"), "{second}");
        assert!(second.contains("Transferring"));
        assert_eq!(at(&scene, 5000), "", "it is the same");
    }

    #[test]
    fn the_last_is_left_standing() {
        let mut scene = Scene::new(1);
        let mut drawn = Drawn::new(Vec::new(), Language::English);
        drawn.see(&scene.snapshot());
        drawn.tick(Duration::ZERO, page(24)).unwrap();
        scene.turn(State::Complete);
        drawn.see(&scene.snapshot());
        drawn.tick(Duration::from_millis(1), page(24)).unwrap();
        taken(&mut drawn);
        drawn.draw(page(24)).unwrap();
        assert!(taken(&mut drawn).contains("Complete"));
    }

    #[test]
    fn it_is_no_higher_than_the_terminal() {
        let scenes: Vec<Scene> = (0..20).map(|_| Scene::new(1)).collect();
        let all: Vec<&Scene> = scenes.iter().collect();
        for rows in 1..40 {
            let lines = lines(&snapshot(&all), page(rows), Language::English);
            assert!(lines.len() < rows.max(2), "{rows}: {}", lines.len());
            assert_eq!(lines.len() == 21, rows >= 22, "{rows}");
        }
        let ten = lines(&snapshot(&all), page(10), Language::English);
        assert_eq!(ten[8], "and 13 more");
        assert_eq!(
            lines(&Snapshot::default(), page(10), Language::English),
            ["the queue is empty"]
        );
    }
}
