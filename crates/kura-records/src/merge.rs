//! What an office knows, and a book that comes in: an upsert, row by row.

use std::collections::HashMap;

use kura_model::{Book, CustomFields, Facts, Row, RowSink, RowSource, SheetSchema, Value, Values};

use crate::cell;
use crate::drawer::{Owner, Sorter};

/// What a row that came in did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Japanese name of the sheet.
    pub sheet: &'static str,
    /// The row in the book that came in, as people count: 1 is the header.
    pub row: u32,
    /// Whose the row is.
    pub owner: Owner,
    /// Headers of the columns that changed, in their order; nothing where the row is new.
    pub changed: Option<Vec<&'static str>>,
}

/// What is known after a book came in.
#[derive(Debug)]
pub struct Merged {
    /// All rows: those that were known, in their places, with what came in over them; behind them what is new.
    pub book: Book,
    /// The rows that are new or different, in the order of the book that came in. Empty when it brought nothing new.
    pub differences: Vec<Difference>,
}

/// Takes `incoming` into `known`. A row with the key of a known row replaces it; rows that did not come stay. Where a sheet lets a key
/// stand in several rows (明細履歴), all rows of the key are replaced together.
#[must_use]
pub fn merge(known: &Book, incoming: &Book) -> Merged {
    let mut merge =
        Merge { known: Sheets::of(known), incoming: Sheets::of(incoming), next: 0, differences: Vec::new() };
    let book = Book::read(&mut merge);
    Merged { book, differences: merge.differences }
}

/// The cells of a row, with its place.
struct Cells {
    number: u32,
    values: Vec<Option<Value>>,
    custom: CustomFields,
}

/// All rows of a book, a list a sheet.
struct Sheets(Vec<Vec<Cells>>);

impl Sheets {
    fn of(book: &Book) -> Self {
        let mut sheets = Self(Vec::new());
        book.write(&mut sheets);
        sheets
    }

    fn take(&mut self, at: usize) -> Vec<Cells> {
        self.0.get_mut(at).map(std::mem::take).unwrap_or_default()
    }
}

impl RowSink for Sheets {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        let cells = |row: &Row<T>| Cells {
            number: row.number,
            values: row.facts.to_values(),
            custom: row.facts.custom().clone(),
        };
        self.0.push(rows.iter().map(cells).collect());
    }
}

/// Hands out sheet by sheet what both know; both give their sheets in the order of the workbook.
struct Merge {
    known: Sheets,
    incoming: Sheets,
    next: usize,
    differences: Vec<Difference>,
}

impl RowSource for Merge {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let known = groups(T::SCHEMA, self.known.take(self.next));
        let mut incoming = self.incoming.take(self.next);
        self.next = self.next.saturating_add(1);
        if T::SCHEMA.one_row {
            incoming.retain(|cells| cells.values.iter().any(Option::is_some));
        }
        let merged = self.merged(T::SCHEMA, known, groups(T::SCHEMA, incoming));
        let rows = merged.into_iter().flat_map(|group| group.rows);
        rows.filter_map(Cells::into_facts::<T>).map(Row::from).collect()
    }
}

impl Merge {
    fn merged(&mut self, schema: &'static SheetSchema, known: Vec<Group>, incoming: Vec<Group>) -> Vec<Group> {
        let mut merged = known;
        let places: HashMap<String, usize> =
            merged.iter().enumerate().map(|(at, group)| (group.key.clone(), at)).collect();
        let sorter = Sorter::of(schema);
        for group in incoming {
            let before = places.get(&group.key).and_then(|at| merged.get_mut(*at));
            let was = before.as_ref().map(|group| group.rows.as_slice()).unwrap_or_default();
            for (at, row) in group.rows.iter().enumerate() {
                let changed = was.get(at).map(|was| changed_columns(schema, was, row));
                if changed.as_ref().is_none_or(|changed| !changed.is_empty()) {
                    let owner = sorter.key(&row.values).owner;
                    self.differences.push(Difference { sheet: schema.header, row: row.number, owner, changed });
                }
            }
            match before {
                Some(before) => *before = group,
                None => merged.push(group),
            }
        }
        merged
    }
}

/// The rows of one key: one, but where a sheet lets a key repeat.
struct Group {
    key: String,
    rows: Vec<Cells>,
}

/// Rows by key, in the order in which keys first appear.
fn groups(schema: &SheetSchema, rows: Vec<Cells>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for cells in rows {
        let key = key_of(schema, &cells);
        let at = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.rows.push(cells),
            None => groups.push(Group { key, rows: vec![cells] }),
        }
    }
    groups
}

/// The cells of the key and, in a dated sheet, 適用開始日, as one text.
fn key_of(schema: &SheetSchema, cells: &Cells) -> String {
    let mut key = String::new();
    for (at, (column, value)) in schema.columns.iter().zip(&cells.values).enumerate() {
        if column.key || schema.dated == Some(at) {
            if let Some(value) = value {
                cell::write(&mut key, column, value);
            }
            key.push(',');
        }
    }
    key
}

fn changed_columns(schema: &SheetSchema, was: &Cells, is: &Cells) -> Vec<&'static str> {
    let cells = was.values.iter().zip(&is.values);
    let columns = schema.columns.iter().zip(cells).filter(|(_, (was, is))| was != is);
    let mut changed: Vec<&'static str> = columns.map(|(column, _)| column.header).collect();
    if was.custom != is.custom {
        changed.push("任意");
    }
    changed
}

impl Cells {
    fn into_facts<T: Facts>(self) -> Option<T> {
        let mut values = Values::empty(self.values.len());
        for (at, value) in self.values.into_iter().enumerate() {
            if let Some(value) = value {
                values.set(at, value);
            }
        }
        *values.custom_mut() = self.custom;
        // They came from facts of this sheet, so they are facts again.
        T::from_values(&mut values)
    }
}
