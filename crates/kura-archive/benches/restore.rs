//! An office of 3,000 people and five years, shipped, proven and restored on this disk. Promised on two cores: 450,000 records and 3,000,000
//! entries in 60 s, verification 300 MB/s, the archive at most 1.3 times what is sealed.
//!
//! `cargo bench -p kura-archive --bench restore` plays a tenth of it; `KURA_ARCHIVE_TENTHS=10` all of it (6 GB of disk, 3 GB of memory).
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::print_stdout,
    reason = "a bench that cannot run has nothing to measure, and it measures time"
)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use kura_archive::{Chain, Cursor, DataKeyOnPaper, Demand, Folder, Given, prove, restore, ship};
use kura_id::OfficeId;
use kura_journal::{Checkpoint, Entry, LogKey, UnixMillis};
use kura_seal::{KeyEpoch, RecoveryKey, Schema, UnitKey, open_entry, seal_entry};
use kura_store::contract::world::{self, Lent, SLIP, draft, office, unit};
use kura_store::{Beginning, Change, Commit, Key, KeyringChange, Keys, NotSealed, SealEntry, Store};
use kura_store_sqlite::{Options, SqliteStore};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use zeroize::Zeroizing;

const RECORDS_A_TENTH: u64 = 45_000;
const ENTRIES_A_TENTH: u64 = 300_000;
/// A payslip, sealed with a dictionary.
const SEALED_BYTES: usize = 700;
const TOGETHER: u64 = 1_000;

/// Seals as the desk does.
struct Seals {
    key: UnitKey,
    chance: Mutex<ChaCha20Rng>,
}

impl SealEntry for Seals {
    fn seal(&self, of: OfficeId, seq: u64, payload: &[u8]) -> Result<Vec<u8>, NotSealed> {
        let mut chance = self.chance.lock().unwrap();
        Ok(seal_entry(&self.key, KeyEpoch::FIRST, of, seq, Schema::new(1), payload, &mut *chance).unwrap())
    }
}

fn main() {
    let tenths: u64 = std::env::var("KURA_ARCHIVE_TENTHS").map_or(1, |tenths| tenths.parse().unwrap());
    let (records, entries) = (tenths * RECORDS_A_TENTH, tenths * ENTRIES_A_TENTH);
    let folder = tempfile::tempdir().unwrap();
    let seals = Arc::new(Seals {
        key: UnitKey::generate(&mut ChaCha20Rng::from_seed([1; 32])),
        chance: Mutex::new(ChaCha20Rng::from_seed([2; 32])),
    });
    let lent = Lent::new(1);
    let open = |name: &str, beginning| {
        let place = folder.path().join(name);
        std::fs::create_dir(&place).unwrap();
        let store = SqliteStore::new(&place, Options::default(), lent.clock(), lent.entropy()).unwrap();
        store.create_office(office(1), beginning).unwrap();
        let of = store.open_office(office(1), seals.clone()).unwrap();
        (store, of)
    };
    let (_first, from) = open("from", Beginning::Empty);
    let started = Instant::now();
    fill(&*from, records, entries);
    told("filled", started, 0);
    println!("{} records, {} entries", records, from.head().unwrap().size());

    let target = Folder::at(&folder.path().join("target"));
    let log_key = LogKey::from_seed(&Zeroizing::new([3; 32]));
    let given = Given {
        now: UnixMillis::new(world::START),
        sign: &|checkpoint: &Checkpoint| Some(checkpoint.sign(&log_key)),
        log_key: log_key.verifier(),
        recovery_key: RecoveryKey::generate(&mut ChaCha20Rng::from_seed([4; 32])).public_key(),
        data_keys: vec![DataKeyOnPaper { epoch: 1, wrapped: Vec::new() }],
    };
    let mut cursor = Cursor::open(&folder.path().join("cursor.json"), "bench").unwrap();
    let started = Instant::now();
    let shipped = ship(&*from, &target, &mut cursor, &given).unwrap();
    told("shipped", started, shipped.bytes);
    let in_store = size(&folder.path().join("from"));
    println!(
        "archive / store: {:.2} ({} / {} MB)",
        shipped.bytes as f64 / in_store as f64,
        shipped.bytes >> 20,
        in_store >> 20
    );

    let opens = |seq: u64, sealed: &[u8]| {
        let opened = open_entry(&seals.key, office(1), seq, sealed).ok()?;
        Entry::decode(&opened.body).ok()
    };
    for (name, demand) in
        [("proven without a key", Demand::default()), ("proven", Demand { open: Some(&opens), ..Demand::default() })]
    {
        let started = Instant::now();
        let chain = Chain::read(&target, office(1), None).unwrap();
        let proven = prove(&target, &chain, &demand).unwrap();
        told(name, started, proven.bytes);
        if demand.open.is_some() {
            let (_second, to) = open("to", Beginning::Restored);
            let started = Instant::now();
            let restored = restore(&target, &proven, &*to).unwrap();
            told("restored and compared", started, proven.bytes);
            assert!(restored.kinds.values().map(|kind| kind.records).sum::<u64>() == records);
        }
    }
}

/// Records with three keys, then looks.
fn fill(of: &dyn kura_store::Office, records: u64, entries: u64) {
    let mut noise = ChaCha20Rng::from_seed([5; 32]);
    let commit = |number: u64, changes: Vec<Change>, looks: u64| {
        let mut told = draft(of.id());
        told.records = world::told(&changes);
        told.request = Some(world::request(number));
        let mut looked = draft(of.id());
        looked.class = Some(kura_journal::Class::Shown);
        looked.subjects = vec![unit(number)];
        let mut all = told.split();
        all.extend((0..looks).map(|_| looked.clone()));
        let keyring = vec![KeyringChange::Wrap { unit: unit(1), wrapped: vec![7; 168] }];
        let keyring = if number == 1 { keyring } else { Vec::new() };
        of.commit(Commit { request: world::request(number), changes, keyring, entries: all }).unwrap();
    };
    let mut change = |number: u64| {
        let mut bytes = vec![0; SEALED_BYTES];
        noise.fill_bytes(&mut bytes);
        let key = |index, value: u64| Key { index: kura_store::Index::new(index), value: value.to_be_bytes().to_vec() };
        let keys = Keys::new([key(1, number / 3_000), key(2, number % 3_000), key(3, number % 5)]).unwrap();
        let becomes = kura_store::Becomes::Sealed { schema: 1, bytes, keys };
        Change { name: world::name(SLIP, number), unit: unit(1), expected: 0, becomes }
    };
    let commits = records.div_ceil(TOGETHER);
    for number in 0..commits {
        let changes = (number * TOGETHER..records.min((number + 1) * TOGETHER)).map(&mut change).collect();
        commit(number + 1, changes, entries / commits);
    }
}

fn told(what: &str, started: Instant, bytes: u64) {
    let seconds = started.elapsed().as_secs_f64();
    let rate = if bytes > 0 { format!(", {:.0} MB/s", bytes as f64 / 1e6 / seconds) } else { String::new() };
    println!("{what}: {seconds:.1} s{rate}");
}

fn size(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum()
}
