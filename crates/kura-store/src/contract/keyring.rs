//! Wraps.

use super::world::{World, commit, unit};
use super::{Fresh, Lent};
use crate::{Commit, CommitError, KeyringChange, Limit, Wrap};

/// A unit gets a wrap, another in its place, and after its destruction none for ever.
pub fn a_wrap_comes_changes_and_goes_for_ever(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let office = &*world.office;
    let with = |number, keyring| office.commit(Commit { keyring, ..commit(office, number, Vec::new()) });
    let wrap = |number, bytes: &[u8]| KeyringChange::Wrap { unit: unit(number), wrapped: bytes.to_vec() };
    let destroy = |number| KeyringChange::Destroy { unit: unit(number) };
    assert_eq!(office.wrap(unit(1)).unwrap(), None);
    with(1, vec![wrap(2, b"two"), wrap(1, b"one"), wrap(3, b"three")]).unwrap();
    with(2, vec![wrap(1, b"one again")]).unwrap();
    assert_eq!(office.wrap(unit(1)).unwrap(), Some(Wrap::Held(b"one again".to_vec())));

    with(3, vec![destroy(1), destroy(9)]).unwrap();
    with(4, vec![destroy(1)]).unwrap();
    let refused = with(5, vec![wrap(4, b"four"), wrap(1, b"back")]).unwrap_err();
    assert_eq!(refused, CommitError::Erased { unit: unit(1) });
    assert_eq!(office.wrap(unit(4)).unwrap(), None);
    let ring = [
        (unit(1), Wrap::Destroyed),
        (unit(2), Wrap::Held(b"two".to_vec())),
        (unit(3), Wrap::Held(b"three".to_vec())),
        (unit(9), Wrap::Destroyed),
    ];
    assert_eq!(office.wraps(None, Limit::MAX).unwrap(), ring);
    assert_eq!(office.wraps(Some(unit(1)), Limit::rows(2)).unwrap(), ring[1..3]);
    assert_eq!(office.wraps(Some(unit(9)), Limit::MAX).unwrap(), []);
}
