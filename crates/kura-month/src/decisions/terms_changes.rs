use kura_calendar::Date;
use kura_model::{EmploymentTerms, PayType};
use kura_yen::{Rounding, Yen};

use super::fixed_change::FixedChange;
use crate::person::PersonFacts;
use crate::stop::Stop;

const SHEET: &str = "雇用条件";
/// A week's hours as a month's: 52 weeks over 12 months.
const WEEKS: i64 = 52;
const MONTHS: i64 = 12;
const MINUTES_AN_HOUR: i64 = 60;

/// The changes of 雇用条件 that are changes of fixed pay: 基本額, 給与形態, and the agreed hours or days of people who are paid by
/// them. The first row is no change: it is what 取得時決定 stood on.
pub(super) fn changes(facts: &PersonFacts<'_>) -> Result<Vec<FixedChange>, Stop> {
    let key = (facts.employee.client_code.clone(), facts.employee.employee_code.clone());
    let Some(history) = facts.known.terms.get(&key) else { return Ok(Vec::new()) };
    let mut changes = Vec::new();
    for pair in history.facts().windows(2) {
        let [(_, before), (on, after)] = pair else { continue };
        changes.extend(change(before, after, *on)?);
    }
    Ok(changes)
}

fn change(before: &EmploymentTerms, after: &EmploymentTerms, on: Date) -> Result<Option<FixedChange>, Stop> {
    let same_pay = before.pay_type == after.pay_type && before.base_amount == after.base_amount;
    let same_time = before.pay_type == after.pay_type && agreed_time(before)? == agreed_time(after)?;
    if same_pay && same_time {
        return Ok(None);
    }
    let monthly = match (pay_of_month(before)?, pay_of_month(after)?) {
        (Some(before), Some(after)) => Some([before, after]),
        _ => None,
    };
    if same_time {
        let base = |terms: &EmploymentTerms| terms.base_amount.ok_or_else(|| Stop::unknown(SHEET, None, "基本額"));
        let unit = [base(before)?, base(after)?];
        let what = base_word(after).to_owned();
        return Ok(Some(FixedChange { what, on, decided_on: None, unit, monthly }));
    }
    let what = if before.pay_type == after.pay_type { "契約の時間・日数" } else { "給与形態" };
    // Another system of pay, or other hours: only a month's pay can be compared.
    let monthly = monthly.ok_or_else(|| Stop::unknown(SHEET, None, "週の所定時間"))?;
    Ok(Some(FixedChange::of_month(what, on, None, monthly)))
}

fn base_word(terms: &EmploymentTerms) -> &'static str {
    match terms.pay_type {
        Some(PayType::Hourly) => "時給",
        Some(PayType::Daily) => "日給",
        Some(PayType::OfficerRemuneration) => "役員報酬",
        _ => "基本給",
    }
}

/// The minutes of a week or the days of a month that the pay follows from.
fn agreed_time(terms: &EmploymentTerms) -> Result<Option<Yen>, Stop> {
    Ok(match terms.pay_type {
        Some(PayType::Hourly) => terms.weekly_scheduled_hours.map(|hours| Yen::new(i64::from(hours.get()))),
        Some(PayType::Daily) => terms.monthly_days.map(|days| days.round(Rounding::Down)).transpose()?,
        _ => None,
    })
}

/// The contract pay of a month, yen without its fraction; `None` where the hours or days are not known, or it is commission.
fn pay_of_month(terms: &EmploymentTerms) -> Result<Option<Yen>, Stop> {
    let base = terms.base_amount.ok_or_else(|| Stop::unknown(SHEET, None, "基本額"))?;
    Ok(match terms.pay_type {
        Some(PayType::Hourly) => match terms.weekly_scheduled_hours {
            Some(hours) => {
                let year = base.exact().times_integer(i64::from(hours.get()))?.times_integer(WEEKS)?;
                Some(year.divided_by_integer(MONTHS.saturating_mul(MINUTES_AN_HOUR))?.round(Rounding::Down)?)
            }
            None => None,
        },
        Some(PayType::Daily) => match terms.monthly_days {
            Some(days) => Some(base.exact().times(days)?.round(Rounding::Down)?),
            None => None,
        },
        Some(PayType::Commission) | None => None,
        Some(PayType::Monthly | PayType::DailyMonthly | PayType::OfficerRemuneration | PayType::Annual) => Some(base),
    })
}
