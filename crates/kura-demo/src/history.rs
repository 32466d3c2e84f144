use kura_calendar::{Date, Month};
use kura_model::{AccidentWageClass, Book, FullMonth, PayHistory, PayKind, Row, SettlementState, StandardRemuneration};
use kura_yen::{Exact, Yen};

use crate::AttendanceMonth;
use crate::attendance::Work;
use crate::person::Person;

/// How many settled months stand before a run.
const SETTLED_MONTHS: i32 = 14;

/// 勤怠 of a person in a settled month.
pub(crate) enum Past {
    /// As ever: that of the run's month, or the one the person had before.
    AsEver,
    /// As said.
    Worked(Work),
    /// No row: not there, on leave, or the amount is typed.
    Nothing,
}

/// 勤怠 of the fourteen settled months before a run; nobody before the day of hire.
pub(crate) fn settled_months(
    run: Month,
    people: &[Person],
    period_end: impl Fn(&Person, Month) -> Date,
    past: impl Fn(&Person, Month) -> Past,
) -> Vec<AttendanceMonth> {
    let month = |back: i32| {
        let month = run.plus(-back);
        let row = |person: &Person| {
            let work = match past(person, month) {
                Past::AsEver => person.past_work.or(person.work)?,
                Past::Worked(work) => work,
                Past::Nothing => return None,
            };
            let there = person.hired_on() <= period_end(person, month);
            there.then(|| work.row(&person.client, &person.code, month).into())
        };
        AttendanceMonth { month, attendance: people.iter().filter_map(row).collect() }
    };
    (1..=SETTLED_MONTHS).rev().map(month).collect()
}

/// 勤怠 of the run's month into the book, in the order of the people.
pub(crate) fn add_attendance(book: &mut Book, people: &[Person], month: Month) {
    let row = |person: &Person| person.work.map(|work| work.row(&person.client, &person.code, month).into());
    book.attendances.extend(people.iter().filter_map(row));
}

/// A settled payment whose amount the design types.
pub(crate) struct TypedPay {
    pub(crate) group: &'static str,
    pub(crate) paid_on: Date,
    pub(crate) period: (Date, Date),
    pub(crate) base_days: i64,
    pub(crate) full_month: FullMonth,
    /// 総支給, and what of it is 固定的賃金.
    pub(crate) gross: i64,
    pub(crate) fixed: i64,
}

impl Person {
    /// The row of 給与履歴 of a typed amount: it stands as it is.
    pub(crate) fn typed_pay(&self, pay: &TypedPay) -> Row<PayHistory> {
        let (client, code) = (self.client.clone(), self.code.clone());
        let gross = Some(Yen::new(pay.gross));
        let mut row = PayHistory::new(client, code, PayKind::Pay, pay.paid_on);
        row.payment_month = Some(Month::of(pay.paid_on));
        row.pay_group_code = Some(pay.group.into());
        row.period_from = Some(pay.period.0);
        row.period_to = Some(pay.period.1);
        row.closing_date = Some(pay.period.1);
        row.payment_base_days = Some(Exact::whole(pay.base_days));
        row.full_month = Some(pay.full_month);
        row.remuneration_currency = gross;
        row.remuneration_in_kind = Some(Yen::ZERO);
        row.fixed_part = Some(Yen::new(pay.fixed));
        row.retroactive_part = Some(Yen::ZERO);
        row.gross = gross;
        row.accident_wage = gross;
        row.employment_wage = gross;
        row.accident_wage_class = Some(AccidentWageClass::Regular);
        let standard: Option<&StandardRemuneration> = self.standards.last();
        row.health_standard = standard.and_then(|standard| standard.health_standard);
        row.pension_standard = standard.and_then(|standard| standard.pension_standard);
        row.withholding_column = self.terms.withholding_column.value().copied();
        row.state = Some(SettlementState::Settled);
        row.into()
    }
}
