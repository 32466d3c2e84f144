//! Offices do not see each other.

use super::world::{BY_STATE, SLIP, World, commit, key, name, office, put_with_keys, request, unit};
use super::{Fresh, Lent};
use crate::{Beginning, ChangePlace, Commit, Find, KeyringChange, Limit, OpenError, Values, house};

/// Made once, listed by age, not found before.
pub fn an_office_is_made_once_and_listed(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    assert_eq!(world.store.offices().unwrap(), [office(1)]);
    let missing = world.store.open_office(office(2), world.lent.seal()).err();
    assert_eq!(missing, Some(OpenError::NotFound { office: office(2) }));
    let twice = world.store.create_office(office(1), Beginning::Empty);
    assert_eq!(twice, Err(OpenError::Exists { office: office(1) }));
    world.store.create_office(office(3), Beginning::Empty).unwrap();
    world.store.create_office(office(2), Beginning::Empty).unwrap();
    assert_eq!(world.store.offices().unwrap(), [office(1), office(2), office(3)]);
    // Two handles are one office.
    let other = world.store.open_office(office(1), world.lent.seal()).unwrap();
    world.commit(1, vec![put_with_keys(name(SLIP, 1), 0, b"x", [])]).unwrap();
    assert_eq!(other.get(name(SLIP, 1)).unwrap().unwrap().sealed, b"x");
}

/// Every id of one office, put to the other, finds exactly nothing; equal ids are two things.
pub fn another_offices_ids_find_nothing(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let other = world.another(2, Beginning::Empty);
    let mine = vec![put_with_keys(name(SLIP, 1), 0, b"mine", [key(BY_STATE, b"s")])];
    let keyring = vec![KeyringChange::Wrap { unit: unit(1), wrapped: b"mine".to_vec() }];
    world.office.commit(Commit { keyring, ..commit(&*world.office, 1, mine) }).unwrap();

    let values = Values::all();
    let question = Find { kind: SLIP, index: BY_STATE, values, after: None, limit: Limit::MAX };
    assert_eq!(other.get(name(SLIP, 1)).unwrap(), None);
    assert_eq!(other.get_many(&[name(SLIP, 1)]).unwrap(), [None]);
    assert_eq!(other.keys(name(SLIP, 1)).unwrap().iter().count(), 0);
    assert_eq!(other.find(&question).unwrap().hits, []);
    assert_eq!(other.wrap(unit(1)).unwrap(), None);
    assert_eq!(other.wraps(None, Limit::MAX).unwrap(), []);
    assert_eq!(other.receipt(request(1)).unwrap(), None);
    assert_eq!(other.journal_from(1, Limit::MAX).unwrap(), []);
    assert_eq!(other.changes_from(ChangePlace::from(1), Limit::MAX).unwrap(), []);
    assert_eq!(other.head().unwrap().size(), 0);

    // The same request and the same record in the other office are its own.
    let theirs = vec![put_with_keys(name(SLIP, 1), 0, b"theirs", [key(BY_STATE, b"t")])];
    other.commit(commit(&*other, 1, theirs)).unwrap();
    assert_eq!(other.get(name(SLIP, 1)).unwrap().unwrap().sealed, b"theirs");
    assert_eq!(world.office.get(name(SLIP, 1)).unwrap().unwrap().sealed, b"mine");
    assert_eq!(world.office.find(&question).unwrap().hits[0].value, b"s");
}

/// The house store is made on the first day, and is no office.
pub fn the_house_is_none_of_the_offices(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let home = world.store.open_house(world.lent.seal()).unwrap();
    assert_eq!(home.id(), house());
    let change = put_with_keys(name(SLIP, 1), 0, b"server key", [key(BY_STATE, b"sign-in")]);
    home.commit(commit(&*home, 1, vec![change])).unwrap();
    let again = world.store.open_house(world.lent.seal()).unwrap();
    assert_eq!(again.get(name(SLIP, 1)).unwrap().unwrap().sealed, b"server key");
    assert_eq!(world.store.offices().unwrap(), [office(1)]);
    assert_eq!(super::journal::verified(&*home).len(), 1);
}
