use kura_model::{FamilyTaxClass, NonResidentClass};
use kura_yen::Yen;

use crate::wording::yen;

/// What lets a 非居住者 of working age count.
const NON_RESIDENT_REASONS: [NonResidentClass; 3] =
    [NonResidentClass::StudyAbroad, NonResidentClass::Disability, NonResidentClass::RemittanceOver380000];

/// Why the person or a member of the family counts, or does not. Limits are yen of 合計所得金額 in force on the 支給日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DependentReason {
    /// 本人が障害者.
    Disabled,
    /// 本人が特別障害者: counts once, as a 障害者 does.
    SpecialDisabled,
    /// 本人が寡婦.
    Widow,
    /// 本人がひとり親.
    SingleParent,
    /// 本人が勤労学生.
    WorkingStudent,
    /// 寡婦, ひとり親 or 勤労学生 as declared, but the person's own income is above its limit.
    StatusIncomeAbove {
        /// The declared status in Japanese.
        status: &'static str,
        /// The most own income may be.
        limit: Yen,
    },
    /// 源泉控除対象配偶者.
    WithholdingSpouse {
        /// The most the spouse's income may be.
        limit: Yen,
    },
    /// 控除対象扶養親族.
    CountedDependent {
        /// The age from which a dependant counts.
        age: u8,
        /// The most income may be.
        limit: Yen,
    },
    /// 特定親族 whose income lets it count in the month.
    SpecifiedRelative {
        /// The most income may be in the monthly count.
        limit: Yen,
    },
    /// 障害者 among 同一生計配偶者 and 扶養親族, of any age.
    FamilyDisabled,
    /// 特別障害者 among them.
    FamilySpecialDisabled,
    /// 同居特別障害者: once more.
    CohabitingSpecialDisabled,
    /// 対象外: not declared to this payer.
    NotDeclared,
    /// 未届の配偶者 is no spouse of tax law.
    UnregisteredSpouse,
    /// The person's own income is too high for a 源泉控除対象配偶者.
    OwnIncomeAbove {
        /// The most own income may be.
        limit: Yen,
    },
    /// The spouse's income is too high.
    SpouseIncomeAbove {
        /// The most the spouse's income may be.
        limit: Yen,
    },
    /// 16歳未満の扶養親族.
    UnderAge {
        /// The age from which a dependant counts.
        age: u8,
    },
    /// The income is too high for a 扶養親族.
    IncomeAbove {
        /// The most income may be.
        limit: Yen,
    },
    /// 特定親族 above the limit of the monthly count: deducted at 年末調整 alone.
    SpecifiedRelativeAtYearEnd {
        /// The most income may be in the monthly count.
        limit: Yen,
    },
    /// 非居住者 without the documents that must be attached.
    NonResidentWithoutDocuments,
    /// 非居住者 of an age that needs a reason, without one.
    NonResidentWithoutReason {
        /// The first age that needs a reason.
        from: u8,
        /// The last age that needs a reason.
        to: u8,
    },
    /// A disability of one who is neither 同一生計配偶者 nor 扶養親族.
    DisabilityNotCounted,
    /// The 税の区分 of the sheet is not what age and income say: the count follows age and income.
    ClassDiffers {
        /// As declared.
        declared: FamilyTaxClass,
        /// By the facts.
        found: FamilyTaxClass,
    },
    /// 特別障害者 who lives with the person, but 同居特別障害者 is not marked: not counted once more.
    CohabitingNotMarked,
}

impl DependentReason {
    /// How many it adds to 扶養親族等の数: one or none.
    pub const fn counts(&self) -> u16 {
        match self {
            Self::Disabled
            | Self::SpecialDisabled
            | Self::Widow
            | Self::SingleParent
            | Self::WorkingStudent
            | Self::WithholdingSpouse { .. }
            | Self::CountedDependent { .. }
            | Self::SpecifiedRelative { .. }
            | Self::FamilyDisabled
            | Self::FamilySpecialDisabled
            | Self::CohabitingSpecialDisabled => 1,
            _ => 0,
        }
    }

    /// True where what the office typed disagrees with itself: worth a finding.
    pub const fn needs_review(&self) -> bool {
        matches!(
            self,
            Self::StatusIncomeAbove { .. }
                | Self::NonResidentWithoutDocuments
                | Self::NonResidentWithoutReason { .. }
                | Self::ClassDiffers { .. }
                | Self::CohabitingNotMarked
        )
    }

    /// The reason as one Japanese sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Disabled => "本人が障害者です。".to_owned(),
            Self::SpecialDisabled => "本人が特別障害者です。".to_owned(),
            Self::Widow => "本人が寡婦です。".to_owned(),
            Self::SingleParent => "本人がひとり親です。".to_owned(),
            Self::WorkingStudent => "本人が勤労学生です。".to_owned(),
            Self::StatusIncomeAbove { status, limit } => {
                format!("本人の合計所得の見込みが{}を超えるため、{status}として数えません。", yen(*limit))
            }
            Self::WithholdingSpouse { limit } => {
                format!("源泉控除対象配偶者です（合計所得の見込みが{}以下）。", yen(*limit))
            }
            Self::CountedDependent { age, limit } => {
                let limit = yen(*limit);
                format!("控除対象扶養親族です（12月31日に{age}歳以上、合計所得の見込みが{limit}以下）。")
            }
            Self::SpecifiedRelative { limit } => format!("特定親族です（合計所得の見込みが{}以下）。", yen(*limit)),
            Self::FamilyDisabled => "障害者です。".to_owned(),
            Self::FamilySpecialDisabled => "特別障害者です。".to_owned(),
            Self::CohabitingSpecialDisabled => "同居特別障害者のため、もう1人数えます。".to_owned(),
            Self::NotDeclared => "税の区分が対象外のため、数えません。".to_owned(),
            Self::UnregisteredSpouse => "婚姻の届出がないため、税の配偶者として数えません。".to_owned(),
            Self::OwnIncomeAbove { limit } => {
                format!("本人の合計所得の見込みが{}を超えるため、配偶者を数えません。", yen(*limit))
            }
            Self::SpouseIncomeAbove { limit } => {
                format!("配偶者の合計所得の見込みが{}を超えるため、数えません。", yen(*limit))
            }
            Self::UnderAge { age } => format!("12月31日に{age}歳未満のため、数えません。"),
            Self::IncomeAbove { limit } => format!("合計所得の見込みが{}を超えるため、数えません。", yen(*limit)),
            Self::SpecifiedRelativeAtYearEnd { limit } => format!(
                "特定親族ですが、合計所得の見込みが{}を超えるため、毎月の人数には数えず年末調整で控除します。",
                yen(*limit)
            ),
            Self::NonResidentWithoutDocuments => {
                "非居住者で、必要な書類（親族関係書類、留学では留学ビザ等書類も）がないため、数えません。".to_owned()
            }
            Self::NonResidentWithoutReason { from, to } => {
                let [study, disability, remittance] = NON_RESIDENT_REASONS.map(NonResidentClass::japanese);
                format!(
                    "{from}歳から{to}歳までの非居住者で、{study}・{disability}・{remittance}のどれでもないため、数えません。"
                )
            }
            Self::DisabilityNotCounted => {
                "障害者ですが、同一生計配偶者でも扶養親族でもないため、障害者として数えません。".to_owned()
            }
            Self::ClassDiffers { declared, found } => format!(
                "税の区分は「{}」ですが、続柄・年齢・所得からは「{}」です。扶養控除等申告書を確かめてください。",
                declared.japanese(),
                found.japanese()
            ),
            Self::CohabitingNotMarked => {
                "同居している特別障害者ですが、同居特別障害者に○がないため、もう1人は数えません。".to_owned()
            }
        }
    }
}
