//! What goes to a target, when, and how it goes on.

use std::sync::atomic::{AtomicUsize, Ordering};

use kura_archive::{Class, Demand, Folder, ObjectName, Protection, Put, ShipError, Source, Target, TargetError};
use kura_id::OfficeId;
use kura_store::contract::world::{PERSON, SLIP, delete, name, put};
use kura_store::{Limit, Wrap};

use crate::given::{DAY, World, files, of_unit, opens, present, wraps};

fn lived() -> World {
    let world = World::new(1);
    for number in 1..30 {
        world.commit(vec![
            put(name(SLIP, number), 0, b"slip"),
            of_unit(number, put(name(PERSON, number), 0, b"person")),
        ]);
    }
    world.commit(vec![put(name(SLIP, 3), 1, b"second"), delete(name(SLIP, 4), 1)]);
    world
}

#[test]
fn what_was_shipped_comes_back_the_same() {
    let world = lived();
    let shipped = world.ship().unwrap();
    assert!(shipped.generation);
    world.pass(1_000);
    world.commit(vec![put(name(SLIP, 3), 2, b"third"), put(name(SLIP, 99), 0, b"new")]);
    assert!(!world.ship().unwrap().generation);
    let (to, restored) = world.restored(&Demand { open: Some(&opens), ..Demand::default() }).unwrap();
    assert_eq!(present(&*to), present(&*world.office));
    assert_eq!(wraps(&*to), wraps(&*world.office));
    let (head, original) = (to.head().unwrap(), world.office.head().unwrap());
    assert_eq!((head.size(), head.root(), head.restoring), (original.size(), original.root(), true));
    assert_eq!(restored.kinds[&SLIP].records, 29);
    assert_eq!(restored.kinds[&PERSON].records, 29);
    assert_eq!((restored.opening.witnessed_size, restored.opening.epoch.get()), (original.size(), 2));
    assert_eq!(restored.of_erased, []);
}

#[test]
fn a_call_that_changes_nothing_puts_nothing() {
    let world = lived();
    world.ship().unwrap();
    let before = files(&world);
    let again = world.ship().unwrap();
    assert_eq!((again.stored, again.bytes, again.generation), (0, 0, false));
    assert_eq!(files(&world), before);
    assert_eq!(again.manifest, world.target().newest_manifest(world.office.id()).unwrap());
    // A new day has a keyring of its own, and a week later there is a generation that sends again only what changed.
    world.pass(DAY);
    assert_eq!(world.ship().unwrap().stored, 2);
    world.pass(7 * DAY);
    let weekly = world.ship().unwrap();
    assert_eq!((weekly.stored, weekly.generation), (2, true));
    world.commit(vec![put(name(SLIP, 5), 1, b"changed")]);
    world.pass(7 * DAY);
    let weekly = world.ship().unwrap();
    assert_eq!((weekly.stored, weekly.generation), (5, true), "entry, change, one of two kinds, keyring, manifest");
    world.proven().unwrap();
}

#[test]
fn an_office_without_an_entry_ships_nothing() {
    let world = World::new(1);
    assert_eq!(world.ship().unwrap().manifest, None);
    assert!(!world.folder.path().join("target").exists());
}

/// A target that fails before or after the object of a certain turn.
struct Failing {
    inner: Folder,
    turn: AtomicUsize,
    fails_at: usize,
    after: bool,
}

impl Target for Failing {
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError> {
        let now = self.turn.fetch_add(1, Ordering::SeqCst) == self.fails_at;
        if now && !self.after {
            return Err(TargetError::Full);
        }
        let put = self.inner.put(name, bytes);
        if now { Err(TargetError::Unavailable { reason: "cut".to_owned() }) } else { put }
    }

    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError> {
        self.inner.newest_manifest(office)
    }

    fn protection(&self) -> Protection {
        Protection::AddOnly
    }
}

#[test]
fn a_cut_at_any_step_is_gone_on_from_with_the_same_objects() {
    let whole = lived();
    whole.ship().unwrap();
    whole.commit(vec![put(name(SLIP, 50), 0, b"later")]);
    whole.ship().unwrap();
    let names =
        |world: &World| -> Vec<_> { files(world).iter().map(|path| path.file_name().unwrap().to_owned()).collect() };
    for after in [false, true] {
        for fails_at in 0..9 {
            let world = lived();
            let failing = Failing { inner: world.target(), turn: AtomicUsize::new(0), fails_at, after };
            let mut failed = usize::from(world.ship_to(&failing).is_err());
            world.ship_to(&failing).unwrap();
            world.commit(vec![put(name(SLIP, 50), 0, b"later")]);
            failed += usize::from(world.ship_to(&failing).is_err());
            world.ship_to(&failing).unwrap();
            assert_eq!(failed, 1, "{fails_at}");
            assert_eq!(names(&world), names(&whole), "{fails_at}");
            let (to, _) = world.restored(&Demand { open: Some(&opens), ..Demand::default() }).unwrap();
            assert_eq!(present(&*to), present(&*world.office));
            assert_eq!(world.office.head().unwrap().acknowledged_before, world.office.head().unwrap().next_seq());
        }
    }
}

#[test]
fn a_pruned_history_is_carried_by_a_generation() {
    let world = lived();
    world.office.acknowledge(20).unwrap();
    assert!(!world.office.prune(20, Limit::MAX).unwrap());
    world.ship().unwrap();
    let (to, _) = world.restored(&Demand { open: Some(&opens), ..Demand::default() }).unwrap();
    assert_eq!(present(&*to), present(&*world.office));
    assert_eq!(to.head().unwrap().kept_from, world.office.head().unwrap().size() + 1);
}

#[test]
fn another_homes_archive_is_not_gone_on_with() {
    let world = lived();
    world.ship().unwrap();
    std::fs::remove_file(world.cursor_file()).unwrap();
    assert!(matches!(world.ship(), Err(ShipError::AnotherHome { number: 1, .. })));
}

#[test]
fn a_target_that_forgot_or_was_added_to_is_noticed() {
    let world = lived();
    world.ship().unwrap();
    world.commit(vec![put(name(SLIP, 50), 0, b"later")]);
    let newest = world.ship().unwrap().manifest.unwrap();
    let kept = std::fs::read(world.target().place(&newest)).unwrap();
    std::fs::remove_file(world.target().place(&newest)).unwrap();
    assert!(matches!(world.ship(), Err(ShipError::TargetChanged { expected: 2, found: Some(1) })));
    std::fs::write(world.target().place(&newest), kept).unwrap();
    let foreign = ObjectName::of(world.office.id(), Class::Manifest, 3, 99, b"garbage");
    world.target().put(&foreign, b"garbage").unwrap();
    assert!(matches!(world.ship(), Err(ShipError::TargetChanged { expected: 2, found: Some(3) })));
}

#[test]
fn who_was_erased_stays_erased_also_in_a_restore_to_before() {
    let world = lived();
    world.ship().unwrap();
    let before = world.now();
    world.pass(DAY);
    world.erase(7);
    world.ship().unwrap();
    let demand = Demand { open: Some(&opens), at: Some(before), ..Demand::default() };
    let (to, restored) = world.restored(&demand).unwrap();
    let unit = kura_store::contract::world::unit(7);
    assert_eq!(to.wrap(unit).unwrap(), Some(Wrap::Destroyed));
    assert_eq!(restored.of_erased.iter().map(|row| row.name).collect::<Vec<_>>(), [name(PERSON, 7)]);
    // Also where an older keyring, which still has the key, is all that is left beside the journal.
    let size = world.office.head().unwrap().size();
    assert_eq!((to.head().unwrap().size(), restored.opening.witnessed_size), (size - 1, size));
}

#[test]
fn a_time_before_the_first_generation_comes_from_the_changes() {
    let world = World::new(1);
    world.commit(vec![put(name(SLIP, 1), 0, b"one")]);
    let then = world.now();
    let first = present(&*world.office);
    world.pass(1_000);
    world.commit(vec![put(name(SLIP, 1), 1, b"two"), put(name(SLIP, 2), 0, b"x")]);
    world.ship().unwrap();
    let demand = |at| Demand { open: Some(&opens), at: Some(kura_journal::UnixMillis::new(at)), ..Demand::default() };
    let (to, _) = world.restored(&demand(then.get())).unwrap();
    assert_eq!(present(&*to), first);
    assert!(matches!(world.restored(&demand(5)), Err(kura_archive::ArchiveError::NothingThen)));
    assert_eq!(world.target().manifests(world.office.id()).unwrap().len(), 1);
}
