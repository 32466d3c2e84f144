//! What sealing and the journal cost: the slips of a month stored by the store, and the same slips as zstd in tables without either.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kura_benches::InventedClient;
use kura_id::{Kind, OfficeId, RecordId, RequestId, UnitId};
use kura_journal::{Action, Actor, ContentHash, EntryDraft, Purpose, RecordVersion};
use kura_law::Law;
use kura_month::MonthRequest;
use kura_seal::{KeyEpoch, Place, Schema, UnitKey, seal, seal_entry};
use kura_store::{
    Becomes, Beginning, Change, Clock, Commit, Entropy, Index, Key, Keys, NotLent, NotSealed, Office, RecordName,
    SealEntry, Store,
};
use kura_store_sqlite::{Options, SqliteStore};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng};
use rayon::prelude::*;
use rusqlite::Connection;
use zstd::bulk::Compressor;

use crate::{Size, bytes_of, millis, ratio, timed};

const SLIP: Kind = Kind::new(21);
const TIMES: u8 = 5;
/// As many as the desk writes together and seals together.
const PART: usize = 2_000;
const CHUNK: usize = 64;

pub(crate) fn cost(size: Size, folder: &Path) {
    let slips = slips(size.people);
    let json: usize = slips.iter().map(String::len).sum();
    let (mut sealed, mut full, mut present) = (Duration::MAX, Duration::MAX, Duration::MAX);
    std::fs::create_dir_all(folder).unwrap();
    let store = SealedStore::new(&folder.join("sealed"));
    let (plain, bare) = (folder.join("plain"), folder.join("bare"));
    for path in [&plain, &bare] {
        std::fs::create_dir_all(path).unwrap();
    }
    let (history, no_history) = (Plain::new(&plain, true), Plain::new(&bare, false));
    for time in 0..TIMES {
        sealed = sealed.min(timed(|| store.put(time, &slips)).1);
        full = full.min(timed(|| history.put(time, &slips)).1);
        present = present.min(timed(|| no_history.put(time, &slips)).1);
    }
    let of = |part: Duration, whole: Duration| ratio(part.as_nanos(), whole.as_nanos());
    println!("  {} slips of {} bytes of JSON, best of {TIMES}", slips.len(), json / slips.len());
    println!("  sealed, with journal: {}", millis(sealed));
    println!("  zstd in the same tables, no journal: {} (sealed {} times)", millis(full), of(sealed, full));
    println!("  zstd without the table of changes either: {} (sealed {} times)", millis(present), of(sealed, present));
    let times_json = u128::try_from(json).unwrap() * u128::from(TIMES);
    drop((store, history, no_history));
    for (words, path) in [("sealed", folder.join("sealed")), ("zstd", plain), ("zstd without changes", bare)] {
        println!("  on disk, {words}: {} of the plain JSON", ratio(u128::from(bytes_of(&path)), times_json));
    }
}

fn slips(people: usize) -> Vec<String> {
    let client = InventedClient::new(people, 1);
    let request = MonthRequest { month: client.month, as_of: client.as_of(), trace: true, payslips: false };
    let made = kura_month::slips(&client.book, &request, Law::embedded().unwrap());
    made.records.iter().map(|slip| [slip.record.as_str(), "\n", slip.trace.as_str()].concat()).collect()
}

/// The two keys of a slip, as the desk gives them.
fn keys(time: u8) -> [(u16, Vec<u8>); 2] {
    [(2, [&[7, 234, 6], &[time; 16][..]].concat()), (3, vec![time; 16])]
}

fn id(time: u8, at: usize) -> RecordId {
    let [.., a, b, c] = at.to_be_bytes();
    RecordId::from_parts(1_790_000_000_000 + u64::from(time), [0, a, b, c, 1, 2, 3, 4, 5, 6]).unwrap()
}

struct SealedStore {
    office: Arc<dyn Office>,
    key: Arc<Lent>,
}

impl SealedStore {
    fn new(folder: &Path) -> Self {
        let key = Arc::new(Lent(UnitKey::generate(&mut ChaCha20Rng::from_seed([5; 32]))));
        let store = SqliteStore::new(folder, Options::default(), key.clone(), key.clone()).unwrap();
        let office = OfficeId::from_parts(1, [1; 10]).unwrap();
        store.create_office(office, Beginning::Empty).unwrap();
        Self { office: store.open_office(office, key.clone()).unwrap(), key }
    }

    fn put(&self, time: u8, slips: &[String]) {
        let mut next = 0;
        for part in slips.chunks(PART) {
            let first = next;
            next += part.len();
            let sealed = part.par_chunks(CHUNK).enumerate().flat_map_iter(|(at, chunk)| {
                let mut chance = ChaCha20Rng::from_seed(random());
                let first = first + at * CHUNK;
                let change = move |(at, body): (usize, &String)| self.change(time, first + at, body, &mut chance);
                chunk.iter().enumerate().map(change).collect::<Vec<_>>()
            });
            let (changes, records): (Vec<Change>, Vec<RecordVersion>) = sealed.collect::<Vec<_>>().into_iter().unzip();
            let mut told = EntryDraft::new(self.office.id(), Actor::SYSTEM, Action::Run, Purpose::Payroll);
            told.records = records;
            let [.., a, b, c] = first.to_be_bytes();
            let request = RequestId::from_parts(u64::from(time), [a, b, c, 1, 2, 3, 4, 5, 6, 7]).unwrap();
            let commit = Commit { request, changes, keyring: Vec::new(), entries: told.split() };
            self.office.commit(commit).unwrap();
        }
    }

    fn change(&self, time: u8, at: usize, body: &str, chance: &mut ChaCha20Rng) -> (Change, RecordVersion) {
        let (office, unit, id) = (self.office.id(), UnitId::from_parts(9, [9; 10]).unwrap(), id(time, at));
        let place = Place { office, unit, kind: SLIP, id, version: 1 };
        let bytes = seal(&self.key.0, KeyEpoch::FIRST, &place, Schema::new(1), body.as_bytes(), chance).unwrap();
        let sealed = Some(ContentHash::of(&bytes));
        let keys = Keys::new(keys(time).map(|(index, value)| Key { index: Index::new(index), value })).unwrap();
        let becomes = Becomes::Sealed { schema: 1, bytes, keys };
        let change = Change { name: RecordName { kind: SLIP, id }, unit, expected: 0, becomes };
        (change, RecordVersion { kind: SLIP, id, version: 1, sealed })
    }
}

struct Lent(UnitKey);

impl SealEntry for Lent {
    fn seal(&self, office: OfficeId, seq: u64, payload: &[u8]) -> Result<Vec<u8>, NotSealed> {
        let mut chance = ChaCha20Rng::from_seed(random());
        seal_entry(&self.0, KeyEpoch::FIRST, office, seq, Schema::new(1), payload, &mut chance)
            .map_err(|_| NotSealed::Refused)
    }
}

impl Clock for Lent {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        Ok(kura_platform::clock::unix_millis().unwrap())
    }
}

impl Entropy for Lent {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        ChaCha20Rng::from_seed(random()).fill_bytes(bytes);
        Ok(())
    }
}

fn random() -> [u8; 32] {
    kura_platform::random::bytes().unwrap()
}

/// The same rows without seal and journal.
struct Plain {
    connection: Connection,
    history: bool,
}

impl Plain {
    fn new(folder: &Path, history: bool) -> Self {
        let connection = Connection::open(folder.join("plain.sqlite")).unwrap();
        connection.execute_batch(TABLES).unwrap();
        Self { connection, history }
    }

    fn put(&self, time: u8, slips: &[String]) {
        let mut at = 0;
        for part in slips.chunks(PART) {
            let packed: Vec<Vec<u8>> = part
                .par_chunks(CHUNK)
                .flat_map_iter(|chunk| {
                    let mut zstd = Compressor::new(1).unwrap();
                    chunk.iter().map(move |slip| zstd.compress(slip.as_bytes()).unwrap())
                })
                .collect();
            self.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            for body in packed {
                self.row(time, at, &body);
                at += 1;
            }
            self.connection.execute_batch("COMMIT").unwrap();
        }
    }

    fn row(&self, time: u8, at: usize, body: &[u8]) {
        let (office, unit, id) = ([1_u8; 16], [9_u8; 16], id(time, at).bytes());
        let keys = keys(time);
        let packed: Vec<u8> = keys.iter().flat_map(|(_, value)| value.iter().copied()).collect();
        let write = |sql: &str| self.connection.prepare_cached(sql).unwrap();
        let seq = u32::try_from(at / 1_000).unwrap() + u32::from(time) * 1_000;
        write("INSERT INTO record VALUES (?1, 21, ?2, ?3, 1, ?4, 1, ?5, ?6)")
            .execute((office, id, unit, seq, &packed, body))
            .unwrap();
        for (index, value) in &keys {
            write("INSERT INTO key VALUES (?1, 21, ?2, ?3, ?4)").execute((office, index, value, id)).unwrap();
        }
        if self.history {
            write("INSERT INTO change VALUES (?1, ?2, 21, ?3, 1, NULL, NULL, NULL, NULL)")
                .execute((office, seq, id))
                .unwrap();
        }
    }
}

/// The tables of kura-store-sqlite for records, with its settings.
const TABLES: &str = "
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
CREATE TABLE record (office_id BLOB NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL, unit BLOB NOT NULL, version INTEGER NOT NULL,
  seq INTEGER NOT NULL, schema INTEGER NOT NULL, keys BLOB NOT NULL, sealed BLOB, PRIMARY KEY (office_id, kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE key (office_id BLOB NOT NULL, kind INTEGER NOT NULL, idx INTEGER NOT NULL, value BLOB NOT NULL, id BLOB NOT NULL,
  PRIMARY KEY (office_id, kind, idx, value, id)) STRICT, WITHOUT ROWID;
CREATE TABLE change (office_id BLOB NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
  unit BLOB, schema INTEGER, keys BLOB, sealed BLOB, PRIMARY KEY (office_id, seq, kind, id)) STRICT, WITHOUT ROWID;";
