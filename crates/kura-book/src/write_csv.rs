use std::collections::BTreeSet;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use kura_model::{Book, CustomValue, Facts, Kind, Row, RowSink};

use crate::csv_folder::guarded;
use crate::spelling::spell;

/// A CSV file of a book's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name, for example `従業員.csv`.
    pub name: String,
    /// UTF-8 behind a byte order mark, as spreadsheets expect it.
    pub bytes: Vec<u8>,
}

/// 蔵ブック as a folder of CSV files: one a sheet that holds a row or that a small client fills.
///
/// A text that a spreadsheet would take for a formula stands behind an apostrophe and is read back without it.
pub fn write_folder(book: &Book) -> Vec<WrittenFile> {
    let mut folder = Folder { files: Vec::new() };
    book.write(&mut folder);
    folder.files
}

struct Folder {
    files: Vec<WrittenFile>,
}

impl RowSink for Folder {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        let schema = T::SCHEMA;
        let custom: BTreeSet<&str> =
            rows.iter().flat_map(|row| row.custom().iter()).map(|(name, _)| name.as_str()).collect();
        let mut file = WriterBuilder::new()
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::CRLF)
            .from_writer(Vec::from("\u{FEFF}"));
        let headers = schema.columns.iter().map(|column| column.header.to_owned());
        let mut whole = file.write_record(headers.chain(custom.iter().map(|name| format!("任意:{name}")))).is_ok();
        let mut count = 0_usize;
        for row in rows {
            let values = row.to_values();
            if values.iter().all(Option::is_none) && row.custom().is_empty() {
                continue;
            }
            let cells = schema.columns.iter().zip(&values).map(|(column, value)| {
                value.as_ref().map(|value| guarded(&spell(column, value), column.kind).into_owned()).unwrap_or_default()
            });
            let custom = custom.iter().map(|name| match row.custom().get(name) {
                Some(CustomValue::Number(number)) => number.to_string(),
                Some(CustomValue::Text(text)) => guarded(text.as_str(), Kind::Text).into_owned(),
                None => String::new(),
            });
            whole &= file.write_record(cells.chain(custom)).is_ok();
            count = count.saturating_add(1);
        }
        // Writing into memory does not fail, and every record has as many fields as the header.
        debug_assert!(whole, "a record of another length");
        if let Ok(bytes) = file.into_inner()
            && (count > 0 || schema.visible)
        {
            self.files.push(WrittenFile { name: format!("{}.csv", schema.header), bytes });
        }
    }
}
