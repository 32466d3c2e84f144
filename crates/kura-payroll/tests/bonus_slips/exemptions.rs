//! 産休・育休: the last day of the payment month, and more than one month.

use kura_insurance::{ExemptionRule, HealthParts, Leave, LeaveKind, PartRate};
use kura_model::BonusExemption;
use kura_payroll::bonus::{Charge, InsurerRates, PersonBonus};
use kura_payroll::pay::BuiltIn;
use kura_yen::{Exact, Yen};

use crate::case::{childcare, pay, person, premiums, standards};
use crate::law::day;

fn on_leave(leaves: Vec<Leave>) -> PersonBonus {
    let mut person = person(500_000);
    person.insurance.leaves = leaves;
    person
}

fn health(paid_on: &str, leaves: Vec<Leave>) -> Charge {
    let slip = pay(paid_on, &on_leave(leaves));
    assert_eq!(slip.insured.health, slip.insured.pension);
    assert_eq!(premiums(&slip) == [0, 0], slip.insured.health != Charge::Charged);
    assert_eq!(standards(&slip), [500_000, 500_000], "an exempt bonus counts");
    assert!(slip.report.is_some(), "an exempt bonus is reported");
    slip.insured.health
}

const LONG_ENOUGH: Charge = Charge::Exempt(ExemptionRule::BonusLeaveLongEnough);

#[test]
fn exactly_one_month_is_not_enough_and_one_day_more_is() {
    assert_eq!(health("2026-06-10", vec![childcare("2026-06-15", "2026-07-14")]), Charge::Charged);
    assert_eq!(health("2026-06-10", vec![childcare("2026-06-15", "2026-07-15")]), LONG_ENOUGH);
    // From the last day of a long month into a short one: 民法143条2項.
    assert_eq!(health("2026-01-31", vec![childcare("2026-01-31", "2026-02-28")]), Charge::Charged);
    assert_eq!(health("2026-01-31", vec![childcare("2026-01-31", "2026-03-01")]), LONG_ENOUGH);
}

#[test]
fn the_leave_must_hold_the_last_day_of_the_payment_month() {
    let leave = || vec![childcare("2026-05-10", "2026-06-29")];
    assert_eq!(health("2026-05-08", leave()), LONG_ENOUGH, "the payment itself may come before the leave");
    assert_eq!(health("2026-06-10", leave()), Charge::Charged);
    assert_eq!(health("2026-06-10", vec![childcare("2026-05-10", "2026-06-30")]), LONG_ENOUGH);
}

#[test]
fn fourteen_days_of_a_month_never_exempt_a_bonus() {
    assert_eq!(health("2026-06-10", vec![childcare("2026-06-01", "2026-06-28")]), Charge::Charged);
}

#[test]
fn leaves_back_to_back_are_one() {
    let parts = |second| vec![childcare("2026-06-15", "2026-06-30"), childcare(second, "2026-07-20")];
    assert_eq!(health("2026-06-10", parts("2026-07-01")), LONG_ENOUGH);
    assert_eq!(health("2026-06-10", parts("2026-07-02")), Charge::Charged);
}

#[test]
fn a_leave_that_began_before_the_rule_needs_no_month() {
    // A society: the rates of 協会けんぽ do not reach back to 2022.
    let rate = PartRate::of_insurer(Exact::ratio(1, 10).unwrap(), Exact::ratio(1, 20).unwrap());
    let rates = HealthParts { health: rate, care: PartRate::NONE, support_levy: PartRate::NONE };
    let health = |paid_on, leave| {
        let mut person = on_leave(vec![leave]);
        person.insurance.insurer.as_mut().unwrap().rates = InsurerRates::Society(Box::new(rates));
        pay(paid_on, &person).insured.health
    };
    let before = health("2022-09-30", childcare("2022-09-30", "2022-10-05"));
    assert_eq!(before, Charge::Exempt(ExemptionRule::MonthEndInLeave));
    assert_eq!(health("2022-10-31", childcare("2022-10-31", "2022-11-05")), Charge::Charged);
}

#[test]
fn maternity_leave_needs_no_month() {
    let leave = Leave { kind: LeaveKind::Maternity, start: day("2026-06-30"), end: day("2026-07-02"), worked_days: 0 };
    assert_eq!(health("2026-06-10", vec![leave]), Charge::Exempt(ExemptionRule::MonthEndInLeave));
}

#[test]
fn what_is_typed_stands() {
    for typed in [BonusExemption::Maternity, BonusExemption::Childcare] {
        let mut person = person(500_000);
        person.insurance.exemption = typed;
        assert_eq!(pay("2026-06-10", &person).insured.health, Charge::ExemptAsTyped);
    }
}

#[test]
fn employment_insurance_is_never_exempt() {
    let slip = pay("2026-06-10", &on_leave(vec![childcare("2026-01-10", "2027-01-09")]));
    assert_eq!(slip.slip.deducted(BuiltIn::EmploymentInsurance), Yen::new(2_500));
}

#[test]
fn a_leave_that_ends_before_it_starts_is_refused() {
    let error = crate::case::try_pay("2026-06-10", &on_leave(vec![childcare("2026-06-10", "2026-06-01")])).unwrap_err();
    assert_eq!(error.to_string(), "休業の終了日が開始日より前です。");
}
