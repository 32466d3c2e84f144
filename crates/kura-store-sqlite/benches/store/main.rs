//! What the store of one machine does in a second, with the disk's own latency beside it.
//!
//! `cargo bench -p kura-store-sqlite` measures; `-- NAME ...` picks among bulk, single, together, one, spread, memory, growth. Run as a
//! test it does a little of each. The files lie where the system keeps temporary ones (`TMPDIR`): choose a disk, not memory.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a bench reads the clock, prints, and fails by panicking"
)]

mod load;
mod rig;

use std::time::{Duration, Instant};

use kura_store::Limit;
use rig::Rig;

/// How much of it: as measured, or a little.
#[derive(Clone, Copy)]
struct Size {
    bulk_records: u64,
    seconds: u64,
    offices: u64,
    growth_records: u64,
}

type Bench = fn(Size);

const FULL: Size = Size { bulk_records: 200_000, seconds: 10, offices: 500, growth_records: 1_000_000 };
const LITTLE: Size = Size { bulk_records: 2_000, seconds: 1, offices: 5, growth_records: 20_000 };

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let size = if arguments.iter().any(|argument| argument == "--bench") { FULL } else { LITTLE };
    let picked: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|argument| !argument.starts_with('-')).collect();
    let benches: [(&str, Bench); 7] = [
        ("bulk", bulk),
        ("single", single),
        ("together", together),
        ("one", one),
        ("spread", spread),
        ("memory", memory),
        ("growth", growth),
    ];
    for (name, bench) in benches {
        if picked.is_empty() || picked.contains(&name) {
            bench(size);
        }
    }
}

/// An import: 1,000 records a commit.
fn bulk(size: Size) {
    let rig = Rig::new(1);
    let (start, core) = (Instant::now(), rig::on_core());
    for first in (0..size.bulk_records).step_by(1_000) {
        rig.office(0).commit(rig.commit(0, first..first + 1_000)).unwrap();
    }
    let (spent, on_core) = (start.elapsed(), rig::on_core() - core);
    let bytes = rig.bytes() / size.bulk_records;
    println!(
        "bulk: {} records/s, {} a second of one core, of {} sealed bytes with three keys and journal; {bytes} bytes on the disk for each ({})",
        per_second(size.bulk_records, spent),
        per_second(size.bulk_records, on_core),
        rig::SEALED_BYTES,
        rig.disk()
    );
    let names: Vec<_> = (0..size.bulk_records.min(10_000)).map(rig::name).collect();
    let start = Instant::now();
    assert!(rig.office(0).get_many(&names).unwrap().iter().all(Option::is_some));
    println!("bulk: {} records/s read by name", per_second(u64::try_from(names.len()).unwrap(), start.elapsed()));
    let question = rig::of_period(0, Limit::MAX);
    let start = Instant::now();
    let hits = rig.office(0).find(&question).unwrap().hits.len();
    println!("bulk: {} hits/s found by period", per_second(u64::try_from(hits).unwrap(), start.elapsed()));
}

/// One after the other: each pays its own fsync.
fn single(size: Size) {
    let rig = Rig::new(1);
    let (start, end) = (Instant::now(), Duration::from_secs(size.seconds));
    let mut commits = 0;
    while start.elapsed() < end {
        rig.office(0).commit(rig.commit(0, commits..commits + 1)).unwrap();
        commits += 1;
    }
    println!("single: {} commits/s from one thread ({})", per_second(commits, start.elapsed()), rig.disk());
}

/// As fast as 64 threads can in one office.
fn together(size: Size) {
    let rig = Rig::new(1);
    let done = load::flat_out(&rig, 64, Duration::from_secs(size.seconds));
    println!("together: {} commits/s from 64 threads into one office ({})", done / size.seconds, rig.disk());
}

fn one(size: Size) {
    let rig = Rig::new(1);
    for bulk in [false, true] {
        let beside = if bulk { " beside an import" } else { "" };
        println!("one: {} into one office{beside} ({})", load::steady(&rig, size.seconds, bulk), rig.disk());
    }
}

fn spread(size: Size) {
    let rig = Rig::new(size.offices);
    for bulk in [false, true] {
        let beside = if bulk { " beside an import" } else { "" };
        let told = load::steady(&rig, size.seconds, bulk);
        println!("spread: {told} over {} offices{beside} ({})", size.offices, rig.disk());
    }
}

/// Each office has written and read before it is counted.
fn memory(size: Size) {
    let Some(before) = rig::resident_kib() else {
        println!("memory: not read on this system");
        return;
    };
    let rig = Rig::new(size.offices);
    for office in 0..size.offices {
        rig.office(office).commit(rig.commit(office, 0..500)).unwrap();
        for number in 500..520 {
            rig.office(office).commit(rig.commit(office, number..number + 1)).unwrap();
        }
        assert_eq!(rig.office(office).get_many(&(0..520).map(rig::name).collect::<Vec<_>>()).unwrap().len(), 520);
        assert!(rig.office(office).get(rig::name(3)).unwrap().is_some());
        assert!(!rig.office(office).find(&rig::of_period(0, Limit::rows(10))).unwrap().hits.is_empty());
    }
    let after = rig::resident_kib().unwrap_or_default();
    println!("memory: {} open offices in {} MB, {} MB before", size.offices, after / 1024, before / 1024);
}

/// What 10,000 records cost while the office grows, in time of one core: the rest of a machine's work evens out.
fn growth(size: Size) {
    let rig = Rig::new(1);
    let step = 10_000;
    let mut costs = Vec::new();
    for first in (0..size.growth_records).step_by(step) {
        let start = rig::on_core();
        for part in (first..first + 10_000).step_by(1_000) {
            rig.office(0).commit(rig.commit(0, part..part + 1_000)).unwrap();
        }
        let written = rig::on_core();
        let names: Vec<_> = (first..first + 10_000).map(rig::name).collect();
        let named = rig::on_core();
        assert_eq!(rig.office(0).get_many(&names).unwrap().len(), names.len());
        costs.push((written - start, rig::on_core() - named));
    }
    let tenth = costs.len().div_ceil(10);
    for (place, part) in costs.chunks(tenth).enumerate() {
        let number = u32::try_from(part.len()).unwrap();
        let write: Duration = part.iter().map(|(write, _)| *write).sum();
        let read: Duration = part.iter().map(|(_, read)| *read).sum();
        let records = (place + 1) * tenth * step;
        let (write, read) = (write / number, read / number);
        println!("growth: to {records}: 10,000 written in {} ms, read in {} ms", write.as_millis(), read.as_millis());
    }
    println!("growth: {} bytes on the disk for each record", rig.bytes() / size.growth_records);
}

fn per_second(number: u64, spent: Duration) -> u64 {
    let micros = u64::try_from(spent.as_micros()).unwrap().max(1);
    number * 1_000_000 / micros
}
