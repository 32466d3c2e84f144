//! 年末調整 and its parts: both sides of the reforms of 令和7年 and 令和8年, limits, refusals and properties.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_calendar::Date;
use kura_law::LawError;
use kura_payroll::tax::{
    IncomeAdjustmentReasons, LifeInsurancePremiums, TaxYear, YearEndAdjustment, YearEndError, YearEndFacts,
    basic_deduction, income_adjustment, life_insurance_deduction, salary_income, year_end_adjustment,
};
use kura_yen::Yen;
use law::{day, law};
use proptest::prelude::*;

fn year(number: i16) -> TaxYear {
    TaxYear::new(number).unwrap()
}

fn income(on: Date, pay: i64) -> i64 {
    salary_income(law(), on, Yen::new(pay)).unwrap().yen.get()
}

fn basic(on: Date, total_income: i64) -> i64 {
    basic_deduction(law(), on, Yen::new(total_income)).unwrap().yen.get()
}

fn facts(year_number: i16, adjusted_on: &str, pay: i64) -> YearEndFacts {
    YearEndFacts {
        year: year(year_number),
        adjusted_on: day(adjusted_on),
        pay: Yen::new(pay),
        social_insurance: Yen::ZERO,
        other_deductions: Yen::ZERO,
        other_income: Yen::ZERO,
        income_adjustment_reasons: IncomeAdjustmentReasons::default(),
        housing_loan_credit: Yen::ZERO,
    }
}

fn adjust(facts: &YearEndFacts) -> YearEndAdjustment {
    year_end_adjustment(law(), facts).unwrap()
}

#[test]
fn the_day_inside_a_year_with_a_reform_decides() {
    let day_used = |number, adjusted_on| year(number).law_day(day(adjusted_on));
    assert_eq!(day_used(2026, "2026-11-30"), Ok(day("2026-11-30")));
    assert_eq!(day_used(2026, "2027-01-31"), Ok(day("2026-12-31")));
    assert_eq!(day_used(2025, "2026-12-10"), Ok(day("2025-12-31")));
    assert_eq!(day_used(2026, "2025-12-31"), Err(YearEndError::AdjustedBeforeYear));

    let before = adjust(&facts(2026, "2026-11-30", 2_000_000));
    assert_eq!(
        (before.salary_income.get(), before.basic_deduction.get(), before.needs_review),
        (1_320_000, 950_000, true)
    );
    let after = adjust(&facts(2026, "2026-12-01", 2_000_000));
    assert_eq!(
        (after.salary_income.get(), after.basic_deduction.get(), after.needs_review),
        (1_260_000, 1_040_000, false)
    );
    assert_eq!(adjust(&facts(2026, "2027-01-31", 2_000_000)), after);
    let r7 = adjust(&facts(2025, "2025-12-01", 2_000_000));
    assert_eq!(
        (r7.salary_income, r7.basic_deduction, r7.needs_review),
        (before.salary_income, before.basic_deduction, false)
    );
    assert_eq!(adjust(&facts(2025, "2026-12-10", 2_000_000)).annual_tax, r7.annual_tax);
    assert_eq!(adjust(&facts(2027, "2027-12-24", 2_000_000)).annual_tax, after.annual_tax);
}

#[test]
fn years_without_a_table_are_refused_by_name() {
    for on in ["2024-12-31", "2025-11-30", "2028-01-01"] {
        let Err(YearEndError::Law(LawError::Missing { table, on: named, .. })) =
            salary_income(law(), day(on), Yen::new(3_000_000))
        else {
            panic!()
        };
        assert_eq!((table.as_str(), named), ("year_end_brackets", day(on)));
    }
    assert!(matches!(year_end_adjustment(law(), &facts(2025, "2025-11-30", 3_000_000)), Err(YearEndError::Law(_))));
    assert_eq!(basic(day("2025-11-30"), 3_000_000), 480_000);
    // 令和9年分 adjusted again in January still has its law; 令和10年分 has none.
    assert!(year_end_adjustment(law(), &facts(2027, "2028-01-20", 3_000_000)).is_ok());
    assert!(matches!(year_end_adjustment(law(), &facts(2028, "2028-12-20", 3_000_000)), Err(YearEndError::Law(_))));
}

#[test]
fn salary_income_at_the_edges_of_its_table() {
    let r7 = year(2025).last_day();
    let edges_r7 = [
        (649_999, 0),
        (650_000, 0),
        (650_001, 1),
        (1_618_999, 968_999),
        (1_619_000, 969_000),
        (1_619_999, 969_000),
        (1_620_000, 970_000),
        (1_622_000, 972_000),
        (1_624_000, 974_000),
        (1_627_999, 974_000),
        (1_628_000, 978_000),
        (1_899_999, 1_246_000),
        (1_900_000, 1_250_000),
    ];
    for (pay, expected) in edges_r7 {
        assert_eq!(income(r7, pay), expected, "R7 {pay}");
    }
    let r8 = year(2026).last_day();
    let edges_r8 = [
        (740_999, 0),
        (741_000, 1_000),
        (2_190_999, 1_450_999),
        (2_191_000, 1_451_000),
        (2_193_000, 1_453_000),
        (2_196_000, 1_456_000),
        (2_199_999, 1_456_000),
        (2_200_000, 1_460_000),
        (3_599_999, 2_437_200),
        (3_600_000, 2_440_000),
        (3_603_999, 2_440_000),
        (6_599_999, 4_836_800),
        (6_600_000, 4_840_000),
        (6_600_001, 4_840_000),
        (8_499_999, 6_549_999),
        (8_500_000, 6_550_000),
        (20_000_000, 18_050_000),
    ];
    for (pay, expected) in edges_r8 {
        assert_eq!(income(r8, pay), expected, "R8 {pay}");
    }
    let beyond = salary_income(law(), r8, Yen::new(20_000_001));
    assert!(matches!(beyond, Err(YearEndError::Law(LawError::OutsideTable { .. }))));
}

#[test]
fn basic_deduction_at_every_step() {
    let r7 = [
        (1_320_000, 950_000),
        (1_320_001, 880_000),
        (3_360_001, 680_000),
        (4_890_001, 630_000),
        (6_550_001, 580_000),
        (23_500_001, 480_000),
        (24_000_001, 320_000),
        (24_500_001, 160_000),
        (25_000_001, 0),
    ];
    for (total_income, expected) in r7 {
        assert_eq!(basic(day("2025-12-31"), total_income), expected);
    }
    let r8 = [(0, 1_040_000), (4_890_001, 670_000), (6_550_001, 620_000), (23_500_001, 480_000), (25_000_001, 0)];
    for (total_income, expected) in r8 {
        assert_eq!(basic(day("2026-12-31"), total_income), expected);
    }
    assert_eq!(basic(day("2026-11-30"), 2_440_000), 880_000);
    assert_eq!(basic(day("2026-12-01"), 2_440_000), 1_040_000);
}

#[test]
fn income_adjustment_needs_a_reason_and_stops_at_the_cap() {
    let own = IncomeAdjustmentReasons { special_disability: true, ..Default::default() };
    let family = IncomeAdjustmentReasons { special_disability_in_family: true, ..Default::default() };
    let child = IncomeAdjustmentReasons { dependent_under_23: true, ..Default::default() };
    let amount = |pay, reasons| income_adjustment(law(), day("2026-12-31"), Yen::new(pay), reasons).unwrap().yen.get();
    for reasons in [own, family, child] {
        let amounts = [8_500_000, 8_500_001, 8_500_011, 9_000_000, 10_000_000, 10_000_001, 20_000_000];
        assert_eq!(amounts.map(|pay| amount(pay, reasons)), [0, 1, 2, 50_000, 150_000, 150_000, 150_000]);
    }
    assert_eq!(amount(9_000_000, IncomeAdjustmentReasons::default()), 0);
}

#[test]
fn life_insurance_raises_fractions_and_stops_at_its_limits() {
    let deduction = |on, paid| life_insurance_deduction(law(), day(on), &paid).unwrap();
    let general = |on, general_new, general_old, has_dependent_under_23| {
        let (general_new, general_old) = (Yen::new(general_new), Yen::new(general_old));
        let paid = LifeInsurancePremiums { general_new, general_old, has_dependent_under_23, ..Default::default() };
        deduction(on, paid).general.get()
    };
    let new = [20_000, 20_001, 40_000, 40_001, 80_000, 80_001].map(|paid| general("2026-12-31", paid, 0, false));
    assert_eq!(new, [20_000, 20_001, 30_000, 30_001, 40_000, 40_000]);
    let old = [25_000, 25_001, 50_000, 50_001, 100_000, 100_001].map(|paid| general("2026-12-31", 0, paid, false));
    assert_eq!(old, [25_000, 25_001, 37_500, 37_501, 50_000, 50_000]);
    let wide = [30_000, 30_001, 60_000, 60_001, 120_000, 120_001].map(|paid| general("2026-12-31", paid, 0, true));
    assert_eq!(wide, [30_000, 30_001, 45_000, 45_001, 60_000, 60_000]);
    // New and old together: up to the limit of the new, or the old alone.
    assert_eq!(general("2026-12-31", 30_000, 100_000, false), 50_000);
    assert_eq!(general("2026-12-31", 60_000, 20_000, true), 60_000);
    // The wide formula is of R8 and R9 alone, whatever the month of the adjustment.
    let years = ["2025-12-31", "2026-01-01", "2026-11-30", "2027-12-31"].map(|on| general(on, 60_000, 0, true));
    assert_eq!(years, [35_000, 45_000, 45_000, 45_000]);
    let all = LifeInsurancePremiums {
        general_new: Yen::new(80_000),
        care: Yen::new(80_000),
        pension_new: Yen::new(80_000),
        pension_old: Yen::new(100_000),
        ..Default::default()
    };
    let most = deduction("2026-12-31", all);
    assert_eq!([most.general, most.care, most.pension, most.total].map(Yen::get), [40_000, 40_000, 50_000, 120_000]);
    assert_eq!(deduction("2026-12-31", LifeInsurancePremiums::default()).total, Yen::ZERO);
}

#[test]
fn the_steps_of_an_adjustment() {
    let facts = YearEndFacts {
        social_insurance: Yen::new(720_000),
        other_deductions: Yen::new(380_000),
        housing_loan_credit: Yen::new(50_000),
        ..facts(2026, "2026-12-25", 5_003_999)
    };
    let result = adjust(&facts);
    // 5,000,000 x 80% - 440,000 = 3,560,000; less 720,000 + 380,000 + 1,040,000; 1,420,000 x 5% = 71,000; less 50,000; x 1.021
    assert_eq!(result.salary_income.get(), 3_560_000);
    assert_eq!(result.deductions_total.get(), 2_140_000);
    assert_eq!(result.taxable_income.get(), 1_420_000);
    assert_eq!(result.tax_before_credit.get(), 71_000);
    assert_eq!(result.credit_used.get(), 50_000);
    assert_eq!(result.annual_tax.get(), 21_400);
    assert_eq!(result.refund(Yen::new(60_000)).get(), 38_600);
    assert_eq!(result.refund(Yen::new(20_000)).get(), -1_400);
    assert!(result.citations.iter().count() >= 4);
}

#[test]
fn the_credit_stops_at_the_tax_and_the_deductions_at_the_income() {
    let credit = YearEndFacts { housing_loan_credit: Yen::new(400_000), ..facts(2026, "2026-12-25", 3_000_000) };
    let result = adjust(&credit);
    assert_eq!((result.credit_used, result.annual_tax), (result.tax_before_credit, Yen::ZERO));
    let deductions = YearEndFacts { other_deductions: Yen::new(9_000_000), ..facts(2026, "2026-12-25", 3_000_000) };
    assert_eq!(adjust(&deductions).taxable_income, Yen::ZERO);
}

#[test]
fn other_income_and_the_adjustment_of_income_move_the_step_of_the_basic_deduction() {
    let alone = facts(2026, "2026-12-25", 6_600_000);
    assert_eq!(adjust(&alone).basic_deduction.get(), 1_040_000);
    let with_rent = YearEndFacts { other_income: Yen::new(50_001), ..alone };
    assert_eq!(adjust(&with_rent).basic_deduction.get(), 670_000);
    assert_eq!(adjust(&with_rent).salary_income, adjust(&alone).salary_income);
    let reasons = IncomeAdjustmentReasons { dependent_under_23: true, ..Default::default() };
    let high = facts(2026, "2026-12-25", 8_600_000);
    let adjusted = YearEndFacts { income_adjustment_reasons: reasons, ..high };
    assert_eq!([high, adjusted].map(|facts| adjust(&facts).basic_deduction.get()), [620_000, 620_000]);
    let (high, adjusted) = (adjust(&high), adjust(&adjusted));
    assert_eq!(adjusted.income_adjustment.get(), 10_000);
    assert_eq!(high.taxable_income - adjusted.taxable_income, Yen::new(10_000));
}

#[test]
fn pay_above_the_limit_is_not_adjusted() {
    assert_eq!(adjust(&facts(2026, "2026-12-25", 20_000_000)).tax_before_credit.get(), 4_215_900);
    let refused = |facts: &YearEndFacts| year_end_adjustment(law(), facts).unwrap_err();
    let no_credit = YearEndFacts { housing_loan_credit: Yen::new(i64::MIN), ..facts(2026, "2026-12-25", 3_000_000) };
    let cases = [
        (
            refused(&facts(2026, "2026-12-25", 20_000_001)),
            "年間の給与が年末調整の対象となる上限を超えています。",
            "年末調整をせず、本人に確定申告を案内してください。",
        ),
        (
            refused(&facts(2026, "2025-12-25", 3_000_000)),
            "年末調整の日が、その年分より前の年になっています。",
            "年分か、年末調整をする日を直してください。",
        ),
        (
            refused(&facts(2024, "2024-12-25", 3_000_000)),
            "法令データ「年末調整の速算表と控除額」（year_end_brackets）に2024-12-25の数字がありません。",
            "令和6年分までの給与所得控除後の金額の表（所得税法別表第五）は未収録です。過去の年末調整をやり直すときは所得税法別表第五を取り込んでください。",
        ),
        (TaxYear::new(i16::MAX).unwrap_err(), "存在しない日付です。", "月の日数と元号の期間を確かめてください。"),
        (refused(&no_credit), "計算の途中の数が大きすぎて扱えません。", "入力した金額・率・日数を確かめてください。"),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

proptest! {
    #[test]
    fn more_pay_never_means_less_income(pay in 0_i64..19_000_000, more in 0_i64..1_000_000) {
        for on in ["2025-12-31", "2026-12-31"] {
            prop_assert!(income(day(on), pay) <= income(day(on), pay + more));
            prop_assert!((0..=pay).contains(&income(day(on), pay)));
        }
    }

    #[test]
    fn more_deductions_never_mean_more_tax(pay in 0_i64..20_000_000, deductions in 0_i64..5_000_000, more in 0_i64..1_000_000) {
        let tax = |amount| {
            adjust(&YearEndFacts { other_deductions: Yen::new(amount), ..facts(2026, "2026-12-25", pay) }).annual_tax
        };
        prop_assert!(tax(deductions + more) <= tax(deductions));
        prop_assert!(tax(deductions) >= Yen::ZERO);
        prop_assert_eq!(tax(deductions).get() % 100, 0);
    }

    #[test]
    fn life_insurance_stays_inside_its_limits(
        general_new in 0_i64..300_000, general_old in 0_i64..300_000, care in 0_i64..300_000,
        pension_new in 0_i64..300_000, pension_old in 0_i64..300_000, under_23: bool,
    ) {
        let paid = LifeInsurancePremiums {
            general_new: Yen::new(general_new), general_old: Yen::new(general_old), care: Yen::new(care),
            pension_new: Yen::new(pension_new), pension_old: Yen::new(pension_old), has_dependent_under_23: under_23,
        };
        let result = life_insurance_deduction(law(), day("2026-12-31"), &paid).unwrap();
        prop_assert!(result.total.get() <= 120_000);
        let general_limit = if under_23 { 60_000 } else { 50_000 };
        prop_assert!(result.general.get() <= general_limit);
        prop_assert!(result.care.get() <= 40_000 && result.pension.get() <= 50_000);
        prop_assert!(result.general.get() <= general_new + general_old);
        prop_assert!(result.total <= result.general + result.care + result.pension);
    }
}
