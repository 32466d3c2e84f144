//! What happens to the process and its disk.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Duration;

use kura_store::contract::world::{Chance, Lent, office};
use kura_store::{OpenError, Store};
use kura_store_sqlite::{Options, SqliteStore};

use crate::disk::Play;
use crate::part::COMMITS;
use crate::verdict::{Acknowledged, judge, read_acknowledged};

type Test = fn();

pub(crate) const ALL: [(&str, Test); 8] = [
    ("a_killed_process_lost_nothing", a_killed_process_lost_nothing),
    ("a_power_failure_at_any_step_lost_nothing", a_power_failure_at_any_step_lost_nothing),
    ("a_full_disk_is_said_and_survived", a_full_disk_is_said_and_survived),
    ("a_failed_fsync_closes_the_office", a_failed_fsync_closes_the_office),
    ("a_slow_disk_is_shared", a_slow_disk_is_shared),
    ("a_read_only_database_is_said", a_read_only_database_is_said),
    ("two_processes_do_not_share_an_office", two_processes_do_not_share_an_office),
    ("the_lock_goes_with_its_process", the_lock_goes_with_its_process),
];

/// How much is played: one of so many moments. Without a word, as many as CI can afford.
fn one_of() -> Option<u64> {
    std::env::var("KURA_FAULTS").ok().map(|number| number.parse().unwrap())
}

fn all() -> bool {
    one_of().is_some()
}

/// Kill -9 at a moment of chance, over and over on the same files.
fn a_killed_process_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Acknowledged::new();
    let mut chance = Chance::new(9);
    for round in 0..if all() { 200 } else { 12 } {
        let mut child = Play::new("for ever", folder.path(), round).begin();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        said.read_line(&mut text).unwrap();
        std::thread::sleep(Duration::from_millis(chance.below(120)));
        child.kill().unwrap();
        child.wait().unwrap();
        said.read_to_string(&mut text).unwrap();
        read_acknowledged(&text, &mut acknowledged);
        judge(folder.path(), &acknowledged);
    }
    assert!(acknowledged.len() > 50, "{} commits were acknowledged", acknowledged.len());
}

/// The steps and fsyncs of the disk in a play that ends well.
fn steps(part: &str) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    let count = tempfile::NamedTempFile::new().unwrap();
    let said = Play::new(part, &folder.path().join("store"), 1).with(&[]).counting(count.path()).end();
    assert!(said.status.success());
    assert!(String::from_utf8(said.stdout).unwrap().ends_with("done\n"));
    let count = std::fs::read_to_string(count.path()).unwrap();
    let (steps, syncs) = count.trim().split_once(' ').unwrap();
    (steps.parse().unwrap(), syncs.parse().unwrap())
}

/// Steps of the middle: before them the office is made, behind them it is closed.
fn moments(steps: u64) -> impl Iterator<Item = u64> {
    (steps / 4..steps * 3 / 4).step_by(usize::try_from(steps / if all() { 60 } else { 9 }).unwrap())
}

/// Every write and fsync in turn is the last one; what was not fsynced is lost, or reaches the disk in part.
fn a_power_failure_at_any_step_lost_nothing() {
    let (steps, _) = steps("a while");
    let stride = one_of().unwrap_or((steps / 25).max(1));
    let mut played = 0;
    for (place, step) in (1..=steps).step_by(usize::try_from(stride).unwrap()).enumerate() {
        let seeds = [0, 1, step * 31 + 2];
        for (kind, seed) in seeds.into_iter().enumerate() {
            if all() || place % 3 == kind {
                power_failure(step, seed);
                played += 1;
            }
        }
    }
    assert!(played >= 20, "{played} power failures were played");
}

fn power_failure(step: u64, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let said = Play::new("a while", &store, 1).with(&[("CRASH_AT", step), ("SEED", seed)]).end();
    assert_eq!(said.status.code(), Some(77), "step {step}, seed {seed}");
    let mut acknowledged = Acknowledged::new();
    read_acknowledged(&String::from_utf8(said.stdout).unwrap(), &mut acknowledged);
    judge(&store, &acknowledged);
}

fn lines(said: &std::process::Output) -> Vec<String> {
    String::from_utf8(said.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

fn judged(store: &Path, lines: &[String]) -> usize {
    let mut acknowledged = Acknowledged::new();
    read_acknowledged(&lines.join("\n"), &mut acknowledged);
    judge(store, &acknowledged);
    acknowledged.len()
}

/// No room for a while: nothing is written, the office stays open, and goes on when there is room again.
fn a_full_disk_is_said_and_survived() {
    let (steps, _) = steps("a while");
    for from in moments(steps) {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        let said = Play::new("a while", &store, 1).with(&[("FULL_FROM", from), ("FULL_TO", from + 9)]).end();
        let lines = lines(&said);
        assert!(lines.iter().any(|line| line == "full"), "from {from}");
        assert_eq!(lines.last().map(String::as_str), Some("done"), "from {from}");
        assert_eq!(judged(&store, &lines), usize::try_from(COMMITS).unwrap());
    }
}

/// An fsync that fails closes the office: every later call says so, and nothing tries again.
fn a_failed_fsync_closes_the_office() {
    let (steps, _) = steps("a while");
    for at in moments(steps) {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        let lines = lines(&Play::new("a while", &store, 1).with(&[("SYNC_FAILS_AT", at)]).end());
        let end: Vec<_> = lines.iter().filter(|line| !line.starts_with("acknowledged")).collect();
        assert!(end[1].starts_with("failed Fault(Io") || end[1].starts_with("failed Fault(Closed"), "at {at}: {end:?}");
        assert!(end[2].starts_with("then Fault(Closed"), "{end:?}");
        assert!(end[3].starts_with("read Fault(Closed"), "{end:?}");
        assert!(judged(&store, &lines) > 0);
    }
}

/// On a slow disk commits wait together: fewer fsyncs than commits, and all of them arrive.
fn a_slow_disk_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let count = tempfile::NamedTempFile::new().unwrap();
    let lines = lines(&Play::new("together", &store, 1).with(&[("SLOW_US", 5_000)]).counting(count.path()).end());
    assert_eq!(judged(&store, &lines), 160);
    let count = std::fs::read_to_string(count.path()).unwrap();
    let syncs: u64 = count.trim().split_once(' ').unwrap().1.parse().unwrap();
    assert!(syncs < 100, "{syncs} fsyncs for 160 commits");
}

/// A database that may not be written is not opened, and the reason is said.
fn a_read_only_database_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    assert!(Play::new("a while", &store, 1).end().status.success());
    let lines = lines(&Play::new("a while", &store, 2).with(&[("READ_ONLY", 1)]).end());
    assert_eq!(lines, ["not opened Fault(ReadOnly)"]);
    assert_eq!(judged(&store, &[]), 0);
}

fn refused(folder: &Path) -> OpenError {
    let lent = Lent::new(1);
    let store = SqliteStore::new(folder, Options::default(), lent.clock(), lent.entropy()).unwrap();
    store.open_office(office(1), lent.seal()).err().unwrap()
}

/// The second process is told which one has the office.
fn two_processes_do_not_share_an_office() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Play::new("hold", folder.path(), 1).begin();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    let process = Some(child.id());
    assert_eq!(refused(folder.path()), OpenError::InUse { office: office(1), process });
    child.kill().unwrap();
    child.wait().unwrap();
    judge(folder.path(), &Acknowledged::new());
}

/// A process that was killed holds nothing: its lock file is there, and the office opens.
fn the_lock_goes_with_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Play::new("for ever", folder.path(), 1).begin();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.path().join(format!("{}.lock", office(1))).exists());
    judge(folder.path(), &Acknowledged::new());
}
