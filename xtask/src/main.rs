//! The house's own tool: `cargo xtask ci | check-house | seed | windows`. What each does and when: docs/checks.md.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the terminal talks to the terminal")]
#![expect(clippy::disallowed_methods, reason = "a tool at the edge reads arguments, environment, clock and files")]

mod check;
mod ci;
mod floors;
mod house;
mod manifest;
mod seed;
mod tally;
mod windows;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>
  ci            every check of the house in order; ./test installs what it needs and calls it
  check-house   the rules of the house that no compiler knows: floors, rooms, documents, tracked text
  seed          a store of invented offices: --offices N --employees M --dir DIR [--history MONTHS]
  windows       cross-builds kura.exe (x86_64-pc-windows-gnu)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["ci"] => ci::run(),
        ["check-house"] => check::run(),
        ["seed", asked @ ..] => seed::run(asked),
        ["windows"] => windows::run(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
