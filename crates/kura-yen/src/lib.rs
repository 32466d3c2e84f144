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
    #[error("金額の計算が桁あふれしました。入力した金額と率を確かめてください。")]
    TooLarge,
    /// Division by zero: a divisor (hours, days, months, total pay) was zero.
    #[error("ゼロで割ることはできません。日数・時間・月数が0になっていないか確かめてください。")]
    DivisionByZero,
    /// The text is not a plain decimal number such as `9.85`.
    #[error("数値として読めません。「9.85」のように半角の数字で書いてください。")]
    NotADecimal,
}
