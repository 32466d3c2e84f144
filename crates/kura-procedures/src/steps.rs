//! How a law says when a period ends: steps from one day to another, as `filing_deadlines` spells them.

use kura_calendar::{CalendarError, Date, Length, Month, PeriodStart, period_end};

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// `days 5`, `months_counted 4`: the last day of a period (民法140条, 143条).
    Period(PeriodStart, Length),
    /// `day_after`, the next day.
    DayAfter,
    /// `day_before`.
    DayBefore,
    /// `next_month`: the first day of the next month.
    NextMonth,
    /// `day 10` of the month.
    DayOfMonth(i8),
    /// `month_end`.
    MonthEnd,
    /// `date 07-10` of the year.
    DateOfYear(i8, i8),
}

/// Steps parted by ` > `; no steps = the day itself. `None` when a step is not one of those above.
pub(crate) fn parse(text: &str) -> Option<Vec<Step>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(" > ").map(Step::parse).collect()
}

/// The day the steps lead to.
pub(crate) fn walk(steps: &[Step], from: Date) -> Result<Date, CalendarError> {
    steps.iter().try_fold(from, |day, step| step.from(day))
}

impl Step {
    fn parse(text: &str) -> Option<Self> {
        let (word, number) = text.split_once(' ').unwrap_or((text, ""));
        let count = || number.parse::<u16>().ok();
        Some(match word {
            "days" => Self::Period(PeriodStart::DayNotCounted, Length::Days(count()?)),
            "months" => Self::Period(PeriodStart::DayNotCounted, Length::Months(count()?)),
            "weeks_counted" => Self::Period(PeriodStart::DayCounted, Length::Weeks(count()?)),
            "months_counted" => Self::Period(PeriodStart::DayCounted, Length::Months(count()?)),
            "day_after" => Self::DayAfter,
            "day_before" => Self::DayBefore,
            "next_month" => Self::NextMonth,
            "day" => Self::DayOfMonth(number.parse().ok()?),
            "month_end" => Self::MonthEnd,
            "date" => {
                let (month, day) = number.split_once('-')?;
                Self::DateOfYear(month.parse().ok()?, day.parse().ok()?)
            }
            _ => return None,
        })
    }

    fn from(self, day: Date) -> Result<Date, CalendarError> {
        match self {
            Self::Period(start, length) => period_end(day, start, length),
            Self::DayAfter => day.tomorrow().map_err(|_| CalendarError::OutOfRange),
            Self::DayBefore => day.yesterday().map_err(|_| CalendarError::OutOfRange),
            Self::NextMonth => Ok(Month::of(day).next().first_day()),
            Self::DayOfMonth(number) => Ok(Month::of(day).day_or_last(number)),
            Self::MonthEnd => Ok(Month::of(day).last_day()),
            Self::DateOfYear(month, number) => Ok(Month::new(day.year(), month)?.day_or_last(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, walk};

    fn end(text: &str, from: &str) -> String {
        let from = kura_calendar::parse_iso_date(from).unwrap();
        walk(&parse(text).unwrap(), from).unwrap().to_string()
    }

    #[test]
    fn a_period_ends_as_the_civil_code_says() {
        assert_eq!(end("", "2026-04-01"), "2026-04-01");
        assert_eq!(end("days 5", "2026-04-01"), "2026-04-06");
        assert_eq!(end("months 1", "2026-01-30"), "2026-02-28");
        assert_eq!(end("next_month > day 10", "2026-12-31"), "2027-01-10");
        assert_eq!(end("next_month > month_end", "2027-01-31"), "2027-02-28");
        // 7 January: the fourth month is over on 6 May; a leave from the first of a month takes the earlier reading
        assert_eq!(end("months_counted 4 > month_end", "2026-01-07"), "2026-05-31");
        assert_eq!(end("months_counted 4 > month_end", "2026-01-01"), "2026-04-30");
        // born 10 May: eight weeks to 4 July, from 5 July two months to 4 September
        assert_eq!(end("weeks_counted 8 > day_after", "2026-05-10"), "2026-07-05");
        assert_eq!(end("weeks_counted 8 > day_after > months_counted 2 > month_end", "2026-05-10"), "2026-09-30");
        assert_eq!(end("date 07-10", "2027-01-01"), "2027-07-10");
        assert_eq!(end("day_before", "2026-03-01"), "2026-02-28");
    }

    #[test]
    fn words_that_are_no_steps_are_refused() {
        for text in ["five days", "days", "days x", "date 0710", "day", "days 5 >"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
