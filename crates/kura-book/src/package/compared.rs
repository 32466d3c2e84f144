//! The cells this reader sees are those calamine, the field's own reader, sees.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use super::{CellValue, Package, Shown, read_cells};
use crate::limits::UNPACKED;

type Cells = BTreeMap<(u32, u32), String>;

fn ours(bytes: &[u8], sheet: &str) -> Cells {
    let mut package = Package::open(bytes, UNPACKED).expect("opens");
    let mut cells = Cells::new();
    let part = package.sheet(sheet).expect("a sheet");
    let read = read_cells(part, |row, column, value| {
        let seen = match value {
            CellValue::Text(text) => format!("text {text}"),
            CellValue::Number(number, Shown::DayOrTime) => format!("time {number}"),
            CellValue::Number(number, _) => format!("number {number}"),
            CellValue::Bool(set) => format!("bool {set}"),
            CellValue::Broken => "broken".to_owned(),
        };
        cells.insert((row, column), seen);
        true
    });
    assert!(read.is_ok());
    cells
}

fn calamines(bytes: &[u8], sheet: &str) -> Cells {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("opens");
    let mut reader = file.worksheet_cells_reader(sheet).expect("a sheet");
    let mut cells = Cells::new();
    while let Some(cell) = reader.next_cell().expect("a cell") {
        let seen = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) if text.is_empty() => continue,
            DataRef::String(text) => format!("text {text}"),
            DataRef::SharedString(text) => format!("text {text}"),
            DataRef::Float(number) => format!("number {number}"),
            DataRef::Int(number) => format!("number {number}"),
            DataRef::DateTime(time) => format!("time {}", time.as_f64()),
            DataRef::Bool(set) => format!("bool {set}"),
            DataRef::Error(_) => "broken".to_owned(),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => format!("text {text}"),
        };
        cells.insert(cell.get_position(), seen);
    }
    cells
}

#[test]
fn a_template_looks_the_same() {
    let bytes = crate::template("2026-07-01".parse().expect("a day")).expect("written");
    for schema in kura_model::Book::SHEETS {
        assert_eq!(ours(&bytes, schema.header), calamines(&bytes, schema.header), "{}", schema.header);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_workbook_looks_the_same(
        texts in proptest::collection::vec("[ -~あ-んア-ン髙﨑＜＞\n\t]{1,20}|<&>\"'_x000D_|_x005F_", 1..12),
        numbers in proptest::collection::vec(any::<f64>().prop_filter("finite", |number| number.is_finite()), 1..12),
        formats in proptest::collection::vec("yyyy/m/d|\\[h\\]:mm|0\\.00%|General|#,##0|@", 1..12),
    ) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("従業員 <1>").expect("a name");
        for (row, text) in (0..).zip(&texts) {
            sheet.write_string(row, 0, text).expect("written");
            sheet.write_formula(row, 4, rust_xlsxwriter::Formula::new("=A1&\"<\"").set_result(text)).expect("written");
        }
        for (row, (number, format)) in (3..).step_by(2).zip(numbers.iter().zip(formats.iter().cycle())) {
            sheet.write_number_with_format(row, 2, *number, &Format::new().set_num_format(format)).expect("written");
            sheet.write_boolean(row, 3, *number > 0.0).expect("written");
        }
        let bytes = workbook.save_to_buffer().expect("saved");
        prop_assert_eq!(ours(&bytes, "従業員 <1>"), calamines(&bytes, "従業員 <1>"));
    }
}
