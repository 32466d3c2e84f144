//! The periods of the 離職証明書, newest first.

use kura_calendar::{CalendarError, Date, Month};

use crate::coverage::day_after;
use crate::decisions::{DecisionError, PayPeriod};

/// 締日.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClosingDay {
    /// 末日.
    MonthEnd,
    /// 1 to 28.
    Day(i8),
}

impl ClosingDay {
    fn in_month(self, month: Month) -> Result<Date, DecisionError> {
        match self {
            Self::MonthEnd => Ok(month.last_day()),
            Self::Day(day @ 1..=28) => Ok(month.day_or_last(day)),
            Self::Day(_) => Err(DecisionError::NoSuchClosingDay),
        }
    }
}

/// A period, and whether it is whole or cut short by the day of acquisition or of separation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) period: PayPeriod,
    pub(crate) whole: bool,
}

/// 被保険者期間算定対象期間 (雇用保険法14条1項): whole months back from the day after separation, by the day of the month that
/// corresponds to it or the last day of a month without one; the oldest may be cut by the day of acquisition.
pub(crate) fn counting_periods(separated_on: Date, acquired: Date, number: u16) -> Result<Vec<Cut>, DecisionError> {
    let loss = day_after(separated_on)?;
    let start = |months: u16| Month::of(loss).plus(i32::from(months).saturating_neg()).day_or_last(loss.day());
    let mut periods = Vec::new();
    for months in 0..number {
        let from = start(months.saturating_add(1));
        let to = day_before(start(months))?;
        if to < acquired {
            break;
        }
        periods.push(cut(from, to, acquired, true));
    }
    Ok(periods)
}

/// 賃金支払対象期間: by the closing day; the newest ends on the day of separation, the oldest may be cut by the day of
/// acquisition.
pub(crate) fn wage_periods(
    separated_on: Date,
    acquired: Date,
    closing: ClosingDay,
    number: u16,
) -> Result<Vec<Cut>, DecisionError> {
    let mut month = Month::of(separated_on);
    if closing.in_month(month)? < separated_on {
        month = month.next();
    }
    let mut periods = Vec::new();
    for _ in 0..number {
        let closed_on = closing.in_month(month)?;
        let from = day_after(closing.in_month(month.previous())?)?;
        let to = closed_on.min(separated_on);
        if to < acquired {
            break;
        }
        periods.push(cut(from, to, acquired, to == closed_on));
        month = month.previous();
    }
    Ok(periods)
}

fn cut(from: Date, to: Date, acquired: Date, whole_at_end: bool) -> Cut {
    Cut { period: PayPeriod { from: from.max(acquired), to }, whole: whole_at_end && acquired <= from }
}

fn day_before(day: Date) -> Result<Date, DecisionError> {
    Ok(day.yesterday().map_err(|_| CalendarError::OutOfRange)?)
}

/// How many days a period has, both ends included.
pub(crate) fn length_days(period: PayPeriod) -> Result<i32, DecisionError> {
    let span = period.from.until(day_after(period.to)?).map_err(|_| CalendarError::OutOfRange)?;
    Ok(span.get_days())
}
