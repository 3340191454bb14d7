//! Which requests share a transport, and for how long it is there.

use std::time::Duration;

use super::*;
use crate::download::{Failure, Link};
use crate::engine::config::Proxy;
use crate::engine::transport::{Channel, Query};

fn own(proxy: &str) -> Arc<JobNetwork> {
    Arc::new(JobNetwork {
        proxy: Some(Proxy::Url(proxy.to_owned())),
        ..JobNetwork::default()
    })
}

fn payload() -> Payload {
    Payload::threads(Clients::new(NetworkOptions::default()).unwrap()).unwrap()
}

#[test]
fn what_is_alike_is_shared_and_what_nobody_uses_is_dropped() {
    let mut payload = payload();
    let mut seat = |own: Option<&Arc<JobNetwork>>| payload.seat(false, 0, own).transport;
    let (plain, one) = (seat(None), own("http://one"));
    let first = seat(Some(&one));
    assert!(!Arc::ptr_eq(&first, &plain));
    assert!(
        Arc::ptr_eq(&first, &seat(Some(&own("http://one")))),
        "of another job"
    );
    let other = seat(Some(&own("http://other")));
    assert!(!Arc::ptr_eq(&first, &other));
    let weak = Arc::downgrade(&first);
    drop(first);
    assert!(weak.upgrade().is_some(), "the next file may use it");
    payload.let_go();
    assert!(weak.upgrade().is_none());
    let again = payload.seat(false, 0, Some(&own("http://other"))).transport;
    assert!(Arc::ptr_eq(&other, &again), "it was in use");
    payload.configure(NetworkOptions::default()).unwrap();
    let anew = payload.seat(false, 0, Some(&own("http://other"))).transport;
    assert!(!Arc::ptr_eq(&other, &anew), "made of the old options");
    payload.end();
}

#[tokio::test]
async fn what_makes_no_client_is_the_failure_of_its_requests() {
    let mut payload = payload();
    let seat = payload.seat(false, 0, Some(&own("no proxy")));
    let query = Query {
        link: Link::parse("http://host.invalid/x").unwrap(),
        headers: http::HeaderMap::new(),
        range: None,
        channel: Channel::Shared,
        head_only: false,
        rank: None,
    };
    let answer = seat.transport.send(query).await;
    assert!(
        matches!(answer, Err(Failure::ProxyInvalid)),
        "{:?}",
        answer.err()
    );
    payload.end();
}

#[test]
fn what_a_job_does_not_say_is_as_the_program_has_it() {
    let program = NetworkOptions {
        more_authorities: vec![b"one".to_vec()],
        ..NetworkOptions::default()
    };
    let own = JobNetwork {
        proxy: Some(Proxy::Direct),
        more_authorities: vec![b"two".to_vec()],
        connect_timeout: Some(Duration::from_secs(2)),
        stall_timeout: Some(Duration::from_secs(1)),
    };
    let both = program.with(&own);
    assert_eq!(both.proxy, Proxy::Direct);
    assert_eq!(both.more_authorities, [b"one", b"two"]);
    assert_eq!(both.connect_timeout, Duration::from_secs(2));
    assert_eq!(both.stall_timeout, Duration::from_secs(1));
    let none = program.with(&JobNetwork::default());
    assert_eq!(format!("{none:?}"), format!("{program:?}"));
}
