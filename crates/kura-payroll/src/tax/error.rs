use kura_calendar::CalendarError;
use kura_law::LawError;
use kura_yen::YenError;

/// Why a withholding tax has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WithholdingError {
    /// 丙欄 stands in the daily table alone.
    #[error("丙欄は日額表にだけあります。月ごとに支払う給与には使えません。")]
    HeiIsDaily,
    /// 丙欄 has no bonus.
    #[error("丙欄の人に賞与の算出率の表はありません。")]
    HeiHasNoBonus,
    /// 電子計算機等の特例 reaches the monthly 甲欄 alone.
    #[error("電子計算機等の特例は月額表の甲欄にだけ使えます。")]
    FormulaOutsideMonthlyKou,
    /// The law pack has no figure.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl WithholdingError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::HeiIsDaily => "日ごとの給与として日額表で計算するか、税額表の欄を甲か乙にしてください。",
            Self::HeiHasNoBonus => "税額表の欄を甲か乙にしてください。",
            Self::FormulaOutsideMonthlyKou => "税額の求め方を税額表にしてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// Why a 年末調整, or an amount of it, has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearEndError {
    /// Pay above the limit: no adjustment is made.
    #[error("年間の給与が年末調整の対象となる上限を超えています。")]
    PayAboveTarget,
    /// The adjustment would be made before its year.
    #[error("年末調整の日が、その年分より前の年になっています。")]
    AdjustedBeforeYear,
    /// The law pack has no figure.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The year is not one.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl YearEndError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::PayAboveTarget => "年末調整をせず、本人に確定申告を案内してください。",
            Self::AdjustedBeforeYear => "年分か、年末調整をする日を直してください。",
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// Why an inhabitant tax has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InhabitantTaxError {
    /// The number is no month.
    #[error("住民税の月が1から12までの数ではありません。")]
    NotAMonth,
    /// The last pay lies in the cycle before that of the leaving month.
    #[error("最後の給与の月が、退職月を含む住民税の年度（6月から翌年5月まで）より前です。")]
    LastPayBeforeCycle,
    /// The law pack has no figure.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl InhabitantTaxError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NotAMonth => "月を確かめてください。",
            Self::LastPayBeforeCycle => "退職月と最後の給与の月を確かめ、その年度の通知の額を入れてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// Why a limit of commuting allowance has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommutingError {
    /// Neither a fare nor a distance.
    #[error("通勤手当の非課税限度額に要る、運賃も片道の距離もありません。")]
    NoRoute,
    /// Parking counts for car and bicycle alone.
    #[error("駐車場代がありますが、片道の距離がないため、非課税限度額に加えられません。")]
    ParkingWithoutDistance,
    /// The law pack has no figure.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The distance cannot be computed with.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl CommutingError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NoRoute => "通勤の運賃か片道の距離を入れてください。",
            Self::ParkingWithoutDistance => "通勤の片道の距離を入れるか、駐車場代を除いてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}
