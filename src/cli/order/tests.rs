//! Lines, and what they come to.

use clap::Parser;

use super::*;
use crate::cli::arguments::{Arguments, Verb};

fn read(line: &str) -> Result<Order, Vec<Wrong>> {
    let words = shell_words::split(&format!("ebb get {line}")).unwrap();
    match Arguments::try_parse_from(words).unwrap().verb {
        Some(Verb::Get(get)) => Order::read(*get, Language::English),
        other => panic!("{other:?} in {line}"),
    }
}

#[test]
fn a_plain_line_is_fast_and_in_the_foreground() {
    let order = read("http://h/[1-3].zip").unwrap();
    assert_eq!(order.job.files.len(), 3);
    assert_eq!(order.job.files[2].link.expose(), "http://h/3.zip");
    assert_eq!(order.job.options.folder, std::env::current_dir().unwrap());
    assert_eq!(order.properties.priority, Priority::Foreground);
    assert_eq!(order.shown, Shown::All);
    assert_eq!((order.limits.parallel, order.limits.connections), (8, 8));
    let policy = order.limits.foreground;
    assert_eq!((policy.tries, policy.tries_unreached), (Some(10), Some(3)));
    assert_eq!(policy.first_wait, Duration::from_secs(1));
    assert_eq!(policy.patience, Duration::from_secs(600));
    assert_eq!(order.network.connect_timeout, Duration::from_secs(15));
    assert_eq!(order.network.stall_timeout, Duration::from_secs(30));
}

#[test]
fn options_go_where_they_belong() {
    let order = read(
        "-d some/folder -o 'a b.zip' -n group -x 3 -j 2 -H 'K: V' --limit-rate 1k --background \
         --on-conflict fail --retries 5 --retry-wait 90s --connect-timeout 2s --stall-timeout 3s \
         --no-progress-timeout 4m --proxy socks5://u:p@h:1 -q --json \
         --checksum md5=00000000000000000000000000000000 http://h/",
    )
    .unwrap();
    let options = &order.job.options;
    assert!(options.folder.is_absolute() && options.folder.ends_with("some/folder"));
    assert_eq!(options.headers, [("K".to_owned(), "V".to_owned())]);
    assert_eq!(options.on_conflict, ConflictRule::Fail);
    assert_eq!(order.job.files[0].name.as_deref(), Some("a b.zip"));
    assert!(order.job.files[0].checksum.is_some());
    assert_eq!(order.properties.name, "group");
    assert_eq!(order.properties.limit, Some(1024));
    assert_eq!(order.properties.priority, Priority::Normal);
    let policy = order.limits.background;
    assert_eq!((policy.tries, policy.tries_unreached), (Some(5), Some(5)));
    assert_eq!(
        (policy.first_wait, policy.longest_wait),
        (Duration::from_secs(90), Duration::from_secs(90))
    );
    assert_eq!(policy.patience, Duration::from_secs(240));
    assert_eq!(order.limits.connections_per_host, 6);
    assert_eq!(order.network.connect_timeout, Duration::from_secs(2));
    assert_eq!(order.network.stall_timeout, Duration::from_secs(3));
    assert_eq!(order.network.proxy, Proxy::Url("socks5://u:p@h:1".into()));
    assert_eq!(order.shown, Shown::Json);
}

#[test]
fn wrong_lines() {
    for (line, option, key) in [
        ("-o x http://h/1 http://h/2", "-o", key!("several-names")),
        ("-o x 'http://h/[1-2]'", "-o", key!("several-names")),
        (
            "--checksum md5=0 http://h/1 http://h/2",
            "--checksum",
            key!("several-checksums"),
        ),
        ("-o '' http://h/", "-o", key!("name-empty")),
        ("-o a/b http://h/", "-o", key!("name-is-path")),
        ("-o .. http://h/", "-o", key!("name-is-path")),
        ("-o - http://h/", "-o", key!("name-is-output")),
        ("-H x http://h/", "-H", key!("header-no-colon")),
        (
            "--proxy localhost:8080 http://h/",
            "--proxy",
            key!("proxy-invalid"),
        ),
        (
            "--proxy ftp://h http://h/",
            "--proxy",
            key!("proxy-invalid"),
        ),
        (
            "--user ann:pw http://h/",
            "--user",
            key!("user-with-password"),
        ),
    ] {
        assert_eq!(
            read(line).err(),
            Some(vec![Wrong::Option(option, key)]),
            "{line}"
        );
    }
    assert_eq!(read("").err(), Some(vec![Wrong::NoLinks]));
    assert_eq!(
        read("'http://h/[1-1000001]'").err(),
        Some(vec![Wrong::TooManyLinks])
    );
    assert_eq!(
        read("'http://h/[9-1]'").err(),
        Some(vec![Wrong::Backwards("[9-1]".into())])
    );
    assert_eq!(read("h/1 ftp://h/").err().map(|wrong| wrong.len()), Some(2));
    assert_eq!(
        read("-i /nowhere/at/all").err().map(|wrong| wrong.len()),
        Some(1)
    );
}

#[test]
fn a_password_in_a_url_is_taken_along() {
    let order = read("http://ann:pw@h/").unwrap();
    assert_eq!(
        order.job.files[0].link.credentials(),
        Some(("ann".into(), "pw".into()))
    );
    assert_eq!(order.job.options.credentials, None);
}
