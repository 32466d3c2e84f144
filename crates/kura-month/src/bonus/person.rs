use kura_calendar::Month;
use kura_model::{Bonus, EmployeeCode, EmploymentClass, EmploymentTerms, ItemCode, ItemKind, PayHistory, Row};
use kura_payroll::bonus::{BonusSlip, GivenAmount, PersonBonus, PreviousPay};
use kura_payroll::pay::{AmountSource, TaxFacts};
use kura_yen::Yen;

use super::group::BonusGroup;
use super::{insurance, previous_pay, settled};
use crate::contracts::contract;
use crate::person::PersonFacts;
use crate::stop::Stop;

/// One person's slip of a bonus with what it was made from and what it leaves in 給与履歴.
pub(crate) struct PaidBonus<'run> {
    pub(crate) facts: PersonFacts<'run>,
    /// The planned row of 賞与.
    pub(crate) row: &'run Row<Bonus>,
    /// The plan, with the items of the slip's lines.
    pub(crate) group: &'run BonusGroup<'run>,
    /// What the engine was asked.
    pub(crate) asked: PersonBonus,
    pub(crate) slip: BonusSlip,
    /// The row of 給与履歴 of this payment.
    pub(crate) history: PayHistory,
}

impl PaidBonus<'_> {
    /// 社員番号.
    pub(crate) fn code(&self) -> &EmployeeCode {
        &self.facts.employee.employee_code
    }
}

/// The slip of a planned row.
pub(crate) fn pay<'run>(
    facts: PersonFacts<'run>,
    group: &'run BonusGroup<'run>,
    row: &'run Row<Bonus>,
    settled: bool,
) -> Result<PaidBonus<'run>, Stop> {
    let asked = bonus(&facts, group, row, settled)?;
    let slip = group.plan.pay(&asked, &mut ())?;
    let history = settled::history(&facts, group, &asked, &slip)?;
    Ok(PaidBonus { facts, row, group, asked, slip, history })
}

/// Everything the engine needs.
fn bonus(
    facts: &PersonFacts<'_>,
    group: &BonusGroup<'_>,
    row: &Row<Bonus>,
    settled: bool,
) -> Result<PersonBonus, Stop> {
    let paid_on = row.paid_on;
    let terms = facts.terms_on(paid_on.min(facts.employed()?.to))?;
    let employment_insurance = facts.employment_business(paid_on)?;
    if employment_insurance.is_some() && terms.employment_class == Some(EmploymentClass::OfficerWithEmployeeStatus) {
        in_parts(group)?;
    }
    let tax = facts.tax(terms, paid_on)?;
    let previous_pay = previous_pay::of(facts, row, settled)?;
    if previous_pay == PreviousPay::Unknown && matches!(tax, TaxFacts::Resident(_)) {
        return Err(previous_pay::unknown(row.number, Month::of(paid_on).previous()));
    }
    let months = row.period_months.or(facts.group.group.bonus_period_months);
    let months = months.ok_or_else(|| Stop::unknown("賞与", Some(row.number), "算定期間（月）"))?;
    Ok(PersonBonus {
        currency: row.amount_currency,
        in_kind: row.amount_in_kind.unwrap_or(Yen::ZERO),
        given: given(facts, group)?,
        facts: formula_facts(facts, group, terms)?,
        insurance: insurance::facts(facts, row)?,
        employment_insurance,
        employee_part_of_officer_bonus: None,
        tax,
        previous_pay,
        period_months: u8::try_from(months).unwrap_or(u8::MAX),
    })
}

/// 兼務役員: only the part of the bonus that is a wage bears employment insurance, and only items can tell the parts apart.
fn in_parts(group: &BonusGroup<'_>) -> Result<(), Stop> {
    if group.plan.items.iter().any(|item| item.kind == ItemKind::Earning) {
        return Ok(());
    }
    let remedy = "賞与で使う項目を「労働保険の賃金」が○のものとないものに分け、変動支給に額を書いてください。";
    Err(Stop::reason(
        "支給控除項目",
        "officer_bonus_in_parts",
        "兼務役員の賞与のうち、労働者分がいくらかわかりません。",
        remedy,
    ))
}

/// 変動支給 of the payment month and 固定支給 in force, of the items of the bonus.
fn given(facts: &PersonFacts<'_>, group: &BonusGroup<'_>) -> Result<Vec<GivenAmount>, Stop> {
    let (plan, employee) = (&group.plan, facts.employee);
    let mut given = Vec::new();
    for row in facts.rows.variable.iter().filter(|row| row.payment_month == plan.payment_month()) {
        let Some(item) = plan.item(row.item_code.as_str()) else { continue };
        let amount = row.amount.ok_or_else(|| Stop::unknown("変動支給", Some(row.number), "金額"))?;
        given.push(GivenAmount { item, amount: amount.exact() });
    }
    for (at, item) in plan.items.iter().enumerate().filter(|(_, item)| matches!(item.source, AmountSource::Fixed)) {
        let code = ItemCode::from(item.code.as_str());
        let key = (employee.client_code.clone(), employee.employee_code.clone(), code);
        let known = facts.known.fixed_pay.get(&key).and_then(|history| history.on(plan.paid_on));
        let known = known.filter(|known| known.to.is_none_or(|to| plan.paid_on <= to));
        let amount = known.and_then(|known| known.factor.or(known.amount.map(Yen::exact)));
        given.extend(amount.map(|amount| GivenAmount { item: at, amount }));
    }
    Ok(given)
}

/// The values of the names of formulas, where there are any; those of 勤怠 are unknown in a bonus.
fn formula_facts(
    facts: &PersonFacts<'_>,
    group: &BonusGroup<'_>,
    terms: &EmploymentTerms,
) -> Result<Vec<Option<kura_payroll::formula::Value<'static>>>, Stop> {
    let has_formula = group.plan.items.iter().any(|item| matches!(item.source, AmountSource::Formula(..)));
    if !has_formula {
        return Ok(vec![None; group.plan.facts.len()]);
    }
    facts.formula_facts(group.plan.paid_on, contract(terms)?, &[], None)
}
