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

/// 2026-07-01 00:00 UTC.
pub(crate) const START: u64 = 1_782_864_000_000;

/// The administrator of every invented office.
pub(crate) const ADMINISTRATOR: &str = "kura-admin";

pub(crate) struct TestClock(AtomicU64);

impl TestClock {
    pub(crate) fn pass(&self, millis: u64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
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
    pub(crate) store: Arc<dyn Store>,
    pub(crate) office: OfficeId,
    pub(crate) room: Room,
}

const DATA_KEY: [u8; 32] = [7; 32];

impl Given {
    pub(crate) fn office() -> Self {
        let clock = Arc::new(TestClock(AtomicU64::new(START)));
        let entropy = Arc::new(SeededEntropy(Mutex::new(ChaCha20Rng::from_seed([3; 32]))));
        let (lent_clock, lent_entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (clock.clone(), entropy);
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new(Arc::clone(&lent_clock), Arc::clone(&lent_entropy)));
        let desk = Desk::new(Arc::clone(&store), lent_clock, lent_entropy);
        let office = office_id();
        let beginning = Beginning { administrator: ADMINISTRATOR.to_owned() };
        let room = desk.begin(office, lease(START + 900_000), &beginning).unwrap();
        Self { desk, clock, store, office, room }
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
    let until = UnixMillis::new(until);
    let mut entry = EntryDraft::new(office_id(), Actor::SYSTEM, Action::Lease, Purpose::Maintenance);
    entry.detail = Some(Detail::Lease { key_epoch: 1, until });
    Lease { key: DataKey::from_bytes(KeyEpoch::FIRST, &Zeroizing::new(DATA_KEY)), until, entry }
}

fn office_id() -> OfficeId {
    OfficeId::from_parts(START, [1; 10]).unwrap()
}

/// A client of the demo, by its place in the list.
pub(crate) fn demo(at: usize) -> Book {
    kura_demo::books(Law::embedded().unwrap()).unwrap().remove(at).book
}
