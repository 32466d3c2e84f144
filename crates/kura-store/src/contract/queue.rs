//! Many at once.

use std::sync::atomic::{AtomicU64, Ordering};

use super::journal::verified;
use super::world::{SLIP, World, commit, name, put};
use super::{Fresh, Lent};
use crate::CommitError;

const THREADS: u64 = 8;
const COMMITS: u64 = 25;

/// All threads raise the same counter by reading, committing, and reading again after a conflict: no step is lost, none is done twice.
pub fn commits_of_many_threads_all_arrive(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let office = &*world.office;
    let counter = name(SLIP, 0);
    let requests = AtomicU64::new(0);
    let raise = || {
        let before = office.get(counter).unwrap();
        let (version, value) =
            before.map_or((0, 0), |it| (it.version, u64::from_be_bytes(it.sealed.try_into().unwrap())));
        let number = requests.fetch_add(1, Ordering::SeqCst);
        let own = put(name(SLIP, 1 + number), 0, b"own");
        office.commit(commit(office, number, vec![own, put(counter, version, &(value + 1).to_be_bytes())]))
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..COMMITS {
                    while let Err(error) = raise() {
                        assert!(matches!(error, CommitError::Conflict { name, .. } if name == counter), "{error}");
                    }
                }
            });
        }
    });
    let end = office.get(counter).unwrap().unwrap();
    assert_eq!((end.version, end.sealed), (THREADS * COMMITS, (THREADS * COMMITS).to_be_bytes().to_vec()));
    assert_eq!(u64::try_from(verified(office).len()), Ok(THREADS * COMMITS));
    let tries = requests.load(Ordering::SeqCst);
    let written = (0..tries).filter(|number| office.get(name(SLIP, 1 + number)).unwrap().is_some()).count();
    assert_eq!(u64::try_from(written), Ok(THREADS * COMMITS));
}

/// Commits of one moment share a transaction; one that conflicts fails alone, bulk and small ones alike.
pub fn one_that_fails_does_not_hold_up_the_others(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    let office = &*world.office;
    let answers: Vec<_> = std::thread::scope(|scope| {
        let commits: Vec<_> = (0..48_u64)
            .map(|number| {
                scope.spawn(move || {
                    let rows = if number % 4 == 0 { 200 } else { 1 };
                    let expected = if number % 3 == 0 { 5 } else { 0 };
                    let changes = (0..rows).map(|row| put(name(SLIP, number * 1000 + row), 0, b"x"));
                    let last = put(name(SLIP, number * 1000 + 999), expected, b"x");
                    office.commit(commit(office, number, changes.chain([last]).collect()))
                })
            })
            .collect();
        commits.into_iter().map(|commit| commit.join().unwrap()).collect()
    });
    for (answer, number) in answers.iter().zip(0..) {
        let written = office.get(name(SLIP, number * 1000)).unwrap().is_some();
        assert_eq!((answer.is_ok(), written), (number % 3 != 0, number % 3 != 0), "{answer:?}");
    }
    assert_eq!(verified(office).len(), 32);
}
