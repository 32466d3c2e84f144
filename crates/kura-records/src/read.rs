//! Records back to a book.

use std::cell::Cell;
use std::fmt;

use kura_model::{
    Book, ColumnSchema, CustomFields, CustomValue, Facts, Row, RowSource, SheetSchema, Text, Value, Values,
};
use serde::de::{DeserializeSeed, Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::RecordError;
use crate::cell::{self, Json};
use crate::drawer::{RecordKey, Sorter};

/// The name under which a row keeps its `任意:` columns.
pub(crate) const CUSTOM: &str = "custom";

/// A body read back: rows by sheet, in the order of the workbook.
#[derive(Debug, Default)]
pub struct Parsed {
    sheets: Vec<(&'static str, Vec<Values>)>,
}

impl Parsed {
    /// Reads the body of a record.
    ///
    /// # Errors
    /// [`RecordError`] naming sheet and column, where the body is none of this release.
    pub fn parse(body: &[u8]) -> Result<Self, RecordError> {
        let fault = Cell::new(None);
        let mut json = serde_json::Deserializer::from_slice(body);
        let sheets = json.deserialize_map(Sheets { fault: &fault }).and_then(|sheets| json.end().map(|()| sheets));
        match (sheets, fault.take()) {
            (Ok(sheets), None) => Ok(Self { sheets }),
            (_, Some(fault)) => Err(fault),
            (Err(error), None) => Err(RecordError::Shape { line: error.line(), column: error.column() }),
        }
    }
}

impl Parsed {
    /// Whose record it is, and which; nothing for a record without a row.
    #[must_use]
    pub fn key(&self) -> Option<RecordKey> {
        let (sheet, rows) = self.sheets.iter().find(|(_, rows)| !rows.is_empty())?;
        let schema = Book::SHEETS.iter().find(|schema| schema.identifier == *sheet)?;
        let first = rows.first()?;
        let cells: Vec<Option<Value>> = (0..schema.columns.len()).map(|at| first.get(at).cloned()).collect();
        Some(Sorter::of(schema).key(&cells))
    }
}

/// The book of the records, in the order in which they come.
///
/// # Errors
/// [`RecordError::Incomplete`] for a row that does not say whose it is.
pub fn join(records: impl IntoIterator<Item = Parsed>) -> Result<Book, RecordError> {
    let mut rows: Vec<(&'static str, Vec<Values>)> =
        Book::SHEETS.iter().map(|sheet| (sheet.identifier, Vec::new())).collect();
    for (sheet, mut values) in records.into_iter().flat_map(|record| record.sheets) {
        if let Some((_, of_sheet)) = rows.iter_mut().find(|(name, _)| *name == sheet) {
            of_sheet.append(&mut values);
        }
    }
    let mut source = Join { rows, incomplete: None };
    let book = Book::read(&mut source);
    match source.incomplete {
        Some(sheet) => Err(RecordError::Incomplete { sheet }),
        None => Ok(book),
    }
}

struct Join {
    rows: Vec<(&'static str, Vec<Values>)>,
    incomplete: Option<&'static str>,
}

impl RowSource for Join {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let values = self.rows.iter_mut().find(|(name, _)| *name == T::SCHEMA.identifier);
        let values = values.map(|(_, values)| std::mem::take(values)).unwrap_or_default();
        let mut rows = Vec::with_capacity(values.len());
        for mut values in values {
            match T::from_values(&mut values) {
                Some(facts) => rows.push(Row::from(facts)),
                None => self.incomplete = Some(T::SCHEMA.header),
            }
        }
        rows
    }
}

/// Where a fault with its place is put; serde's own errors cannot carry it, and could carry a value.
type Fault<'parse> = &'parse Cell<Option<RecordError>>;

/// Notes the fault and gives serde a word that says nothing.
fn stop<E: serde::de::Error>(fault: Fault<'_>, error: RecordError) -> E {
    fault.set(Some(error));
    E::custom("record")
}

struct Sheets<'parse> {
    fault: Fault<'parse>,
}

impl<'de> Visitor<'de> for Sheets<'_> {
    type Value = Vec<(&'static str, Vec<Values>)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("sheets")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut sheets = Vec::new();
        while let Some(name) = map.next_key_seed(Name)? {
            let Some(schema) = Book::SHEETS.iter().find(|sheet| sheet.identifier == name.as_ref()) else {
                return Err(stop(self.fault, RecordError::UnknownSheet));
            };
            sheets.push((schema.identifier, map.next_value_seed(Rows { schema, fault: self.fault })?));
        }
        Ok(sheets)
    }
}

#[derive(Clone, Copy)]
struct Rows<'parse> {
    schema: &'static SheetSchema,
    fault: Fault<'parse>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = Vec<Values>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = Vec<Values>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(row) = rows.next_element_seed(OneRow(self))? {
            all.push(row);
        }
        Ok(all)
    }
}

struct OneRow<'parse>(Rows<'parse>);

impl<'de> DeserializeSeed<'de> for OneRow<'_> {
    type Value = Values;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneRow<'_> {
    type Value = Values;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut cells: A) -> Result<Values, A::Error> {
        let Self(Rows { schema, fault }) = self;
        let mut values = Values::empty(schema.columns.len());
        let mut next = 0;
        while let Some(name) = cells.next_key_seed(Name)? {
            if name.as_ref() == CUSTOM {
                cells.next_value_seed(Custom(values.custom_mut()))?;
                continue;
            }
            let Some((at, column)) = column(schema, next, name.as_ref()) else {
                return Err(stop(fault, RecordError::UnknownColumn { sheet: schema.header }));
            };
            let Some(value) = cells.next_value_seed(OneCell(column))? else {
                return Err(stop(fault, RecordError::Cell { sheet: schema.header, column: column.header }));
            };
            values.set(at, value);
            next = at.saturating_add(1);
        }
        Ok(values)
    }
}

/// The column of a name. Cells stand in the order of the columns, so the search begins where the last one ended.
fn column(schema: &SheetSchema, from: usize, name: &str) -> Option<(usize, &'static ColumnSchema)> {
    let is_it = |(_, column): &(usize, &'static ColumnSchema)| column.identifier == name;
    let columns = || schema.columns.iter().enumerate();
    columns().skip(from).find(is_it).or_else(|| columns().take(from).find(is_it))
}

struct OneCell(&'static ColumnSchema);

impl<'de> DeserializeSeed<'de> for OneCell {
    type Value = Option<Value>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for OneCell {
    type Value = Option<Value>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a cell")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(cell::read(self.0, &Json::Null))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(cell::read(self.0, &Json::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(cell::read(self.0, &Json::Number(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).ok().and_then(|number| cell::read(self.0, &Json::Number(number))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(cell::read(self.0, &Json::Text(text)))
    }
}

struct Custom<'values>(&'values mut CustomFields);

impl<'de> DeserializeSeed<'de> for Custom<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Custom<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("custom columns")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            let value = map.next_value_seed(CustomCell)?;
            self.0.set(Text::from(name.as_ref()), value);
        }
        Ok(())
    }
}

struct CustomCell;

impl<'de> DeserializeSeed<'de> for CustomCell {
    type Value = CustomValue;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<CustomValue, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CustomCell {
    type Value = CustomValue;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a custom cell")
    }

    fn visit_str<E>(self, text: &str) -> Result<CustomValue, E> {
        Ok(CustomValue::Text(Text::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut one: A) -> Result<CustomValue, A::Error> {
        let number = one.next_element_seed(Name)?.and_then(|number| cell::exact(number.as_ref()));
        match (number, one.next_element::<IgnoredAny>()?) {
            (Some(number), None) => Ok(CustomValue::Number(number)),
            _ => Err(A::Error::custom("record")),
        }
    }
}

/// A text that is borrowed from the body where it can be.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = std::borrow::Cow<'de, str>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = std::borrow::Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.to_owned().into())
    }
}
