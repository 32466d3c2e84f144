//! The vault without a line and a process, under a clock of its own.
#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

use std::fs;
use std::path::PathBuf;

use kura_id::RequestId;
use kura_journal::{LogEpoch, Purpose, TreeHash, Verdict};
use kura_platform::key_file::Medium;
use kura_seal::{DataKey, KeyEpoch, RecoveryKey};

use super::*;
use crate::custody::Theft;
use crate::data_keys::for_recovery;
use crate::journal::export_journal;
use crate::key_source::copy_key;
use crate::message::{KeyMade, LeaseRequest};

const NOW: u64 = 1_795_000_000_000;
const PASSPHRASE: &[u8] = "さくら horse 42 staple".as_bytes();

/// An installation in a folder of its own.
struct House {
    _folder: tempfile::TempDir,
    home: VaultHome,
    source: KeySource,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("home");
        files::create_private_folder(&dir).unwrap();
        let home = VaultHome::in_dir(&dir);
        let path: PathBuf = folder.path().join("server.key");
        let source = KeySource::File { path, worst_allowed: Medium::SameFileSystem };
        create(&home, &source, UnixMillis::new(NOW)).unwrap();
        Self { _folder: folder, home, source }
    }

    fn open(&self) -> Vault {
        self.try_open().unwrap()
    }

    fn try_open(&self) -> Result<Vault, VaultError> {
        Vault::open(&self.home, &self.source)
    }
}

fn by(request: u8) -> By {
    By { actor: Actor::SYSTEM, device: None, request: RequestId::from_parts(NOW, [request; 10]).unwrap() }
}

fn office(number: u8) -> OfficeId {
    OfficeId::from_parts(NOW, [number; 10]).unwrap()
}

fn recovery() -> RecoveryKey {
    RecoveryKey::generate(&mut random::source().unwrap())
}

fn ask(vault: &mut Vault, request: &Request, secret: &[u8], now: u64) -> Result<Reply, Refusal> {
    match vault.answer(request, secret, now) {
        (Reply::Refused(refusal), _) => Err(refusal),
        (reply, _) => Ok(reply),
    }
}

fn make(vault: &mut Vault, number: u8, recovery: &RecoveryKey, request: u8) -> Result<KeyMade, Refusal> {
    let recovery = recovery.public_key().bytes().to_vec();
    match ask(vault, &Request::CreateOffice { office: office(number), recovery, by: by(request) }, &[], NOW)? {
        Reply::KeyMade(made) => Ok(made),
        other => panic!("{other:?}"),
    }
}

fn lease(vault: &mut Vault, number: u8, epoch: Option<u32>, now: u64) -> Result<DataKey, Refusal> {
    let request = LeaseRequest { epoch, ..LeaseRequest::newest(office(number), Purpose::Payroll, by(99)) };
    match vault.answer(&Request::Lease(request), &[], now) {
        (Reply::Leased { epoch, until, .. }, secret) => {
            assert_eq!(until.get(), now + 15 * 60 * 1000);
            let bytes = Zeroizing::new(<[u8; 32]>::try_from(secret.as_slice()).unwrap());
            Ok(DataKey::from_bytes(KeyEpoch::new(epoch), &bytes))
        }
        (Reply::Refused(refusal), secret) => {
            assert!(secret.is_empty());
            Err(refusal)
        }
        other => panic!("{:?}", other.0),
    }
}

fn status(vault: &mut Vault, now: u64) -> Status {
    match ask(vault, &Request::Status, &[], now).unwrap() {
        Reply::Status(status) => *status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_leased_key_is_the_one_the_recovery_sheet_opens() {
    let house = House::new();
    let recovery = recovery();
    let mut vault = house.open();
    let made = make(&mut vault, 1, &recovery, 1).unwrap();
    let on_paper = recovery.unwrap_data_key(office(1), &made.for_recovery).unwrap();
    assert!(lease(&mut vault, 1, None, NOW).unwrap() == on_paper);
    drop(vault);
    let mut vault = house.open();
    assert!(lease(&mut vault, 1, None, NOW).unwrap() == on_paper, "also after a restart");
    assert_eq!(lease(&mut vault, 2, None, NOW), Err(Refusal::UnknownOffice));
    assert_eq!(lease(&mut vault, 1, Some(2), NOW), Err(Refusal::UnknownEpoch { epoch: 2 }));
}

#[test]
fn a_restored_office_brings_its_keys_from_the_sheet() {
    let (first, second) = (House::new(), House::new());
    let recovery = recovery();
    let mut vault = first.open();
    make(&mut vault, 1, &recovery, 1).unwrap();
    ask(&mut vault, &Request::Rotate { office: office(1), by: by(2) }, &[], NOW).unwrap();
    let carried = for_recovery(&first.home, office(1)).unwrap();
    assert_eq!(for_recovery(&first.home, office(2)), None);
    let keys: Vec<DataKey> =
        carried.data_keys.iter().map(|(_, wrapped)| recovery.unwrap_data_key(office(1), wrapped).unwrap()).collect();
    assert_eq!(keys.iter().map(|key| key.epoch().get()).collect::<Vec<_>>(), [1, 2]);

    let mut elsewhere = second.open();
    let adopt = |key: &DataKey, request: u8| Request::Adopt {
        office: office(1),
        epoch: key.epoch().get(),
        recovery: carried.recovery.bytes().to_vec(),
        by: by(request),
    };
    for (key, request) in keys.iter().zip(1..) {
        ask(&mut elsewhere, &adopt(key, request), key.expose(), NOW).unwrap();
        ask(&mut elsewhere, &adopt(key, request), key.expose(), NOW).unwrap();
    }
    assert!(lease(&mut elsewhere, 1, None, NOW).unwrap() == keys[1]);
    assert!(lease(&mut elsewhere, 1, Some(1), NOW).unwrap() == keys[0]);
    assert_eq!(ask(&mut elsewhere, &adopt(&keys[0], 9), keys[0].expose(), NOW), Err(Refusal::OfficeExists));
    assert_eq!(ask(&mut elsewhere, &adopt(&keys[0], 9), b"short", NOW), Err(Refusal::OfficeExists));
    let third = DataKey::from_bytes(KeyEpoch::new(3), &Zeroizing::new([1; 32]));
    assert_eq!(ask(&mut elsewhere, &adopt(&third, 9), b"short", NOW), Err(Refusal::NotUnderstood));
    drop(elsewhere);
    assert_eq!(for_recovery(&second.home, office(1)).unwrap().data_keys.len(), 2);
}

#[test]
fn a_request_that_comes_twice_is_answered_as_the_first_time() {
    let house = House::new();
    let recovery = recovery();
    let mut vault = house.open();
    let made = make(&mut vault, 1, &recovery, 1).unwrap();
    assert_eq!(make(&mut vault, 1, &recovery, 1), Ok(made));
    assert_eq!(make(&mut vault, 1, &recovery, 2), Err(Refusal::OfficeExists));
    let rotate = |request| Request::Rotate { office: office(1), by: by(request) };
    let second = ask(&mut vault, &rotate(3), &[], NOW).unwrap();
    assert_eq!(ask(&mut vault, &rotate(3), &[], NOW), Ok(second));
    assert_eq!(lease(&mut vault, 1, None, NOW).unwrap().epoch(), KeyEpoch::new(2));
}

#[test]
fn rotation_keeps_the_old_key_until_it_is_retired() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    let first = lease(&mut vault, 1, None, NOW).unwrap();
    ask(&mut vault, &Request::Rotate { office: office(1), by: by(2) }, &[], NOW).unwrap();
    assert!(lease(&mut vault, 1, Some(1), NOW).unwrap() == first);
    assert!(lease(&mut vault, 1, None, NOW).unwrap() != first);
    let retire = |epoch| Request::Retire { office: office(1), epoch, by: by(3) };
    assert_eq!(ask(&mut vault, &retire(2), &[], NOW), Err(Refusal::KeyInUse));
    assert_eq!(ask(&mut vault, &retire(3), &[], NOW), Err(Refusal::UnknownEpoch { epoch: 3 }));
    ask(&mut vault, &retire(1), &[], NOW).unwrap();
    assert_eq!(lease(&mut vault, 1, Some(1), NOW), Err(Refusal::UnknownEpoch { epoch: 1 }));
    assert_eq!(ask(&mut vault, &retire(1), &[], NOW), Err(Refusal::UnknownEpoch { epoch: 1 }));
}

#[test]
fn a_swapped_key_file_opens_nothing() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    make(&mut vault, 2, &recovery(), 2).unwrap();
    let path = |number| house.home.data_key(office(number), KeyEpoch::FIRST);
    // As it is, and with its clear names changed to fit.
    let other = fs::read_to_string(path(2)).unwrap();
    fs::write(path(1), &other).unwrap();
    assert_eq!(lease(&mut vault, 1, None, NOW), Err(Refusal::Damaged));
    fs::write(path(1), other.replace(&office(2).to_string(), &office(1).to_string())).unwrap();
    assert_eq!(lease(&mut vault, 1, None, NOW), Err(Refusal::Damaged));
    assert!(lease(&mut vault, 2, None, NOW).is_ok());
}

#[test]
fn the_strict_setting_asks_a_person_and_a_job_waits_visibly() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    let strict = Request::AskAPerson { by: by(2) };
    assert!(matches!(ask(&mut vault, &strict, b"short", NOW), Err(Refusal::ShortPassphrase { .. })));
    ask(&mut vault, &strict, PASSPHRASE, NOW).unwrap();
    assert!(lease(&mut vault, 1, None, NOW).is_ok(), "whoever set it has it open");
    drop(vault);

    let mut vault = house.open();
    assert_eq!(lease(&mut vault, 1, None, NOW), Err(Refusal::Locked));
    assert_eq!(lease(&mut vault, 1, None, NOW + 1000), Err(Refusal::Locked));
    let waiting = status(&mut vault, NOW + 1000).waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].office, waiting[0].purpose), (office(1), Purpose::Payroll));
    assert_eq!((waiting[0].since.get(), waiting[0].asked.get()), (NOW, NOW + 1000));
    let made = ask(&mut vault, &Request::Rotate { office: office(1), by: by(4) }, &[], NOW);
    assert_eq!(made, Err(Refusal::Locked));

    ask(&mut vault, &Request::Unlock { by: by(5) }, PASSPHRASE, NOW + 2000).unwrap();
    assert!(lease(&mut vault, 1, None, NOW + 3000).is_ok());
    assert!(status(&mut vault, NOW + 3000).waiting.is_empty());
    let end = NOW + 2000 + 12 * 60 * 60 * 1000;
    assert!(lease(&mut vault, 1, None, end - 1).is_ok());
    assert_eq!(lease(&mut vault, 1, None, end), Err(Refusal::Locked), "twelve hours later");
    assert!(status(&mut vault, end + WAITING_MILLIS + 1).waiting.is_empty(), "who asks no more waits no more");

    ask(&mut vault, &Request::Unattended { by: by(6) }, PASSPHRASE, end).unwrap();
    drop(vault);
    assert!(lease(&mut house.open(), 1, None, end).is_ok());
}

#[test]
fn wrong_passphrases_cost_time_also_over_a_restart() {
    let house = House::new();
    let mut vault = house.open();
    ask(&mut vault, &Request::AskAPerson { by: by(1) }, PASSPHRASE, NOW).unwrap();
    ask(&mut vault, &Request::Lock { by: by(1) }, &[], NOW).unwrap();
    let unlock = Request::Unlock { by: by(2) };
    let wrong = |wait_seconds| Err(Refusal::WrongPassphrase { wait_seconds });
    assert_eq!(ask(&mut vault, &unlock, b"not the passphrase", NOW), wrong(1));
    assert_eq!(ask(&mut vault, &unlock, PASSPHRASE, NOW + 999), Err(Refusal::TooSoon { wait_seconds: 1 }));
    assert_eq!(ask(&mut vault, &unlock, b"", NOW + 1000), wrong(2));
    assert_eq!(ask(&mut vault, &unlock, b"", NOW + 3000), wrong(4));
    drop(vault);
    let mut vault = house.open();
    assert_eq!(ask(&mut vault, &unlock, PASSPHRASE, NOW + 3000), Err(Refusal::TooSoon { wait_seconds: 4 }));
    assert!(ask(&mut vault, &unlock, PASSPHRASE, NOW + 7000).is_ok());
    drop(vault);
    assert!(ask(&mut house.open(), &unlock, PASSPHRASE, NOW + 7000).is_ok(), "the right one clears the slate");
}

#[test]
fn no_setting_opens_with_the_parts_of_the_other() {
    let house = House::new();
    let before = fs::read(house.home.state()).unwrap();
    let mut vault = house.open();
    ask(&mut vault, &Request::AskAPerson { by: by(1) }, PASSPHRASE, NOW).unwrap();
    drop(vault);
    // A thief edits the setting away: the vault key does not open with the server key alone.
    let mut state: serde_json::Value = serde_json::from_slice(&fs::read(house.home.state()).unwrap()).unwrap();
    state["ask"] = serde_json::Value::Null;
    fs::write(house.home.state(), state.to_string()).unwrap();
    assert!(matches!(house.try_open(), Err(VaultError::OtherKey { .. })));
    // The keys cannot change places either.
    let mut state: serde_json::Value = serde_json::from_slice(&before).unwrap();
    let log_key = state["log_key"].clone();
    state["vault_key"] = log_key;
    fs::write(house.home.state(), state.to_string()).unwrap();
    assert!(matches!(house.try_open(), Err(VaultError::Damaged { .. })));
}

#[test]
fn a_checkpoint_is_signed_unless_the_log_shrinks_or_forks() {
    let house = House::new();
    let mut vault = house.open();
    let verifier: LogVerifier = status(&mut vault, NOW).log_verifier.parse().unwrap();
    let origin = LogOrigin { office: office(1), epoch: LogEpoch::FIRST };
    let checkpoint = |size, root| Checkpoint { origin, size, root: TreeHash::from_bytes([root; 32]) };
    let mut sign = |checkpoint: Checkpoint| {
        ask(&mut vault, &Request::Sign { checkpoint: checkpoint.to_string() }, &[], NOW).map(|reply| match reply {
            Reply::Signed { note } => *SignedCheckpoint::open(note.as_bytes(), &verifier).unwrap().checkpoint(),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(sign(checkpoint(5, 1)), Ok(checkpoint(5, 1)));
    assert_eq!(sign(checkpoint(5, 1)), Ok(checkpoint(5, 1)));
    assert_eq!(sign(checkpoint(5, 2)), Err(Refusal::NotSigned), "a fork");
    assert_eq!(sign(checkpoint(4, 1)), Err(Refusal::NotSigned), "a shorter log");
    assert_eq!(sign(checkpoint(6, 3)), Ok(checkpoint(6, 3)));
    let next = LogOrigin { epoch: LogEpoch::new(2).unwrap(), ..origin };
    let restored = Checkpoint { origin: next, ..checkpoint(2, 9) };
    assert_eq!(sign(restored), Ok(restored), "a new log epoch begins anew");
    let own = LogOrigin { office: status(&mut vault, NOW).vault, epoch: LogEpoch::FIRST };
    let own = Request::Sign { checkpoint: Checkpoint { origin: own, ..checkpoint(1, 1) }.to_string() };
    assert_eq!(ask(&mut vault, &own, &[], NOW), Err(Refusal::NotSigned), "the vault's own log");
}

#[test]
fn custody_is_a_history_and_says_what_a_theft_opens() {
    let house = House::new();
    let reached = |reached| Confinement {
        no_core_dumps: reached,
        memory_locked: reached,
        shut_in: reached,
        calls_limited: reached,
    };
    let mut vault = house.open();
    vault.begin(reached(Reached::Fully), UnixMillis::new(NOW)).unwrap();
    vault.begin(reached(Reached::Fully), UnixMillis::new(NOW + 1)).unwrap();
    ask(&mut vault, &Request::AskAPerson { by: by(1) }, PASSPHRASE, NOW + 2).unwrap();
    let history = custody::custody(&house.home).unwrap();
    let said: Vec<_> = history.iter().map(|fact| (fact.since.get(), fact.theft(), fact.protections)).collect();
    assert_eq!(said, [(NOW, Theft::DiskOpens, 4), (NOW + 2, Theft::PassphraseNeeded, 4)]);
    assert_eq!(history[0].server_key, KeyPlace::SameFileSystem);
    assert_eq!(status(&mut vault, NOW).custody.as_ref(), history.last());
}

#[test]
fn a_journal_that_was_tampered_with_is_found_at_the_start() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    for second in 0..4 {
        lease(&mut vault, 1, None, NOW + second * 1000).unwrap();
    }
    assert_eq!(status(&mut vault, NOW).journal_size, 5);
    drop(vault);
    let whole = fs::read(house.home.journal()).unwrap();
    let refused = |bytes: &[u8]| {
        fs::write(house.home.journal(), bytes).unwrap();
        matches!(
            house.try_open(),
            Err(VaultError::Journal(JournalError::Damaged { .. } | JournalError::NotAsSigned { .. }))
        )
    };
    for at in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        assert!(refused(&flipped), "byte {at}");
        assert!(refused(&whole[..at]), "cut at {at}");
    }
    // What was never signed was never answered for, and is cut off.
    let mut torn = whole.clone();
    torn.extend_from_slice(&[0; 50]);
    fs::write(house.home.journal(), &torn).unwrap();
    let mut vault = house.open();
    assert_eq!(status(&mut vault, NOW).journal_size, 5);
    lease(&mut vault, 1, None, NOW).unwrap();
    drop(vault);
    assert_eq!(status(&mut house.open(), NOW).journal_size, 7, "with the line that the clock went back");
    // Without its checkpoint no more than an unfinished line is believed.
    fs::remove_file(house.home.checkpoint()).unwrap();
    assert!(matches!(house.try_open(), Err(VaultError::Journal(JournalError::NotAsSigned { .. }))));
}

#[test]
fn without_a_line_no_key_leaves() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    lease(&mut vault, 1, None, NOW).unwrap();
    vault.journal.break_disk();
    for _ in 0..2 {
        assert_eq!(lease(&mut vault, 1, None, NOW), Err(Refusal::JournalFailed));
    }
    assert_eq!(make(&mut vault, 2, &recovery(), 2), Err(Refusal::JournalFailed));
    drop(vault);
    let mut vault = house.open();
    assert_eq!(status(&mut vault, NOW).journal_size, 2);
    assert_eq!(lease(&mut vault, 2, None, NOW), Err(Refusal::UnknownOffice));
    assert!(lease(&mut vault, 1, None, NOW).is_ok());
}

#[test]
fn the_journal_is_verified_by_who_can_open_nothing() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    for _ in 0..300 {
        lease(&mut vault, 1, None, NOW).unwrap();
    }
    let verifier: LogVerifier = status(&mut vault, NOW).log_verifier.parse().unwrap();
    let mut file = Vec::new();
    export_journal(&house.home, &mut file).unwrap();
    match kura_journal::verify(&mut file.as_slice(), &verifier, &[]).unwrap() {
        Verdict::Good(whole) => assert_eq!((whole.entries, whole.signed), (301, 301)),
        wrong => panic!("{wrong}"),
    }
    // A look from outside costs the vault nothing.
    lease(&mut vault, 1, None, NOW).unwrap();
}

#[test]
fn one_vault_at_a_time_and_nothing_is_made_twice() {
    let house = House::new();
    let vault = house.open();
    assert!(matches!(house.try_open(), Err(VaultError::Runs { .. })));
    drop(vault);
    assert!(house.try_open().is_ok());
    let again = create(&house.home, &house.source, UnixMillis::new(NOW));
    assert!(matches!(again, Err(VaultError::Exists { .. })));
    let nowhere = VaultHome::in_dir(house.home.folder());
    assert!(matches!(Vault::open(&nowhere, &house.source), Err(VaultError::Missing { .. })));
}

#[test]
fn another_installations_server_key_opens_nothing() {
    let (house, other) = (House::new(), House::new());
    assert!(matches!(Vault::open(&house.home, &other.source), Err(VaultError::OtherKey { .. })));
}

#[test]
fn the_server_key_moves_and_the_history_says_when() {
    let house = House::new();
    let reached = Reached::Fully;
    let confinement =
        Confinement { no_core_dumps: reached, memory_locked: reached, shut_in: reached, calls_limited: reached };
    house.open().begin(confinement, UnixMillis::new(NOW)).unwrap();
    let inside = |worst_allowed| KeySource::File { path: house.home.dir().join("server.key"), worst_allowed };
    assert!(copy_key(&house.home, &house.source, &inside(Medium::SameFileSystem)).is_err());
    let place = copy_key(&house.home, &house.source, &inside(Medium::InsideHome)).unwrap();
    assert_eq!(place, KeyPlace::InsideHome);
    let mut vault = Vault::open(&house.home, &inside(Medium::InsideHome)).unwrap();
    vault.begin(confinement, UnixMillis::new(NOW + 1)).unwrap();
    let thefts: Vec<_> = custody::custody(&house.home).unwrap().iter().map(CustodyFact::theft).collect();
    assert_eq!(thefts, [Theft::DiskOpens, Theft::CopyOpens]);
}

#[test]
fn a_lease_has_a_length() {
    let house = House::new();
    let mut vault = house.open();
    make(&mut vault, 1, &recovery(), 1).unwrap();
    for (seconds, given) in [(0, false), (1, true), (900, true), (901, false), (u32::MAX, false)] {
        let request = LeaseRequest { seconds, ..LeaseRequest::newest(office(1), Purpose::Payroll, by(2)) };
        assert_eq!(ask(&mut vault, &Request::Lease(request), &[], NOW).is_ok(), given, "{seconds}");
    }
}
