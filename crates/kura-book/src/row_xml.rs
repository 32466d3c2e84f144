use std::io::{Result, Write};

use kura_calendar::Date;
use kura_model::{ColumnSchema, CustomValue, Facts, Row, Value};
use kura_yen::Exact;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::ElementWriter;

use crate::header::column_letters;
use crate::spelling::spell;

/// Writes rows as the XML of a sheet's data, one after the other.
pub(crate) struct RowXml<'sheet, W: Write> {
    columns: &'static [ColumnSchema],
    custom: &'sheet [&'sheet str],
    letters: Vec<String>,
    styles: &'sheet [String],
    xml: &'sheet mut Writer<W>,
}

impl<'sheet, W: Write> RowXml<'sheet, W> {
    /// For a sheet of these columns; `styles` are the numbers of the columns' formats, as the sheet's head has them.
    pub(crate) fn new(
        columns: &'static [ColumnSchema],
        custom: &'sheet [&'sheet str],
        styles: &'sheet [String],
        xml: &'sheet mut Writer<W>,
    ) -> Self {
        let count = u32::try_from(columns.len().saturating_add(custom.len())).unwrap_or(u32::MAX);
        Self { columns, custom, letters: (0..count).map(column_letters).collect(), styles, xml }
    }

    /// Writes the rows below the header; rows that say nothing are left out.
    pub(crate) fn write<T: Facts>(mut self, rows: &[Row<T>]) -> Result<()> {
        for (line, row) in (2_u32..).zip(rows.iter().filter(|row| says_something(*row))) {
            self.row(line, row)?;
        }
        Ok(())
    }

    fn row<T: Facts>(&mut self, line: u32, row: &Row<T>) -> Result<()> {
        let start = BytesStart::new("row").with_attributes([("r", line.to_string().as_str())]);
        self.xml.write_event(Event::Start(start))?;
        for (place, (column, value)) in self.columns.iter().zip(row.to_values()).enumerate() {
            if let Some(value) = value {
                self.value(line, place, column, &value)?;
            }
        }
        for (name, place) in self.custom.iter().zip(self.columns.len()..) {
            match row.custom().get(name) {
                Some(CustomValue::Number(number)) => self.decimal(line, place, *number)?,
                // The format of the first column is text: nobody's later edit turns the cell into a formula.
                Some(CustomValue::Text(text)) => self.string(line, place, 0, text.as_str())?,
                None => {}
            }
        }
        self.xml.write_event(Event::End(BytesEnd::new("row")))
    }

    fn value(&mut self, line: u32, place: usize, column: &ColumnSchema, value: &Value) -> Result<()> {
        match value {
            Value::Text(text) => self.string(line, place, place, text.as_str()),
            Value::Yen(amount) => self.number(line, place, &amount.to_string()),
            Value::Count(number) => self.number(line, place, &number.to_string()),
            Value::Decimal(number) => self.decimal(line, place, *number),
            Value::Date(day) => match serial(*day) {
                Some(serial) => self.number(line, place, &serial.to_string()),
                None => self.string(line, place, place, &day.to_string()),
            },
            Value::Minutes(minutes) => match u32::try_from(minutes.get()) {
                Ok(minutes) => self.number(line, place, &part_of_day(minutes).to_string()),
                Err(_) => self.string(line, place, place, &minutes.to_string()),
            },
            Value::Days(_) | Value::Rate(_) => self.number_or_string(line, place, &spell(column, value)),
            other => self.string(line, place, place, &spell(column, other)),
        }
    }

    fn decimal(&mut self, line: u32, place: usize, number: Exact) -> Result<()> {
        self.number_or_string(line, place, &number.to_string())
    }

    /// A number where a spreadsheet keeps it exactly, else its spelling.
    fn number_or_string(&mut self, line: u32, place: usize, spelling: &str) -> Result<()> {
        if fits_a_number(spelling) {
            self.number(line, place, spelling)
        } else {
            self.string(line, place, place, spelling)
        }
    }

    fn number(&mut self, line: u32, place: usize, number: &str) -> Result<()> {
        self.cell(line, place, place).write_inner_content(|xml| {
            xml.create_element("v").write_text_content(BytesText::new(number))?;
            Ok(())
        })?;
        Ok(())
    }

    fn string(&mut self, line: u32, place: usize, style_of: usize, text: &str) -> Result<()> {
        let text = as_excel_keeps_it(text);
        self.cell(line, place, style_of).with_attribute(("t", "inlineStr")).write_inner_content(|xml| {
            xml.create_element("is").write_inner_content(|xml| {
                xml.create_element("t").write_text_content(BytesText::new(&text))?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    }

    fn cell(&mut self, line: u32, place: usize, style_of: usize) -> ElementWriter<'_, W> {
        let letters = self.letters.get(place).map_or("", String::as_str);
        let style = self.styles.get(style_of).map_or("0", String::as_str);
        let reference = format!("{letters}{line}");
        self.xml.create_element("c").with_attributes([("r", reference.as_str()), ("s", style)])
    }
}

/// True when a row has a cell to write: only a row without a key may have none.
pub(crate) fn says_something<T: Facts>(row: &Row<T>) -> bool {
    let has_key = T::SCHEMA.columns.iter().any(|column| column.required);
    has_key || !row.custom().is_empty() || row.to_values().iter().any(Option::is_some)
}

/// What spreadsheets read otherwise is escaped; control characters, which neither they nor XML can hold, are left out.
fn as_excel_keeps_it(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '_' if text.get(at..).is_some_and(begins_with_an_escape) => kept.push_str("_x005F_"),
            '\n' | '\t' => kept.push(character),
            '\u{FFFE}' | '\u{FFFF}' => {}
            other if other.is_control() => {}
            other => kept.push(other),
        }
    }
    kept
}

/// Spreadsheets take `_x000D_` for the character of that number.
fn begins_with_an_escape(text: &str) -> bool {
    text.strip_prefix("_x").and_then(crate::package::excel_escape).is_some()
}

/// A spreadsheet keeps 15 significant digits.
fn fits_a_number(spelling: &str) -> bool {
    const DIGITS_MAX: usize = 15;
    let magnitude = spelling.strip_prefix('-').unwrap_or(spelling);
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let significant = whole.trim_start_matches('0').len().saturating_add(fraction.len());
    digits(whole) && digits(fraction) && significant <= DIGITS_MAX
}

/// Spreadsheets count days from 1899-12-30; before March 1900 they count wrongly.
fn serial(day: Date) -> Option<i64> {
    const FIRST_RIGHT: i64 = 61;
    let first = kura_calendar::parse_iso_date("1899-12-30").ok()?;
    let days = day.duration_since(first).as_hours() / 24;
    (days >= FIRST_RIGHT).then_some(days)
}

#[expect(clippy::float_arithmetic, reason = "spreadsheets keep a length of time as a part of a day; no money")]
fn part_of_day(minutes: u32) -> f64 {
    f64::from(minutes) / 1440.0
}
