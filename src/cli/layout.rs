//! Rows and columns as text: aligned by the width that is shown, never wider than the page.

use super::terminal::{DIM, Page, filled_up, fit, width};

/// Between two columns.
const GAP: usize = 2;
/// The last column, which takes the room that is left, is never asked to take less.
const LEAST: usize = 12;

/// What all of a column has in common.
#[derive(Debug, Clone)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// Numbers stand at the right.
    pub is_right: bool,
    /// Where the room is small the highest goes first; 0 never goes.
    pub rank: u8,
}

/// A text in a row.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    text: String,
    colour: &'static str,
}

impl Cell {
    /// In a colour.
    pub fn coloured(text: String, colour: &'static str) -> Self {
        Self { text, colour }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, colour: "" }
    }
}

/// The headings and the rows, a line each. Every row has a cell for each column.
pub fn table(columns: &[Column], rows: &[Vec<Cell>], page: Page) -> Vec<String> {
    let widths: Vec<usize> = (0..columns.len())
        .map(|at| {
            let cells = rows.iter().map(|row| width(&row[at].text));
            cells.max().unwrap_or(0).max(width(&columns[at].heading))
        })
        .collect();
    let kept = kept(columns, &widths, page.room());
    let headings = columns.iter().map(|column| Cell {
        text: column.heading.clone(),
        colour: DIM,
    });
    let headings: Vec<Cell> = headings.collect();
    let all = std::iter::once(&headings).chain(rows);
    all.map(|row| line(columns, &widths, &kept, row, page))
        .collect()
}

/// The places of the columns for which there is room.
fn kept(columns: &[Column], widths: &[usize], room: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let last = columns.len().saturating_sub(1);
    let taken = |kept: &[usize]| -> usize {
        let one = |at: usize| if at == last { LEAST } else { widths[at] + GAP };
        kept.iter().map(|at| one(*at)).sum()
    };
    while taken(&kept) > room {
        let least = kept.iter().copied().max_by_key(|at| columns[*at].rank);
        match least.filter(|at| columns[*at].rank > 0) {
            Some(least) => kept.retain(|at| *at != least),
            None => break,
        }
    }
    kept
}

fn line(columns: &[Column], widths: &[usize], kept: &[usize], row: &[Cell], page: Page) -> String {
    let mut line = String::new();
    let mut left = page.room();
    for (index, at) in kept.iter().copied().enumerate() {
        if index > 0 {
            let gap = GAP.min(left);
            line.push_str(&" ".repeat(gap));
            left -= gap;
        }
        let room = widths[at].min(left);
        let Cell { text, colour } = &row[at];
        let text = fit(text, room, page.style);
        let blanks = room.saturating_sub(width(&text));
        let shown = page.style.coloured(colour, &text);
        let shown = if columns[at].is_right {
            format!("{}{shown}", " ".repeat(blanks))
        } else {
            format!("{shown}{}", " ".repeat(blanks))
        };
        line.push_str(&shown);
        left -= room;
    }
    line.truncate(line.trim_end().len());
    line
}

/// Labels and values, one below the other; values are never cut, so that they can be copied.
pub fn facts(facts: &[(String, String)], page: Page) -> Vec<String> {
    let labels = facts.iter().map(|(label, _)| width(label));
    let room = labels.max().unwrap_or(0);
    let line = |(label, value): &(String, String)| {
        let label = filled_up(label.clone(), room + GAP);
        format!("{}{value}", page.style.coloured(DIM, &label))
    };
    facts.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::terminal::{RED, Style};

    fn page(columns: Option<usize>) -> Page {
        Page {
            style: Style {
                colours: false,
                unicode: true,
            },
            size: columns.map(|columns| (columns, 24)),
        }
    }

    fn columns() -> Vec<Column> {
        [
            ("Id", false, 0),
            ("%", true, 1),
            ("Size", true, 2),
            ("Name", false, 0),
        ]
        .map(|(heading, is_right, rank)| Column {
            heading: heading.into(),
            is_right,
            rank,
        })
        .to_vec()
    }

    fn rows() -> Vec<Vec<Cell>> {
        let row = |cells: [&str; 4]| cells.map(|cell| Cell::from(cell.to_owned())).to_vec();
        vec![
            row(["1a2b", "5%", "漢字", "a-very-long-name.tar.gz"]),
            row(["3c4d", "100%", "1.2 GB", ""]),
        ]
    }

    #[test]
    fn columns_are_aligned_by_what_is_shown() {
        assert_eq!(
            table(&columns(), &rows(), page(None)),
            [
                "Id       %    Size  Name",
                "1a2b    5%    漢字  a-very-long-name.tar.gz",
                "3c4d  100%  1.2 GB",
            ]
        );
    }

    #[test]
    fn what_matters_least_goes_first() {
        for (room, row) in [
            (42, "1a2b    5%    漢字  a-very-long-na….tar.gz"),
            (36, "1a2b    5%    漢字  a-very-lon…ar.gz"),
            (30, "1a2b    5%  a-very-long-…ar.gz"),
            (20, "1a2b  a-very-lo…r.gz"),
        ] {
            // The last column of the terminal stays free.
            assert_eq!(table(&columns(), &rows(), page(Some(room + 1)))[1], row);
        }
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for columns_there in 1..80 {
            for line in table(&columns(), &rows(), page(Some(columns_there))) {
                assert!(width(&line) < columns_there, "{columns_there}: {line}");
            }
        }
    }

    #[test]
    fn colours_take_no_room() {
        let page = Page {
            style: Style {
                colours: true,
                unicode: true,
            },
            size: None,
        };
        let columns = &columns()[2..];
        let row = vec![
            Cell::coloured("x".into(), RED),
            Cell::from("name".to_owned()),
        ];
        assert_eq!(
            table(columns, &[row], page)[1],
            "   \u{1b}[31mx\u{1b}[0m  name"
        );
    }

    #[test]
    fn labels_have_one_width() {
        let all = [("名前", "a"), ("Size", "b")].map(|(label, value)| (label.into(), value.into()));
        assert_eq!(facts(&all, page(Some(10))), ["名前  a", "Size  b"]);
    }
}
