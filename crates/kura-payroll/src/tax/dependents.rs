use kura_calendar::{Date, age_on};
use kura_law::{Cited, Law, LawError};
use kura_model::{DisabilityClass, FamilyTaxClass, NonResidentClass, Relation, WidowSingleParent, WorkingStudent};
use kura_yen::Yen;

use super::dependent_facts::Member;
use super::{DependentReason, DependentsError, FamilyFacts, RULES, TaxpayerFacts};
use crate::Citations;

/// 扶養親族等の数 with the reason of every one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependentsCount {
    /// 扶養親族等の数 (甲欄).
    pub count: u16,
    /// What the person himself adds.
    pub own: Vec<DependentReason>,
    /// One line for each member of the family, in the order given.
    pub family: Vec<Vec<DependentReason>>,
    /// The figures it stands on.
    pub citations: Citations,
}

/// 扶養親族等の数の数え方 of a 支給日 (所得税法185条, 187条; 源泉徴収税額表の備考), read once for many people.
#[derive(Debug, Clone, Copy)]
pub struct DependentsRules<'law> {
    law: &'law Law,
    payment_date: Date,
    spouse_own_income_max: Cited<Yen>,
    spouse_income_max: Cited<Yen>,
    dependent_income_max: Cited<Yen>,
    specified_monthly_max: Cited<Yen>,
    specified_max: Cited<Yen>,
    counted_age: Cited<u8>,
    specified_ages: (Cited<u8>, Cited<u8>),
}

impl<'law> DependentsRules<'law> {
    /// For a 支給日: limits and definitions change by it, the age is that of 31 December of its year.
    pub fn on(law: &'law Law, payment_date: Date) -> Result<Self, LawError> {
        let yen = |key| yen_figure(law, key, payment_date);
        let age = |key| age_figure(law, key, payment_date);
        Ok(Self {
            law,
            payment_date,
            spouse_own_income_max: yen("withholding.dependents.spouse_own_income_max")?,
            spouse_income_max: yen("withholding.dependents.spouse_income_max")?,
            dependent_income_max: yen("year_end.limits.dependant_and_spouse")?,
            specified_monthly_max: yen("withholding.dependents.specified_relative_income_max")?,
            specified_max: yen("year_end.limits.tokutei_shinzoku_max")?,
            counted_age: age("withholding.dependents.counted_age_min")?,
            specified_ages: (
                age("withholding.dependents.specified_relative_age_min")?,
                age("withholding.dependents.specified_relative_age_max")?,
            ),
        })
    }

    /// 扶養親族等の数 of a person. Only cells that decide something are asked for; an empty one of them is an error.
    pub fn count(&self, person: &TaxpayerFacts, family: &[FamilyFacts]) -> Result<DependentsCount, DependentsError> {
        let mut citations = Citations::none();
        let own = self.own_reasons(person, &mut citations)?;
        let mut lines = Vec::with_capacity(family.len());
        for (at, facts) in family.iter().enumerate() {
            let member = Member { facts, number: at.saturating_add(1), person };
            lines.push(self.member_reasons(member, &mut citations)?);
        }
        let declared_spouses = family.iter().filter(|member| member.is_spouse() && member.is_declared());
        if declared_spouses.count() > 1 {
            return Err(DependentsError::TwoSpouses);
        }
        let count = own.iter().chain(lines.iter().flatten()).map(DependentReason::counts).sum();
        Ok(DependentsCount { count, own, family: lines, citations })
    }

    fn own_reasons(
        &self,
        person: &TaxpayerFacts,
        citations: &mut Citations,
    ) -> Result<Vec<DependentReason>, DependentsError> {
        let unknown = |column| DependentsError::UnknownOfPerson { sheet: "従業員", column };
        let mut reasons = Vec::new();
        match person.disability.ok_or_else(|| unknown("障害者区分"))? {
            DisabilityClass::NotDisabled => {}
            DisabilityClass::Ordinary => reasons.push(DependentReason::Disabled),
            DisabilityClass::Special => reasons.push(DependentReason::SpecialDisabled),
        }
        let widow_single_parent = person.widow_single_parent.ok_or_else(|| unknown("寡婦・ひとり親"))?;
        let counted = match widow_single_parent {
            WidowSingleParent::Neither => None,
            WidowSingleParent::Widow => Some(DependentReason::Widow),
            WidowSingleParent::SingleParent => Some(DependentReason::SingleParent),
        };
        let status = widow_single_parent.japanese();
        let limit = "year_end.limits.widow_single_parent_own";
        reasons.extend(self.status(counted, status, limit, person, citations)?);
        let working_student = person.working_student.ok_or_else(|| unknown("勤労学生"))?;
        let counted = (working_student == WorkingStudent::WorkingStudent).then_some(DependentReason::WorkingStudent);
        let status = working_student.japanese();
        reasons.extend(self.status(counted, status, "year_end.limits.working_student", person, citations)?);
        Ok(reasons)
    }

    /// A declared status, unless the person's own income as far as it is known contradicts it.
    fn status(
        &self,
        counted: Option<DependentReason>,
        status: &'static str,
        limit_key: &str,
        person: &TaxpayerFacts,
        citations: &mut Citations,
    ) -> Result<Option<DependentReason>, DependentsError> {
        let Some(counted) = counted else { return Ok(None) };
        let limit = cite(yen_figure(self.law, limit_key, self.payment_date)?, citations);
        let above = person.own_income_estimate.is_some_and(|income| income > limit);
        Ok(Some(if above { DependentReason::StatusIncomeAbove { status, limit } } else { counted }))
    }

    fn member_reasons(
        &self,
        member: Member<'_>,
        citations: &mut Citations,
    ) -> Result<Vec<DependentReason>, DependentsError> {
        let facts = member.facts;
        let declared = facts.tax_class.ok_or_else(|| member.unknown("税の区分"))?;
        if declared == FamilyTaxClass::NotCounted {
            return Ok(vec![DependentReason::NotDeclared]);
        }
        let relation = facts.relation.ok_or_else(|| member.unknown("続柄"))?;
        if relation == Relation::UnregisteredSpouse {
            return Ok(vec![DependentReason::UnregisteredSpouse]);
        }
        if facts.birth_date.is_some_and(|birth_date| birth_date > self.payment_date) {
            return Err(DependentsError::BornLater { member: member.number });
        }
        let resident = member.is_resident()?;
        if !resident && !member.has_documents()? {
            return Ok(vec![DependentReason::NonResidentWithoutDocuments]);
        }
        let Found { reason, class, dependent } = if facts.is_spouse() {
            self.spouse(member, citations)?
        } else {
            self.relative(member, resident, citations)?
        };
        let mut reasons = vec![reason];
        if class != declared {
            reasons.push(DependentReason::ClassDiffers { declared, found: class });
        }
        reasons.extend(member.disability_reasons(dependent)?);
        Ok(reasons)
    }

    /// 源泉控除対象配偶者, 同一生計配偶者 or neither.
    fn spouse(&self, member: Member<'_>, citations: &mut Citations) -> Result<Found, DependentsError> {
        let income = member.income()?;
        let same_livelihood = income <= cite(self.dependent_income_max, citations);
        let otherwise = if same_livelihood { FamilyTaxClass::SameLivelihoodSpouse } else { FamilyTaxClass::NotCounted };
        let limit = cite(self.spouse_income_max, citations);
        if income > limit {
            let reason = DependentReason::SpouseIncomeAbove { limit };
            return Ok(Found { reason, class: otherwise, dependent: same_livelihood });
        }
        let own_unknown =
            || DependentsError::UnknownOfPerson { sheet: "雇用条件", column: "本人の合計所得の見込み" };
        let own_limit = cite(self.spouse_own_income_max, citations);
        if member.person.own_income_estimate.ok_or_else(own_unknown)? > own_limit {
            let reason = DependentReason::OwnIncomeAbove { limit: own_limit };
            return Ok(Found { reason, class: otherwise, dependent: same_livelihood });
        }
        let reason = DependentReason::WithholdingSpouse { limit };
        Ok(Found { reason, class: FamilyTaxClass::WithholdingSpouse, dependent: same_livelihood })
    }

    /// 控除対象扶養親族, 16歳未満, 特定親族 or none of them.
    fn relative(
        &self,
        member: Member<'_>,
        resident: bool,
        citations: &mut Citations,
    ) -> Result<Found, DependentsError> {
        let birth_date = member.facts.birth_date.ok_or_else(|| member.unknown("生年月日"))?;
        let age = age_on(birth_date, self.payment_date.last_of_year()).unwrap_or(0);
        let income = member.income()?;
        let limit = cite(self.dependent_income_max, citations);
        if income > limit {
            return Ok(self.above_limit(age, income, limit, citations));
        }
        let counted_age = cite(self.counted_age, citations);
        if age < counted_age {
            let reason = DependentReason::UnderAge { age: counted_age };
            return Ok(Found { reason, class: FamilyTaxClass::UnderSixteen, dependent: true });
        }
        let reason = match if resident { None } else { self.missing_reason(member, age, citations)? } {
            Some(missing) => missing,
            None => DependentReason::CountedDependent { age: counted_age, limit },
        };
        Ok(Found { reason, class: FamilyTaxClass::DependentSixteenOrOver, dependent: true })
    }

    fn above_limit(&self, age: u8, income: Yen, limit: Yen, citations: &mut Citations) -> Found {
        let (from, to) = (cite(self.specified_ages.0, citations), cite(self.specified_ages.1, citations));
        if !(from..=to).contains(&age) || income > cite(self.specified_max, citations) {
            let reason = DependentReason::IncomeAbove { limit };
            return Found { reason, class: FamilyTaxClass::NotCounted, dependent: false };
        }
        let monthly = cite(self.specified_monthly_max, citations);
        let reason = if income <= monthly {
            DependentReason::SpecifiedRelative { limit: monthly }
        } else {
            DependentReason::SpecifiedRelativeAtYearEnd { limit: monthly.max(limit) }
        };
        Found { reason, class: FamilyTaxClass::SpecifiedRelative, dependent: false }
    }

    /// A 非居住者 of working age counts only while studying abroad, disabled, or sent enough money.
    fn missing_reason(
        &self,
        member: Member<'_>,
        age: u8,
        citations: &mut Citations,
    ) -> Result<Option<DependentReason>, DependentsError> {
        let figure = |key| age_figure(self.law, key, self.payment_date);
        let from = cite(figure("withholding.dependents.non_resident_reason_age_min")?, citations);
        let to = cite(figure("withholding.dependents.non_resident_reason_age_max")?, citations);
        let excused = match member.facts.non_resident {
            Some(NonResidentClass::StudyAbroad | NonResidentClass::RemittanceOver380000) => true,
            _ => member.disability()? != DisabilityClass::NotDisabled,
        };
        let missing = (from..=to).contains(&age) && !excused;
        Ok(missing.then_some(DependentReason::NonResidentWithoutReason { from, to }))
    }
}

/// What the facts make of a member of the family.
struct Found {
    reason: DependentReason,
    class: FamilyTaxClass,
    /// 同一生計配偶者 or 扶養親族: a disability counts.
    dependent: bool,
}

fn cite<T: Copy>(figure: Cited<T>, citations: &mut Citations) -> T {
    citations.add(figure.citation);
    figure.value
}

fn yen_figure(law: &Law, key: &str, on: Date) -> Result<Cited<Yen>, LawError> {
    let figure = law.figure(RULES, key, on)?;
    Ok(Cited { value: figure.yen()?, citation: figure.citation() })
}

fn age_figure(law: &Law, key: &str, on: Date) -> Result<Cited<u8>, LawError> {
    let figure = law.figure(RULES, key, on)?;
    let value = u8::try_from(figure.integer()?).map_err(|_| figure.unreadable("年齢ではありません"))?;
    Ok(Cited { value, citation: figure.citation() })
}
