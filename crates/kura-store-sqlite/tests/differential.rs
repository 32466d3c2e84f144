//! Whatever is asked of them, in whatever order: SQLite and the memory give the same answers, to two offices at once.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use kura_store::contract::Lent;
use kura_store::contract::history::all_changes;
use kura_store::contract::journal::{all_entries, verified};
use kura_store::contract::world::{
    BY_PERIOD, BY_STATE, PERSON, SLIP, commit, delete, key, name, office, put_with_keys, request, unit,
};
use kura_store::{
    Beginning, Change, Find, Index, Key, KeyringChange, Limit, MemoryStore, Office, RecordName, Store, Values,
};
use kura_store_sqlite::{Options, SqliteStore};
use proptest::prelude::*;

/// Ids of each sort that are played with: few, so that they meet.
const IDS: u64 = 6;

#[derive(Debug, Clone)]
enum Act {
    Commit {
        request: u64,
        changes: Vec<(u64, u64, Option<u8>)>,
        wrap: Option<(u64, bool)>,
    },
    Clock(u64),
    Lock(bool),
    Acknowledge(u64),
    Prune(u64, u16),
    /// SQLite closes all files and starts anew.
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    let change = (0..2 * IDS, 0..4_u64, prop::option::weighted(0.8, any::<u8>()));
    let changes = prop::collection::vec(change, 0..4);
    let wrap = prop::option::weighted(0.3, (0..IDS, prop::bool::weighted(0.8)));
    prop_oneof![
        12 => (0..40_u64, changes, wrap).prop_map(|(request, changes, wrap)| Act::Commit { request, changes, wrap }),
        1 => (0..50_u64).prop_map(Act::Clock),
        1 => prop::bool::weighted(0.2).prop_map(Act::Lock),
        1 => (0..30_u64).prop_map(Act::Acknowledge),
        1 => (0..30_u64, 1..5_u16).prop_map(|(before, rows)| Act::Prune(before, rows)),
        1 => Just(Act::Restart),
    ]
}

/// A store with two offices.
struct Side {
    lent: Lent,
    store: Box<dyn Store>,
    offices: Vec<Arc<dyn Office>>,
}

impl Side {
    fn new(open: impl FnOnce(&Lent) -> Box<dyn Store>, lent: Lent) -> Self {
        let store = open(&lent);
        for number in [1, 2] {
            if !store.offices().unwrap().contains(&office(number)) {
                store.create_office(office(number), Beginning::Empty).unwrap();
            }
        }
        let offices = [1, 2].map(|number| store.open_office(office(number), lent.seal()).unwrap()).to_vec();
        Self { lent, store, offices }
    }

    fn memory() -> Self {
        Self::new(|lent| Box::new(MemoryStore::new(lent.clock(), lent.entropy())), Lent::new(5))
    }

    fn sqlite(folder: &Path, lent: Lent) -> Self {
        let options = Options { open_offices_max: 1, ..Options::default() };
        let open = |lent: &Lent| SqliteStore::new(folder, options, lent.clock(), lent.entropy()).unwrap();
        Self::new(|lent| Box::new(open(lent)), lent)
    }

    fn play(&self, place: usize, act: &Act) -> String {
        let Some(office) = self.offices.get(place) else { return String::new() };
        match act {
            Act::Commit { request, changes, wrap } => {
                let mut commit = commit(&**office, *request, changes.iter().map(change).collect());
                commit.keyring = wrap.iter().map(keyring).collect();
                format!("{:?}", office.commit(commit))
            }
            Act::Clock(now) => {
                self.lent.now.store(kura_store::contract::world::START + now, Ordering::SeqCst);
                String::new()
            }
            Act::Lock(locked) => {
                self.lent.locked.store(*locked, Ordering::SeqCst);
                String::new()
            }
            Act::Acknowledge(before) => format!("{:?}", office.acknowledge(*before)),
            Act::Prune(before, rows) => format!("{:?}", office.prune(*before, Limit::rows(*rows))),
            Act::Restart => self.settle(),
        }
    }
}

impl Side {
    /// One entry at the latest time there is: behind it a writer that goes on and one that begins anew know the same of the clock.
    fn settle(&self) -> String {
        self.lent.now.store(kura_store::contract::world::START + 1_000, Ordering::SeqCst);
        self.lent.locked.store(false, Ordering::SeqCst);
        let settled = self.offices.iter().map(|office| {
            let size = office.head().unwrap().size();
            office.commit(commit(&**office, 1_000 + size, Vec::new())).unwrap()
        });
        format!("{:?}", settled.collect::<Vec<_>>())
    }
}

fn named(number: u64) -> RecordName {
    name(if number < IDS { SLIP } else { PERSON }, number % IDS)
}

fn change(&(number, expected, byte): &(u64, u64, Option<u8>)) -> Change {
    let Some(byte) = byte else { return delete(named(number), expected) };
    let index = |bit: u8| -> Index { if byte & bit == 0 { BY_PERIOD } else { BY_STATE } };
    let keys: Vec<Key> = (0..byte % 4).map(|place| key(index(1 << place), &[byte >> 4, place % 2])).collect();
    put_with_keys(named(number), expected, &vec![byte; usize::from(byte) * 30], keys)
}

fn keyring(&(number, keep): &(u64, bool)) -> KeyringChange {
    match keep {
        true => KeyringChange::Wrap { unit: unit(number), wrapped: vec![7; 40] },
        false => KeyringChange::Destroy { unit: unit(number) },
    }
}

/// All that can be read of an office.
fn all(office: &dyn Office) -> Vec<String> {
    let snapshot = office.snapshot().unwrap();
    let names: Vec<_> = (0..2 * IDS).map(named).collect();
    let mut all = vec![format!("{:?}", office.head()), format!("{:?}", snapshot.wraps(None, Limit::MAX))];
    all.extend(
        snapshot.get_many(&names).unwrap().iter().map(|record| format!("{:?}", record.as_ref().map(|it| &it.sealed))),
    );
    all.extend(names.iter().map(|name| format!("{:?} {:?}", office.get(*name), snapshot.keys(*name))));
    all.extend((0..IDS).map(|number| format!("{:?}", office.wrap(unit(number)))));
    all.extend((0..40).map(|number| format!("{:?}", office.receipt(request(number)))));
    for (kind, index) in [(SLIP, BY_PERIOD), (SLIP, BY_STATE), (PERSON, BY_PERIOD), (PERSON, BY_STATE)] {
        let question = Find { kind, index, values: Values::all(), after: None, limit: Limit::rows(5) };
        all.push(format!("{:?}", snapshot.find(&question)));
        let values = Values::beginning_with(&[3]);
        all.push(format!("{:?}", snapshot.find(&Find { values, ..question })));
    }
    all.push(format!("{:?}", all_entries(&*snapshot)));
    all.push(format!("{:?}", all_changes(&*snapshot)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_give_the_same_answers(acts in prop::collection::vec((0..2_usize, act()), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let memory = Side::memory();
        let mut sqlite = Side::sqlite(folder.path(), Lent::new(5));
        for (place, act) in &acts {
            prop_assert_eq!(memory.play(*place, act), sqlite.play(*place, act), "{:?}", act);
            if matches!(act, Act::Restart) {
                let lent = sqlite.lent.clone();
                sqlite.offices.clear();
                drop(sqlite.store);
                sqlite = Side::sqlite(folder.path(), lent);
            }
        }
        for (ours, theirs) in memory.offices.iter().zip(&sqlite.offices) {
            prop_assert_eq!(all(&**ours), all(&**theirs));
            prop_assert_eq!(verified(&**ours), verified(&**theirs));
        }
    }
}
