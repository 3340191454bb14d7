//! What is spoken on the socket: JSON-RPC 2.0, one object a line, in its turn.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::served::Served;

struct Peer(BufReader<UnixStream>);

impl Peer {
    fn of(served: &Served) -> Self {
        let socket = served.socket().expect("a socket in run");
        let stream = UnixStream::connect(socket).expect("it takes connections");
        let longest = Some(Duration::from_secs(10));
        stream.set_read_timeout(longest).expect("a timeout");
        Self(BufReader::new(stream))
    }

    fn say(&mut self, text: &str) {
        let line = format!("{text}\n");
        self.0.get_mut().write_all(line.as_bytes()).expect("taken");
    }

    #[track_caller]
    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("a line in time");
        let told: Value =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert_eq!(told["jsonrpc"], "2.0", "{told}");
        told
    }

    #[track_caller]
    fn call(&mut self, method: &str, params: Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": method, "method": method, "params": params});
        self.say(&request.to_string());
        let told = self.hear();
        assert_eq!(told["id"], method, "{told}");
        assert!(
            told.get("result").is_some() != told.get("error").is_some(),
            "{told}"
        );
        told
    }

    #[track_caller]
    fn ok(&mut self, method: &str, params: Value) -> Value {
        let mut told = self.call(method, params);
        assert!(told.get("error").is_none(), "{told}");
        told["result"].take()
    }

    #[track_caller]
    fn refused(&mut self, method: &str, params: Value, code: i64) -> Value {
        let mut told = self.call(method, params);
        assert_eq!(told["error"]["code"], code, "{told}");
        assert!(told["error"]["message"].is_string(), "{told}");
        told["error"]["data"].take()
    }
}

#[test]
fn hello_says_who_is_there() {
    let served = Served::start();
    let mut peer = Peer::of(&served);
    let hello = peer.ok("hello", json!({"version": 1}));
    assert_eq!(
        (&hello["version"], &hello["kind"]),
        (&json!(1), &json!("serve"))
    );
    assert_eq!(hello["pid"], served.id());
    assert_eq!(hello["ebb"], env!("CARGO_PKG_VERSION"));
    let who = peer.refused("hello", json!({"version": 999}), -32001);
    assert_eq!(who["version"], 1, "which is spoken here");
}

#[test]
fn requests_are_answered_in_their_turn_with_their_ids() {
    let served = Served::start();
    let mut peer = Peer::of(&served);
    let ids = [json!(1), json!("two"), json!(3.5), json!(-4), json!("")];
    let requests: Vec<_> = ids
        .iter()
        .map(|id| json!({"jsonrpc": "2.0", "id": id, "method": "list"}).to_string())
        .collect();
    peer.say(&requests.join("\n"));
    for id in &ids {
        let told = peer.hear();
        assert_eq!(&told["id"], id);
        assert!(told["result"].is_object(), "{told}");
    }
}

#[test]
fn refusals_say_why_and_which() {
    let served = Served::start();
    let id = served.ok(&["new"]);
    let mut peer = Peer::of(&served);
    let why = peer.refused("suspend", json!({"ids": ["ffffffff"]}), -32000);
    assert_eq!(why, json!({"refusal": "not_found", "id": "ffffffff"}));
    let why = peer.refused("resume", json!({"ids": [id]}), -32000);
    assert_eq!((&why["refusal"], &why["id"]), (&json!("empty"), &json!(id)));
    let why = peer.refused("new", json!({"id": id}), -32000);
    assert_eq!(why["refusal"], "already_exists");
    let why = peer.refused(
        "set",
        json!({"id": id, "values": [["colour", "red"]]}),
        -32000,
    );
    assert_eq!(why["refusal"], "not_supported");
    peer.ok("cancel", json!({"ids": [id]}));
    let why = peer.refused("resume", json!({"ids": [id]}), -32000);
    assert_eq!(
        (&why["refusal"], &why["state"]),
        (&json!("wrong_state"), &json!("cancelled"))
    );
    peer.ok("remove", json!({"all": true}));
    assert!(served.list().is_empty());
}

#[test]
fn params_that_cannot_be_are_an_error_that_repeats_no_secret() {
    let served = Served::start();
    let id = served.ok(&["new"]);
    let mut peer = Peer::of(&served);
    let rows = [
        ("suspend", json!({})),
        ("suspend", json!({"ids": []})),
        ("suspend", json!({"all": false})),
        ("suspend", json!({"ids": "hush"})),
        ("suspend", json!({"ids": [7]})),
        ("new", json!({"id": "hush"})),
        ("move", json!({"id": id, "to": "hush"})),
        ("mode", json!({"mode": "hush"})),
        ("limit", json!({"bytes_per_second": -1})),
        ("limit", json!({"bytes_per_second": 1e99})),
        ("priority", json!({"ids": [id], "priority": "hush"})),
        ("set", json!({"id": id, "values": {"password": "hush"}})),
        ("set", json!({"id": id, "values": [["password", 7]]})),
        (
            "add",
            json!({"files": [{"url": 7}], "folder": "/tmp", "password": "hush"}),
        ),
        ("add", json!({"files": "hush", "folder": "/tmp"})),
        ("show", json!({"id": null})),
        ("show", json!(null)),
        ("history", json!({"most": -1})),
        ("inspect", json!({"file": "hush"})),
    ];
    for (method, params) in rows {
        let told = peer.call(method, params.clone());
        assert_eq!(told["error"]["code"], -32602, "{method} {params}: {told}");
        assert!(
            !told.to_string().contains("hush"),
            "{method} {params}: {told}"
        );
    }
    let bad = [
        json!({"files": [{"url": "nowhere"}], "folder": "/tmp"}),
        json!({"files": [{"url": "http://a:hush@127.0.0.1:99999/"}], "folder": "/tmp"}),
        json!({"files": [{"url": "http://127.0.0.1/a", "checksum": "hush"}], "folder": "/tmp"}),
        json!({"files": [{"url": "http://127.0.0.1/a", "name": "../up"}], "folder": "relative"}),
        json!({"files": [], "folder": "/tmp"}),
    ];
    for params in bad {
        let told = peer.call("add", params.clone());
        assert!(told["error"]["code"].is_i64(), "{params}: {told}");
        assert!(!told.to_string().contains("hush"), "{params}: {told}");
    }
    assert_eq!(served.list().len(), 1);
    assert_eq!(served.show(&id)["properties"]["password"], "not set");
}

/// A name from the socket is one path component, whoever says it.
#[test]
fn a_name_cannot_lead_out_of_the_folder() {
    let served = Served::start();
    let mut peer = Peer::of(&served);
    for name in ["../up", "/etc/x", "a/b", "..", ""] {
        let file = json!({"url": "http://127.0.0.1:1/a", "name": name});
        let params = json!({"files": [file], "folder": served.dir()});
        let told = peer.call("add", params);
        if let Some(id) = told["result"]["group"].as_str() {
            let shown = served.show(id);
            let path = crate::served::files(&shown)[0]["path"].clone();
            assert!(
                !path.as_str().is_some_and(|path| path.contains("..")),
                "{name}: {path}"
            );
        }
    }
    assert_eq!(crate::desk::names_in(&served.dir()), [""; 0]);
}

#[test]
fn a_subscriber_is_told_all_there_is_and_then_what_changes() {
    let served = Served::start();
    let first = served.add(&["--suspended", "http://127.0.0.1:1/[1-1000]"]);
    let mut peer = Peer::of(&served);
    assert_eq!(peer.ok("subscribe", json!(null)), Value::Null);
    let (mut groups, mut files) = (vec![], 0);
    loop {
        let told = peer.hear();
        assert_eq!(told["method"], "changed", "{told}");
        assert!(told.get("id").is_none(), "{told}");
        let params = &told["params"];
        groups.extend(params["groups"].as_array().cloned().unwrap_or_default());
        files += params["files"].as_array().map_or(0, Vec::len);
        if params["more"] != true {
            break;
        }
    }
    assert_eq!(groups.len(), 1);
    assert_eq!((&groups[0]["id"], files), (&json!(first), 1000));

    let second = served.ok(&["new", "--name", "Second"]);
    let told = peer.hear();
    assert_eq!(told["params"]["groups"][0]["id"], *second, "{told}");
    served.ok(&["mode", "full"]);
    assert_eq!(peer.hear()["params"]["mode"], "full");
    served.ok(&["cancel", &second]);
    served.ok(&["remove", &second]);
    loop {
        let told = peer.hear();
        if told["params"]["removed"][0] == *second {
            break;
        }
    }
}
