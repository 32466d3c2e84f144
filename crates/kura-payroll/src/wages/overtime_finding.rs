use kura_yen::Exact;

use crate::clocks::Period;
use crate::wording::{hours, period};

/// What a 36協定, or the hours of a person under it, breaks or comes near to. Minutes throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OvertimeFinding {
    /// The agreement's month is above the law's.
    AgreedMonthAboveLaw {
        /// As agreed.
        agreed: i64,
        /// The law's most.
        limit: i64,
    },
    /// The agreement's year is above the law's.
    AgreedYearAboveLaw {
        /// As agreed.
        agreed: i64,
        /// The law's most.
        limit: i64,
    },
    /// The month of the 特別条項 reaches what it must stay below.
    SpecialMonthAboveLaw {
        /// As agreed.
        agreed: i64,
        /// The month must be less than this.
        under: i64,
    },
    /// The year of the 特別条項 is above the law's.
    SpecialYearAboveLaw {
        /// As agreed.
        agreed: i64,
        /// The law's most.
        limit: i64,
    },
    /// The 特別条項 may be used in more months than the law allows.
    SpecialMonthsAboveLaw {
        /// As agreed, months.
        agreed: i64,
        /// The law's most, months.
        limit: i64,
    },
    /// Overtime or holiday work without an agreement in force.
    NoAgreement {
        /// The month looked at.
        period: Period,
    },
    /// Above the month of an agreement that has no 特別条項.
    OverMonth {
        /// 時間外.
        worked: i64,
        /// 限度時間.
        limit: i64,
    },
    /// Above the month of the agreement, covered by the 特別条項: its procedure is due.
    SpecialClauseUsed {
        /// 時間外.
        worked: i64,
        /// 限度時間.
        limit: i64,
        /// The how many-th month of the year.
        used: i64,
        /// Months that may be.
        allowed: i64,
    },
    /// One month more than the 特別条項 may be used.
    SpecialMonthsUsedUp {
        /// Months above the limit in the year.
        used: i64,
        /// Months that may be.
        allowed: i64,
    },
    /// Above the month of the 特別条項.
    OverSpecialMonth {
        /// 時間外 and 法定休日労働.
        worked: i64,
        /// As agreed.
        limit: i64,
    },
    /// Above the year of the agreement.
    OverYear {
        /// 時間外 since the year of the agreement began.
        worked: i64,
        /// The most of the year.
        limit: i64,
    },
    /// A month that is not below the absolute limit.
    MonthNotUnder {
        /// 時間外 and 法定休日労働.
        worked: i64,
        /// It must be less than this.
        under: i64,
    },
    /// An average of some months above the absolute limit.
    AverageOver {
        /// 2 to 6 months ending with the one looked at.
        months: i64,
        /// 時間外 and 法定休日労働 of them together.
        worked: i64,
        /// The most a month on average.
        limit: i64,
    },
    /// Earlier months that an average needs are unknown.
    EarlierMonthsUnknown {
        /// Months in a row that are known.
        known: i64,
        /// Months that the longest average needs.
        needed: i64,
    },
    /// Months since the year of the agreement began are unknown: sums and times are of the known ones.
    YearIncomplete,
    /// Limits of 139条-142条, which Kura does not hold.
    LimitsNotHeld,
}

impl OvertimeFinding {
    /// True where law or agreement is broken; false where something is to be done or asked.
    pub const fn is_breach(&self) -> bool {
        !matches!(
            self,
            Self::SpecialClauseUsed { .. }
                | Self::EarlierMonthsUnknown { .. }
                | Self::YearIncomplete
                | Self::LimitsNotHeld
        )
    }

    /// The article it stands on.
    pub const fn article(&self) -> &'static str {
        match self {
            Self::AgreedMonthAboveLaw { .. } | Self::AgreedYearAboveLaw { .. } => "労基法36条3項・4項",
            Self::SpecialMonthAboveLaw { .. }
            | Self::SpecialYearAboveLaw { .. }
            | Self::SpecialMonthsAboveLaw { .. }
            | Self::SpecialMonthsUsedUp { .. }
            | Self::SpecialClauseUsed { .. } => "労基法36条5項",
            Self::NoAgreement { .. }
            | Self::OverMonth { .. }
            | Self::OverSpecialMonth { .. }
            | Self::OverYear { .. }
            | Self::YearIncomplete => "労基法36条1項",
            Self::MonthNotUnder { .. } => "労基法36条6項2号",
            Self::AverageOver { .. } | Self::EarlierMonthsUnknown { .. } => "労基法36条6項3号",
            Self::LimitsNotHeld => "労基法139条-142条",
        }
    }

    /// The finding as one Japanese sentence.
    pub fn sentence(&self) -> String {
        match *self {
            Self::AgreedMonthAboveLaw { agreed, limit } => {
                format!("36協定の1か月の限度時間{}が、法の限度{}を超えています。", hours(agreed), hours(limit))
            }
            Self::AgreedYearAboveLaw { agreed, limit } => {
                format!("36協定の1年の限度時間{}が、法の限度{}を超えています。", hours(agreed), hours(limit))
            }
            Self::SpecialMonthAboveLaw { agreed, under } => {
                format!("特別条項の1か月の時間外・休日労働{}が、{}未満になっていません。", hours(agreed), hours(under))
            }
            Self::SpecialYearAboveLaw { agreed, limit } => {
                format!("特別条項の1年の時間外労働{}が、法の限度{}を超えています。", hours(agreed), hours(limit))
            }
            Self::SpecialMonthsAboveLaw { agreed, limit } => {
                format!("特別条項で限度時間を超えられる月が年{agreed}回で、法の限度の年{limit}回を超えています。")
            }
            Self::NoAgreement { period: month } => {
                format!("{}に時間外・休日労働がありますが、有効な36協定がありません。", period(month))
            }
            Self::OverMonth { worked, limit } => format!(
                "1か月の時間外労働{}が限度時間{}を超えていますが、36協定に特別条項がありません。",
                hours(worked),
                hours(limit)
            ),
            Self::SpecialClauseUsed { worked, limit, used, allowed } => format!(
                "1か月の時間外労働{}が限度時間{}を超え、特別条項を使う月です（年{allowed}回までの{used}回目）。",
                hours(worked),
                hours(limit)
            ),
            Self::SpecialMonthsUsedUp { used, allowed } => {
                format!("限度時間を超えた月が年{used}回になり、特別条項の年{allowed}回を超えています。")
            }
            Self::OverSpecialMonth { worked, limit } => {
                format!("1か月の時間外・休日労働{}が、特別条項の{}を超えています。", hours(worked), hours(limit))
            }
            Self::OverYear { worked, limit } => {
                format!("協定の1年の時間外労働{}が、限度の{}を超えています。", hours(worked), hours(limit))
            }
            Self::MonthNotUnder { worked, under } => {
                format!("1か月の時間外・休日労働{}が、{}未満になっていません。", hours(worked), hours(under))
            }
            Self::AverageOver { months, worked, limit } => format!(
                "直近{months}か月の時間外・休日労働の平均{}が、{}を超えています。",
                average(worked, months),
                hours(limit)
            ),
            Self::EarlierMonthsUnknown { known, needed } => format!(
                "続けて分かる時間外・休日労働は{known}か月分だけのため、{needed}か月までの平均を確かめきれません。"
            ),
            Self::YearIncomplete => {
                "協定の起算日からの月がそろっていないため、年の回数と合計は分かる月だけの数です。".to_owned()
            }
            Self::LimitsNotHeld => {
                "この業務の時間外労働には別の上限があり、Kuraには収録していないため確かめていません。".to_owned()
            }
        }
    }

    /// What the user can do, one Japanese sentence.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::AgreedMonthAboveLaw { .. }
            | Self::AgreedYearAboveLaw { .. }
            | Self::SpecialMonthAboveLaw { .. }
            | Self::SpecialYearAboveLaw { .. }
            | Self::SpecialMonthsAboveLaw { .. } => "法の限度の中で36協定を結び直し、届け出てください。",
            Self::NoAgreement { .. } => "36協定を結んで届け出てください。結んであれば協定のシートに入れてください。",
            Self::OverMonth { .. } => "時間外労働を減らすか、特別条項のある36協定を結んで届け出てください。",
            Self::SpecialClauseUsed { .. } => "特別条項に定めた手続と健康確保措置を行い、記録を残してください。",
            Self::SpecialMonthsUsedUp { .. }
            | Self::OverSpecialMonth { .. }
            | Self::OverYear { .. }
            | Self::MonthNotUnder { .. }
            | Self::AverageOver { .. } => "顧問先に知らせ、翌月からの時間外・休日労働を減らしてください。",
            Self::EarlierMonthsUnknown { .. } | Self::YearIncomplete => {
                "それより前の月の時間外・休日労働を顧問先に確かめ、給与履歴に入れてください。"
            }
            Self::LimitsNotHeld => "労働局の資料で上限を確かめてください。",
        }
    }
}

/// The average as whole minutes, a fraction shown as one more: it is above what stands there never by less.
fn average(worked: i64, months: i64) -> String {
    let exact = Exact::ratio(worked, months).and_then(|average| average.round(kura_yen::Rounding::Up));
    exact.map_or_else(|_| hours(worked), |minutes| hours(minutes.get()))
}
