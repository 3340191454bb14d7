//! Exit codes of the line itself: 2 where it is wrong, 3 where no Ebb runs; one line on standard error each
//! (contract, 2).

use crate::desk::Desk;
use crate::served::Served;

const ID: &str = "aaaaaaaa-1111-4111-8111-111111111111";
const URL: &str = "http://127.0.0.1:1/a";

/// Every command but `serve`, as it should be.
const RIGHT: [&[&str]; 26] = [
    &["new"],
    &["new", "--id", ID, "--name", "A name"],
    &["add", URL],
    &[
        "add",
        "--suspended",
        "--priority",
        "low",
        "-n",
        "A name",
        URL,
    ],
    &["add", "--group", ID, URL],
    &["list"],
    &["list", "--json"],
    &["show", ID],
    &["show", ID, "--json"],
    &["watch"],
    &["watch", "--json"],
    &["suspend", ID],
    &["suspend", "--all"],
    &["resume", ID],
    &["cancel", ID],
    &["cancel", "--delete", "--all"],
    &["foreground", ID],
    &["background", ID],
    &["remove", ID],
    &["remove", "--all"],
    &["set", ID, "name=x"],
    &["priority", "low", ID],
    &["move", ID, "--top"],
    &["limit", "1M"],
    &["limit", "off"],
    &["mode", "full"],
];

/// Lines that are wrong, whatever runs.
const WRONG: [&[&str]; 51] = [
    &["serve", "more"],
    &["serve", "--json"],
    &["new", "more"],
    &["new", "--id", "no-uuid"],
    &["new", "--id"],
    &["add"],
    &["add", "--suspended"],
    &["add", "no-scheme/a"],
    &["add", "ftp://127.0.0.1/a"],
    &["add", "--priority", "urgent", URL],
    &["add", "--id", "no-uuid", URL],
    &["add", "-x", "0", URL],
    &["add", "-j", "257", URL],
    &["add", "--limit-rate", "fast", URL],
    &["add", "--checksum", "sha-256=xyz", URL],
    &["add", "-o", "a", URL, URL],
    &["add", "--no-such-option", URL],
    &["add", "--group", ID, "-n", "A name", URL],
    &["add", "--group", ID, "--id", ID, URL],
    &["add", "--group", ID, "--priority", "low", URL],
    &["list", "more"],
    &["list", "--all"],
    &["show"],
    &["show", ID, ID],
    &["watch", ID],
    &["suspend"],
    &["suspend", "--all", ID],
    &["suspend", "--delete", ID],
    &["resume"],
    &["resume", ID, "--all"],
    &["cancel"],
    &["cancel", "--delete"],
    &["foreground"],
    &["background"],
    &["remove"],
    &["remove", "--all", ID],
    &["set"],
    &["set", ID],
    &["set", ID, "name"],
    &["set", ID, "password=secret"],
    &["priority"],
    &["priority", "low"],
    &["priority", "urgent", ID],
    &["move", ID],
    &["move", "--top"],
    &["move", ID, "--top", "--bottom"],
    &["limit"],
    &["limit", "fast"],
    &["mode"],
    &["mode", "fast"],
    &["mode", "full", "polite"],
];

#[test]
fn without_a_running_ebb_every_command_ends_with_3() {
    let desk = Desk::new();
    for args in RIGHT {
        eprintln!("{args:?}");
        desk.ebb(args).ended(3);
    }
    assert!(
        !desk.home().join("data/ebb.sqlite").exists(),
        "asking makes nothing"
    );
}

#[test]
fn after_its_end_every_command_ends_with_3() {
    let (_, desk) = Served::start().end(rustix::process::Signal::TERM);
    for args in RIGHT {
        eprintln!("{args:?}");
        desk.ebb(args).ended(3);
    }
}

#[test]
fn a_wrong_line_ends_with_2_whether_an_ebb_runs_or_not() {
    let desk = Desk::new();
    for args in WRONG {
        eprintln!("{args:?}");
        desk.ebb(args).ended(2);
    }
    let served = Served::at(desk);
    for args in WRONG {
        eprintln!("{args:?}");
        served.ebb(args).ended(2);
    }
    assert!(served.list().is_empty());
}

#[test]
fn a_wrong_line_repeats_no_secret() {
    let desk = Desk::new();
    let lines: [&[&str]; 6] = [
        &["add", "//ann:hush@127.0.0.1/a"],
        &["add", "ftp://ann:hush@127.0.0.1/a?token=hush"],
        &["add", "-H", "hush", URL],
        &["add", "--proxy", "nope://ann:hush@127.0.0.1", URL],
        &["set", ID, "password=hush"],
        &["set", ID, "name=x", "password=hush"],
    ];
    for args in lines {
        let outcome = desk.ebb(args);
        let line = outcome.ended(2);
        assert!(!line.contains("hush"), "{line}");
    }
}

#[test]
fn every_right_line_is_understood_where_an_ebb_runs() {
    let served = Served::start();
    for args in RIGHT.iter().filter(|args| args[0] != "watch") {
        let outcome = served.ebb(args);
        assert!(matches!(outcome.code, Some(0 | 1)), "{args:?}: {outcome:?}");
        if outcome.code == Some(1) {
            outcome.ended(1);
        }
    }
}

#[test]
fn options_of_get_that_say_nothing_here_are_taken() {
    let served = Served::start();
    let lines: [&[&str]; 4] = [
        &["add", "-q", "--suspended", URL],
        &[
            "add",
            "--suspended",
            "--retries",
            "3",
            "--retry-wait",
            "1s",
            URL,
        ],
        &[
            "add",
            "--suspended",
            "--connect-timeout",
            "3s",
            "--stall-timeout",
            "9s",
            URL,
        ],
        &[
            "add",
            "--suspended",
            "--no-progress-timeout",
            "1h",
            "--proxy",
            "none",
            URL,
        ],
    ];
    for args in lines {
        let text = served.ok(args);
        assert!(text.parse::<uuid::Uuid>().is_ok(), "{args:?}: {text}");
    }
    assert_eq!(served.list().len(), 4);
}

#[test]
fn help_names_every_command() {
    let desk = Desk::new();
    let help = desk.ebb(&["help"]);
    assert_eq!(help.code, Some(0), "{help:?}");
    let text = help.stdout.join("\n");
    for args in RIGHT.iter().chain(&[&["serve"][..]]) {
        assert!(
            text.contains(&format!("  {} ", args[0])),
            "{}: {text}",
            args[0]
        );
        let help = desk.ebb(&[args[0], "--help"]);
        assert_eq!((help.code, &*help.stderr), (Some(0), ""), "{help:?}");
    }
}
