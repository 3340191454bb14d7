//! Lines as they are typed, and what clap makes of them.

use std::path::PathBuf;
use std::time::Duration;

use clap::CommandFactory;

use super::*;
use crate::queue::ConflictRule;
use crate::remote::schema::To;

fn read(line: &str) -> Result<Get, clap::Error> {
    let words = shell_words::split(line).unwrap();
    match Arguments::try_parse_from(words)?.verb {
        Some(Verb::Get(get)) => Ok(*get),
        other => panic!("{other:?} in {line}"),
    }
}

#[test]
fn clap_finds_no_fault() {
    Arguments::command().debug_assert();
}

/// (What they are is in `order`, for get, and in the settings, for add.)
#[test]
fn what_is_not_given_is_not_there() {
    let get = read("ebb get http://h/").unwrap();
    assert_eq!(
        (get.connections, get.parallel, get.retries),
        (None, None, None)
    );
    assert_eq!(ConflictRule::from(get.on_conflict), ConflictRule::Rename);
    let times = [
        get.retry_wait,
        get.connect_timeout,
        get.stall_timeout,
        get.no_progress_timeout,
    ];
    assert_eq!(times, [None::<Duration>; 4]);
    assert!(!get.background && !get.quiet && !get.json);
}

#[test]
fn every_option_long_and_short() {
    let short = "ebb get -d D -o O -i I -n N -x 64 -j 256 -H 'K: V' -H 'L: W' -q http://h/";
    let long = "ebb get --dir D --output O --input-file I --name N --connections 64 \
        --parallel 256 --header 'K: V' --header 'L: W' --quiet http://h/";
    for line in [short, long] {
        let get = read(line).unwrap();
        assert_eq!(get.dir, Some(PathBuf::from("D")));
        assert_eq!(get.output.as_deref(), Some("O"));
        assert_eq!(get.input_file, Some(PathBuf::from("I")));
        assert_eq!(get.name.as_deref(), Some("N"));
        assert_eq!((get.connections, get.parallel), (Some(64), Some(256)));
        assert_eq!(get.headers, ["K: V", "L: W"]);
        assert!(get.quiet);
    }
    read(
        "ebb get --checksum md5=0 --limit-rate 2M --background --on-conflict fail --retries 3 \
        --retry-wait 500ms --connect-timeout 5 --stall-timeout 1m --no-progress-timeout 1h \
        --proxy none --cacert F --user ann --json -i -",
    )
    .unwrap();
}

#[test]
fn out_of_bounds_is_a_wrong_line() {
    for option in [
        "-x 0",
        "-x 65",
        "-j 0",
        "-j 257",
        "--limit-rate 0",
        "--limit-rate fast",
        "--stall-timeout 0",
        "--retries -1",
        "--on-conflict ask",
        "--quite",
        "-x",
    ] {
        assert!(
            read(&format!("ebb get {option} http://h/")).is_err(),
            "{option}"
        );
    }
}

#[test]
fn help_lists_every_default() {
    let mut command = Arguments::command();
    let get = command.find_subcommand_mut("get").unwrap();
    let help = get.render_help().to_string();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for default in [
        "[default: 8]",
        "[default: rename]",
        "[default: 1s]",
        "[default: 15s]",
        "[default: 30s]",
        "[default: 10m]",
        "[default: 10]",
        "[default: current folder]",
        "[default: the system's]",
    ] {
        assert!(help.contains(default), "{default} in {help}");
    }
}

fn verb(line: &str) -> Result<Verb, clap::Error> {
    let words = shell_words::split(&format!("ebb {line}")).unwrap();
    Ok(Arguments::try_parse_from(words)?.verb.expect("a verb"))
}

#[test]
fn add_says_nothing_of_the_defaults_of_get() {
    let mut command = Arguments::command();
    let add = command.find_subcommand_mut("add").unwrap();
    let help = add.render_help().to_string();
    for default in ["8", "1s", "15s", "30s", "10m", "10"] {
        assert!(!help.contains(&format!("[default: {default}]")), "{help}");
    }
    assert!(help.contains("--suspended") && help.contains("[default: rename]"));
}

#[test]
fn every_command_of_the_contract() {
    for line in [
        "serve",
        "new",
        "new --id 6f2c8a1e-0000-4000-8000-000000000001 --name N",
        "add http://h/",
        "list --json",
        "show 1a2b --json",
        "watch",
        "suspend 1a2b 3c4d",
        "resume --all",
        "cancel --delete --all",
        "cancel 1a2b --delete",
        "foreground --all",
        "background 1a2b",
        "remove 1a2b",
        "set 1a2b name=x description=-y",
        "set 1a2b password",
        "priority low 1a2b 3c4d",
        "move 1a2b --top",
        "limit off",
        "mode full",
    ] {
        assert!(verb(line).is_ok(), "{line}: {:?}", verb(line).err());
    }
}

#[test]
fn wrong_commands() {
    for line in [
        "suspend",
        "suspend --all 1a2b",
        "cancel --delete",
        "remove",
        "new --id 1a2b",
        "add --id 1a2b http://h/",
        "add --priority urgent http://h/",
        "add --priority high --background http://h/",
        "show",
        "show 1a2b 3c4d",
        "set 1a2b",
        "priority urgent 1a2b",
        "priority low",
        "move 1a2b",
        "move 1a2b --top --up",
        "move --top",
        "limit",
        "limit fast",
        "limit 0",
        "mode",
        "mode turbo",
        "list 1a2b",
    ] {
        assert!(verb(line).is_err(), "{line}");
    }
}

#[test]
fn words_have_their_values() {
    for (word, rate) in [
        ("off", None),
        ("2M", Some(2 << 20)),
        ("500k", Some(512_000)),
    ] {
        match verb(&format!("limit {word}")) {
            Ok(Verb::Limit { rate: found, .. }) => assert_eq!(found, Rate(rate)),
            other => panic!("{other:?}"),
        }
    }
    for (word, mode) in [
        ("polite", Mode::Polite),
        ("full", Mode::Full),
        ("suspended", Mode::Suspended),
    ] {
        match verb(&format!("mode {word}")) {
            Ok(Verb::Mode { mode: found }) => assert_eq!(found, mode),
            other => panic!("{other:?}"),
        }
    }
    for (option, place) in [
        ("--top", To::Top),
        ("--up", To::Up),
        ("--down", To::Down),
        ("--bottom", To::Bottom),
    ] {
        match verb(&format!("move 1a2b {option}")) {
            Ok(Verb::Move { to, .. }) => assert_eq!(To::from(to), place),
            other => panic!("{other:?}"),
        }
    }
    match verb("priority foreground 1a 2b") {
        Ok(Verb::Priority { priority, ids }) => {
            assert_eq!((priority, ids.len()), (Priority::Foreground, 2));
        }
        other => panic!("{other:?}"),
    }
}
