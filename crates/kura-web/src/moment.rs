//! Days and instants as people read them: 令和8年6月25日(木), in Japanese time.

use kura_calendar::{Date, Wareki, japanese_weekday};

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
