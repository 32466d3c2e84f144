use kura_insurance::HealthPremium;
use kura_model::{AccidentWageClass, Bonus, BonusState, PayHistory, PayKind};
use kura_payroll::bonus::{BonusSlip, PersonBonus};
use kura_payroll::pay::BuiltIn;
use kura_yen::{Exact, Yen};

use super::group::BonusGroup;
use super::person::PaidBonus;
use crate::history::{self, tax_class};
use crate::person::PersonFacts;
use crate::stop::Stop;

/// The row of 給与履歴 of a bonus. Its 報酬 is what counts as bonus for social insurance, its 標準 the 標準賞与額 of the month.
pub(crate) fn history(
    facts: &PersonFacts<'_>,
    group: &BonusGroup<'_>,
    asked: &PersonBonus,
    bonus: &BonusSlip,
) -> Result<PayHistory, Stop> {
    let (plan, slip) = (&group.plan, &bonus.slip);
    let month = plan.payment_month();
    let (column, dependents) = tax_class(asked.tax);
    let terms = facts.terms_on(plan.paid_on.min(facts.employed()?.to))?;
    let outside = terms.accident_wage_class == Some(AccidentWageClass::OfficerExcluded);
    let wage = |counts: bool| if counts { slip.bases.labor_wage } else { Yen::ZERO };
    let employer = employer_parts(asked, bonus, month)?;
    let (health_standard, pension_standard) = standards(bonus);
    Ok(PayHistory {
        payment_month: Some(month),
        pay_group_code: Some(facts.group.group.pay_group_code.clone()),
        closing_date: Some(plan.paid_on),
        premium_month: Some(month),
        remuneration_currency: Some(bonus.currency),
        remuneration_in_kind: Some(bonus.in_kind),
        accident_wage: Some(wage(!outside)),
        employment_wage: Some(wage(asked.employment_insurance.is_some())),
        accident_wage_class: terms.accident_wage_class,
        health_standard,
        pension_standard,
        withholding_column: column,
        dependents,
        employer_health: employer.map(|[health, ..]| health),
        employer_pension: employer.map(|[_, pension, _]| pension),
        employer_child_contribution: employer.map(|[.., contribution]| contribution),
        ..history::settled(facts, PayKind::Bonus, plan.paid_on, slip)
    })
}

/// The row of 賞与 with its results: 確定.
pub(crate) fn row(paid: &PaidBonus<'_>) -> Bonus {
    let slip = &paid.slip.slip;
    let (health_standard_bonus, pension_standard_bonus) = standards(&paid.slip);
    Bonus {
        state: Some(BonusState::Settled),
        health_standard_bonus,
        pension_standard_bonus,
        health_total: Some(slip.deducted(BuiltIn::HealthInsurance)),
        pension: Some(slip.deducted(BuiltIn::EmployeesPension)),
        employment_insurance: Some(slip.deducted(BuiltIn::EmploymentInsurance)),
        tax: Some(slip.deducted(BuiltIn::IncomeTax)),
        net: Some(slip.net),
        ..paid.row.facts.clone()
    }
}

/// 標準賞与額 of both schemes, empty where the person is not insured; exempt ones stand, for they count towards the year.
fn standards(bonus: &BonusSlip) -> (Option<Yen>, Option<Yen>) {
    let health = Some(bonus.standard.health).filter(|_| bonus.insured.health.is_insured());
    (health, Some(bonus.standard.pension).filter(|_| bonus.insured.pension.is_insured()))
}

/// 事業主負担 健保, 厚年, 拠出金: the full unrounded premiums less what was taken. `None` for a second bonus of a month, whose
/// premiums are those of both together.
fn employer_parts(
    asked: &PersonBonus,
    bonus: &BonusSlip,
    month: kura_calendar::Month,
) -> Result<Option<[Exact; 3]>, Stop> {
    if asked.insurance.earlier.iter().any(|earlier| month.contains(earlier.paid_on)) {
        return Ok(None);
    }
    let premiums = &bonus.of_month;
    let health = premiums.health.as_ref().map(HealthPremium::full_total).transpose()?.unwrap_or(Exact::ZERO);
    let pension = premiums.pension.as_ref().map_or(Exact::ZERO, |premium| premium.full);
    let contribution = premiums.pension.as_ref().map_or(Exact::ZERO, |premium| premium.child_contribution);
    let taken = |line| bonus.slip.deducted(line).exact();
    Ok(Some([
        health.minus(taken(BuiltIn::HealthInsurance))?,
        pension.minus(taken(BuiltIn::EmployeesPension))?,
        contribution,
    ]))
}
