//! What was proven comes back into an empty store, and is compared with the archive before anybody may write.

use std::collections::{BTreeMap, BTreeSet};

use kura_id::{Kind, UnitId};
use kura_journal::{ContentHash, LogEpoch, Opening};
use kura_store::{Limit, Office, RecordName, Replay, State, StoredChange, Wrap};

use crate::contents;
use crate::error::ArchiveError;
use crate::prove::{Proven, Told, read_changes, rows_of, told_by};
use crate::target::Source;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many records there are of each kind, and a digest over their ids, versions and sealed bytes.
    pub kinds: BTreeMap<Kind, Counted>,
    /// Records that belong to units that were erased: their bytes do not open any more, and they have to be deleted.
    pub of_erased: Vec<StoredChange>,
    /// How the new log epoch begins.
    pub opening: Opening,
}

/// The records of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub records: u64,
    /// SHA-256 over id, version and SHA-256 of the sealed bytes of each, by rising id.
    pub digest: ContentHash,
}

/// Brings back what was proven, into an office begun as `Restored`. It reads every object once more and believes none of them: their
/// names are hashes. Where it is stopped, the office takes no commits; begin again with an empty store.
///
/// # Errors
/// [`ArchiveError`].
pub fn restore(source: &dyn Source, proven: &Proven, to: &dyn Office) -> Result<Restored, ArchiveError> {
    for listed in &proven.journal {
        let mut entries = rows_of(source, listed, contents::entries)?;
        entries.retain(|entry| entry.seq <= proven.cut);
        if !entries.is_empty() {
            to.replay(Replay { entries, ..Replay::default() })?;
        }
    }
    let base = proven.base.map_or(0, |base| base.entries);
    for listed in &proven.state {
        let state = State { at: base, present: read_changes(source, listed)? };
        to.replay(Replay { state: Some(state), ..Replay::default() })?;
    }
    for listed in &proven.changes {
        let mut changes = read_changes(source, listed)?;
        changes.retain(|change| change.seq > base && change.seq <= proven.cut);
        if !changes.is_empty() {
            to.replay(Replay { changes, ..Replay::default() })?;
        }
    }
    let mut keyring = rows_of(source, &proven.keyring, contents::wraps)?;
    let held: BTreeSet<UnitId> = keyring.iter().map(|(unit, _)| *unit).collect();
    // Whatever the keyring says: who was erased stays erased.
    for (unit, wrap) in &mut keyring {
        if proven.erased.contains(unit) {
            *wrap = Wrap::Destroyed;
        }
    }
    keyring.extend(proven.erased.difference(&held).map(|unit| (*unit, Wrap::Destroyed)));
    let units: BTreeSet<UnitId> = keyring.iter().map(|(unit, _)| *unit).collect();
    to.replay(Replay { keyring, ..Replay::default() })?;
    compare(proven, &units, to)
}

/// Reads the new store from end to end.
fn compare(proven: &Proven, units: &BTreeSet<UnitId>, to: &dyn Office) -> Result<Restored, ArchiveError> {
    let reads = to.snapshot()?;
    let head = reads.head()?;
    if (head.size(), head.root()) != (proven.cut, proven.tree.root()) {
        return Err(ArchiveError::NotTheSame { what: "記録のハッシュ値" });
    }
    let mut expected = proven.present.clone();
    let mut digests: BTreeMap<Kind, (u64, Vec<u8>)> = BTreeMap::new();
    let mut of_erased = Vec::new();
    let mut after: Option<RecordName> = None;
    loop {
        let page = reads.present_from(after, Limit::rows(PAGE))?;
        let Some(last) = page.last() else { break };
        after = Some(last.name);
        for row in page {
            let told = told_by(&row);
            if expected.remove(&row.name) != Some(told) {
                return Err(ArchiveError::NotTheSame { what: "データの版" });
            }
            let Some(sealed) = told.sealed else { continue };
            if !units.contains(&row.unit) {
                return Err(ArchiveError::NoWrap { unit: row.unit });
            }
            let (records, digest) = digests.entry(row.name.kind).or_default();
            *records = records.saturating_add(1);
            digest.extend(row.name.id.bytes().into_iter().chain(row.version.to_be_bytes()).chain(sealed.bytes()));
            if proven.erased.contains(&row.unit) {
                of_erased.push(row);
            }
        }
    }
    if expected.values().any(|told: &Told| told.sealed.is_some()) {
        return Err(ArchiveError::NotTheSame { what: "データの件数" });
    }
    let counted = |(kind, (records, digest)): (Kind, (u64, Vec<u8>))| {
        (kind, Counted { records, digest: ContentHash::of(&digest) })
    };
    Ok(Restored { kinds: digests.into_iter().map(counted).collect(), of_erased, opening: opening(proven) })
}

/// A page of records is in memory with its bytes.
const PAGE: u16 = 1_024;

/// The restored office says what it does not have: everything behind the cut, up to whatever anybody saw.
fn opening(proven: &Proven) -> Opening {
    let (witnessed_size, witnessed_root) = proven.witnessed;
    let epoch = LogEpoch::new(proven.newest_epoch.get().saturating_add(1)).unwrap_or(proven.newest_epoch);
    Opening { epoch, witnessed_size, witnessed_root, gap_end: None }
}
