//! Everything is proven before anything comes back: each object by its name, each entry by the signed root, each record by the entry that
//! tells of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kura_id::UnitId;
use kura_journal::{
    Action, Checkpoint, ContentHash, Entry, Frontier, LogEpoch, Opening, RecordVersion, SealedPayload, TreeHash,
    UnixMillis,
};
use kura_store::{RecordName, StoredChange, StoredEntry, Wrap};
use rayon::prelude::*;

use crate::chain::{Chain, object};
use crate::contents;
use crate::error::ArchiveError;
use crate::manifest::{GenerationNote, Listed};
use crate::object::{Class, ObjectName};
use crate::target::{Source, TargetError};

/// Opens the sealed part of an entry of this number; nothing where the key is another. The archive itself never sees a key.
pub type OpenEntry<'a> = &'a (dyn Fn(u64, &[u8]) -> Option<Entry> + Sync);

/// What is to be proven, and by what.
#[derive(Default)]
pub struct Demand<'a> {
    /// The fingerprint of the public log key as it stands on the office's sheet.
    pub fingerprint: Option<&'a str>,
    /// A checkpoint that somebody kept elsewhere.
    pub known: Option<Checkpoint>,
    /// That the archive ends before the kept checkpoint is accepted; a restore declares it.
    pub accept_loss: bool,
    /// Restore what was there at this time.
    pub at: Option<UnixMillis>,
    /// Opens entries. Without it everything is proven but that records are those the journal tells of.
    pub open: Option<OpenEntry<'a>>,
}

/// An archive that was proven, and where it is cut.
#[derive(Debug, Clone)]
pub struct Proven {
    /// Entries of the whole archive.
    pub entries: u64,
    /// The root over them, as it was signed.
    pub root: TreeHash,
    /// Objects that were read, and their bytes.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Objects of changes that a generation stands for and that are not kept any more.
    pub expired: u64,
    /// Up to this entry the restored office goes: all, or what was there at the time asked for.
    pub cut: u64,
    /// The time of that entry.
    pub cut_at: UnixMillis,
    /// The tree at the cut.
    pub tree: Frontier,
    /// The log epoch at the cut.
    pub epoch: LogEpoch,
    /// The newest log epoch of the archive.
    pub newest_epoch: LogEpoch,
    /// Units that were erased, whenever that was.
    pub erased: BTreeSet<UnitId>,
    /// The present of each record at the cut; of records that were deleted there is no hash. Nothing where entries were not opened.
    pub present: BTreeMap<RecordName, Told>,
    /// The greatest checkpoint anybody saw: the one that was kept, or the archive's own.
    pub witnessed: (u64, TreeHash),
    pub(crate) base: Option<GenerationNote>,
    pub(crate) journal: Vec<Listed>,
    pub(crate) state: Vec<Listed>,
    pub(crate) changes: Vec<Listed>,
    pub(crate) keyring: Listed,
}

/// What the journal tells of a version of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The entry.
    pub seq: u64,
    /// The version.
    pub version: u64,
    /// SHA-256 of its sealed bytes; nothing where it was deleted.
    pub sealed: Option<ContentHash>,
}

/// So many objects are read at once: each may have its full length in memory.
const TOGETHER: usize = 8;

/// Proves an archive.
///
/// # Errors
/// [`ArchiveError`]: the first thing that is wrong, by name.
pub fn prove(source: &dyn Source, chain: &Chain, demand: &Demand<'_>) -> Result<Proven, ArchiveError> {
    let found = chain.log_key().fingerprint();
    if demand.fingerprint.is_some_and(|expected| digits(expected) != digits(&found)) {
        return Err(ArchiveError::OtherLogKey { found });
    }
    let listed = |class| {
        let objects = chain.links().iter().flat_map(|link| &link.manifest.objects);
        objects.filter(move |listed| listed.name.class == class).copied().collect::<Vec<Listed>>()
    };
    let journal = listed(Class::Journal);
    let mut walk = Walk::new(chain, demand);
    for together in journal.chunks(TOGETHER) {
        let read: Vec<_> = together.par_iter().map(|listed| read_journal(source, listed, demand.open)).collect();
        for part in read {
            walk.take(part?)?;
        }
    }
    walk.end(chain)?;
    let Walk { tree, at_cut, told, erased, epoch, .. } = walk;
    let cut = at_cut.ok_or(ArchiveError::NothingThen)?;
    let base = chain.links().iter().rev().map(|link| link.manifest.generation).find(|note| note.entries <= cut.seq);
    let newest = chain.newest();
    let mut proven = Proven {
        entries: tree.size(),
        root: tree.root(),
        objects: count(journal.len()),
        bytes: journal.iter().map(|listed| listed.bytes).sum(),
        expired: 0,
        cut: cut.seq,
        cut_at: cut.at,
        tree: cut.tree,
        epoch: cut.epoch,
        newest_epoch: epoch,
        erased,
        present: BTreeMap::new(),
        witnessed: (tree.size(), tree.root()),
        base,
        journal,
        state: Vec::new(),
        changes: listed(Class::Changes),
        keyring: newest.keyring,
    };
    if let Some(known) = demand.known.as_ref().filter(|known| known.size > proven.entries) {
        proven.witnessed = (known.size, known.root);
    }
    let told = demand.open.map(|_| told);
    prove_generations(source, chain, told.as_ref(), &mut proven)?;
    prove_changes(source, told.as_ref(), &mut proven)?;
    prove_keyring(source, &mut proven)?;
    if let Some(told) = &told {
        proven.present = present_at(told, proven.cut);
    }
    Ok(proven)
}

/// Fingerprints as people type them.
fn digits(fingerprint: &str) -> String {
    fingerprint.chars().filter(char::is_ascii_alphanumeric).map(|digit| digit.to_ascii_lowercase()).collect()
}

/// What the journal tells of records: by entry and name.
type AllTold = HashMap<(u64, RecordName), Told>;

/// An entry as it was read.
struct ReadEntry {
    row: StoredEntry,
    opening: Option<Opening>,
    /// What it says, where it was opened.
    writes: Vec<RecordVersion>,
    erases: Vec<UnitId>,
}

fn read_journal(
    source: &dyn Source,
    listed: &Listed,
    open: Option<OpenEntry<'_>>,
) -> Result<Vec<ReadEntry>, ArchiveError> {
    let rows = rows_of(source, listed, contents::entries)?;
    rows.into_iter().map(|row| read_entry(row, open)).collect()
}

fn read_entry(mut row: StoredEntry, open: Option<OpenEntry<'_>>) -> Result<ReadEntry, ArchiveError> {
    let seq = row.seq;
    let opening = Opening::of_payload(&row.payload);
    let (mut writes, mut erases) = (Vec::new(), Vec::new());
    if let Some(open) = open {
        let payload = SealedPayload::from_bytes(std::mem::take(&mut row.payload));
        let payload = payload.map_err(|_| ArchiveError::Closed { seq })?;
        let entry = open(seq, payload.sealed()).filter(|entry| entry.at == row.at);
        let draft = entry.ok_or(ArchiveError::Closed { seq })?.draft;
        if draft.action == Action::DestroyKey {
            erases.clone_from(&draft.subjects);
        }
        if draft.writes() {
            writes = draft.records;
        }
    }
    // The bytes are read again when they come back.
    row.payload = Vec::new();
    Ok(ReadEntry { row, opening, writes, erases })
}

/// Where the office is cut.
struct Cut {
    seq: u64,
    at: UnixMillis,
    tree: Frontier,
    epoch: LogEpoch,
}

/// The journal, entry by entry.
struct Walk<'a> {
    demand: &'a Demand<'a>,
    /// The roots that were signed, by size.
    signed: BTreeMap<u64, Checkpoint>,
    tree: Frontier,
    epoch: LogEpoch,
    last_at: UnixMillis,
    at_cut: Option<Cut>,
    told: AllTold,
    latest: HashMap<RecordName, u64>,
    erased: BTreeSet<UnitId>,
}

impl<'a> Walk<'a> {
    fn new(chain: &Chain, demand: &'a Demand<'a>) -> Self {
        let checkpoint = |link: &crate::chain::Link| (link.manifest.entries, *link.signed.checkpoint());
        Self {
            demand,
            signed: chain.links().iter().map(checkpoint).collect(),
            tree: Frontier::default(),
            epoch: LogEpoch::FIRST,
            last_at: UnixMillis::new(0),
            at_cut: None,
            told: HashMap::new(),
            latest: HashMap::new(),
            erased: BTreeSet::new(),
        }
    }

    fn take(&mut self, entries: Vec<ReadEntry>) -> Result<(), ArchiveError> {
        entries.into_iter().try_for_each(|entry| self.entry(entry))
    }

    fn entry(&mut self, entry: ReadEntry) -> Result<(), ArchiveError> {
        let ReadEntry { row, opening, writes, erases } = entry;
        let expected = self.tree.size().saturating_add(1);
        if row.seq != expected || row.at < self.last_at {
            return Err(ArchiveError::Order { expected, found: row.seq });
        }
        if self.demand.at.is_some_and(|at| row.at > at) {
            self.cut_here();
        }
        self.epoch = opening.map_or(self.epoch, |opening| opening.epoch);
        self.tree.push(row.leaf).map_err(|_| ArchiveError::Root { size: expected })?;
        self.last_at = row.at;
        self.erased.extend(erases);
        for RecordVersion { kind, id, version, sealed } in writes {
            let name = RecordName { kind, id };
            if self.latest.insert(name, version).is_some_and(|before| before >= version) {
                return Err(ArchiveError::NotRising { seq: row.seq, name });
            }
            self.told.insert((row.seq, name), Told { seq: row.seq, version, sealed });
        }
        self.compare(expected)
    }

    /// The office ends in front of the entry that comes, unless it does already.
    fn cut_here(&mut self) {
        let seq = self.tree.size();
        if self.at_cut.is_none() {
            self.at_cut = Some(Cut { seq, at: self.last_at, tree: self.tree.clone(), epoch: self.epoch });
        }
    }

    /// What was signed and what somebody kept must be what is here.
    fn compare(&self, size: u64) -> Result<(), ArchiveError> {
        let is_here =
            |checkpoint: &Checkpoint| (checkpoint.root, checkpoint.origin.epoch) == (self.tree.root(), self.epoch);
        if self.signed.get(&size).is_some_and(|signed| !is_here(signed)) {
            return Err(ArchiveError::Root { size });
        }
        match self.demand.known.as_ref().filter(|known| known.size == size) {
            Some(known) if !is_here(known) => Err(ArchiveError::Fork { known: size }),
            _ => Ok(()),
        }
    }

    fn end(&mut self, chain: &Chain) -> Result<(), ArchiveError> {
        let (size, until) = (self.tree.size(), chain.newest().entries);
        if size < until {
            return Err(ArchiveError::Short { from: size.saturating_add(1), until });
        }
        if size > until {
            return Err(ArchiveError::Root { size });
        }
        let known = self.demand.known.as_ref().map_or(0, |known| known.size);
        if known > size && !self.demand.accept_loss {
            return Err(ArchiveError::Older { entries: size, known });
        }
        self.cut_here();
        self.at_cut.take_if(|cut| cut.seq == 0);
        Ok(())
    }
}

/// The generations: the one the restore begins with holds the present of its moment, no more and no less; of the others each record is one
/// that the journal tells of, as far as they are still kept.
fn prove_generations(
    source: &dyn Source,
    chain: &Chain,
    told: Option<&AllTold>,
    proven: &mut Proven,
) -> Result<(), ArchiveError> {
    let base = proven.base.map_or(0, |base| base.manifest);
    let (of_base, others): (Vec<_>, Vec<_>) =
        chain.links().iter().map(|link| &link.manifest).partition(|manifest| manifest.number == base);
    proven.state = of_base.iter().flat_map(|manifest| &manifest.state).copied().collect();
    let at_base = proven.base.map_or(0, |base| base.entries);
    let mut present = told.map(|told| present_at(told, at_base));
    let state = proven.state.clone();
    for together in state.chunks(TOGETHER) {
        let read: Vec<_> = together.par_iter().map(|listed| read_changes(source, listed)).collect();
        for (listed, rows) in together.iter().zip(read) {
            tally(proven, listed);
            rows?.iter().try_for_each(|row| crossed_off(present.as_mut(), row))?;
        }
    }
    if let Some((name, told)) = present.unwrap_or_default().into_iter().next() {
        return Err(ArchiveError::MissingRecord { seq: told.seq, name });
    }
    let mut seen: BTreeSet<ObjectName> = state.iter().map(|listed| listed.name).collect();
    for manifest in others {
        let fresh: Vec<&Listed> = manifest.state.iter().filter(|listed| seen.insert(listed.name)).collect();
        for listed in fresh {
            match read_changes(source, listed) {
                Err(ArchiveError::Target(TargetError::Missing { .. })) if manifest.entries < at_base => {
                    proven.expired = proven.expired.saturating_add(1);
                }
                rows => {
                    are_told(told, &rows?)?;
                    tally(proven, listed);
                }
            }
        }
    }
    Ok(())
}

/// Each is one the journal tells of.
fn are_told(told: Option<&AllTold>, rows: &[StoredChange]) -> Result<(), ArchiveError> {
    let Some(told) = told else { return Ok(()) };
    match rows.iter().find(|row| told.get(&(row.seq, row.name)) != Some(&told_by(row))) {
        Some(row) => Err(ArchiveError::NotTold { seq: row.seq, name: row.name }),
        None => Ok(()),
    }
}

/// A row of a generation against what the journal tells.
fn crossed_off(present: Option<&mut BTreeMap<RecordName, Told>>, row: &StoredChange) -> Result<(), ArchiveError> {
    let Some(present) = present else { return Ok(()) };
    match present.remove(&row.name) {
        Some(told) if told == told_by(row) => Ok(()),
        _ => Err(ArchiveError::NotTold { seq: row.seq, name: row.name }),
    }
}

/// The changes: each is one the journal tells of, and behind the base none is missing.
fn prove_changes(source: &dyn Source, told: Option<&AllTold>, proven: &mut Proven) -> Result<(), ArchiveError> {
    let base = proven.base.map_or(0, |base| base.entries);
    let mut found: BTreeSet<(u64, RecordName)> = BTreeSet::new();
    let (mut kept, changes) = (Vec::new(), std::mem::take(&mut proven.changes));
    for together in changes.chunks(TOGETHER) {
        let read: Vec<_> = together.par_iter().map(|listed| read_changes(source, listed)).collect();
        for (listed, rows) in together.iter().zip(read) {
            let rows = match rows {
                Err(ArchiveError::Target(TargetError::Missing { .. })) if listed.name.last <= base => {
                    proven.expired = proven.expired.saturating_add(1);
                    continue;
                }
                rows => rows?,
            };
            tally(proven, listed);
            kept.push(*listed);
            are_told(told, &rows)?;
            found.extend(rows.iter().filter(|row| row.seq > base).map(|row| (row.seq, row.name)));
        }
    }
    proven.changes = kept;
    let behind_base = told.into_iter().flatten().filter(|((seq, _), _)| *seq > base);
    match behind_base.map(|(place, _)| *place).find(|place| !found.contains(place)) {
        Some((seq, name)) => Err(ArchiveError::MissingRecord { seq, name }),
        None => Ok(()),
    }
}

/// The keyring reads, and names every unit at most once.
fn prove_keyring(source: &dyn Source, proven: &mut Proven) -> Result<(), ArchiveError> {
    let keyring = proven.keyring;
    let rows: Vec<(UnitId, Wrap)> = rows_of(source, &keyring, contents::wraps)?;
    if !rows.is_sorted_by(|(one, _), (next, _)| one < next) {
        return Err(ArchiveError::Form { name: keyring.name });
    }
    tally(proven, &keyring);
    Ok(())
}

/// What each record was when the journal had this size.
fn present_at(told: &AllTold, size: u64) -> BTreeMap<RecordName, Told> {
    let mut present: BTreeMap<RecordName, Told> = BTreeMap::new();
    for ((seq, name), told) in told.iter().filter(|((seq, _), _)| *seq <= size) {
        let newest = present.entry(*name).or_insert(*told);
        if newest.seq < *seq {
            *newest = *told;
        }
    }
    present
}

pub(crate) fn told_by(row: &StoredChange) -> Told {
    Told { seq: row.seq, version: row.version, sealed: row.becomes.sealed().map(ContentHash::of) }
}

pub(crate) fn read_changes(source: &dyn Source, listed: &Listed) -> Result<Vec<StoredChange>, ArchiveError> {
    rows_of(source, listed, contents::changes)
}

/// The rows of an object, which is what the manifest says of it.
pub(crate) fn rows_of<T>(
    source: &dyn Source,
    listed: &Listed,
    read: fn(&ObjectName, &[u8]) -> Result<Vec<T>, contents::Malformed>,
) -> Result<Vec<T>, ArchiveError> {
    let bytes = object(source, &listed.name)?;
    let form = ArchiveError::Form { name: listed.name };
    let rows = read(&listed.name, &bytes).map_err(|contents::Malformed| form.clone())?;
    if (count(bytes.len()), count(rows.len())) == (listed.bytes, listed.count) { Ok(rows) } else { Err(form) }
}

fn tally(proven: &mut Proven, listed: &Listed) {
    proven.objects = proven.objects.saturating_add(1);
    proven.bytes = proven.bytes.saturating_add(listed.bytes);
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
