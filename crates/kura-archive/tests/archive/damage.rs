//! Broken in every way: a named error, or the right result, and never anything else.

use std::fs;

use kura_archive::{ArchiveError, Chain, Class, Demand, Source, Target, TargetError, prove};
use kura_journal::{Checkpoint, LogKey, LogOrigin, TreeHash};
use kura_store::contract::world::{PERSON, SLIP, name, put};
use zeroize::Zeroizing;

use crate::given::{World, files, log_key, of_unit, opens, present, restored_from};

/// Two manifests, two kinds, one record with two versions.
fn small(number: u64) -> World {
    let world = World::new(number);
    world.commit(vec![put(name(SLIP, 1), 0, b"slip"), of_unit(2, put(name(PERSON, 1), 0, b"person"))]);
    world.ship().unwrap();
    world.commit(vec![put(name(SLIP, 1), 1, b"second")]);
    world.ship().unwrap();
    world
}

#[test]
fn every_byte_flipped_is_named_or_changes_nothing() {
    let world = small(1);
    let mut flips = 0;
    for path in files(&world) {
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            fs::write(&path, &bad).unwrap();
            let error = world.proven().err().unwrap();
            let named = matches!(
                &error,
                ArchiveError::Damaged { name } | ArchiveError::OtherOffice { name } if path == world.target().place(name)
            );
            assert!(named, "{} byte {at}: {error}", path.display());
            flips += 1;
        }
        fs::write(&path, &good).unwrap();
    }
    assert!(flips > 4_000, "{flips}");
    world.proven().unwrap();
}

#[test]
fn missing_cut_and_lengthened_objects_are_named() {
    let world = small(1);
    let newest = Chain::read(&world.target(), world.office.id(), None).unwrap().newest().clone();
    for path in files(&world) {
        let good = fs::read(&path).unwrap();
        let is = |class: Class| path.parent().unwrap().ends_with(class.name());
        fs::remove_file(&path).unwrap();
        let older_keyring = is(Class::Keyring) && path != world.target().place(&newest.keyring.name);
        match world.proven() {
            // Without the newest manifest an archive is an older one, and cannot know it: a checkpoint kept elsewhere does.
            Ok(proven) if is(Class::Manifest) => assert_eq!(proven.entries, 1),
            Ok(proven) => assert!(older_keyring || (is(Class::Changes) && proven.expired == 1), "{}", path.display()),
            Err(ArchiveError::Target(TargetError::Missing { name })) => assert_eq!(path, world.target().place(&name)),
            Err(error) => panic!("{error}"),
        }
        for length in [0, 1, good.len() / 2, good.len() - 1] {
            fs::write(&path, &good[..length]).unwrap();
            assert!(older_keyring || matches!(world.proven(), Err(ArchiveError::Damaged { .. })), "{}", path.display());
        }
        fs::write(&path, [&good[..], b"x"].concat()).unwrap();
        assert!(older_keyring || matches!(world.proven(), Err(ArchiveError::Damaged { .. })), "{}", path.display());
        fs::write(&path, &good).unwrap();
    }
}

#[test]
fn objects_of_two_offices_are_not_mixed() {
    let (one, two) = (small(1), small(2));
    for (of_one, of_two) in files(&one).into_iter().zip(files(&two)) {
        let good = fs::read(&of_one).unwrap();
        fs::copy(&of_two, &of_one).unwrap();
        let error = one.proven().err();
        let is_manifest = of_one.parent().unwrap().ends_with(Class::Manifest.name());
        let named = match error {
            Some(ArchiveError::OtherOffice { name }) => one.target().place(&name) == of_one,
            // A manifest has no first line that tells whose it is.
            Some(ArchiveError::Damaged { name }) => is_manifest && one.target().place(&name) == of_one,
            _ => false,
        };
        assert!(named, "{}", of_one.display());
        fs::write(&of_one, good).unwrap();
    }
}

#[test]
fn an_old_manifest_is_found_by_a_checkpoint_kept_elsewhere() {
    let world = small(1);
    let now = world.office.head().unwrap();
    let known = Checkpoint {
        origin: LogOrigin { office: world.office.id(), epoch: now.epoch },
        size: now.size(),
        root: now.root(),
    };
    let newest = world.target().newest_manifest(world.office.id()).unwrap().unwrap();
    fs::remove_file(world.target().place(&newest)).unwrap();
    assert_eq!(world.proven().unwrap().entries, 1);
    let demand = |accept_loss| Demand { open: Some(&opens), known: Some(known), accept_loss, ..Demand::default() };
    assert_eq!(world.prove(&demand(false)).err(), Some(ArchiveError::Older { entries: 1, known: 2 }));
    let (_, restored) = world.restored(&demand(true)).unwrap();
    assert_eq!((restored.opening.witnessed_size, restored.opening.witnessed_root), (2, now.root()));
    let other = Checkpoint { root: TreeHash::EMPTY, size: 1, ..known };
    let forked = world.prove(&Demand { open: Some(&opens), known: Some(other), ..Demand::default() });
    assert_eq!(forked.err(), Some(ArchiveError::Fork { known: 1 }));
}

#[test]
fn the_sheets_fingerprint_decides_whose_archive_it_is() {
    let world = small(1);
    let sheet = log_key().verifier().fingerprint();
    let typed = sheet.to_uppercase().replace(' ', "  ");
    let with = |fingerprint| world.prove(&Demand { fingerprint: Some(fingerprint), ..Demand::default() });
    with(&sheet).unwrap();
    with(&typed).unwrap();
    let other = LogKey::from_seed(&Zeroizing::new([4; 32])).verifier().fingerprint();
    assert_eq!(with(&other).err(), Some(ArchiveError::OtherLogKey { found: sheet }));
}

#[test]
fn the_wrong_key_opens_nothing() {
    let world = small(1);
    let closed = world.prove(&Demand { open: Some(&|_, _| None), ..Demand::default() });
    assert_eq!(closed.err(), Some(ArchiveError::Closed { seq: 1 }));
}

#[test]
fn a_second_manifest_of_a_number_is_named_and_the_one_before_it_restores() {
    let world = small(1);
    let forged = kura_archive::ObjectName::of(world.office.id(), Class::Manifest, 2, 2, b"forged");
    world.target().put(&forged, b"forged").unwrap();
    assert_eq!(world.proven().err(), Some(ArchiveError::Forked { number: 2 }));
    let before = Chain::read(&world.target(), world.office.id(), Some(1)).unwrap();
    let proven = prove(&world.target(), &before, &Demand { open: Some(&opens), ..Demand::default() }).unwrap();
    let (to, _) = restored_from(&world.target(), &proven, &world.office.id(), &world.lent).unwrap();
    assert_eq!(present(&*to).len(), 2);
}

#[test]
fn an_object_changed_between_proof_and_restore_stops_it_before_promotion() {
    let world = small(1);
    let proven = world.proven().unwrap();
    for path in files(&world) {
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        *bad.last_mut().unwrap() ^= 1;
        fs::write(&path, &bad).unwrap();
        match restored_from(&world.target(), &proven, &world.office.id(), &world.lent) {
            Err(error) => assert!(matches!(error, ArchiveError::Damaged { .. }), "{error}"),
            Ok((to, _)) => assert_eq!(present(&*to), present(&*world.office)),
        }
        fs::write(&path, &good).unwrap();
    }
}

#[test]
fn an_archive_of_nobody_is_said_to_be_one() {
    let world = World::new(1);
    assert_eq!(world.target().offices().unwrap(), []);
    let none = Chain::read(&world.target(), world.office.id(), None).err();
    assert_eq!(none, Some(ArchiveError::NoArchive { office: world.office.id() }));
}
