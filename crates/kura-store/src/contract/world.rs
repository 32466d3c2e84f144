//! An invented installation: a clock that stands still, chance from a seed, a seal that only marks.

use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kura_id::{Kind, OfficeId, RecordId, RequestId, UnitId};
use kura_journal::{Action, Actor, ContentHash, EntryDraft, Purpose, RecordVersion};

use crate::{
    Becomes, Beginning, Change, Clock, Commit, CommitError, Entropy, Index, Key, Keys, NotLent, NotSealed, Office,
    Receipt, RecordName, SealEntry, Store,
};

/// The kind of most invented records.
pub const SLIP: Kind = Kind::new(7);
/// Another kind.
pub const PERSON: Kind = Kind::new(3);
/// The index of most invented keys.
pub const BY_PERIOD: Index = Index::new(1);
/// Another index.
pub const BY_STATE: Index = Index::new(2);
/// When the invented world begins.
pub const START: u64 = 1_790_000_000_000;

/// A store that nobody used yet, and what must live as long as it does.
pub type Fresh = (Box<dyn Store>, Box<dyn Any>);

/// What the writer is lent, under the hand of the test.
#[derive(Clone)]
pub struct Lent {
    /// Milliseconds since 1970.
    pub now: Arc<AtomicU64>,
    /// Whether the key of the journal has gone.
    pub locked: Arc<AtomicBool>,
    chance: Arc<Mutex<Chance>>,
}

/// Chance that is the same each time (splitmix64).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }
}

impl Lent {
    /// A world of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            now: Arc::new(AtomicU64::new(START)),
            locked: Arc::default(),
            chance: Arc::new(Mutex::new(Chance::new(seed))),
        }
    }

    /// As the clock of a store.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.clone())
    }

    /// As the chance of a store.
    #[must_use]
    pub fn entropy(&self) -> Arc<dyn Entropy> {
        Arc::new(self.clone())
    }

    /// As the seal of an office.
    #[must_use]
    pub fn seal(&self) -> Arc<dyn SealEntry> {
        Arc::new(self.clone())
    }
}

impl Clock for Lent {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        Ok(self.now.load(Ordering::SeqCst))
    }
}

impl Entropy for Lent {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        let mut chance = self.chance.lock().map_err(|_| NotLent::Chance)?;
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&chance.number().to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// Marks instead of sealing, so that tests can read.
pub const SEALED: &[u8] = b"sealed:";

impl SealEntry for Lent {
    fn seal(&self, _office: OfficeId, _seq: u64, payload: &[u8]) -> Result<Vec<u8>, NotSealed> {
        if self.locked.load(Ordering::SeqCst) { Err(NotSealed::NoKey) } else { Ok([SEALED, payload].concat()) }
    }
}

/// A store with one office, open.
pub struct World {
    /// The office, open.
    pub office: Arc<dyn Office>,
    /// The store it lies in.
    pub store: Box<dyn Store>,
    /// Clock, chance and seal.
    pub lent: Lent,
    _keep: Box<dyn Any>,
}

impl World {
    /// A new store with one empty office.
    #[must_use]
    pub fn new(fresh: &dyn Fn(&Lent) -> Fresh) -> Self {
        let lent = Lent::new(1);
        let (store, keep) = fresh(&lent);
        store.create_office(office(1), Beginning::Empty).unwrap();
        let office = store.open_office(office(1), lent.seal()).unwrap();
        Self { office, store, lent, _keep: keep }
    }

    /// Another office of the same store, made as said.
    #[must_use]
    pub fn another(&self, number: u64, beginning: Beginning) -> Arc<dyn Office> {
        self.store.create_office(office(number), beginning).unwrap();
        self.store.open_office(office(number), self.lent.seal()).unwrap()
    }

    /// Commits changes as request `number`.
    ///
    /// # Errors
    /// The office's.
    pub fn commit(&self, number: u64, changes: Vec<Change>) -> Result<Receipt, CommitError> {
        self.office.commit(commit(&*self.office, number, changes))
    }
}

fn chance(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// Invented office `number`.
#[must_use]
pub fn office(number: u64) -> OfficeId {
    OfficeId::from_parts(START, chance(number)).unwrap()
}

/// Invented unit `number`.
#[must_use]
pub fn unit(number: u64) -> UnitId {
    UnitId::from_parts(START, chance(number)).unwrap()
}

/// Invented request `number`.
#[must_use]
pub fn request(number: u64) -> RequestId {
    RequestId::from_parts(START, chance(number)).unwrap()
}

/// Invented record `number` of a kind.
#[must_use]
pub fn name(kind: Kind, number: u64) -> RecordName {
    RecordName { kind, id: RecordId::from_parts(START, chance(number)).unwrap() }
}

/// A key.
#[must_use]
pub fn key(index: Index, value: &[u8]) -> Key {
    Key { index, value: value.to_vec() }
}

/// A change to sealed bytes without keys.
#[must_use]
pub fn put(name: RecordName, expected: u64, sealed: &[u8]) -> Change {
    put_with_keys(name, expected, sealed, [])
}

/// A change to sealed bytes with keys.
#[must_use]
pub fn put_with_keys(name: RecordName, expected: u64, sealed: &[u8], keys: impl IntoIterator<Item = Key>) -> Change {
    let becomes = Becomes::Sealed { schema: 1, bytes: sealed.to_vec(), keys: Keys::new(keys).unwrap() };
    Change { name, unit: unit(1), expected, becomes }
}

/// A deletion.
#[must_use]
pub fn delete(name: RecordName, expected: u64) -> Change {
    Change { name, unit: unit(1), expected, becomes: Becomes::Deleted }
}

/// A draft that tells of nothing yet.
#[must_use]
pub fn draft(office: OfficeId) -> EntryDraft {
    EntryDraft::new(office, Actor::SYSTEM, Action::Update, Purpose::Payroll)
}

/// What the entries must say about these changes.
#[must_use]
pub fn told(changes: &[Change]) -> Vec<RecordVersion> {
    let tell = |change: &Change| RecordVersion {
        kind: change.name.kind,
        id: change.name.id,
        version: change.version(),
        sealed: change.becomes.sealed().map(ContentHash::of),
    };
    changes.iter().map(tell).collect()
}

/// A commit of changes with the entries that tell of them.
#[must_use]
pub fn commit(to: &dyn Office, number: u64, changes: Vec<Change>) -> Commit {
    let mut draft = draft(to.id());
    draft.request = Some(request(number));
    draft.records = told(&changes);
    Commit { request: request(number), changes, keyring: Vec::new(), entries: draft.split() }
}
