use jiff::civil::{Date, Weekday};

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

    /// 名称; a substitute also names the holiday it stands for: 憲法記念日 振替休日.
    pub fn full_name(&self, holiday: &Holiday) -> String {
        if holiday.kind != HolidayKind::Substitute {
            return holiday.name.clone();
        }
        let on_sunday =
            |other: &&Holiday| other.kind == HolidayKind::National && other.date.weekday() == Weekday::Sunday;
        let at = self.days.partition_point(|other| other.date < holiday.date);
        match self.days.iter().take(at).rev().find(on_sunday) {
            Some(replaced) => format!("{} {}", replaced.name, holiday.name),
            None => holiday.name.clone(),
        }
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
