//! Facts as a table: the columns of their sheet that hold anything, in their order and under their names.

use kura_book::spell;
use kura_calendar::Date;
use kura_model::{Facts, Kind, Row, Value};

use crate::moment::Day;

/// A sheet's rows for a page.
pub(crate) struct Sheet {
    pub(crate) title: &'static str,
    pub(crate) headers: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A value for a page.
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Right-aligned, with the figures below one another.
    pub(crate) is_figure: bool,
    /// The ISO form of a day, for the hover.
    pub(crate) iso: String,
}

impl Sheet {
    /// The rows, without the columns that are empty in all of them and those that say whose the rows are.
    pub(crate) fn of<T: Facts>(rows: &[Row<T>]) -> Option<Self> {
        let schema = T::SCHEMA;
        let values: Vec<Vec<Option<Value>>> = rows.iter().map(|row| row.facts.to_values()).collect();
        let whose = ["client_code", "employee_code"];
        let shown: Vec<bool> = schema
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let says = |row: &Vec<Option<Value>>| row.get(at).is_some_and(|value| says_something(value.as_ref()));
                !whose.contains(&column.identifier) && values.iter().any(says)
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let kept = |at: &usize| shown.get(*at).copied().unwrap_or(false);
        let headers =
            schema.columns.iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, column)| column.header).collect();
        let rows = values
            .iter()
            .map(|row| {
                let pairs = schema.columns.iter().zip(row).enumerate().filter(|(at, _)| kept(at));
                pairs.map(|(_, (column, value))| cell(column, value.as_ref())).collect()
            })
            .collect();
        Some(Self { title: schema.header, headers, rows })
    }

    /// A sheet of one row reads better as a list of names and values.
    pub(crate) fn as_list(&self) -> Option<Vec<(&'static str, &Cell)>> {
        let [row] = self.rows.as_slice() else { return None };
        let pairs = self.headers.iter().copied().zip(row);
        Some(pairs.filter(|(_, cell)| !cell.text.is_empty()).collect())
    }
}

/// `×` is what an empty flag says.
const fn says_something(value: Option<&Value>) -> bool {
    !matches!(value, None | Some(Value::Flag(false)))
}

fn cell(column: &kura_model::ColumnSchema, value: Option<&Value>) -> Cell {
    let Some(value) = value else { return Cell { text: String::new(), is_figure: false, iso: String::new() } };
    match value {
        Value::Date(day) => dated(*day),
        Value::Yen(amount) => Cell { text: amount.grouped(), is_figure: true, iso: String::new() },
        Value::Decimal(_) | Value::Count(_) | Value::Minutes(_) | Value::Days(_) => {
            Cell { text: spell(column, value), is_figure: true, iso: String::new() }
        }
        Value::Rate(_) => {
            let unit = if matches!(column.kind, Kind::PerMille) { "‰" } else { "%" };
            Cell { text: format!("{}{unit}", spell(column, value)), is_figure: true, iso: String::new() }
        }
        other => Cell { text: spell(column, other), is_figure: false, iso: String::new() },
    }
}

fn dated(day: Date) -> Cell {
    let Day { shown, iso } = Day::of(day);
    Cell { text: shown, is_figure: false, iso }
}
