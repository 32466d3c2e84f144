use kura_law::Law;
use kura_model::{Book, Client, PayHistory, Row};
use kura_payroll::pay::{PersonMonth, Slip};

use crate::bank::Transfers;
use crate::known::{Known, People};
use crate::month::MonthRequest;
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
    /// In the order of the book.
    pub(crate) paid: Vec<PaidPerson<'run>>,
    /// How each of them is paid, in the same order.
    #[expect(dead_code, reason = "振込一覧 and 金種表 are made from it")]
    pub(crate) transfers: Transfers<'run>,
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

impl PaidPerson<'_> {
    /// 社員番号.
    pub(crate) fn code(&self) -> &str {
        self.facts.employee.employee_code.as_str()
    }
}
