//! Lines as they are typed, and what clap makes of them.

use clap::CommandFactory;

use super::*;

fn read(line: &str) -> Result<Get, clap::Error> {
    let words = shell_words::split(line).unwrap();
    match Arguments::try_parse_from(words)?.verb {
        Some(Verb::Get(get)) => Ok(*get),
        None => panic!("no verb in {line}"),
    }
}

#[test]
fn clap_finds_no_fault() {
    Arguments::command().debug_assert();
}

#[test]
fn defaults_are_those_of_the_contract() {
    let get = read("ebb get http://h/").unwrap();
    assert_eq!((get.connections, get.parallel), (8, 8));
    assert_eq!(get.retries, None);
    assert_eq!(get.on_conflict, OnConflict::Rename);
    let seconds = [
        get.retry_wait,
        get.connect_timeout,
        get.stall_timeout,
        get.no_progress_timeout,
    ]
    .map(|time| time.as_secs());
    assert_eq!(seconds, [1, 15, 30, 600]);
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
        assert_eq!((get.connections, get.parallel), (64, 256));
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
