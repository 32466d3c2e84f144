use std::io::{self, Write};
use std::path::PathBuf;

use kura_book::{NamedFile, Source};
use kura_calendar::read_month;
use kura_month::MonthRequest;

use crate::book_file::OpenedBook;
use crate::cli::Demo;
use crate::month;
use crate::stop::Stop;

mod books {
    include!(concat!(env!("OUT_DIR"), "/demo_books.rs"));
}

/// The month and the day of the demonstration; the books are made for them.
const MONTH: &str = "2026-06";
const AS_OF: &str = "2026-07-01";

/// `kura demo`: runs an invented book that is built into the program, without a network and without a server.
pub(crate) fn run(arguments: &Demo) -> Result<(), Stop> {
    let folder = arguments.dir.clone().unwrap_or_else(|| PathBuf::from("kura-demo"));
    let broken = |error| Stop::named(error, "");
    let request = MonthRequest {
        month: read_month(MONTH).map_err(broken)?,
        as_of: kura_calendar::read_date(AS_OF).map_err(broken)?,
    };
    let files: Vec<NamedFile<'_>> = books::HAJIMARI.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
    let opened = OpenedBook::of(Source::Folder(&files));
    let out = folder.join("000").join(MONTH);
    writeln!(io::stdout(), "架空の顧問先1社（1人）の本で、{MONTH} 支給の給与と算定基礎届を作ります。")?;
    let made = month::make(opened, &request, &out)?;
    month::tell(&made, &out)?;
    writeln!(io::stdout(), "これは最初の一歩です。残りの顧問先（4社）の本は、これから加わります。")?;
    if made.stopped() {
        return Err(Stop::named("デモの本に止まった人がいます。", "開発者に知らせてください。"));
    }
    Ok(())
}
