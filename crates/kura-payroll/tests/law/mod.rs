//! The law pack and days, as every test needs them.

use kura_calendar::{Date, parse_iso_date};
use kura_law::Law;

pub(crate) fn law() -> &'static Law {
    Law::embedded().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}
