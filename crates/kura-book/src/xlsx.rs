use std::collections::HashMap;

use kura_model::{Facts, Row, RowSource, SheetSchema, Values};

use crate::cell::Raw;
use crate::finding::Problem;
use crate::limits::{BYTES_MAX, UNPACKED, Unpacked};
use crate::package::{CellValue, Package, PartProblem, Shown, read_cells};
use crate::sheet::{Intake, SheetIntake};

/// A book in one .xlsx.
pub(crate) struct Workbook<'bytes> {
    package: Package<'bytes>,
    sheets: HashMap<String, String>,
    intake: Intake,
}

impl<'bytes> Workbook<'bytes> {
    /// Opens the file, and tells sheets it does not know.
    pub(crate) fn open(bytes: &'bytes [u8], mut intake: Intake) -> Result<Self, Box<Intake>> {
        let package = match open(bytes, UNPACKED) {
            Ok(package) => package,
            Err(problem) => {
                intake.findings.add(problem.of_book());
                return Err(Box::new(intake));
            }
        };
        intake.cells.epoch = package.epoch;
        let sheets = crate::sheets::recognise(package.sheet_names(), &mut intake);
        Ok(Self { package, sheets, intake })
    }

    pub(crate) fn into_intake(self) -> Intake {
        self.intake
    }

    fn read_sheet(&mut self, schema: &'static SheetSchema, give: &mut dyn FnMut(u32, &mut Values)) {
        let Some(name) = self.sheets.get(schema.identifier) else { return };
        let mut sheet = SheetIntake::new(&mut self.intake, schema, give);
        let read = self
            .package
            .sheet(name)
            .and_then(|part| read_cells(part, |row, place, value| sheet.cell(row, place, raw(value))));
        sheet.finish();
        match read {
            Ok(merged) => {
                for (row, place) in merged {
                    let column = format!("{}列", crate::header::column_letters(place));
                    let finding = merged_cells().at(schema.header, Some(row.saturating_add(1)), Some(&column));
                    self.intake.findings.add(finding);
                }
            }
            Err(problem) => self.intake.findings.add(unreadable(problem).at(schema.header, None, None)),
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

/// The first bytes of .xls and of a password-protected .xlsx (OLE compound file).
const OLD_EXCEL: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

fn open(bytes: &[u8], limits: Unpacked) -> Result<Package<'_>, Problem> {
    if bytes.len() > BYTES_MAX {
        return Err(unreadable(PartProblem::TooBig));
    }
    if bytes.starts_with(&OLD_EXCEL) {
        return Err(old_excel());
    }
    Package::open(bytes, limits).map_err(unreadable)
}

fn raw(value: CellValue<'_>) -> Raw<'_> {
    match value {
        CellValue::Text(text) => Raw::Text(text),
        CellValue::Number(value, Shown::DayOrTime) => Raw::DayOrTime(value),
        CellValue::Number(value, shown) => Raw::Number { value, percent: shown == Shown::Percent },
        CellValue::Bool(set) => Raw::Bool(set),
        CellValue::Broken => Raw::Broken,
    }
}

fn unreadable(problem: PartProblem) -> Problem {
    match problem {
        PartProblem::Broken => Problem::error(
            "unreadable_file",
            "Excelのファイル（.xlsx）として読めません。壊れているか、途中で切れています。",
            "元のファイルを確かめるか、Excelで開いて「Excelブック（.xlsx）」として保存し直してください。",
        ),
        PartProblem::TooBig => Problem::error(
            "file_too_big",
            "ファイルが大きすぎます（100MBまで、展開して1GBまで）。",
            "使っていない行・シート・画像を消すか、会社ごとに本を分けてください。",
        ),
    }
}

fn old_excel() -> Problem {
    Problem::error(
        "old_or_protected_excel",
        "古い形式（.xls）か、パスワードで保護されたファイルです。",
        "Excelで開き、パスワードを外して「Excelブック（.xlsx）」として保存し直してください。",
    )
}

fn merged_cells() -> Problem {
    Problem::warning(
        "merged_cells",
        "結合されたセルがあります。左上のセルだけに値があるものとして読みました。",
        "結合を解除して、すべてのセルに値を入れてください。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A book of one sheet with so many spaces in it.
    fn padded(sheet_bytes: usize, string_bytes: usize) -> Vec<u8> {
        let relation =
            |kind: &str, target: &str| format!("<Relationship Id=\"{kind}\" Type=\"x/{kind}\" Target=\"{target}\"/>");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            writer.start_file(name, SimpleFileOptions::default()).expect("begun");
            writer.write_all(text.as_bytes()).expect("written");
        };
        part("_rels/.rels", &relation("officeDocument", "xl/workbook.xml"));
        part("xl/workbook.xml", "<workbook><sheets><sheet name=\"会社\" r:id=\"worksheet\"/></sheets></workbook>");
        let relations = [relation("worksheet", "worksheets/one.xml"), relation("sharedStrings", "/xl/strings.xml")];
        part("xl/_rels/workbook.xml.rels", &relations.concat());
        part("xl/strings.xml", &format!("<sst uniqueCount=\"{}\">{}</sst>", u64::MAX, " ".repeat(string_bytes)));
        let rows = "<row><c t=\"str\"><v>会社コード</v></c></row><row><c t=\"str\"><v>001</v></c></row>";
        part(
            "xl/worksheets/one.xml",
            &format!("<worksheet><sheetData>{rows}</sheetData>{}</worksheet>", " ".repeat(sheet_bytes)),
        );
        writer.finish().expect("finished").into_inner()
    }

    #[track_caller]
    fn check(bytes: &[u8], refused: &[&str]) {
        const SMALL: Unpacked = Unpacked { bytes_max: 300_000, shared_strings_max: 200_000, parts_max: 5 };
        let intake = match open(bytes, SMALL) {
            Err(problem) => {
                assert_eq!([problem.code], refused);
                return;
            }
            Ok(package) => {
                let mut intake = Intake::default();
                let sheets = crate::sheets::recognise(package.sheet_names(), &mut intake);
                let mut workbook = Workbook { package, sheets, intake };
                workbook.rows::<kura_model::Client>();
                workbook.into_intake()
            }
        };
        let codes: Vec<&str> = intake.findings.into_vec().iter().map(|finding| finding.code).collect();
        assert_eq!(codes, refused);
    }

    #[test]
    fn what_unpacks_beyond_the_limits_is_refused() {
        check(&padded(1_000, 1_000), &[]);
        check(&padded(298_000, 1_000), &[]);
        check(&padded(300_000, 1_000), &["file_too_big"]);
        check(&padded(150_000, 150_000), &["file_too_big"]);
        check(&padded(1_000, 200_000), &["file_too_big"]);
    }
}
