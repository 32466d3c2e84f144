use jiff::Timestamp;
use jiff::tz::Offset;
use kura_calendar::{Date, read_date};

use crate::stop::Stop;

/// Today in Japan (+09:00, no daylight saving). The one place of the command line that reads the clock.
#[expect(clippy::disallowed_methods, reason = "the command line may ask for the day; every floor below is told it")]
pub(crate) fn today() -> Date {
    Offset::constant(9).to_datetime(Timestamp::now()).date()
}

/// The day of an option, or today where it was not given.
pub(crate) fn day_or_today(text: Option<&str>, option: &str) -> Result<Date, Stop> {
    match text {
        Some(text) => read_date(text).map_err(|error| Stop::bad_day(option, &error)),
        None => Ok(today()),
    }
}
