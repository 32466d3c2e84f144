use jiff::civil::Date;

use crate::CalendarError;

/// Why a day is a holiday (国民の祝日に関する法律).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayKind {
    /// 国民の祝日 (2条).
    National,
    /// 振替休日 (3条2項).
    Substitute,
    /// 国民の休日 (3条3項).
    Citizens,
    /// The one-off days of 2019 (平成30年法律99号).
    Special,
}

/// One holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// 名称.
    pub name: String,
    /// Its kind.
    pub kind: HolidayKind,
}

/// 国民の祝日・休日 of whole years. A year outside the table is an error, never a guess.
#[derive(Debug, Clone)]
pub struct Holidays {
    first: Date,
    last: Date,
    days: Vec<Holiday>,
}

impl Holidays {
    /// A table that is complete from `first` to `last`.
    pub fn new(first: Date, last: Date, mut days: Vec<Holiday>) -> Self {
        days.sort_by_key(|holiday| holiday.date);
        Self { first, last, days }
    }

    /// The holiday on a day, `None` on an ordinary day.
    pub fn on(&self, day: Date) -> Result<Option<&Holiday>, CalendarError> {
        self.require(day)?;
        let found = self.days.binary_search_by_key(&day, |holiday| holiday.date).ok();
        Ok(found.and_then(|at| self.days.get(at)))
    }

    /// All holidays of the table in order.
    pub fn all(&self) -> &[Holiday] {
        &self.days
    }

    /// An error when the table does not cover the day.
    pub fn require(&self, day: Date) -> Result<(), CalendarError> {
        if self.first <= day && day <= self.last {
            return Ok(());
        }
        Err(CalendarError::NoHolidayTable {
            year: day.year(),
            first_year: self.first.year(),
            last_year: self.last.year(),
        })
    }
}
