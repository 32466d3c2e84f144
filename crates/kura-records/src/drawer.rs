//! 引出し: which rows lie together in one record, and whose they are.

use kura_calendar::Month;
use kura_model::{ClientCode, EmployeeCode, FactValue, SheetSchema, Value};

/// Whose a record is: what has a sealing key of its own and can be erased alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The office itself (事務所).
    Office,
    /// A client (会社).
    Client(ClientCode),
    /// A person (従業員) of a client.
    Person(ClientCode, EmployeeCode),
}

/// Which of the owner's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Drawer {
    /// 表紙 and 事務所.
    Office,
    /// The facts of a client.
    Client,
    /// The facts of a person.
    Person,
    /// What was handed in for a person's 支給月.
    Input(Month),
    /// What was paid to a person in a month.
    History(Month),
}

/// The name of a record within an office: there is one record of a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// Whose.
    pub owner: Owner,
    /// Which of the owner's.
    pub drawer: Drawer,
}

/// How the rows of a sheet find their drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// With the person, where the row names one, else with the client, else with the office.
    Facts,
    Input,
    History,
}

/// Where the rows of a sheet go, and in which columns it says so: looked up once a sheet.
pub(crate) struct Sorter {
    place: Place,
    client: Option<usize>,
    person: Option<usize>,
    month: Option<usize>,
}

impl Sorter {
    pub(crate) fn of(schema: &SheetSchema) -> Self {
        let column = |name: &str| schema.columns.iter().position(|column| column.identifier == name);
        let place = match schema.identifier {
            "variable_pay" | "attendance" => Place::Input,
            "pay_history" | "pay_line_history" => Place::History,
            _ => Place::Facts,
        };
        let month = match place {
            Place::Facts => None,
            Place::Input => column("payment_month"),
            Place::History => column("paid_on"),
        };
        Self { place, client: column("client_code"), person: column("employee_code"), month }
    }

    /// The record a row belongs to. A row of a month that does not say which lies with the facts of its owner, a row without
    /// an owner with the office: nothing is left out.
    pub(crate) fn key(&self, row: &[Option<Value>]) -> RecordKey {
        let owner = self.owner(row);
        let month = month(row, self.month);
        let drawer = match (self.place, month, &owner) {
            (_, _, Owner::Office) => Drawer::Office,
            (Place::Input, Some(month), _) => Drawer::Input(month),
            (Place::History, Some(month), _) => Drawer::History(month),
            (_, _, Owner::Person(..)) => Drawer::Person,
            (_, _, Owner::Client(_)) => Drawer::Client,
        };
        RecordKey { owner, drawer }
    }

    fn owner(&self, row: &[Option<Value>]) -> Owner {
        let client = cell(row, self.client).cloned().and_then(ClientCode::from_value);
        let person = cell(row, self.person).cloned().and_then(EmployeeCode::from_value);
        match (client, person) {
            (Some(client), Some(person)) => Owner::Person(client, person),
            (Some(client), None) => Owner::Client(client),
            (None, _) => Owner::Office,
        }
    }
}

fn cell(row: &[Option<Value>], column: Option<usize>) -> Option<&Value> {
    row.get(column?)?.as_ref()
}

fn month(row: &[Option<Value>], column: Option<usize>) -> Option<Month> {
    match cell(row, column)? {
        Value::Month(month) => Some(*month),
        Value::Date(day) => Some(Month::of(*day)),
        _ => None,
    }
}
