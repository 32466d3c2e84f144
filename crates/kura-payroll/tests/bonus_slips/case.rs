//! One invented person, and the words to change her.

use kura_calendar::Date;
use kura_insurance::{Business, HealthRounding, Leave, LeaveKind, RoundingAgreement};
use kura_model::{BonusExemption, InsurerCode};
use kura_payroll::bonus::{
    BonusError, BonusPlan, BonusPlanInput, BonusSlip, EarlierBonus, HealthInsurer, InsuranceFacts, InsurerRates,
    PersonBonus, PreviousPay, Spell, TakenPremiums,
};
use kura_payroll::pay::{BuiltIn, ItemInput, TaxFacts, Traced};
use kura_payroll::tax::{Method, TaxColumn};
use kura_yen::Yen;

use crate::law::{day, law};

pub(crate) const KYOKAI: &str = "協会";

/// Born 1990, insured since 2020 in Tokyo, 甲欄 without dependants, 250,000 yen after social insurance last month.
pub(crate) fn person(bonus: i64) -> PersonBonus {
    PersonBonus {
        currency: Some(Yen::new(bonus)),
        in_kind: Yen::ZERO,
        given: Vec::new(),
        facts: Vec::new(),
        insurance: insurance("1990-08-21"),
        employment_insurance: Some(Business::General),
        employee_part_of_officer_bonus: None,
        tax: TaxFacts::Resident(TaxColumn::Kou { dependents: 0 }),
        previous_pay: PreviousPay::Typed(Yen::new(250_000)),
        period_months: 6,
    }
}

pub(crate) fn insurance(birth_date: &str) -> InsuranceFacts {
    InsuranceFacts {
        birth_date: day(birth_date),
        health: vec![spell("2020-04-01", None)],
        pension: vec![spell("2020-04-01", None)],
        aged_70_or_over: false,
        insurer: Some(kyokai("東京都")),
        care_exempt: false,
        care_specified_insured: false,
        rounding: HealthRounding::CombinedOnce,
        leaves: Vec::new(),
        exemption: BonusExemption::Automatic,
        earlier: Vec::new(),
        other_health_standard_bonus: Yen::ZERO,
        two_establishments: None,
    }
}

/// A person outside every insurance: what is paid is what is taxed.
pub(crate) fn uninsured(bonus: i64) -> PersonBonus {
    let mut person = person(bonus);
    person.insurance.health.clear();
    person.insurance.pension.clear();
    person.employment_insurance = None;
    person
}

pub(crate) fn spell(acquired_on: &str, lost_on: Option<&str>) -> Spell {
    Spell { acquired_on: day(acquired_on), lost_on: lost_on.map(day) }
}

pub(crate) fn kyokai(prefecture: &str) -> HealthInsurer {
    HealthInsurer {
        code: InsurerCode::from(KYOKAI),
        rates: InsurerRates::Kyokai { prefecture: prefecture.to_owned() },
        agreement: RoundingAgreement::FiftySen,
    }
}

/// An earlier bonus under 協会けんぽ; nothing taken from it.
pub(crate) fn earlier(paid_on: &str, amount: i64) -> EarlierBonus {
    EarlierBonus {
        paid_on: day(paid_on),
        currency: Yen::new(amount),
        in_kind: Yen::ZERO,
        health_insurer: Some(InsurerCode::from(KYOKAI)),
        pension_insured: true,
        taken: TakenPremiums::NONE,
    }
}

pub(crate) fn childcare(start: &str, end: &str) -> Leave {
    Leave { kind: LeaveKind::Childcare, start: day(start), end: day(end), worked_days: 0 }
}

pub(crate) fn plan_of(paid_on: &str, items: Vec<ItemInput>) -> BonusPlan<'static> {
    let input =
        BonusPlanInput { paid_on: day(paid_on), items, facts: Vec::new(), tables: Vec::new(), method: Method::Table };
    BonusPlan::new(law(), input).unwrap()
}

/// The slip, with a check that holds for all: one reason for each line, in their order, and none without an exact amount.
#[track_caller]
pub(crate) fn pay(paid_on: &str, person: &PersonBonus) -> BonusSlip {
    let bonus = try_pay(paid_on, person).unwrap();
    let mut traced = Traced::default();
    assert_eq!(plan_of(paid_on, Vec::new()).pay(person, &mut traced).unwrap(), bonus, "listening changes nothing");
    let lines = bonus.slip.pay.iter().chain(&bonus.slip.deductions).map(|line| line.kind);
    assert!(lines.eq(traced.reasons.iter().map(|(kind, _)| *kind)));
    assert!(traced.reasons.iter().all(|(_, reason)| reason.exact.is_some() && !reason.inputs.is_empty()));
    assert_eq!(traced.totals.len(), 2);
    bonus
}

pub(crate) fn try_pay(paid_on: &str, person: &PersonBonus) -> Result<BonusSlip, BonusError> {
    plan_of(paid_on, Vec::new()).pay(person, &mut ())
}

/// 健康保険, 厚生年金, 雇用保険, 所得税, 差引.
pub(crate) fn figures(slip: &BonusSlip) -> [i64; 5] {
    let taken = |line| slip.slip.deducted(line).get();
    [
        taken(BuiltIn::HealthInsurance),
        taken(BuiltIn::EmployeesPension),
        taken(BuiltIn::EmploymentInsurance),
        taken(BuiltIn::IncomeTax),
        slip.slip.net.get(),
    ]
}

pub(crate) fn premiums(slip: &BonusSlip) -> [i64; 2] {
    let [health, pension, ..] = figures(slip);
    [health, pension]
}

pub(crate) fn standards(slip: &BonusSlip) -> [i64; 2] {
    [slip.standard.health.get(), slip.standard.pension.get()]
}

/// Days on both sides of an edge.
pub(crate) fn on(days: &[&str]) -> Vec<Date> {
    days.iter().map(|text| day(text)).collect()
}
