//! How long a payslip takes and what memory it leaves: `cargo run --release --example payslip_rate -- [SLIPS]`.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock, its argument and /proc")]
#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::num::NonZeroUsize;
use std::time::Instant;

use kura_print::{Payslip, PrintStamp, Printer, payslip_pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(2_000), |slips| slips.parse())?;
    let started = Instant::now();
    let bytes = payslip_pdf(&samples::small(), &samples::stamp("first"))?.len();
    println!("first slip (fonts and library included): {:?}, {bytes} bytes", started.elapsed());

    for (name, slip) in samples::all() {
        let started = Instant::now();
        for number in 0..50 {
            payslip_pdf(&person(&slip, number), &samples::stamp(&number.to_string()))?;
        }
        println!("{name}: {:?} per slip, one after the other", started.elapsed() / 50);
    }
    for threads in [1, 2] {
        batch(count, NonZeroUsize::new(threads).ok_or("no threads")?)?;
    }
    Ok(())
}

fn batch(count: usize, threads: NonZeroUsize) -> Result<(), Box<dyn Error>> {
    let slips: Vec<(Payslip, PrintStamp)> =
        (0..count).map(|number| (person(&samples::small(), number), samples::stamp(&number.to_string()))).collect();
    let printer = Printer::new(threads)?;
    let (started, mut failed, step) = (Instant::now(), 0, count.div_ceil(4).max(1));
    println!("{count} slips on {threads} threads: resident {} before", resident());
    let mut bytes = 0;
    printer.payslips(&slips, |number, pdf| {
        failed += usize::from(pdf.is_err());
        bytes += pdf.map_or(0, |pdf| pdf.len());
        if (number + 1) % step == 0 {
            println!("  after {}: {:?}, resident {}", number + 1, started.elapsed(), resident());
        }
    });
    println!("  one file each: {bytes} bytes");
    let chunk = |(number, slips): (usize, &[(Payslip, PrintStamp)])| {
        (slips.iter().map(|(slip, _)| slip.clone()).collect(), samples::stamp(&number.to_string()))
    };
    let files: Vec<(Vec<Payslip>, PrintStamp)> = slips.chunks(250).enumerate().map(chunk).collect();
    let (started, mut bytes) = (Instant::now(), 0);
    printer.payslips_bulk(&files, |_, file| bytes += file.map_or(0, |file| file.pdf.len()));
    println!("  in bulk, 250 a file: {:?}, {bytes} bytes, resident {}", started.elapsed(), resident());
    if failed > 0 { Err(format!("{failed} slips failed").into()) } else { Ok(()) }
}

/// Another person with other amounts, so that nothing can come from a cache.
fn person(slip: &Payslip, number: usize) -> Payslip {
    let mut slip = slip.clone();
    slip.person_code = format!("{number:04}");
    slip.person_name = format!("架空　{number}子");
    for (line, step) in slip.pay.iter_mut().zip(1_i64..) {
        line.amount += step * i64::try_from(number).unwrap_or_default();
    }
    slip
}

fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or("unknown".to_owned(), |rest| rest.trim().to_owned())
}
