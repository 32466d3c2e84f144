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
pub(crate) use xml::{PartProblem, attribute, excel_escape};
use xml::{Token, without_excel_escapes};

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
            let Token::Open(tag) = token else { continue };
            let value = |name: &str| attribute(&tag, name).unwrap_or_default();
            match tag.local_name().as_ref() {
                "sheet" => {
                    named.push((without_excel_escapes(&value("name")).into_owned(), value("id").into_owned()));
                }
                "workbookPr" if matches!(value("date1904").as_ref(), "1" | "true") => epoch = Epoch::From1904,
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
        let mut string = String::new();
        // Rich text has its letters in runs; a reading (rPh) is not part of the text.
        let (mut in_text, mut in_reading) = (false, false);
        while let Some(token) = xml.next()? {
            match token {
                Token::Text(text) if in_text => string.push_str(&text),
                Token::Text(_) => {}
                Token::Open(tag) => match tag.local_name().as_ref() {
                    "rPh" => in_reading = true,
                    "t" => in_text = !in_reading,
                    _ => {}
                },
                Token::Close(tag) => match tag.local_name().as_ref() {
                    "rPh" => in_reading = false,
                    "t" => in_text = false,
                    "si" => {
                        strings.push(&without_excel_escapes(&string));
                        string.clear();
                    }
                    _ => {}
                },
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
                Token::Open(tag) => {
                    let number = attribute(&tag, "numFmtId").and_then(|number| number.parse().ok()).unwrap_or(0);
                    match tag.local_name().as_ref() {
                        "numFmt" => {
                            own.insert(number, Shown::of_code(&attribute(&tag, "formatCode").unwrap_or_default()));
                        }
                        "cellXfs" => in_cell_styles = true,
                        "xf" if in_cell_styles => {
                            styles.push(own.get(&number).copied().unwrap_or(Shown::of_builtin(number)));
                        }
                        _ => {}
                    }
                }
                Token::Close(tag) if tag.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
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

    fn push(&mut self, string: &str) {
        self.letters.push_str(string);
        self.ends.push(self.letters.len());
    }
}
