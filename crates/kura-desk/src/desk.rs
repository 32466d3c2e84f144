//! The door: an office is reached through here, with its key lent and somebody signed in, or not at all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kura_id::{OfficeId, UserId};
use kura_journal::{Action, Actor, EntryDraft, Purpose, Role};
use kura_seal::{Header, KeyEpoch};
use kura_store::{self as store, Clock, Commit, Entropy, KeyringChange, Store, Wrap};

use crate::error::DeskError;
use crate::ids::IdSource;
use crate::keys::{JournalSeal, Lease, OpenKeys, office_unit};
use crate::records::Work;
use crate::room::Room;
use crate::users::{self, User};

/// The offices of an installation.
pub struct Desk {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    making: Mutex<BTreeMap<OfficeId, Arc<Mutex<()>>>>,
}

/// How an office begins.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The name by which the operating system knows its first administrator.
    pub administrator: String,
}

impl Desk {
    /// A desk over a store, with the clock and the chance of the system.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { store, clock, entropy, making: Mutex::default() }
    }

    /// The offices there are, oldest first.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn offices(&self) -> Result<Vec<OfficeId>, DeskError> {
        Ok(self.store.offices().map_err(store::OpenError::from)?)
    }

    /// Makes an office whose data key was just made, with its first administrator.
    ///
    /// # Errors
    /// There is one of this id, or the store or the lease fails; a repeat goes on where it stopped.
    pub fn begin(&self, office: OfficeId, lease: Lease, beginning: &Beginning) -> Result<Room, DeskError> {
        match self.store.create_office(office, store::Beginning::Empty) {
            Ok(()) | Err(store::OpenError::Exists { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let seal = Arc::new(JournalSeal::new(office, Arc::clone(&self.entropy)));
        let lent: Arc<dyn store::SealEntry> = seal.clone();
        let opened = self.store.open_office(office, lent)?;
        let unit = office_unit(office)?;
        if opened.wrap(unit)?.is_some() {
            return Err(store::OpenError::Exists { office }.into());
        }
        let lent_by = lease.entry.clone();
        let (keys, wrapped) = OpenKeys::begin(office, lease, Arc::clone(&self.clock), self.entropy.as_ref())?;
        let keys = Arc::new(keys);
        seal.unlock(Arc::clone(&keys));
        let room = self.room(opened, keys);
        let mut told = EntryDraft::new(office, Actor::SYSTEM, Action::Create, Purpose::Administration);
        let request = room.new_request()?;
        told.request = Some(request);
        let keyring = vec![KeyringChange::Wrap { unit, wrapped }];
        room.office.commit(Commit { request, changes: Vec::new(), keyring, entries: vec![lent_by, told] })?;
        let administrator = User {
            id: room.new_id(UserId::from_parts)?,
            name: beginning.administrator.clone(),
            role: Role::OfficeAdministrator,
            clients: Vec::new(),
        };
        let mut work = Work::new(&room);
        users::put(&mut work, &room, &administrator, 0)?;
        let told = EntryDraft::new(office, Actor::SYSTEM, Action::Grant, Purpose::Administration);
        work.commit(room.new_request()?, told)?;
        Ok(room)
    }

    /// Opens an office with a lease of its data key.
    ///
    /// # Errors
    /// There is no such office, another process has it, or the lease does not open it.
    pub fn open(&self, office: OfficeId, lease: Lease) -> Result<Room, DeskError> {
        self.open_with(office, vec![lease])
    }

    /// The epoch of the data key under which an office lies, read without a key. It is below the newest one as long as the keyring is on
    /// its way to that: such an office opens with both ([`open_with`](Self::open_with)).
    ///
    /// # Errors
    /// There is no such office, or another process has it.
    pub fn key_epoch(&self, office: OfficeId) -> Result<KeyEpoch, DeskError> {
        let opened = self.store.open_office(office, Arc::new(JournalSeal::new(office, Arc::clone(&self.entropy))))?;
        let unit = office_unit(office)?;
        match opened.wrap(unit)? {
            Some(Wrap::Held(wrapped)) => match Header::read(&wrapped) {
                Some(header) => Ok(header.epoch),
                None => Err(DeskError::NotFound { what: "事務所の鍵" }),
            },
            Some(Wrap::Destroyed) => Err(DeskError::Erased { unit }),
            None => Err(DeskError::NotFound { what: "事務所の鍵" }),
        }
    }

    /// Opens an office whose keyring is on its way from one data key to the next: with leases of both, so that the rotation can go on
    /// ([`Room::rotate_data_key`]).
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(&self, office: OfficeId, leases: Vec<Lease>) -> Result<Room, DeskError> {
        let seal = Arc::new(JournalSeal::new(office, Arc::clone(&self.entropy)));
        let lent: Arc<dyn store::SealEntry> = seal.clone();
        let opened = self.store.open_office(office, lent)?;
        let unit = office_unit(office)?;
        let wrapped = match opened.wrap(unit)? {
            Some(Wrap::Held(wrapped)) => wrapped,
            Some(Wrap::Destroyed) => return Err(DeskError::Erased { unit }),
            None => return Err(DeskError::NotFound { what: "事務所の鍵" }),
        };
        let entries: Vec<_> = leases.iter().map(|lease| lease.entry.clone()).collect();
        let keys = Arc::new(OpenKeys::open(office, leases, &wrapped, Arc::clone(&self.clock))?);
        seal.unlock(Arc::clone(&keys));
        let room = self.room(opened, keys);
        for entry in entries {
            room.note_lease(entry)?;
        }
        Ok(room)
    }

    pub(crate) fn room(&self, office: Arc<dyn store::Office>, keys: Arc<OpenKeys>) -> Room {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let making = Arc::clone(making.entry(office.id()).or_default());
        Room {
            office,
            keys,
            clock: Arc::clone(&self.clock),
            entropy: Arc::clone(&self.entropy),
            ids: Arc::new(IdSource::new()),
            making,
        }
    }
}
