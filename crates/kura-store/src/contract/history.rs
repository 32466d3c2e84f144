//! Every version, until the archive has it.

use super::world::{BY_PERIOD, BY_STATE, PERSON, SLIP, World, delete, key, name, put, put_with_keys};
use super::{Fresh, Lent};
use crate::{Becomes, ChangePlace, Find, Hit, Limit, Past, ReadError, Reads, Record, RecordName, StoredChange, Values};

/// The whole history, page by page.
#[must_use]
pub fn all_changes(reads: &dyn Reads) -> Vec<StoredChange> {
    let mut all: Vec<StoredChange> = Vec::new();
    let mut place = ChangePlace::from(reads.head().unwrap().kept_from);
    loop {
        let page = reads.changes_from(place, Limit::rows(7)).unwrap();
        let Some(last) = page.last() else { return all };
        place = ChangePlace::behind(last);
        all.extend(page);
    }
}

/// Changes and deletions, with keys, by number and name.
pub fn every_version_is_kept_in_order(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let first = (0..20).map(|number| put_with_keys(name(SLIP, number), 0, b"a", [key(super::world::BY_STATE, b"s")]));
    world.commit(1, first.collect()).unwrap();
    world.commit(2, vec![put(name(SLIP, 3), 1, b"b"), delete(name(SLIP, 4), 1)]).unwrap();
    world.commit(3, vec![delete(name(SLIP, 3), 2)]).unwrap();
    let all = all_changes(&*world.office.snapshot().unwrap());
    assert_eq!(all.len(), 23);
    assert!(all.is_sorted_by_key(|change| (change.seq, change.name)));
    let versions = |number| {
        let of = all.iter().filter(|change| change.name == name(SLIP, number));
        of.map(|change| (change.seq, change.version, change.becomes.sealed().map(<[u8]>::to_vec))).collect::<Vec<_>>()
    };
    assert_eq!(versions(3), [(1, 1, Some(b"a".to_vec())), (2, 2, Some(b"b".to_vec())), (3, 3, None)]);
    assert_eq!(versions(4), [(1, 1, Some(b"a".to_vec())), (2, 2, None)]);
    assert!(matches!(&all[0].becomes, Becomes::Sealed { schema: 1, keys, .. } if keys.iter().count() == 1));
    let rest = world.office.changes_from(ChangePlace::from(2), Limit::MAX).unwrap();
    assert_eq!(rest, all[20..]);
    assert_eq!(world.office.changes_from(ChangePlace::from(4), Limit::MAX).unwrap(), []);
}

/// Pruning takes no more than the archive acknowledged, in steps; what is gone is said to be gone; records stay.
pub fn history_goes_only_as_far_as_acknowledged(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    for number in 0..10 {
        world.commit(number, vec![put(name(SLIP, number), 0, b"a"), put(name(SLIP, 100 + number), 0, b"b")]).unwrap();
    }
    let office = &world.office;
    let kept = || all_changes(&*office.snapshot().unwrap()).len();
    assert!(!office.prune(u64::MAX, Limit::MAX).unwrap());
    assert_eq!(kept(), 20);
    office.acknowledge(5).unwrap();
    office.acknowledge(3).unwrap();
    assert_eq!(office.head().unwrap().acknowledged_before, 5);
    assert!(!office.prune(2, Limit::MAX).unwrap());
    assert_eq!((kept(), office.head().unwrap().kept_from), (18, 2));
    assert!(office.prune(u64::MAX, Limit::rows(4)).unwrap());
    assert!(!office.prune(u64::MAX, Limit::rows(4)).unwrap());
    assert_eq!((kept(), office.head().unwrap().kept_from), (12, 5));
    let gone = office.changes_from(ChangePlace::from(4), Limit::MAX).unwrap_err();
    assert_eq!(gone, ReadError::Pruned { kept_from: 5 });
    office.acknowledge(u64::MAX).unwrap();
    assert_eq!(office.head().unwrap().acknowledged_before, 11);
    assert_eq!(super::journal::verified(&**office).len(), 10);
    assert_eq!(office.get(name(SLIP, 100)).unwrap().unwrap().sealed, b"b");
}

/// Records, keys and pages of an index before any entry, whatever was changed, deleted and brought back since.
pub fn the_past_is_what_was_seen_then(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let mut seen = vec![(1, everything(&*world.office.snapshot().unwrap()))];
    let state = |number, expected, value: &[u8]| {
        put_with_keys(name(SLIP, number), expected, value, [key(BY_STATE, value), key(BY_PERIOD, b"2026-10")])
    };
    let commits = [
        (0..30).map(|number| state(number, 0, b"draft")).collect(),
        vec![put(name(PERSON, 1), 0, b"somebody"), state(3, 1, b"done"), delete(name(SLIP, 4), 1)],
        vec![delete(name(SLIP, 3), 2), state(4, 2, b"back")],
        (5..25).map(|number| state(number, 1, b"done")).collect(),
    ];
    for (number, changes) in (1..).zip(commits) {
        let receipt = world.commit(number, changes).unwrap();
        seen.push((receipt.seq + 1, everything(&*world.office.snapshot().unwrap())));
    }
    let now = world.office.snapshot().unwrap();
    for (seq, then) in seen {
        let past = Past::before(&*now, seq, |_, _| true).unwrap();
        assert_eq!(everything(&past), then, "before {seq}");
    }
    let people = Past::before(&*now, u64::MAX, |name, _| name.kind == PERSON).unwrap();
    assert_eq!(people.get(name(PERSON, 1)).unwrap(), now.get(name(PERSON, 1)).unwrap());
    assert_eq!(people.get(name(SLIP, 4)).unwrap(), None);
    world.office.acknowledge(3).unwrap();
    world.office.prune(3, Limit::MAX).unwrap();
    let gone = Past::before(&*world.office.snapshot().unwrap(), u64::MAX, |_, _| true).map(|_| ()).unwrap_err();
    assert_eq!(gone, ReadError::Pruned { kept_from: 3 });
}

/// The invented records with their keys, and one index in small pages.
fn everything(reads: &dyn Reads) -> (Vec<Option<Record>>, Vec<crate::Keys>, Vec<Hit>) {
    let names: Vec<RecordName> =
        (0..30).map(|number| name(SLIP, number)).chain([name(PERSON, 1), name(PERSON, 2)]).collect();
    let keys = names.iter().map(|name| reads.keys(*name).unwrap()).collect();
    let (values, limit) = (Values::range(b"done", b"e"), Limit::rows(3));
    let mut question = Find { kind: SLIP, index: BY_STATE, values, after: None, limit };
    let mut hits = Vec::new();
    loop {
        let page = reads.find(&question).unwrap();
        question.after = page.hits.last().cloned();
        hits.extend(page.hits);
        if !page.more {
            return (reads.get_many(&names).unwrap(), keys, hits);
        }
    }
}
