//! Writes down which texts there are in English, and which arguments each takes: the table
//! in which `key!` looks its text up while the program is compiled (src/words/i18n/key.rs).
//!
//! It reads one file and runs again only when that file has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

#[path = "src/words/i18n/texts.rs"]
mod texts;

const ENGLISH: &str = "i18n/en/ebb.ftl";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={ENGLISH}");
    let read = texts::read(&std::fs::read_to_string(ENGLISH)?)?;
    // A key stands for its text and its hint: it takes what either takes.
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, arguments) in &read {
        let key = name.split('.').next().unwrap_or(name);
        let all = keys.entry(key).or_default();
        all.extend(arguments.iter().map(String::as_str));
    }
    let rows: String = keys
        .iter()
        .map(|(key, arguments)| format!("    ({key:?}, &{:?}),\n", Vec::from_iter(arguments)))
        .collect();
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(
        Path::new(&folder).join("texts.rs"),
        format!("&[\n{rows}]\n"),
    )?;
    Ok(())
}
