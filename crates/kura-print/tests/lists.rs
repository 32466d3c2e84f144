//! What a list must be as a spreadsheet: every value as it was given, texts that stay texts, the same bytes each time.
#![expect(clippy::unwrap_used, reason = "a test stops at a file that cannot be made or read")]

mod sample_lists;

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use kura_calendar::Month;
use kura_print::{
    List, ListCell, ListColumn, ListColumnKind as Kind, ListError, ListRow, ListRowKind, PrintedAt, lists_xlsx,
};
use kura_yen::{Exact, Yen};
use sample_lists::{all, register, transfers};

const AT: PrintedAt = PrintedAt { year: 2026, month: 7, day: 1, hour: 9, minute: 12, second: 30 };

fn sheets(lists: &[List]) -> Vec<(String, Range<Data>)> {
    let bytes = lists_xlsx(lists, AT).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheets()
}

fn part(lists: &[List], name: &str) -> String {
    let bytes = lists_xlsx(lists, AT).unwrap();
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn one_column(kind: Kind, cells: Vec<ListCell>) -> List {
    let rows = cells.into_iter().map(|cell| ListRow::plain(vec![cell])).collect();
    List { title: "一覧".into(), columns: vec![ListColumn::new("値", kind)], rows, ..List::default() }
}

/// The column as it is read back, below the title, the captions, an empty row and the head.
fn read_back(kind: Kind, cells: Vec<ListCell>) -> Vec<Data> {
    let count = u32::try_from(cells.len()).unwrap();
    let range = sheets(&[one_column(kind, cells)]).remove(0).1;
    (4..4 + count).map(|row| range.get_value((row, 0)).cloned().unwrap_or_default()).collect()
}

#[test]
fn every_sample_is_read_back_cell_by_cell() {
    let samples: Vec<List> = all().into_iter().map(|(_, list)| list).collect();
    for (list, (name, range)) in samples.iter().zip(sheets(&samples)) {
        assert_eq!(name, list.title);
        assert_eq!(range.get_value((0, 0)), Some(&Data::String(list.title.clone())));
        let sections = list.columns.iter().any(|column| !column.section.is_empty());
        let first = if sections { 5 } else { 4 };
        for (line, row) in (first..).zip(&list.rows) {
            for (place, cell) in (0..).zip(&row.cells) {
                let read = range.get_value((line, place)).cloned().unwrap_or_default();
                match cell {
                    ListCell::Empty => assert_eq!(read, Data::Empty),
                    ListCell::Text(words) if words.is_empty() => assert!(matches!(read, Data::Empty | Data::String(_))),
                    ListCell::Text(words) => assert_eq!(read, Data::String(words.clone())),
                    ListCell::Yen(amount) => assert_eq!(number(&read), amount.get().to_string()),
                    ListCell::Number(exact) => assert_eq!(number(&read), exact.to_string()),
                    ListCell::Minutes(_) | ListCell::Date(_) | ListCell::Month(_) => {
                        assert!(matches!(read, Data::DateTime(_)), "{read:?}");
                    }
                }
            }
        }
    }
}

fn number(read: &Data) -> String {
    match read {
        Data::Float(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn nothing_and_zero_are_told_apart() {
    let read = read_back(Kind::Yen, vec![ListCell::Empty, Yen::ZERO.into(), Yen::new(-1_200).into()]);
    assert_eq!(read, [Data::Empty, Data::Float(0.0), Data::Float(-1_200.0)]);
}

#[test]
fn what_a_number_cannot_hold_is_written_as_words() {
    let third = Exact::ratio(1, 3).unwrap();
    let cells = vec![third.into(), Exact::parse("0.1234567890123456").map_or(ListCell::Empty, Into::into)];
    assert_eq!(read_back(Kind::Number, cells)[0], Data::String("1/3".into()));
    let old = kura_calendar::parse_iso_date("1899-12-31").unwrap();
    assert_eq!(read_back(Kind::Date, vec![old.into()]), [Data::String("1899-12-31".into())]);
    assert_eq!(read_back(Kind::Hours, vec![ListCell::Minutes(-90)]), [Data::String("-1:30".into())]);
}

#[test]
fn days_months_and_hours_are_what_a_spreadsheet_counts() {
    let day = kura_calendar::parse_iso_date("2026-06-25").unwrap();
    let serials = |cells, kind| -> Vec<f64> { read_back(kind, cells).iter().filter_map(as_serial).collect() };
    assert_eq!(serials(vec![day.into()], Kind::Date), [46_198.0]);
    assert_eq!(serials(vec![Month::new(2026, 6).unwrap().into()], Kind::Month), [46_174.0]);
    assert_eq!(serials(vec![ListCell::Minutes(36 * 60)], Kind::Hours), [1.5]);
}

fn as_serial(data: &Data) -> Option<f64> {
    if let Data::DateTime(time) = data { Some(time.as_f64()) } else { None }
}

#[test]
fn no_text_comes_to_life() {
    let hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "_x003D_1", "a<b>&\"'", "0012"];
    let read = read_back(Kind::Code, hostile.iter().map(|text| ListCell::from(*text)).collect());
    assert_eq!(read, hostile.map(|text| Data::String(text.into())));
    let xml = part(&[transfers()], "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>") && !xml.contains("t=\"str\""));
    let styles = part(&[transfers()], "xl/styles.xml");
    assert!(styles.contains("numFmtId=\"49\""), "{styles}");
}

#[test]
fn control_characters_do_not_spoil_the_file() {
    let read = read_back(Kind::Text, vec!["架空\u{0}\u{1F}花子\u{FFFE}".into()]);
    assert_eq!(read, [Data::String("架空花子".into())]);
}

#[test]
fn heads_are_frozen_and_repeated_and_the_paper_is_a4() {
    let xml = part(&[register(3)], "xl/worksheets/sheet1.xml");
    for expected in ["<pane xSplit=\"2\" ySplit=\"5\"", "paperSize=\"9\"", "orientation=\"landscape\"", "A1:AP11"] {
        assert!(xml.contains(expected), "{expected} is missing in {xml}");
    }
    let book = part(&[register(3)], "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("$4:$5"), "{book}");
}

#[test]
fn names_of_sheets_are_allowed_and_unlike_each_other() {
    let titled = |title: &str| List { title: title.into(), ..transfers() };
    let lists = ["振込一覧", "振込一覧", "a/b:[c]*?'", "", "架".repeat(60).as_str()].map(titled);
    let names: Vec<String> = sheets(&lists).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["振込一覧", "振込一覧 (2)", "abc", "一覧", "架".repeat(24).as_str()]);
}

#[test]
fn the_same_lists_are_the_same_bytes() {
    let lists: Vec<List> = all().into_iter().map(|(_, list)| list).collect();
    assert_eq!(lists_xlsx(&lists, AT), lists_xlsx(&lists, AT));
    assert_ne!(lists_xlsx(&lists, AT), lists_xlsx(&lists, PrintedAt { day: 2, ..AT }));
}

#[test]
fn nothing_and_too_much_are_answered() {
    assert!(lists_xlsx(&[], AT).is_ok());
    assert!(lists_xlsx(&[List::default()], AT).is_ok());
    let long = one_column(Kind::Text, vec!["あ".repeat(32_768).into()]);
    assert_eq!(lists_xlsx(&[transfers(), long], AT), Err(ListError::TextTooLong { list: 2 }));
    let wide = List { columns: vec![ListColumn::new("列", Kind::Text); 16_385], ..List::default() };
    assert_eq!(lists_xlsx(&[wide], AT), Err(ListError::TooBig { list: 1 }));
    let tall = List { rows: vec![ListRow::new(ListRowKind::Plain, Vec::new()); 1_048_577], ..List::default() };
    assert_eq!(lists_xlsx(&[tall], AT), Err(ListError::TooBig { list: 1 }));
    assert_eq!(lists_xlsx(&[], PrintedAt { month: 13, ..AT }), Err(ListError::ImpossibleStamp));
}
