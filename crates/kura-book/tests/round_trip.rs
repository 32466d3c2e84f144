//! What is written is read back as it was, by both roads; and no bytes at all make the reader fail.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod arbitrary;

use std::io::{Cursor, Read, Write};

use kura_book::{Book, Finding, NamedFile, Source, read, template, write, write_folder};
use kura_calendar::Date;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn day() -> Date {
    "2026-07-01".parse().expect("a day")
}

/// Invented rows repeat keys and name people nobody entered; nothing else may be found.
fn unexpected(findings: &[Finding]) -> Vec<&Finding> {
    findings
        .iter()
        .filter(|finding| !matches!(finding.code, "same_row" | "unknown_code" | "other_schema_version"))
        .collect()
}

fn difference(before: &Book, after: &Book) -> Option<String> {
    let sheets = |book: &Book| {
        write_folder(book).into_iter().map(|file| (file.name, String::from_utf8(file.bytes).expect("UTF-8")))
    };
    let mut pairs = sheets(before).zip(sheets(after));
    pairs.find(|(one, other)| one != other).map(|((name, one), (_, other))| {
        let lines = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        format!("{name}: {lines:#?}")
    })
}

fn damage(content: &mut Vec<u8>, place: prop::sample::Index, byte: u8) {
    if content.is_empty() {
        return;
    }
    let place = place.index(content.len());
    match byte % 4 {
        0 => content.truncate(place),
        1 => content.insert(place, b'<'),
        2 => drop(content.drain(..place.min(40))),
        _ => content.insert(place, byte),
    }
}

/// The same workbook with some bytes of one part changed, cut out or doubled: its packing is whole, its content is not.
fn with_damaged_part(bytes: &[u8], part: usize, damages: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let damaged = part % archive.len();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("unpacked");
        if at == damaged {
            damages.iter().for_each(|(place, byte)| damage(&mut content, *place, *byte));
        }
        writer.start_file(part.name().expect("a name").into_owned(), SimpleFileOptions::default()).expect("begun");
        writer.write_all(&content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_workbook_comes_back(seed in any::<u64>()) {
        let book = arbitrary::book(seed, 5);
        let bytes = write(&book, day()).expect("written");
        let (again, findings) = read(Source::Workbook(&bytes));
        prop_assert_eq!(unexpected(&findings), Vec::<&Finding>::new());
        prop_assert!(again == book, "{:?}", difference(&book, &again));
    }

    #[test]
    fn a_folder_comes_back(seed in any::<u64>()) {
        let book = arbitrary::book(seed, 5);
        let files = write_folder(&book);
        let files: Vec<NamedFile<'_>> = files.iter().map(|file| NamedFile { name: &file.name, bytes: &file.bytes }).collect();
        let (again, findings) = read(Source::Folder(&files));
        prop_assert_eq!(unexpected(&findings), Vec::<&Finding>::new());
        prop_assert!(again == book, "{:?}", difference(&book, &again));
    }

    #[test]
    fn random_bytes_are_a_finding(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let (book, findings) = read(Source::Workbook(&bytes));
        prop_assert_eq!(book, Book::default());
        prop_assert!(!findings.is_empty());
        let _ = read(Source::Folder(&[NamedFile { name: "従業員.csv", bytes: &bytes }]));
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(seed in any::<u64>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = write(&arbitrary::book(seed % 7, 3), day()).expect("written");
        let place = at.index(bytes.len());
        if cut { bytes.truncate(place) } else if let Some(slot) = bytes.get_mut(place) { *slot = byte }
        let _ = read(Source::Workbook(&bytes));
    }

    #[test]
    fn a_workbook_with_damaged_content_is_read_or_found(
        seed in 0_u64..7,
        part in any::<usize>(),
        damages in proptest::collection::vec(any::<(prop::sample::Index, u8)>(), 1..4),
    ) {
        let bytes = write(&arbitrary::book(seed, 3), day()).expect("written");
        let _ = read(Source::Workbook(&with_damaged_part(&bytes, part, &damages)));
    }

    #[test]
    fn any_text_in_any_cell_is_read_or_found(text in "\\PC{0,12}", sheet in 2_usize..29) {
        let schema = Book::SHEETS.get(sheet).expect("a sheet");
        let header: Vec<&str> = schema.columns.iter().map(|column| column.header).collect();
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let row: Vec<&str> = schema.columns.iter().map(|_| cell.as_str()).collect();
        let file = format!("{}\n{}\n", header.join(","), row.join(","));
        let _ = read(Source::Folder(&[NamedFile { name: schema.identifier, bytes: file.as_bytes() }]));
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let book = arbitrary::book(7, 4);
    assert_eq!(write(&book, day()), write(&book, day()));
}

#[test]
fn the_template_is_an_empty_book() {
    let (book, findings) = read(Source::Workbook(&template(day()).expect("written")));
    assert_eq!(findings, []);
    assert_eq!(book.cover.schema_version.as_ref().map(|version| version.as_str()), Some(kura_book::SCHEMA_VERSION));
    assert!(book.employees.is_empty() && book.pay_histories.is_empty());
}
