use kura_calendar::Date;

/// 36協定 as far as hours are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OvertimeAgreement {
    /// 有効期間 自.
    pub valid_from: Date,
    /// 有効期間 至.
    pub valid_to: Date,
    /// 限度時間 of a month, minutes, without work on statutory days off.
    pub month_minutes: i64,
    /// 限度時間 of a year, minutes, likewise.
    pub year_minutes: i64,
    /// 特別条項, where agreed.
    pub special: Option<SpecialClause>,
    /// 1年単位の変形労働時間制 with a period over three months: the law's limits are lower.
    pub variable_year: bool,
    /// Whether the limits of the law bind.
    pub scope: OvertimeScope,
}

/// 特別条項.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialClause {
    /// The most of a month, minutes, with work on statutory days off.
    pub month_minutes: i64,
    /// The most of a year, minutes, without it.
    pub year_minutes: i64,
    /// 限度時間を超えて労働させる回数 of a year, months.
    pub months: i64,
}

/// Which limits bind a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OvertimeScope {
    /// 一般: all of them.
    General,
    /// 研究開発の業務 (労基法36条11項): no limit of the law, the agreement alone.
    ResearchAndDevelopment,
    /// 適用猶予だった業務 (139条-142条: 災害復旧の建設, 自動車運転, 医師): other limits, which Kura does not hold.
    SpecialLimits,
}

impl OvertimeAgreement {
    /// True when the agreement is in force on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }
}
