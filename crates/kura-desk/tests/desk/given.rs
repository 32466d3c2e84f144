//! An invented office with a clock that only tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kura_desk::{Beginning, Desk, Lease, Room};
use kura_id::OfficeId;
use kura_journal::{Action, Actor, Detail, EntryDraft, Purpose, UnixMillis};
use kura_law::Law;
use kura_model::Book;
use kura_seal::{DataKey, KeyEpoch};
use kura_store::{Clock, Entropy, MemoryStore, NotLent, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use std::sync::Mutex;
use zeroize::Zeroizing;

use crate::faulty::{FaultyStore, Plan};

/// 2026-07-01 00:00 UTC.
pub(crate) const START: u64 = 1_782_864_000_000;

/// The administrator of every invented office.
pub(crate) const ADMINISTRATOR: &str = "kura-admin";

pub(crate) struct TestClock(AtomicU64);

impl TestClock {
    pub(crate) fn pass(&self, millis: u64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }

    pub(crate) fn back(&self, millis: u64) {
        self.0.fetch_sub(millis, Ordering::Relaxed);
    }

    pub(crate) fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Clock for TestClock {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        Ok(self.0.load(Ordering::Relaxed))
    }
}

struct SeededEntropy(Mutex<ChaCha20Rng>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        self.0.lock().unwrap().fill_bytes(bytes);
        Ok(())
    }
}

/// An office that has begun, and what it stands on.
pub(crate) struct Given {
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) office: OfficeId,
    pub(crate) room: Room,
    /// What happens to the store.
    pub(crate) plan: Arc<Plan>,
}

const DATA_KEY: [u8; 32] = [7; 32];

impl Given {
    pub(crate) fn office() -> Self {
        let clock = Arc::new(TestClock(AtomicU64::new(START)));
        let entropy = Arc::new(SeededEntropy(Mutex::new(ChaCha20Rng::from_seed([3; 32]))));
        let (lent_clock, lent_entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (clock.clone(), entropy);
        let inner: Arc<dyn Store> = Arc::new(MemoryStore::new(Arc::clone(&lent_clock), Arc::clone(&lent_entropy)));
        let plan = Arc::new(Plan::default());
        let store: Arc<dyn Store> = Arc::new(FaultyStore { inner, plan: Arc::clone(&plan) });
        let entropy = Arc::clone(&lent_entropy);
        let desk = Desk::new(Arc::clone(&store), lent_clock, lent_entropy);
        let office = office_id();
        let beginning = Beginning { administrator: ADMINISTRATOR.to_owned() };
        let room = desk.begin(office, lease(START + 900_000), &beginning).unwrap();
        Self { desk, clock, entropy, store, office, room, plan }
    }

    /// The office with the facts of the demo's clients.
    pub(crate) fn with_books(books: &[&Book]) -> Self {
        let given = Self::office();
        let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
        for book in books {
            given.room.import(&scope, book, None, false).unwrap();
        }
        given
    }
}

pub(crate) fn lease(until: u64) -> Lease {
    lease_of(office_id(), KeyEpoch::FIRST, DATA_KEY, until)
}

/// A lease of the data key of the second epoch.
pub(crate) fn next_lease(until: u64) -> Lease {
    lease_of(office_id(), KeyEpoch::new(2), [8; 32], until)
}

/// A lease of another office's data key.
pub(crate) fn lease_next_door(office: OfficeId, until: u64) -> Lease {
    lease_of(office, KeyEpoch::FIRST, [9; 32], until)
}

fn lease_of(office: OfficeId, epoch: KeyEpoch, key: [u8; 32], until: u64) -> Lease {
    let until = UnixMillis::new(until);
    let mut entry = EntryDraft::new(office, Actor::SYSTEM, Action::Lease, Purpose::Maintenance);
    entry.detail = Some(Detail::Lease { key_epoch: epoch.get(), until });
    Lease { key: DataKey::from_bytes(epoch, &Zeroizing::new(key)), until, entry }
}

fn office_id() -> OfficeId {
    OfficeId::from_parts(START, [1; 10]).unwrap()
}

/// A client of the demo, by its place in the list.
pub(crate) fn demo(at: usize) -> Book {
    kura_demo::books(Law::embedded().unwrap()).unwrap().remove(at).book
}

/// The first payment month of a client of the demo.
pub(crate) fn first_month(at: usize) -> kura_calendar::Month {
    match kura_demo::books(Law::embedded().unwrap()).unwrap()[at].runs[0] {
        kura_demo::DemoRun::Month { month } => month,
        kura_demo::DemoRun::Bonus { paid_on, .. } => kura_calendar::Month::of(paid_on),
    }
}

/// Seals nothing: whoever looks at a store with it adds no entry.
pub(crate) struct Blank;

impl kura_store::SealEntry for Blank {
    fn seal(&self, _: kura_id::OfficeId, _: u64, payload: &[u8]) -> Result<Vec<u8>, kura_store::NotSealed> {
        Ok(payload.to_vec())
    }
}
