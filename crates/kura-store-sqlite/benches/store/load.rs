//! Many threads at an office, or at many.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::rig::Rig;

/// Journaled looks a second that the store has to bear.
const RATE: u64 = 2_500;
/// Requests under way at the same time.
const THREADS: u64 = 64;
/// Records in a commit of the import beside them.
const IMPORTED: u64 = 200;

/// How long commits took, from the moment they were due.
pub(crate) struct Told {
    commits: u64,
    bulk_records: u64,
    rate: u64,
    micros: Vec<u64>,
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |percent: usize| {
            let place = (self.micros.len() * percent / 100).min(self.micros.len().saturating_sub(1));
            self.micros.get(place).copied().unwrap_or_default() / 100
        };
        let tenths = |value: u64| format!("{}.{} ms", value / 10, value % 10);
        write!(
            out,
            "{} commits at {} a second, p50 {}, p99 {}, worst {}; {} imported records",
            self.commits,
            self.rate,
            tenths(at(50)),
            tenths(at(99)),
            tenths(at(100)),
            self.bulk_records
        )
    }
}

/// Commits as fast as they go; returns how many.
pub(crate) fn flat_out(rig: &Rig, threads: u64, time: Duration) -> u64 {
    let (start, done) = (Instant::now(), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while start.elapsed() < time {
                    rig.office(0).commit(rig.look(0)).unwrap();
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner()
}

/// Small commits due at even distances, whether those before are done or not; beside them, where asked for, an import that takes what it
/// gets.
pub(crate) fn steady(rig: &Rig, seconds: u64, bulk: bool) -> Told {
    for office in 0..rig.offices() {
        rig.office(office).commit(rig.look(office)).unwrap();
    }
    let (start, next) = (Instant::now(), AtomicU64::new(0));
    let (over, imported) = (AtomicBool::new(false), AtomicU64::new(0));
    let micros = Mutex::new(Vec::new());
    let total = RATE * seconds;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= total {
                            break;
                        }
                        let due = start + Duration::from_micros(number * 1_000_000 / RATE);
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        let office = number % rig.offices();
                        rig.office(office).commit(rig.look(office)).unwrap();
                        own.push(u64::try_from(due.elapsed().as_micros()).unwrap());
                    }
                    micros.lock().unwrap().extend(own);
                })
            })
            .collect();
        if bulk {
            scope.spawn(|| import(rig, &over, &imported));
        }
        for worker in workers {
            worker.join().unwrap();
        }
        over.store(true, Ordering::Relaxed);
    });
    let spent = u64::try_from(start.elapsed().as_millis()).unwrap().max(1);
    let mut micros = micros.into_inner().unwrap();
    micros.sort_unstable();
    Told { commits: total, bulk_records: imported.into_inner(), rate: total * 1_000 / spent, micros }
}

fn import(rig: &Rig, over: &AtomicBool, imported: &AtomicU64) {
    while !over.load(Ordering::Relaxed) {
        let first = imported.fetch_add(IMPORTED, Ordering::Relaxed);
        rig.office(first / IMPORTED).commit(rig.commit(first / IMPORTED, first..first + IMPORTED)).unwrap();
    }
}
