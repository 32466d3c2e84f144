use kura_calendar::CalendarError;
use kura_law::LawError;
use kura_yen::YenError;

/// Why a premium or a period has no answer. The text is what a user reads; it holds no amount and no name of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InsuranceError {
    /// The law pack has no figure for the day, the key or the amount.
    #[error(transparent)]
    Law(#[from] LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
    /// A day cannot be computed.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A standard below zero has no premium.
    #[error("標準報酬月額・標準賞与額が負の金額です。")]
    NegativeStandard,
    /// Two establishments that pay nothing have nothing to split by.
    #[error("二以上事業所勤務の報酬（賞与は賞与額）がどちらの事業所も0円なので、按分できません。")]
    NoPayToSplit,
    /// A leave must end on or after the day it starts.
    #[error("休業の終了日が開始日より前です。")]
    LeaveEndsBeforeStart,
    /// The last day of employment must not lie before the day of acquisition.
    #[error("在職の最終日が資格取得日より前です。")]
    LastDayBeforeAcquisition,
    /// The employment-insurance rate changed inside the year (令和4年度): one wage total is not enough.
    #[error("{fiscal_year}年度は途中で雇用保険率が変わりました。年度の賃金総額だけでは確定保険料を計算できません。")]
    RateChangedInYear {
        /// 年度, the Gregorian year it begins in.
        fiscal_year: i16,
    },
    /// 給付基礎日額 is not one of the steps of the table.
    #[error("特別加入の給付基礎日額が、表にない額です。")]
    NotADailyBase,
    /// A member of 特別加入 is insured for 1 to 12 months of a year.
    #[error("特別加入の月数は1から12までです。")]
    MonthsOutOfRange,
}

impl InsuranceError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::NegativeStandard => "0円以上の額で指定してください。",
            Self::NoPayToSplit => "どちらかの事業所の額を入れるか、年金事務所の通知額を使ってください。",
            Self::LeaveEndsBeforeStart => "休業の開始日と終了日を確かめてください。",
            Self::LastDayBeforeAcquisition => "資格取得日と在職の最終日を確かめてください。",
            Self::RateChangedInYear { .. } => "率が変わる前と後の賃金に分けて、それぞれの率を指定してください。",
            Self::NotADailyBase => {
                "給付基礎日額の表（kura law show labor_insurance_rules）にある額で指定してください。"
            }
            Self::MonthsOutOfRange => "加入していた月数を、1か月未満は1か月として指定してください。",
        }
    }
}
