//! 出来事: what happens in the life of a person or a company and opens filings.

/// An event that opens filings, by its name in `filing_deadlines`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LifeEvent {
    /// 入社・資格取得.
    Joined,
    /// 退社・死亡・資格喪失.
    Left,
    /// 退社 of a person of 75 or over, whose insurance age has ended before.
    LeftAfter75,
    /// 扶養追加.
    DependentAdded,
    /// 扶養削除.
    DependentRemoved,
    /// 被扶養者の75歳到達.
    DependentAged75,
    /// 配偶者が国民年金第3号被保険者になった.
    Category3Began,
    /// 40歳到達: 介護保険料の始まり. Nothing is filed.
    Aged40,
    /// 60歳到達.
    Aged60,
    /// 65歳到達: 介護保険料の終わり, 高年齢被保険者. Nothing is filed.
    Aged65,
    /// 70歳到達.
    Aged70,
    /// 75歳到達.
    Aged75,
    /// 産前産後休業の開始.
    MaternityLeave,
    /// 出産.
    ChildBorn,
    /// 産前産後休業の終了.
    MaternityLeaveEnded,
    /// 育児休業の開始.
    ChildcareLeave,
    /// 出生時育児休業の開始.
    ChildcareLeaveAtBirth,
    /// 育児休業給付の次回申請.
    NextClaim,
    /// 育児休業の終了.
    ChildcareLeaveEnded,
    /// 介護休業.
    FamilyCareLeave,
    /// 私傷病による休業.
    SickLeave,
    /// 転勤: another establishment.
    Transferred,
    /// 被保険者区分の変更（一般・短時間）.
    InsuredClassChanged,
    /// 結婚.
    Married,
    /// 氏名変更.
    NameChanged,
    /// 住所変更.
    AddressChanged,
    /// 賞与支払.
    BonusPaid,
    /// 随時改定: a standard of our own that is not decided yet.
    StandardProposed,
    /// 定時決定 of a year.
    AnnualDetermination,
    /// 年度更新 of a year.
    LaborInsuranceYear,
    /// 協定の有効期間の始まり.
    AgreementBegins,
    /// 協定の有効期間の終わり.
    AgreementEnds,
}

impl LifeEvent {
    /// Every event.
    pub const ALL: [Self; 32] = [
        Self::Joined,
        Self::Left,
        Self::LeftAfter75,
        Self::DependentAdded,
        Self::DependentRemoved,
        Self::DependentAged75,
        Self::Category3Began,
        Self::Aged40,
        Self::Aged60,
        Self::Aged65,
        Self::Aged70,
        Self::Aged75,
        Self::MaternityLeave,
        Self::ChildBorn,
        Self::MaternityLeaveEnded,
        Self::ChildcareLeave,
        Self::ChildcareLeaveAtBirth,
        Self::NextClaim,
        Self::ChildcareLeaveEnded,
        Self::FamilyCareLeave,
        Self::SickLeave,
        Self::Transferred,
        Self::InsuredClassChanged,
        Self::Married,
        Self::NameChanged,
        Self::AddressChanged,
        Self::BonusPaid,
        Self::StandardProposed,
        Self::AnnualDetermination,
        Self::LaborInsuranceYear,
        Self::AgreementBegins,
        Self::AgreementEnds,
    ];

    /// The name in `filing_deadlines` and in outputs.
    pub const fn identifier(self) -> &'static str {
        self.words().0
    }

    /// The name people read.
    pub const fn japanese(self) -> &'static str {
        self.words().1
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Joined => ("joined", "入社・資格取得"),
            Self::Left => ("left", "退社・資格喪失"),
            Self::LeftAfter75 => ("left_after_75", "75歳以上の人の退社"),
            Self::DependentAdded => ("dependent_added", "扶養追加"),
            Self::DependentRemoved => ("dependent_removed", "扶養削除"),
            Self::DependentAged75 => ("dependent_age_75", "被扶養者の75歳到達"),
            Self::Category3Began => ("category_3_began", "第3号被保険者の該当"),
            Self::Aged40 => ("age_40", "40歳到達"),
            Self::Aged60 => ("age_60", "60歳到達"),
            Self::Aged65 => ("age_65", "65歳到達"),
            Self::Aged70 => ("age_70", "70歳到達"),
            Self::Aged75 => ("age_75", "75歳到達"),
            Self::MaternityLeave => ("maternity_leave", "産前産後休業"),
            Self::ChildBorn => ("child_born", "出産"),
            Self::MaternityLeaveEnded => ("maternity_leave_ended", "産前産後休業の終了"),
            Self::ChildcareLeave => ("childcare_leave", "育児休業"),
            Self::ChildcareLeaveAtBirth => ("childcare_leave_at_birth", "出生時育児休業"),
            Self::NextClaim => ("next_claim", "育児休業給付の次回申請"),
            Self::ChildcareLeaveEnded => ("childcare_leave_ended", "育児休業の終了"),
            Self::FamilyCareLeave => ("family_care_leave", "介護休業"),
            Self::SickLeave => ("sick_leave", "私傷病による休業"),
            Self::Transferred => ("transferred", "転勤"),
            Self::InsuredClassChanged => ("insured_class_changed", "被保険者区分の変更"),
            Self::Married => ("married", "結婚"),
            Self::NameChanged => ("name_changed", "氏名変更"),
            Self::AddressChanged => ("address_changed", "住所変更"),
            Self::BonusPaid => ("bonus_paid", "賞与支払"),
            Self::StandardProposed => ("standard_proposed", "随時改定"),
            Self::AnnualDetermination => ("annual_determination", "定時決定"),
            Self::LaborInsuranceYear => ("labor_insurance_year", "年度更新"),
            Self::AgreementBegins => ("agreement_begins", "協定の始まり"),
            Self::AgreementEnds => ("agreement_ends", "協定の終わり"),
        }
    }
}
