//! Rows a second of SHFD0006.CSV on one core, written with every check and checked again: the examples of the forms, repeated.
//! Goal: 100,000 rows a second, the 139 columns of 2202700 too.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench without its records has nothing to measure")]

#[path = "../tests/filing/input/mod.rs"]
#[expect(dead_code, reason = "three of the forms are measured")]
mod input;

use divan::Bencher;
use divan::counter::ItemsCount;
use kura_calendar::Date;
use kura_filing::{Notices, Office, Submission, Submitter, check, submission};
use kura_law::Law;
use serde_json::Value;

const ROWS: usize = 3_000;

fn main() {
    divan::main();
}

/// An example, and who files it.
struct Example {
    office: Office,
    submitter: Submitter,
    created_on: Date,
    checked_on: Date,
    input: Value,
}

impl Example {
    fn read(json: &str) -> Self {
        let input: Value = serde_json::from_str(json).unwrap();
        let (created_on, checked_on) = (input::day(&input, "created_on"), input::day(&input, "check_date"));
        Self { office: input::office(&input), submitter: input::submitter(&input), created_on, checked_on, input }
    }

    fn rows<T: Clone>(&self, read: impl Fn(&Value) -> T) -> Vec<T> {
        input::people(&self.input, read).into_iter().cycle().take(ROWS).collect()
    }

    fn file(&self, notices: Notices<'_>) -> Submission {
        let law = Law::embedded().unwrap();
        submission(law, &self.office, &self.submitter, self.created_on, self.checked_on, notices).unwrap()
    }
}

fn measure(bencher: Bencher<'_, '_>, example: &Example, notices: Notices<'_>, checks: bool) {
    let file = example.file(notices);
    let bencher = bencher.counter(ItemsCount::new(ROWS));
    if checks {
        // Only what stands for a 個人番号 is still refused.
        let number = b"123456789018";
        let mut bytes = file.bytes;
        for place in &file.number_places {
            bytes.get_mut(place.offset..).unwrap().iter_mut().zip(number).for_each(|(slot, digit)| *slot = *digit);
        }
        let law = Law::embedded().unwrap();
        bencher.bench(|| assert!(check(&bytes, file.file_name, law, example.checked_on).is_empty()));
    } else {
        bencher.bench(|| example.file(notices));
    }
}

#[divan::bench(args = [false, true])]
fn dependents_2202700(bencher: Bencher<'_, '_>, checks: bool) {
    let example = Example::read(include_str!("../tests/examples/03_2202700_dependents_add/input.json"));
    let rows = example.rows(input::dependent_change);
    measure(bencher, &example, Notices::DependentChange(&rows), checks);
}

#[divan::bench(args = [false, true])]
fn acquisition_2200700(bencher: Bencher<'_, '_>, checks: bool) {
    let example = Example::read(include_str!("../tests/examples/01_2200700_acquisition/input.json"));
    let rows = example.rows(input::acquisition);
    measure(bencher, &example, Notices::Acquisition(&rows), checks);
}

#[divan::bench(args = [false, true])]
fn annual_base_2225700(bencher: Bencher<'_, '_>, checks: bool) {
    let example = Example::read(include_str!("../tests/examples/05_2225700_santei/input.json"));
    let rows = example.rows(input::annual_base);
    measure(bencher, &example, Notices::AnnualBase(&rows), checks);
}
