//! Amounts, hours and days as a Japanese sentence says them.

use kura_calendar::Date;
use kura_yen::{Exact, Yen};

use crate::clocks::Period;

/// `1,234,567円`.
pub(crate) fn yen(amount: Yen) -> String {
    format!("{}円", amount.grouped())
}

/// `9,876.54円`: what lies below 1 sen is not shown.
pub(crate) fn yen_and_sen(amount: Exact) -> String {
    let shown = amount.truncated_to(2).ok().and_then(|shown| shown.to_decimal(2));
    let Some(shown) = shown else { return format!("{amount}円") };
    let (whole, sen) = shown.split_once('.').unwrap_or((&shown, ""));
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let digits = whole.trim_start_matches('-');
    let whole = digits.parse().map_or_else(|_| digits.to_owned(), |whole| Yen::new(whole).grouped());
    if sen.is_empty() { format!("{sign}{whole}円") } else { format!("{sign}{whole}.{sen}円") }
}

/// `66時間20分`, `45時間`.
pub(crate) fn hours(minutes: i64) -> String {
    let (hours, rest) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    if rest == 0 { format!("{hours}時間") } else { format!("{hours}時間{rest}分") }
}

/// `2026-04-01から2026-06-30まで`.
pub(crate) fn period(period: Period) -> String {
    days(period.from, period.to)
}

/// `2026-04-01から2026-06-30まで`.
pub(crate) fn days(from: Date, to: Date) -> String {
    format!("{from}から{to}まで")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sen_are_shown_and_less_than_a_sen_is_not() {
        let shown = |text: &str| yen_and_sen(Exact::parse(text).unwrap());
        assert_eq!(shown("9876.549"), "9,876.54円");
        assert_eq!(shown("9876.5"), "9,876.5円");
        assert_eq!(shown("-1234"), "-1,234円");
        assert_eq!(yen_and_sen(Exact::ratio(10_000, 3).unwrap()), "3,333.33円");
    }

    #[test]
    fn minutes_are_said_as_hours() {
        assert_eq!([hours(3_980), hours(2_700), hours(20)], ["66時間20分", "45時間", "0時間20分"]);
    }
}
