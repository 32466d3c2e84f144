use kura_calendar::{Date, Month};
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::InsuranceError;
use crate::figures::{self, LABOR};
use crate::labor_insurance::first_day_of_fiscal_year;

/// Whether 概算保険料 may be paid in instalments (延納, 徴収法18条), and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalmentRule {
    /// 延納できる.
    pub allowed: bool,
    /// The number of payments: three, or one where instalments are not allowed.
    pub parts: u8,
    /// The due days as month and day, in order; as many as there are payments.
    due: Vec<(i8, i8)>,
    /// Where the threshold, the number, the days and their moving come from.
    pub citations: Vec<CitationId>,
}

/// One payment of 概算保険料.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Yen; what the first payment cannot divide by the number of payments stands on it.
    pub amount: Yen,
    /// 納期限 as the law writes it.
    pub due_raw: Date,
    /// 納期限 moved to the next open day of administrative organs. The day the labour bureau announces has precedence.
    pub due: Date,
}

/// The rule for an estimate: by amount (with both insurances or one alone), always through a 労働保険事務組合.
/// Only the estimate counts: a shortage of the final premium is never added.
pub fn instalment_rule(
    law: &Law,
    on: Date,
    estimate: Yen,
    both_insurances: bool,
    association: bool,
) -> Result<InstalmentRule, InsuranceError> {
    let least = if both_insurances { "instalment_min_both_yen" } else { "instalment_min_single_yen" };
    let least = figures::yen(law, LABOR, &format!("labor_insurance_annual.{least}"), on)?;
    let allowed = association || estimate >= least.value;
    let due = if association { "instalment_due_association" } else { "instalment_due" };
    let due = law.figure(LABOR, &format!("labor_insurance_annual.{due}"), on)?;
    let mut days = Vec::with_capacity(3);
    for text in due.list()? {
        days.push(month_and_day(text).ok_or_else(|| due.unreadable("not a month and day"))?);
    }
    let parts = figures::small::<u8>(law, LABOR, "labor_insurance_annual.instalment_parts", on)?;
    let number = if allowed { parts.value } else { 1 };
    days.truncate(usize::from(number));
    // How a due day written as a date moves: our reading of the act, marked so in the table.
    let roll = law.figure("closed_days", "administrative_organ.fixed_dates", on)?;
    Ok(InstalmentRule {
        allowed,
        parts: number,
        due: days,
        citations: vec![least.citation, parts.citation, due.citation(), roll.citation()],
    })
}

/// The payments in amounts alone: equal parts, the remainder in the first.
pub fn instalment_amounts(rule: &InstalmentRule, estimate: Yen) -> impl Iterator<Item = Yen> + use<> {
    let parts = i64::from(rule.parts.max(1));
    let equal = estimate.get().checked_div(parts).unwrap_or_default();
    let rest = estimate.get().checked_rem(parts).unwrap_or_default();
    let first = std::iter::once(Yen::new(equal.saturating_add(rest)));
    first.chain(std::iter::repeat_n(Yen::new(equal), usize::from(rule.parts.saturating_sub(1))))
}

/// The payments of a year with their due days.
///
/// Errors: a due day in a year without a table of holidays is refused, never guessed.
pub fn instalments(
    law: &Law,
    rule: &InstalmentRule,
    fiscal_year: i16,
    estimate: Yen,
) -> Result<Vec<Instalment>, InsuranceError> {
    let mut payments = Vec::with_capacity(rule.due.len());
    let begins = Month::of(first_day_of_fiscal_year(fiscal_year)?);
    for (amount, &(month, day)) in instalment_amounts(rule, estimate).zip(&rule.due) {
        let months_on = i32::from(month).saturating_sub(i32::from(begins.month())).rem_euclid(12);
        let due_raw = begins.plus(months_on).day_or_last(day);
        let (due, _) = law.administrative_closing(due_raw)?.next_open_day(due_raw, law.holidays())?;
        payments.push(Instalment { amount, due_raw, due });
    }
    Ok(payments)
}

fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}
