//! A book to its records.

use std::collections::HashMap;

use kura_model::{Book, ColumnSchema, CustomFields, CustomValue, Facts, Row, RowSink, Value};

use crate::cell;
use crate::drawer::{RecordKey, Sorter};

/// A record of a book: its name and its JSON. The body is personal.
#[derive(Clone, PartialEq, Eq)]
pub struct BookRecord {
    /// Whose, and which.
    pub key: RecordKey,
    /// The rows, as JSON.
    pub body: String,
}

impl std::fmt::Debug for BookRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "BookRecord({:?}, ..)", self.key)
    }
}

/// The records of a book, in the order of the book. The first is the office's own.
#[must_use]
pub fn split(book: &Book) -> Vec<BookRecord> {
    let mut split = Split::default();
    book.write(&mut split);
    split.drafts.into_iter().map(Draft::finish).collect()
}

#[derive(Default)]
struct Split {
    drafts: Vec<Draft>,
    places: HashMap<RecordKey, usize>,
}

/// A record under construction: it ends in the middle of the rows of its newest sheet.
struct Draft {
    key: RecordKey,
    newest_sheet: &'static str,
    body: String,
}

impl RowSink for Split {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        let sorter = Sorter::of(T::SCHEMA);
        for row in rows {
            let values = row.facts.to_values();
            let at = *self.places.entry(sorter.key(&values)).or_insert_with_key(|key| {
                self.drafts.push(Draft { key: key.clone(), newest_sheet: "", body: String::from("{") });
                self.drafts.len().saturating_sub(1)
            });
            if let Some(draft) = self.drafts.get_mut(at) {
                draft.begin_row(T::SCHEMA.identifier);
                write_row(&mut draft.body, T::SCHEMA.columns, &values, row.facts.custom());
            }
        }
    }
}

impl Draft {
    fn begin_row(&mut self, sheet: &'static str) {
        if self.newest_sheet == sheet {
            self.body.push(',');
            return;
        }
        if !self.newest_sheet.is_empty() {
            self.body.push_str("],");
        }
        cell::write_text(&mut self.body, sheet);
        self.body.push_str(":[");
        self.newest_sheet = sheet;
    }

    fn finish(mut self) -> BookRecord {
        self.body.push_str("]}");
        BookRecord { key: self.key, body: self.body }
    }
}

fn write_row(body: &mut String, columns: &[ColumnSchema], values: &[Option<Value>], custom: &CustomFields) {
    body.push('{');
    let mut first = true;
    for (column, value) in columns.iter().zip(values) {
        let Some(value) = value else { continue };
        if !std::mem::take(&mut first) {
            body.push(',');
        }
        cell::write_text(body, column.identifier);
        body.push(':');
        cell::write(body, column, value);
    }
    if !custom.is_empty() {
        if !first {
            body.push(',');
        }
        write_custom(body, custom);
    }
    body.push('}');
}

/// `任意:` columns: a text is a text, a number an array of one text.
fn write_custom(body: &mut String, custom: &CustomFields) {
    cell::write_text(body, crate::read::CUSTOM);
    body.push_str(":{");
    for (at, (name, value)) in custom.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        cell::write_text(body, name.as_str());
        body.push(':');
        match value {
            CustomValue::Text(text) => cell::write_text(body, text.as_str()),
            CustomValue::Number(number) => {
                body.push('[');
                cell::write_text(body, &number.to_string());
                body.push(']');
            }
        }
    }
    body.push('}');
}
