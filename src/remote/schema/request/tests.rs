//! Whatever comes: the right code, never a panic, never a word of what was sent.

use proptest::prelude::*;

use super::*;
use crate::remote::schema::tests::requests;

fn code(text: impl AsRef<[u8]>) -> Option<i32> {
    read_request(text.as_ref()).err().map(|wrong| wrong.code)
}

/// A call as a client writes it.
fn call(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":7,"method":"{method}","params":{params}}}"#)
}

#[test]
fn what_is_no_request_is_told_by_its_code() {
    let deep = |open: &str| open.repeat(100_000);
    let rows: Vec<(String, i32)> = [
        // No JSON.
        ("", error::CODE_PARSE),
        (" ", error::CODE_PARSE),
        ("hello", error::CODE_PARSE),
        (r#"{"jsonrpc":"2.0","id":1,"method":"li"#, error::CODE_PARSE),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"list"}}"#,
            error::CODE_PARSE,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1e999,"method":"list"}"#,
            error::CODE_PARSE,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"list","params":{"a":}}"#,
            error::CODE_PARSE,
        ),
        // JSON, and no request.
        ("null", error::CODE_REQUEST),
        ("7", error::CODE_REQUEST),
        ("{}", error::CODE_REQUEST),
        (
            r#"[{"jsonrpc":"2.0","id":1,"method":"list"}]"#,
            error::CODE_REQUEST,
        ),
        (r#"{"id":1,"method":"list"}"#, error::CODE_REQUEST),
        (
            r#"{"jsonrpc":"1.0","id":1,"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (
            r#"{"jsonrpc":2.0,"id":1,"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (r#"{"jsonrpc":"2.0","method":"list"}"#, error::CODE_REQUEST),
        (
            r#"{"jsonrpc":"2.0","id":null,"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (
            r#"{"jsonrpc":"2.0","id":[1],"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (
            r#"{"jsonrpc":"2.0","id":{"a":1},"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (
            r#"{"jsonrpc":"2.0","id":true,"method":"list"}"#,
            error::CODE_REQUEST,
        ),
        (r#"{"jsonrpc":"2.0","id":1}"#, error::CODE_REQUEST),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":7}"#,
            error::CODE_REQUEST,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"list","method":"list"}"#,
            error::CODE_REQUEST,
        ),
        // No such method.
        (
            r#"{"jsonrpc":"2.0","id":1,"method":""}"#,
            error::CODE_METHOD,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"List"}"#,
            error::CODE_METHOD,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"clearHistory","params":[1]}"#,
            error::CODE_METHOD,
        ),
    ]
    .map(|(text, code)| (text.to_owned(), code))
    .into_iter()
    .chain([
        (deep("["), error::CODE_REQUEST),
        (deep(r#"{"a":"#), error::CODE_PARSE),
        (
            format!(r#"{{"jsonrpc":"2.0","method":"list","id":{}"#, deep("[")),
            error::CODE_PARSE,
        ),
        (call("suspend", &deep("[")), error::CODE_PARSE),
    ])
    .collect();
    for (text, expected) in rows {
        let shown: String = text.chars().take(80).collect();
        assert_eq!(code(&text), Some(expected), "{shown}");
        assert_eq!(
            read_request(text.as_bytes())
                .err()
                .map(|wrong| wrong.id.is_null()),
            Some(expected != error::CODE_METHOD),
            "{shown}"
        );
    }
    for bytes in [
        &b"\xff\xfe"[..],
        b"\0\0\0",
        b"{\"jsonrpc\":\"2.0\",\"id\":\"\xff\"}",
    ] {
        assert_eq!(code(bytes), Some(error::CODE_PARSE));
    }
}

#[test]
fn other_params_than_the_method_has() {
    let nested = format!(r#"{{"ids":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    let rows = [
        ("hello", r#"{"version":-1}"#),
        ("hello", r#"{"version":1e3}"#),
        ("hello", r#"{"version":4294967296}"#),
        ("suspend", "null"),
        ("suspend", "{}"),
        ("suspend", "[]"),
        ("suspend", r#"["1a2b"]"#),
        ("suspend", r#"{"ids":"1a2b"}"#),
        ("suspend", r#"{"ids":[1]}"#),
        ("suspend", r#"{"all":"true"}"#),
        ("suspend", r#"{"version":1}"#),
        ("suspend", &nested),
        ("cancel", "{}"),
        ("cancel", r#"{"ids":["1a"],"delete":"yes"}"#),
        ("priority", r#"{"ids":["1a"],"priority":"highest"}"#),
        ("move", r#"{"id":"1a","to":"left"}"#),
        ("set", r#"{"id":"1a","values":[["name"]]}"#),
        ("limit", r#"{"bytes_per_second":18446744073709551616}"#),
        ("limit", r#"{"bytes_per_second":-5}"#),
        ("mode", r#"{"mode":"fast"}"#),
        ("new", r#"{"id":"not a uuid"}"#),
        ("new", r#"{"properties":{"limit":"5k"}}"#),
        ("add", r#"{"files":[]}"#),
        ("add", r#"{"files":[{}],"folder":"/d"}"#),
        ("add", r#"{"files":[{"url":7}],"folder":"/d"}"#),
        ("inspect", r#"{"file":"1a2b"}"#),
        ("history", r#"{"most":-1}"#),
        ("open", r#"{"words":"https://h/"}"#),
    ];
    for (method, params) in rows {
        let wrong = read_request(call(method, params).as_bytes()).err();
        let wrong = wrong.unwrap_or_else(|| panic!("{method} {params}"));
        assert_eq!(
            (wrong.code, wrong.id),
            (error::CODE_PARAMS, Value::from(7)),
            "{method} {params}"
        );
    }
}

/// An id comes back as it was, whatever kind it is.
#[test]
fn ids_are_numbers_or_texts() {
    for id in [
        "1",
        "-1",
        "0.5",
        "18446744073709551615",
        r#""""#,
        r#""a\n\u0000ü""#,
    ] {
        let text =
            format!(r#"{{"params":null,"id":{id},"method":"list","jsonrpc":"2.0","more":[]}}"#);
        let (read, _) = read_request(text.as_bytes()).ok().unwrap();
        assert_eq!(read, serde_json::from_str::<Value>(id).unwrap());
    }
}

#[test]
fn no_error_says_what_was_sent() {
    let secret = "hunter2hunter2";
    for text in [
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{secret}"}}"#),
        format!(r#"{{"jsonrpc":"{secret}","id":1,"method":"list"}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"list","{secret}":1,"method":2}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":["{secret}"],"method":"list"}}"#),
        call("mode", &format!(r#"{{"mode":"{secret}"}}"#)),
        call(
            "set",
            &format!(r#"{{"id":"1a","values":[["password","{secret}",1]]}}"#),
        ),
        call("set", &format!(r#"{{"id":"1a","values":"{secret}"}}"#)),
        call("add", &format!(r#"{{"password":["{secret}"]}}"#)),
        call("add", &format!(r#"{{"on_conflict":"{secret}"}}"#)),
        call("new", &format!(r#"{{"id":"{secret}"}}"#)),
        format!("{secret} {{"),
    ] {
        let wrong = read_request(text.as_bytes()).err().expect(&text);
        assert!(
            !format!("{wrong:?}").contains("hunter"),
            "{text}: {wrong:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A request in which some bytes are others, gone, twice, or a word of another request.
    #[test]
    fn requests_that_were_broken(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5u8, any::<u8>()), 1..4),
    ) {
        let all = requests();
        let text = |index: &prop::sample::Index| {
            let mut value = serde_json::to_value(index.get(&all)).unwrap();
            value["jsonrpc"] = "2.0".into();
            value["id"] = 1.into();
            value.to_string().into_bytes()
        };
        let (mut bytes, other) = (text(&which), text(&other));
        for (at, to, how, byte) in breaks {
            let (at, to) = (at.index(bytes.len()), to.index(other.len()));
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at.max(1)),
                2 => drop(bytes.drain(at..(at + 1 + byte as usize % 9).min(bytes.len()))),
                3 => drop(bytes.splice(at..at, bytes[..at].to_vec())),
                _ => drop(bytes.splice(at.., other[to..].iter().copied())),
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        if let Err(wrong) = read_request(&bytes) {
            let known = [error::CODE_PARSE, error::CODE_REQUEST, error::CODE_METHOD, error::CODE_PARAMS];
            prop_assert!(known.contains(&wrong.code));
            let is_fixed = ["no such method", "not a request of JSON-RPC 2.0"].contains(&wrong.message.as_str());
            let column = wrong.message.strip_prefix("wrong at column ");
            prop_assert!(is_fixed || column.is_some_and(|column| column.parse::<usize>().is_ok()));
        }
    }

    #[test]
    fn bytes_of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_request(&bytes);
    }
}
