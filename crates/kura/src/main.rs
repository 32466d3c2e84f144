#![doc = include_str!("../README.md")]

mod book_file;
mod calc;
mod cli;
mod clock;
mod demo;
mod filing;
mod law;
mod month;
mod output_folder;
mod stop;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, FilingCommand, LawCommand};

/// The one place that turns an outcome into words and an exit status: 0 done, 1 stopped and named, 2 wrong use.
fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Calc => calc::run(),
        Command::Law { command: LawCommand::Show(request) } => law::show(&request),
        Command::Law { command: LawCommand::Check(request) } => law::check(&request),
        Command::Month(arguments) => month::run(&arguments),
        Command::Filing { command: FilingCommand::Check(request) } => filing::run(&request),
        Command::Demo(arguments) => demo::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.tell();
            ExitCode::from(stop.status())
        }
    }
}
