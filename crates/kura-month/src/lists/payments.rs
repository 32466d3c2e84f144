use std::collections::{HashMap, HashSet};

use kura_calendar::{Date, Timeline};
use kura_model::{Employee, EmploymentTerms, PayHistory};

use crate::client_month::ClientMonth;

/// All payments to the people of a client that the book knows: the settled ones of 給与履歴 and those of this run.
pub(super) struct Payments<'month>(Vec<Payment<'month>>);

/// One payment with who gets it.
#[derive(Clone, Copy)]
pub(super) struct Payment<'month> {
    pub(super) row: &'month PayHistory,
    pub(super) employee: &'month Employee,
    terms: Option<&'month Timeline<EmploymentTerms>>,
}

impl<'month> Payments<'month> {
    /// In the order of the book, then what this run made; rows of people whom 従業員 does not have are left out.
    pub(super) fn of(month: &'month ClientMonth<'_>, made: &'month [PayHistory]) -> Self {
        let of_client = month.book.employees.iter().filter(|row| row.client_code == month.client.client_code);
        let person = |employee: &'month Employee| {
            let key = (employee.client_code.clone(), employee.employee_code.clone());
            (employee, month.known.terms.get(&key))
        };
        let people: HashMap<&str, _> = of_client.map(|row| (row.employee_code.as_str(), person(&row.facts))).collect();
        let made = || made.iter().filter(|row| row.client_code == month.client.client_code);
        let run: HashSet<_> = made().map(key).collect();
        let settled = month.book.pay_histories.iter().map(|row| &row.facts);
        let settled = settled.filter(|row| row.client_code == month.client.client_code && !run.contains(&key(row)));
        let rows = settled.chain(made());
        let payment = |row: &'month PayHistory| {
            let (employee, terms) = *people.get(row.employee_code.as_str())?;
            Some(Payment { row, employee, terms })
        };
        Self(rows.filter_map(payment).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Payment<'month>> {
        self.0.iter().copied()
    }
}

impl<'month> Payment<'month> {
    /// The terms on a day.
    pub(super) fn terms_on(&self, day: Date) -> Option<&'month EmploymentTerms> {
        let terms = self.terms?;
        terms.on(day).or_else(|| terms.facts().first().map(|(_, first)| first))
    }
}

fn key(row: &PayHistory) -> (&str, kura_model::PayKind, Date) {
    (row.employee_code.as_str(), row.kind, row.paid_on)
}
