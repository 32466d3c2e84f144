//! The keys of an open office: lent for minutes, opened unit by unit.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kura_id::{OfficeId, UnitId};
use kura_journal::{EntryDraft, UnixMillis};
use kura_seal::{DataKey, Header, KeyEpoch, LookupKey, Schema, UnitKey, UnitKeys, seal_entry};
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

/// What leases open.
pub(crate) struct OpenKeys {
    office: OfficeId,
    /// The newest epoch first. There is more than one only while the keyring goes from one epoch to the next.
    leases: RwLock<Vec<Lease>>,
    units: RwLock<HashMap<UnitId, Held>>,
    lookup: LookupKey,
    clock: Arc<dyn Clock>,
}

/// A unit's keys with the row of the keyring they came from, by which a change is noticed.
struct Held {
    keys: Arc<UnitKeys>,
    wrapped: Vec<u8>,
}

impl OpenKeys {
    /// Opens the office's own unit, with whose key the journal and the office's records are sealed.
    pub(crate) fn open(
        office: OfficeId,
        leases: Vec<Lease>,
        wrapped: &[u8],
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DeskError> {
        let unit = office_unit(office)?;
        let leases = sorted(leases);
        let keys = lease_of(&leases, wrapped)?.key.unwrap_unit_keys(office, unit, wrapped);
        let keys = keys.map_err(|error| DeskError::Wrap { unit, error })?;
        Self::with_office_keys(office, leases, keys, wrapped.to_vec(), clock)
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
        let keys = UnitKeys::from(UnitKey::generate(&mut chance));
        let wrapped = lease.key.wrap_unit_keys(&keys, office, unit, &mut chance);
        let wrapped = wrapped.map_err(|error| DeskError::Wrap { unit, error })?;
        Ok((Self::with_office_keys(office, vec![lease], keys, wrapped.clone(), clock)?, wrapped))
    }

    fn with_office_keys(
        office: OfficeId,
        leases: Vec<Lease>,
        keys: UnitKeys,
        wrapped: Vec<u8>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DeskError> {
        let lookup = keys.lookup_key();
        let held = Held { keys: Arc::new(keys), wrapped };
        let units = RwLock::new(HashMap::from([(office_unit(office)?, held)]));
        Ok(Self { office, leases: RwLock::new(leases), units, lookup, clock })
    }

    /// Takes a lease of the same data key, or of the next epoch's: the former one stays as long as it is lent.
    pub(crate) fn renew(&self, lease: Lease) {
        let mut leases = self.leases.write().unwrap_or_else(PoisonError::into_inner);
        leases.retain(|held| held.key.epoch() != lease.key.epoch());
        leases.push(lease);
        *leases = sorted(std::mem::take(&mut leases));
    }

    pub(crate) const fn lookup(&self) -> &LookupKey {
        &self.lookup
    }

    /// The epoch of the newest data key, while its lease lasts.
    pub(crate) fn epoch(&self) -> Result<KeyEpoch, DeskError> {
        self.with_newest(|key| Ok(key.epoch()))
    }

    /// The keys of a unit.
    pub(crate) fn of(&self, reads: &dyn Reads, unit: UnitId) -> Result<Arc<UnitKeys>, DeskError> {
        match self.held(unit)? {
            Some(keys) => Ok(keys),
            None => self.read_again(reads, unit),
        }
    }

    /// The keys of a unit as the keyring has them now.
    pub(crate) fn read_again(&self, reads: &dyn Reads, unit: UnitId) -> Result<Arc<UnitKeys>, DeskError> {
        match reads.wrap(unit)? {
            Some(Wrap::Held(wrapped)) => self.unwrap_and_keep(unit, wrapped),
            Some(Wrap::Destroyed) => Err(DeskError::Erased { unit }),
            None => Err(DeskError::NotFound { what: "記録の鍵" }),
        }
    }

    /// Opens the whole keyring at once, for work on many people; what was rotated or destroyed by others is noticed.
    pub(crate) fn open_all(&self, reads: &dyn Reads) -> Result<(), DeskError> {
        let mut after = None;
        loop {
            let page = reads.wraps(after, Limit::MAX)?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (unit, wrap) in page {
                match wrap {
                    Wrap::Held(wrapped) if self.is_held(unit, &wrapped) => {}
                    Wrap::Held(wrapped) => drop(self.unwrap_and_keep(unit, wrapped)?),
                    Wrap::Destroyed => self.forget(unit),
                }
            }
        }
    }

    /// A key for a unit that gets its first: the keys, and their wrap for the keyring.
    pub(crate) fn new_unit(&self, unit: UnitId, entropy: &dyn Entropy) -> Result<(Arc<UnitKeys>, Vec<u8>), DeskError> {
        let mut chance = chance::source(entropy)?;
        let keys = UnitKeys::from(UnitKey::generate(&mut chance));
        let wrapped = self.wrap(unit, &keys, &mut chance)?;
        Ok((Arc::new(keys), wrapped))
    }

    /// A unit's row of the keyring under the newest data key.
    pub(crate) fn wrap(
        &self,
        unit: UnitId,
        keys: &UnitKeys,
        chance: &mut rand_chacha::ChaCha20Rng,
    ) -> Result<Vec<u8>, DeskError> {
        self.with_newest(|data_key| {
            let wrapped = data_key.wrap_unit_keys(keys, self.office, unit, chance);
            wrapped.map_err(|error| DeskError::Wrap { unit, error })
        })
    }

    /// The keys in a row of the keyring, under whichever data key it lies.
    pub(crate) fn unwrap(&self, unit: UnitId, wrapped: &[u8]) -> Result<UnitKeys, DeskError> {
        let leases = self.leases.read().unwrap_or_else(PoisonError::into_inner);
        let lease = lease_of(&leases, wrapped)?;
        self.check_lent(lease)?;
        let keys = lease.key.unwrap_unit_keys(self.office, unit, wrapped);
        keys.map_err(|error| DeskError::Wrap { unit, error })
    }

    /// Remembers the keys of a unit whose wrap is in the store now.
    pub(crate) fn keep(&self, unit: UnitId, keys: Arc<UnitKeys>, wrapped: Vec<u8>) {
        self.units.write().unwrap_or_else(PoisonError::into_inner).insert(unit, Held { keys, wrapped });
    }

    /// Forgets the keys of an erased unit.
    pub(crate) fn forget(&self, unit: UnitId) {
        self.units.write().unwrap_or_else(PoisonError::into_inner).remove(&unit);
    }

    fn held(&self, unit: UnitId) -> Result<Option<Arc<UnitKeys>>, DeskError> {
        self.with_newest(|_| Ok(()))?;
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        Ok(units.get(&unit).map(|held| Arc::clone(&held.keys)))
    }

    fn is_held(&self, unit: UnitId, wrapped: &[u8]) -> bool {
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        units.get(&unit).is_some_and(|held| held.wrapped == wrapped)
    }

    fn unwrap_and_keep(&self, unit: UnitId, wrapped: Vec<u8>) -> Result<Arc<UnitKeys>, DeskError> {
        let keys = Arc::new(self.unwrap(unit, &wrapped)?);
        self.keep(unit, Arc::clone(&keys), wrapped);
        Ok(keys)
    }

    fn with_newest<T>(&self, work: impl FnOnce(&DataKey) -> Result<T, DeskError>) -> Result<T, DeskError> {
        let leases = self.leases.read().unwrap_or_else(PoisonError::into_inner);
        let newest = leases.first().ok_or(DeskError::NoKey)?;
        self.check_lent(newest)?;
        work(&newest.key)
    }

    fn check_lent(&self, lease: &Lease) -> Result<(), DeskError> {
        if self.clock.unix_millis()? < lease.until.get() { Ok(()) } else { Err(DeskError::NoKey) }
    }
}

fn sorted(mut leases: Vec<Lease>) -> Vec<Lease> {
    leases.sort_by_key(|lease| std::cmp::Reverse(lease.key.epoch()));
    leases
}

/// The lease of the epoch under which a row lies; where there is none, the newest, which says so.
fn lease_of<'l>(leases: &'l [Lease], wrapped: &[u8]) -> Result<&'l Lease, DeskError> {
    let epoch = Header::read(wrapped).map(|header| header.epoch);
    let same = leases.iter().find(|lease| Some(lease.key.epoch()) == epoch);
    same.or(leases.first()).ok_or(DeskError::NoKey)
}

/// Seals the journal's payloads with the key of the office's own unit. The store has it before the office is open: the first entry of
/// an office tells of that key.
pub(crate) struct JournalSeal {
    office: OfficeId,
    keys: RwLock<Option<Arc<OpenKeys>>>,
    entropy: Arc<dyn Entropy>,
}

/// The form of an entry's payload.
pub(crate) const ENTRY_SCHEMA: Schema = Schema::new(1);

impl JournalSeal {
    pub(crate) fn new(office: OfficeId, entropy: Arc<dyn Entropy>) -> Self {
        Self { office, keys: RwLock::new(None), entropy }
    }

    pub(crate) fn unlock(&self, keys: Arc<OpenKeys>) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(keys);
    }

    fn key(&self) -> Result<(Arc<UnitKeys>, KeyEpoch), DeskError> {
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
        seal_entry(key.newest(), epoch, office, seq, ENTRY_SCHEMA, payload, &mut chance).map_err(|_| NotSealed::Refused)
    }
}
