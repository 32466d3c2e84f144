use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use kura_book::{NamedFile, Severity, Source};
use kura_calendar::Month;
use kura_demo::{AttendanceMonth, DemoBook, DemoRun};
use kura_desk::{RunKind, RunOrder};
use kura_journal::Purpose;
use kura_law::Law;
use kura_model::Book;
use kura_platform::random;
use kura_seal::RecoveryKey;

use crate::cli::Demo;
use crate::home::{Home, KeySetting, OpenOffice};
use crate::init;
use crate::journal;
use crate::month::{self, Made, Prints};
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
    let home = Home::at(&folder.join(HOME));
    let office = begin(&home)?;
    let ran: Vec<Result<Vec<Ran>, Stop>> =
        books.into_iter().map(|demo| client(demo, law, &office, &folder, prints)).collect();
    writeln!(output, "顧問先        実行          明細  ファイル  確認事項（止めた件数）     秒")?;
    for ran in ran {
        for run in ran? {
            writeln!(output, "{run}")?;
        }
    }
    office.witness()?;
    drop(office);
    let verdict = journal::verdict(&home)?;
    writeln!(output, "事務所の記録: {verdict}")?;
    writeln!(output, "{} に書きました。全部で{:.1}秒です。", folder.display(), started.elapsed().as_secs_f32())?;
    writeln!(output, "ここにある会社・人・番号・口座は、すべて架空です。")?;
    Ok(())
}

/// The invented office. Its key lies in its own folder and its recovery words are thrown away: nothing in it is anybody's.
fn begin(home: &Home) -> Result<OpenOffice, Stop> {
    let key = std::path::absolute(home.dir().join("server.key"))?;
    if home.settings_file().exists() {
        std::fs::remove_dir_all(home.dir())?;
    }
    let recovery = RecoveryKey::generate(&mut random::source().map_err(|error| Stop::named(error, ""))?);
    init::create(home, KeySetting::FileInsideHome(key), &recovery, |_| Ok(()))?;
    home.open(Purpose::Payroll)
}

/// Where the invented office lives, in the folder of the demonstration.
const HOME: &str = "kura-home";

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
        let (slips, findings, stopped) = (made.slips.len(), made.findings.len(), made.stops());
        write!(
            formatter,
            "{client:<12}  {run:<10} {slips:>5} {:>9} {findings:>9}（{stopped}） {seconds:>14.2}",
            made.files
        )
    }
}

/// One client taken into the office, and its runs: computed, checked, approved and published, each on the facts the one before it left.
fn client(demo: DemoBook, law: &Law, office: &OpenOffice, folder: &Path, prints: Prints) -> Result<Vec<Ran>, Stop> {
    let DemoBook { folder: name, book, runs, history_months, later_months } = demo;
    let place = folder.join(name);
    let book = settled(book, history_months, law)?;
    let mut sha256 = write_book(&book, &place.join("本"))?;
    office.room.import(&office.scope, &book, None, false)?;
    let mut ran = Vec::new();
    for run in runs {
        if let DemoRun::Month { month } = run {
            let later = later_months.iter().find(|later| later.month == month);
            let attendances = later.map(|later| later.attendance.clone()).unwrap_or_default();
            office.room.import(&office.scope, &Book { attendances, ..Book::default() }, None, false)?;
        }
        let done = one(name, office, run, &place, prints, law, &sha256)?;
        sha256.clone_from(&done.made.next_sha256);
        ran.push(done);
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

/// One run through all its steps; its outputs beside the client's book.
#[expect(clippy::disallowed_methods, reason = "the demonstration says how long it took")]
fn one(
    client: &'static str,
    office: &OpenOffice,
    run: DemoRun,
    place: &Path,
    prints: Prints,
    law: &Law,
    previous: &str,
) -> Result<Ran, Stop> {
    let started = Instant::now();
    let (month, as_of, kind, words, out) = match run {
        DemoRun::Month { month } => {
            (month, month.next().first_day(), RunKind::Pay, format!("{month} 支給"), month.to_string())
        }
        DemoRun::Bonus { name, paid_on } => {
            let month = Month::of(paid_on);
            (month, paid_on, RunKind::Bonus(name.to_owned()), format!("{month} {name}"), format!("{month}_{name}"))
        }
    };
    let code = client.split('-').next().unwrap_or(client).to_owned();
    let order = RunOrder { client: code, month, kind, as_of };
    let OpenOffice { room, scope, .. } = office;
    let run = room.run(scope, &order, law)?.run.id;
    room.check(scope, run)?;
    room.approve(scope, run)?;
    let published = room.publish(scope, run, law)?;
    let request = published.run.request();
    let made =
        month::write(published.result, published.next_book, &request, law, Some(previous), &place.join(out), prints)?;
    Ok(Ran { client, run: words, made, seconds: started.elapsed().as_secs_f32() })
}
