//! Amounts and figures as a Japanese sentence says them.

use kura_yen::{Exact, Yen};

/// `-1,234,567円`.
pub(crate) fn yen(amount: Yen) -> String {
    format!("{}円", amount.grouped())
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
