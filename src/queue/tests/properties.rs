//! Properties as a person writes them, and their bounds.

use crate::queue::property::{Granularity, Notify, Priority, Properties, Property, parse_rate};
use crate::queue::{Credentials, Refusal};

#[test]
fn table_of_values() {
    use Property::{Connections, Limit, Name, OnComplete, Parallel};
    let words = |words: &[&str]| OnComplete(words.iter().map(|w| (*w).to_owned()).collect());
    let notify = |done, error| Property::Notify(Notify { done, error });
    let long = "ä".repeat(256);
    let longer = "ä".repeat(257);
    let (text, too_much) = ("x".repeat(1024), "x".repeat(1025));
    let table: &[(&str, &str, Option<Property>)] = &[
        ("name", "", Some(Name(String::new()))),
        ("name", &long, Some(Name(long.clone()))),
        ("name", &longer, None),
        (
            "description",
            &text,
            Some(Property::Description(text.clone())),
        ),
        ("description", &too_much, None),
        (
            "priority",
            "foreground",
            Some(Property::Priority(Priority::Foreground)),
        ),
        ("priority", "low", Some(Property::Priority(Priority::Low))),
        ("priority", "urgent", None),
        ("limit", "500k", Some(Limit(Some(512_000)))),
        ("limit", "2M", Some(Limit(Some(2 << 20)))),
        ("limit", "1.5m", Some(Limit(Some(3 << 19)))),
        ("limit", "1g", Some(Limit(Some(1 << 30)))),
        ("limit", "1234", Some(Limit(Some(1234)))),
        ("limit", "off", Some(Limit(None))),
        ("limit", "0", None),
        ("limit", "0.0001", None),
        ("limit", "-1", None),
        ("limit", "", None),
        ("limit", "k", None),
        ("limit", "1e3", None),
        ("limit", "1.2.3k", None),
        ("limit", "5 k", None),
        ("limit", "99999999999999999999", None),
        ("limit", "99999999999999999g", None),
        ("connections", "1", Some(Connections(Some(1)))),
        ("connections", "64", Some(Connections(Some(64)))),
        ("connections", "default", Some(Connections(None))),
        ("connections", "0", None),
        ("connections", "65", None),
        ("connections", "many", None),
        ("parallel", "256", Some(Parallel(Some(256)))),
        ("parallel", "257", None),
        ("parallel", "0", None),
        ("user", "ann", Some(Property::User("ann".into()))),
        ("password", "pw", Some(Property::Password("pw".into()))),
        ("notify", "done,error", Some(notify(true, true))),
        ("notify", "error, done", Some(notify(true, true))),
        ("notify", "done", Some(notify(true, false))),
        ("notify", "error", Some(notify(false, true))),
        ("notify", "off", Some(notify(false, false))),
        ("notify", "", None),
        ("notify", "done,off", None),
        ("on-complete", "", Some(words(&[]))),
        (
            "on-complete",
            r#"mv "a b" 'c$d' e\ f"#,
            Some(words(&["mv", "a b", "c$d", "e f"])),
        ),
        ("on-complete", "echo 'open", None),
    ];
    for (name, value, expected) in table {
        match (Property::parse(name, value), expected) {
            (Ok(property), Some(expected)) => assert_eq!(property, *expected, "{name}={value}"),
            (Err(Refusal::Invalid(_)), None) => {}
            (other, _) => panic!("{name}={value}: {other:?}"),
        }
    }
    for name in ["size", "", "Name", "granularity"] {
        assert_eq!(
            Property::parse(name, "1"),
            Err(Refusal::NotSupported),
            "{name}"
        );
    }
}

#[test]
fn nothing_is_cut_and_nothing_half_done() {
    let mut properties = Properties {
        name: "was".into(),
        ..Properties::default()
    };
    let before = properties.clone();
    for property in [
        Property::Name("n".repeat(257)),
        Property::Description("d".repeat(1025)),
        Property::Limit(Some(0)),
        Property::Connections(Some(65)),
        Property::Parallel(Some(0)),
        Property::Granularity(Granularity {
            percent: Some(101),
            ..Granularity::default()
        }),
        Property::Granularity(Granularity {
            bytes: Some(0),
            ..Granularity::default()
        }),
    ] {
        assert!(matches!(
            properties.apply(property),
            Err(Refusal::Invalid(_))
        ));
        assert_eq!(properties, before);
    }
    assert_eq!(properties.check(), Ok(()));
    properties.limit = Some(0);
    assert!(properties.check().is_err());
}

#[test]
fn user_and_password_come_and_go_apart() {
    let mut properties = Properties::default();
    properties.apply(Property::Password("pw".into())).unwrap();
    properties.apply(Property::User("ann".into())).unwrap();
    let both = Credentials {
        user: "ann".into(),
        password: "pw".into(),
    };
    assert_eq!(properties.credentials, Some(both));
    properties.apply(Property::User(String::new())).unwrap();
    properties.apply(Property::Password(String::new())).unwrap();
    assert_eq!(properties.credentials, None);
    assert_eq!(parse_rate(" 1k "), Ok(Some(1024)));
}

/// A command may be logged; its password is not.
#[test]
fn a_password_is_not_printed() {
    let set = crate::queue::Command::Set(
        crate::queue::GroupId::random(),
        vec![Property::Password("s3cret".into())],
    );
    let printed = format!("{set:?}");
    assert!(printed.contains("Password(…)") && !printed.contains("s3cret"));
}

/// What is sent as text is what was meant.
#[test]
fn what_is_written_reads_back() {
    use Property::{Connections, Description, Limit, Name, OnComplete, Parallel, Password, User};
    let notify = |done, error| Property::Notify(Notify { done, error });
    let command = ["say", "it's done", "", "$HOME \"x\"", "a\nb"].map(str::to_owned);
    for property in [
        Name(" a name ".into()),
        Name(String::new()),
        Description("two\nlines".into()),
        Property::Priority(Priority::Foreground),
        Property::Priority(Priority::Low),
        Limit(None),
        Limit(Some(1)),
        Limit(Some(u64::MAX)),
        Connections(None),
        Connections(Some(64)),
        Parallel(None),
        Parallel(Some(256)),
        User("ann".into()),
        Password(" p=w ".into()),
        notify(true, true),
        notify(true, false),
        notify(false, true),
        notify(false, false),
        OnComplete(Vec::new()),
        OnComplete(command.into()),
    ] {
        let text = property.text().expect("it has a text");
        assert_eq!(Property::parse(property.name(), &text), Ok(property));
    }
    let granularity = Property::Granularity(Granularity::default());
    assert_eq!(granularity.text(), None);
}
