//! What can be said about a commit before any row is read, done on the thread of whoever commits.

use std::collections::HashMap;

use kura_id::{OfficeId, RequestId};
use kura_journal::{ContentHash, EncodedDraft, EntryDraft, Opening, RecordVersion};

use crate::commit::{CHANGES_MAX, Change, Commit, KeyringChange};
use crate::error::Refusal;
use crate::record::{RecordName, SEALED_BYTES_MAX};
use crate::seam::StoredChange;

/// A commit that keeps all rules which do not depend on the rows.
pub(super) struct Prepared {
    /// Nothing for the opening of a log epoch, which cannot be repeated.
    pub(super) request: Option<RequestId>,
    pub(super) entries: Vec<EncodedDraft>,
    pub(super) changes: Vec<PreparedChange>,
    pub(super) keyring: Vec<KeyringChange>,
    pub(super) opening: Option<Opening>,
}

/// A change as the history will hold it, but for its number.
pub(super) struct PreparedChange {
    pub(super) expected: u64,
    /// Which of the entries tells of it.
    pub(super) entry: usize,
    pub(super) row: StoredChange,
}

impl Prepared {
    pub(super) fn of(office: OfficeId, commit: Commit) -> Result<Self, Refusal> {
        let Commit { request, changes, keyring, entries } = commit;
        if entries.is_empty() {
            return Err(Refusal::NoEntry);
        }
        if changes.len() > CHANGES_MAX || keyring.len() > CHANGES_MAX || entries.len() > CHANGES_MAX {
            return Err(Refusal::TooLarge);
        }
        let mut told = told(&entries);
        let changes = changes.into_iter().map(|change| prepare(change, &mut told)).collect::<Result<_, _>>()?;
        Ok(Self { request: Some(request), entries: encode(office, &entries)?, changes, keyring, opening: None })
    }

    pub(super) fn opening(office: OfficeId, opening: Opening, entry: EntryDraft) -> Result<Self, Refusal> {
        let entries = encode(office, &[entry])?;
        Ok(Self { request: None, entries, changes: Vec::new(), keyring: Vec::new(), opening: Some(opening) })
    }

    /// How much work it is, in rows.
    pub(super) fn weight(&self) -> usize {
        self.changes.len().saturating_add(self.entries.len()).saturating_add(self.keyring.len())
    }
}

fn encode(office: OfficeId, entries: &[EntryDraft]) -> Result<Vec<EncodedDraft>, Refusal> {
    entries
        .iter()
        .map(|entry| if entry.office == office { Ok(entry.encode()?) } else { Err(Refusal::OtherOffice) })
        .collect()
}

/// What the entries say about each record, until a change has used it.
type Told = HashMap<RecordName, Telling>;

enum Telling {
    Open { entry: usize, version: u64, sealed: Option<ContentHash> },
    Used,
}

fn told(entries: &[EntryDraft]) -> Told {
    // What an entry with a class names was seen and not written.
    let writing = entries.iter().enumerate().filter(|(_, draft)| draft.class.is_none());
    let named = writing.flat_map(|(entry, draft)| draft.records.iter().map(move |it| (entry, it)));
    named
        .map(|(entry, &RecordVersion { kind, id, version, sealed })| {
            (RecordName { kind, id }, Telling::Open { entry, version, sealed })
        })
        .collect()
}

fn prepare(change: Change, told: &mut Told) -> Result<PreparedChange, Refusal> {
    let version = change.version();
    let Change { name, unit, expected, becomes } = change;
    if becomes.sealed().is_some_and(|bytes| bytes.len() > SEALED_BYTES_MAX) {
        return Err(Refusal::TooLarge);
    }
    let hash = becomes.sealed().map(ContentHash::of);
    match told.insert(name, Telling::Used) {
        Some(Telling::Open { entry, version: told, sealed }) if told == version && sealed == hash => {
            Ok(PreparedChange { expected, entry, row: StoredChange { seq: 0, name, unit, version, becomes } })
        }
        Some(Telling::Used) => Err(Refusal::Twice { name }),
        _ => Err(Refusal::NotJournaled { name }),
    }
}
