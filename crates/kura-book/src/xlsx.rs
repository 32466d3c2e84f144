use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Sheet, SheetType, Xlsx, XlsxError};
use kura_model::{Facts, Row, RowSource, SheetSchema, Values};

use crate::archive;
use crate::cell::Raw;
use crate::finding::Problem;
use crate::limits::UNPACKED;
use crate::sheet::{Intake, SheetIntake};
use crate::time::Epoch;

/// A book in one .xlsx.
pub(crate) struct Workbook<'bytes> {
    file: Xlsx<Cursor<&'bytes [u8]>>,
    sheets: HashMap<String, String>,
    has_merged_cells: bool,
    intake: Intake,
}

impl<'bytes> Workbook<'bytes> {
    /// Opens the file, looks at its size before anything is unpacked, and tells sheets it does not know.
    pub(crate) fn open(bytes: &'bytes [u8], mut intake: Intake) -> Result<Self, Box<Intake>> {
        let opened = archive::inspect(bytes, UNPACKED).and_then(|contents| {
            let file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
            Ok((contents, file))
        });
        let (contents, file) = match opened {
            Ok(opened) => opened,
            Err(problem) => {
                intake.findings.add(problem.of_book());
                return Err(Box::new(intake));
            }
        };
        intake.cells.epoch = if file.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 };
        let sheets =
            crate::sheets::recognise(file.sheets_metadata().iter().filter(is_worksheet).map(name), &mut intake);
        Ok(Self { file, sheets, has_merged_cells: contents.has_merged_cells, intake })
    }

    pub(crate) fn into_intake(self) -> Intake {
        self.intake
    }

    fn read_sheet(&mut self, schema: &'static SheetSchema, give: &mut dyn FnMut(u32, &mut Values)) {
        let Some(name) = self.sheets.get(schema.identifier).cloned() else { return };
        if self.has_merged_cells {
            self.tell_merged_cells(schema, &name);
        }
        if let Err(error) = self.read_cells(schema, &name, give) {
            self.intake.findings.add(unreadable(&error).at(schema.header, None, None));
        }
    }

    fn read_cells(
        &mut self,
        schema: &'static SheetSchema,
        name: &str,
        give: &mut dyn FnMut(u32, &mut Values),
    ) -> Result<(), XlsxError> {
        let mut cells = self.file.worksheet_cells_reader(name)?;
        let percent: Vec<bool> = cells.styles().iter().map(shows_percent).collect();
        let mut sheet = SheetIntake::new(&mut self.intake, schema, give);
        let mut outcome = Ok(());
        loop {
            match cells.next_cell_with_style_id() {
                Ok(Some((cell, style))) => {
                    let (row, place) = cell.get_position();
                    let percent = percent.get(style).copied().unwrap_or(false);
                    let goes_on = raw(cell.get_value(), percent).is_none_or(|raw| sheet.cell(row, place, raw));
                    if !goes_on {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        sheet.finish();
        outcome
    }

    fn tell_merged_cells(&mut self, schema: &SheetSchema, name: &str) {
        for merged in self.file.merge_cells_by_sheet_name(name).unwrap_or_default() {
            let row = merged.start.0.saturating_add(1);
            let problem = Problem::warning(
                "merged_cells",
                "結合されたセルがあります。左上のセルだけに値があるものとして読みました。",
                "結合を解除して、すべてのセルに値を入れてください。",
            );
            let column = format!("{}列", crate::header::column_letters(merged.start.1));
            self.intake.findings.add(problem.at(schema.header, Some(row), Some(&column)));
        }
    }
}

impl RowSource for Workbook<'_> {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let mut rows = Vec::new();
        self.read_sheet(T::SCHEMA, &mut |number, values| {
            rows.extend(T::from_values(values).map(|facts| Row { number, facts }));
        });
        rows
    }
}

fn is_worksheet(sheet: &&Sheet) -> bool {
    sheet.typ == SheetType::WorkSheet
}

fn name(sheet: &Sheet) -> &str {
    &sheet.name
}

fn raw<'cell>(value: &'cell DataRef<'_>, percent: bool) -> Option<Raw<'cell>> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(Raw::Text(text)),
        DataRef::SharedString(text) => Some(Raw::Text(text)),
        DataRef::Int(number) => number.to_string().parse().ok().map(|value| Raw::Number { value, percent }),
        DataRef::Float(value) => Some(Raw::Number { value: *value, percent }),
        DataRef::DateTime(time) => Some(Raw::DayOrTime(time.as_f64())),
        DataRef::Bool(set) => Some(Raw::Bool(*set)),
        DataRef::Error(_) => Some(Raw::Broken),
    }
}

fn shows_percent(style: &calamine::Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'))
}

fn unreadable(error: &XlsxError) -> Problem {
    let sentence = match error {
        XlsxError::Password => "パスワードで保護されたファイルは読めません。",
        _ => "Excelのファイルとして読めません。壊れているか、別の形式のファイルです。",
    };
    Problem::error("unreadable_file", sentence, "Excelで開いて「Excelブック（.xlsx）」として保存し直してください。")
}
