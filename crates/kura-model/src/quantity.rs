use std::fmt;

use kura_calendar::{Date, Month};
use kura_yen::{Exact, YenError};

/// 時間: a length of working time in whole minutes. `Display` writes `66:20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Minutes(i32);

impl Minutes {
    /// 0:00.
    pub const ZERO: Self = Self(0);

    /// So many minutes.
    pub const fn new(minutes: i32) -> Self {
        Self(minutes)
    }

    /// The number of minutes.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// The length in hours, exact (66:20 is 66 and one third).
    pub fn hours(self) -> Result<Exact, YenError> {
        Exact::whole(i64::from(self.0)).divided_by_integer(60)
    }

    /// The sum; far outside any month it saturates.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference; far outside any month it saturates.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let minutes = self.0.unsigned_abs();
        write!(formatter, "{sign}{}:{:02}", minutes / 60, minutes % 60)
    }
}

/// 日数: a number of days in quarters (half and quarter days of leave).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days(i32);

impl Days {
    /// No day.
    pub const ZERO: Self = Self(0);

    /// So many whole days.
    pub const fn whole(days: i32) -> Self {
        Self(days.saturating_mul(4))
    }

    /// So many quarters of a day.
    pub const fn quarters(quarters: i32) -> Self {
        Self(quarters)
    }

    /// The number of quarters.
    pub const fn as_quarters(self) -> i32 {
        self.0
    }

    /// The number of days, exact.
    pub fn exact(self) -> Result<Exact, YenError> {
        Exact::whole(i64::from(self.0)).divided_by_integer(4)
    }

    /// The days of an exact number, or `None` if it is no multiple of a quarter.
    pub fn of_exact(days: Exact) -> Option<Self> {
        let quarters = days.times_integer(4).ok()?;
        let whole = quarters.round(kura_yen::Rounding::Down).ok()?;
        (whole.exact() == quarters).then_some(())?;
        i32::try_from(whole.get()).ok().map(Self)
    }

    /// The sum; far outside any month it saturates.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference; far outside any month it saturates.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let quarters = self.0.unsigned_abs();
        let part = match quarters % 4 {
            0 => "",
            1 => ".25",
            2 => ".5",
            _ => ".75",
        };
        write!(formatter, "{sign}{}{part}", quarters / 4)
    }
}

/// 締日・支払日: a day of every month, or its last. `Display` writes `末日` or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayOfMonth {
    /// The day of that number; in a shorter month its last day.
    Day(i8),
    /// 末日.
    Last,
}

impl DayOfMonth {
    /// The day in a month.
    pub fn in_month(self, month: Month) -> Date {
        match self {
            Self::Day(day) => month.day_or_last(day),
            Self::Last => month.last_day(),
        }
    }
}

impl fmt::Display for DayOfMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(formatter),
            Self::Last => formatter.write_str("末日"),
        }
    }
}

/// 年度 of 住民税: from June of the year to May of the next. `Display` writes `R8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The 年度 that begins in the Gregorian year.
    pub const fn beginning_in(year: i16) -> Self {
        Self(year)
    }

    /// The Gregorian year in which it begins.
    pub const fn first_year(self) -> i16 {
        self.0
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let era = Date::new(self.0, 4, 1).ok().and_then(|day| kura_calendar::Wareki::of(day).ok());
        match era {
            Some(first_day) => write!(formatter, "{}{}", first_day.era.letter(), first_day.year),
            None => self.0.fmt(formatter),
        }
    }
}
