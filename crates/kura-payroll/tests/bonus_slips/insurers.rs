//! Rates by payment month and day, societies, two establishments.

use kura_insurance::{Business, HealthParts, PartRate, RoundingAgreement};
use kura_model::InsurerCode;
use kura_payroll::bonus::{BonusError, HealthInsurer, InsurerRates, PersonBonus, TwoEstablishmentsFacts};
use kura_payroll::pay::{BuiltIn, NotifiedPremium, Rule};
use kura_yen::{Exact, Yen};

use crate::case::{earlier, figures, pay, person, premiums, try_pay};

#[test]
fn the_payment_month_chooses_the_health_rate_and_the_levy() {
    // 東京 9.91 to February 2026, 9.85 from March; the levy from April.
    let health = |paid_on| premiums(&pay(paid_on, &person(500_000)))[0];
    assert_eq!(["2026-02-27", "2026-03-31", "2026-04-01"].map(health), [24_775, 24_625, 25_200]);
}

#[test]
fn the_payment_day_chooses_the_rate_of_employment_insurance() {
    let employment = |paid_on, business| {
        let mut person = person(520_700);
        person.employment_insurance = Some(business);
        figures(&pay(paid_on, &person))[2]
    };
    assert_eq!(employment("2026-03-31", Business::General), 2_864);
    assert_eq!(employment("2026-04-01", Business::General), 2_603);
    assert_eq!(employment("2026-04-01", Business::Construction), 3_124);
    assert_eq!(employment("2026-03-31", Business::Construction), 3_385);
}

#[test]
fn only_the_wage_of_an_employee_officer_bears_employment_insurance() {
    let mut person = person(1_000_000);
    person.employee_part_of_officer_bonus = Some(Yen::new(400_000));
    assert_eq!(figures(&pay("2026-07-10", &person))[2], 2_000);
}

fn percent(text: &str) -> Exact {
    Exact::parse(text).unwrap().divided_by_integer(100).unwrap()
}

/// 9.20 (本人 4.20), 介護 1.80 (0.90), 支援金 0.23 (0.115).
fn society(agreement: RoundingAgreement) -> HealthInsurer {
    let part = |full, employee| PartRate::of_insurer(percent(full), percent(employee));
    let rates =
        HealthParts { health: part("9.20", "4.20"), care: part("1.80", "0.90"), support_levy: part("0.23", "0.115") };
    HealthInsurer { code: InsurerCode::from("架空組合"), rates: InsurerRates::Society(Box::new(rates)), agreement }
}

#[test]
fn a_society_has_its_own_rates_shares_and_rounding() {
    let mut person = person(333_000);
    person.insurance.birth_date = crate::law::day("1980-01-01");
    let mut health = |agreement, birth| {
        person.insurance.birth_date = crate::law::day(birth);
        person.insurance.insurer = Some(society(agreement));
        let slip = pay("2026-07-10", &person);
        let line = slip.slip.deductions[0].clone();
        assert_eq!(line.split.unwrap().into_iter().sum::<Yen>(), line.amount);
        line.amount.get()
    };
    // 333,000 x (4.20 + 0.90 + 0.115) % = 17,365.95; without care 14,368.95.
    assert_eq!(health(RoundingAgreement::FiftySen, "1980-01-01"), 17_366);
    assert_eq!(health(RoundingAgreement::Down, "1980-01-01"), 17_365);
    assert_eq!(health(RoundingAgreement::FiftySen, "1990-01-01"), 14_369);
}

#[test]
fn the_insurer_of_an_insured_person_must_be_known() {
    let mut person = person(333_000);
    person.insurance.insurer = None;
    let error = try_pay("2026-07-10", &person).unwrap_err();
    assert_eq!(error.to_string(), "「保険者コード」が空欄のため賞与を計算できません。");
    assert_eq!(error.remedy(), "その欄に値を入れてください。");
}

#[test]
fn a_prefecture_without_a_rate_is_named() {
    let mut person = person(333_000);
    person.insurance.insurer = Some(crate::case::kyokai("架空県"));
    let error = try_pay("2026-07-10", &person).unwrap_err();
    assert!(matches!(error, BonusError::Insurance(_)), "{error}");
    assert!(!error.remedy().is_empty());
}

fn at_two(bonus: i64, other_bonus: Option<i64>, notified: Option<NotifiedPremium>) -> PersonBonus {
    let mut person = person(bonus);
    let other_bonus = other_bonus.map(Yen::new);
    person.insurance.two_establishments = Some(TwoEstablishmentsFacts { other_bonus, notified });
    person
}

#[test]
fn two_establishments_share_one_standard_by_their_bonuses() {
    // 1,000,500 + 600,500: standard 1,601,000 (pension 1,500,000); 10.08 % and 18.30 %.
    let slip = pay("2026-07-10", &at_two(1_000_500, Some(600_500), None));
    assert_eq!((slip.standard.health, slip.standard.pension), (Yen::new(1_601_000), Yen::new(1_500_000)));
    let (own, both) = (1_000_500_i64, 1_601_000_i64);
    let health_full_in_tenths = 1_601_000 * 10_080 / 100_000 * 10 * own / both;
    let pension_full_in_hundredths = 1_500_000 * 18_300 / 100_000 * 100 * own / both;
    let half = |full: i64, unit: i64| (2 * full + 2 * unit - 1) / (4 * unit);
    assert_eq!(premiums(&slip), [half(health_full_in_tenths, 10), half(pension_full_in_hundredths, 100)]);
    assert_eq!(premiums(&slip), [50_425, 85_771]);
    assert_eq!(slip.slip.deductions[0].rule, Rule::SplitPremium);
    assert_eq!(slip.slip.deductions[0].split, None);
    assert_eq!((slip.of_month.health, slip.of_month.pension), (None, None));
    let report = slip.report.unwrap();
    assert_eq!((report.multi_office, report.currency), (true, Yen::new(1_000_500)));
}

#[test]
fn a_second_establishment_that_pays_no_bonus_changes_nothing() {
    let alone = pay("2026-07-10", &person(700_000));
    let slip = pay("2026-07-10", &at_two(700_000, Some(0), None));
    assert_eq!(premiums(&slip), premiums(&alone));
}

#[test]
fn the_notified_amounts_stand_in_place_of_the_split() {
    let notified = NotifiedPremium {
        health: Some(Exact::parse("101111.3").unwrap()),
        pension: Some(Exact::parse("170000.01").unwrap()),
        employee_share: Exact::ratio(1, 2).unwrap(),
    };
    let slip = pay("2026-07-10", &at_two(1_000_500, None, Some(notified)));
    assert_eq!(premiums(&slip), [50_556, 85_000]);
    assert_eq!(slip.slip.deductions[0].rule, Rule::NotifiedPremium);
}

#[test]
fn an_unknown_second_bonus_stops_the_slip() {
    let error = try_pay("2026-07-10", &at_two(1_000_500, None, None)).unwrap_err();
    assert_eq!(error.to_string(), "「二以上勤務の他社の賞与額または通知額」が空欄のため賞与を計算できません。");
    let only_health = NotifiedPremium {
        health: Some(Exact::whole(100_000)),
        pension: None,
        employee_share: Exact::ratio(1, 2).unwrap(),
    };
    assert!(
        try_pay("2026-07-10", &at_two(1_000_500, None, Some(only_health))).is_err(),
        "the pension is still unknown"
    );
}

#[test]
fn nothing_is_split_above_the_cap() {
    let mut person = at_two(1_000_000, Some(500_000), None);
    person.insurance.earlier = vec![earlier("2026-05-10", 5_730_000)];
    let slip = pay("2026-07-10", &person);
    assert_eq!(slip.slip.deducted(BuiltIn::HealthInsurance), Yen::ZERO);
    assert_eq!(slip.slip.deducted(BuiltIn::EmployeesPension), Yen::new(91_500));
}
