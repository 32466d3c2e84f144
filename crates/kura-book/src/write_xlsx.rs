use std::collections::BTreeSet;

use kura_calendar::Date;
use kura_model::{Book, ColumnSchema, CustomValue, Facts, Kind, Row, RowSink, Value};
use kura_yen::Exact;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::look::Look;
use crate::number::decimal_text;
use crate::spelling::spell;

/// Why a book could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A sheet outgrew what the file format can hold.
    #[error("「{sheet}」シートが大きすぎて、Excelのファイルに書けません。会社ごとに本を分けてください。")]
    SheetTooBig {
        /// The sheet.
        sheet: &'static str,
    },
    /// The file format refused the whole.
    #[error("Excelのファイルを組み立てられません。CSVフォルダーで書き出してください。")]
    NotAssembled,
}

/// 蔵ブック as .xlsx. The same book and day give the same bytes.
///
/// Codes are text so that their zeros stay; choices have a list to pick from; sheets without a row are hidden unless a small
/// client fills them.
///
/// # Errors
/// A sheet of more than a million rows.
pub fn write(book: &Book, written_on: Date) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let look = Look::new();
    look.prepare(&mut workbook).map_err(|_| WriteError::NotAssembled)?;
    workbook.set_properties(&properties(written_on)?);
    let mut sink = Sheets { workbook, look, outcome: Ok(()) };
    book.write(&mut sink);
    sink.outcome?;
    sink.workbook.save_to_buffer().map_err(|_| WriteError::NotAssembled)
}

/// The empty book: every sheet with its header, the rare ones hidden.
///
/// # Errors
/// As [`write`]; an empty book fits.
pub fn template(written_on: Date) -> Result<Vec<u8>, WriteError> {
    let mut book = Book::default();
    book.cover.schema_version = Some(kura_model::Code::from(crate::SCHEMA_VERSION));
    write(&book, written_on)
}

struct Sheets {
    workbook: Workbook,
    look: Look,
    outcome: Result<(), WriteError>,
}

impl RowSink for Sheets {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        if self.outcome.is_err() {
            return;
        }
        let sheet = self.workbook.add_worksheet();
        let written = write_sheet(sheet, &self.look, rows);
        self.outcome = written.map_err(|_| WriteError::SheetTooBig { sheet: T::SCHEMA.header });
    }
}

fn write_sheet<T: Facts>(sheet: &mut Worksheet, look: &Look, rows: &[Row<T>]) -> Result<(), XlsxError> {
    let schema = T::SCHEMA;
    let custom: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.custom().iter()).map(|(name, _)| name.as_str()).collect();
    look.head(sheet, schema, &custom)?;
    let mut line = 0_u32;
    for row in rows {
        let values = row.to_values();
        if values.iter().all(Option::is_none) && row.custom().is_empty() {
            continue;
        }
        line = line.saturating_add(1);
        for ((place, column), value) in (0_u16..).zip(schema.columns).zip(&values) {
            if let Some(value) = value {
                write_value(sheet, look, (line, place), column, value)?;
            }
        }
        let first_custom = u16::try_from(schema.columns.len()).unwrap_or(u16::MAX);
        for (place, name) in (first_custom..).zip(&custom) {
            match row.custom().get(name) {
                Some(CustomValue::Number(number)) => write_decimal(sheet, (line, place), *number)?,
                Some(CustomValue::Text(text)) => write_text(sheet, look, (line, place), text.as_str())?,
                None => {}
            }
        }
    }
    look.after_rows(sheet, schema, line)
}

fn write_value(
    sheet: &mut Worksheet,
    look: &Look,
    (line, place): (u32, u16),
    column: &ColumnSchema,
    value: &Value,
) -> Result<(), XlsxError> {
    match value {
        Value::Date(day) => match serial(*day) {
            Some(serial) => sheet.write_number(line, place, serial)?,
            None => sheet.write_string(line, place, day.to_string())?,
        },
        Value::Yen(amount) => return write_decimal(sheet, (line, place), amount.exact()),
        Value::Count(number) => return write_decimal(sheet, (line, place), Exact::whole(*number)),
        Value::Decimal(number) => return write_decimal(sheet, (line, place), *number),
        Value::Minutes(minutes) => match u32::try_from(minutes.get()) {
            Ok(minutes) => sheet.write_number(line, place, part_of_day(minutes))?,
            Err(_) => sheet.write_string(line, place, minutes.to_string())?,
        },
        Value::Days(_) | Value::Rate(_) => {
            let spelling = spell(column, value);
            match spelling.parse::<f64>().ok().filter(|number| decimal_text(*number).as_ref() == Some(&spelling)) {
                Some(number) => sheet.write_number(line, place, number)?,
                None => sheet.write_string(line, place, spelling)?,
            }
        }
        other => return write_text(sheet, look, (line, place), &spell(column, other)),
    };
    debug_assert!(!matches!(column.kind, Kind::Text), "text is written above");
    Ok(())
}

/// A number where a spreadsheet keeps it exactly, else its spelling.
fn write_decimal(sheet: &mut Worksheet, (line, place): (u32, u16), number: Exact) -> Result<(), XlsxError> {
    let spelling = number.to_string();
    match spelling.parse::<f64>().ok().filter(|float| decimal_text(*float).as_ref() == Some(&spelling)) {
        Some(float) => sheet.write_number(line, place, float)?,
        None => sheet.write_string(line, place, spelling)?,
    };
    Ok(())
}

/// A text never becomes a formula: string cells are not evaluated, and the quote mark keeps it so when somebody edits it.
fn write_text(sheet: &mut Worksheet, look: &Look, (line, place): (u32, u16), text: &str) -> Result<(), XlsxError> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        sheet.write_string_with_format(line, place, text, look.quoted())?;
    } else {
        sheet.write_string(line, place, text)?;
    }
    Ok(())
}

/// Spreadsheets count days from 1899-12-30; before March 1900 they count wrongly.
fn serial(day: Date) -> Option<f64> {
    let first = kura_calendar::parse_iso_date("1899-12-30").ok()?;
    let hours = day.duration_since(first).as_hours();
    let days = i32::try_from(hours / 24).ok()?;
    (days >= 61).then(|| f64::from(days))
}

#[expect(clippy::float_arithmetic, reason = "spreadsheets keep a length of time as a part of a day; no money")]
fn part_of_day(minutes: u32) -> f64 {
    f64::from(minutes) / 1440.0
}

fn properties(written_on: Date) -> Result<DocProperties, WriteError> {
    let year = u16::try_from(written_on.year()).map_err(|_| WriteError::NotAssembled)?;
    let created = ExcelDateTime::from_ymd(year, written_on.month().unsigned_abs(), written_on.day().unsigned_abs());
    let created = created.map_err(|_| WriteError::NotAssembled)?;
    Ok(DocProperties::new().set_title("蔵ブック").set_author("kura").set_creation_datetime(&created))
}
