//! An office that comes back from its archive, opened by its own keys: as it was, and as it was before somebody was erased.

use std::sync::Arc;

use kura_archive::{Chain, Cursor, DataKeyOnPaper, Demand, Folder, Given as Lent, prove, restore, ship};
use kura_desk::{Desk, DeskError, JournalReader, Room, TakingIn};
use kura_journal::{Action, Checkpoint, LogKey, UnixMillis};
use kura_model::{ClientCode, EmployeeCode};
use kura_seal::RecoveryKey;
use kura_store::{Beginning, Clock, MemoryStore, Store, Wrap};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::given::{ADMINISTRATOR, Blank, Given, START, demo, lease};

const MINUTE: u64 = 60_000;
/// Who holds the sheet on the new machine.
const HOLDER: &str = "somebody-else";

fn recovery() -> RecoveryKey {
    RecoveryKey::generate(&mut ChaCha20Rng::from_seed([5; 32]))
}

fn ship_now(given: &Given, folder: &TempDir) {
    let log_key = LogKey::from_seed(&Zeroizing::new([2; 32]));
    let key = lease(START).key;
    let wrapped = recovery().public_key().wrap_data_key(&key, given.office, &mut ChaCha20Rng::from_seed([6; 32]));
    let lent = Lent {
        now: UnixMillis::new(given.clock.now()),
        sign: &|checkpoint: &Checkpoint| Some(checkpoint.sign(&log_key)),
        log_key: log_key.verifier(),
        recovery_key: recovery().public_key(),
        data_keys: vec![DataKeyOnPaper { epoch: 1, wrapped: wrapped.unwrap() }],
    };
    let office = given.store.open_office(given.office, Arc::new(Blank)).unwrap();
    let mut cursor = Cursor::open(&folder.path().join("cursor.json"), "a stick").unwrap();
    ship(office.as_ref(), &Folder::at(&folder.path().join("target")), &mut cursor, &lent).unwrap();
}

/// The office from the archive and the sheet, on another machine.
fn come_back(given: &Given, folder: &TempDir, at: Option<u64>) -> Room {
    let source = Folder::at(&folder.path().join("target"));
    let chain = Chain::read(&source, given.office, None).unwrap();
    let key = recovery().unwrap_data_key(given.office, &chain.newest().data_keys[0].wrapped).unwrap();
    let unit = kura_id::UnitId::from_bytes(given.office.bytes()).unwrap();
    let Some(Wrap::Held(row)) = chain.wrap(&source, unit).unwrap() else { unreachable!("the office's own row") };
    let reader = JournalReader::new(given.office, &[key], &row).unwrap();
    let opens = |seq: u64, sealed: &[u8]| reader.open(seq, sealed);
    let demand = Demand { at: at.map(UnixMillis::new), open: Some(&opens), ..Demand::default() };
    let proven = prove(&source, &chain, &demand).unwrap();

    let clock: Arc<dyn Clock> = given.clock.clone();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new(Arc::clone(&clock), Arc::clone(&given.entropy)));
    store.create_office(given.office, Beginning::Restored).unwrap();
    let empty = store.open_office(given.office, Arc::new(Blank)).unwrap();
    let restored = restore(&source, &proven, empty.as_ref()).unwrap();
    let desk = Desk::new(store, clock, Arc::clone(&given.entropy));
    assert!(desk.open(given.office, lease(given.clock.now() + MINUTE)).is_err(), "not before it was taken in");
    let erased = restored.of_erased.iter().map(|row| (row.name, row.unit, row.version)).collect();
    let taking = TakingIn { opening: restored.opening, erased, administrator: HOLDER.to_owned() };
    desk.take_in(given.office, vec![lease(given.clock.now() + 10 * MINUTE)], &taking).unwrap()
}

#[test]
fn the_holder_of_the_sheet_has_the_office_as_it_was() {
    let folder = TempDir::new().unwrap();
    let given = Given::with_books(&[&demo(1)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let book = given.room.export(&scope).unwrap().book;
    ship_now(&given, &folder);
    let room = come_back(&given, &folder, None);
    let holder = room.sign_in(HOLDER).unwrap();
    assert_eq!(room.export(&holder).unwrap().book, book);
    assert_eq!(room.verify_records(&holder).unwrap().wrong, []);
    room.sign_in(ADMINISTRATOR).unwrap();
    let filter = kura_desk::JournalFilter { action: Some(Action::NewLogEpoch), ..Default::default() };
    let began = room.journal(&holder, &filter).unwrap().entries;
    assert_eq!(began.len(), 1);
    assert_eq!(room.checkpoint().unwrap().origin.epoch.get(), 2);
    assert!(given.desk.open(given.office, lease(given.clock.now() + MINUTE)).is_ok(), "the first one is untouched");
}

#[test]
fn a_restore_to_before_an_erasure_does_not_bring_the_person_back() {
    let folder = TempDir::new().unwrap();
    let given = Given::with_books(&[&demo(1)]);
    ship_now(&given, &folder);
    let before = given.clock.now();
    given.clock.pass(MINUTE);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let (client, employee) = (ClientCode::from("002"), EmployeeCode::from("12"));
    let asked = given.room.ask_erasure(&scope, &client, &employee).unwrap();
    given.room.erase(&scope, asked.id).unwrap();
    let left = given.room.export(&scope).unwrap().book;
    ship_now(&given, &folder);

    let room = come_back(&given, &folder, Some(before));
    let holder = room.sign_in(HOLDER).unwrap();
    assert_eq!(room.export(&holder).unwrap().book, left);
    assert_eq!(room.verify_records(&holder).unwrap().wrong, []);
    let gone = room.person(&holder, &client, &employee, kura_journal::Purpose::Inquiry).map(|_| ()).unwrap_err();
    assert_eq!(gone, DeskError::NotFound { what: "従業員" });
}
