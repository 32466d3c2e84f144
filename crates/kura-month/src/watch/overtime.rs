//! 36協定: whose overtime of the month breaks the agreement or the law (労基法36条).

use kura_book::Finding;
use kura_calendar::Month;
use kura_model::{Agreement, AgreementKind, Minutes, PayHistory, PayKind, WorkplaceCode};
use kura_payroll::clocks::{Clocks, Period};
use kura_payroll::wages::{MonthHours, OvertimeAgreement, OvertimeScope, SpecialClause, overtime_limits};

use super::of_person;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::stop::Stop;

/// A finding for each limit that the person's overtime of the month goes over. It stops nobody: what was worked is paid.
pub(super) fn check(month: &ClientMonth<'_>, person: &PaidPerson<'_>) -> Vec<Finding> {
    match limits(month, person) {
        Ok(findings) => findings,
        Err(stop) => vec![finding(person, "overtime_unchecked", &stop.sentence, stop.remedy)],
    }
}

fn limits(month: &ClientMonth<'_>, person: &PaidPerson<'_>) -> Result<Vec<Finding>, Stop> {
    let months = months(person);
    let Some(last) = months.last().filter(|last| last.overtime_minutes > 0 || last.holiday_minutes > 0) else {
        return Ok(Vec::new());
    };
    let terms = person.facts.terms_on(last.period.to.min(person.facts.employed()?.to))?;
    let workplace = terms.workplace_code.as_ref();
    let agreement = agreement(month, workplace, last.period)?;
    let (found, _) = overtime_limits(month.law, agreement.as_ref(), &months)
        .map_err(|error| Stop::reason("協定", "overtime", &error, error.remedy()))?;
    let remedy = "36協定（特別条項の手続と回数を含む）と、本人の健康への配慮を確かめてください。";
    Ok(found.iter().map(|found| finding(person, "overtime_limit", &found.sentence(), remedy.to_owned())).collect())
}

/// The overtime of the settled months as far as they are known without a gap, and of this one.
fn months(person: &PaidPerson<'_>) -> Vec<MonthHours> {
    let clocks = person.facts.clocks();
    let pay = person.facts.rows.history.iter().map(|row| &row.facts);
    let mut rows: Vec<&PayHistory> =
        pay.filter(|row| row.kind == PayKind::Pay && row.payment_month < Some(clocks.payment_month)).collect();
    rows.sort_by_key(|row| row.payment_month);
    let mut months: Vec<MonthHours> = rows.into_iter().filter_map(|row| hours(row, worked_in(clocks, row)?)).collect();
    months.extend(hours(&person.history, clocks.variable));
    let gap = |pair: &[MonthHours]| match pair {
        [before, after] => before.period.to.tomorrow().ok() != Some(after.period.from),
        _ => false,
    };
    let broken = months.windows(2).rposition(gap).map_or(0, |at| at.saturating_add(1));
    months.split_off(broken)
}

fn hours(row: &PayHistory, period: Period) -> Option<MonthHours> {
    let minutes = |minutes: Option<Minutes>| i64::from(minutes.unwrap_or_default().get());
    // A month without 勤怠 (officers, leave, typed sums) has no hours to count; unknown hours are a gap.
    row.overtime.map(|overtime| MonthHours {
        period,
        overtime_minutes: i64::from(overtime.get()),
        holiday_minutes: minutes(row.statutory_holiday),
    })
}

/// The period in which the hours of an earlier payment were worked: its own, or the month before it as in this pay group.
fn worked_in(clocks: Clocks, row: &PayHistory) -> Option<Period> {
    let own = Period { from: row.period_from?, to: row.period_to? };
    if clocks.variable == clocks.attendance {
        return Some(own);
    }
    let whole_month = own.from == Month::of(own.from).first_day() && own.to == Month::of(own.from).last_day();
    let before = Month::of(own.from).previous();
    whole_month.then(|| Period { from: before.first_day(), to: before.last_day() })
}

/// The 36協定 of the workplace that is in force at the end of the period.
fn agreement(
    month: &ClientMonth<'_>,
    workplace: Option<&WorkplaceCode>,
    period: Period,
) -> Result<Option<OvertimeAgreement>, Stop> {
    let of_workplace = |row: &&Agreement| {
        row.client_code == month.client.client_code
            && (row.workplace_code.is_none() || row.workplace_code.as_ref() == workplace)
            && row.valid_from.is_none_or(|from| from <= period.to)
            && row.valid_to.is_none_or(|to| period.to <= to)
    };
    let in_force = || month.known.agreements.iter().filter(of_workplace);
    let variable_year = in_force().any(|row| row.agreement_kind == AgreementKind::VariableHoursYearly);
    let Some(row) = in_force().find(|row| row.agreement_kind == AgreementKind::ArticleThirtySix) else {
        return Ok(None);
    };
    let unknown = |column| Stop::unknown("協定", None, column);
    let minutes =
        |minutes: Option<Minutes>, column| minutes.map(|of| i64::from(of.get())).ok_or_else(|| unknown(column));
    let special = match row.special_limit_month {
        Some(limit) => Some(SpecialClause {
            month_minutes: i64::from(limit.get()),
            year_minutes: minutes(row.special_limit_year, "特別条項 年")?,
            months: row.special_times.ok_or_else(|| unknown("特別条項 回数"))?,
        }),
        None => None,
    };
    Ok(Some(OvertimeAgreement {
        valid_from: row.valid_from.ok_or_else(|| unknown("有効期間 自"))?,
        valid_to: row.valid_to.ok_or_else(|| unknown("有効期間 至"))?,
        month_minutes: minutes(row.limit_month, "上限 月")?,
        year_minutes: minutes(row.limit_year, "上限 年")?,
        special,
        variable_year,
        scope: OvertimeScope::General,
    }))
}

fn finding(person: &PaidPerson<'_>, code: &'static str, words: &str, remedy: String) -> Finding {
    let row = person.facts.attendance_row().as_deref().map(|row| row.number).filter(|number| *number > 0);
    Finding { row, ..of_person(person, ("勤怠", None), code, words, remedy) }
}
