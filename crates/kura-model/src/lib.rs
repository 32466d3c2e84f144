#![doc = include_str!("../README.md")]

mod change;
pub mod check_digit;
mod choice;
mod custom;
mod facts;
mod pattern;
mod quantity;
mod row;
mod schema;
mod text;
mod value;

pub use change::{CLEARED, Change, ChangeRow, histories, history};
pub use choice::*;
pub use custom::{CustomFields, CustomValue};
pub use facts::*;
pub use pattern::{DateList, MonthsOfYear, WeekdayPattern};
pub use quantity::{DayOfMonth, Days, FiscalYear, Minutes};
pub use row::{Facts, Row, RowSink, RowSource};
pub use schema::{ChoiceSchema, ChoiceValue, CodeForm, ColumnSchema, Kind, SheetSchema};
pub use text::{
    CalendarCode, ClientCode, Code, EmployeeCode, EstablishmentCode, FamilyNumber, Formula, InsurerCode, ItemCode,
    Kana, LaborInsuranceNumber, PayGroupCode, TableName, Text, WorkplaceCode,
};
pub use value::{FactValue, Value, Values};
