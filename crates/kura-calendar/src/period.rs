use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::{CalendarError, in_range};

/// Whether the day a period begins on counts (民法140条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodStart {
    /// 初日不算入: the period runs from the next day.
    DayNotCounted,
    /// 起算して: the day itself is day 1 (a period that begins at 0:00, or a text that says so).
    DayCounted,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// 日.
    Days(u16),
    /// 週.
    Weeks(u16),
    /// 月, by the calendar.
    Months(u16),
    /// 年, by the calendar.
    Years(u16),
}

/// The last day of a period (民法140条, 141条, 143条). A closed last day is not moved here: that is [`crate::ClosingRule`]'s.
///
/// A length of zero and an end after [`crate::LAST_DAY`] are errors.
pub fn period_end(day: Date, start: PeriodStart, length: Length) -> Result<Date, CalendarError> {
    let first = match start {
        PeriodStart::DayCounted => day,
        PeriodStart::DayNotCounted => day.tomorrow().map_err(|_| CalendarError::OutOfRange)?,
    };
    let end = match length {
        Length::Days(0) | Length::Weeks(0) | Length::Months(0) | Length::Years(0) => {
            return Err(CalendarError::EmptyPeriod);
        }
        Length::Days(days) => last_of_days(first, i32::from(days))?,
        Length::Weeks(weeks) => last_of_days(first, i32::from(weeks).saturating_mul(7))?,
        Length::Months(months) => day_before_corresponding(first, i32::from(months))?,
        Length::Years(years) => day_before_corresponding(first, i32::from(years).saturating_mul(12))?,
    };
    in_range(end)
}

fn last_of_days(first: Date, days: i32) -> Result<Date, CalendarError> {
    first.checked_add(days.saturating_sub(1).days()).map_err(|_| CalendarError::OutOfRange)
}

/// 応当日の前日 `months` after the first day; where the month has no such day, its last day (民法143条2項).
pub(crate) fn day_before_corresponding(first: Date, months: i32) -> Result<Date, CalendarError> {
    let months = Span::new().try_months(months).map_err(|_| CalendarError::OutOfRange)?;
    let moved = first.checked_add(months).map_err(|_| CalendarError::OutOfRange)?;
    // A shorter month has no corresponding day: jiff stops at its last day, which is the end itself.
    if moved.day() < first.day() { Ok(moved) } else { moved.yesterday().map_err(|_| CalendarError::OutOfRange) }
}
