use std::collections::HashMap;

use csv::StringRecord;
use kura_calendar::{Date, parse_iso_date, parse_iso_month};

use crate::citation::{Citation, CitationBook, CitationId, Confidence};
use crate::{LawError, TableInfo};

/// A CSV file of the pack: its header, its rows, and an index by key.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) info: TableInfo,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
    index: HashMap<String, Vec<usize>>,
}

/// One row with its half-open validity.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) cells: StringRecord,
    pub(crate) line: u64,
    pub(crate) from: Option<Date>,
    pub(crate) to_excl: Option<Date>,
    pub(crate) citation: CitationId,
}

impl Row {
    pub(crate) fn in_force(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to_excl.is_none_or(|end| on < end)
    }
}

impl Table {
    pub(crate) fn read(info: TableInfo, text: &str, book: &mut CitationBook) -> Result<Self, LawError> {
        let file = info.file.clone().unwrap_or_default();
        let (columns, records) = records(&file, text)?;
        let place = |name: &str| columns.iter().position(|column| column == name);
        let (from, to_excl) = (place("from"), place("to_excl"));
        let (confidence, source) = (place("confidence"), place("source"));
        let keys = info.key.iter().map(|name| place(name).ok_or_else(|| missing_column(&file, name))).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::with_capacity(records.len());
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (line, cells) in records {
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).unwrap_or_default();
            let bad = |column: &str, reason: &str| bad_cell(&file, line, column, reason);
            let confidence = Confidence::parse(cell(confidence)).ok_or_else(|| bad("confidence", "unknown mark"))?;
            let citation = book.enter(Citation {
                table: info.id.clone(),
                from: cell(from).to_owned(),
                confidence,
                source: cell(source).to_owned(),
            })?;
            let from = day(cell(from)).map_err(|()| bad("from", "not a day or month"))?;
            let to_excl = day(cell(to_excl)).map_err(|()| bad("to_excl", "not a day or month"))?;
            let key = join(keys.iter().map(|&at| cells.get(at).unwrap_or_default()));
            index.entry(key).or_default().push(rows.len());
            rows.push(Row { cells, line, from, to_excl, citation });
        }
        Ok(Self { info, columns, rows, index })
    }

    /// The rows of a key, in file order; `None` when the key stands nowhere.
    pub(crate) fn rows_of(&self, key: &[&str]) -> Option<impl Iterator<Item = &Row>> {
        let found = match key {
            [single] => self.index.get(*single),
            several => self.index.get(&join(several.iter().copied())),
        };
        found.map(|rows| rows.iter().filter_map(|&at| self.rows.get(at)))
    }

    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.index.iter().map(|(key, rows)| (key.as_str(), rows.as_slice()))
    }
}

/// Keys of several columns are joined by a slash, as `kura law` prints them.
fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join("/")
}

/// Reads a CSV text: its header and its records with their line numbers. A record of another width is an error.
pub(crate) fn records(file: &str, text: &str) -> Result<(Vec<String>, Vec<(u64, StringRecord)>), LawError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let broken = |error: csv::Error| LawError::BadCell {
        file: file.to_owned(),
        row: error.position().map_or(0, csv::Position::line),
        column: String::new(),
        reason: "width or quoting".to_owned(),
    };
    let columns = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        records.push((record.position().map_or(0, csv::Position::line), record));
    }
    Ok((columns, records))
}

/// A day `YYYY-MM-DD`, a month `YYYY-MM` (its first day), or empty.
pub(crate) fn day(text: &str) -> Result<Option<Date>, ()> {
    match text.len() {
        0 => Ok(None),
        7 => parse_iso_month(text).map(|month| Some(month.first_day())).map_err(|_| ()),
        _ => parse_iso_date(text).map(Some).map_err(|_| ()),
    }
}

pub(crate) fn bad_cell(file: &str, row: u64, column: &str, reason: &str) -> LawError {
    LawError::BadCell { file: file.to_owned(), row, column: column.to_owned(), reason: reason.to_owned() }
}

pub(crate) fn missing_column(file: &str, column: &str) -> LawError {
    bad_cell(file, 1, column, "the column is missing")
}
