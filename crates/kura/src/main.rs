#![doc = include_str!("../README.md")]

mod archive;
mod book;
mod book_file;
mod calc;
mod cli;
mod clock;
mod demo;
mod doctor;
mod drill;
mod duties;
mod erasure;
mod filing;
mod findings_list;
mod home;
mod init;
mod journal;
mod keys;
mod law;
mod list_files;
mod month;
mod output_folder;
mod panic_guard;
mod payroll;
mod payslip_files;
mod pdf_files;
mod receive;
mod restore;
mod serve;
mod sheet;
mod stop;
mod transfer;
mod user;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{ArchiveCommand, BookCommand, Cli, Command, DrillCommand, FilingCommand, LawCommand};
use crate::stop::Stop;

/// The one place that turns an outcome into words and an exit status: 0 done, 1 stopped and named, 2 wrong use.
fn main() -> ExitCode {
    let command = Cli::parse().command;
    match panic_guard::run(|| run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.tell();
            ExitCode::from(stop.status())
        }
    }
}

fn run(command: Command) -> Result<(), Stop> {
    match command {
        Command::Calc => calc::run(),
        Command::Law { command: LawCommand::Show(request) } => law::show(&request),
        Command::Law { command: LawCommand::Check(request) } => law::check(&request),
        Command::Book { command: BookCommand::Template(request) } => book::template(&request),
        Command::Book { command: BookCommand::Check(request) } => book::check(&request),
        Command::Month(arguments) => month::run(&arguments),
        Command::Duties(arguments) => duties::run(&arguments),
        Command::Filing { command: FilingCommand::Check(request) } => filing::run(&request),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Import(arguments) => transfer::import(&arguments),
        Command::Export(arguments) => transfer::export(&arguments),
        Command::Payroll { command } => payroll::run(&command),
        Command::User { command } => user::run(&command),
        Command::Erasure { command } => erasure::run(&command),
        Command::Keys { command } => keys::run(&command),
        Command::Journal { command } => journal::run(&command),
        Command::Archive { command: ArchiveCommand::Ship(request) } => archive::ship(&request),
        Command::Archive { command: ArchiveCommand::Verify(request) } => archive::verify(&request),
        Command::Archive { command: ArchiveCommand::Pair(request) } => receive::pair(&request),
        Command::Archive { command: ArchiveCommand::Receive(request) } => receive::run(&request),
        Command::Drill { command: DrillCommand::Restore(request) } => drill::restore(&request),
        Command::Drill { command: DrillCommand::Ransom(request) } => drill::ransom(&request),
        Command::Drill { command: DrillCommand::Attack(request) } => drill::attack(&request),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Vault { arguments } => Ok(kura_vault::run(arguments)?),
    }
}
