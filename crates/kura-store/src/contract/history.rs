//! Every version, until the archive has it.

use super::world::{SLIP, World, delete, key, name, put, put_with_keys};
use super::{Fresh, Lent};
use crate::{Becomes, ChangePlace, Limit, ReadError, Reads, StoredChange};

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
