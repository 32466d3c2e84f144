//! The journal that a writer makes.

use std::sync::atomic::Ordering;

use kura_journal::{Action, ContentHash, Detail, Entry, Frontier, LIST_MAX, LogEpoch, SealedPayload};

use super::world::{SEALED, SLIP, START, World, name, put};
use super::{Fresh, Lent};
use crate::{CommitError, Limit, NotSealed, Office, Reads, StoredEntry};

/// An entry, opened.
#[must_use]
pub fn opened(stored: &StoredEntry) -> Entry {
    let payload = SealedPayload::from_bytes(stored.payload.clone()).unwrap();
    assert_eq!((payload.seq(), payload.at()), (stored.seq, stored.at));
    assert_eq!(payload.leaf(&stored.salt), stored.leaf);
    Entry::decode(payload.sealed().strip_prefix(SEALED).unwrap()).unwrap()
}

/// All entries, each checked against hash, number and time, all of them against the head.
#[must_use]
pub fn verified(office: &dyn Office) -> Vec<Entry> {
    let snapshot = office.snapshot().unwrap();
    let stored = all_entries(&*snapshot);
    let mut tree = Frontier::default();
    let mut entries: Vec<Entry> = Vec::new();
    for (row, seq) in stored.iter().zip(1..) {
        let entry = opened(row);
        assert_eq!((row.seq, entry.at, entry.draft.office), (seq, row.at, office.id()));
        assert!(entries.last().is_none_or(|before| before.at <= entry.at));
        tree.push(row.leaf).unwrap();
        entries.push(entry);
    }
    let head = snapshot.head().unwrap();
    assert_eq!((head.size(), head.root(), &head.frontier), (tree.size(), tree.root(), &tree));
    assert_eq!(head.last_at.get(), stored.last().map_or(0, |row| row.at.get()));
    entries
}

/// The rows of the journal, page by page.
#[must_use]
pub fn all_entries(reads: &dyn Reads) -> Vec<StoredEntry> {
    let mut all: Vec<StoredEntry> = Vec::new();
    loop {
        let from = all.last().map_or(1, |entry| entry.seq + 1);
        let page = reads.journal_from(from, Limit::rows(100)).unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Numbers, times, salts and hashes fit together, and the entry names the record as it lies there.
pub fn entries_hang_together(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    for number in 0..300 {
        world.lent.now.fetch_add(number % 3, Ordering::SeqCst);
        world.commit(number, vec![put(name(SLIP, number), 0, &number.to_be_bytes())]).unwrap();
    }
    let entries = verified(&*world.office);
    assert_eq!(entries.len(), 300);
    for (entry, number) in entries.iter().zip(0..) {
        let told = &entry.draft.records[0];
        let record = world.office.get(name(SLIP, number)).unwrap().unwrap();
        assert_eq!((told.id, told.version), (record.name.id, record.version));
        assert_eq!(told.sealed, Some(ContentHash::of(&record.sealed)));
    }
    let salts: std::collections::HashSet<_> =
        all_entries(&*world.office.snapshot().unwrap()).iter().map(|entry| entry.salt.bytes()).collect();
    assert_eq!(salts.len(), 300);
    assert_eq!(world.office.head().unwrap().epoch, LogEpoch::FIRST);
}

/// 2,500 records are three entries, and the history says which entry tells of which.
pub fn large_commits_have_several_entries(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let receipt = world.commit(1, (0..2_500).map(|number| put(name(SLIP, number), 0, b"x")).collect()).unwrap();
    assert_eq!((receipt.first_seq, receipt.seq), (1, 3));
    let entries = verified(&*world.office);
    assert_eq!(entries[2].draft.records.len(), 2_500 - 2 * LIST_MAX);
    let changes = super::history::all_changes(&*world.office.snapshot().unwrap());
    assert_eq!(changes.len(), 2_500);
    for change in changes {
        let entry = &entries[usize::try_from(change.seq - 1).unwrap()];
        assert!(entry.draft.records.iter().any(|told| told.id == change.name.id));
    }
}

/// A clock that jumps back is said once, and the time stays.
pub fn time_never_runs_backwards(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let mut number = 0;
    let mut commit_at = |now: u64| {
        world.lent.now.store(now, Ordering::SeqCst);
        number += 1;
        world.commit(number, vec![put(name(SLIP, number), 0, b"x")]).unwrap()
    };
    let receipts = [0, 5, 3, 4, 9].map(|after| commit_at(START + after));
    assert_eq!(receipts.map(|receipt| receipt.seq), [1, 2, 4, 5, 6]);
    let entries = verified(&*world.office);
    assert_eq!(entries.iter().map(|entry| entry.at.get() - START).collect::<Vec<_>>(), [0, 5, 5, 5, 5, 9]);
    let said = entries[2].draft.detail;
    assert_eq!(entries[2].draft.action, Action::ClockSkew);
    assert!(
        matches!(said, Some(Detail::ClockSkew(skew)) if (skew.before.get(), skew.after.get()) == (START + 5, START + 3))
    );
}

/// Without the key nothing is written, and nothing is lost for the next one.
pub fn an_entry_that_cannot_be_sealed_leaves_nothing(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    world.commit(1, vec![put(name(SLIP, 1), 0, b"one")]).unwrap();
    world.lent.locked.store(true, Ordering::SeqCst);
    let refused = world.commit(2, vec![put(name(SLIP, 1), 1, b"two")]).unwrap_err();
    assert_eq!(refused, CommitError::NotSealed(NotSealed::NoKey));
    world.lent.locked.store(false, Ordering::SeqCst);
    assert_eq!(world.office.get(name(SLIP, 1)).unwrap().unwrap().version, 1);
    assert_eq!(world.commit(2, vec![put(name(SLIP, 1), 1, b"two")]).unwrap().seq, 2);
    assert_eq!(verified(&*world.office).len(), 2);
}
