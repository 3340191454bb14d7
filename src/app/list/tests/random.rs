//! Rows at random: whatever is done, in whatever order, what must always be true is.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{FILTERS, List, Row, Sort, SortKey};
use super::world::{file_id, group, id, snapshot};
use crate::app::keys::Step;
use crate::download::State;
use crate::queue::{Flags, GroupView};

#[derive(Debug, Clone)]
enum Deed {
    Update(Vec<(u128, Vec<usize>, usize)>),
    Filter(usize),
    Search(&'static str),
    Sort(usize, bool),
    Toggle(u128),
    Click(u128, usize, bool, bool),
    Step(usize, usize, bool),
    Expand(bool),
    All,
}

const KEYS: [SortKey; 5] = [
    SortKey::Queue,
    SortKey::Name,
    SortKey::Size,
    SortKey::Speed,
    SortKey::Added,
];

const STEPS: [Step; 6] = [
    Step::Up,
    Step::Down,
    Step::PageUp,
    Step::PageDown,
    Step::First,
    Step::Last,
];

/// Some ways in which a group can stand.
fn standing(kind: usize) -> (State, Flags) {
    match kind {
        0 => (State::Transferring, Flags::INCOMPLETE),
        1 => (State::Suspended, Flags::INCOMPLETE.with(Flags::SUSPENDED)),
        2 => (State::Complete, Flags::COMPLETE),
        _ => (State::Cancelled, Flags::NONE),
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    let groups = vec((0..12u128, vec(0..4usize, 0..3), 0..4usize), 0..10);
    prop_oneof![
        4 => groups.prop_map(Deed::Update),
        1 => (0..FILTERS.len()).prop_map(Deed::Filter),
        1 => prop_oneof![Just(""), Just("g1"), Just("iso")].prop_map(Deed::Search),
        1 => (0..KEYS.len(), any::<bool>()).prop_map(|(key, down)| Deed::Sort(key, down)),
        4 => (0..12u128).prop_map(Deed::Toggle),
        4 => (0..12u128, 0..4usize, any::<bool>(), any::<bool>())
            .prop_map(|(n, file, ctrl, shift)| Deed::Click(n, file, ctrl, shift)),
        4 => (0..STEPS.len(), 0..5usize, any::<bool>())
            .prop_map(|(step, page, extends)| Deed::Step(step, page, extends)),
        1 => any::<bool>().prop_map(Deed::Expand),
        1 => Just(Deed::All),
    ]
}

fn made((n, jobs, kind): (u128, Vec<usize>, usize)) -> GroupView {
    let (state, status) = standing(kind);
    let mut group = group(n, &format!("g{n}"), &jobs);
    group.summary.bytes_per_second = jobs.iter().sum::<usize>() as u64;
    GroupView {
        state,
        status,
        ..group
    }
}

fn carry_out(list: &mut List, deed: Deed, groups: &mut Vec<GroupView>) {
    match deed {
        Deed::Update(mut wanted) => {
            let mut seen = std::collections::HashSet::new();
            wanted.retain(|(n, ..)| seen.insert(*n));
            *groups = wanted.into_iter().map(made).collect();
            list.update(&snapshot(groups.clone()));
        }
        Deed::Filter(at) => list.set_filter(FILTERS[at]),
        Deed::Search(text) => list.set_search(text),
        Deed::Sort(at, is_descending) => list.set_sort(Sort {
            key: KEYS[at],
            is_descending,
        }),
        Deed::Toggle(n) => list.toggle(id(n)),
        Deed::Click(n, 0, ctrl, shift) => list.click(Row::Group(id(n)), ctrl, shift),
        Deed::Click(n, file, ctrl, shift) => {
            list.click(Row::File(id(n), file_id(n, 0, file - 1)), ctrl, shift);
        }
        Deed::Step(step, page, extends) => list.step(STEPS[step], page, extends),
        Deed::Expand(opens) => list.expand_at_cursor(opens),
        Deed::All => list.choose_all(),
    }
}

fn check(list: &List, groups: &[GroupView]) {
    // Rows follow each other without a gap, and are found where they are.
    let (mut y, mut rows) = (0.0, 0);
    for row in list.rows_in(0.0, f32::MAX) {
        assert_eq!((row.number, row.y), (rows, y));
        for inside in [y, y + row.height / 2.0, y + row.height - 1.0] {
            assert_eq!(list.row_at(inside), Some(row.number));
        }
        y += row.height;
        rows += 1;
    }
    assert_eq!((list.rows(), list.total_height()), (rows, y));
    assert!(list.row(rows).is_none());
    for filter in FILTERS {
        let taken = groups.iter().filter(|group| filter.takes(group));
        assert_eq!(list.count(filter), taken.count());
    }
    // Only what is shown is chosen, and it is chosen in the order in which it is shown.
    let shown = super::world::shown(list);
    let chosen = super::world::chosen(list);
    let in_order = shown.iter().filter(|n| chosen.contains(n));
    assert!(in_order.eq(&chosen), "{chosen:?} of {shown:?}");
    match list.cursor_group() {
        Some(id) => assert!(shown.contains(&id.0.as_u128())),
        None => assert_eq!(list.cursor_place(), None),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done(deeds in vec(deed(), 1..30)) {
        let (mut list, mut groups) = (List::default(), Vec::new());
        for deed in deeds {
            carry_out(&mut list, deed, &mut groups);
            check(&list, &groups);
        }
    }
}
