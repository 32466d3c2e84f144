use kura_calendar::Date;
use kura_law::LawError;
use kura_model::{
    DisabilityClass, FamilyDocuments, FamilyTaxClass, NonResidentClass, Relation, WidowSingleParent, WorkingStudent,
};
use kura_yen::Yen;

use super::DependentReason;

/// What the person declares of himself. An empty cell is `None`: unknown, never なし.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxpayerFacts {
    /// 障害者区分.
    pub disability: Option<DisabilityClass>,
    /// 寡婦・ひとり親.
    pub widow_single_parent: Option<WidowSingleParent>,
    /// 勤労学生.
    pub working_student: Option<WorkingStudent>,
    /// 本人の合計所得の見込み, yen; needed where a spouse would count.
    pub own_income_estimate: Option<Yen>,
}

/// What is known of one member of the family on the 支給日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FamilyFacts {
    /// 続柄.
    pub relation: Option<Relation>,
    /// 生年月日.
    pub birth_date: Option<Date>,
    /// 税の区分 as declared; 対象外 keeps a person out whatever the other facts are.
    pub tax_class: Option<FamilyTaxClass>,
    /// 合計所得の見込み（税）, yen.
    pub income_estimate: Option<Yen>,
    /// 障害者.
    pub disability: Option<DisabilityClass>,
    /// 同居特別障害者.
    pub cohabiting_special: bool,
    /// 同居.
    pub living_together: bool,
    /// 非居住者の区分; empty for one who lives with the person means 居住者.
    pub non_resident: Option<NonResidentClass>,
    /// 非居住者の書類.
    pub documents: Option<FamilyDocuments>,
}

/// One row of 扶養家族 beside the person it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Member<'facts> {
    pub(super) facts: &'facts FamilyFacts,
    pub(super) number: usize,
    pub(super) person: &'facts TaxpayerFacts,
}

impl Member<'_> {
    pub(super) fn unknown(self, column: &'static str) -> DependentsError {
        DependentsError::UnknownOfFamily { member: self.number, column }
    }

    pub(super) fn income(self) -> Result<Yen, DependentsError> {
        self.facts.income_estimate.ok_or_else(|| self.unknown("合計所得の見込み（税）"))
    }

    pub(super) fn disability(self) -> Result<DisabilityClass, DependentsError> {
        self.facts.disability.ok_or_else(|| self.unknown("障害者"))
    }

    pub(super) fn is_resident(self) -> Result<bool, DependentsError> {
        match self.facts.non_resident {
            Some(class) => Ok(class == NonResidentClass::Resident),
            None if self.facts.living_together => Ok(true),
            None => Err(self.unknown("非居住者の区分")),
        }
    }

    /// 親族関係書類, and for 留学 留学ビザ等書類 as well (所得税法194条4項-6項).
    pub(super) fn has_documents(self) -> Result<bool, DependentsError> {
        let documents = self.facts.documents.ok_or_else(|| self.unknown("非居住者の書類"))?;
        let studies = self.facts.non_resident == Some(NonResidentClass::StudyAbroad);
        Ok(match documents {
            FamilyDocuments::NotReceived => false,
            FamilyDocuments::KinshipAndVisa => true,
            FamilyDocuments::Kinship | FamilyDocuments::KinshipAndRemittance => !studies,
        })
    }

    pub(super) fn disability_reasons(self, dependent: bool) -> Result<Vec<DependentReason>, DependentsError> {
        let FamilyFacts { disability, cohabiting_special, living_together, .. } = *self.facts;
        if !dependent {
            let disabled = matches!(disability, Some(DisabilityClass::Ordinary | DisabilityClass::Special));
            return Ok(if disabled { vec![DependentReason::DisabilityNotCounted] } else { Vec::new() });
        }
        let disability = self.disability()?;
        if cohabiting_special && disability != DisabilityClass::Special {
            return Err(DependentsError::CohabitingButNotSpecial { member: self.number });
        }
        Ok(match disability {
            DisabilityClass::NotDisabled => Vec::new(),
            DisabilityClass::Ordinary => vec![DependentReason::FamilyDisabled],
            DisabilityClass::Special => {
                let further = match (cohabiting_special, living_together) {
                    (true, _) => Some(DependentReason::CohabitingSpecialDisabled),
                    (false, true) => Some(DependentReason::CohabitingNotMarked),
                    (false, false) => None,
                };
                [DependentReason::FamilySpecialDisabled].into_iter().chain(further).collect()
            }
        })
    }
}

impl FamilyFacts {
    pub(super) fn is_spouse(&self) -> bool {
        matches!(self.relation, Some(Relation::Wife | Relation::Husband))
    }

    pub(super) fn is_declared(&self) -> bool {
        self.tax_class != Some(FamilyTaxClass::NotCounted)
    }
}

/// Why the people cannot be counted. The member of the family is named by its place in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DependentsError {
    /// A cell about the person is empty.
    #[error("{sheet}の「{column}」が空欄のため、扶養親族等の数を数えられません。")]
    UnknownOfPerson {
        /// The sheet of the workbook.
        sheet: &'static str,
        /// The header of the column.
        column: &'static str,
    },
    /// A cell about a member of the family is empty.
    #[error("扶養家族の{member}人目の「{column}」が空欄のため、扶養親族等の数を数えられません。")]
    UnknownOfFamily {
        /// Place in the list, from 1.
        member: usize,
        /// The header of the column.
        column: &'static str,
    },
    /// Born after the 支給日.
    #[error("扶養家族の{member}人目の生年月日が支給日より後です。")]
    BornLater {
        /// Place in the list, from 1.
        member: usize,
    },
    /// 同居特別障害者 is marked for one who is no 特別障害者.
    #[error("扶養家族の{member}人目は同居特別障害者に○がありますが、障害者の区分が特別ではありません。")]
    CohabitingButNotSpecial {
        /// Place in the list, from 1.
        member: usize,
    },
    /// Two spouses are declared.
    #[error("扶養家族に、税の対象の配偶者が2人います。")]
    TwoSpouses,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl DependentsError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::UnknownOfPerson { .. } | Self::UnknownOfFamily { .. } => {
                "扶養控除等申告書を確かめて入れてください。該当しないときは「なし」、所得がないときは0を入れてください。"
            }
            Self::BornLater { .. } => "生年月日か適用開始日を直してください。",
            Self::CohabitingButNotSpecial { .. } => "障害者の区分か、同居特別障害者の○を直してください。",
            Self::TwoSpouses => "婚姻が終わった配偶者の行に、税の区分「対象外」を入れてください。",
            Self::Law(error) => error.remedy(),
        }
    }
}
