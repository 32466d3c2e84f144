//! Amounts, days and months as a Japanese sentence says them.

use kura_calendar::{Date, Month};
use kura_yen::Yen;

use crate::Scheme;

/// `1,234,567円`.
pub(crate) fn yen(amount: Yen) -> String {
    format!("{}円", amount.grouped())
}

/// `2026年8月`.
pub(crate) fn month(month: Month) -> String {
    format!("{}年{}月", month.year(), month.month())
}

/// `2026年8月・9月・10月`: the year is said where it changes.
pub(crate) fn months(all: &[Month]) -> String {
    let mut text = String::new();
    let mut year = None;
    for one in all {
        if !text.is_empty() {
            text.push('・');
        }
        let same_year = year.replace(one.year()) == Some(one.year());
        text.push_str(&if same_year { format!("{}月", one.month()) } else { month(*one) });
    }
    text
}

/// `2026年7月6日`.
pub(crate) fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `27時間30分`, `20時間`.
pub(crate) fn hours(minutes: u32) -> String {
    match (minutes.div_euclid(60), minutes.rem_euclid(60)) {
        (hours, 0) => format!("{hours}時間"),
        (hours, rest) => format!("{hours}時間{rest}分"),
    }
}

/// 健康保険, 厚生年金保険.
pub(crate) const fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Health => "健康保険",
        Scheme::Pension => "厚生年金保険",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_said_where_it_changes() {
        let from = |year, first: i8| Month::new(year, first).unwrap();
        let list = [from(2026, 11), from(2026, 12), from(2027, 1)];
        assert_eq!(months(&list), "2026年11月・12月・2027年1月");
    }

    #[test]
    fn minutes_are_said_as_hours() {
        assert_eq!([hours(1_200), hours(1_650)], ["20時間", "27時間30分"]);
    }
}
