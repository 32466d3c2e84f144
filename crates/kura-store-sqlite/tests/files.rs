//! The files: whose they are, what they may be, what must be gone from them, how many are open.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks into the files"
)]

use std::path::{Path, PathBuf};

use kura_store::contract::Lent;
use kura_store::contract::world::{SLIP, commit, name, office, put, unit};
use kura_store::{Beginning, Commit, KeyringChange, OpenError, Store};
use kura_store_sqlite::{Options, SqliteStore};

fn store(folder: &Path) -> SqliteStore {
    let lent = Lent::new(1);
    SqliteStore::new(folder, Options::default(), lent.clock(), lent.entropy()).unwrap()
}

/// A folder with one office that holds one record, closed.
fn closed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.create_office(office(1), Beginning::Empty).unwrap();
    let open = store.open_office(office(1), Lent::new(1).seal()).unwrap();
    open.commit(commit(&*open, 1, vec![put(name(SLIP, 1), 0, b"one")])).unwrap();
    let file = folder.path().join(format!("{}.sqlite", office(1)));
    (folder, file)
}

fn refused(folder: &Path) -> OpenError {
    store(folder).open_office(office(1), Lent::new(1).seal()).err().unwrap()
}

fn edit(file: &Path, sql: &str) {
    rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_alone() {
    let (folder, file) = closed();
    edit(&file, "PRAGMA user_version = 999");
    let before = std::fs::read(&file).unwrap();
    assert_eq!(refused(folder.path()), OpenError::TooNew { office: office(1), file: 999, program: 1 });
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn what_is_no_file_of_this_office_is_refused() {
    let (folder, file) = closed();
    let foreign = OpenError::Foreign { office: office(1) };
    // Another program's database, no database, an empty file, another office under this name.
    edit(&file, "PRAGMA application_id = 7");
    assert_eq!(refused(folder.path()), foreign);
    std::fs::write(&file, [7; 5_000]).unwrap();
    assert_eq!(refused(folder.path()), foreign);
    std::fs::write(&file, b"").unwrap();
    assert_eq!(refused(folder.path()), foreign);
    store(folder.path()).create_office(office(2), Beginning::Empty).unwrap();
    std::fs::rename(folder.path().join(format!("{}.sqlite", office(2))), &file).unwrap();
    assert_eq!(refused(folder.path()), foreign);
}

#[test]
fn an_office_half_made_is_none_and_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    std::fs::write(folder.path().join(format!("{}.sqlite.new", office(1))), b"half").unwrap();
    assert_eq!(store.offices().unwrap(), []);
    store.create_office(office(1), Beginning::Empty).unwrap();
    assert_eq!(store.offices().unwrap(), [office(1)]);
    store.open_office(office(1), Lent::new(1).seal()).unwrap();
}

#[test]
fn a_strangers_id_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert!(store.open_office(office(1), Lent::new(1).seal()).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn two_stores_of_one_process_do_not_share_an_office() {
    let (folder, _) = closed();
    let first = store(folder.path());
    let _open = first.open_office(office(1), Lent::new(1).seal()).unwrap();
    let process = Some(std::process::id());
    // Windows lets nobody read a locked file.
    let process = if cfg!(windows) { None } else { process };
    assert_eq!(refused(folder.path()), OpenError::InUse { office: office(1), process });
}

#[test]
fn a_closed_store_leaves_no_log() {
    let (folder, file) = closed();
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    assert_eq!(names, [folder.path().join(format!("{}.lock", office(1))), file]);
}

#[cfg(unix)]
#[test]
fn everything_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("store");
    let store = store(&home);
    store.create_office(office(1), Beginning::Empty).unwrap();
    let open = store.open_office(office(1), Lent::new(1).seal()).unwrap();
    open.commit(commit(&*open, 1, vec![put(name(SLIP, 1), 0, b"one")])).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home), 0o700);
    let files: Vec<_> = std::fs::read_dir(&home).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(files.len(), 4, "database, log, its index, lock: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

/// Whether some file of the folder holds these bytes. Offices are closed then: reading their files would drop SQLite's locks.
#[cfg(unix)]
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[cfg(unix)]
#[test]
fn a_destroyed_wrap_and_a_replaced_one_are_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let copy = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.create_office(office(1), Beginning::Empty).unwrap();
    let open = store.open_office(office(1), Lent::new(1).seal()).unwrap();
    let wrap = |number: u64, bytes: &[u8]| KeyringChange::Wrap { unit: unit(number), wrapped: bytes.to_vec() };
    let with = |number, keyring| open.commit(Commit { keyring, ..commit(&*open, number, Vec::new()) }).unwrap();
    let look = |bytes: &[u8]| {
        // By another process, as a thief would: this one keeps its locks.
        let from = format!("{}/.", folder.path().display());
        assert!(std::process::Command::new("cp").args(["-R", &from]).arg(copy.path()).status().unwrap().success());
        holds(copy.path(), bytes)
    };
    let many = (0..400).map(|number| wrap(number, b"a wrap like any other, forty bytes long."));
    with(
        1,
        many.chain([wrap(500, b"the wrap of somebody who will be erased"), wrap(501, b"the wrap before the rotation")])
            .collect(),
    );
    assert!(look(b"who will be erased") && look(b"before the rotation"));
    with(2, vec![KeyringChange::Destroy { unit: unit(500) }, wrap(501, b"the wrap after it")]);
    assert!(!look(b"who will be erased"));
    assert!(!look(b"before the rotation"));
    assert!(look(b"the wrap after it"));
}

#[test]
fn no_more_files_are_open_than_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let lent = Lent::new(1);
    let options = Options { open_offices_max: 3, ..Options::default() };
    let first = SqliteStore::new(folder.path(), options, lent.clock(), lent.entropy()).unwrap();
    let handles: Vec<_> = (1..=8)
        .map(|number| {
            first.create_office(office(number), Beginning::Empty).unwrap();
            first.open_office(office(number), lent.seal()).unwrap()
        })
        .collect();
    for round in 0..3 {
        for handle in &handles {
            handle.commit(commit(&**handle, round, vec![put(name(SLIP, round), 0, b"x")])).unwrap();
        }
    }
    // Another store can have what this one closed, and nothing else.
    let other = SqliteStore::new(folder.path(), options, lent.clock(), lent.entropy()).unwrap();
    let free = (1..=8).filter(|number| other.open_office(office(*number), lent.seal()).is_ok()).count();
    assert_eq!(free, 5);
    // A handle that meets that says so, and works again afterwards.
    assert!(handles.iter().any(|handle| handle.get(name(SLIP, 0)).is_err()));
    drop(other);
    assert!(handles.iter().all(|handle| handle.get(name(SLIP, 2)).unwrap().is_some()));
}
