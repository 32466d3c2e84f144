//! The vault as a program of its own: fewer parts than `kura vault`, for whoever wants nothing else in the process that holds the keys.

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match kura_vault::run(std::env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody listens there is nobody to tell.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(error.status())
        }
    }
}
