//! What must be true of the files, whatever happened.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use kura_journal::{Action, ContentHash};
use kura_store::contract::history::all_changes;
use kura_store::contract::journal::{all_entries, opened, verified};
use kura_store::contract::world::{SLIP, commit, name, put, request};
use kura_store::{Office, RecordName};

use crate::part;

/// What a process said it was told: request, number, leaf.
pub(crate) type Acknowledged = BTreeMap<u64, (u64, String)>;

pub(crate) fn read_acknowledged(said: &str, into: &mut Acknowledged) {
    for line in said.lines().filter_map(|line| line.strip_prefix("acknowledged ")) {
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        into.insert(words[0].parse().unwrap(), (words[1].parse().unwrap(), words[2].to_owned()));
    }
}

/// Opens what is left, with a whole disk, and judges it.
pub(crate) fn judge(folder: &Path, acknowledged: &Acknowledged) {
    let (_store, office) = part::open(folder).unwrap();
    let office = &*office;
    // Numbers, times, hashes, head.
    let entries = verified(office);
    agree(office, &entries);
    for (number, (seq, leaf)) in acknowledged {
        let receipt = office.receipt(request(*number)).unwrap();
        let receipt = receipt.unwrap_or_else(|| panic!("request {number} was acknowledged and is lost"));
        assert_eq!((receipt.seq, format!("{:?}", receipt.leaf)), (*seq, leaf.clone()));
        // Its repeat is answered as the first time, whatever it carries.
        let repeat = commit(office, *number, vec![put(name(SLIP, *number), 77, b"a repeat")]);
        assert_eq!(office.commit(repeat).unwrap(), receipt);
    }
    assert_eq!(verified(office).len(), entries.len());
}

/// The records are what the journal tells, no more and no less; so are history and receipts.
fn agree(office: &dyn Office, entries: &[kura_journal::Entry]) {
    let mut told: BTreeMap<RecordName, (u64, Option<ContentHash>)> = BTreeMap::new();
    let mut history = HashSet::new();
    for (entry, seq) in entries.iter().zip(1_u64..) {
        for &kura_journal::RecordVersion { kind, id, version, sealed } in &entry.draft.records {
            let record = RecordName { kind, id };
            let before = told.insert(record, (version, sealed)).map_or(0, |(version, _)| version);
            assert_eq!(version, before + 1, "{record}");
            history.insert((seq, record, version, sealed));
        }
        if entry.draft.action != Action::ClockSkew {
            let receipt = office.receipt(entry.draft.request.unwrap()).unwrap().unwrap();
            assert!(receipt.first_seq <= seq && seq <= receipt.seq);
        }
    }
    for (record, (version, sealed)) in &told {
        let found = office.get(*record).unwrap();
        assert_eq!(
            found.as_ref().map(|it| (it.version, ContentHash::of(&it.sealed))),
            sealed.map(|hash| (*version, hash))
        );
    }
    let snapshot = office.snapshot().unwrap();
    let changes = all_changes(&*snapshot);
    let kept: HashSet<_> = changes
        .iter()
        .map(|change| (change.seq, change.name, change.version, change.becomes.sealed().map(ContentHash::of)))
        .collect();
    assert_eq!((kept.len(), kept == history), (changes.len(), true));
    for entry in all_entries(&*snapshot) {
        assert_eq!(entry.at, opened(&entry).at);
    }
}
