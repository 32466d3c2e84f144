//! Prints the sample recovery sheet, to be looked at: `cargo run --example recovery_sheet_sample -- FILE`. A real one is never written.
#![expect(clippy::disallowed_methods, reason = "an example reads its argument and writes a file")]

#[path = "../tests/sample_sheet/mod.rs"]
mod sample_sheet;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give a file")?;
    let pdf = kura_print::recovery_sheet_pdf(&sample_sheet::sheet(), &sample_sheet::stamp())?;
    Ok(std::fs::write(file, pdf)?)
}
