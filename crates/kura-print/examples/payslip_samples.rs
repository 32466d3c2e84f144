//! Prints the sample slips into a folder, to be looked at: `cargo run --example payslip_samples -- FOLDER`.
#![expect(clippy::disallowed_methods, reason = "an example reads its argument and writes files")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::path::PathBuf;

use kura_print::payslip_pdf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    for (name, slip) in samples::all() {
        std::fs::write(folder.join(name).with_extension("pdf"), payslip_pdf(&slip, &samples::stamp(name))?)?;
    }
    Ok(())
}
