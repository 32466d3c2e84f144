//! Figures as people read them.

/// `1234567` as `1,234,567`; negative with `minus` before it.
pub(crate) fn grouped(number: i64, minus: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut printed = String::from(if number < 0 { minus } else { "" });
    for (remaining, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        printed.push(digit);
        if remaining > 0 && remaining % 3 == 0 {
            printed.push(',');
        }
    }
    printed
}

/// Minutes as `168:30`.
pub(crate) fn hours(minutes: i64) -> String {
    let minus = if minutes < 0 { "-" } else { "" };
    let minutes = minutes.unsigned_abs();
    format!("{minus}{}:{:02}", minutes / 60, minutes % 60)
}
