use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_law::Law;
use kura_model::{Book, Client};
use kura_payroll::bonus::{BonusPlan, BonusPlanInput};

use crate::formula_facts;
use crate::known::Known;
use crate::needed::Needed;
use crate::pay_group::{self, PayGroupMonth};
use crate::schedule::Schedule;
use crate::stop::Stop;

/// What the people of a pay group share in one bonus.
#[derive(Debug)]
pub(crate) struct BonusGroup<'run> {
    /// The pay group in the payment month.
    pub(crate) month: &'run PayGroupMonth<'run>,
    pub(crate) schedule: Schedule<'run>,
    pub(crate) plan: BonusPlan<'run>,
}

impl<'run> BonusGroup<'run> {
    /// The items with 賞与で使う, compiled for a 支給日.
    pub(crate) fn new(
        book: &'run Book,
        law: &'run Law,
        known: &Known,
        month: &'run PayGroupMonth<'run>,
        paid_on: Date,
    ) -> Result<Self, Vec<Stop>> {
        let group = &month.group;
        let items = pay_group::items(known, group, (paid_on, paid_on), true)?;
        let mut cells = Needed::of_pay_group(known, group, paid_on);
        let Some(method) = pay_group::method(group, &mut cells) else { return Err(cells.into_stops()) };
        let input = BonusPlanInput {
            paid_on,
            items,
            facts: formula_facts::names(),
            tables: pay_group::lookup_tables(known, &group.client_code, paid_on),
            method,
        };
        let plan = BonusPlan::new(law, input)
            .map_err(|problems| problems.into_iter().map(pay_group::item_stop).collect::<Vec<_>>())?;
        let exceptions = book.calendar_days.iter().filter(|day| day.client_code == group.client_code);
        Ok(Self { month, schedule: Schedule::new(group, exceptions, law.holidays()), plan })
    }
}

/// A 支給日 on which banks are closed: it stands as typed, but a transfer needs another day.
pub(crate) fn closed_day(law: &Law, client: &Client, paid_on: Date) -> Option<Finding> {
    let closed = law.bank_closing(paid_on).ok()?.closed(paid_on, law.holidays()).ok()??;
    Some(Finding {
        sheet: "賞与".to_owned(),
        row: None,
        column: Some("支給日".to_owned()),
        severity: Severity::Warning,
        code: "bank_closed_day",
        sentence: format!("会社{}: 支給日 {paid_on} は銀行の休業日（{closed}）です。", client.client_code),
        remedy: "振り込むときは、前後の営業日に支給日を直してください。".to_owned(),
    })
}
