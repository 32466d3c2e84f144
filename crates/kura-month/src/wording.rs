//! Amounts and figures as a Japanese sentence says them.

use kura_yen::{Exact, Yen};

/// `-1,234,567円`.
pub(crate) fn yen(amount: Yen) -> String {
    let digits = amount.get().unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len().saturating_add(8));
    if amount.is_negative() {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text.push('円');
    text
}

/// `12.5`: at most two decimals are shown.
pub(crate) fn figure(figure: Exact) -> String {
    figure.truncated_to(2).ok().and_then(|shown| shown.to_decimal(2)).unwrap_or_else(|| figure.to_string())
}

/// `240,000円→251,330円`.
pub(crate) fn from_to(before: Option<Yen>, after: Option<Yen>) -> String {
    let word = |amount: Option<Yen>| amount.map_or_else(|| "なし".to_owned(), yen);
    format!("{}→{}", word(before), word(after))
}
