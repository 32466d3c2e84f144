//! How long a register of many people takes: `cargo run --release -p kura-print --example list_rate -- [PEOPLE]`.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock and its argument")]
#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

#[path = "../tests/sample_lists/mod.rs"]
mod sample_lists;

use std::error::Error;
use std::num::NonZeroUsize;
use std::time::Instant;

use kura_print::{PrintStamp, PrintedAt, Printer, lists_xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let people: usize = std::env::args().nth(1).map_or(Ok(3_000), |people| people.parse())?;
    let at = PrintedAt { year: 2026, month: 7, day: 1, hour: 9, minute: 12, second: 0 };
    for (name, list) in sample_lists::all() {
        let started = Instant::now();
        let bytes = lists_xlsx(&[list], at)?.len();
        println!("{name}: .xlsx in {:?}, {bytes} bytes", started.elapsed());
    }
    let register = [sample_lists::register(people)];
    for _ in 0..3 {
        let started = Instant::now();
        let bytes = lists_xlsx(&register, at)?.len();
        println!("{people} people: .xlsx in {:?}, {bytes} bytes", started.elapsed());
    }
    let printer = Printer::new(NonZeroUsize::MIN)?;
    let stamp = PrintStamp { document_id: "register".to_owned(), printed_at: at };
    let files = [(register.into(), stamp)];
    for _ in 0..3 {
        let started = Instant::now();
        printer.list_files(&files, |_, pdf| {
            println!("{people} people: .pdf in {:?}, {:?} bytes", started.elapsed(), pdf.map(|pdf| pdf.len()));
        });
    }
    Ok(())
}
