//! Prints the sample lists into a folder, to be looked at: `cargo run --example list_samples -- FOLDER`.
#![expect(clippy::disallowed_methods, reason = "an example reads its argument and writes files")]

#[path = "../tests/sample_lists/mod.rs"]
mod sample_lists;

use std::error::Error;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use kura_print::{List, PrintStamp, PrintedAt, Printer, lists_xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    let printed_at = PrintedAt { year: 2026, month: 7, day: 1, hour: 9, minute: 12, second: 0 };
    let (names, lists): (Vec<&str>, Vec<List>) = sample_lists::all().into_iter().unzip();
    std::fs::write(folder.join("lists.xlsx"), lists_xlsx(&lists, printed_at)?)?;
    let file = |(name, list): (&&str, List)| (vec![list], PrintStamp { document_id: (*name).to_owned(), printed_at });
    let files: Vec<_> = names.iter().zip(lists).map(file).collect();
    let mut outcome = Ok(());
    Printer::new(NonZeroUsize::MIN)?.list_files(&files, |number, pdf| {
        let name = names.get(number).copied().unwrap_or_default();
        let written = pdf.map_err(Box::from).and_then(|pdf| {
            std::fs::write(folder.join(name).with_extension("pdf"), pdf).map_err(Box::<dyn Error>::from)
        });
        outcome = std::mem::replace(&mut outcome, Ok(())).and(written);
    });
    outcome
}
