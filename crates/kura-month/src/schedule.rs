use std::collections::BTreeMap;

use kura_calendar::{CalendarError, Date, Holidays, Weekday};
use kura_model::{CalendarDay, DayClass, DayOfWeek, PayGroup, Row};
use kura_payroll::clocks::Period;
use kura_payroll::pay::ScheduledDays;

/// 暦: which days of a pay group are working days, by the pattern of 給与規程 and the exceptions of 暦.
#[derive(Debug)]
pub(crate) struct Schedule<'book> {
    group: &'book PayGroup,
    exceptions: BTreeMap<Date, &'book CalendarDay>,
    holidays: &'book Holidays,
}

impl<'book> Schedule<'book> {
    pub(crate) fn new(
        group: &'book PayGroup,
        exceptions: impl Iterator<Item = &'book Row<CalendarDay>>,
        holidays: &'book Holidays,
    ) -> Self {
        let exceptions = exceptions.map(|row| (row.date, &row.facts)).collect();
        Self { group, exceptions, holidays }
    }

    /// 所定日 of a period, day by day. A day whose year has no holiday table is an error.
    pub(crate) fn working_days(&self, period: Period) -> Result<ScheduledDays, CalendarError> {
        ScheduledDays::of(period, |day| self.is_working_day(day))
    }

    /// 所定日数 of a period. A day whose year has no holiday table is an error.
    pub(crate) fn scheduled_days(&self, period: Period) -> Result<i64, CalendarError> {
        let mut count: i64 = 0;
        let mut day = period.from;
        while day <= period.to {
            if self.is_working_day(day)? {
                count = count.saturating_add(1);
            }
            day = day.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
        }
        Ok(count)
    }

    fn is_working_day(&self, day: Date) -> Result<bool, CalendarError> {
        if let Some(class) = self.exceptions.get(&day).and_then(|exception| exception.day_class) {
            return Ok(class == DayClass::WorkingDay);
        }
        let statutory =
            self.group.statutory_holiday_weekday.is_some_and(|weekday| weekday_of(weekday) == day.weekday());
        let scheduled = self.group.scheduled_holidays.as_ref().is_some_and(|pattern| pattern.contains(day));
        let national = self.group.national_holidays_off && self.holidays.on(day)?.is_some();
        Ok(!statutory && !scheduled && !national)
    }
}

fn weekday_of(day: DayOfWeek) -> Weekday {
    match day {
        DayOfWeek::Sunday => Weekday::Sunday,
        DayOfWeek::Monday => Weekday::Monday,
        DayOfWeek::Tuesday => Weekday::Tuesday,
        DayOfWeek::Wednesday => Weekday::Wednesday,
        DayOfWeek::Thursday => Weekday::Thursday,
        DayOfWeek::Friday => Weekday::Friday,
        DayOfWeek::Saturday => Weekday::Saturday,
    }
}
