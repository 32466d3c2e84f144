//! Data keys: made, leased, rotated, destroyed.

use kura_id::{Kind, OfficeId, RecordId};
use kura_journal::{Action, ContentHash, Detail, Purpose, RecordVersion, UnixMillis};
use kura_seal::{DataKey, KeyEpoch};
use zeroize::Zeroizing;

use super::{Vault, WAITING_MAX};
use crate::data_keys::{KeyFile, NewKey, public_key};
use crate::message::{By, JournalLine, KeyMade, LEASE_SECONDS_MAX, LeaseRequest, Refusal, Reply, Waiting};

/// The kind under which the vault's own journal names a data key; the desk's list keeps this number free.
const DATA_KEY: Kind = Kind::new(u16::MAX);

impl Vault {
    /// Gives a data key out: the line first, then the key.
    pub(super) fn lease(&mut self, lease: &LeaseRequest, now: u64) -> Result<(Reply, Zeroizing<Vec<u8>>), Refusal> {
        if lease.seconds == 0 || lease.seconds > LEASE_SECONDS_MAX {
            return Err(Refusal::LeaseLength);
        }
        let found = match lease.epoch {
            None => KeyFile::newest(&self.home, lease.office)?.ok_or(Refusal::UnknownOffice)?,
            Some(epoch) => {
                KeyFile::read(&self.home, lease.office, KeyEpoch::new(epoch))?.ok_or(Refusal::UnknownEpoch { epoch })?
            }
        };
        let Some(vault_key) = &self.vault_key else {
            self.wait_for(lease, now);
            return Err(Refusal::Locked);
        };
        let key = found.open(vault_key)?;
        let until = UnixMillis::new(now.saturating_add(u64::from(lease.seconds).saturating_mul(1000)));
        let mut draft = self.draft(&lease.by, Action::Lease, lease.purpose);
        draft.records = names(lease.office, found.epoch, Some(ContentHash::of(&found.bytes()?)))?;
        draft.detail = Some(Detail::Lease { key_epoch: found.epoch, until });
        let line = self.record(&draft, now)?;
        self.waiting.retain(|waiting| !same(waiting, lease));
        Ok((Reply::Leased { epoch: found.epoch, until, line }, Zeroizing::new(key.expose().to_vec())))
    }

    /// The first data key of an office.
    pub(super) fn create_office(
        &mut self,
        office: OfficeId,
        recovery: &[u8],
        by: &By,
        now: u64,
    ) -> Result<KeyMade, Refusal> {
        match KeyFile::newest(&self.home, office)? {
            Some(first) if first.request == by.request => Ok(made(first)),
            Some(_) => Err(Refusal::OfficeExists),
            None => self.make(office, KeyEpoch::FIRST, recovery, by, now),
        }
    }

    /// Takes the data key of an office that was restored elsewhere from its recovery sheet. A key that is here is never replaced.
    pub(super) fn adopt(
        &mut self,
        office: OfficeId,
        epoch: u32,
        key: &[u8],
        recovery: &[u8],
        by: &By,
        now: u64,
    ) -> Result<KeyMade, Refusal> {
        let epoch = KeyEpoch::new(epoch);
        match KeyFile::read(&self.home, office, epoch)? {
            Some(there) if there.request == by.request => return Ok(made(there)),
            Some(_) => return Err(Refusal::OfficeExists),
            None => {}
        }
        let key: &[u8; 32] = key.try_into().map_err(|_| Refusal::NotUnderstood)?;
        let key = DataKey::from_bytes(epoch, &Zeroizing::new(*key));
        self.keep(key, office, recovery, by, now)
    }

    /// The data key of the next epoch. The one before stays until it is retired: the keyring is rewrapped in between.
    pub(super) fn rotate(&mut self, office: OfficeId, by: &By, now: u64) -> Result<KeyMade, Refusal> {
        let newest = KeyFile::newest(&self.home, office)?.ok_or(Refusal::UnknownOffice)?;
        if newest.request == by.request {
            return Ok(made(newest));
        }
        let next = KeyEpoch::new(newest.epoch).next().ok_or(Refusal::KeyInUse)?;
        self.make(office, next, newest.recovery(), by, now)
    }

    /// Destroys a data key that is not the newest.
    pub(super) fn retire(&mut self, office: OfficeId, epoch: u32, by: &By, now: u64) -> Result<JournalLine, Refusal> {
        self.must_be_open()?;
        let newest = KeyFile::newest(&self.home, office)?.ok_or(Refusal::UnknownOffice)?;
        if epoch >= newest.epoch {
            return Err(if epoch == newest.epoch { Refusal::KeyInUse } else { Refusal::UnknownEpoch { epoch } });
        }
        if KeyFile::read(&self.home, office, KeyEpoch::new(epoch))?.is_none() {
            return Err(Refusal::UnknownEpoch { epoch });
        }
        let line = self.record_key(office, epoch, None, by, now)?;
        KeyFile::destroy(&self.home, office, KeyEpoch::new(epoch))?;
        Ok(line)
    }

    fn make(
        &mut self,
        office: OfficeId,
        epoch: KeyEpoch,
        recovery: &[u8],
        by: &By,
        now: u64,
    ) -> Result<KeyMade, Refusal> {
        let key = DataKey::generate(epoch, &mut self.chance);
        self.keep(key, office, recovery, by, now)
    }

    fn keep(&mut self, key: DataKey, office: OfficeId, recovery: &[u8], by: &By, now: u64) -> Result<KeyMade, Refusal> {
        let vault_key = self.vault_key.as_ref().ok_or(Refusal::Locked)?;
        let epoch = key.epoch();
        let new = NewKey { office, key, recovery: public_key(recovery)?, request: by.request, now };
        let file = KeyFile::make(vault_key, &new, &mut self.chance)?;
        let bytes = file.bytes()?;
        self.record_key(office, epoch.get(), Some(ContentHash::of(&bytes)), by, now)?;
        file.write(&self.home, &bytes)?;
        Ok(made(file))
    }

    fn must_be_open(&self) -> Result<(), Refusal> {
        if self.vault_key.is_some() { Ok(()) } else { Err(Refusal::Locked) }
    }

    /// The line of a key that was made, with the hash of its file, or destroyed, with none.
    fn record_key(
        &mut self,
        office: OfficeId,
        epoch: u32,
        file: Option<ContentHash>,
        by: &By,
        now: u64,
    ) -> Result<JournalLine, Refusal> {
        let action = if file.is_some() { Action::Create } else { Action::DestroyKey };
        let mut draft = self.draft(by, action, Purpose::Administration);
        draft.records = names(office, epoch, file)?;
        self.record(&draft, now)
    }

    fn wait_for(&mut self, lease: &LeaseRequest, now: u64) {
        let asked = UnixMillis::new(now);
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| same(waiting, lease)) {
            waiting.asked = asked;
        } else if self.waiting.len() < WAITING_MAX {
            self.waiting.push(Waiting { office: lease.office, purpose: lease.purpose, since: asked, asked });
        }
    }
}

fn same(waiting: &Waiting, lease: &LeaseRequest) -> bool {
    waiting.office == lease.office && waiting.purpose == lease.purpose
}

fn made(file: KeyFile) -> KeyMade {
    KeyMade { epoch: file.epoch, for_recovery: file.for_recovery }
}

/// The data key as the journal names it: the id is the office's, the version its epoch.
fn names(office: OfficeId, epoch: u32, sealed: Option<ContentHash>) -> Result<Vec<RecordVersion>, Refusal> {
    let id = RecordId::from_bytes(office.bytes()).map_err(|_| Refusal::Damaged)?;
    Ok(vec![RecordVersion { kind: DATA_KEY, id, version: u64::from(epoch), sealed }])
}
