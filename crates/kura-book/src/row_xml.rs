use std::io::Write;

use kura_calendar::Date;
use kura_model::{ColumnSchema, CustomValue, Facts, Row, Value};
use kura_yen::Exact;

use crate::header::column_letters;
use crate::spelling::spell;

/// Writes rows as the XML of a sheet's data, one after the other.
pub(crate) struct RowXml<'sheet> {
    columns: &'static [ColumnSchema],
    custom: &'sheet [&'sheet str],
    letters: Vec<String>,
    styles: &'sheet [String],
    buffer: Vec<u8>,
}

impl<'sheet> RowXml<'sheet> {
    /// For a sheet of these columns; `styles` are the numbers of the columns' formats, as the sheet's head has them.
    pub(crate) fn new(
        columns: &'static [ColumnSchema],
        custom: &'sheet [&'sheet str],
        styles: &'sheet [String],
    ) -> Self {
        let count = u32::try_from(columns.len().saturating_add(custom.len())).unwrap_or(u32::MAX);
        Self { columns, custom, letters: (0..count).map(column_letters).collect(), styles, buffer: Vec::new() }
    }

    /// Writes the rows below the header; rows that say nothing are left out.
    pub(crate) fn write<T: Facts>(&mut self, rows: &[Row<T>], out: &mut impl Write) -> std::io::Result<()> {
        const FLUSH_BYTES: usize = 64 * 1024;
        let mut line = 1_u32;
        for row in rows.iter().filter(|row| says_something(*row)) {
            line = line.saturating_add(1);
            self.row(line, row);
            if self.buffer.len() >= FLUSH_BYTES {
                out.write_all(&self.buffer)?;
                self.buffer.clear();
            }
        }
        out.write_all(&self.buffer)
    }

    fn row<T: Facts>(&mut self, line: u32, row: &Row<T>) {
        self.text(format_args!("<row r=\"{line}\">"));
        for (place, (column, value)) in self.columns.iter().zip(row.to_values()).enumerate() {
            if let Some(value) = value {
                self.value(line, place, column, &value);
            }
        }
        for (name, place) in self.custom.iter().zip(self.columns.len()..) {
            match row.custom().get(name) {
                Some(CustomValue::Number(number)) => self.decimal(line, place, *number),
                // The format of the first column is text: nobody's later edit turns the cell into a formula.
                Some(CustomValue::Text(text)) => self.string(line, place, 0, text.as_str()),
                None => {}
            }
        }
        self.buffer.extend_from_slice(b"</row>");
    }

    fn value(&mut self, line: u32, place: usize, column: &ColumnSchema, value: &Value) {
        match value {
            Value::Text(text) => self.string(line, place, place, text.as_str()),
            Value::Yen(amount) => self.number(line, place, format_args!("{amount}")),
            Value::Count(number) => self.number(line, place, format_args!("{number}")),
            Value::Decimal(number) => self.decimal(line, place, *number),
            Value::Date(day) => match serial(*day) {
                Some(serial) => self.number(line, place, format_args!("{serial}")),
                None => self.string(line, place, place, &day.to_string()),
            },
            Value::Minutes(minutes) => match u32::try_from(minutes.get()) {
                Ok(minutes) => self.number(line, place, format_args!("{}", part_of_day(minutes))),
                Err(_) => self.string(line, place, place, &minutes.to_string()),
            },
            Value::Days(_) | Value::Rate(_) => self.number_or_string(line, place, &spell(column, value)),
            other => self.string(line, place, place, &spell(column, other)),
        }
    }

    fn decimal(&mut self, line: u32, place: usize, number: Exact) {
        self.number_or_string(line, place, &number.to_string());
    }

    /// A number where a spreadsheet keeps it exactly, else its spelling.
    fn number_or_string(&mut self, line: u32, place: usize, spelling: &str) {
        if fits_a_number(spelling) {
            self.number(line, place, format_args!("{spelling}"));
        } else {
            self.string(line, place, place, spelling);
        }
    }

    fn number(&mut self, line: u32, place: usize, number: std::fmt::Arguments<'_>) {
        self.open(line, place, place);
        self.text(format_args!("><v>{number}</v></c>"));
    }

    fn string(&mut self, line: u32, place: usize, style_of: usize, text: &str) {
        self.open(line, place, style_of);
        self.buffer.extend_from_slice(b" t=\"inlineStr\"><is><t>");
        escape_into(&mut self.buffer, text);
        self.buffer.extend_from_slice(b"</t></is></c>");
    }

    fn open(&mut self, line: u32, place: usize, style_of: usize) {
        let letters = self.letters.get(place).map_or("", String::as_str);
        let style = self.styles.get(style_of).map_or("0", String::as_str);
        // Writing into memory does not fail.
        let _ = write!(self.buffer, "<c r=\"{letters}{line}\" s=\"{style}\"");
    }

    fn text(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into memory does not fail.
        let _ = self.buffer.write_fmt(text);
    }
}

/// True when a row has a cell to write: only a row without a key may have none.
pub(crate) fn says_something<T: Facts>(row: &Row<T>) -> bool {
    let has_key = T::SCHEMA.columns.iter().any(|column| column.required);
    has_key || !row.custom().is_empty() || row.to_values().iter().any(Option::is_some)
}

/// What XML and spreadsheets read otherwise is escaped; control characters, which neither can hold, are left out.
fn escape_into(buffer: &mut Vec<u8>, text: &str) {
    for (at, character) in text.char_indices() {
        match character {
            '&' => buffer.extend_from_slice(b"&amp;"),
            '<' => buffer.extend_from_slice(b"&lt;"),
            '>' => buffer.extend_from_slice(b"&gt;"),
            '_' if text.get(at..).is_some_and(begins_with_an_escape) => {
                buffer.extend_from_slice(b"_x005F_");
            }
            '\n' | '\t' => buffer.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            '\u{FFFE}' | '\u{FFFF}' => {}
            other if other.is_control() => {}
            other => buffer.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
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
