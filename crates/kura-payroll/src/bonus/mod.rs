//! 賞与計算: one person's slip of one bonus, each yen with its rule.
//!
//! Every clock of a bonus is its 支給日: premiums and ages of its month, employment insurance of its day, withholding table of
//! its year. A [`BonusPlan`] holds what the people of one bonus share; a [`PersonBonus`] what is true of one person.
//!
//! Order of the work: items and formulas → gross → who is insured, exempt, in the month of loss → 標準賞与額 with both caps →
//! premiums → employment insurance → withholding → other deductions → net; and what the 賞与支払届 says.

mod deductions;
mod insured;
mod items;
mod person;
mod plan;
mod premiums;
mod previous_pay;
mod report;
mod run;
mod slip;
mod standard;

pub use insured::{Charge, Insured};
pub use person::{
    EarlierBonus, GivenAmount, HealthInsurer, InsuranceFacts, InsurerRates, PersonBonus, Spell, TakenPremiums,
    TwoEstablishmentsFacts,
};
pub use plan::{BonusPlan, BonusPlanInput};
pub use previous_pay::PreviousPay;
pub use report::{BonusReport, NoBonusReport, no_bonus_report};
pub use slip::{BonusSlip, MonthPremiums};
pub use standard::StandardBonusOfMonth;

use crate::formula::EvaluationProblem;

/// Why a person has no bonus slip.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BonusError {
    /// A value that the calculation needs is unknown.
    #[error("「{what}」が空欄のため賞与を計算できません。")]
    Unknown {
        /// The Japanese name of the value.
        what: String,
    },
    /// A formula has no value.
    #[error("項目「{item}」の式: {problem}")]
    Formula {
        /// The name of the item.
        item: String,
        /// What is wrong.
        problem: EvaluationProblem,
    },
    /// The typed amount and the items disagree.
    #[error("賞与の支給額（通貨）と、項目別の額の合計が一致しません。")]
    AmountsDisagree,
    /// Two 標準 items in one month: the typed amount would stand on both.
    #[error("標準の賞与項目が同じ月に2つ（「{}」）あるため、支給額（通貨）をどちらに入れるか決められません。", items.join("」「"))]
    TwoStandardItems {
        /// The names of the items.
        items: [String; 2],
    },
    /// An item whose tax class has no meaning in a bonus.
    #[error("項目「{item}」の課税区分（通勤・宿日直・食事）は賞与では使えません。")]
    TaxClass {
        /// The name of the item.
        item: String,
    },
    /// The premium of social insurance has no answer.
    #[error(transparent)]
    Insurance(#[from] kura_insurance::InsuranceError),
    /// The withholding tax has no answer.
    #[error(transparent)]
    Withholding(#[from] crate::tax::WithholdingError),
    /// The slip does not add up.
    #[error(transparent)]
    Unbalanced(#[from] crate::pay::Unbalanced),
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
    /// A day cannot be computed.
    #[error(transparent)]
    Calendar(#[from] kura_calendar::CalendarError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] kura_yen::YenError),
}

impl BonusError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Unknown { .. } => "その欄に値を入れてください。",
            Self::Formula { .. } => "支給控除項目の式と、式が使う値を確かめてください。",
            Self::AmountsDisagree => "支給額（通貨）を項目別の合計に合わせるか、どちらか一方だけを入れてください。",
            Self::TaxClass { .. } => "支給控除項目の課税区分を課税か非課税にするか、賞与で使わない項目にしてください。",
            Self::TwoStandardItems { .. } => {
                "支給控除項目の支給月を分けるか、どちらかを賞与で使わない項目にしてください。"
            }
            Self::Unbalanced(error) => error.remedy(),
            Self::Insurance(error) => error.remedy(),
            Self::Withholding(error) => error.remedy(),
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }

    fn unknown(what: &str) -> Self {
        Self::Unknown { what: what.to_owned() }
    }
}
