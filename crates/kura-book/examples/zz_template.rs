#![expect(clippy::disallowed_methods, reason = "scratch")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = std::time::Instant::now();
    let bytes = kura_book::template("2026-07-01".parse()?)?;
    eprintln!("{:?}", start.elapsed());
    std::fs::write("/tmp/work/scratch/template.xlsx", bytes)?;
    Ok(())
}
