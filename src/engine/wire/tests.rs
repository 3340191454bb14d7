//! How a connection behaves, by whom it carries.

use super::*;
use crate::pace::line::{Courtesy, Doing};

const RANKS: [Rank; 2] = [Rank(0), Rank(1)];

/// A connection past its greeting, with something asked for by it.
fn asked(opened_for: Option<Rank>) -> Arc<Wire> {
    let wire = Wire::new(opened_for, Arc::default());
    assert_eq!(
        wire.bearing(),
        Bearing::Idle,
        "a handshake passes as it comes"
    );
    wire.received.store(GREETING, Ordering::Relaxed);
    assert_eq!(wire.bearing(), Bearing::Idle, "nothing is expected");
    wire.note_asked();
    wire
}

#[test]
fn before_an_answer_it_behaves_as_it_was_opened() {
    assert_eq!(asked(None).bearing(), Bearing::Free);
    assert_eq!(asked(Some(RANKS[1])).bearing(), Bearing::Polite(RANKS[1]));
}

#[test]
fn it_is_polite_while_all_whom_it_carries_are() {
    let wire = asked(Some(RANKS[1]));
    let [high, normal] = RANKS.map(|rank| Arc::new(Manner::new(Some(rank))));
    let free = Arc::new(Manner::new(None));
    let of_normal = wire.carry(normal.clone());
    assert_eq!(wire.bearing(), Bearing::Polite(RANKS[1]));
    let of_high = wire.carry(high);
    assert_eq!(
        wire.bearing(),
        Bearing::Polite(RANKS[0]),
        "the best of them"
    );
    let of_free = wire.carry(free);
    assert_eq!(wire.bearing(), Bearing::Free);
    drop((of_high, of_free));
    assert_eq!(wire.bearing(), Bearing::Polite(RANKS[1]));
    assert!(normal.set(None), "to the foreground, as it runs");
    assert_eq!(wire.bearing(), Bearing::Free);
    assert!(normal.set(Some(RANKS[0])));
    assert_eq!(wire.bearing(), Bearing::Polite(RANKS[0]));
    drop(of_normal);
    assert_eq!(
        wire.bearing(),
        Bearing::Idle,
        "kept, and nobody waits for anything"
    );
}

#[test]
fn a_line_is_an_address_and_this_computer_is_none() {
    let lines = Arc::new(Lines::default());
    let wire = |peer: &str| {
        let wire = Wire::new(None, lines.clone());
        wire.leads_to(peer.parse().unwrap());
        wire
    };
    let way = |peer| wire(peer).way().unwrap();
    assert!(Arc::ptr_eq(&way("192.0.2.1:80"), &way("192.0.2.1:443")));
    assert!(Arc::ptr_eq(
        &way("192.0.2.1:80"),
        &way("[::ffff:192.0.2.1]:80")
    ));
    assert!(!Arc::ptr_eq(&way("192.0.2.1:80"), &way("192.0.2.2:80")));
    assert!(wire("127.0.0.1:3128").way().is_none());
    assert!(wire("[::1]:3128").way().is_none());
}

#[test]
fn what_a_group_does_is_told_by_its_line() {
    let wire = asked(None);
    let manner = Arc::new(Manner::new(Some(RANKS[1])));
    let _ride = wire.carry(manner.clone());
    assert_eq!(manner.courtesy(), None, "nothing has come yet");
    wire.tell(None);
    assert_eq!(manner.courtesy(), Some(Courtesy::Blind));
    wire.leads_to("192.0.2.1:80".parse().unwrap());
    wire.tell(wire.way().as_ref());
    assert_eq!(
        manner.courtesy().and_then(Courtesy::doing),
        Some(Doing::Opening)
    );
    manner.set(None);
    assert_eq!(manner.courtesy(), None, "it competes");
}
