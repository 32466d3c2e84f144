//! What an office feels: a payroll run on SQLite, a name looked for, looks that stand in the journal first.
//!
//! `cargo bench --workspace --bench desk` measures; `-- NAME ...` picks among run, history, cost, growth, search, looks, spread; `-- growth
//! --million` goes on to a million stored slips. Run as a test it does a little of each. The files lie where the system keeps temporary ones
//! (`TMPDIR`): choose a disk, not memory. What was measured, and where: docs/growth.md.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench reads the clock, prints, and fails by panicking"
)]

mod cost;
mod looks;
mod pay;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How much of it: as measured, or a little.
#[derive(Clone, Copy)]
struct Size {
    people: usize,
    people_with_history: usize,
    people_searched: usize,
    stored_slips: usize,
    offices: u32,
    seconds: u64,
}

const FULL: Size = Size {
    people: 10_000,
    people_with_history: 1_000,
    people_searched: 3_000,
    stored_slips: 100_000,
    offices: 500,
    seconds: 10,
};
const LITTLE: Size =
    Size { people: 20, people_with_history: 20, people_searched: 40, stored_slips: 60, offices: 3, seconds: 1 };

type Bench = fn(Size, &Path);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = |flag: &str| words.iter().any(|word| word == flag);
    let mut size = if asked("--bench") { FULL } else { LITTLE };
    if let Some(people) = words.iter().find_map(|word| word.strip_prefix("--people=")?.parse().ok()) {
        size.people = people;
    }
    if asked("--million") {
        size.stored_slips = 1_000_000;
    }
    let picked: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    let benches: [(&str, Bench); 7] = [
        ("run", pay::run),
        ("history", pay::history),
        ("cost", cost::cost),
        ("growth", pay::growth),
        ("search", looks::search),
        ("looks", looks::in_one_office),
        ("spread", looks::over_offices),
    ];
    for (name, bench) in benches {
        if picked.is_empty() || picked.contains(&name) {
            let folder = Folder::new(name);
            let sync = kura_platform::disk::sync_latency(&folder.0).unwrap();
            println!("{name} (fsync: {} median, {} worst)", millis(sync.median), millis(sync.worst));
            bench(size, &folder.0.join("store"));
        }
    }
}

/// A folder that goes with the bench.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("kura-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// What this process used of the processors so far, where the system tells (Linux, in hundredths of a second): what a run costs on a
/// machine that others use as well.
fn processor_time() -> Duration {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = told.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

fn millis(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100)
}

/// Hundredths as a decimal.
fn ratio(part: u128, whole: u128) -> String {
    let hundredths = part * 100 / whole.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn bytes_of(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}
