//! Days and instants as people read them: 令和8年6月25日(木), in Japanese time.

use jiff::Timestamp;
use jiff::tz::Offset;
use kura_calendar::{Date, Wareki, japanese_weekday};

/// The day of an instant (UTC, milliseconds since 1970) in Japan.
pub(crate) fn day_of(unix_millis: u64) -> Option<Date> {
    let instant = Timestamp::from_millisecond(i64::try_from(unix_millis).ok()?).ok()?;
    Some(Offset::constant(9).to_datetime(instant).date())
}

/// A day, with the ISO form for the hover.
pub(crate) struct Day {
    pub(crate) shown: String,
    pub(crate) iso: String,
}

impl Day {
    pub(crate) fn of(day: Date) -> Self {
        let weekday = japanese_weekday(day.weekday());
        let shown = Wareki::of(day).map_or_else(|_| day.to_string(), |wareki| wareki.to_string());
        Self { shown: format!("{shown}({weekday})"), iso: day.to_string() }
    }
}
