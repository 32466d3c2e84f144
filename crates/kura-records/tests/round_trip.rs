//! The demo books, and a book with every column of every sheet filled, go into records and come back as they were.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use kura_calendar::{Month, parse_iso_date};
use kura_law::Law;
use kura_model::*;
use kura_records::{Drawer, Owner, Parsed, RecordError, RecordKey, join, merge, split};
use kura_yen::{Exact, Rate, Yen};

fn back(book: &Book) -> Book {
    join(split(book).iter().map(|record| Parsed::parse(record.body.as_bytes()).unwrap())).unwrap()
}

#[test]
fn the_demo_books_come_back_as_they_were() {
    for demo in kura_demo::books(Law::embedded().unwrap()).unwrap() {
        let once = back(&demo.book);
        // Row by row the same; rows of one person that stood apart in a sheet stand together now, and stay so.
        assert_eq!(merge(&demo.book, &once).differences, [], "{}", demo.folder);
        assert_eq!(merge(&once, &demo.book).differences, [], "{}", demo.folder);
        assert!(back(&once) == once, "{}: {:?}", demo.folder, sheets_that_differ(&once, &back(&once)));
        // One record a key, and the same bytes for the same book.
        let records = split(&demo.book);
        let keys: BTreeSet<&RecordKey> = records.iter().map(|record| &record.key).collect();
        assert_eq!(keys.len(), records.len());
        assert!(split(&once) == records);
        let key = |body: &str| Parsed::parse(body.as_bytes()).unwrap().key();
        assert!(records.iter().all(|record| key(&record.body).as_ref() == Some(&record.key)));
        assert_eq!(key("{}"), None);
        let people = keys.iter().filter(|key| matches!(key.owner, Owner::Person(..)) && key.drawer == Drawer::Person);
        assert_eq!(people.count(), demo.book.employees.len());
    }
}

#[test]
fn every_column_of_every_sheet_comes_back() {
    for turn in 0..8 {
        let mut made = EveryColumn { turn, cells: 0 };
        let book = Book::read(&mut made);
        let columns: usize = Book::SHEETS.iter().map(|sheet| sheet.columns.len()).sum();
        assert_eq!(made.cells, columns);
        let back = back(&book);
        assert!(back == book, "turn {turn}: {:?}", sheets_that_differ(&book, &back));
    }
}

/// The sheets whose rows are not the same: their records differ.
fn sheets_that_differ(one: &Book, other: &Book) -> Vec<&'static str> {
    struct Rows(Vec<(&'static str, Vec<Vec<Option<Value>>>)>);
    impl RowSink for Rows {
        fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
            self.0.push((T::SCHEMA.header, rows.iter().map(|row| row.facts.to_values()).collect()));
        }
    }
    let (mut left, mut right) = (Rows(Vec::new()), Rows(Vec::new()));
    one.write(&mut left);
    other.write(&mut right);
    left.0.iter().zip(&right.0).filter(|(left, right)| left != right).map(|(left, _)| left.0).collect()
}

/// A row of every sheet with a value in every column; another turn, other values.
struct EveryColumn {
    turn: usize,
    cells: usize,
}

impl RowSource for EveryColumn {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let columns = T::SCHEMA.columns;
        let mut values = Values::empty(columns.len());
        for (at, column) in columns.iter().enumerate() {
            values.set(at, value(column, self.turn, T::SCHEMA.dated.is_some() && !column.required));
        }
        self.cells += columns.len();
        values.custom_mut().set(Text::from("資格\"手当\"\n"), CustomValue::Text(Text::from("一級\t\\")));
        values.custom_mut().set(Text::from("点数"), CustomValue::Number(Exact::ratio(10, 3).unwrap()));
        let facts = T::from_values(&mut values).unwrap_or_else(|| panic!("{} has all it requires", T::SCHEMA.header));
        vec![Row::from(facts)]
    }
}

fn value(column: &ColumnSchema, turn: usize, may_be_cleared: bool) -> Value {
    if may_be_cleared && turn == 7 {
        return Value::Cleared;
    }
    let number = i64::try_from(turn).unwrap();
    let day = |day: &str| parse_iso_date(day).unwrap();
    match column.kind {
        Kind::Text | Kind::Kana | Kind::Code(_) | Kind::Formula => Value::Text(Text::from(
            ["髙橋 𠮷", "007", "\"引用\"", "改\n行\r\t\\", "\u{1}\u{7f}", "なし", "{}[],:", "0"][turn],
        )),
        Kind::Date => Value::Date([day("1926-12-25"), day("2026-02-28"), day("2100-12-31")][turn % 3]),
        Kind::Month => Value::Month(Month::of([day("1989-01-08"), day("2026-12-31")][turn % 2])),
        Kind::Yen => Value::Yen(Yen::new([0, -1, 251_330, 9_007_199_254_740_993, i64::MIN, i64::MAX][turn % 6])),
        Kind::Decimal => Value::Decimal(Exact::ratio([1, -7, 163][turn % 3], [3, 4, 1][turn % 3]).unwrap()),
        Kind::Count => Value::Count(number - 3),
        Kind::HoursMinutes => Value::Minutes(Minutes::new([0, 59, 3_980, -30][turn % 4])),
        Kind::Days => Value::Days(Days::quarters([0, 3, -2, 81][turn % 4])),
        Kind::Percent | Kind::PerMille => Value::Rate(Rate::new(Exact::ratio(number + 1, [100, 7][turn % 2]).unwrap())),
        Kind::Choice(list, _) => Value::Choice(u16::try_from(turn % list.values.len()).unwrap()),
        Kind::Flag => Value::Flag(turn.is_multiple_of(2)),
        Kind::DayOfMonth => Value::DayOfMonth([DayOfMonth::Last, DayOfMonth::Day(1), DayOfMonth::Day(31)][turn % 3]),
        Kind::Months => {
            Value::Months(MonthsOfYear::parse(["7,12", "1", "1,2,3,4,5,6,7,8,9,10,11,12"][turn % 3]).unwrap())
        }
        Kind::Weekdays => Value::Weekdays(WeekdayPattern::parse(["土・日", "土(2,4)", "月(1)日"][turn % 3]).unwrap()),
        Kind::Dates => {
            Value::Dates(DateList::new([vec![day("2026-05-12"), day("2026-05-13")], vec![]][turn % 2].clone()))
        }
        Kind::FiscalYear => Value::FiscalYear(FiscalYear::beginning_in([2019, 2026][turn % 2])),
    }
}

#[test]
fn a_month_and_a_person_find_their_drawer() {
    let demo = kura_demo::books(Law::embedded().unwrap()).unwrap().remove(1);
    let mut book = Book::default();
    let keep = |code: &EmployeeCode| code.as_str() == "12";
    book.attendances = demo.book.attendances.iter().filter(|row| keep(&row.employee_code)).cloned().collect();
    book.employees = demo.book.employees.iter().filter(|row| keep(&row.employee_code)).cloned().collect();
    book.attachments.push(Row::from(Attachment::new(ClientCode::from("002"))));
    let keys: Vec<RecordKey> = split(&book).into_iter().map(|record| record.key).collect();
    let person = Owner::Person(ClientCode::from("002"), EmployeeCode::from("12"));
    let month = book.attendances[0].payment_month;
    assert_eq!(
        keys,
        [
            RecordKey { owner: Owner::Office, drawer: Drawer::Office },
            RecordKey { owner: person.clone(), drawer: Drawer::Person },
            RecordKey { owner: person, drawer: Drawer::Input(month) },
            RecordKey { owner: Owner::Client(ClientCode::from("002")), drawer: Drawer::Client },
        ]
    );
}

#[test]
fn what_is_no_record_is_named_by_its_place() {
    let fault = |body: &str| Parsed::parse(body.as_bytes()).map(|_| ()).unwrap_err();
    assert_eq!(fault("{\"employee\":["), RecordError::Shape { line: 1, column: 13 });
    assert_eq!(fault("[]"), RecordError::Shape { line: 1, column: 0 });
    assert!(matches!(fault("{} {}"), RecordError::Shape { .. }));
    assert_eq!(fault("{\"spaceship\":[]}"), RecordError::UnknownSheet);
    assert_eq!(fault("{\"employee\":[{\"wings\":2}]}"), RecordError::UnknownColumn { sheet: "従業員" });
    let cell = |body: &str| fault(&format!("{{\"employment_terms\":[{{{body}}}]}}"));
    for wrong in [
        "\"base_amount\":\"250000\"",
        "\"base_amount\":1.5",
        "\"base_amount\":true",
        "\"base_amount\":99999999999999999999",
    ] {
        let is = cell(wrong);
        let named = RecordError::Cell { sheet: "雇用条件", column: "基本額" };
        assert!(is == named || matches!(is, RecordError::Shape { .. }), "{wrong}: {is}");
    }
    assert_eq!(
        cell("\"effective_from\":\"2026-02-30\""),
        RecordError::Cell { sheet: "雇用条件", column: "適用開始日" }
    );
    assert_eq!(cell("\"pay_type\":\"weekly\""), RecordError::Cell { sheet: "雇用条件", column: "給与形態" });
    let no_one = Parsed::parse(b"{\"employee\":[{\"client_code\":\"002\"}]}").unwrap();
    assert_eq!(join([no_one]).unwrap_err(), RecordError::Incomplete { sheet: "従業員" });
}
