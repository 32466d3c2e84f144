use kura_calendar::{CalendarError, Month};
use kura_law::LawError;
use kura_yen::YenError;

use crate::InsuranceError;
use crate::decisions::wording;

/// Why a decision cannot be made from what was given. The text is what a user reads; it holds no amount and no name of a
/// person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A figure of law, an amount or a day cannot be had.
    #[error(transparent)]
    Insurance(#[from] InsuranceError),
    /// The pay history lacks a month the decision needs. An unknown month never counts as 0 yen.
    #[error("給与履歴に{}の支給がありません。", wording::month(*.month))]
    PaidMonthMissing {
        /// 支給月.
        month: Month,
    },
    /// The pay history holds a payment month twice.
    #[error("給与履歴に{}の支給が2つあります。", wording::month(*.month))]
    PaidMonthTwice {
        /// 支給月.
        month: Month,
    },
    /// 支払基礎日数 of more days than a month has.
    #[error("給与履歴の{}の支払基礎日数が31日を超えています。", wording::month(*.month))]
    BaseDaysTooMany {
        /// 支給月.
        month: Month,
    },
    /// The remuneration of a month is below zero, or smaller than its 遡及分.
    #[error("給与履歴の{}の報酬が負の額になっています。", wording::month(*.month))]
    NegativeRemuneration {
        /// 支給月.
        month: Month,
    },
    /// The current standard is no amount of the table of its month.
    #[error("従前の標準報酬月額（{scheme}）が{}の等級表にない額です。", wording::month(*.month))]
    NotAStandard {
        /// 制度, in Japanese.
        scheme: &'static str,
        /// The month whose table was searched.
        month: Month,
    },
    /// The contract pay at 資格取得 is below zero.
    #[error("資格取得時の報酬月額が負の額になっています。")]
    NegativeContractPay,
    /// A contract ends before it begins.
    #[error("契約期間の終わりが始まりより前です。")]
    ContractEndsBeforeStart,
    /// The closing day is none of 1 to 28 and 末日.
    #[error("締日が1日から28日まで、または末日ではありません。")]
    NoSuchClosingDay,
}

impl DecisionError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Insurance(error) => error.remedy(),
            Self::PaidMonthMissing { .. } => {
                "給与履歴にその月の支給を入れてください。支給がなかった月は0円・0日の行を入れてください。"
            }
            Self::PaidMonthTwice { .. } => "同じ支給月の行を1つにまとめてください。",
            Self::BaseDaysTooMany { .. } => "支払基礎日数を0日から31日までで入れてください。",
            Self::NegativeRemuneration { .. } => "報酬の額と、うち遡及分を確かめてください。",
            Self::NotAStandard { .. } => "決定通知書の標準報酬月額を確かめてください。",
            Self::NegativeContractPay => "見込みの残業代と通勤手当を含めた1か月の報酬を入れてください。",
            Self::ContractEndsBeforeStart => "契約期間の自と至を確かめてください。",
            Self::NoSuchClosingDay => "給与規程の締日を1から28、または末日で指定してください。",
        }
    }
}

impl From<LawError> for DecisionError {
    fn from(error: LawError) -> Self {
        Self::Insurance(error.into())
    }
}

impl From<YenError> for DecisionError {
    fn from(error: YenError) -> Self {
        Self::Insurance(error.into())
    }
}

impl From<CalendarError> for DecisionError {
    fn from(error: CalendarError) -> Self {
        Self::Insurance(error.into())
    }
}
