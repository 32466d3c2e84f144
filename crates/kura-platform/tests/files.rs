//! Private files and key files: who may read them, where they lie, what damage does.
#![expect(clippy::disallowed_methods, reason = "a test may read and write")]

use std::fs;
use std::path::Path;

use kura_platform::files;
#[cfg(unix)]
use kura_platform::files::Privacy;
use kura_platform::key_file::{self, KeyFileError, Medium};
use kura_platform::secret::{SECRET_BYTES, Secret};
use kura_platform::{clock, disk, key_store, random};
use proptest::prelude::*;

fn secret() -> Secret {
    let mut bytes = [0; SECRET_BYTES];
    for (byte, number) in bytes.iter_mut().zip(0..) {
        *byte = number;
    }
    Secret::from_bytes(bytes)
}

#[test]
fn a_key_file_is_one_line_that_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    files::create_private_folder(&home).unwrap();
    let path = folder.path().join("server.key");
    key_file::create(&path, &home, Medium::SameFileSystem, &secret()).unwrap();
    // The sum was made by `sha256sum` over the rest of the line.
    let expected = "kura-key-1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f:1dad65cc\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    assert_eq!(key_file::load(&path).unwrap().expose(), secret().expose());
    assert!(matches!(
        key_file::create(&path, &home, Medium::SameFileSystem, &secret()),
        Err(KeyFileError::Exists { .. })
    ));
}

#[test]
fn a_key_file_beside_or_inside_the_data_needs_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    files::create_private_folder(&home).unwrap();
    let beside = folder.path().join("server.key");
    let inside = home.join("server.key");
    let refused = |path: &Path, allowed| match key_file::create(path, &home, allowed, &secret()) {
        Err(KeyFileError::TooClose { medium, .. }) => medium,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&beside, Medium::Other), Medium::SameFileSystem);
    assert_eq!(refused(&inside, Medium::Other), Medium::InsideHome);
    assert_eq!(refused(&inside, Medium::SameFileSystem), Medium::InsideHome);
    assert!(!beside.exists() && !inside.exists());
    assert_eq!(key_file::create(&beside, &home, Medium::InsideHome, &secret()).unwrap(), Medium::SameFileSystem);
    assert_eq!(key_file::create(&inside, &home, Medium::InsideHome, &secret()).unwrap(), Medium::InsideHome);
    assert!(matches!(key_file::load(&folder.path().join("gone")), Err(KeyFileError::Missing { .. })));
}

#[cfg(target_os = "linux")]
#[test]
fn links_are_followed_before_a_place_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    files::create_private_folder(&home).unwrap();
    std::os::unix::fs::symlink(&home, folder.path().join("elsewhere")).unwrap();
    let medium = |path: &Path| key_file::medium(path, &home).unwrap();
    assert_eq!(medium(&folder.path().join("elsewhere/server.key")), Medium::InsideHome);
    // /proc is on no disk, and so on another file system than any folder of a test.
    assert_eq!(medium(Path::new("/proc/server.key")), Medium::Other);
}

#[cfg(unix)]
#[test]
fn what_others_can_read_is_no_secret() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    files::create_private_folder(&home).unwrap();
    assert_eq!(files::privacy(&home).unwrap(), Privacy::OwnerOnly);
    let path = folder.path().join("server.key");
    key_file::create(&path, &home, Medium::SameFileSystem, &secret()).unwrap();
    assert_eq!(files::privacy(&path).unwrap(), Privacy::OwnerOnly);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(files::privacy(&path).unwrap(), Privacy::Others { mode: 0o640 });
    assert!(matches!(key_file::load(&path), Err(KeyFileError::NotPrivate { .. })));
}

#[test]
fn a_file_is_replaced_whole_and_stays_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    files::replace_private(&path, b"first").unwrap();
    // What an interrupted replacement left behind is in nobody's way.
    fs::write(folder.path().join("state.new"), b"half").unwrap();
    files::replace_private(&path, b"second").unwrap();
    assert_eq!(files::read_limited(&path, 6).unwrap(), b"second");
    assert_eq!(files::read_limited(&path, 5).unwrap_err().kind(), std::io::ErrorKind::FileTooLarge);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    #[cfg(unix)]
    assert_eq!(files::privacy(&path).unwrap(), Privacy::OwnerOnly);
}

#[test]
fn the_machine_answers() {
    let folder = tempfile::tempdir().unwrap();
    assert!(clock::unix_millis().unwrap() > 1_790_000_000_000, "after the day this was written");
    assert_ne!(random::bytes::<32>().unwrap(), random::bytes::<32>().unwrap());
    assert!(disk::free_bytes(folder.path()).unwrap() > 0);
    let latency = disk::sync_latency(folder.path()).unwrap();
    assert!(latency.median <= latency.worst && !latency.worst.is_zero());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(disk::free_bytes(&folder.path().join("gone")).is_err());
}

#[test]
fn a_secret_has_no_text_form() {
    assert_eq!(format!("{:?}", secret()), "Secret(..)");
    assert!(secret().is_locked());
}

#[cfg(not(windows))]
#[test]
fn where_there_is_no_key_store_it_says_so() {
    assert_eq!(key_store::name_of_store(), None);
    assert_eq!(key_store::store("server", &secret()), Err(key_store::KeyStoreError::NotHere));
    assert!(key_store::load("server").is_err() && key_store::delete("server").is_err());
}

/// On a real Windows the round trip is made; the secret's name is this test's own.
#[cfg(windows)]
#[test]
fn the_key_store_keeps_a_secret_and_never_replaces_it() {
    let name = "test-of-kura-platform";
    key_store::delete(name).unwrap();
    assert!(key_store::load(name).unwrap().is_none());
    key_store::store(name, &secret()).unwrap();
    assert_eq!(key_store::load(name).unwrap().unwrap().expose(), secret().expose());
    assert!(matches!(key_store::store(name, &secret()), Err(key_store::KeyStoreError::Exists { .. })));
    key_store::delete(name).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_key_comes_back_and_every_damaged_one_is_named(bytes: [u8; SECRET_BYTES], at in 0_usize..84, bit in 0_u8..8) {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        files::create_private_folder(&home).unwrap();
        let path = folder.path().join("key");
        key_file::create(&path, &home, Medium::SameFileSystem, &Secret::from_bytes(bytes)).unwrap();
        let loaded = key_file::load(&path).unwrap();
        prop_assert_eq!(loaded.expose(), &bytes);
        let mut damaged = fs::read(&path).unwrap();
        damaged[at] ^= 1 << bit;
        fs::write(&path, damaged).unwrap();
        let named = matches!(key_file::load(&path), Err(KeyFileError::Damaged { .. }));
        prop_assert!(named);
        fs::write(&path, b"x".repeat(10_000)).unwrap();
        let named = matches!(key_file::load(&path), Err(KeyFileError::Damaged { .. }));
        prop_assert!(named);
    }
}
