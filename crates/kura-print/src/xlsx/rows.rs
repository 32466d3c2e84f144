use std::fmt::Write as _;
use std::io::{Result, Write};

use kura_calendar::Date;
use quick_xml::escape::partial_escape;

use super::look::{HEADING, NOTE, Shown, Weight, style};
use crate::list::{List, ListCell, ListColumnKind, ListRow, ListRowKind};

/// Characters in a cell.
const CHARACTERS_MAX: usize = 32_767;

/// Whether every text of the list fits a cell.
pub(super) fn fits(list: &List) -> bool {
    let fits = |words: &str| words.len() <= CHARACTERS_MAX || words.chars().count() <= CHARACTERS_MAX;
    let captions: usize = list.captions.iter().map(String::len).sum();
    let cells = list.rows.iter().flat_map(|row| &row.cells);
    captions <= CHARACTERS_MAX
        && fits(&list.title)
        && list.columns.iter().all(|column| fits(&column.header) && fits(&column.section))
        && list.notes.iter().all(|note| fits(note))
        && cells.into_iter().all(|cell| !matches!(cell, ListCell::Text(words) if !fits(words)))
}

/// The true size of the sheet: some programs read no further than it says.
pub(super) fn area(list: &List, first: u32) -> String {
    let columns = u32::try_from(list.columns.len()).unwrap_or(u32::MAX).max(1);
    let rows =
        list.rows.len().saturating_add(if list.notes.is_empty() { 0 } else { list.notes.len().saturating_add(1) });
    let last = u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(first);
    format!("A1:{}{last}", column_letters(columns.saturating_sub(1)))
}

/// Writes the rows of a list as the XML of a sheet's data.
pub(super) struct RowXml<'list> {
    list: &'list List,
    styles: &'list [String],
    letters: Vec<String>,
    /// The number of the next row, from 1, in digits.
    line: u32,
    digits: String,
    xml: String,
}

impl<'list> RowXml<'list> {
    /// `first` is the first row below the heads, from 0; `styles` are the numbers of the styles by their places.
    pub(super) fn new(list: &'list List, styles: &'list [String], first: u32) -> Self {
        let columns = u32::try_from(list.columns.len().max(1)).unwrap_or(u32::MAX);
        let letters = (0..columns).map(column_letters).collect();
        Self { list, styles, letters, line: first, digits: String::new(), xml: String::with_capacity(8 * 1024) }
    }

    pub(super) fn write(mut self, sheet: &mut impl Write) -> Result<()> {
        let list = self.list;
        for row in &list.rows {
            self.row(|rows| rows.cells(row));
            sheet.write_all(self.xml.as_bytes())?;
        }
        if !list.notes.is_empty() {
            self.line = self.line.saturating_add(1);
        }
        for note in &list.notes {
            self.row(|rows| rows.text(0, NOTE, note));
            sheet.write_all(self.xml.as_bytes())?;
        }
        Ok(())
    }

    fn row(&mut self, cells: impl FnOnce(&mut Self)) {
        self.line = self.line.saturating_add(1);
        self.digits = self.line.to_string();
        self.xml.clear();
        self.push(&["<row r=\"", &self.line.to_string(), "\">"]);
        cells(self);
        self.push(&["</row>"]);
    }

    fn cells(&mut self, row: &ListRow) {
        let list = self.list;
        let empty = ListCell::Empty;
        for (place, column) in list.columns.iter().enumerate() {
            let cell = row.cells.get(place).unwrap_or(&empty);
            if row.kind == ListRowKind::Heading {
                self.heading(place, cell);
            } else {
                self.cell(place, cell, column.kind, Weight::of(row.kind, column));
            }
        }
    }

    fn heading(&mut self, place: usize, cell: &ListCell) {
        match cell {
            ListCell::Text(words) => self.text(place, HEADING, words),
            _ => self.blank(place, HEADING),
        }
    }

    fn cell(&mut self, place: usize, cell: &ListCell, kind: ListColumnKind, weight: Weight) {
        let at = style(Shown::of(cell, kind), weight);
        let said = style(Shown::Said, weight);
        match cell {
            ListCell::Empty => self.blank(place, at),
            ListCell::Text(words) => self.text(place, at, words),
            ListCell::Yen(amount) => self.value(place, at, amount.get()),
            ListCell::Number(number) => match number.to_string() {
                spelling if fits_a_number(&spelling) => self.value(place, at, spelling),
                spelling => self.text(place, said, &spelling),
            },
            ListCell::Minutes(minutes) => match u32::try_from(*minutes) {
                Ok(minutes) => self.value(place, at, part_of_day(minutes)),
                Err(_) => self.text(place, said, &crate::figures::hours(*minutes)),
            },
            ListCell::Date(day) => self.day(place, at, said, *day),
            ListCell::Month(month) => self.day(place, at, said, month.first_day()),
        }
    }

    fn day(&mut self, place: usize, at: usize, said: usize, day: Date) {
        match serial(day) {
            Some(serial) => self.value(place, at, serial),
            None => self.text(place, said, &day.to_string()),
        }
    }

    fn blank(&mut self, place: usize, at: usize) {
        self.open(place, at);
        self.push(&["/>"]);
    }

    fn value(&mut self, place: usize, at: usize, value: impl std::fmt::Display) {
        self.open(place, at);
        // Writing to a string cannot fail.
        let _ = write!(self.xml, "><v>{value}</v></c>");
    }

    fn text(&mut self, place: usize, at: usize, text: &str) {
        self.open(place, at);
        let kept = as_excel_keeps_it(text);
        self.push(&[
            " t=\"inlineStr\"><is><t xml:space=\"preserve\">",
            &partial_escape(kept.as_str()),
            "</t></is></c>",
        ]);
    }

    fn open(&mut self, place: usize, at: usize) {
        let letters = self.letters.get(place).map_or("", String::as_str);
        let style = self.styles.get(at).map_or("0", String::as_str);
        for part in ["<c r=\"", letters, &self.digits, "\" s=\"", style, "\""] {
            self.xml.push_str(part);
        }
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.xml.push_str(part);
        }
    }
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
    let mut rest = text.strip_prefix("_x").unwrap_or_default().chars();
    let digits = rest.by_ref().take(4).filter(char::is_ascii_hexdigit).count();
    digits == 4 && rest.next() == Some('_')
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

/// 0 is `A`, 26 is `AA`.
fn column_letters(place: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(place).saturating_add(1);
    while rest > 0 {
        rest = rest.saturating_sub(1);
        let letter = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
