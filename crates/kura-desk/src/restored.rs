//! An office that came back from its archive: its entries are opened to prove it, and it begins a new log epoch on this machine.

use std::sync::Arc;

use kura_id::{OfficeId, UnitId, UserId};
use kura_journal::{Action, Actor, Authentication, Detail, Entry, EntryDraft, Opening, Purpose, Role};
use kura_seal::{DataKey, Header, UnitKeys, WrapError};
use kura_store::{self as store, RecordName, Wrap};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::keys::{JournalSeal, Lease, OpenKeys, office_unit};
use crate::records::Work;
use crate::room::{self, Room};
use crate::users::{self, User};

/// Opens the entries of an office with a data key from its recovery sheet, for whoever proves an archive.
pub struct JournalReader {
    office: OfficeId,
    keys: UnitKeys,
}

/// What the restore of an office leaves to be done before anybody works in it.
#[derive(Debug, Clone)]
pub struct TakingIn {
    /// How the new log epoch begins.
    pub opening: Opening,
    /// Records of units that were erased: a restore to before their erasure brought them back, and nothing opens them.
    pub erased: Vec<(RecordName, UnitId, u64)>,
    /// The operating system's user who holds the recovery sheet: becomes an administrator.
    pub administrator: String,
}

impl JournalReader {
    /// With the data keys of the sheet, and the office's own row of the keyring.
    ///
    /// # Errors
    /// [`DeskError::Wrap`] where none of the keys opens the row.
    pub fn new(office: OfficeId, data_keys: &[DataKey], row: &[u8]) -> Result<Self, DeskError> {
        let unit = office_unit(office)?;
        let epoch = Header::read(row).map(|header| header.epoch);
        let key = data_keys.iter().find(|key| Some(key.epoch()) == epoch);
        let key = key.ok_or(DeskError::Wrap { unit, error: WrapError::OtherKey })?;
        let keys = key.unwrap_unit_keys(office, unit, row).map_err(|error| DeskError::Wrap { unit, error })?;
        Ok(Self { office, keys })
    }

    /// The entry of this number, from its sealed part; nothing where it is not one of this office.
    #[must_use]
    pub fn open(&self, seq: u64, sealed: &[u8]) -> Option<Entry> {
        room::entry(&self.keys, self.office, seq, sealed).filter(|entry| entry.draft.office == self.office)
    }
}

impl Desk {
    /// Takes an office in that was restored into the store: opens its new log epoch, takes away what was erased, and makes the holder of the
    /// recovery sheet an administrator.
    ///
    /// # Errors
    /// The lease does not open it, or it is no office that is being restored.
    pub fn take_in(&self, office: OfficeId, leases: Vec<Lease>, taking: &TakingIn) -> Result<Room, DeskError> {
        let seal = Arc::new(JournalSeal::new(office, Arc::clone(&self.entropy)));
        let lent: Arc<dyn store::SealEntry> = seal.clone();
        let opened = self.store.open_office(office, lent)?;
        let Some(Wrap::Held(wrapped)) = opened.wrap(office_unit(office)?)? else {
            return Err(DeskError::NotFound { what: "事務所の鍵" });
        };
        let lent_by: Vec<EntryDraft> = leases.iter().map(|lease| lease.entry.clone()).collect();
        let keys = Arc::new(OpenKeys::open(office, leases, &wrapped, Arc::clone(&self.clock))?);
        seal.unlock(Arc::clone(&keys));
        let room = self.room(opened, keys);
        let told = EntryDraft::new(office, BY_SHEET, Action::NewLogEpoch, Purpose::Maintenance);
        room.office.promote(taking.opening, told)?;
        for entry in lent_by {
            room.note_lease(entry)?;
        }
        room.take_away(&taking.erased)?;
        room.enrol(&taking.administrator)?;
        Ok(room)
    }
}

/// Whoever holds the recovery sheet.
const BY_SHEET: Actor =
    Actor { role: Role::OfficeAdministrator, authentication: Authentication::RecoverySheet, ..Actor::SYSTEM };

/// So many records are deleted in one commit.
const DELETED_TOGETHER: usize = 5_000;

impl Room {
    fn take_away(&self, erased: &[(RecordName, UnitId, u64)]) -> Result<(), DeskError> {
        for part in erased.chunks(DELETED_TOGETHER) {
            let mut work = Work::new(self);
            let mut told = EntryDraft::new(self.id(), BY_SHEET, Action::Delete, Purpose::RequestOfPerson);
            for record in part {
                work.delete(*record);
                told.subjects.push(record.1);
            }
            told.subjects.sort_unstable();
            told.subjects.dedup();
            work.commit(self.new_request()?, told)?;
        }
        Ok(())
    }

    fn enrol(&self, administrator: &str) -> Result<(), DeskError> {
        let known = self.stored_users()?.into_iter().find(|(user, _)| user.name == administrator);
        let (id, version) = match known {
            Some((user, _)) if user.role == Role::OfficeAdministrator => return Ok(()),
            Some((user, version)) => (user.id, version),
            None => (self.new_id(UserId::from_parts)?, 0),
        };
        let user = User { id, name: administrator.to_owned(), role: Role::OfficeAdministrator, clients: Vec::new() };
        let mut work = Work::new(self);
        users::put(&mut work, self, &user, version)?;
        let mut told = EntryDraft::new(self.id(), BY_SHEET, Action::Grant, Purpose::Administration);
        told.detail = Some(Detail::Grant { user: id, role: user.role, until: None });
        work.commit(self.new_request()?, told)?;
        Ok(())
    }
}
