//! The command of a group that is complete: run once, with its words as they are, and told what there is to know
//! (contract, 1 and 2).

use std::path::PathBuf;

use rustix::process::Signal;

use crate::MIB;
use crate::desk::Desk;
use crate::served::{Served, files, until};
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(391, 50_000);
const LARGE: Payload = Payload::new(392, 6 * MIB);

/// Says where it runs, its arguments and what it is told of, one a line; then adds a name to the list of runs.
const SCRIPT: &str = r#"
while test -e "$0.held"; do sleep 0.02; done
{ pwd; printf '[%s]\n' "$@"; env | grep '^EBB_' | grep -v '^EBB_HOME=' | sort; } >"$0.said"
echo "$EBB_NAME" >>"$0.runs"
"#;

/// The script, in a folder with a space in its name, beside the desk's own; made when it is first asked for.
fn script(desk: &Desk) -> PathBuf {
    let folder = desk.home().with_file_name("my scripts");
    let path = folder.join("tell");
    if !path.exists() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(&path, SCRIPT).expect("a script");
    }
    path
}

/// The property that runs the script with these further words.
fn tell(served: &Served, words: &str) -> String {
    format!("on-complete=sh '{}' {words}", script(served).display())
}

fn read(served: &Served, ending: &str) -> Vec<String> {
    let path = script(served).with_extension(ending);
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Waits until it has run so often; the names of the groups.
#[track_caller]
fn runs(served: &Served, count: usize) -> Vec<String> {
    until("it runs", || read(served, "runs").len() >= count);
    read(served, "runs")
}

/// Adds it, sets the property, and lets it run; the group's id.
#[track_caller]
fn run(served: &Served, property: &str, args: &[&str]) -> String {
    let id = served.add(&[&["--suspended", "--priority", "foreground"], args].concat());
    served.ok(&["set", &id, property]);
    served.ok(&["resume", &id]);
    id
}

#[test]
fn its_words_are_as_they_are_and_it_is_told_what_there_is_to_know() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let words = r#"'a b' "c  d" e\ f $HOME * ; | touch '' $(touch x) `touch y` ~ && touch z"#;
    let name = "it's $HOME;.bin";
    let property = tell(&served, words);
    let id = run(&served, &property, &["-o", name, &server.url("/a")]);
    assert_eq!(runs(&served, 1), [name]);
    let folder = served.dir().canonicalize().expect("it is there");
    let folder = folder.display();
    let wanted = format!(
        "{folder}\n[a b]\n[c  d]\n[e f]\n[$HOME]\n[*]\n[;]\n[|]\n[touch]\n[]\n[$(touch]\n[x)]\n[`touch]\n[y`]\n[~]\n\
         [&&]\n[touch]\n[z]\nEBB_BYTES=50000\nEBB_FILES=1\nEBB_FOLDER={folder}\nEBB_GROUP={id}\nEBB_NAME={name}\n\
         EBB_PATH={folder}/{name}"
    );
    assert_eq!(read(&served, "said").join("\n"), wanted);
    assert_eq!(served.names(), [name], "nothing else was made");
}

/// And a group that is complete again runs it again.
#[test]
fn once_for_each_time_that_all_is_there() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let property = tell(&served, "");
    let urls = [server.url("/a"), server.url("/b")];
    let id = run(&served, &property, &["-n", "Two", &urls[0], &urls[1]]);
    assert_eq!(runs(&served, 1), ["Two"]);
    let said = read(&served, "said");
    assert!(said.contains(&"EBB_FILES=2".to_owned()), "{said:?}");
    assert!(said.contains(&"EBB_BYTES=100000".to_owned()), "{said:?}");
    assert!(!said.join("\n").contains("EBB_PATH"), "{said:?}");

    let served = served.again();
    run(&served, &property, &["-n", "Other", &server.url("/c")]);
    assert_eq!(runs(&served, 2), ["Two", "Other"], "not after a restart");
    served.ok(&["add", "--group", &id, &server.url("/d")]);
    assert_eq!(runs(&served, 3), ["Two", "Other", "Two"]);
    assert!(read(&served, "said").contains(&"EBB_FILES=3".to_owned()));
}

#[test]
fn what_fails_or_is_cancelled_runs_nothing() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/gone", Behaviour::file(FILE).fails(usize::MAX, 404));
    server.serve("/slow", Behaviour::file(LARGE).rate(MIB));
    server.serve("/*", Behaviour::file(FILE));
    let property = tell(&served, "");
    let urls = [server.url("/a"), server.url("/gone")];
    let failed = run(&served, &property, &["-n", "Failed", &urls[0], &urls[1]]);
    served.until_state(&failed, "error");
    let slow = run(&served, &property, &["-n", "Slow", &server.url("/slow")]);
    served.until_state(&slow, "transferring");
    served.ok(&["cancel", &slow]);
    served.until_state(&slow, "cancelled");
    run(&served, &property, &["-n", "Well", &server.url("/b")]);
    assert_eq!(runs(&served, 1), ["Well"]);
}

#[test]
fn what_is_set_during_the_transfer_counts() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(LARGE).rate(4 * MIB));
    let before = tell(&served, "before");
    let id = run(&served, &before, &["-x", "1", &server.url("/a.bin")]);
    served.until(&id, |group| group["progress"]["bytes"].as_u64() > Some(MIB));
    served.ok(&["set", &id, &tell(&served, "after")]);
    assert_eq!(runs(&served, 1), ["a.bin"]);
    assert_eq!(read(&served, "said")[1], "[after]");
}

#[test]
fn what_cannot_be_started_is_logged_and_the_group_is_complete() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let property = "on-complete=ebb-no-such-program 'hush'";
    let id = run(&served, property, &[&server.url("/a")]);
    let group = served.until_state(&id, "complete");
    assert!(group["error"].is_null() && files(&group)[0]["complete"] == true);
    run(&served, &tell(&served, ""), &[&server.url("/b")]);
    runs(&served, 1);
    let (outcome, _desk) = served.end(Signal::TERM);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let told = "was not started: ebb-no-such-program";
    assert!(outcome.stderr.contains(told), "{outcome:?}");
    assert!(!outcome.stderr.contains("hush"), "{outcome:?}");
}

/// Whoever ends it does not wait for a command, and does not end that.
#[test]
fn it_outlives_serve() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let held = script(&served).with_extension("held");
    std::fs::write(&held, "").expect("it is held");
    let id = run(&served, &tell(&served, ""), &[&server.url("/a")]);
    served.until_state(&id, "complete");
    let (outcome, desk) = served.end(Signal::INT);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.took.as_secs() < 2, "{outcome:?}");
    std::fs::remove_file(held).expect("it is held");
    let said = script(&desk).with_extension("runs");
    until("it ends well", || said.exists());
}
