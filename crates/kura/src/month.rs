use std::io::{self, Write};
use std::path::Path;

use kura_book::{Book, Finding, Severity, Source};
use kura_calendar::read_month;
use kura_law::Law;
use kura_model::{Code, Text};
use kura_month::{MonthRequest, MonthResult, SlipLine, noon};
use kura_platform::disk;
use kura_print::lists_xlsx;

use crate::book_file::{self, OpenedBook};
use crate::cli::Month;
use crate::clock;
use crate::findings_list::findings_list;
use crate::list_files;
use crate::output_folder::OutputFolder;
use crate::payslip_files;
use crate::stop::Stop;

/// One line a slip; also the mark of an earlier output, which a later run may replace.
const SLIPS: &str = "slips.jsonl";

/// `kura month BOOK --month YYYY-MM --out DIR`: a month's pay and filings from one book, with no server and no store.
pub(crate) fn run(arguments: &Month) -> Result<(), Stop> {
    let month = read_month(&arguments.month).map_err(|error| Stop::bad_day("--month", &error))?;
    let as_of = clock::day_or_today(arguments.as_of.as_deref(), "--as-of")?;
    let opened = book_file::open(&arguments.book)?;
    let prints = match (arguments.no_pdf, arguments.bulk) {
        (true, _) => Prints::Left,
        (false, true) => Prints::Bulk,
        (false, false) => Prints::Made,
    };
    let kind = match (&arguments.bonus, arguments.provisional) {
        (Some(name), _) => RunKind::Bonus(name),
        (None, true) => RunKind::Provisional,
        (None, false) => RunKind::Pay,
    };
    let request = MonthRequest { month, as_of, trace: arguments.trace, payslips: prints != Prints::Left };
    let made = make(opened, &request, kind, &arguments.out, prints)?;
    tell(&made, &arguments.out)?;
    if made.stopped() {
        return Err(Stop::named(
            "止めた人・会社・書類があります。",
            "上の「誤り」を直して、もう一度実行してください。",
        ));
    }
    Ok(())
}

/// What a run made, for the people at the keyboard.
pub(crate) struct Made {
    /// One line a slip.
    pub(crate) slips: Vec<SlipLine>,
    /// 確認事項, the worst first.
    pub(crate) findings: Vec<Finding>,
    pub(crate) files: usize,
    /// Of the bytes of 次の本.
    pub(crate) next_sha256: String,
}

/// What is run over the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunKind<'name> {
    Pay,
    Provisional,
    /// 賞与名.
    Bonus(&'name str),
}

/// Whether PDFs are made: they take most of the time of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prints {
    /// The lists, and a payslip each.
    Made,
    /// The lists, and the payslips of a client in one file: to be printed and handed out on paper.
    Bulk,
    /// None.
    Left,
}

impl Made {
    /// True when anyone or anything was stopped (exit status 1).
    pub(crate) fn stopped(&self) -> bool {
        self.stops() > 0
    }

    /// How many findings stopped somebody or something.
    pub(crate) fn stops(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// Computes a month's pay, a 仮払い of it, or the bonus of that name, and writes its outputs, whole or not at all.
pub(crate) fn make(
    opened: OpenedBook,
    request: &MonthRequest,
    kind: RunKind<'_>,
    out: &Path,
    prints: Prints,
) -> Result<Made, Stop> {
    let OpenedBook { book, mut findings, sha256 } = opened;
    let law = Law::embedded()?;
    let mut result = match kind {
        RunKind::Bonus(name) => kura_month::run_bonus(&book, request, name, law),
        RunKind::Provisional => kura_month::run_provisional(&book, request, law),
        RunKind::Pay => kura_month::run(&book, request, law),
    };
    findings.append(&mut result.findings);
    result.findings = findings;
    let next = std::mem::take(&mut result.next_book).of(book);
    write(result, next, request, law, Some(&sha256), out, prints)
}

/// So much room there must be before a run is published: what was published cannot be taken back because its outputs do not fit.
const ROOM_BYTES: u64 = 512 << 20;

/// Sees that outputs can be written at this place, before anything becomes a fact.
pub(crate) fn require_room(place: &Path) -> Result<(), Stop> {
    // Begun and given up: whatever would stop the outputs stops now.
    drop(OutputFolder::begin(place, SLIPS)?);
    let beside = place.parent().filter(|parent| parent.is_dir()).unwrap_or(Path::new("."));
    let free = disk::free_bytes(beside).map_err(|error| Stop::named(error, ""))?;
    if free < ROOM_BYTES {
        let message = format!("{} の空き容量が足りません（{}MB）。", beside.display(), free >> 20);
        return Err(Stop::named(message, "空きを作るか、--out で別の場所を指定してください。まだ公開していません。"));
    }
    Ok(())
}

/// Writes the outputs of a run and 次の本, whole or not at all. `previous` is the hash of the book it was made from, where there was one.
pub(crate) fn write(
    result: MonthResult,
    next: Book,
    request: &MonthRequest,
    law: &Law,
    previous: Option<&str>,
    out: &Path,
    prints: Prints,
) -> Result<Made, Stop> {
    // Each part is let go as soon as it is on the disk: a large run holds little at a time.
    let MonthResult { files, payslips, lists, mut findings, slips, next_book_path, .. } = result;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let folder = OutputFolder::begin(out, SLIPS)?;
    let made = files.len();
    for file in files {
        folder.write(&file.path, &file.bytes)?;
    }
    let lines: String =
        findings.iter().filter_map(|finding| serde_json::to_string(finding).ok()).map(|line| line + "\n").collect();
    folder.write("確認事項.jsonl", lines.as_bytes())?;
    let list = findings_list(&findings);
    let list = lists_xlsx(&[list], noon(request.as_of)).map_err(|error| Stop::named(error, ""))?;
    folder.write("確認事項.xlsx", &list)?;
    let next = chained(next, request, law, previous);
    // The book is one long stream and the lists are many short ones: side by side they keep the cores busy.
    let (bytes, listed) = rayon::join(
        move || kura_book::write(&next, request.as_of).map_err(|error| Stop::named(error, "")),
        || list_files::write(lists, &folder, prints),
    );
    let (bytes, listed) = (bytes?, listed?);
    folder.write(&next_book_path, &bytes)?;
    let next_sha256 = kura_book::sha256(Source::Workbook(&bytes));
    drop(bytes);
    let printed = payslip_files::write(payslips, &folder, prints)?;
    folder.finish()?;
    let files = made.saturating_add(listed).saturating_add(printed).saturating_add(3);
    Ok(Made { slips, findings, files, next_sha256 })
}

/// The next book, chained to the book it was made from.
fn chained(mut book: Book, request: &MonthRequest, law: &Law, previous: Option<&str>) -> Book {
    book.cover.previous_book_sha256 = previous.map(Code::from);
    book.cover.law_pack = Some(Code::from(law.version()));
    book.cover.written_at = Some(Text::from(format!("{}T12:00+09:00", request.as_of).as_str()));
    book.cover.written_by = Some(Text::from(concat!("kura ", env!("CARGO_PKG_VERSION"))));
    book
}

/// The table of slips, what stopped or wants a look, and where the files are.
pub(crate) fn tell(made: &Made, out: &Path) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    for slip in &made.slips {
        writeln!(
            output,
            "会社{} 社員{}  総支給 {:>10}円  控除 {:>10}円  差引 {:>10}円",
            slip.client,
            slip.person,
            slip.gross.grouped(),
            slip.deduction_total.grouped(),
            slip.net.grouped()
        )?;
    }
    let (notes, wants_a_look): (Vec<&Finding>, Vec<&Finding>) =
        made.findings.iter().partition(|finding| finding.severity == Severity::Info);
    for finding in wants_a_look {
        writeln!(output, "{finding}")?;
    }
    if !notes.is_empty() {
        writeln!(output, "お知らせが{}件あります（確認事項.xlsx）。", notes.len())?;
    }
    writeln!(output, "{} に{}個のファイルを書きました。", out.display(), made.files)?;
    Ok(())
}
