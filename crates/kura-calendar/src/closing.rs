use std::fmt;

use jiff::civil::{Date, Weekday};

use crate::{CalendarError, Holidays, japanese_weekday};

/// Which days an organ or a bank is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingRule {
    /// Closed weekdays.
    pub weekdays_closed: Vec<Weekday>,
    /// Closed on 国民の祝日・休日.
    pub holidays_closed: bool,
    /// Closed days of every year as (month, day).
    pub month_days_closed: Vec<(i8, i8)>,
}

/// Why a day is closed. Displayed as 土, 祝(山の日), 年末年始.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// 土曜・日曜.
    Weekday(Weekday),
    /// 祝日・休日, by name.
    Holiday(String),
    /// A fixed day of the year (年末年始).
    YearEnd,
}

impl fmt::Display for Closed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(weekday) => write!(formatter, "{}", japanese_weekday(*weekday)),
            Self::Holiday(name) => write!(formatter, "祝({name})"),
            Self::YearEnd => formatter.write_str("年末年始"),
        }
    }
}

impl ClosingRule {
    /// Why the day is closed; `None` when it is open. Of several reasons the first stands, in the order of
    /// 行政機関の休日に関する法律1条1項: weekday, holiday, fixed day. A day whose year has no holiday table is an
    /// error, even when it is a Sunday.
    pub fn closed(&self, day: Date, holidays: &Holidays) -> Result<Option<Closed>, CalendarError> {
        let holiday = holidays.on(day)?;
        if self.weekdays_closed.contains(&day.weekday()) {
            return Ok(Some(Closed::Weekday(day.weekday())));
        }
        if let Some(holiday) = holiday.filter(|_| self.holidays_closed) {
            return Ok(Some(Closed::Holiday(holidays.full_name(holiday))));
        }
        Ok(self.month_days_closed.contains(&(day.month(), day.day())).then_some(Closed::YearEnd))
    }

    /// True when the day is open.
    pub fn is_open(&self, day: Date, holidays: &Holidays) -> Result<bool, CalendarError> {
        Ok(self.closed(day, holidays)?.is_none())
    }

    /// The day itself when it is open, else the next open day, with the closed days passed over.
    pub fn next_open_day(&self, day: Date, holidays: &Holidays) -> Result<(Date, Vec<(Date, Closed)>), CalendarError> {
        self.walk(day, holidays, Date::tomorrow)
    }

    /// The day itself when it is open, else the open day before it, with the closed days passed over.
    pub fn previous_open_day(
        &self,
        day: Date,
        holidays: &Holidays,
    ) -> Result<(Date, Vec<(Date, Closed)>), CalendarError> {
        self.walk(day, holidays, Date::yesterday)
    }

    /// The open day `count` open days before the day (銀行の3営業日前); `count` 0 is the day itself, open or not.
    pub fn open_days_before(&self, day: Date, count: u16, holidays: &Holidays) -> Result<Date, CalendarError> {
        let mut at = day;
        for _ in 0..count {
            let before = at.yesterday().map_err(|_| CalendarError::OutOfRange)?;
            at = self.previous_open_day(before, holidays)?.0;
        }
        Ok(at)
    }

    fn walk(
        &self,
        day: Date,
        holidays: &Holidays,
        step: impl Fn(Date) -> Result<Date, jiff::Error>,
    ) -> Result<(Date, Vec<(Date, Closed)>), CalendarError> {
        let mut at = day;
        let mut passed = Vec::new();
        // The table of holidays ends some day, so the walk does too.
        while let Some(reason) = self.closed(at, holidays)? {
            passed.push((at, reason));
            at = step(at).map_err(|_| CalendarError::OutOfRange)?;
        }
        Ok((at, passed))
    }
}
