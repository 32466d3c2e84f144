//! The cells of a list as they stand on paper.

use std::borrow::Cow;

use kura_calendar::{Date, Month, Wareki};

use crate::figures;
use crate::list::{ListCell, ListColumnKind};
use crate::paper::Side;

/// The side of the column at which its cells stand.
pub(crate) fn side(kind: ListColumnKind) -> Side {
    match kind {
        ListColumnKind::Text | ListColumnKind::Code => Side::Left,
        _ => Side::Right,
    }
}

/// Whether a cell may take several lines: words do, figures and codes never.
pub(crate) fn may_wrap(cell: &ListCell, kind: ListColumnKind) -> bool {
    matches!(cell, ListCell::Text(_)) && kind != ListColumnKind::Code
}

/// A cell in writing.
pub(crate) fn printed(cell: &ListCell) -> Cow<'_, str> {
    match cell {
        ListCell::Empty => Cow::Borrowed(""),
        ListCell::Text(words) => plain(words),
        ListCell::Yen(amount) => amount.grouped().into(),
        ListCell::Number(number) => figures::grouped_decimal(&number.to_string()).into(),
        ListCell::Minutes(minutes) => figures::hours(*minutes).into(),
        ListCell::Date(day) => date(*day).into(),
        ListCell::Month(value) => month(*value).into(),
    }
}

/// Line feeds, tabs and other controls have no place on paper.
pub(crate) fn plain(words: &str) -> Cow<'_, str> {
    if words.contains(char::is_control) { words.replace(char::is_control, " ").into() } else { words.into() }
}

fn date(day: Date) -> String {
    Wareki::of(day).map_or_else(|_| day.to_string(), Wareki::short)
}

/// 令和8年6月.
fn month(month: Month) -> String {
    let day = Wareki::of(month.first_day()).map(|day| day.to_string());
    day.ok().and_then(|day| day.strip_suffix("1日").map(str::to_owned)).unwrap_or_else(|| month.to_string())
}
