use kura_calendar::Date;
use kura_law::Law;
use kura_model::{Book, Client, PayHistory, PayLine, Row};
use kura_payroll::pay::{PersonMonth, Slip};

use crate::bank::Transfers;
use crate::bonus::PaidBonus;
use crate::history;
use crate::known::{Known, People};
use crate::month::MonthRequest;
use crate::pay_group::PayGroupMonth;
use crate::person::PersonFacts;

/// One client's month once its pay is computed: decisions, filings, lists, bank files and the next book are made from it.
pub(crate) struct ClientMonth<'run> {
    pub(crate) book: &'run Book,
    pub(crate) law: &'run Law,
    /// The dated sheets of the whole book.
    pub(crate) known: &'run Known,
    /// The rows of all people of the book, also of those who are not paid in the month.
    pub(crate) people: &'run People<'run>,
    pub(crate) request: &'run MonthRequest,
    pub(crate) client: &'run Row<Client>,
    /// Everybody of the client who has a pay group, also who is not paid in the month, in the order of the book.
    pub(crate) everybody: Vec<PersonFacts<'run>>,
    /// In the order of the book; none in the run of a bonus.
    pub(crate) paid: Vec<PaidPerson<'run>>,
    /// How each of them is paid, in the same order.
    pub(crate) transfers: Transfers<'run>,
    /// The slips of a bonus, in the order of the book; none in the run of a month's pay.
    pub(crate) bonuses: Vec<PaidBonus<'run>>,
}

/// One person's slip with what it was made from and what it leaves in 給与履歴.
pub(crate) struct PaidPerson<'run> {
    pub(crate) facts: PersonFacts<'run>,
    /// What the engine was asked.
    pub(crate) asked: PersonMonth,
    pub(crate) slip: Slip,
    /// The row of 給与履歴 of this payment.
    pub(crate) history: PayHistory,
}

impl<'run> ClientMonth<'run> {
    /// The pay groups that pay somebody in the month.
    pub(crate) fn pay_groups(&self) -> Vec<&'run PayGroupMonth<'run>> {
        let mut groups: Vec<&PayGroupMonth<'_>> = Vec::new();
        for person in &self.paid {
            if !groups.iter().any(|known| std::ptr::eq(*known, person.facts.group)) {
                groups.push(person.facts.group);
            }
        }
        groups
    }
}

impl PaidPerson<'_> {
    /// The rows of 明細履歴 of the slip.
    pub(crate) fn pay_lines(&self) -> Vec<PayLine> {
        history::lines(&self.history, &self.facts.group.plan.items, &self.slip)
    }

    /// 社員番号.
    pub(crate) fn code(&self) -> &str {
        self.facts.employee.employee_code.as_str()
    }

    /// The last day of the base pay on which the person is employed.
    pub(crate) fn last_day(&self) -> Date {
        let closing = self.facts.clocks().attendance.to;
        self.facts.employed().map_or(closing, |employed| closing.min(employed.to))
    }
}
