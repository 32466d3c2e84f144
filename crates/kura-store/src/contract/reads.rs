//! Questions.

use super::world::{BY_PERIOD, BY_STATE, PERSON, SLIP, World, delete, key, name, put, put_with_keys};
use super::{Fresh, Lent};
use crate::{Find, Hit, Index, Keys, Limit, Office, Page, Reads, Values};

/// Many at once, each where it was asked for; what is not there is nothing.
pub fn many_are_read_each_in_its_place(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    world.commit(1, (0..300).map(|number| put(name(SLIP, number), 0, &number.to_be_bytes())).collect()).unwrap();
    world.commit(2, vec![delete(name(SLIP, 4), 1)]).unwrap();
    let asked: Vec<_> = (0..400).rev().map(|number| name(SLIP, number)).chain([name(SLIP, 7), name(SLIP, 7)]).collect();
    let found = world.office.get_many(&asked).unwrap();
    assert_eq!(found.len(), asked.len());
    for (asked, found) in asked.iter().zip(found) {
        assert_eq!(found, world.office.get(*asked).unwrap());
        assert!(found.is_none_or(|record| record.name == *asked));
    }
    assert_eq!(world.office.get_many(&[]).unwrap(), []);
}

fn ask(office: &dyn Office, index: Index, values: Values) -> Vec<Hit> {
    let page = office.find(&Find { kind: SLIP, index, values, after: None, limit: Limit::MAX }).unwrap();
    assert!(!page.more);
    page.hits
}

/// A new version brings its own keys and loses the old ones; a deletion loses all.
pub fn keys_follow_their_record(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let slip = name(SLIP, 1);
    let by = |index, value: &[u8]| {
        let hits = ask(&*world.office, index, Values::exactly(value));
        hits.iter().map(|hit| hit.id).collect::<Vec<_>>()
    };
    let first = [key(BY_PERIOD, b"2026-10"), key(BY_STATE, b"draft"), key(BY_STATE, b"open")];
    world.commit(1, vec![put_with_keys(slip, 0, b"one", first.clone())]).unwrap();
    assert_eq!(world.office.keys(slip).unwrap(), Keys::new(first).unwrap());
    assert_eq!((by(BY_STATE, b"draft"), by(BY_STATE, b"open")), (vec![slip.id], vec![slip.id]));

    let second = [key(BY_PERIOD, b"2026-10"), key(BY_STATE, b"approved")];
    world.commit(2, vec![put_with_keys(slip, 1, b"two", second)]).unwrap();
    assert_eq!((by(BY_STATE, b"draft"), by(BY_STATE, b"open")), (vec![], vec![]));
    assert_eq!((by(BY_STATE, b"approved"), by(BY_PERIOD, b"2026-10")), (vec![slip.id], vec![slip.id]));

    world.commit(3, vec![delete(slip, 2)]).unwrap();
    assert_eq!((by(BY_STATE, b"approved"), by(BY_PERIOD, b"2026-10")), (vec![], vec![]));
    assert_eq!(world.office.keys(slip).unwrap(), Keys::NONE);
    assert_eq!(world.office.keys(name(SLIP, 2)).unwrap(), Keys::NONE);

    // The same value under another kind or index is another key.
    world.commit(4, vec![put_with_keys(name(PERSON, 1), 0, b"p", [key(BY_STATE, b"open")])]).unwrap();
    assert_eq!(by(BY_STATE, b"open"), []);
}

/// All ranges, all page sizes, compared with a plain filter over all rows.
pub fn pages_of_an_index_are_whole(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let values: [&[u8]; 8] = [b"", b"\0", b"2026-09", b"2026-10", b"2026-10\0", b"2026-10x", b"\xff", b"\xff\xff"];
    let mut rows = Vec::new();
    let mut changes = Vec::new();
    for number in 0..40 {
        let value = values[usize::try_from(number * 5 % 8).unwrap()];
        rows.push(Hit { value: value.to_vec(), id: name(SLIP, number).id });
        changes.push(put_with_keys(name(SLIP, number), 0, b"x", [key(BY_PERIOD, value)]));
        changes.push(put_with_keys(name(PERSON, number), 0, b"x", [key(BY_PERIOD, value), key(BY_STATE, value)]));
    }
    rows.sort();
    world.commit(1, changes).unwrap();
    let mut asked = vec![(Values::all(), rows.clone())];
    for from in values {
        asked.push((Values::exactly(from), rows.iter().filter(|row| row.value == from).cloned().collect()));
        let begins = |row: &&Hit| row.value.starts_with(from);
        asked.push((Values::beginning_with(from), rows.iter().filter(begins).cloned().collect()));
        for to in values {
            let within = |row: &&Hit| from <= row.value.as_slice() && row.value.as_slice() < to;
            asked.push((Values::range(from, to), rows.iter().filter(within).cloned().collect()));
        }
    }
    for (values, expected) in asked {
        for limit in [1, 3, 40, 1000] {
            assert_eq!(paged(&*world.office, &values, Limit::rows(limit)), expected, "{values:?} by {limit}");
        }
    }
}

fn paged(office: &dyn Office, values: &Values, limit: Limit) -> Vec<Hit> {
    let mut all = Vec::new();
    loop {
        let question = Find { kind: SLIP, index: BY_PERIOD, values: values.clone(), after: all.last().cloned(), limit };
        let Page { hits, more } = office.find(&question).unwrap();
        assert!(hits.len() <= usize::from(limit.get()));
        assert!(!more || hits.len() == usize::from(limit.get()));
        all.extend(hits);
        if !more {
            return all;
        }
    }
}

/// What a snapshot saw first it goes on seeing, in all tables; the office goes on meanwhile.
pub fn a_snapshot_does_not_move(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let slip = name(SLIP, 1);
    world.commit(1, vec![put_with_keys(slip, 0, b"one", [key(BY_STATE, b"draft")])]).unwrap();
    let snapshot = world.office.snapshot().unwrap();
    let see = |reads: &dyn Reads| {
        let values = Values::all();
        let hits = reads.find(&Find { kind: SLIP, index: BY_STATE, values, after: None, limit: Limit::MAX }).unwrap();
        (reads.get(slip).unwrap().unwrap().sealed, hits.hits[0].value.clone(), reads.head().unwrap().size())
    };
    let before = (b"one".to_vec(), b"draft".to_vec(), 1);
    let after = (b"two".to_vec(), b"done".to_vec(), 2);
    // A moment begins with its snapshot, not with the first question.
    world.commit(2, vec![put_with_keys(slip, 1, b"two", [key(BY_STATE, b"done")])]).unwrap();
    assert_eq!(see(&*snapshot), before);
    drop(snapshot);
    assert_eq!(see(&*world.office.snapshot().unwrap()), after);
    assert_eq!(world.office.get(slip).unwrap().unwrap().sealed, b"two");
}
