//! Every column of every sheet says it when it is given a wrong value, with its place, and without the value.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use kura_book::{Book, NamedFile, Severity, Source, read};
use kura_model::{CodeForm, ColumnSchema, Kind, SheetSchema};

/// A value nobody can mean, and the finding it makes.
fn wrong(column: &ColumnSchema) -> (String, &'static str) {
    match column.kind {
        Kind::Text | Kind::Formula | Kind::Code(CodeForm::Free | CodeForm::Telephone) => {
            ("長".repeat(4_001), "too_long")
        }
        Kind::Kana => ("岸和田".to_owned(), "not_kana"),
        Kind::Code(CodeForm::Digits(_) | CodeForm::Municipality) => ("12345678901234567890".to_owned(), "code_shape"),
        Kind::Date | Kind::Dates => ("令和8年6月31日".to_owned(), "not_a_date"),
        Kind::Month => ("2026-13".to_owned(), "not_a_month"),
        Kind::Yen if column.min.is_some() => ("-1".to_owned(), "out_of_range"),
        Kind::Yen => ("123.5".to_owned(), "not_whole_yen"),
        Kind::Count => ("1.5".to_owned(), "not_whole"),
        Kind::Decimal | Kind::Percent | Kind::PerMille => ("約10".to_owned(), "not_a_number"),
        Kind::HoursMinutes => ("8:75".to_owned(), "not_a_time"),
        Kind::Days => ("1.3".to_owned(), "not_quarter_days"),
        Kind::Choice(..) => ("それ以外".to_owned(), "not_a_choice"),
        Kind::Flag => ("たぶん".to_owned(), "not_a_flag"),
        Kind::DayOfMonth => ("32".to_owned(), "not_a_day_of_month"),
        Kind::Months => ("13".to_owned(), "not_months"),
        Kind::Weekdays => ("土(6)".to_owned(), "not_weekdays"),
        Kind::FiscalYear => ("R0".to_owned(), "not_a_fiscal_year"),
    }
}

/// A value the column takes: its example, or one of its kind.
fn right(column: &ColumnSchema) -> &'static str {
    match column.kind {
        _ if !column.example.is_empty() => column.example,
        Kind::Date => "2026-04-01",
        Kind::Month => "2026-04",
        Kind::Choice(list, allowed) => {
            let first = allowed.first().and_then(|at| list.values.get(usize::from(*at)));
            first.expect("a choice").japanese
        }
        _ => "1",
    }
}

fn read_row(schema: &SheetSchema, cells: &[(&ColumnSchema, String)]) -> Vec<kura_book::Finding> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let header: Vec<String> = cells.iter().map(|(column, _)| quoted(column.header)).collect();
    let row: Vec<String> = cells.iter().map(|(_, value)| quoted(value)).collect();
    let file = format!("{}\n{}\n", header.join(","), row.join(","));
    read(Source::Folder(&[NamedFile { name: schema.header, bytes: file.as_bytes() }])).1
}

fn row_with(
    schema: &'static SheetSchema,
    wrong: Option<(&ColumnSchema, String)>,
) -> Vec<(&'static ColumnSchema, String)> {
    let needed = |column: &&ColumnSchema| {
        column.required || wrong.as_ref().is_some_and(|(one, _)| one.identifier == column.identifier)
    };
    let value = |column: &ColumnSchema| match &wrong {
        Some((one, value)) if one.identifier == column.identifier => value.clone(),
        _ => right(column).to_owned(),
    };
    schema.columns.iter().filter(needed).map(|column| (column, value(column))).collect()
}

#[test]
fn a_wrong_value_is_found_in_every_column() {
    let mut columns = 0;
    for schema in Book::SHEETS {
        for column in schema.columns {
            let (value, code) = wrong(column);
            let findings = read_row(schema, &row_with(schema, Some((column, value.clone()))));
            let found = findings.iter().find(|finding| finding.code == code);
            let found = found.unwrap_or_else(|| panic!("{} {}: {findings:?}", schema.header, column.header));
            assert_eq!((found.sheet.as_str(), found.row), (schema.header, Some(2)));
            assert_eq!(found.column.as_deref(), Some(column.header));
            assert!(found.severity >= Severity::Warning);
            assert!(!found.sentence.contains(&value) && !found.remedy.contains(&value), "{found}");
            assert!(!found.sentence.is_empty() && (!found.remedy.is_empty() || found.code == "not_a_date"), "{found}");
            columns += 1;
        }
    }
    assert_eq!(columns, Book::SHEETS.iter().map(|schema| schema.columns.len()).sum::<usize>());
}

#[test]
fn every_example_of_the_schema_is_a_right_value() {
    for schema in Book::SHEETS {
        for column in schema.columns {
            let findings = read_row(schema, &row_with(schema, Some((column, right(column).to_owned()))));
            let worst =
                findings.iter().filter(|finding| finding.code != "unknown_code").max_by_key(|finding| finding.severity);
            assert!(
                worst.is_none_or(|finding| finding.severity == Severity::Info),
                "{} {}: {worst:?}",
                schema.header,
                column.header
            );
        }
    }
}
