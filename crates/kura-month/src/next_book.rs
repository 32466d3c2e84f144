use std::collections::HashSet;

use kura_calendar::Month;
use kura_model::{
    Bonus, Book, ClientCode, EmployeeCode, PayHistory, PayKind, PayLine, StandardDecision, StandardRemuneration,
};

use crate::bonus;
use crate::carried;
use crate::filing_desk::FilingDesk;

/// How many payment months of 給与履歴 and 明細履歴 a book carries: a year of 算定, 月変, 離職証明書 and 平均賃金, and two months more.
const CARRIED_MONTHS: i32 = 14;

/// 次の本, as what a run changes in the book it was made from: a large book is not copied for it.
#[derive(Default)]
pub struct NextBook {
    pub(crate) carried: CarriedForward,
    pub(crate) filings: FilingDesk,
    pub(crate) after: After,
}

/// The run that a next book comes after, with its 支給月.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum After {
    Pay(Month),
    /// 仮払い: the 勤怠 of the month is still to come.
    #[default]
    Provisional,
    Bonus(Month),
}

impl NextBook {
    /// The next book of the book that was run.
    pub fn of(self, book: Book) -> Book {
        let Self { carried, filings, after } = self;
        match after {
            After::Pay(month) => carried.into_book(book, month, &filings),
            After::Provisional => carried.added_to(book, &filings),
            After::Bonus(month) => carried.into_bonus_book(book, month, &filings),
        }
    }
}

/// What a run adds to the next book.
#[derive(Default)]
pub(crate) struct CarriedForward {
    pub(crate) histories: Vec<PayHistory>,
    pub(crate) lines: Vec<PayLine>,
    /// Decisions of this run, as proposals: without 決定通知書の日.
    pub(crate) standards: Vec<StandardRemuneration>,
    /// People whose proposed 定時決定 of a month a revision of this run takes the place of.
    pub(crate) withdrawn_annual: Vec<(ClientCode, EmployeeCode, Month)>,
    /// The rows of the bonus that was paid, with their results.
    pub(crate) bonuses: Vec<Bonus>,
}

impl CarriedForward {
    /// The book of the month after: the history of this month added, the settled months older than a book carries left out (but
    /// for an advance that somebody owes still),
    /// 勤怠 and 変動支給 of the months that are paid emptied (but for what a planned bonus of the month still needs, and for people
    /// who were stopped: their hours wait in the next book), the media numbers advanced.
    fn into_book(self, book: Book, run: Month, filings: &FilingDesk) -> Book {
        let for_bonuses = bonus::waiting(&book, run);
        let mut next = self.added_to(book, filings);
        let oldest = run.plus(1 - CARRIED_MONTHS);
        let owing = carried::owing(&next);
        let owes = |client: &ClientCode, employee: &EmployeeCode| owing.contains(&(client.clone(), employee.clone()));
        next.pay_histories.retain(|row| {
            let is_recent = row.payment_month.is_none_or(|month| month >= oldest);
            is_recent || carried::is_short(row) && owes(&row.client_code, &row.employee_code)
        });
        next.pay_lines.retain(|line| {
            let is_recent = Month::of(line.paid_on) >= oldest;
            is_recent || carried::is_recovery(line) && owes(&line.client_code, &line.employee_code)
        });
        let paid = PaidInMonth::of(&next, run);
        next.attendances.retain(|row| {
            row.payment_month > run || row.payment_month == run && !paid.holds(&row.client_code, &row.employee_code)
        });
        next.variable_pays.retain(|row| {
            row.payment_month > run
                || row.payment_month == run && !paid.holds(&row.client_code, &row.employee_code)
                || for_bonuses.hold(row)
        });
        next.cover.as_of_month = Some(run.max(next.cover.as_of_month.unwrap_or(run)));
        next
    }

    /// The book with what this run adds to it.
    pub(crate) fn added_to(self, mut next: Book, filings: &FilingDesk) -> Book {
        next.standard_remunerations.retain(|row| !self.withdraws(row));
        next.pay_histories.extend(self.histories.into_iter().map(Into::into));
        next.pay_lines.extend(self.lines.into_iter().map(Into::into));
        next.standard_remunerations.extend(self.standards.into_iter().map(Into::into));
        next.office.next_media_number = filings.office_next().or(next.office.facts.next_media_number.take());
        for row in &mut next.establishments {
            let number = filings.establishment_next(&row.client_code, &row.establishment_code);
            let stands_here = row.next_media_number.value().is_some();
            if let Some(number) = number.filter(|_| stands_here) {
                row.next_media_number = number.into();
            }
        }
        next
    }

    /// A decision that was notified stays: a person has to look at it.
    fn withdraws(&self, row: &StandardRemuneration) -> bool {
        let is_annual = matches!(row.decision, Some(StandardDecision::Annual | StandardDecision::AnnualAverage));
        let of_row = |(client, employee, month): &(ClientCode, EmployeeCode, Month)| {
            *client == row.client_code && *employee == row.employee_code && *month == row.applies_from
        };
        is_annual && row.notified_on.is_none() && self.withdrawn_annual.iter().any(of_row)
    }
}

/// Who has a payment of the month.
struct PaidInMonth(HashSet<(ClientCode, EmployeeCode)>);

impl PaidInMonth {
    fn of(book: &Book, month: Month) -> Self {
        let of_month =
            book.pay_histories.iter().filter(|row| row.payment_month == Some(month) && row.kind != PayKind::Bonus);
        Self(of_month.map(|row| (row.client_code.clone(), row.employee_code.clone())).collect())
    }

    fn holds(&self, client: &ClientCode, employee: &EmployeeCode) -> bool {
        self.0.contains(&(client.clone(), employee.clone()))
    }
}
