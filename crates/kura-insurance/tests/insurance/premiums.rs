//! Premiums on both sides of every switch date, the split, the shares of persons and societies, and what is refused.

use kura_insurance::*;
use kura_law::LawError;
use kura_yen::{Exact, Yen};

use crate::rows::{date, law, month};

const FIFTY_SEN: RoundingAgreement = RoundingAgreement::FiftySen;
const ONCE: HealthRounding = HealthRounding::CombinedOnce;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn tokyo(premium_month: &str, standard: i64, care: bool) -> HealthPremium {
    let rates = HealthRates::kyokai(law(), month(premium_month), "東京都", care).unwrap();
    rates.premium(Yen::new(standard), ONCE, FIFTY_SEN).unwrap()
}

#[test]
fn the_levy_begins_with_the_premium_month_2026_04() {
    let march = tokyo("2026-03", 300_000, false);
    assert_eq!((march.full.support_levy, march.employee), (Exact::ZERO, Yen::new(14_775)));
    let april = tokyo("2026-04", 300_000, false);
    assert_eq!((april.full.support_levy, april.employee), (exact("690"), Yen::new(15_120)));
    assert_eq!(april.lines, HealthParts { health: Yen::new(14_775), care: Yen::ZERO, support_levy: Yen::new(345) });
}

#[test]
fn health_and_care_rates_change_with_the_premium_month_of_march() {
    // Tokyo 9.91 % and care 1.59 % until February 2026, 9.85 % and 1.62 % from March.
    assert_eq!(tokyo("2026-02", 300_000, true).employee, Yen::new(17_250));
    assert_eq!(tokyo("2026-03", 300_000, true).employee, Yen::new(17_205));
}

#[test]
fn a_split_gives_the_missing_yen_to_the_largest_fraction() {
    // 190,000: health 9,357.5, levy 218.5; together 9,576. Both fractions tie, health comes first.
    let premium = tokyo("2026-04", 190_000, false);
    assert_eq!(premium.lines, HealthParts { health: Yen::new(9_358), care: Yen::ZERO, support_levy: Yen::new(218) });
    // 410,000 with care: 20,192.5 + 3,321 + 471.5 = 23,985.
    let premium = tokyo("2026-04", 410_000, true);
    let lines = HealthParts { health: Yen::new(20_193), care: Yen::new(3_321), support_levy: Yen::new(471) };
    assert_eq!((premium.lines, premium.employee), (lines, Yen::new(23_985)));
}

#[test]
fn the_levy_apart_is_rounded_on_its_own() {
    let rates = HealthRates::kyokai(law(), month("2026-04"), "東京都", true).unwrap();
    let apart = rates.premium(Yen::new(410_000), HealthRounding::SupportLevySeparate, FIFTY_SEN).unwrap();
    let lines = HealthParts { health: Yen::new(20_192), care: Yen::new(3_321), support_levy: Yen::new(471) };
    assert_eq!((apart.lines, apart.employee), (lines, Yen::new(23_984)));
}

#[test]
fn an_agreement_decides_the_fraction() {
    // Half of 5,713.0 is 2,856.5: exactly 50 sen.
    let rates = HealthRates::kyokai(law(), month("2026-03"), "東京都", false).unwrap();
    let employee = |agreement| rates.premium(Yen::new(58_000), ONCE, agreement).unwrap().employee.get();
    assert_eq!(employee(RoundingAgreement::FiftySen), 2_856);
    assert_eq!(employee(RoundingAgreement::Down), 2_856);
    assert_eq!(employee(RoundingAgreement::HalfUp), 2_857);
    // Half of 295.5 and of 98.5, on standard bonuses of 3,000 and 1,000: 147.75 and 49.25.
    let pair =
        |agreement| [3_000, 1_000].map(|bonus| rates.premium(Yen::new(bonus), ONCE, agreement).unwrap().employee.get());
    assert_eq!(pair(RoundingAgreement::FiftySen), [148, 49]);
    assert_eq!(pair(RoundingAgreement::Down), [147, 49]);
    assert_eq!(pair(RoundingAgreement::HalfUp), [148, 49]);
}

#[test]
fn a_society_has_its_own_rates_and_shares() {
    // 健康 9.20 / 本人 4.20, 介護 1.80 / 0.90, 支援金 0.23 / 0.115 (%).
    let rate = |full: &str, employee: &str| {
        let per_cent = |text: &str| exact(text).divided_by_integer(100).unwrap();
        PartRate::of_insurer(per_cent(full), per_cent(employee))
    };
    let rates =
        HealthRates { health: rate("9.20", "4.20"), care: rate("1.80", "0.90"), support_levy: rate("0.23", "0.115") };
    let premium = rates.premium(Yen::new(410_000), ONCE, FIFTY_SEN).unwrap();
    // 17,220 + 3,690 + 471.5 = 21,381.5 -> 21,381
    assert_eq!(premium.employee, Yen::new(21_381));
    assert_eq!(premium.full_total().unwrap(), exact("46043"));
    assert_eq!(premium.citations().count(), 0);
}

#[test]
fn premium_adjustment_lowers_the_basic_part_and_the_pension_alone() {
    let premium_month = month("2026-10");
    let share = adjusted_share(law(), premium_month, Yen::new(88_000), 1).unwrap();
    let plain = HealthRates::kyokai(law(), premium_month, "東京都", true).unwrap();
    let adjusted = plain.with_health_share(share).unwrap();
    let (plain, adjusted) = (
        plain.premium(Yen::new(88_000), ONCE, FIFTY_SEN).unwrap(),
        adjusted.premium(Yen::new(88_000), ONCE, FIFTY_SEN).unwrap(),
    );
    assert_eq!(adjusted.full, plain.full);
    assert_eq!(adjusted.employee_exact.health, exact("2167"));
    assert_eq!(adjusted.employee_exact.care, plain.employee_exact.care);
    assert_eq!(adjusted.employee_exact.support_levy, plain.employee_exact.support_levy);
    let pension = PensionRates::national(law(), premium_month).unwrap().with_pension_share(share).unwrap();
    assert_eq!(pension.premium(Yen::new(88_000), FIFTY_SEN).unwrap().employee, Yen::new(4_026));
}

#[test]
fn premium_adjustment_is_refused_outside_its_months_years_and_standards() {
    let share = |premium_month: &str, standard: i64, year: u8| {
        adjusted_share(law(), month(premium_month), Yen::new(standard), year)
    };
    assert!(share("2026-10", 126_000, 3).is_ok());
    for refused in [share("2026-09", 88_000, 1), share("2026-10", 134_000, 1), share("2026-10", 88_000, 4)] {
        let Err(InsuranceError::Law(error)) = refused else { panic!("a share was given: {refused:?}") };
        assert_eq!(error.table(), Some("premium_adjustment_shares"));
    }
    assert!(matches!(share("2026-09", 88_000, 1), Err(InsuranceError::Law(LawError::Missing { .. }))));
}

#[test]
fn a_month_before_the_tables_is_refused_by_name() {
    let rates = HealthRates::kyokai(law(), month("2023-02"), "東京都", false);
    assert!(
        matches!(rates, Err(InsuranceError::Law(LawError::Missing { table, .. })) if table == "health_premium_rates")
    );
    let unknown = HealthRates::kyokai(law(), month("2026-04"), "東京", false);
    assert!(matches!(unknown, Err(InsuranceError::Law(LawError::UnknownKey { key, .. })) if key == "東京"));
}

#[test]
fn a_negative_standard_has_no_premium() {
    let rates = PensionRates::national(law(), month("2026-04")).unwrap();
    assert_eq!(rates.premium(Yen::new(-1), FIFTY_SEN), Err(InsuranceError::NegativeStandard));
}

#[test]
fn a_bonus_is_cut_and_capped() {
    let standard = |bonus: i64, prior: i64| {
        let found = standard_bonus(law(), month("2026-06"), Yen::new(bonus), Yen::new(prior)).unwrap();
        (found.health.get(), found.pension.get())
    };
    assert_eq!(standard(999, 0), (0, 0));
    assert_eq!(standard(1_500_999, 0), (1_500_000, 1_500_000));
    assert_eq!(standard(1_501_000, 0), (1_501_000, 1_500_000));
    assert_eq!(standard(6_000_000, 0), (5_730_000, 1_500_000));
    assert_eq!(standard(1_000_000, 5_000_000), (730_000, 1_000_000));
    assert_eq!(standard(1_000_000, 5_730_000), (0, 1_000_000));
    assert_eq!(standard(1_000_000, 6_000_000), (0, 1_000_000));
}

#[test]
fn the_caps_of_a_bonus_begin_with_the_year_of_their_table() {
    let standard = |payment_month| standard_bonus(law(), month(payment_month), Yen::new(6_000_000), Yen::ZERO);
    assert!(matches!(standard("2016-03"), Err(InsuranceError::Law(LawError::Missing { .. }))));
    assert_eq!(standard("2016-04").unwrap().health, Yen::new(5_730_000));
}

#[test]
fn employment_insurance_follows_the_closing_date() {
    let premium = |closing: &str, business| {
        let rates = EmploymentInsuranceRates::on(law(), date(closing), business).unwrap();
        let premium = rates.premium(Yen::new(300_000), FIFTY_SEN).unwrap();
        (premium.employee.get(), premium.employer_floor.get())
    };
    assert_eq!(premium("2026-03-31", Business::General), (1_650, 2_700));
    assert_eq!(premium("2026-04-01", Business::General), (1_500, 2_550));
    assert_eq!(premium("2025-03-31", Business::Construction), (2_100, 3_450));
    assert_eq!(premium("2025-04-01", Business::Construction), (1_950, 3_300));
    assert_eq!(premium("2022-09-30", Business::AgricultureForestryFisherySake), (1_200, 2_250));
    assert_eq!(premium("2022-10-01", Business::AgricultureForestryFisherySake), (1_800, 2_850));
    let before = EmploymentInsuranceRates::on(law(), date("2022-03-31"), Business::General);
    assert!(matches!(before, Err(InsuranceError::Law(LawError::Missing { .. }))));
}

#[test]
fn the_bill_is_the_floor_of_the_sum() {
    let pension = PensionRates::national(law(), month("2026-04")).unwrap();
    let mut bill = EmployerBill::EMPTY;
    let mut employees = Yen::ZERO;
    for standard in [58_000, 190_000, 410_000] {
        let health = tokyo("2026-04", standard, true);
        bill.add_health(&health).unwrap();
        bill.add_pension(&pension.premium(Yen::new(standard), FIFTY_SEN).unwrap()).unwrap();
        employees += health.employee;
    }
    let lines = bill.lines().unwrap();
    // 658,000 x 11.70 % = 76,986; x 18.3 % = 120,414; x 0.36 % = 2,368.8
    assert_eq!(
        lines,
        BillLines { health: Yen::new(76_986), pension: Yen::new(120_414), child_contribution: Yen::new(2_368) }
    );
    assert_eq!(employees, Yen::new(3_393 + 11_115 + 23_985));
}

#[test]
fn a_premium_names_its_sources() {
    let premium = tokyo("2026-04", 300_000, true);
    let tables: Vec<String> =
        premium.citations().map(|id| law().citation(id).expect("a citation of this pack").table.clone()).collect();
    assert!(tables.contains(&"health_premium_rates".to_owned()));
    assert_eq!(tables.iter().filter(|table| *table == "national_premium_rates").count(), 2);
    assert!(tables.contains(&"social_insurance_rules".to_owned()), "the half is a figure too");
}

#[test]
fn two_establishments_need_pay() {
    let full = exact("77973");
    let split = |own, other| two_establishments(law(), date("2026-04-01"), full, Yen::new(own), Yen::new(other), 1);
    let halves = split(500_000, 300_000).unwrap();
    assert_eq!((halves.own_full, halves.other_full), (exact("48733.1"), exact("29239.8")));
    assert_eq!(split(0, 0), Err(InsuranceError::NoPayToSplit));
    assert_eq!(split(0, 1).unwrap().own_full, Exact::ZERO);
}

#[test]
fn a_notified_amount_is_shared_by_halves() {
    let half = EmployeeShare::half(law(), date("2026-06-01")).unwrap();
    let employee = |full: &str| PartPremium::shared(exact(full), half, FIFTY_SEN).unwrap().employee.get();
    assert_eq!((employee("32765.2"), employee("44606.25")), (16_383, 22_303));
}

#[test]
fn sickness_allowance_rounds_to_ten_yen_then_to_one() {
    let daily = |average: &str| {
        let found = sickness_allowance(law(), date("2026-04-01"), exact(average)).unwrap();
        (found.daily_standard.get(), found.daily_benefit.get())
    };
    assert_eq!(daily("170000"), (5_670, 3_780));
    assert_eq!(daily("260000"), (8_670, 5_780));
    // 149.9 / 30 = 4.99666 -> 0; 150 / 30 = 5 -> 10, two thirds 6.67 -> 7
    assert_eq!((daily("149.9"), daily("150")), ((0, 0), (10, 7)));
}
