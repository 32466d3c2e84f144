use jiff::civil::Date;

use crate::CalendarError;
use crate::period::day_before_corresponding;

/// The day an age is reached: the day before the birthday (年齢計算ニ関スル法律, 民法143条). Born on 29 February: 28 February in every year.
pub fn reaches_age_on(birth_date: Date, years: u8) -> Result<Date, CalendarError> {
    day_before_corresponding(birth_date, i32::from(years).saturating_mul(12))
}

/// The birthday in the year the person turns `years`; born on 29 February: 1 March in a common year
/// (the day after the age is reached).
pub fn birthday_in(birth_date: Date, years: u8) -> Result<Date, CalendarError> {
    reaches_age_on(birth_date, years)?.tomorrow().map_err(|_| CalendarError::OutOfRange)
}

/// 満年齢 at the end of a day; `None` before birth and after 255 years.
pub fn age_on(birth_date: Date, day: Date) -> Option<u8> {
    if day < birth_date {
        return None;
    }
    let years = u8::try_from(day.year().saturating_sub(birth_date.year())).ok()?;
    // At the end of 31 December before a birthday on 1 January one more is already reached.
    let reached = |age: u8| reaches_age_on(birth_date, age).is_ok_and(|reached_on| reached_on <= day);
    [years.saturating_add(1), years].into_iter().find(|&age| age > 0 && reached(age)).or(Some(years.saturating_sub(1)))
}
