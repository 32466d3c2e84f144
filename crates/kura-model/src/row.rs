use std::ops::{Deref, DerefMut};

use crate::{CustomFields, SheetSchema, Value, Values};

/// The facts of one sheet's row.
pub trait Facts: Sized {
    /// The sheet.
    const SCHEMA: &'static SheetSchema;

    /// The facts in a row of cells; `None` when a cell is empty without which the row says nothing about anyone.
    fn from_values(values: &mut Values) -> Option<Self>;
    /// The cells that say these facts, in the order of the schema.
    fn to_values(&self) -> Vec<Option<Value>>;
    /// The `任意:` columns.
    fn custom(&self) -> &CustomFields;
}

/// A row and where it stands. Two rows are equal when they say the same, wherever they stand.
#[derive(Debug, Clone, Default)]
pub struct Row<T> {
    /// The row number people see: 1 is the header. 0 for a row that stands nowhere yet.
    pub number: u32,
    /// What the row says.
    pub facts: T,
}

impl<T> From<T> for Row<T> {
    fn from(facts: T) -> Self {
        Self { number: 0, facts }
    }
}

impl<T: PartialEq> PartialEq for Row<T> {
    fn eq(&self, other: &Self) -> bool {
        self.facts == other.facts
    }
}

impl<T: Eq> Eq for Row<T> {}

impl<T> Deref for Row<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.facts
    }
}

impl<T> DerefMut for Row<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.facts
    }
}

/// Where the rows of a book come from.
pub trait RowSource {
    /// All rows of a sheet, in its order.
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>>;
}

/// Where the rows of a book go to.
pub trait RowSink {
    /// All rows of a sheet, in its order.
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]);
}
