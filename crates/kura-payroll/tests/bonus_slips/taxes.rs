//! 賞与の源泉徴収 on whole slips: the two exceptions from both sides, columns, non-residents, heirs.

use kura_payroll::bonus::{BonusPlan, BonusPlanInput, PersonBonus, PreviousPay};
use kura_payroll::pay::{BuiltIn, Rule, TaxFacts};
use kura_payroll::tax::{Method, TaxColumn, TaxRule};
use kura_yen::Yen;

use crate::case::{figures, pay, person, try_pay, uninsured};
use crate::law::{day, law};

fn with_previous(bonus: i64, previous_pay: PreviousPay) -> PersonBonus {
    PersonBonus { previous_pay, ..uninsured(bonus) }
}

fn tax(paid_on: &str, person: &PersonBonus) -> (i64, Rule) {
    let slip = pay(paid_on, person);
    let line = slip.slip.deductions.last().unwrap();
    (line.amount.get(), line.rule)
}

const RATE_TABLE: Rule = Rule::Tax(TaxRule::BonusRateTable);
const OVER_MULTIPLE: Rule = Rule::Tax(TaxRule::BonusOverMultiple);
const WITHOUT_PREVIOUS: Rule = Rule::Tax(TaxRule::BonusWithoutPreviousPay);

#[test]
fn ten_times_exactly_uses_the_rate_and_one_yen_more_the_monthly_table() {
    let of = |bonus| tax("2026-07-10", &with_previous(bonus, PreviousPay::Typed(Yen::new(200_000))));
    // 200,000 without dependants: 4.084 %.
    assert_eq!(of(2_000_000), (81_680, RATE_TABLE));
    assert_eq!(of(2_000_001).1, OVER_MULTIPLE);
    // (T(200,000 + 333,333) - T(200,000)) x 6
    let monthly = |pay| {
        let table = kura_payroll::tax::WithholdingTable::monthly(law(), day("2026-07-10")).unwrap();
        table.tax(Yen::new(pay), TaxColumn::Kou { dependents: 0 }).unwrap().yen.get()
    };
    assert_eq!(of(2_000_001).0, (monthly(533_333) - monthly(200_000)) * 6);
}

#[test]
fn the_bonus_of_more_than_six_months_is_spread_over_twelve() {
    let of = |months| {
        let mut person = with_previous(2_400_000, PreviousPay::NotPaid);
        person.period_months = months;
        tax("2026-07-10", &person)
    };
    assert_eq!(of(1), of(6));
    assert_ne!(of(6), of(7));
    assert_eq!(of(7), of(12));
    assert_eq!(of(6).1, WITHOUT_PREVIOUS);
}

#[test]
fn zero_and_none_are_different_facts_with_one_rule() {
    assert_eq!(PreviousPay::of(Some(Yen::ZERO), Some(&[Yen::new(250_000)])), PreviousPay::Typed(Yen::ZERO));
    assert_eq!(PreviousPay::of(None, Some(&[])), PreviousPay::NotPaid);
    assert_eq!(PreviousPay::of(None, Some(&[Yen::ZERO])), PreviousPay::FromHistory(Yen::ZERO));
    assert_eq!(
        PreviousPay::of(None, Some(&[Yen::new(200_000), Yen::new(-3_000)])),
        PreviousPay::FromHistory(Yen::new(197_000))
    );
    assert_eq!(PreviousPay::of(None, None), PreviousPay::Unknown);
    assert_eq!(PreviousPay::of(Some(Yen::new(1)), None), PreviousPay::Typed(Yen::new(1)));

    let of = |previous| tax("2026-07-10", &with_previous(900_000, previous));
    let none = of(PreviousPay::NotPaid);
    assert_eq!(none.1, WITHOUT_PREVIOUS);
    for previous in [0, -1] {
        assert_eq!(of(PreviousPay::Typed(Yen::new(previous))), none);
    }
    // One yen of pay is pay: the bonus is more than ten times of it.
    assert_eq!(of(PreviousPay::Typed(Yen::new(1))).1, OVER_MULTIPLE);
}

#[test]
fn an_unknown_previous_pay_stops_a_resident_and_nobody_else() {
    let mut person = with_previous(900_000, PreviousPay::Unknown);
    let error = try_pay("2026-07-10", &person).unwrap_err();
    assert_eq!(error.to_string(), "「前月の給与（社保控除後）」が空欄のため賞与を計算できません。");
    person.tax = TaxFacts::NonResident;
    assert_eq!(tax("2026-07-10", &person), (183_780, Rule::Tax(TaxRule::NonResident)));
}

#[test]
fn a_non_resident_pays_a_rate_of_the_gross() {
    let mut person = person(500_000);
    person.tax = TaxFacts::NonResident;
    let slip = pay("2026-07-10", &person);
    assert_eq!(figures(&slip)[3], 102_100);
    assert_eq!(slip.tax_rate, None);
}

#[test]
fn otsu_has_its_own_rates_and_exceptions() {
    let of = |bonus, previous| {
        let mut person = with_previous(bonus, previous);
        person.tax = TaxFacts::Resident(TaxColumn::Otsu { secondary_dependents: 0 });
        tax("2026-07-10", &person)
    };
    assert_eq!(of(500_000, PreviousPay::Typed(Yen::new(221_999))), (51_050, RATE_TABLE));
    let without = of(600_000, PreviousPay::NotPaid);
    assert_eq!(without.1, WITHOUT_PREVIOUS);
    // T(100,000) of 乙 by six.
    let table = kura_payroll::tax::WithholdingTable::monthly(law(), day("2026-07-10")).unwrap();
    let monthly = table.tax(Yen::new(100_000), TaxColumn::Otsu { secondary_dependents: 0 }).unwrap().yen.get();
    assert_eq!(without.0, monthly * 6);
}

#[test]
fn hei_has_no_bonus() {
    let mut person = person(500_000);
    person.tax = TaxFacts::Resident(TaxColumn::Hei);
    let error = try_pay("2026-07-10", &person).unwrap_err();
    assert_eq!(error.to_string(), "丙欄の人に賞与の算出率の表はありません。");
    assert_eq!(error.remedy(), "税額表の欄を甲か乙にしてください。");
}

#[test]
fn what_is_paid_to_the_heirs_is_not_taxed_here() {
    let mut person = person(500_000);
    person.tax = TaxFacts::PaidToHeirs;
    let slip = pay("2026-07-10", &person);
    assert_eq!(slip.slip.deducted(BuiltIn::IncomeTax), Yen::ZERO);
    assert_eq!(slip.slip.deductions.len(), 3);
}

#[test]
fn the_year_of_the_table_is_that_of_the_payment_day() {
    let of = |paid_on| tax(paid_on, &with_previous(500_000, PreviousPay::Typed(Yen::new(75_000)))).0;
    // Without dependants the first taxed row begins at 68,000 to the end of 2025, at 82,000 in 2026.
    assert_eq!([of("2025-12-31"), of("2026-01-01")], [10_210, 0]);
    let error = try_pay("2027-01-08", &person(500_000)).unwrap_err();
    assert!(error.remedy().contains("令和9年分"), "{}", error.remedy());
}

#[test]
fn the_exceptions_follow_the_payers_method() {
    let input = BonusPlanInput {
        paid_on: day("2026-07-10"),
        items: Vec::new(),
        facts: Vec::new(),
        tables: Vec::new(),
        method: Method::ComputerFormula,
    };
    let plan = BonusPlan::new(law(), input).unwrap();
    let slip = plan.pay(&with_previous(2_400_000, PreviousPay::NotPaid), &mut ()).unwrap();
    let formula = kura_payroll::tax::ComputerFormula::on(law(), day("2026-07-10")).unwrap();
    let monthly = formula.tax(Yen::new(400_000), 0).unwrap().yen.get();
    assert_eq!(slip.slip.deducted(BuiltIn::IncomeTax).get(), monthly * 6);
}

#[test]
fn inhabitant_tax_is_never_taken_from_a_bonus() {
    assert_eq!(pay("2026-06-10", &person(500_000)).slip.deducted(BuiltIn::InhabitantTax), Yen::ZERO);
}
