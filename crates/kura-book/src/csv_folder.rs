use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};
use kura_model::{Facts, Kind, Row, RowSource, SheetSchema, Values};

use crate::cell::Raw;
use crate::finding::Problem;
use crate::limits::{BYTES_MAX, COLUMNS_MAX};
use crate::sheet::{Intake, SheetIntake};

/// One CSV file of a folder: its name, with or without `.csv`, and its bytes.
#[derive(Debug, Clone, Copy)]
pub struct NamedFile<'bytes> {
    /// The name of the file, for example `従業員.csv`.
    pub name: &'bytes str,
    /// What it holds: UTF-8 with or without byte order mark, or CP932.
    pub bytes: &'bytes [u8],
}

/// A book as a folder of CSV files, one a sheet.
pub(crate) struct Folder<'bytes> {
    files: &'bytes [NamedFile<'bytes>],
    sheets: HashMap<String, String>,
    intake: Intake,
}

impl<'bytes> Folder<'bytes> {
    pub(crate) fn open(files: &'bytes [NamedFile<'bytes>], mut intake: Intake) -> Result<Self, Box<Intake>> {
        let size = files.iter().fold(0_usize, |size, file| size.saturating_add(file.bytes.len()));
        if size > BYTES_MAX {
            intake.findings.add(too_big().of_book());
            return Err(Box::new(intake));
        }
        let sheets = crate::sheets::recognise(files.iter().map(|file| stem(file.name)), &mut intake);
        Ok(Self { files, sheets, intake })
    }

    pub(crate) fn into_intake(self) -> Intake {
        self.intake
    }

    fn read_sheet(&mut self, schema: &'static SheetSchema, give: &mut dyn FnMut(u32, &mut Values)) {
        let Some(name) = self.sheets.get(schema.identifier) else { return };
        let Some(file) = self.files.iter().find(|file| stem(file.name) == name) else { return };
        let text = match kura_text::decode(file.bytes) {
            Ok((text, _)) => text,
            Err(problem) => {
                let problem = Problem::error("unreadable_text", problem.to_string(), "");
                self.intake.findings.add(problem.at(schema.header, None, None));
                return;
            }
        };
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        let mut sheet = SheetIntake::new(&mut self.intake, schema, give);
        let mut row = 0_u32;
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let goes_on = (0..COLUMNS_MAX.saturating_add(1)).zip(record.iter()).all(|(place, field)| {
                let text = std::str::from_utf8(field).unwrap_or_default();
                text.is_empty() || sheet.cell(row, place, Raw::Text(unguarded(text)))
            });
            if !goes_on {
                break;
            }
            row = row.saturating_add(1);
        }
        sheet.finish();
    }
}

impl RowSource for Folder<'_> {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let mut rows = Vec::new();
        self.read_sheet(T::SCHEMA, &mut |number, values| {
            rows.extend(T::from_values(values).map(|facts| Row { number, facts }));
        });
        rows
    }
}

/// What a spreadsheet would take for a formula (CSV injection).
const STARTS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that a spreadsheet would take for a formula is written behind an apostrophe; so is one behind an apostrophe already.
pub(crate) fn guarded(text: &str, kind: Kind) -> std::borrow::Cow<'_, str> {
    let is_text = matches!(kind, Kind::Text | Kind::Kana | Kind::Code(_) | Kind::Formula);
    let after_apostrophes = text.trim_start_matches('\'');
    if is_text && after_apostrophes.starts_with(STARTS_A_FORMULA) { format!("'{text}").into() } else { text.into() }
}

fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(STARTS_A_FORMULA) => rest,
        _ => text,
    }
}

fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension)) if extension.eq_ignore_ascii_case("csv") => stem,
        _ => file,
    }
}

fn too_big() -> Problem {
    Problem::error("file_too_big", "CSVファイルが大きすぎます（合わせて100MBまで）。", "会社ごとに本を分けてください。")
}
