//! Changes, conflicts, repeats.

use kura_journal::{Class, LIST_MAX};

use super::world::{PERSON, SLIP, World, commit, delete, draft, key, name, office, put, put_with_keys, request, told};
use super::{Fresh, Lent};
use crate::{CHANGES_MAX, Commit, CommitError, KEYS_MAX, Keys, KeysError, Refusal};

/// What was committed is there, with its version, and the receipt says where the journal tells of it.
pub fn a_commit_is_read_back(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let receipt = world.commit(1, vec![put(name(SLIP, 1), 0, b"one"), put(name(PERSON, 1), 0, b"other kind")]).unwrap();
    assert_eq!((receipt.first_seq, receipt.seq), (1, 1));
    let record = world.office.get(name(SLIP, 1)).unwrap().unwrap();
    assert_eq!((record.version, record.schema, record.sealed.as_slice()), (1, 1, &b"one"[..]));
    assert_eq!(world.office.get(name(PERSON, 1)).unwrap().unwrap().sealed, b"other kind");
    assert_eq!(world.office.get(name(SLIP, 2)).unwrap(), None);
    let entry = &world.office.journal_from(1, crate::Limit::MAX).unwrap()[0];
    assert_eq!(entry.leaf, receipt.leaf);

    let second = world.commit(2, vec![put(name(SLIP, 1), 1, b"two")]).unwrap();
    assert_eq!(second.seq, 2);
    let record = world.office.get(name(SLIP, 1)).unwrap().unwrap();
    assert_eq!((record.version, record.sealed.as_slice()), (2, &b"two"[..]));
}

/// A wrong expectation fails the whole commit, names the record and both versions, and writes no entry.
pub fn a_conflict_names_the_record_and_leaves_nothing(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let (there, new) = (name(SLIP, 1), name(SLIP, 2));
    world.commit(1, vec![put(there, 0, b"one")]).unwrap();
    for (number, expected) in [(2, 0), (3, 2), (4, u64::MAX - 1)] {
        let refused = world.commit(number, vec![put(new, 0, b"new"), put(there, expected, b"x")]).unwrap_err();
        assert_eq!(refused, CommitError::Conflict { name: there, expected, found: 1 });
    }
    let refused = world.commit(5, vec![put(new, 1, b"new")]).unwrap_err();
    assert_eq!(refused, CommitError::Conflict { name: new, expected: 1, found: 0 });
    assert_eq!(world.office.get(new).unwrap(), None);
    assert_eq!(world.office.head().unwrap().size(), 1);
    assert_eq!(world.office.get(there).unwrap().unwrap().sealed, b"one");
}

/// A deleted record is not found; its version is taken, and only who knows that may bring it back.
pub fn a_deletion_takes_a_version(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let gone = name(SLIP, 1);
    world.commit(1, vec![put(gone, 0, b"one")]).unwrap();
    world.commit(2, vec![delete(gone, 1)]).unwrap();
    assert_eq!(world.office.get(gone).unwrap(), None);
    let refused = world.commit(3, vec![put(gone, 0, b"again")]).unwrap_err();
    assert_eq!(refused, CommitError::Conflict { name: gone, expected: 0, found: 2 });
    world.commit(4, vec![put(gone, 2, b"again")]).unwrap();
    assert_eq!(world.office.get(gone).unwrap().unwrap().version, 3);
}

/// A request id stands for one act: its repeat changes nothing, whatever it carries.
pub fn a_repeated_request_gets_the_first_receipt(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let first = world.commit(1, vec![put(name(SLIP, 1), 0, b"one")]).unwrap();
    world.commit(2, vec![put(name(SLIP, 1), 1, b"two")]).unwrap();
    assert_eq!(world.commit(1, vec![put(name(SLIP, 1), 0, b"one")]).unwrap(), first);
    assert_eq!(world.commit(1, vec![put(name(SLIP, 9), 0, b"other")]).unwrap(), first);
    assert_eq!(world.office.receipt(request(1)).unwrap(), Some(first));
    assert_eq!(world.office.receipt(request(9)).unwrap(), None);
    assert_eq!(world.office.head().unwrap().size(), 2);
    assert_eq!(world.office.get(name(SLIP, 9)).unwrap(), None);
    assert_eq!(world.office.get(name(SLIP, 1)).unwrap().unwrap().sealed, b"two");
}

/// What was refused left no receipt.
pub fn a_request_that_was_refused_may_come_again(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    world.commit(1, vec![put(name(SLIP, 1), 5, b"one")]).unwrap_err();
    assert_eq!(world.office.receipt(request(1)).unwrap(), None);
    assert_eq!(world.commit(1, vec![put(name(SLIP, 1), 0, b"one")]).unwrap().seq, 1);
}

/// Journal and records agree: a change that no entry names with this version and these bytes is not written.
pub fn what_no_entry_tells_is_refused(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let change = put(name(SLIP, 1), 0, b"one");
    let not_journaled = Refusal::NotJournaled { name: change.name };
    let with = |told_of: &[crate::Change]| {
        let mut draft = draft(world.office.id());
        draft.records = told(told_of);
        Commit { request: request(1), changes: vec![change.clone()], keyring: Vec::new(), entries: vec![draft] }
    };
    let mut foreign = with(std::slice::from_ref(&change));
    foreign.entries[0].office = office(2);
    // Who only looked, wrote nothing.
    let mut seen = with(std::slice::from_ref(&change));
    seen.entries[0].class = Some(Class::Computed);
    let cases = [
        (with(&[]), not_journaled.clone()),
        (with(&[put(change.name, 0, b"two")]), not_journaled.clone()),
        (with(&[put(change.name, 1, b"one")]), not_journaled.clone()),
        (with(&[delete(change.name, 0)]), not_journaled.clone()),
        (with(&[put(name(PERSON, 1), 0, b"one")]), not_journaled.clone()),
        (seen, not_journaled),
        (Commit { entries: Vec::new(), ..with(&[]) }, Refusal::NoEntry),
        (foreign, Refusal::OtherOffice),
    ];
    for (commit, expected) in cases {
        assert_eq!(world.office.commit(commit).unwrap_err(), CommitError::Refused(expected));
    }
    assert_eq!(world.office.head().unwrap().size(), 0);
    world.office.commit(with(std::slice::from_ref(&change))).unwrap();
}

/// Two changes of one record are two commits.
pub fn one_commit_may_not_name_a_record_twice(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let mut twice = commit(&*world.office, 1, vec![put(name(SLIP, 1), 0, b"one")]);
    twice.changes.push(put(name(SLIP, 1), 1, b"two"));
    let refused = world.office.commit(twice).unwrap_err();
    assert_eq!(refused, CommitError::Refused(Refusal::Twice { name: name(SLIP, 1) }));
}

/// Limits on everything: keys, changes, entries' lists.
pub fn limits_are_kept(fresh: &dyn Fn(&Lent) -> Fresh) {
    let keys = |count: usize| Keys::new((0..count).map(|number| key(super::world::BY_STATE, &number.to_be_bytes())));
    assert!(keys(KEYS_MAX).is_ok());
    assert_eq!(keys(KEYS_MAX + 1), Err(KeysError::TooMany));
    assert!(Keys::new([key(super::world::BY_STATE, &[7; 129])]).is_err());

    let world = World::new(fresh);
    let many = (0..).take(CHANGES_MAX + 1).map(|number| put(name(SLIP, number), 0, b"")).collect();
    assert_eq!(world.commit(1, many).unwrap_err(), CommitError::Refused(Refusal::TooLarge));
    let mut unsplit = commit(&*world.office, 1, Vec::new());
    let one_too_many: Vec<_> = (0..).take(LIST_MAX + 1).map(|number| put(name(SLIP, number), 0, b"")).collect();
    unsplit.entries[0].records = told(&one_too_many);
    assert!(matches!(world.office.commit(unsplit), Err(CommitError::Refused(Refusal::Entry(_)))));
    let full = put_with_keys(name(SLIP, 1), 0, &[7; 100_000], [key(super::world::BY_STATE, &[7; 128])]);
    world.commit(2, vec![full]).unwrap();
    assert_eq!(world.office.get(name(SLIP, 1)).unwrap().unwrap().sealed, [7; 100_000]);
}
