use std::fmt;

use kura_calendar::{Date, Month};
use kura_yen::{Exact, Rate, Yen};

use crate::{CustomFields, DateList, DayOfMonth, Days, FiscalYear, Minutes, MonthsOfYear, Text, WeekdayPattern};

/// The value of one cell, typed by its column. It may be personal: `Debug` tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// text, kana, code, formula.
    Text(Text),
    /// date.
    Date(Date),
    /// month.
    Month(Month),
    /// yen.
    Yen(Yen),
    /// dec.
    Decimal(Exact),
    /// A dec that is a whole number.
    Count(i64),
    /// hm.
    Minutes(Minutes),
    /// days.
    Days(Days),
    /// pct and per mille.
    Rate(Rate),
    /// enum: the place in its list.
    Choice(u16),
    /// flag.
    Flag(bool),
    /// 末日 or a day number.
    DayOfMonth(DayOfMonth),
    /// A list of months.
    Months(MonthsOfYear),
    /// A pattern of weekdays.
    Weekdays(WeekdayPattern),
    /// A list of days.
    Dates(DateList),
    /// 年度.
    FiscalYear(FiscalYear),
    /// `なし` in a dated sheet: what stood before is taken away.
    Cleared,
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Value(..)")
    }
}

/// A Rust type that one kind of column holds.
pub trait FactValue: Sized {
    /// The fact in a cell; `None` when the cell is of another kind.
    fn from_value(value: Value) -> Option<Self>;
    /// The cell that says the fact.
    fn to_value(&self) -> Value;
}

/// Facts that are copied, each in a cell of its own kind.
macro_rules! plain_facts {
    ($($type:ty => $kind:ident),+ $(,)?) => {$(
        impl FactValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                if let Value::$kind(fact) = value { Some(fact) } else { None }
            }

            fn to_value(&self) -> Value {
                Value::$kind(*self)
            }
        }
    )+};
}

plain_facts! {
    Date => Date, Month => Month, Yen => Yen, Exact => Decimal, i64 => Count, Minutes => Minutes, Days => Days, Rate => Rate,
    bool => Flag, DayOfMonth => DayOfMonth, MonthsOfYear => Months, WeekdayPattern => Weekdays,
    FiscalYear => FiscalYear,
}

impl FactValue for DateList {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Dates(days) = value { Some(days) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Dates(self.clone())
    }
}

/// The cells of one row, one place a column of the sheet, in the order of the schema.
#[derive(Debug, Default)]
pub struct Values {
    cells: Vec<Option<Value>>,
    custom: CustomFields,
}

impl Values {
    /// An empty row of so many columns.
    pub fn empty(columns: usize) -> Self {
        Self { cells: vec![None; columns], custom: CustomFields::default() }
    }

    /// Puts a value into a column; a column the sheet does not have changes nothing.
    pub fn set(&mut self, column: usize, value: Value) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = Some(value);
        }
    }

    /// What stands in a column.
    pub fn get(&self, column: usize) -> Option<&Value> {
        self.cells.get(column).and_then(Option::as_ref)
    }

    /// The values of the `任意:` columns.
    pub fn custom_mut(&mut self) -> &mut CustomFields {
        &mut self.custom
    }

    /// True when no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Option::is_none) && self.custom.is_empty()
    }

    /// Empties every cell.
    pub fn clear(&mut self) {
        self.cells.iter_mut().for_each(|cell| *cell = None);
        self.custom = CustomFields::default();
    }

    pub(crate) fn take<T: FactValue>(&mut self, column: usize) -> Option<T> {
        self.cells.get_mut(column).and_then(Option::take).and_then(T::from_value)
    }

    pub(crate) fn take_flag(&mut self, column: usize) -> bool {
        self.take(column).unwrap_or(false)
    }

    pub(crate) fn take_custom(&mut self) -> CustomFields {
        std::mem::take(&mut self.custom)
    }
}
