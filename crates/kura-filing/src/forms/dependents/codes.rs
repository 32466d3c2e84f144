//! The code lists of the form. Spouse and others have lists of their own, under the same headings.

use kura_calendar::Date;

/// 異動の別: one for the whole record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DependentChange {
    /// 該当.
    Began,
    /// 非該当.
    Ended,
    /// 変更: the memo says what changed and what it was.
    Changed,
}

impl DependentChange {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Began => "1",
            Self::Ended => "2",
            Self::Changed => "3",
        }
    }
}

/// A value of a code list: the code, and the words that go with the code for anything else.
pub(crate) trait Coded {
    fn code(&self) -> &'static str;

    fn words(&self) -> &str {
        ""
    }
}

/// 配偶者の続柄.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpouseRelation {
    /// 夫.
    Husband,
    /// 妻.
    Wife,
    /// 夫（未届）.
    HusbandUnregistered,
    /// 妻（未届）.
    WifeUnregistered,
}

impl Coded for SpouseRelation {
    fn code(&self) -> &'static str {
        match self {
            Self::Husband => "1",
            Self::Wife => "2",
            Self::HusbandUnregistered => "3",
            Self::WifeUnregistered => "4",
        }
    }
}

/// その他の被扶養者の続柄.
#[derive(Clone, PartialEq, Eq)]
pub enum DependentRelation {
    /// 実子・養子.
    Child,
    /// 01以外の子.
    OtherChild,
    /// 父母・養父母.
    Parent,
    /// 義父母.
    ParentInLaw,
    /// 弟妹.
    YoungerSibling,
    /// 兄姉.
    ElderSibling,
    /// 祖父母.
    Grandparent,
    /// 曾祖父母.
    GreatGrandparent,
    /// 孫.
    Grandchild,
    /// その他, in words: 12 full-width characters at most.
    Other(String),
}

impl Coded for DependentRelation {
    fn code(&self) -> &'static str {
        match self {
            Self::Child => "01",
            Self::OtherChild => "02",
            Self::Parent => "03",
            Self::ParentInLaw => "04",
            Self::YoungerSibling => "05",
            Self::ElderSibling => "06",
            Self::Grandparent => "07",
            Self::GreatGrandparent => "08",
            Self::Grandchild => "09",
            Self::Other(_) => "10",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// 配偶者が被扶養者になった理由.
#[derive(Clone, PartialEq, Eq)]
pub enum SpouseBeganReason {
    /// 配偶者の就職.
    InsuredFoundWork,
    /// 婚姻.
    Marriage,
    /// 離職.
    LeftJob,
    /// 収入減少.
    IncomeFell,
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for SpouseBeganReason {
    fn code(&self) -> &'static str {
        match self {
            Self::InsuredFoundWork => "1",
            Self::Marriage => "2",
            Self::LeftJob => "3",
            Self::IncomeFell => "4",
            Self::Other(_) => "5",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// その他の被扶養者が被扶養者になった理由.
#[derive(Clone, PartialEq, Eq)]
pub enum DependentBeganReason {
    /// 出生.
    Birth,
    /// 離職.
    LeftJob,
    /// 収入減.
    IncomeFell,
    /// 同居.
    CameToLiveTogether,
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for DependentBeganReason {
    fn code(&self) -> &'static str {
        match self {
            Self::Birth => "1",
            Self::LeftJob => "2",
            Self::IncomeFell => "3",
            Self::CameToLiveTogether => "4",
            Self::Other(_) => "5",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// 配偶者が被扶養者でなくなった理由.
#[derive(Clone, PartialEq, Eq)]
pub enum SpouseEndedReason {
    /// 死亡, with 死亡年月日.
    Died(Date),
    /// 離婚.
    Divorce,
    /// 就職・収入増加.
    FoundWorkOrIncomeRose,
    /// 75歳到達.
    Age75,
    /// 障害認定.
    DisabilityCertified,
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for SpouseEndedReason {
    fn code(&self) -> &'static str {
        match self {
            Self::Died(_) => "1",
            Self::Divorce => "2",
            Self::FoundWorkOrIncomeRose => "3",
            Self::Age75 => "4",
            Self::DisabilityCertified => "5",
            Self::Other(_) => "6",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// その他の被扶養者が被扶養者でなくなった理由.
#[derive(Clone, PartialEq, Eq)]
pub enum DependentEndedReason {
    /// 死亡.
    Died,
    /// 就職.
    FoundWork,
    /// 収入増加.
    IncomeRose,
    /// 75歳到達.
    Age75,
    /// 障害認定.
    DisabilityCertified,
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for DependentEndedReason {
    fn code(&self) -> &'static str {
        match self {
            Self::Died => "1",
            Self::FoundWork => "2",
            Self::IncomeRose => "3",
            Self::Age75 => "4",
            Self::DisabilityCertified => "5",
            Self::Other(_) => "6",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// 配偶者の職業.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpouseJob {
    /// 無職.
    None,
    /// パート.
    PartTime,
    /// 年金受給者.
    Pensioner,
    /// その他.
    Other,
}

impl Coded for SpouseJob {
    fn code(&self) -> &'static str {
        match self {
            Self::None => "1",
            Self::PartTime => "2",
            Self::Pensioner => "3",
            Self::Other => "4",
        }
    }
}

/// その他の被扶養者の職業.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DependentJob {
    /// 無職.
    None,
    /// パート.
    PartTime,
    /// 年金受給者.
    Pensioner,
    /// 小・中学生以下.
    JuniorHighSchoolOrBelow,
    /// 高・大学生.
    HighSchoolOrUniversity,
    /// その他.
    Other,
}

impl Coded for DependentJob {
    fn code(&self) -> &'static str {
        match self {
            Self::None => "1",
            Self::PartTime => "2",
            Self::Pensioner => "3",
            Self::JuniorHighSchoolOrBelow => "4",
            Self::HighSchoolOrUniversity => "5",
            Self::Other => "6",
        }
    }
}

/// 電話番号の種別.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TelKind {
    /// 自宅.
    Home,
    /// 携帯.
    Mobile,
    /// 勤務先.
    Work,
    /// その他.
    Other,
}

impl Coded for TelKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Home => "1",
            Self::Mobile => "2",
            Self::Work => "3",
            Self::Other => "4",
        }
    }
}

/// 海外特例要件に該当した理由.
#[derive(Clone, PartialEq, Eq)]
pub enum OverseasReason {
    /// 留学.
    Study,
    /// 同行家族.
    AccompanyingFamily,
    /// 特定活動.
    DesignatedActivities,
    /// 海外婚姻.
    MarriedAbroad,
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for OverseasReason {
    fn code(&self) -> &'static str {
        match self {
            Self::Study => "1",
            Self::AccompanyingFamily => "2",
            Self::DesignatedActivities => "3",
            Self::MarriedAbroad => "4",
            Self::Other(_) => "5",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}

/// 海外特例要件に非該当となった理由.
#[derive(Clone, PartialEq, Eq)]
pub enum OverseasEndReason {
    /// 国内転入, with 国内転入日.
    MovedIn(Date),
    /// その他, in words: 24 full-width characters at most.
    Other(String),
}

impl Coded for OverseasEndReason {
    fn code(&self) -> &'static str {
        match self {
            Self::MovedIn(_) => "1",
            Self::Other(_) => "2",
        }
    }

    fn words(&self) -> &str {
        if let Self::Other(words) = self { words } else { "" }
    }
}
