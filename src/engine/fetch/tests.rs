//! What is said to whom: a made-up server that gives its answers in order, and keeps what it
//! was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};

use super::*;
use crate::engine::transport::Body;
use crate::queue::command::{Credentials, JobOptions};
use crate::queue::{FileId, GroupId, Priority};

const BASIC: &str = "Basic YW5uOnM=";
const MD5: &str = "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"";

/// Answers with these statuses and headers, then with 200.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<(u16, HeaderMap)>>,
    asked: Mutex<Vec<Query>>,
}

struct Nothing;

impl Body for Nothing {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        Poll::Ready(None)
    }
}

impl Transport for Script {
    fn send(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>> {
        self.asked.lock().unwrap().push(query);
        let next = self.answers.lock().unwrap().pop_front();
        let (status, headers) = next.unwrap_or((200, HeaderMap::new()));
        Box::pin(async move {
            Ok(Reply {
                via: crate::engine::transport::Via::default(),
                status,
                headers,
                body: Box::new(Nothing),
            })
        })
    }
}

/// An engine's memory, and the requests of one `find` at a time.
#[derive(Default)]
struct Desk {
    sessions: Sessions,
    head_only: bool,
    headers: Vec<(String, String)>,
}

impl Desk {
    /// The final status, and all requests: where to, and their Authorization.
    fn find(&self, link: &str, answers: &[(u16, &str)]) -> (u16, Vec<(String, String)>) {
        let script = Script::default();
        for (status, value) in answers {
            let name = if *status == 401 {
                WWW_AUTHENTICATE
            } else {
                http::header::LOCATION
            };
            let headers = HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
            script.answers.lock().unwrap().push_back((*status, headers));
        }
        let task = self.task(link);
        let asked = Asked {
            start: 7,
            end: Some(9),
        };
        let how = How {
            range: Some(asked),
            channel: Channel::Own,
            patience: Duration::from_secs(9),
            head_only: self.head_only,
        };
        let found = find(&script, &self.sessions, &task, &task.link, how);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let found = runtime.unwrap().block_on(found).unwrap();
        let asked = std::mem::take(&mut *script.asked.lock().unwrap());
        assert!(asked.iter().all(|query| query.range == how.range));
        let said = |query: &Query| {
            let value = query.headers.get(AUTHORIZATION);
            let value = value.map_or("", |value| value.to_str().unwrap());
            (query.link.url().path().to_owned(), value.to_owned())
        };
        (found.reply.status, asked.iter().map(said).collect())
    }

    fn task(&self, link: &str) -> Task {
        let (user, password) = ("ann".to_owned(), "s".to_owned());
        let options = JobOptions {
            credentials: Some(Credentials { user, password }),
            headers: self.headers.clone(),
            ..JobOptions::default()
        };
        Task {
            file: FileId::random(),
            group: GroupId::random(),
            attempt: crate::queue::Attempt::default(),
            link: Link::parse(link).unwrap(),
            name: None,
            path: None,
            checksum: None,
            options: Arc::new(options),
            connections: 1,
            priority: Priority::Normal,
        }
    }
}

/// The nonce and the count of each Digest; `basic`, `none`.
fn said(asked: &[(String, String)]) -> Vec<String> {
    let field = |value: &str, name: &str| {
        let mut fields = value.split(", ").filter_map(|field| field.split_once('='));
        let found = fields.find(|(key, _)| *key == name);
        found.map_or_else(String::new, |(_, value)| value.trim_matches('"').to_owned())
    };
    let word = |value: &str| match value {
        "" => "none".to_owned(),
        BASIC => "basic".to_owned(),
        digest => format!(
            "{} {}",
            field(digest, "nonce"),
            field(digest, "nc").trim_start_matches('0')
        ),
    };
    asked.iter().map(|(_, value)| word(value)).collect()
}

#[test]
fn a_challenge_is_answered_once() {
    let desk = Desk::default();
    let (status, asked) = desk.find("http://h/a", &[(401, MD5)]);
    assert_eq!(
        (status, said(&asked)),
        (200, vec!["basic".into(), "n1 1".into()])
    );
    let second = MD5.replace("n1", "n2");
    let (status, asked) = Desk::default().find("http://h/a", &[(401, MD5), (401, &second)]);
    assert_eq!(
        (status, said(&asked)),
        (401, vec!["basic".into(), "n1 1".into()])
    );
}

#[test]
fn a_stale_nonce_is_replaced_once() {
    let stale = |nonce: &str| format!("{}, stale=true", MD5.replace("n1", nonce));
    let answers = [
        (401, &*stale("n1")),
        (401, &stale("n2")),
        (401, &stale("n3")),
    ];
    let (status, asked) = Desk::default().find("http://h/a", &answers[..2]);
    assert_eq!(
        (status, said(&asked)),
        (200, vec!["basic".into(), "n1 1".into(), "n2 1".into()])
    );
    let (status, asked) = Desk::default().find("http://h/a", &answers);
    assert_eq!((status, asked.len()), (401, 3));
}

#[test]
fn a_known_challenge_is_answered_unasked() {
    let desk = Desk::default();
    desk.find("http://h/a", &[(401, MD5)]);
    let again = |answers: &[(u16, &str)]| {
        let (status, asked) = desk.find("http://h/b", answers);
        format!("{status} {}", said(&asked).join(", "))
    };
    assert_eq!(again(&[]), "200 n1 2");
    let other = MD5.replace("n1", "n2");
    assert_eq!(
        again(&[(401, &other)]),
        "200 n1 3, n2 1",
        "another realm, or not said to be stale"
    );
    assert_eq!(again(&[(401, &other), (401, &other)]), "401 n2 2, n2 1");
    assert_eq!(again(&[]), "200 n2 3", "what was refused is not for others");
    assert_eq!(
        again(&[(401, "Basic realm=x")]),
        "401 n2 4",
        "never Basic again"
    );
}

#[test]
fn after_a_refusal_basic_is_not_sent_either() {
    let desk = Desk::default();
    desk.find("http://h/a", &[(401, MD5), (401, MD5)]);
    let (_, asked) = desk.find("http://h/a", &[]);
    assert_eq!(said(&asked), ["n1 2"]);
    let (_, asked) = desk.find("https://h/a", &[]);
    assert_eq!(said(&asked), ["basic"], "another origin");
}

#[test]
fn basic_that_was_refused_is_wrong() {
    for challenge in ["Basic realm=x", "Negotiate", "Digest nonce=x, qop=auth-int"] {
        let (status, asked) = Desk::default().find("http://h/a", &[(401, challenge)]);
        assert_eq!(
            (status, said(&asked)),
            (401, vec!["basic".into()]),
            "{challenge}"
        );
    }
}

#[test]
fn nothing_goes_to_another_origin() {
    for to in ["http://i/b", "http://h:81/b", "https://h/b"] {
        let desk = Desk::default();
        let (status, asked) = desk.find("http://ann:s@h/a", &[(401, MD5), (302, to), (401, MD5)]);
        assert_eq!(
            (status, said(&asked)),
            (401, vec!["basic".into(), "n1 1".into(), "none".into()])
        );
    }
    let answers = [(302, "http://i/b"), (401, MD5)];
    let (status, asked) = Desk::default().find("http://h/a", &answers);
    assert_eq!(
        (status, said(&asked)),
        (401, vec!["basic".into(), "none".into()])
    );
}

#[test]
fn what_a_link_carries_goes_where_it_goes() {
    let answers = [(302, "http://ann:s@i/b?c"), (401, MD5)];
    let (status, asked) = Desk::default().find("http://h/a", &answers);
    assert_eq!(
        (status, said(&asked)),
        (200, vec!["basic".into(), "basic".into(), "n1 1".into()])
    );
    assert!(asked[2].1.contains("uri=\"/b?c\""), "{asked:?}");
}

#[test]
fn each_link_has_an_answer_of_its_own() {
    let answers = [(401, MD5), (302, "/b?x=%20y"), (302, "/c")];
    let (_, asked) = Desk::default().find("http://h/a", &answers);
    assert_eq!(said(&asked), ["basic", "n1 1", "n1 2", "n1 3"]);
    let uris = ["uri=\"/a\"", "uri=\"/b?x=%20y\"", "uri=\"/c\""];
    for ((_, value), uri) in asked[1..].iter().zip(uris) {
        assert!(value.contains(uri), "{value}");
    }
}

#[test]
fn a_head_is_not_answered_for_as_a_get() {
    // One nonce, no count, no cnonce: the same answer but for the method.
    let challenge = [(401, "Digest realm=r, nonce=n")];
    let (_, get) = Desk::default().find("http://h/a", &challenge);
    let (_, again) = Desk::default().find("http://h/a", &challenge);
    let desk = Desk {
        head_only: true,
        ..Desk::default()
    };
    let (_, head) = desk.find("http://h/a", &challenge);
    assert!(get[1] == again[1] && get[1] != head[1], "{get:?} {head:?}");
}

#[test]
fn a_persons_own_header_is_left_alone() {
    let own = ("authorization".to_owned(), "Bearer x".to_owned());
    let desk = Desk {
        headers: vec![own],
        ..Desk::default()
    };
    let (status, asked) = desk.find("http://u:p@h/a", &[(401, MD5)]);
    assert_eq!(
        (status, asked),
        (401, vec![("/a".to_owned(), "Bearer x".to_owned())])
    );
}
