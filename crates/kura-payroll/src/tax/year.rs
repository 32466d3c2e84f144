use kura_calendar::{Date, Month};

use super::YearEndError;

/// 年分: a calendar year of income tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxYear {
    december: Month,
}

impl TaxYear {
    /// A Gregorian year, for example 2026 for 令和8年分.
    pub fn new(year: i16) -> Result<Self, YearEndError> {
        Ok(Self { december: Month::new(year, 12)? })
    }

    /// Gregorian year.
    pub fn year(self) -> i16 {
        self.december.year()
    }

    /// 31 December: its law decides for the whole year.
    pub fn last_day(self) -> Date {
        self.december.last_day()
    }

    /// The day whose law an adjustment made on `adjusted_on` uses. One made inside the year, before a reform of that year is
    /// in force, uses the law of its own day; one made later uses the law of the year's last day. A day before the year is an
    /// error.
    pub fn law_day(self, adjusted_on: Date) -> Result<Date, YearEndError> {
        if adjusted_on.year() < self.year() {
            return Err(YearEndError::AdjustedBeforeYear);
        }
        Ok(adjusted_on.min(self.last_day()))
    }
}
