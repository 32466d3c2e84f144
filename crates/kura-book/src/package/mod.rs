//! An .xlsx as far as the values of its cells need it: sheets by name, shared strings, number formats.

mod cells;
#[cfg(test)]
mod compared;
mod format;
mod parts;
mod xml;

use std::collections::HashMap;
use std::io::Read;

pub(crate) use cells::{CellValue, SheetPart, read_cells};
pub(crate) use format::Shown;
use parts::{Parts, beside, relations_of};
pub(crate) use xml::{PartProblem, excel_escape};
use xml::{Token, unescaped};

use crate::limits::Unpacked;
use crate::time::Epoch;

/// An opened .xlsx.
#[derive(Debug)]
pub(crate) struct Package<'bytes> {
    parts: Parts<'bytes>,
    /// Names of the worksheets and their parts, in their order.
    sheets: Vec<(String, String)>,
    pub(crate) epoch: Epoch,
    strings: Strings,
    formats: Vec<Shown>,
}

impl<'bytes> Package<'bytes> {
    /// Opens the file; nothing is unpacked beyond the limits.
    pub(crate) fn open(bytes: &'bytes [u8], limits: Unpacked) -> Result<Self, PartProblem> {
        let mut package = Self {
            parts: Parts::open(bytes, limits)?,
            sheets: Vec::new(),
            epoch: Epoch::default(),
            strings: Strings::default(),
            formats: Vec::new(),
        };
        let workbook = package.parts.target_of("_rels/.rels", "/officeDocument")?.ok_or(PartProblem::Broken)?;
        package.read_workbook(&workbook)?;
        Ok(package)
    }

    /// The names of the worksheets.
    pub(crate) fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    /// Opens a worksheet by its name.
    pub(crate) fn sheet(&mut self, name: &str) -> Result<SheetPart<'_, impl Read + use<'_, 'bytes>>, PartProblem> {
        let (_, part) = self.sheets.iter().find(|(sheet, _)| sheet == name).ok_or(PartProblem::Broken)?;
        let xml = self.parts.part(part, self.parts.limits.bytes_max)?;
        Ok(SheetPart { xml, strings: &self.strings, formats: &self.formats })
    }

    fn read_workbook(&mut self, part: &str) -> Result<(), PartProblem> {
        let mut named: Vec<(String, String)> = Vec::new();
        let mut xml = self.parts.part(part, self.parts.limits.bytes_max)?;
        let mut epoch = Epoch::default();
        while let Some(token) = xml.next()? {
            match token {
                Token::Open { name: "sheet", attributes, .. } => {
                    let name = attributes.get("name").map(unescaped).unwrap_or_default().into_owned();
                    named.push((name, attributes.get("id").unwrap_or_default().to_owned()));
                }
                Token::Open { name: "workbookPr", attributes, .. }
                    if matches!(attributes.get("date1904"), Some("1" | "true")) =>
                {
                    epoch = Epoch::From1904;
                }
                _ => {}
            }
        }
        drop(xml);
        self.epoch = epoch;
        let parts = self.parts.relations(&relations_of(part))?;
        let target = |kind: &str| parts.iter().find(|relation| relation.kind.ends_with(kind));
        if let Some(strings) = target("/sharedStrings") {
            self.strings = self.read_strings(&beside(part, &strings.target))?;
        }
        if let Some(styles) = target("/styles") {
            self.formats = self.read_formats(&beside(part, &styles.target))?;
        }
        let worksheets: HashMap<&str, &str> = parts
            .iter()
            .filter(|relation| relation.kind.ends_with("/worksheet"))
            .map(|relation| (relation.id.as_str(), relation.target.as_str()))
            .collect();
        self.sheets = named
            .into_iter()
            .filter_map(|(name, id)| worksheets.get(id.as_str()).map(|target| (name, beside(part, target))))
            .collect();
        Ok(())
    }

    fn read_strings(&mut self, part: &str) -> Result<Strings, PartProblem> {
        let mut xml = self.parts.part(part, self.parts.limits.shared_strings_max)?;
        let mut strings = Strings::default();
        // Rich text has its letters in runs; a reading (rPh) is not part of the text.
        let (mut in_text, mut in_reading) = (false, false);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open { name: "rPh", closed: false, .. } => in_reading = true,
                Token::Close("rPh") => in_reading = false,
                Token::Open { name: "t", closed: false, .. } => in_text = !in_reading,
                Token::Close("t") => in_text = false,
                Token::Text(text) if in_text => strings.letters.push_str(&unescaped(text)),
                Token::Open { name: "si", closed: true, .. } | Token::Close("si") => strings.end_one(),
                _ => {}
            }
        }
        Ok(strings)
    }

    /// How the cells of each style show their number.
    fn read_formats(&mut self, part: &str) -> Result<Vec<Shown>, PartProblem> {
        let mut xml = self.parts.part(part, self.parts.limits.bytes_max)?;
        let mut own: HashMap<u32, Shown> = HashMap::new();
        let mut styles = Vec::new();
        let mut in_cell_styles = false;
        while let Some(token) = xml.next()? {
            match token {
                Token::Open { name: "numFmt", attributes, .. } => {
                    let number = attributes.get("numFmtId").and_then(|number| number.parse().ok());
                    if let (Some(number), Some(code)) = (number, attributes.get("formatCode")) {
                        own.insert(number, Shown::of_code(&unescaped(code)));
                    }
                }
                Token::Open { name: "cellXfs", closed, .. } => in_cell_styles = !closed,
                Token::Close("cellXfs") => in_cell_styles = false,
                Token::Open { name: "xf", attributes, .. } if in_cell_styles => {
                    let number: u32 = attributes.get("numFmtId").and_then(|number| number.parse().ok()).unwrap_or(0);
                    styles.push(own.get(&number).copied().unwrap_or(Shown::of_builtin(number)));
                }
                _ => {}
            }
        }
        Ok(styles)
    }
}

/// The shared strings, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    letters: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The string of that number.
    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.letters.get(start..*self.ends.get(number)?)
    }

    fn end_one(&mut self) {
        self.ends.push(self.letters.len());
    }
}
