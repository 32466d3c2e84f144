//! What another store held comes back, proven.

use kura_journal::{EntryDraft, LogEpoch, Opening, TreeHash};

use super::history::all_changes;
use super::journal::{all_entries, verified};
use super::world::{BY_STATE, SLIP, World, commit, delete, draft, key, name, office, put, put_with_keys, unit};
use super::{Fresh, Lent};
use crate::{Beginning, Commit, CommitError, KeyringChange, Limit, Office, Replay, ReplayError, Wrap};

/// An office with some history.
fn lived(world: &World) {
    let keyring =
        vec![KeyringChange::Wrap { unit: unit(1), wrapped: b"one".to_vec() }, KeyringChange::Destroy { unit: unit(2) }];
    world.office.commit(Commit { keyring, ..commit(&*world.office, 0, Vec::new()) }).unwrap();
    for number in 1..20_u64 {
        let keys = [key(BY_STATE, &number.to_be_bytes())];
        let first = put_with_keys(name(SLIP, number), 0, b"first", keys);
        world.commit(number, vec![first, put(name(SLIP, 100 + number), 0, b"x")]).unwrap();
    }
    world.commit(20, vec![put(name(SLIP, 3), 1, b"second"), delete(name(SLIP, 4), 1)]).unwrap();
}

fn copy(of: &dyn Office) -> Replay {
    let snapshot = of.snapshot().unwrap();
    Replay {
        entries: all_entries(&*snapshot),
        changes: all_changes(&*snapshot),
        keyring: snapshot.wraps(None, Limit::MAX).unwrap(),
        state: None,
    }
}

/// A second store that takes the office in.
fn taking(fresh: &dyn Fn(&Lent) -> Fresh) -> (World, std::sync::Arc<dyn Office>) {
    let world = World::new(fresh);
    (world.store.create_office(office(9), Beginning::Restored)).unwrap();
    let office = world.store.open_office(office(9), world.lent.seal()).unwrap();
    (world, office)
}

/// In parts, some of them twice: the same records, keys, history, wraps and root.
pub fn a_replayed_office_is_the_same(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    lived(&world);
    let Replay { entries, changes, keyring, .. } = copy(&*world.office);
    let (_world, to) = taking(fresh);
    for part in entries.chunks(7) {
        to.replay(Replay { entries: part.to_vec(), ..Replay::default() }).unwrap();
    }
    for part in changes.chunks(5).chain(changes.chunks(9)) {
        to.replay(Replay { changes: part.to_vec(), ..Replay::default() }).unwrap();
    }
    let head = to.replay(Replay { keyring, ..Replay::default() }).unwrap();
    let original = world.office.head().unwrap();
    assert_eq!((head.size(), head.root(), head.last_at), (original.size(), original.root(), original.last_at));
    assert!(head.restoring);
    let (again, first) = (copy(&*to), copy(&*world.office));
    assert_eq!((again.entries, again.changes, again.keyring), (first.entries, first.changes, first.keyring));
    for number in 0..130 {
        assert_eq!(to.get(name(SLIP, number)).unwrap(), world.office.get(name(SLIP, number)).unwrap());
        assert_eq!(to.keys(name(SLIP, number)).unwrap(), world.office.keys(name(SLIP, number)).unwrap());
    }
    // An older copy of the keyring does not bring an erased unit back.
    let older = vec![(unit(2), Wrap::Held(b"two".to_vec()))];
    to.replay(Replay { keyring: older, ..Replay::default() }).unwrap();
    assert_eq!(to.wrap(unit(2)).unwrap(), Some(Wrap::Destroyed));
}

/// The present of a moment and the history behind it: the same records, and of the history what came.
pub fn an_office_comes_back_from_a_moment_and_what_followed(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    lived(&world);
    let moment = world.office.snapshot().unwrap().head().unwrap().size();
    let first = present(&*world.office);
    assert!(first.iter().any(|row| row.becomes == crate::Becomes::Deleted));
    world.commit(21, vec![put(name(SLIP, 3), 2, b"third"), put(name(SLIP, 200), 0, b"new")]).unwrap();
    let Replay { entries, changes, keyring, .. } = copy(&*world.office);
    let (_world, to) = taking(fresh);
    to.replay(Replay { entries, keyring, ..Replay::default() }).unwrap();
    for part in first.chunks(4).chain(first.chunks(9)) {
        let state = Some(crate::State { at: moment, present: part.to_vec() });
        to.replay(Replay { state, ..Replay::default() }).unwrap();
    }
    let later: Vec<_> = changes.into_iter().filter(|change| change.seq > moment).collect();
    let head = to.replay(Replay { changes: later.clone(), ..Replay::default() }).unwrap();
    assert_eq!((head.kept_from, head.root()), (moment + 1, world.office.head().unwrap().root()));
    assert_eq!(present(&*to), present(&*world.office));
    let reads = to.snapshot().unwrap();
    assert_eq!(reads.changes_from(crate::ChangePlace::from(moment + 1), Limit::MAX).unwrap(), later);
    let refused = reads.changes_from(crate::ChangePlace::from(moment), Limit::MAX);
    assert_eq!(refused, Err(crate::ReadError::Pruned { kept_from: moment + 1 }));
}

/// Page by page.
fn present(of: &dyn Office) -> Vec<crate::StoredChange> {
    let reads = of.snapshot().unwrap();
    let mut rows: Vec<crate::StoredChange> = Vec::new();
    loop {
        let page = reads.present_from(rows.last().map(|row| row.name), Limit::rows(7)).unwrap();
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// Flipped, missing, doubled, swapped: refused by name, and nothing of the part is there.
pub fn a_damaged_copy_is_refused_at_its_first_wrong_entry(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    lived(&world);
    let good = copy(&*world.office);
    let (_world, to) = taking(fresh);
    let check = |damage: &dyn Fn(&mut Replay), expected: ReplayError| {
        let mut bad = good.clone();
        damage(&mut bad);
        assert_eq!(to.replay(bad), Err(expected));
        assert_eq!(to.head().unwrap().size(), 0);
        assert_eq!(to.get(name(SLIP, 1)).unwrap(), None);
    };
    check(&|bad| *bad.entries[5].payload.last_mut().unwrap() ^= 1, ReplayError::WrongHash { seq: 6 });
    check(&|bad| bad.entries[5].payload[8] ^= 1, ReplayError::WrongHead { seq: 6 });
    check(&|bad| bad.entries[5].at = kura_journal::UnixMillis::new(1), ReplayError::WrongHead { seq: 6 });
    check(&|bad| drop(bad.entries.remove(5)), ReplayError::Gap { expected: 6, found: 7 });
    check(&|bad| bad.entries.insert(5, bad.entries[4].clone()), ReplayError::Gap { expected: 6, found: 5 });
    check(&|bad| bad.entries.swap(5, 6), ReplayError::Gap { expected: 6, found: 7 });
    let last = good.entries.last().unwrap().seq;
    let orphan = good.changes.iter().find(|change| change.seq == last).unwrap().name;
    let orphan = ReplayError::NotJournaled { name: orphan, seq: last };
    check(&|bad| drop(bad.entries.pop()), orphan);
    // An office at work takes no copy.
    assert_eq!(world.office.replay(good.clone()), Err(ReplayError::NotRestoring));
}

/// The first entry after a restore opens a new log epoch; before it nothing is written.
pub fn a_restored_office_takes_commits_after_it_is_promoted(fresh: &dyn Fn(&Lent) -> Fresh) {
    let (_world, to) = taking(fresh);
    let refused = to.commit(commit(&*to, 1, vec![put(name(SLIP, 1), 0, b"x")])).unwrap_err();
    assert_eq!(refused, CommitError::Restoring);
    let opening =
        Opening { epoch: LogEpoch::new(2).unwrap(), witnessed_size: 0, witnessed_root: TreeHash::EMPTY, gap_end: None };
    let entry = EntryDraft { action: kura_journal::Action::NewLogEpoch, ..draft(to.id()) };
    let receipt = to.promote(opening, entry.clone()).unwrap();
    assert_eq!(receipt.seq, 1);
    assert_eq!(to.promote(opening, entry).unwrap_err(), CommitError::Restoring);
    to.commit(commit(&*to, 1, vec![put(name(SLIP, 1), 0, b"x")])).unwrap();
    let head = to.head().unwrap();
    assert_eq!((head.epoch.get(), head.restoring, head.size()), (2, false, 2));
    assert_eq!(verified(&*to).len(), 2);
    let stored = &all_entries(&*to.snapshot().unwrap())[0];
    let payload = kura_journal::SealedPayload::from_bytes(stored.payload.clone()).unwrap();
    assert_eq!(payload.opening(), Some(&opening));
}
