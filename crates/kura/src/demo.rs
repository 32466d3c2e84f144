use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use kura_book::{NamedFile, Severity, Source};
use kura_calendar::Month;
use kura_demo::{AttendanceMonth, DemoBook, DemoRun};
use kura_law::Law;
use kura_model::Book;
use kura_month::MonthRequest;
use rayon::prelude::*;

use crate::book_file::OpenedBook;
use crate::cli::Demo;
use crate::month::{self, Made, Prints, RunKind};
use crate::output_folder::OutputFolder;
use crate::stop::Stop;

/// What marks the folder of an invented book, and what it says.
const INVENTED: &str = "架空の本です.txt";
const INVENTED_WORDS: &str =
    "この本の会社・人・番号・口座は、すべて架空です。kura month にこのフォルダーを渡すと、同じ月を実行できます。\r\n";

/// `kura demo`: the invented clients through their months, without a network and without a server.
#[expect(clippy::disallowed_methods, reason = "the demonstration says how long it took")]
pub(crate) fn run(arguments: &Demo) -> Result<(), Stop> {
    let folder = arguments.dir.clone().unwrap_or_else(|| PathBuf::from("kura-demo"));
    let law = Law::embedded()?;
    let prints = if arguments.no_pdf { Prints::Left } else { Prints::Made };
    let started = Instant::now();
    let mut output = io::stdout().lock();
    let books = kura_demo::books(law).map_err(|error| Stop::named(error, ""))?;
    let people: usize = books.iter().map(|demo| demo.book.employees.len()).sum();
    writeln!(output, "架空の顧問先{}社（{people}人）の本で、給与・賞与・届出・一覧を作ります。", books.len())?;
    let ran: Vec<Result<Vec<Ran>, Stop>> =
        books.into_par_iter().map(|demo| client(demo, law, &folder, prints)).collect();
    writeln!(output, "顧問先        実行          明細  ファイル  確認事項（止めた件数）     秒")?;
    for ran in ran {
        for run in ran? {
            writeln!(output, "{run}")?;
        }
    }
    writeln!(output, "{} に書きました。全部で{:.1}秒です。", folder.display(), started.elapsed().as_secs_f32())?;
    writeln!(output, "ここにある会社・人・番号・口座は、すべて架空です。")?;
    Ok(())
}

/// One line of the table.
struct Ran {
    client: &'static str,
    run: String,
    made: Made,
    seconds: f32,
}

impl std::fmt::Display for Ran {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { client, run, made, seconds } = self;
        let (slips, findings, stopped) = (made.result.slips.len(), made.result.findings.len(), made.stops());
        write!(
            formatter,
            "{client:<12}  {run:<10} {slips:>5} {:>9} {findings:>9}（{stopped}） {seconds:>14.2}",
            made.files
        )
    }
}

/// The settled months before the run, then its runs, each over the book that the one before it wrote.
fn client(demo: DemoBook, law: &Law, folder: &Path, prints: Prints) -> Result<Vec<Ran>, Stop> {
    let DemoBook { folder: name, book, runs, history_months, later_months } = demo;
    let place = folder.join(name);
    let book = settled(book, history_months, law)?;
    let mut opened = OpenedBook { sha256: write_book(&book, &place.join("本"))?, book, findings: Vec::new() };
    let mut ran = Vec::new();
    for run in runs {
        if let DemoRun::Month { month } = run {
            let later = later_months.iter().find(|later| later.month == month);
            opened.book.attendances.extend(later.iter().flat_map(|later| later.attendance.clone()));
        }
        ran.push(one(name, &mut opened, run, &place, prints)?);
    }
    Ok(ran)
}

/// The book with the settled months in its 給与履歴 and 明細履歴.
fn settled(mut book: Book, months: Vec<AttendanceMonth>, law: &Law) -> Result<Book, Stop> {
    let of_run = std::mem::take(&mut book.attendances);
    for past in months {
        book.attendances = past.attendance;
        let (next, findings) = kura_month::settle(&book, past.month, law);
        if let Some(finding) = findings.iter().find(|finding| finding.severity == Severity::Error) {
            let message = format!("{} の過去の月を作れません。{}", past.month, finding.sentence);
            return Err(Stop::named(message, "開発者に知らせてください。"));
        }
        book = next;
    }
    book.attendances = of_run;
    Ok(book)
}

/// The book as a folder of CSV files, for trying `kura month` on it; gives its hash.
fn write_book(book: &Book, place: &Path) -> Result<String, Stop> {
    let files = kura_book::write_folder(book);
    let folder = OutputFolder::begin(place, INVENTED)?;
    folder.write(INVENTED, INVENTED_WORDS.as_bytes())?;
    for file in &files {
        folder.write(&file.name, &file.bytes)?;
    }
    folder.finish()?;
    let named: Vec<NamedFile<'_>> =
        files.iter().map(|file| NamedFile { name: &file.name, bytes: &file.bytes }).collect();
    Ok(kura_book::sha256(Source::Folder(&named)))
}

/// One run over the book; the book becomes the one the run wrote.
#[expect(clippy::disallowed_methods, reason = "the demonstration says how long it took")]
fn one(client: &'static str, opened: &mut OpenedBook, run: DemoRun, place: &Path, prints: Prints) -> Result<Ran, Stop> {
    let started = Instant::now();
    let (month, as_of, kind, words, out) = match run {
        DemoRun::Month { month } => {
            (month, month.next().first_day(), RunKind::Pay, format!("{month} 支給"), month.to_string())
        }
        DemoRun::Bonus { name, paid_on } => {
            let month = Month::of(paid_on);
            (month, paid_on, RunKind::Bonus(name), format!("{month} {name}"), format!("{month}_{name}"))
        }
    };
    let book = OpenedBook { book: opened.book.clone(), findings: Vec::new(), sha256: opened.sha256.clone() };
    let mut made = month::make(book, &MonthRequest { month, as_of, trace: false }, kind, &place.join(out), prints)?;
    std::mem::swap(opened, &mut made.next);
    Ok(Ran { client, run: words, made, seconds: started.elapsed().as_secs_f32() })
}
