//! Figures as people read them.

use kura_yen::Yen;

/// A decimal with its whole part by thousands: `1234.5` as `1,234.5`. What is no decimal stays as it is.
pub(crate) fn grouped_decimal(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').map_or((decimal, None), |(whole, part)| (whole, Some(part)));
    match (whole.parse::<i64>(), fraction) {
        // A negative number above -1 has a whole part that has lost its sign.
        (Ok(0), Some(_)) | (Err(_), _) => decimal.to_owned(),
        (Ok(whole), None) => Yen::new(whole).grouped(),
        (Ok(whole), Some(fraction)) => format!("{}.{fraction}", Yen::new(whole).grouped()),
    }
}

/// Minutes as `168:30`.
pub(crate) fn hours(minutes: i64) -> String {
    let minus = if minutes < 0 { "-" } else { "" };
    let minutes = minutes.unsigned_abs();
    format!("{minus}{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_grouped_before_the_point() {
        for (decimal, printed) in [
            ("76073", "76,073"),
            ("34770.5", "34,770.5"),
            ("-1234567.25", "-1,234,567.25"),
            ("-0.5", "-0.5"),
            ("0", "0"),
            ("1/3", "1/3"),
        ] {
            assert_eq!(grouped_decimal(decimal), printed);
        }
    }
}
