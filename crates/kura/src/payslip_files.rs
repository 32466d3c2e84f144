use std::io::{self, IsTerminal, Write};

use kura_month::PayslipPrint;
use kura_print::{Payslip, PrintStamp};

use crate::month::Prints;
use crate::output_folder::OutputFolder;
use crate::pdf_files::{self, PdfFiles};
use crate::stop::Stop;

/// So many payslips are one file of a round at most: a file that is printed in one go, and that a viewer opens at once.
const SLIPS_OF_A_FILE: usize = 500;

/// Prints the payslips of a run, on all cores. Gives the number of files.
pub(crate) fn write(prints: Vec<PayslipPrint>, folder: &OutputFolder, how: Prints) -> Result<usize, Stop> {
    match how {
        _ if prints.is_empty() => Ok(0),
        Prints::Made => one_each(prints, folder),
        Prints::Bulk => in_bulk(prints, folder),
        Prints::Left => Ok(0),
    }
}

/// A file each, a batch in memory at a time.
fn one_each(prints: Vec<PayslipPrint>, folder: &OutputFolder) -> Result<usize, Stop> {
    let (paths, slips): (Vec<String>, Vec<(Payslip, PrintStamp)>) =
        prints.into_iter().map(|print| (print.path, (print.payslip, print.stamp))).unzip();
    let printer = pdf_files::printer()?;
    let progress = io::stderr().is_terminal() && slips.len() > 100;
    let mut files = PdfFiles::new(folder, paths);
    printer.payslips(&slips, |at, pdf| {
        files.take(at, pdf);
        if progress && at % 50 == 49 {
            // A progress line that cannot be shown is no reason to stop.
            let _ = write!(io::stderr(), "\r明細 {}/{}", at.saturating_add(1), slips.len());
        }
    });
    if progress {
        let _ = writeln!(io::stderr());
    }
    files.finish()
}

/// 一括印刷: the payslips of a client in one file, in the order of the book.
fn in_bulk(prints: Vec<PayslipPrint>, folder: &OutputFolder) -> Result<usize, Stop> {
    let rounds = rounds(prints);
    let paths = rounds.iter().map(|round| round.path.clone()).collect();
    let mut files = PdfFiles::new(folder, paths);
    let mut people = Vec::with_capacity(rounds.len());
    let mut slips = Vec::with_capacity(rounds.len());
    for round in rounds {
        people.push(round.people);
        slips.push((round.slips, round.stamp));
    }
    let mut left_out = None;
    pdf_files::printer()?.payslips_bulk(&slips, |at, file| {
        let pdf = file.map(|file| {
            let first = file.left_out.into_iter().next().map(|(number, error)| {
                let person = people.get(at).and_then(|people| people.get(number)).map_or("", String::as_str);
                Stop::named(format!("{person}: {error}"), "")
            });
            left_out = left_out.take().or(first);
            file.pdf
        });
        files.take(at, pdf);
    });
    match left_out {
        Some(stop) => Err(stop),
        None => files.finish(),
    }
}

/// A file of a round.
struct Round {
    path: String,
    client: String,
    /// The path that each slip would have for itself: it names the person by code.
    people: Vec<String>,
    slips: Vec<Payslip>,
    stamp: PrintStamp,
}

fn rounds(prints: Vec<PayslipPrint>) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for PayslipPrint { path, client, payslip, stamp } in prints {
        let of_client = rounds.iter().filter(|round| round.client == client).count();
        let open = rounds.last_mut().filter(|round| round.client == client && round.slips.len() < SLIPS_OF_A_FILE);
        match open {
            Some(round) => {
                round.people.push(path);
                round.slips.push(payslip);
            }
            None => rounds.push(Round::begin(of_client.saturating_add(1), client, path, payslip, stamp)),
        }
    }
    rounds
}

impl Round {
    fn begin(number: usize, client: String, first: String, payslip: Payslip, stamp: PrintStamp) -> Self {
        let name = match number {
            1 => format!("{client}-一括"),
            _ => format!("{client}-一括-{number}"),
        };
        let document_id = format!("{}-{name}", stamp.document_id);
        let stamp = PrintStamp { document_id, ..stamp };
        Self { path: format!("明細/{name}.pdf"), client, people: vec![first], slips: vec![payslip], stamp }
    }
}
