//! The keys of an open office: lent for minutes, opened unit by unit.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kura_id::{OfficeId, UnitId};
use kura_journal::{EntryDraft, UnixMillis};
use kura_seal::{DataKey, KeyEpoch, LookupKey, Schema, UnitKey, seal_entry};
use kura_store::{Clock, Entropy, Limit, NotSealed, Reads, SealEntry, Wrap};

use crate::chance;
use crate::error::DeskError;

/// An office's data key, lent until then.
#[derive(Debug)]
pub struct Lease {
    /// The key.
    pub key: DataKey,
    /// After this instant it must not be used.
    pub until: UnixMillis,
    /// What the office's journal records before the key is used.
    pub entry: EntryDraft,
}

/// The unit of the office itself: it has the bytes of the office's id.
pub(crate) fn office_unit(office: OfficeId) -> Result<UnitId, DeskError> {
    Ok(UnitId::from_bytes(office.bytes())?)
}

/// What a lease opens.
pub(crate) struct OpenKeys {
    office: OfficeId,
    lease: RwLock<Lease>,
    units: RwLock<HashMap<UnitId, Arc<UnitKey>>>,
    lookup: LookupKey,
    clock: Arc<dyn Clock>,
}

impl OpenKeys {
    /// Opens the office's own unit, with whose key the journal and the office's records are sealed.
    pub(crate) fn open(
        office: OfficeId,
        lease: Lease,
        wrapped: &[u8],
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DeskError> {
        let unit = office_unit(office)?;
        let key = lease.key.unwrap_unit_key(office, unit, wrapped).map_err(|error| DeskError::Wrap { unit, error })?;
        Self::with_office_key(office, lease, key, clock)
    }

    /// The keys of an office that begins: its own unit's key, and the wrap of it for the keyring.
    pub(crate) fn begin(
        office: OfficeId,
        lease: Lease,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
    ) -> Result<(Self, Vec<u8>), DeskError> {
        let unit = office_unit(office)?;
        let mut chance = chance::source(entropy)?;
        let key = UnitKey::generate(&mut chance);
        let wrapped = lease.key.wrap_unit_key(&key, office, unit, &mut chance);
        let wrapped = wrapped.map_err(|error| DeskError::Wrap { unit, error })?;
        Ok((Self::with_office_key(office, lease, key, clock)?, wrapped))
    }

    fn with_office_key(office: OfficeId, lease: Lease, key: UnitKey, clock: Arc<dyn Clock>) -> Result<Self, DeskError> {
        let lookup = key.lookup_key();
        let units = RwLock::new(HashMap::from([(office_unit(office)?, Arc::new(key))]));
        Ok(Self { office, lease: RwLock::new(lease), units, lookup, clock })
    }

    /// Takes a new lease of the same data key.
    pub(crate) fn renew(&self, lease: Lease) {
        *self.lease.write().unwrap_or_else(PoisonError::into_inner) = lease;
    }

    pub(crate) const fn lookup(&self) -> &LookupKey {
        &self.lookup
    }

    /// The epoch of the data key, while the lease lasts.
    pub(crate) fn epoch(&self) -> Result<KeyEpoch, DeskError> {
        self.with_lease(|key| Ok(key.epoch()))
    }

    /// The key of a unit.
    pub(crate) fn of(&self, reads: &dyn Reads, unit: UnitId) -> Result<Arc<UnitKey>, DeskError> {
        if let Some(key) = self.held(unit)? {
            return Ok(key);
        }
        match reads.wrap(unit)? {
            Some(Wrap::Held(wrapped)) => self.unwrap(unit, &wrapped),
            Some(Wrap::Destroyed) => Err(DeskError::Erased { unit }),
            None => Err(DeskError::NotFound { what: "記録の鍵" }),
        }
    }

    /// Opens the whole keyring at once: for work on many people.
    pub(crate) fn open_all(&self, reads: &dyn Reads) -> Result<(), DeskError> {
        let mut after = None;
        loop {
            let page = reads.wraps(after, Limit::MAX)?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (unit, wrap) in page {
                if let Wrap::Held(wrapped) = wrap
                    && self.held(unit)?.is_none()
                {
                    self.unwrap(unit, &wrapped)?;
                }
            }
        }
    }

    /// A key for a unit that gets its first: the key, and its wrap for the keyring.
    pub(crate) fn new_unit(&self, unit: UnitId, entropy: &dyn Entropy) -> Result<(Arc<UnitKey>, Vec<u8>), DeskError> {
        let mut chance = chance::source(entropy)?;
        let key = Arc::new(UnitKey::generate(&mut chance));
        let wrapped = self.with_lease(|data_key| {
            data_key
                .wrap_unit_key(&key, self.office, unit, &mut chance)
                .map_err(|error| DeskError::Wrap { unit, error })
        })?;
        Ok((key, wrapped))
    }

    /// Remembers the key of a unit whose wrap is in the store now.
    pub(crate) fn keep(&self, unit: UnitId, key: Arc<UnitKey>) {
        self.units.write().unwrap_or_else(PoisonError::into_inner).insert(unit, key);
    }

    /// Forgets the key of an erased unit.
    pub(crate) fn forget(&self, unit: UnitId) {
        self.units.write().unwrap_or_else(PoisonError::into_inner).remove(&unit);
    }

    fn held(&self, unit: UnitId) -> Result<Option<Arc<UnitKey>>, DeskError> {
        self.with_lease(|_| Ok(()))?;
        Ok(self.units.read().unwrap_or_else(PoisonError::into_inner).get(&unit).map(Arc::clone))
    }

    fn unwrap(&self, unit: UnitId, wrapped: &[u8]) -> Result<Arc<UnitKey>, DeskError> {
        let key = self.with_lease(|data_key| {
            data_key.unwrap_unit_key(self.office, unit, wrapped).map_err(|error| DeskError::Wrap { unit, error })
        })?;
        let key = Arc::new(key);
        self.keep(unit, Arc::clone(&key));
        Ok(key)
    }

    fn with_lease<T>(&self, work: impl FnOnce(&DataKey) -> Result<T, DeskError>) -> Result<T, DeskError> {
        let lease = self.lease.read().unwrap_or_else(PoisonError::into_inner);
        if self.clock.unix_millis()? >= lease.until.get() {
            return Err(DeskError::NoKey);
        }
        work(&lease.key)
    }
}

/// Seals the journal's payloads with the key of the office's own unit. The store has it before the office is open: the first entry of
/// an office tells of that key.
pub(crate) struct JournalSeal {
    office: OfficeId,
    keys: RwLock<Option<Arc<OpenKeys>>>,
    entropy: Arc<dyn Entropy>,
}

/// The form of an entry's payload.
const ENTRY_SCHEMA: Schema = Schema::new(1);

impl JournalSeal {
    pub(crate) fn new(office: OfficeId, entropy: Arc<dyn Entropy>) -> Self {
        Self { office, keys: RwLock::new(None), entropy }
    }

    pub(crate) fn unlock(&self, keys: Arc<OpenKeys>) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(keys);
    }

    fn key(&self) -> Result<(Arc<UnitKey>, KeyEpoch), DeskError> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let keys = keys.as_ref().ok_or(DeskError::NoKey)?;
        let key = keys.held(office_unit(self.office)?)?.ok_or(DeskError::NoKey)?;
        Ok((key, keys.epoch()?))
    }
}

impl SealEntry for JournalSeal {
    fn seal(&self, office: OfficeId, seq: u64, payload: &[u8]) -> Result<Vec<u8>, NotSealed> {
        let (key, epoch) = self.key().map_err(|_| NotSealed::NoKey)?;
        let mut chance = chance::source(self.entropy.as_ref()).map_err(|_| NotSealed::Refused)?;
        seal_entry(&key, epoch, office, seq, ENTRY_SCHEMA, payload, &mut chance).map_err(|_| NotSealed::Refused)
    }
}
