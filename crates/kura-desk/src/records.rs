//! A piece of work: what it changes, sealed and committed with the entries that tell of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kura_id::{RequestId, UnitId};
use kura_journal::{Action, ContentHash, EntryDraft, RecordVersion};
use kura_seal::{Form, Schema, UnitKeys, seal};
use kura_store::{Becomes, Change, Commit, KeyringChange, Keys, Receipt, RecordName};
use rayon::prelude::*;

use crate::chance;
use crate::dictionaries;
use crate::error::DeskError;
use crate::room::Room;

/// Changes of records that are committed together.
pub(crate) struct Work<'room> {
    room: &'room Room,
    drafts: Vec<Draft>,
    deleted: Vec<(RecordName, UnitId, u64)>,
    destroyed: Vec<UnitId>,
    /// Units that exist and get another row of the keyring.
    rewrapped: Vec<(UnitId, Vec<u8>)>,
    /// Changes that are sealed already, with what is told of them.
    resealed: Vec<(Change, RecordVersion)>,
    units: HashMap<UnitId, NewUnit>,
}

/// A record as it is to become; the body is personal.
pub(crate) struct Draft {
    pub(crate) name: RecordName,
    pub(crate) unit: UnitId,
    /// The version it replaces; 0 for none.
    pub(crate) expected: u64,
    pub(crate) body: Vec<u8>,
    pub(crate) keys: Keys,
}

struct NewUnit {
    keys: Arc<UnitKeys>,
    wrapped: Vec<u8>,
}

/// So many records are sealed with one seed of chance.
const SEALED_TOGETHER: usize = 64;

impl<'room> Work<'room> {
    pub(crate) fn new(room: &'room Room) -> Self {
        Self {
            room,
            drafts: Vec::new(),
            deleted: Vec::new(),
            destroyed: Vec::new(),
            rewrapped: Vec::new(),
            resealed: Vec::new(),
            units: HashMap::new(),
        }
    }

    /// A unit that gets its key with this work.
    pub(crate) fn new_unit(&mut self) -> Result<UnitId, DeskError> {
        let unit = self.room.new_id(UnitId::from_parts)?;
        let (keys, wrapped) = self.room.keys.new_unit(unit, self.room.entropy.as_ref())?;
        self.units.insert(unit, NewUnit { keys, wrapped });
        Ok(unit)
    }

    pub(crate) fn put(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Takes away a record of this version.
    pub(crate) fn delete(&mut self, record: (RecordName, UnitId, u64)) {
        self.deleted.push(record);
    }

    /// Destroys the key of a unit.
    pub(crate) fn destroy(&mut self, unit: UnitId) {
        self.destroyed.push(unit);
    }

    /// Gives a unit another row of the keyring.
    pub(crate) fn rewrap(&mut self, unit: UnitId, wrapped: Vec<u8>) {
        self.rewrapped.push((unit, wrapped));
    }

    /// Puts a change that is sealed already.
    pub(crate) fn put_sealed(&mut self, change: Change, told: RecordVersion) {
        self.resealed.push((change, told));
    }

    /// Takes over the records of another piece of work.
    pub(crate) fn take(&mut self, mut other: Self) {
        self.drafts.append(&mut other.drafts);
    }

    pub(crate) const fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Writes everything in parts of at most `part` records, each whole: for what is too much for one commit and may be repeated.
    pub(crate) fn commit_in_parts(self, part: usize, told: &EntryDraft) -> Result<Option<Receipt>, DeskError> {
        let Self { room, mut drafts, mut units, .. } = self;
        let mut receipt = None;
        while !drafts.is_empty() {
            let rest = drafts.split_off(part.min(drafts.len()));
            let here: HashSet<UnitId> = drafts.iter().map(|draft| draft.unit).collect();
            let with = units.extract_if(|unit, _| here.contains(unit)).collect();
            let work = Self { drafts, units: with, ..Self::new(room) };
            // What is computed names nobody.
            let subjects = if told.action == Action::Run { HashSet::new() } else { here };
            let told = EntryDraft { subjects: subjects.into_iter().collect(), ..told.clone() };
            receipt = Some(work.commit(room.new_request()?, told)?);
            drafts = rest;
        }
        Ok(receipt)
    }

    /// Writes everything, or nothing. `told` lacks only the records; where they are many it becomes several entries.
    pub(crate) fn commit(self, request: RequestId, told: EntryDraft) -> Result<Receipt, DeskError> {
        self.commit_with(request, vec![told])
    }

    /// The same with more to tell; the first entry names the records.
    pub(crate) fn commit_with(self, request: RequestId, mut told: Vec<EntryDraft>) -> Result<Receipt, DeskError> {
        let Self { room, drafts, deleted, destroyed, rewrapped, resealed, units } = self;
        let reads = room.office.snapshot()?;
        let mut keys = HashMap::new();
        for draft in &drafts {
            let key = match units.get(&draft.unit) {
                Some(unit) => Arc::clone(&unit.keys),
                None => room.keys.of(reads.as_ref(), draft.unit)?,
            };
            keys.insert(draft.unit, key);
        }
        drop(reads);
        let sealed: Result<Vec<_>, DeskError> =
            drafts.par_chunks(SEALED_TOGETHER).map(|drafts| seal_some(room, &keys, drafts)).collect();
        let (mut changes, mut records): (Vec<Change>, Vec<RecordVersion>) =
            sealed?.into_iter().flatten().chain(resealed).unzip();
        for (name, unit, version) in deleted {
            let RecordName { kind, id } = name;
            changes.push(Change { name, unit, expected: version, becomes: Becomes::Deleted });
            records.push(RecordVersion { kind, id, version: version.saturating_add(1), sealed: None });
        }
        if let Some(first) = told.first_mut() {
            first.records.append(&mut records);
        }
        for entry in &mut told {
            // A page may do several pieces of work: its entries name the page's request.
            entry.request.get_or_insert(request);
        }
        let entries = told.into_iter().flat_map(EntryDraft::split).collect();
        let wraps = units.iter().map(|(unit, new)| KeyringChange::Wrap { unit: *unit, wrapped: new.wrapped.clone() });
        let wraps = wraps.chain(rewrapped.into_iter().map(|(unit, wrapped)| KeyringChange::Wrap { unit, wrapped }));
        let keyring = wraps.chain(destroyed.into_iter().map(|unit| KeyringChange::Destroy { unit })).collect();
        let receipt = room.office.commit(Commit { request, changes, keyring, entries })?;
        for (unit, new) in units {
            room.keys.keep(unit, new.keys, new.wrapped);
        }
        Ok(receipt)
    }
}

fn seal_some(
    room: &Room,
    keys: &HashMap<UnitId, Arc<UnitKeys>>,
    drafts: &[Draft],
) -> Result<Vec<(Change, RecordVersion)>, DeskError> {
    let mut chance = chance::source(room.entropy.as_ref())?;
    let (epoch, schema) = (room.keys.epoch()?, Schema::new(kura_records::SCHEMA));
    let mut sealed = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let Draft { name, unit, expected, .. } = *draft;
        let version = expected.saturating_add(1);
        let key = keys.get(&unit).ok_or(DeskError::NoKey)?.newest();
        let place = room.place(name, unit, version);
        let form = Form { schema, dictionary: dictionaries::of(name.kind, schema) };
        let bytes = seal(key, epoch, &place, form, &draft.body, &mut chance)?;
        let told = RecordVersion { kind: name.kind, id: name.id, version, sealed: Some(ContentHash::of(&bytes)) };
        let becomes = Becomes::Sealed { schema: kura_records::SCHEMA, bytes, keys: draft.keys.clone() };
        sealed.push((Change { name, unit, expected, becomes }, told));
    }
    Ok(sealed)
}
