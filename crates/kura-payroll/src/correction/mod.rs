//! 訂正・仮払い: what is paid after a month was settled, and what is paid before it is computed.
//!
//! A settled payment is never overwritten. The month is computed again, and [`correction`] holds, line by line, the difference
//! to everything that was paid for it so far: the first slip, a 仮払い, earlier corrections. What follows for tax, insurance and
//! filings stands beside it as [`Consequence`]s; nothing else is recomputed.

mod consequence;
mod difference;
mod payment;
mod provisional;

pub use consequence::Consequence;
pub use difference::{Correction, CorrectionTerms, DifferenceLine, TaxOfDifference, correction};
pub use payment::{PaidLine, Payment, SettledKind, SettledPayment, Side};
pub use provisional::{ProvisionalError, provisional_slip, settlement};

/// Why there is no correction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// Nothing was paid for the month: there is nothing to correct.
    #[error("この月にはまだ支払がないため、訂正できません。")]
    NothingPaid,
    /// None of the payments is a 仮払い.
    #[error("この月には仮払いがないため、精算できません。")]
    NothingProvisional,
    /// Paid before the payment it corrects.
    #[error("訂正の支給日が、訂正する支払より前の日になっています。")]
    PaidTooEarly,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
}

impl CorrectionError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NothingPaid => "訂正ではなく、通常の計算をしてください。",
            Self::NothingProvisional => "仮払いをした月を選ぶか、訂正として計算してください。",
            Self::PaidTooEarly => "訂正の支給日を確かめてください。",
            Self::Law(error) => error.remedy(),
        }
    }
}
