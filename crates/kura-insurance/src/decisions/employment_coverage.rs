use kura_calendar::{Date, Length, reaches_age_on};
use kura_law::Law;

use crate::decisions::{Contract, DecisionError, Explanation, Student, wording};
use crate::figures::{self, LABOR, SOCIAL};

/// 雇用保険の適用 of a person on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmploymentTerms {
    /// The day asked for.
    pub on: Date,
    /// 生年月日.
    pub birth_date: Date,
    /// 役員, 同居親族 or 労働者.
    pub position: EmploymentPosition,
    /// 契約期間.
    pub contract: Contract,
    /// 週の所定労働時間, minutes.
    pub weekly_minutes: u32,
    /// 学生.
    pub student: Student,
}

/// Who the person is to the employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentPosition {
    /// 労働者.
    Worker,
    /// 役員.
    Officer,
    /// 使用人兼務役員: insured on the employee part of the pay.
    OfficerWithEmployeeStatus,
    /// 事業主と同居の親族.
    CohabitingRelative,
    /// 日雇: insured, if at all, as 日雇労働被保険者.
    DayLaborer,
}

/// Whether a person is insured, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmploymentCoverage {
    /// `Some` when insured; `None` when not, or when it cannot be said yet.
    pub class: Option<EmploymentInsuredClass>,
    /// True when a fact is unknown and decides.
    pub open: bool,
    /// True when only the employee part of the pay counts as wage.
    pub employee_part_only: bool,
    /// Why.
    pub explanation: Explanation,
}

/// 被保険者の種類.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentInsuredClass {
    /// 一般被保険者.
    General,
    /// 高年齢被保険者.
    Elderly,
}

impl EmploymentInsuredClass {
    /// The word of the forms.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::General => "一般被保険者",
            Self::Elderly => "高年齢被保険者",
        }
    }
}

/// 雇用保険の適用 (雇用保険法4条, 6条, 37条の2): weekly hours by the day, 31 days or more expected, no exclusion.
pub fn employment_coverage(law: &Law, terms: &EmploymentTerms) -> Result<EmploymentCoverage, DecisionError> {
    let mut explanation = Explanation::default();
    let met = if excluded(law, terms, &mut explanation)? {
        Some(false)
    } else {
        match (hours(law, terms, &mut explanation)?, lasting(law, terms, &mut explanation)?) {
            (false, _) | (_, Some(false)) => Some(false),
            (true, lasting) => lasting,
        }
    };
    let class = if met == Some(true) { Some(class(law, terms, &mut explanation)?) } else { None };
    match met {
        Some(true) => {}
        Some(false) => explanation.say("雇用保険の被保険者になりません。"),
        None => explanation.say("雇用保険は、分からない要件を確かめてから判断します。"),
    }
    let employee_part_only = class.is_some() && terms.position == EmploymentPosition::OfficerWithEmployeeStatus;
    if employee_part_only {
        explanation.say("兼務役員なので、労働者としての賃金だけを雇用保険の賃金にします。");
    }
    Ok(EmploymentCoverage { class, open: met.is_none(), employee_part_only, explanation })
}

fn excluded(law: &Law, terms: &EmploymentTerms, explanation: &mut Explanation) -> Result<bool, DecisionError> {
    let reason = match terms.position {
        EmploymentPosition::Officer => "役員は労働者でないので適用外です。",
        EmploymentPosition::CohabitingRelative => {
            "事業主と同居の親族は原則として適用外です（例外はハローワークに確かめてください）。"
        }
        EmploymentPosition::DayLaborer => {
            "日雇の人は一般の被保険者になりません（日雇労働被保険者の手続を確かめてください）。"
        }
        EmploymentPosition::Worker | EmploymentPosition::OfficerWithEmployeeStatus if terms.student.counts() => {
            "昼間学生なので適用外です。"
        }
        EmploymentPosition::Worker | EmploymentPosition::OfficerWithEmployeeStatus => return Ok(false),
    };
    let rule = law.figure(LABOR, "employment_insurance.coverage", terms.on)?;
    explanation.cite(rule.citation(), reason);
    Ok(true)
}

fn hours(law: &Law, terms: &EmploymentTerms, explanation: &mut Explanation) -> Result<bool, DecisionError> {
    let minimum = figures::integer(law, LABOR, "employment_insurance.coverage_hours_min", terms.on)?;
    let met = i64::from(terms.weekly_minutes) >= minimum.value.saturating_mul(60);
    let word = if met { "以上です" } else { "に足りません" };
    explanation.cite(
        minimum.citation,
        format!("週の所定労働時間{}は{}時間{word}。", wording::hours(terms.weekly_minutes), minimum.value),
    );
    Ok(met)
}

fn lasting(law: &Law, terms: &EmploymentTerms, explanation: &mut Explanation) -> Result<Option<bool>, DecisionError> {
    let days = figures::small::<u16>(law, LABOR, "employment_insurance.coverage_days_min", terms.on)?;
    let met = terms.contract.expected_to_last(Length::Days(days.value))?;
    let verdict = match met {
        Some(true) => "雇用される見込みがあります",
        Some(false) => "雇用される見込みがありません",
        None => "雇用される見込みがあるかが分かりません",
    };
    explanation.cite(days.citation, format!("契約期間: {}。{}日以上{verdict}。", terms.contract.say(), days.value));
    Ok(met)
}

fn class(
    law: &Law,
    terms: &EmploymentTerms,
    explanation: &mut Explanation,
) -> Result<EmploymentInsuredClass, DecisionError> {
    let age = figures::small::<u8>(law, SOCIAL, "age_boundaries.elderly_insured_age", terms.on)?;
    let elderly = reaches_age_on(terms.birth_date, age.value)? <= terms.on;
    let class = if elderly { EmploymentInsuredClass::Elderly } else { EmploymentInsuredClass::General };
    let word = if elderly { "以上" } else { "未満" };
    explanation.cite(age.citation, format!("{}歳{word}なので、雇用保険の{}です。", age.value, class.japanese()));
    Ok(class)
}
