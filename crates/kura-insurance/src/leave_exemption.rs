use kura_calendar::{Date, Length, Month, PeriodStart, period_end};
use kura_law::{CitationId, Law};

use crate::InsuranceError;
use crate::coverage::day_after;
use crate::figures::{self, SOCIAL};

/// The two leaves that exempt from premiums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeaveKind {
    /// 産前産後休業 (健康保険法159条の3, 厚生年金保険法81条の2の2).
    Maternity,
    /// 育児休業等, 出生時育児休業 included (健康保険法159条, 厚生年金保険法81条の2).
    Childcare,
}

/// A leave; leaves back to back count as one ([`joined_leaves`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// 種類.
    pub kind: LeaveKind,
    /// 開始日.
    pub start: Date,
    /// 終了日, the last day of the leave.
    pub end: Date,
    /// 就業日数: days worked by agreement in 出生時育児休業, taken off the 14 days.
    pub worked_days: u16,
}

impl Leave {
    /// The days of a leave that starts and ends in one month, those worked by agreement taken off.
    fn days_inside_month(&self) -> i64 {
        let days = i64::from(self.end.day()).saturating_sub(i64::from(self.start.day())).saturating_add(1);
        days.saturating_sub(i64::from(self.worked_days)).max(0)
    }
}

/// Whether a premium is exempt, and by which rule. Employee and employer, levy and child contribution alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exemption {
    /// 免除.
    pub exempt: bool,
    /// The rule that decided.
    pub rule: ExemptionRule,
    /// Where the rule comes from.
    pub citation: CitationId,
}

/// The rule that decided an exemption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExemptionRule {
    /// The last day of the month lies in the leave: exempt.
    MonthEndInLeave,
    /// The leave, or all such leaves together, starts and ends in the month with 14 days or more: exempt (leaves from 2022-10-01).
    SameMonthLongEnough,
    /// The leave starts and ends in the month with fewer than 14 days: not exempt.
    SameMonthTooShort,
    /// The last day of the payment month lies in a leave of more than one month: the bonus is exempt.
    BonusLeaveLongEnough,
    /// The leave is one month or shorter: the bonus is not exempt (leaves from 2022-10-01).
    BonusLeaveTooShort,
    /// The last day of the month lies outside the leave: not exempt.
    MonthEndOutsideLeave,
}

impl ExemptionRule {
    /// The spelling of answers and traces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MonthEndInLeave => "month_end_in_leave",
            Self::SameMonthLongEnough => "same_month_long_enough",
            Self::SameMonthTooShort => "same_month_too_short",
            Self::BonusLeaveLongEnough => "bonus_leave_long_enough",
            Self::BonusLeaveTooShort => "bonus_leave_too_short",
            Self::MonthEndOutsideLeave => "month_end_outside_leave",
        }
    }

    const fn exempts(self) -> bool {
        matches!(self, Self::MonthEndInLeave | Self::SameMonthLongEnough | Self::BonusLeaveLongEnough)
    }
}

/// Whether the premium of a month is exempt: from the month the leave starts to the month before the one that contains the
/// day after its end; for childcare leave also the single month of a leave with enough days.
pub fn month_exemption(law: &Law, leave: &Leave, month: Month) -> Result<Exemption, InsuranceError> {
    if month_end_in_leave(leave, month)? {
        return decided(law, leave, ExemptionRule::MonthEndInLeave);
    }
    let within_month = month.contains(leave.start) && month.contains(leave.end);
    if leave.kind == LeaveKind::Maternity || !within_month || !in_force(law, leave, "same_month_rule_from")? {
        return decided(law, leave, ExemptionRule::MonthEndOutsideLeave);
    }
    same_month(law, leave.start, leave.days_inside_month())
}

/// Whether the premium of a month is exempt by the leaves of a person; `None` without any. Leaves back to back count as one, and
/// the days of several short childcare leaves that start and end in the month are added up (「育児休業等中の保険料の免除要件の見直しに関するQ&A」, 2022).
pub fn month_exemption_of_leaves(
    law: &Law,
    leaves: Vec<Leave>,
    month: Month,
) -> Result<Option<Exemption>, InsuranceError> {
    let (mut last, mut short_days) = (None, 0_i64);
    for leave in joined_leaves(leaves)? {
        let mut found = month_exemption(law, &leave, month)?;
        if found.rule == ExemptionRule::SameMonthTooShort {
            short_days = short_days.saturating_add(leave.days_inside_month());
            found = same_month(law, leave.start, short_days)?;
        }
        if found.exempt {
            return Ok(Some(found));
        }
        last = Some(found);
    }
    Ok(last)
}

fn same_month(law: &Law, on: Date, days: i64) -> Result<Exemption, InsuranceError> {
    let days_needed = figures::integer(law, SOCIAL, "exemption_childcare.same_month_min_days", on)?;
    let enough = days >= days_needed.value;
    let rule = if enough { ExemptionRule::SameMonthLongEnough } else { ExemptionRule::SameMonthTooShort };
    Ok(Exemption { exempt: rule.exempts(), rule, citation: days_needed.citation })
}

/// Whether the premium on a bonus paid in a month is exempt: the last day of the month lies in the leave, and a childcare
/// leave (from 2022-10-01) is longer than one calendar month. The 14-day rule never exempts a bonus.
pub fn bonus_exemption(law: &Law, leave: &Leave, payment_month: Month) -> Result<Exemption, InsuranceError> {
    if !month_end_in_leave(leave, payment_month)? {
        return decided(law, leave, ExemptionRule::MonthEndOutsideLeave);
    }
    if leave.kind == LeaveKind::Maternity || !in_force(law, leave, "bonus_rule_from")? {
        return decided(law, leave, ExemptionRule::MonthEndInLeave);
    }
    let months = figures::small::<u16>(law, SOCIAL, "exemption_childcare.bonus_longer_than_months", leave.start)?;
    let exactly_as_long = period_end(leave.start, PeriodStart::DayCounted, Length::Months(months.value))?;
    let rule = if leave.end > exactly_as_long {
        ExemptionRule::BonusLeaveLongEnough
    } else {
        ExemptionRule::BonusLeaveTooShort
    };
    Ok(Exemption { exempt: rule.exempts(), rule, citation: months.citation })
}

/// Leaves of one kind that follow each other without a day between become one (連続する育児休業等は1つとみなす).
pub fn joined_leaves(mut leaves: Vec<Leave>) -> Result<Vec<Leave>, InsuranceError> {
    leaves.sort_by_key(|leave| leave.start);
    let mut joined: Vec<Leave> = Vec::with_capacity(leaves.len());
    for leave in leaves {
        match joined.iter_mut().rev().find(|earlier| earlier.kind == leave.kind) {
            Some(earlier) if leave.start <= day_after(earlier.end)? => {
                earlier.end = earlier.end.max(leave.end);
                earlier.worked_days = earlier.worked_days.saturating_add(leave.worked_days);
            }
            _ => joined.push(leave),
        }
    }
    Ok(joined)
}

fn month_end_in_leave(leave: &Leave, month: Month) -> Result<bool, InsuranceError> {
    if leave.end < leave.start {
        return Err(InsuranceError::LeaveEndsBeforeStart);
    }
    Ok(Month::of(leave.start) <= month && month < Month::of(day_after(leave.end)?))
}

/// The 2022-10-01 rules hold for leaves that start on or after their day.
fn in_force(law: &Law, leave: &Leave, rule_from: &str) -> Result<bool, InsuranceError> {
    let from = figures::date(law, SOCIAL, &format!("exemption_childcare.{rule_from}"), leave.start)?;
    Ok(leave.start >= from.value)
}

fn decided(law: &Law, leave: &Leave, rule: ExemptionRule) -> Result<Exemption, InsuranceError> {
    let group = match leave.kind {
        LeaveKind::Maternity => "exemption_maternity",
        LeaveKind::Childcare => "exemption_childcare",
    };
    let figure = law.figure(SOCIAL, &format!("{group}.months"), leave.start)?;
    Ok(Exemption { exempt: rule.exempts(), rule, citation: figure.citation() })
}
