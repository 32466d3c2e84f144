//! `kura book` as a user runs it: a template to fill in, and what is wrong with a book that was filled in.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kura_book::{Source, read, write};
use kura_calendar::Date;
use tempfile::TempDir;

fn kura(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kura")).arg("book").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn demo_book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/004-kaku")
}

#[test]
fn a_template_is_an_empty_book_and_no_file_is_overwritten() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("蔵ブック.xlsx");
    let made = kura(&[Path::new("template"), &file]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let bytes = fs::read(&file).unwrap();
    let (book, findings) = read(Source::Workbook(&bytes));
    assert_eq!((book.employees.len(), findings), (0, Vec::new()));
    let again = kura(&[Path::new("template"), &file]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("すでにあります。上書きはしません"), "{}", said(&again));
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn a_wrong_cell_is_told_with_its_place() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("本");
    fs::create_dir(&book).unwrap();
    for entry in fs::read_dir(demo_book()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, book.join(path.file_name().unwrap())).unwrap();
    }
    assert_eq!(kura(&[Path::new("check"), &book]).status.code(), Some(0));
    let sheet = book.join("従業員.csv");
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(text.contains("1984-04-04"));
    fs::write(&sheet, text.replace("1984-04-04", "1984-02-30")).unwrap();
    let checked = kura(&[Path::new("check"), &book]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).contains("従業員 3行目「生年月日」"), "{}", said(&checked));
    assert!(!said(&checked).contains("鶴見"), "no name of a person");
}

/// The book after another carries its hash; another book, or one that was changed afterwards, is told.
#[test]
fn a_broken_chain_of_books_is_told() {
    let folder = TempDir::new().unwrap();
    let day = Date::constant(2026, 7, 1);
    let (before, after) = (folder.path().join("前.xlsx"), folder.path().join("次.xlsx"));
    let mut book = kura_book::Book::default();
    book.cover.schema_version = Some("1".into());
    let bytes = write(&book, day).unwrap();
    fs::write(&before, &bytes).unwrap();
    book.cover.previous_book_sha256 = Some(kura_book::sha256(Source::Workbook(&bytes)).as_str().into());
    fs::write(&after, write(&book, day).unwrap()).unwrap();
    let check = |previous: &Path| kura(&[Path::new("check"), &after, Path::new("--previous"), previous]);
    assert_eq!(check(&before).status.code(), Some(0));
    let broken = check(&after);
    assert_eq!(broken.status.code(), Some(1));
    assert!(said(&broken).contains("前の本のハッシュが、示された前の本と一致しません"), "{}", said(&broken));
}
