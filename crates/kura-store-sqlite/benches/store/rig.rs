//! Offices on a disk, and invented commits.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kura_id::UnitId;
use kura_store::contract::world::{self, Chance, Lent, SLIP};
use kura_store::{
    Becomes, Beginning, Change, Commit, Find, Index, Key, Keys, Limit, Office, RecordName, Store, Values,
};
use kura_store_sqlite::{Options, SqliteStore};

/// About a payslip, sealed.
pub(crate) const SEALED_BYTES: usize = 700;
/// People of an invented client: so many records share a period.
const PEOPLE: u64 = 3_000;
const BY_PERIOD: Index = Index::new(1);
const BY_PERSON: Index = Index::new(2);
const BY_STATE: Index = Index::new(3);

/// Open offices in a folder of their own.
pub(crate) struct Rig {
    offices: Vec<Arc<dyn Office>>,
    requests: AtomicU64,
    folder: tempfile::TempDir,
    _store: SqliteStore,
}

impl Rig {
    pub(crate) fn new(offices: u64) -> Self {
        let lent = Lent::new(1);
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::new(folder.path(), Options::default(), lent.clock(), lent.entropy()).unwrap();
        let open = |number| {
            store.create_office(world::office(number), Beginning::Empty).unwrap();
            store.open_office(world::office(number), lent.seal()).unwrap()
        };
        Self { offices: (0..offices).map(open).collect(), requests: AtomicU64::new(1), folder, _store: store }
    }

    pub(crate) fn office(&self, number: u64) -> &dyn Office {
        let number = usize::try_from(number).unwrap() % self.offices.len();
        &*self.offices[number]
    }

    pub(crate) fn offices(&self) -> u64 {
        u64::try_from(self.offices.len()).unwrap()
    }

    /// A commit of new records of these numbers, with three keys each.
    pub(crate) fn commit(&self, office: u64, numbers: std::ops::Range<u64>) -> Commit {
        let request = self.requests.fetch_add(1, Ordering::Relaxed);
        world::commit(self.office(office), request, numbers.map(change).collect())
    }

    /// A commit that only tells of a look.
    pub(crate) fn look(&self, office: u64) -> Commit {
        self.commit(office, 0..0)
    }

    pub(crate) fn bytes(&self) -> u64 {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
    }

    /// What an fsync costs on this disk now.
    pub(crate) fn disk(&self) -> String {
        let latency = kura_platform::disk::sync_latency(self.folder.path()).unwrap();
        format!("fsync of this disk: median {} us, worst {} us", latency.median.as_micros(), latency.worst.as_micros())
    }
}

/// Record `number`: ids rise with time, as they do in truth.
pub(crate) fn name(number: u64) -> RecordName {
    let mut chance = [0; 10];
    let mut seed = Chance::new(number);
    chance[..8].copy_from_slice(&seed.number().to_be_bytes());
    let id = kura_id::RecordId::from_parts(world::START + number / 100, chance).unwrap();
    RecordName { kind: SLIP, id }
}

fn unit(number: u64) -> UnitId {
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&Chance::new(number % PEOPLE).number().to_be_bytes());
    UnitId::from_parts(world::START + number % PEOPLE, chance).unwrap()
}

fn period(number: u64) -> [u8; 4] {
    u32::try_from(202_601 + number / PEOPLE).unwrap().to_be_bytes()
}

fn change(number: u64) -> Change {
    let mut chance = Chance::new(number);
    let bytes = (0..SEALED_BYTES / 8 + 1).flat_map(|_| chance.number().to_le_bytes()).take(SEALED_BYTES).collect();
    let (period, unit) = (period(number), unit(number));
    let key = |index, value: &[&[u8]]| Key { index, value: value.concat() };
    let keys = [
        key(BY_PERIOD, &[&period, b"client-of-16-byt"]),
        key(BY_PERSON, &[&period, &unit.bytes()]),
        key(BY_STATE, &[&period, b"\x01"]),
    ];
    let becomes = Becomes::Sealed { schema: 1, bytes, keys: Keys::new(keys).unwrap() };
    Change { name: name(number), unit, expected: 0, becomes }
}

/// The records of the first period.
pub(crate) fn of_period(number: u64, limit: Limit) -> Find {
    let values = Values::beginning_with(&period(number));
    Find { kind: SLIP, index: BY_PERIOD, values, after: None, limit }
}

/// How long this thread has had a core to itself: what remains of a measurement on a machine that does other work. Linux tells.
pub(crate) fn on_core() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

/// What the process holds in memory, shared pages of files included. Linux tells.
pub(crate) fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
