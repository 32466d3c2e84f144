#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod exact;
mod rate;
mod rounding;
mod yen;

pub use exact::Exact;
pub use rate::Rate;
pub use rounding::Rounding;
pub use yen::Yen;

/// Why a figure could not be read or an amount could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum YenError {
    /// The intermediate result needs more than 38 digits: some input is out of every stated range.
    #[error("計算の途中の数が大きすぎて扱えません。")]
    TooLarge,
    /// Division by zero: a divisor (hours, days, months, total pay) was zero.
    #[error("0で割る計算になるため、答えがありません。")]
    DivisionByZero,
    /// The text is not a plain decimal number such as `9.85`.
    #[error("数値として読めません。")]
    NotADecimal,
}

impl YenError {
    /// What the user can do, one Japanese sentence.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::TooLarge => "入力した金額・率・日数を確かめてください。",
            Self::DivisionByZero => "日数・時間・月数・金額が0になっていないか確かめてください。",
            Self::NotADecimal => "「9.85」のように半角の数字で書いてください。",
        }
    }
}
