use std::borrow::Cow;
use std::io::Read;

use quick_xml::events::BytesStart;

use super::xml::{PartProblem, Token, Xml, attribute, without_excel_escapes};
use super::{Shown, Strings};

/// A worksheet, ready to be walked through.
pub(crate) struct SheetPart<'package, R> {
    pub(super) xml: Xml<R>,
    pub(super) strings: &'package Strings,
    pub(super) formats: &'package [Shown],
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CellValue<'cell> {
    Text(&'cell str),
    Number(f64, Shown),
    Bool(bool),
    /// `#N/A`, `#VALUE!` and their like, or nothing that can be read.
    Broken,
}

/// Gives every filled cell on, in the order of the file: row and column from 0, and what it holds. Where `give` says no the rest
/// is left. Returns the merged areas as their first cells.
pub(crate) fn read_cells<R: Read>(
    part: SheetPart<'_, R>,
    mut give: impl FnMut(u32, u32, CellValue<'_>) -> bool,
) -> Result<Vec<(u32, u32)>, PartProblem> {
    let SheetPart { mut xml, strings, formats } = part;
    let mut cell = Cell::default();
    let mut merged = Vec::new();
    let (mut row, mut column) = (0_u32, 0_u32);
    while let Some(token) = xml.next()? {
        match token {
            Token::Text(text) if cell.in_value => cell.text.push_str(&text),
            Token::Text(_) => {}
            Token::Open(tag) => match tag.local_name().as_ref() {
                "c" => {
                    cell.begin(&tag, (row, column));
                    (row, column) = (cell.row, cell.column.saturating_add(1));
                }
                "row" => {
                    row = row_number(&tag).unwrap_or(row);
                    column = 0;
                }
                "mergeCell" => merged.extend(attribute(&tag, "ref").and_then(|area| place(area.split(':').next()?))),
                element if cell.inside => cell.enter(element),
                _ => {}
            },
            Token::Close(tag) => match tag.local_name().as_ref() {
                "c" => {
                    cell.inside = false;
                    let (row, column) = (cell.row, cell.column);
                    let goes_on = cell.value(strings, formats).is_none_or(|value| give(row, column, value));
                    if !goes_on {
                        return Ok(merged);
                    }
                }
                "row" => row = row.saturating_add(1),
                element if cell.inside => cell.leave(element),
                _ => {}
            },
        }
    }
    Ok(merged)
}

/// The cell being read.
#[derive(Debug, Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: CellKind,
    style: usize,
    text: String,
    inside: bool,
    in_value: bool,
    in_reading: bool,
    has_value: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Broken,
}

impl Cell {
    fn begin(&mut self, tag: &BytesStart<'_>, expected: (u32, u32)) {
        self.text.clear();
        self.inside = true;
        (self.row, self.column) = expected;
        (self.kind, self.style) = (CellKind::Number, 0);
        (self.in_value, self.in_reading, self.has_value) = (false, false, false);
        for attribute in tag.attributes().with_checks(false).map_while(Result::ok) {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => (self.row, self.column) = place(value).unwrap_or(expected),
                "s" => self.style = value.parse().unwrap_or(0),
                "t" => {
                    self.kind = match value {
                        "s" => CellKind::Shared,
                        "str" | "d" => CellKind::Text,
                        "inlineStr" => CellKind::Inline,
                        "b" => CellKind::Bool,
                        "e" => CellKind::Broken,
                        _ => CellKind::Number,
                    }
                }
                _ => {}
            }
        }
    }

    fn enter(&mut self, element: &str) {
        let holds_value = match element {
            "v" => self.kind != CellKind::Inline,
            "t" => self.kind == CellKind::Inline && !self.in_reading,
            "rPh" => {
                self.in_reading = true;
                false
            }
            _ => false,
        };
        self.in_value |= holds_value;
        self.has_value |= holds_value;
    }

    fn leave(&mut self, element: &str) {
        match element {
            "v" | "t" => self.in_value = false,
            "rPh" => self.in_reading = false,
            _ => {}
        }
    }

    fn value<'cell>(&'cell mut self, strings: &'cell Strings, formats: &[Shown]) -> Option<CellValue<'cell>> {
        if !self.has_value || self.text.is_empty() {
            return (self.kind == CellKind::Broken).then_some(CellValue::Broken);
        }
        let shown = formats.get(self.style).copied().unwrap_or_default();
        Some(match self.kind {
            CellKind::Number => match self.text.trim().parse() {
                Ok(number) => CellValue::Number(number, shown),
                Err(_) => CellValue::Broken,
            },
            CellKind::Shared => {
                let string = self.text.trim().parse().ok().and_then(|number| strings.get(number));
                string.map_or(CellValue::Broken, CellValue::Text)
            }
            CellKind::Text | CellKind::Inline => {
                if let Cow::Owned(plain) = without_excel_escapes(&self.text) {
                    self.text = plain;
                }
                CellValue::Text(&self.text)
            }
            CellKind::Bool => CellValue::Bool(matches!(self.text.trim(), "1" | "true")),
            CellKind::Broken => CellValue::Broken,
        })
    }
}

fn row_number(tag: &BytesStart<'_>) -> Option<u32> {
    attribute(tag, "r")?.parse::<u32>().ok()?.checked_sub(1)
}

/// `AB12` -> row 11, column 27.
fn place(reference: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    for byte in reference.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let letter = byte.to_ascii_uppercase().checked_sub(b'A')?;
                column = column.checked_mul(26)?.checked_add(u32::from(letter))?.checked_add(1)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte.checked_sub(b'0')?))?,
            b'$' => {}
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_places() {
        for (reference, expected) in [
            ("A1", Some((0, 0))),
            ("AB12", Some((11, 27))),
            ("$C$3", Some((2, 2))),
            ("12", None),
            ("A", None),
            ("A0", None),
            ("A99999999999", None),
        ] {
            assert_eq!(place(reference), expected, "{reference}");
        }
    }

    #[test]
    fn cells_of_every_kind() {
        let sheet = "<worksheet><sheetData><row><c t=\"s\"><v>1</v></c><c/><c s=\"1\"><f>A1&gt;2</f><v>46198</v></c></row>\
            <row r=\"5\"><c r=\"B5\" t=\"inlineStr\"><is><r><t>越</t></r><r><t>路</t></r><rPh sb=\"0\"><t>コシ</t></rPh></is></c>\
            <c t=\"str\"><v>a&amp;b</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c><v>1.5E3</v></c></row></sheetData>\
            <mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>";
        let mut strings = Strings::default();
        for string in ["", "共有"] {
            strings.push(string);
        }
        let formats = [Shown::Number, Shown::DayOrTime];
        let mut seen = Vec::new();
        let part = SheetPart { xml: Xml::new(sheet.as_bytes()), strings: &strings, formats: &formats };
        let merged = read_cells(part, |row, column, value| {
            seen.push(format!("{row},{column} {value:?}"));
            true
        });
        assert_eq!(merged, Ok(vec![(0, 0)]));
        let expected = [
            "0,0 Text(\"共有\")",
            "0,2 Number(46198.0, DayOrTime)",
            "4,1 Text(\"越路\")",
            "4,2 Text(\"a&b\")",
            "4,3 Bool(true)",
            "4,4 Broken",
            "4,5 Number(1500.0, Number)",
        ];
        assert_eq!(seen, expected);
    }
}
