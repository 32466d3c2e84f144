use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::CalendarError;

/// How many months the calendar of jiff holds.
const MONTHS_OF_CALENDAR: i32 = 12 * (9_999 + 9_999);

/// 年月: a month of a year, for example a premium month (保険料月) or a payment month (支給月).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first_day: Date,
}

impl Month {
    /// The month of a Gregorian year.
    pub fn new(year: i16, month: i8) -> Result<Self, CalendarError> {
        Date::new(year, month, 1).map(Self::of).map_err(|_| CalendarError::ImpossibleDate)
    }

    /// The month a day lies in.
    pub fn of(day: Date) -> Self {
        Self { first_day: day.first_of_month() }
    }

    /// Gregorian year.
    pub fn year(self) -> i16 {
        self.first_day.year()
    }

    /// Month of the year, 1 to 12.
    pub fn month(self) -> i8 {
        self.first_day.month()
    }

    /// 初日.
    pub const fn first_day(self) -> Date {
        self.first_day
    }

    /// 末日.
    pub fn last_day(self) -> Date {
        self.first_day.last_of_month()
    }

    /// 暦日数: the number of days of the month.
    pub fn days(self) -> i8 {
        self.first_day.days_in_month()
    }

    /// The day of this month, or its last day when the month has no such day (締日31日 in June is the 30th).
    pub fn day_or_last(self, day: i8) -> Date {
        Date::new(self.year(), self.month(), day).unwrap_or_else(|_| self.last_day())
    }

    /// The month `months` later (negative: earlier); it stops at the ends of the calendar, years -9999 and 9999.
    pub fn plus(self, months: i32) -> Self {
        // jiff panics on a span longer than the calendar itself.
        Self::of(self.first_day.saturating_add(months.clamp(-MONTHS_OF_CALENDAR, MONTHS_OF_CALENDAR).months()))
    }

    /// 翌月.
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// 前月.
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// How many months this month is after `earlier` (negative: before).
    pub fn months_since(self, earlier: Self) -> i32 {
        let count = |month: Self| i32::from(month.year()).saturating_mul(12).saturating_add(i32::from(month.month()));
        count(self).saturating_sub(count(earlier))
    }

    /// True when the day lies in this month.
    pub fn contains(self, day: Date) -> bool {
        Self::of(day) == self
    }

    /// 年度 (April to March) of the month, as the Gregorian year it begins in.
    pub fn fiscal_year(self) -> i16 {
        if self.month() >= 4 { self.year() } else { self.year().saturating_sub(1) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.month())
    }
}
