//! An office whose keys are lent: the one place where sealed bytes become words, and words sealed bytes.

use std::sync::{Arc, Mutex};

use kura_id::{IdError, OfficeId, RecordId, RequestId, UnitId};
use kura_journal::{Entry, EntryDraft, UnixMillis};
use kura_seal::{OpenError, Place, Schema, UnitKeys};
use kura_store::{Clock, Entropy, Office, Reads, Record, RecordName};
use zeroize::Zeroizing;

use crate::dictionaries;
use crate::error::DeskError;
use crate::ids::IdSource;
use crate::keys::{ENTRY_SCHEMA, Lease, OpenKeys, office_unit};
use crate::records::Work;
use crate::scope::Now;

/// An office with its keys at hand. Everything that is done in it takes a [`Scope`](crate::Scope).
pub struct Room {
    pub(crate) office: Arc<dyn Office>,
    pub(crate) keys: Arc<OpenKeys>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) ids: Arc<IdSource>,
    /// Held by whoever makes records of a book, in all rooms of this office: the store knows a record by its id, and only its maker knows
    /// that there must not be two of a place.
    pub(crate) making: Arc<Mutex<()>>,
}

impl Room {
    /// Which office.
    #[must_use]
    pub fn id(&self) -> OfficeId {
        self.office.id()
    }

    /// Goes on with a new lease of the data key, or takes one of the next epoch's beside it.
    ///
    /// # Errors
    /// The lease cannot be written down; then nothing goes on.
    pub fn renew(&self, lease: Lease) -> Result<(), DeskError> {
        let entry = lease.entry.clone();
        self.keys.renew(lease);
        self.note_lease(entry)
    }

    /// Whether a piece of work could be done now: the key is lent and the store answers.
    ///
    /// # Errors
    /// Why not.
    pub fn ready(&self) -> Result<(), DeskError> {
        let reads = self.office.snapshot()?;
        reads.head()?;
        self.keys.of(reads.as_ref(), self.own_unit()?)?;
        Ok(())
    }

    /// That the key was lent stands in the office's journal before anything is opened with it.
    pub(crate) fn note_lease(&self, entry: EntryDraft) -> Result<(), DeskError> {
        Work::new(self).commit(self.new_request()?, entry)?;
        Ok(())
    }

    pub(crate) fn now(&self) -> Result<Now, DeskError> {
        Ok(Now { office: self.id(), at: UnixMillis::new(self.clock.unix_millis()?) })
    }

    /// The unit of the office itself.
    pub(crate) fn own_unit(&self) -> Result<UnitId, DeskError> {
        office_unit(self.id())
    }

    pub(crate) fn new_record(&self) -> Result<RecordId, DeskError> {
        self.new_id(RecordId::from_parts)
    }

    pub(crate) fn new_request(&self) -> Result<RequestId, DeskError> {
        self.new_id(RequestId::from_parts)
    }

    pub(crate) fn new_id<T>(&self, id: impl FnOnce(u64, [u8; 10]) -> Result<T, IdError>) -> Result<T, DeskError> {
        let mut chance = [0; 6];
        self.entropy.fill(&mut chance)?;
        Ok(self.ids.next(self.clock.unix_millis()?, chance, id)?)
    }

    /// Opens a record. What comes out is personal.
    pub(crate) fn unseal(&self, reads: &dyn Reads, record: &Record) -> Result<Zeroizing<Vec<u8>>, DeskError> {
        match self.unseal_with(self.keys.of(reads, record.unit)?.as_ref(), record) {
            // Another room rotated the unit's key since.
            Err(DeskError::Unseal { error: OpenError::OtherKey, .. }) => {
                self.unseal_with(self.keys.read_again(reads, record.unit)?.as_ref(), record)
            }
            done => done,
        }
    }

    /// The same with the keys of the unit at hand.
    pub(crate) fn unseal_with(&self, keys: &UnitKeys, record: &Record) -> Result<Zeroizing<Vec<u8>>, DeskError> {
        let name = record.name;
        let place = self.place(name, record.unit, record.version);
        let opened = keys.open_with(&place, &record.sealed, |schema| dictionaries::of(name.kind, schema));
        let opened = opened.map_err(|error| DeskError::Unseal { name, error })?;
        let known = Schema::new(1)..=Schema::new(kura_records::SCHEMA);
        opened.schema.check(known).map_err(|error| DeskError::Schema { name, error })?;
        Ok(opened.body)
    }

    /// Opens a record of the desk's own, which is one JSON value.
    pub(crate) fn unseal_json<T: serde::de::DeserializeOwned>(
        &self,
        reads: &dyn Reads,
        record: &Record,
    ) -> Result<T, DeskError> {
        let body = self.unseal(reads, record)?;
        serde_json::from_slice(&body).map_err(|_| DeskError::Shape { name: record.name })
    }

    pub(crate) fn place(&self, name: RecordName, unit: UnitId, version: u64) -> Place {
        Place { office: self.id(), unit, kind: name.kind, id: name.id, version }
    }
}

/// Opens the sealed part of an entry; nothing where it does not open, or is none.
pub(crate) fn entry(keys: &UnitKeys, office: OfficeId, seq: u64, sealed: &[u8]) -> Option<Entry> {
    let opened = keys.open_entry(office, seq, sealed).ok()?;
    opened.schema.check(Schema::new(1)..=ENTRY_SCHEMA).ok()?;
    Entry::decode(&opened.body).ok()
}
