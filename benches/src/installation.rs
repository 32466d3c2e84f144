use std::path::Path;
use std::sync::Arc;

use kura_desk::{Beginning, Desk, Lease, Room};
use kura_id::OfficeId;
use kura_journal::{Action, Actor, Detail, EntryDraft, Purpose, UnixMillis};
use kura_seal::{DataKey, KeyEpoch};
use kura_store::{Clock, Entropy, NotLent, Store};
use kura_store_sqlite::{Options, SqliteStore};
use rand_chacha::rand_core::TryRng;
use zeroize::Zeroizing;

/// The administrator of every invented office.
pub const ADMINISTRATOR: &str = "kura-admin";

/// All invented offices have this data key, which everybody can read here: there is nobody in them to protect.
const DATA_KEY: [u8; 32] = [7; 32];
/// 2026-07-01 00:00 UTC: when the ids of invented offices begin.
const BEGIN: u64 = 1_782_864_000_000;
const HOUR: u64 = 3_600_000;

/// A folder with a store of invented offices.
pub struct Installation {
    desk: Desk,
}

impl Installation {
    /// Opens the folder, which is made where it is missing.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (Arc::new(SystemClock), Arc::new(SystemChance));
        let store = SqliteStore::new(folder, Options::default(), Arc::clone(&clock), Arc::clone(&entropy)).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        Self { desk: Desk::new(store, clock, entropy) }
    }

    /// Makes the office of this number, with its administrator.
    #[must_use]
    pub fn begin(&self, number: u32) -> Room {
        let beginning = Beginning { administrator: ADMINISTRATOR.to_owned() };
        self.desk.begin(Self::office(number), lease(Self::office(number)), &beginning).unwrap()
    }

    /// Opens the office of this number.
    #[must_use]
    pub fn room(&self, number: u32) -> Room {
        self.desk.open(Self::office(number), lease(Self::office(number))).unwrap()
    }

    /// The id of the office of this number.
    #[must_use]
    pub fn office(number: u32) -> OfficeId {
        let [a, b, c, d] = number.to_be_bytes();
        OfficeId::from_parts(BEGIN, [0, 0, 0, 0, 0, 0, a, b, c, d]).unwrap()
    }
}

fn lease(office: OfficeId) -> Lease {
    let until = UnixMillis::new(SystemClock.unix_millis().unwrap() + HOUR);
    let mut entry = EntryDraft::new(office, Actor::SYSTEM, Action::Lease, Purpose::Maintenance);
    entry.detail = Some(Detail::Lease { key_epoch: 1, until });
    Lease { key: DataKey::from_bytes(KeyEpoch::FIRST, &Zeroizing::new(DATA_KEY)), until, entry }
}

struct SystemClock;

impl Clock for SystemClock {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        kura_platform::clock::unix_millis().map_err(|_| NotLent::Time)
    }
}

struct SystemChance;

impl Entropy for SystemChance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        let mut source = kura_platform::random::source().map_err(|_| NotLent::Chance)?;
        source.try_fill_bytes(bytes).map_err(|_| NotLent::Chance)
    }
}
