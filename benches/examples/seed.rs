//! `cargo xtask seed`: a store of invented offices in a new folder, through the desk. Everything in it is open to everybody: its data
//! key stands in the source.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool of the terminal, which ends where something fails"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use kura_benches::{ADMINISTRATOR, Installation, InventedClient};

struct Asked {
    offices: u32,
    people: usize,
    settled_months: usize,
    folder: PathBuf,
}

fn main() -> ExitCode {
    let Some(asked) = asked(std::env::args().skip(1)) else {
        eprintln!("usage: cargo xtask seed --offices N --employees M --dir DIR [--history MONTHS (0 to 14)]");
        return ExitCode::from(2);
    };
    if asked.folder.exists() {
        eprintln!("seed: {} is there already", asked.folder.display());
        return ExitCode::FAILURE;
    }
    let start = Instant::now();
    let client = InventedClient::new(asked.people, asked.settled_months);
    let installation = Installation::open(&asked.folder);
    let mut records = 0;
    for number in 0..asked.offices {
        let room = installation.begin(number);
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        records += room.import(&scope, &client.book, None, false).unwrap().records;
    }
    println!(
        "{} offices, {} people each, {records} records, {} ms",
        asked.offices,
        asked.people,
        start.elapsed().as_millis()
    );
    ExitCode::SUCCESS
}

fn asked(mut words: impl Iterator<Item = String>) -> Option<Asked> {
    let (mut offices, mut people, mut settled_months, mut folder) = (None, None, 0, None);
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--offices" => offices = value.parse().ok(),
            "--employees" => people = value.parse().ok(),
            "--history" => settled_months = value.parse().ok().filter(|months| *months <= 14)?,
            "--dir" => folder = Some(PathBuf::from(value)),
            _ => return None,
        }
    }
    Some(Asked { offices: offices?, people: people?, settled_months, folder: folder? })
}
