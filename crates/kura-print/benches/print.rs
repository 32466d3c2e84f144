//! Prints: payslips a second, one file each and in bulk, and the register of 3,000 people on paper and as a spreadsheet.
//! Promised on two cores: 150 tagged payslips a second of at most 60 kB, 300 a second in bulk of at most 40 kB a page.
//! Sizes are tested beside the crate. `cargo bench --workspace --bench print`.

#![expect(clippy::expect_used, reason = "a bench that cannot run has nothing to measure")]

use std::num::NonZeroUsize;

use divan::Bencher;
use divan::counter::ItemsCount;
use kura_print::{List, Payslip, PrintStamp, Printer, lists_xlsx};

#[path = "../tests/sample_lists/mod.rs"]
mod sample_lists;
#[path = "../tests/samples/mod.rs"]
mod samples;

const SLIPS: usize = 32;
const PEOPLE: usize = 3_000;

fn main() {
    divan::main();
}

fn printer(threads: usize) -> Printer {
    Printer::new(NonZeroUsize::new(threads).expect("a thread")).expect("threads start")
}

/// Another person each, so that nothing can come from a cache.
fn slips() -> Vec<Payslip> {
    let person = |number: usize| Payslip { person_name: format!("架空　{number}子"), ..samples::small() };
    (0..SLIPS).map(person).collect()
}

#[divan::bench(args = ["small", "large", "shortfall", "bonus"])]
fn one_payslip(bencher: Bencher, kind: &str) {
    let printer = printer(1);
    let slip = samples::all().into_iter().find(|(name, _)| *name == kind).expect("a sample of this name").1;
    bencher.bench_local(|| printer.payslip(&slip, &samples::stamp("bench")).expect("a slip is printed").len());
}

#[divan::bench(args = [1, 2], sample_count = 20, sample_size = 1)]
fn payslips_one_file_each(bencher: Bencher, threads: usize) {
    let printer = printer(threads);
    let slips: Vec<(Payslip, PrintStamp)> = slips().into_iter().map(|slip| (slip, samples::stamp("bench"))).collect();
    bencher.counter(ItemsCount::new(SLIPS)).bench_local(|| {
        printer.payslips(&slips, |_, pdf| drop(pdf.expect("a slip is printed")));
    });
}

#[divan::bench(args = [1, 2], sample_count = 20, sample_size = 1)]
fn payslips_in_bulk(bencher: Bencher, threads: usize) {
    let printer = printer(threads);
    let files = [(slips(), samples::stamp("bench"))];
    bencher.counter(ItemsCount::new(SLIPS)).bench_local(|| {
        printer.payslips_bulk(&files, |_, file| assert!(file.expect("a file").left_out.is_empty()));
    });
}

#[divan::bench(args = ["register", "ledger", "premiums", "transfers"])]
fn one_list(bencher: Bencher, kind: &str) {
    let printer = printer(1);
    let list = sample_lists::all().into_iter().find(|(name, _)| *name == kind).expect("a sample of this name").1;
    let files = [(vec![list], samples::stamp("bench"))];
    bencher.bench_local(|| printer.list_files(&files, |_, pdf| drop(pdf.expect("a list is printed"))));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn register_on_paper(bencher: Bencher) {
    let printer = printer(1);
    let files = [(vec![sample_lists::register(PEOPLE)], samples::stamp("bench"))];
    bencher.counter(ItemsCount::new(PEOPLE)).bench_local(|| {
        printer.list_files(&files, |_, pdf| drop(pdf.expect("a list is printed")));
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn register_as_a_spreadsheet(bencher: Bencher) {
    let lists: [List; 1] = [sample_lists::register(PEOPLE)];
    let at = samples::stamp("bench").printed_at;
    bencher.counter(ItemsCount::new(PEOPLE)).bench_local(|| lists_xlsx(&lists, at).expect("a list is written").len());
}
