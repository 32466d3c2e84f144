//! The part of the process under test: it commits, and says what was acknowledged.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kura_store::contract::world::{
    BY_STATE, Chance, Lent, PERSON, SLIP, commit, delete, key, name, office, put, put_with_keys, unit,
};
use kura_store::{
    Beginning, Change, Commit, CommitError, Fault, KeyringChange, Office, OpenError, ReadError, Receipt, Record,
    RecordName, Store,
};
use kura_store_sqlite::{Options, SqliteStore};

/// Which part to play.
pub(crate) const PART: &str = "KURA_FAULTS_PART";
/// In which folder.
pub(crate) const FOLDER: &str = "KURA_FAULTS_FOLDER";
/// Which play of several in one folder: requests and records of each are its own.
pub(crate) const ROUND: &str = "KURA_FAULTS_ROUND";
/// Commits of a part that ends by itself.
pub(crate) const COMMITS: u64 = 40;

const THREADS: u64 = 4;
/// Requests of one thread in one round.
const REQUESTS: u64 = 100_000;

pub(crate) fn open(folder: &Path) -> Result<(SqliteStore, Arc<dyn Office>), OpenError> {
    let lent = Lent::new(std::process::id().into());
    let store = SqliteStore::new(folder, Options::default(), lent.clock(), lent.entropy())?;
    match store.create_office(office(1), Beginning::Empty) {
        Ok(()) | Err(OpenError::Exists { .. }) => {}
        Err(error) => return Err(error),
    }
    let office = store.open_office(office(1), lent.seal())?;
    Ok((store, office))
}

/// A line that stands whole or not at all.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

pub(crate) fn play(part: &str) {
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let round: u64 = std::env::var(ROUND).unwrap().parse().unwrap();
    let (_store, office) = match open(&folder) {
        Ok(opened) => opened,
        Err(error) => return say(&format!("not opened {error:?}")),
    };
    say("opened");
    match part {
        "for ever" => for_ever(&*office, round),
        "a while" => a_while(&*office, round),
        "together" => together(&*office, round),
        "hold" => std::thread::sleep(std::time::Duration::from_secs(60)),
        other => panic!("no such part: {other}"),
    }
}

/// Several threads, until somebody kills the process.
fn for_ever(office: &dyn Office, round: u64) {
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || (0..REQUESTS).for_each(|step| acknowledge(office, round, thread, step).unwrap()));
        }
    });
}

/// One thread, so that the steps of the disk are the same each time. A full disk is waited out; any other fault ends it, after a look
/// whether the office stays closed.
fn a_while(office: &dyn Office, round: u64) {
    for step in 0..COMMITS {
        loop {
            match acknowledge(office, round, 0, step) {
                Ok(()) => break,
                Err(CommitError::Fault(Fault::DiskFull)) => say("full"),
                Err(error) => {
                    say(&format!("failed {error:?}"));
                    let again = acknowledge(office, round, 0, step).unwrap_err();
                    say(&format!("then {again:?}"));
                    return say(&format!("read {:?}", office.head().unwrap_err()));
                }
            }
        }
    }
    say("done");
}

/// As many as share an fsync.
fn together(office: &dyn Office, round: u64) {
    std::thread::scope(|scope| {
        for thread in 0..16 {
            scope.spawn(move || (0..10).for_each(|step| acknowledge(office, round, thread, step).unwrap()));
        }
    });
    say("done");
}

fn acknowledge(office: &dyn Office, round: u64, thread: u64, step: u64) -> Result<(), CommitError> {
    let number = round * 10_000_000 + thread * REQUESTS + step;
    let Receipt { seq, leaf, .. } = office.commit(act(office, number, thread, step)?)?;
    say(&format!("acknowledged {number} {seq} {leaf:?}"));
    Ok(())
}

/// What a thread does in a step depends on nothing but its number and the thread's own record: a new record, a new version or the
/// deletion of an old one, now and then many at once or a wrap.
fn act(office: &dyn Office, number: u64, thread: u64, step: u64) -> Result<Commit, CommitError> {
    let mut chance = Chance::new(number);
    let bytes: Vec<u8> = (0..chance.below(300)).flat_map(|_| chance.number().to_le_bytes()).collect();
    let mut changes = vec![put_with_keys(name(SLIP, number), 0, &bytes, [key(BY_STATE, &step.to_be_bytes())])];
    let counter = name(PERSON, thread);
    let version = seen(office, counter)?.map_or(0, |record| record.version);
    changes.push(put(counter, version, &number.to_be_bytes()));
    if step % 3 == 2 {
        changes.extend(older(office, number - 2)?);
    }
    if step % 10 == 9 {
        changes.extend((0..60).map(|row| put(name(SLIP, number * 1_000 + row), 0, &bytes)));
    }
    let mut commit = commit(office, number, changes);
    if step.is_multiple_of(7) {
        commit.keyring.push(KeyringChange::Wrap { unit: unit(number), wrapped: number.to_be_bytes().to_vec() });
    }
    if step % 14 == 13 {
        commit.keyring.push(KeyringChange::Destroy { unit: unit(number - 6) });
    }
    Ok(commit)
}

fn seen(office: &dyn Office, name: RecordName) -> Result<Option<Record>, CommitError> {
    office.get(name).map_err(|error| match error {
        ReadError::Fault(fault) => CommitError::Fault(fault),
        other => panic!("{other:?}"),
    })
}

fn older(office: &dyn Office, number: u64) -> Result<Option<Change>, CommitError> {
    let gone = number.is_multiple_of(2);
    let record = seen(office, name(SLIP, number))?;
    Ok(record.map(|it| if gone { delete(it.name, it.version) } else { put(it.name, it.version, b"changed") }))
}
