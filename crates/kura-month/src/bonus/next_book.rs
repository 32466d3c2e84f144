use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::Month;
use kura_model::{Bonus, BonusState, Book, ClientCode, EmployeeCode, ItemCode, VariablePay};

use crate::filing_desk::FilingDesk;
use crate::next_book::CarriedForward;

type Person = (ClientCode, EmployeeCode);

impl CarriedForward {
    /// The book after a bonus: its month stays what it was, so that the month's pay can still follow. The rows of the bonus are
    /// settled, and the 変動支給 they were made from is emptied.
    pub(crate) fn into_bonus_book(mut self, book: Book, run: Month, filings: &FilingDesk) -> Book {
        let bonuses = std::mem::take(&mut self.bonuses).into_iter();
        let paid: BTreeMap<Person, Bonus> =
            bonuses.map(|bonus| ((bonus.client_code.clone(), bonus.employee_code.clone()), bonus)).collect();
        let used = BonusItems { items: items(&book), people: paid.keys().cloned().collect(), month: run };
        let mut next = self.added_to(book, filings);
        next.variable_pays.retain(|row| !used.hold(row));
        for row in &mut next.bonuses {
            let of_person = paid.get(&(row.client_code.clone(), row.employee_code.clone()));
            let same = |bonus: &&Bonus| bonus.paid_on == row.paid_on && bonus.bonus_name == row.bonus_name;
            if let Some(bonus) = of_person.filter(same) {
                row.facts = bonus.clone();
            }
        }
        next
    }
}

/// 変動支給 of the items of bonuses, of some people in a month.
pub(crate) struct BonusItems {
    items: BTreeSet<(ClientCode, ItemCode)>,
    people: BTreeSet<Person>,
    month: Month,
}

impl BonusItems {
    /// True for a row of them.
    pub(crate) fn hold(&self, row: &VariablePay) -> bool {
        row.payment_month == self.month
            && self.items.contains(&(row.client_code.clone(), row.item_code.clone()))
            && self.people.contains(&(row.client_code.clone(), row.employee_code.clone()))
    }
}

/// What a bonus of the month still waits for when the month's pay was paid before it.
pub(crate) fn waiting(book: &Book, month: Month) -> BonusItems {
    let planned =
        book.bonuses.iter().filter(|row| month.contains(row.paid_on) && row.state == Some(BonusState::Planned));
    let people = planned.map(|row| (row.client_code.clone(), row.employee_code.clone())).collect();
    BonusItems { items: items(book), people, month }
}

/// The items with 賞与で使う.
fn items(book: &Book) -> BTreeSet<(ClientCode, ItemCode)> {
    let for_bonus = book.pay_items.iter().filter(|row| row.for_bonus.value().copied().unwrap_or(false));
    for_bonus.map(|row| (row.client_code.clone(), row.item_code.clone())).collect()
}
