use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use kura_book::{Finding, Severity, check_chain};

use crate::book_file::{self, OpenedBook};
use crate::cli::{BookCheck, BookTemplate};
use crate::clock;
use crate::stop::Stop;

/// `kura book template FILE`: the empty workbook. A file that is there already is left alone.
pub(crate) fn template(arguments: &BookTemplate) -> Result<(), Stop> {
    let file = &arguments.file;
    let bytes = kura_book::template(clock::day_or_today(None, "")?).map_err(|error| Stop::named(error, ""))?;
    let mut new = OpenOptions::new().write(true).create_new(true).open(file).map_err(|error| not_made(file, &error))?;
    new.write_all(&bytes).and_then(|()| new.sync_all()).map_err(|error| not_made(file, &error))?;
    writeln!(io::stdout(), "{} に空の蔵ブックを書きました。見えているシートから記入してください。", file.display())?;
    Ok(())
}

/// `kura book check BOOK`: every finding with sheet, row and column; with `--previous` also whether the book was made from that one.
pub(crate) fn check(arguments: &BookCheck) -> Result<(), Stop> {
    let OpenedBook { book, mut findings, .. } = book_file::open(&arguments.book)?;
    if let Some(previous) = &arguments.previous {
        let broken = book_file::with_source(previous, |source| check_chain(&book, source))?;
        findings.extend(broken.err().map(|finding| *finding));
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut output = io::stdout().lock();
    for finding in &findings {
        if arguments.json {
            let line = serde_json::to_string(finding).map_err(|error| Stop::named(error, ""))?;
            writeln!(output, "{line}")?;
        } else {
            writeln!(output, "{finding}")?;
        }
    }
    let errors = findings.iter().filter(|finding| is_error(finding)).count();
    if errors > 0 {
        return Err(Stop::named(format!("誤りが{errors}件あります。"), "上の場所を直して、もう一度調べてください。"));
    }
    if !arguments.json {
        writeln!(output, "誤りはありません（従業員 {}人）。", book.employees.len())?;
    }
    Ok(())
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

fn not_made(file: &Path, error: &io::Error) -> Stop {
    let file = file.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Stop::named(format!("{file} は、すでにあります。上書きはしません。"), "新しい名前を指定してください。")
        }
        io::ErrorKind::NotFound => Stop::named(
            format!("{file} を置くフォルダーがありません。"),
            "フォルダーを作るか、場所を確かめてください。",
        ),
        _ => Stop::named(format!("{file} を作れません（{error}）。"), "空き容量と権限を確かめてください。"),
    }
}
