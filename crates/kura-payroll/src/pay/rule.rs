use crate::tax::TaxRule;

/// The rule behind a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The contract figure of a whole period.
    ContractMonthly,
    /// The contract figure by 日割.
    Prorated,
    /// No pay: unpaid leave of the whole period.
    WholePeriodLeave,
    /// 日給 × paid days.
    DailyTimesDays,
    /// 時給 × hours.
    HourlyTimesHours,
    /// 歩合給の保障給: guaranteed pay of the hours less the commission (労基法27条).
    CommissionGuarantee,
    /// 有給 by 通常の賃金.
    PaidLeaveOrdinary,
    /// 有給 by 平均賃金 or 標準報酬日額.
    PaidLeaveByDay,
    /// Unit × rate × hours (労基法37条).
    PremiumPay,
    /// 固定残業: what the real hours exceed it by.
    FixedOvertimeExcess,
    /// 平均賃金 × the statutory part × days (労基法26条).
    SuspensionAllowance,
    /// Contract figure ÷ divisor × days or hours not worked.
    NotWorked,
    /// Contract figure ÷ divisor × days of 会社都合の休業.
    SuspendedDays,
    /// 固定支給.
    Fixed,
    /// 変動支給.
    Variable,
    /// 変動支給 that belongs to an earlier month.
    Difference,
    /// 訂正: what was paid so far against what is right.
    PaidDifference,
    /// 式.
    Formula,
    /// Standard × rate, employee's share, rounded once.
    SocialPremium,
    /// Standard × rate, the levy rounded apart.
    SocialPremiumLevyApart,
    /// 二以上: the notified amount, employee's share.
    NotifiedPremium,
    /// 二以上: the full premium on both establishments' bonuses, split by their amounts, employee's share.
    SplitPremium,
    /// 賞与の支給額 as decided.
    BonusAmount,
    /// 標準賞与額 × rate, employee's share, rounded once.
    BonusPremium,
    /// 標準賞与額 × rate, the levy rounded apart.
    BonusPremiumLevyApart,
    /// 仮払い of last month's net.
    ProvisionalPay,
    /// 雇用保険: wage × rate.
    EmploymentPremium,
    /// A rule of tax law.
    Tax(TaxRule),
    /// 住民税の通知.
    InhabitantNotice,
    /// 現物: given in kind, so not paid in money.
    GivenInKind,
    /// 端数の支払: below the unit, with the next pay.
    CarriedFraction,
    /// 立替金 of an earlier month.
    AdvanceRecovered,
}

impl Rule {
    /// The name of the rule, as slips.jsonl and the trace show it.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::ContractMonthly => "月額",
            Self::Prorated => "日割",
            Self::WholePeriodLeave => "全期間の休業（無給）",
            Self::DailyTimesDays => "日給×日数",
            Self::HourlyTimesHours => "時給×時間",
            Self::CommissionGuarantee => "保障給との差額（労基法27条）",
            Self::PaidLeaveOrdinary => "有給（通常の賃金）",
            Self::PaidLeaveByDay => "有給（1日の額）",
            Self::PremiumPay => "単価×割増率×時間（労基法37条）",
            Self::FixedOvertimeExcess => "固定残業の超過",
            Self::SuspensionAllowance => "休業手当（労基法26条）",
            Self::NotWorked => "不就労分の控除",
            Self::SuspendedDays => "会社都合の休業日の控除",
            Self::Fixed => "固定支給",
            Self::Variable => "変動支給",
            Self::Difference => "変動支給（対象月の差額）",
            Self::PaidDifference => "支払済みの額との差額",
            Self::Formula => "式",
            Self::SocialPremium => "標準報酬×料率の本人負担（一度だけ端数処理）",
            Self::SocialPremiumLevyApart => "標準報酬×料率の本人負担（支援金は別に端数処理）",
            Self::NotifiedPremium => "二以上勤務の通知額の本人負担",
            Self::SplitPremium => "二以上勤務の按分額の本人負担",
            Self::BonusAmount => "賞与の支給額",
            Self::BonusPremium => "標準賞与額×料率の本人負担（一度だけ端数処理）",
            Self::BonusPremiumLevyApart => "標準賞与額×料率の本人負担（支援金は別に端数処理）",
            Self::ProvisionalPay => "前月の差引支給額の仮払い",
            Self::EmploymentPremium => "賃金×雇用保険料率",
            Self::Tax(rule) => rule.japanese(),
            Self::InhabitantNotice => "住民税の通知額",
            Self::GivenInKind => "現物で支給済みの額",
            Self::CarriedFraction => "端数の翌月繰越",
            Self::AdvanceRecovered => "立替金の返済",
        }
    }
}
