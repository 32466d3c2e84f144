//! Both sides of every day on which a main table changes.

use kura_law::{Column, Law};
use kura_yen::{Exact, Yen};

use crate::pack::date;

fn integer(table: &str, key: &[&str], column: &str, on: &str) -> i64 {
    Law::embedded().unwrap().row(table, key, date(on)).unwrap().integer(column).unwrap()
}

/// (day, key, value): the value of each day, two days a switch.
fn assert_days(table: &str, column: &str, expected: &[(&str, &[&str], i64)]) {
    for (on, key, value) in expected {
        assert_eq!(integer(table, key, column, on), *value, "{table} {key:?} {on}");
    }
}

#[test]
fn health_premium_rates_by_premium_month() {
    let tokyo: &[&str] = &["東京都"];
    assert_days(
        "health_premium_rates",
        "rate_e5",
        &[
            ("2023-03-01", tokyo, 10_000),
            ("2024-02-29", tokyo, 10_000),
            ("2024-03-01", tokyo, 9_980),
            ("2025-02-28", tokyo, 9_980),
            ("2025-03-01", tokyo, 9_910),
            ("2026-02-28", tokyo, 9_910),
            ("2026-03-01", tokyo, 9_850),
        ],
    );
}

#[test]
fn national_premium_rates_by_premium_month() {
    let law = Law::embedded().unwrap();
    assert_days(
        "national_premium_rates",
        "rate_e5",
        &[
            ("2024-02-29", &["care"], 1_820),
            ("2024-03-01", &["care"], 1_600),
            ("2025-02-28", &["care"], 1_600),
            ("2025-03-01", &["care"], 1_590),
            ("2026-02-28", &["care"], 1_590),
            ("2026-03-01", &["care"], 1_620),
            ("2026-04-01", &["child_support_levy"], 230),
            ("2026-04-01", &["pension"], 18_300),
        ],
    );
    assert!(law.row("national_premium_rates", &["child_support_levy"], date("2026-03-31")).is_err());
}

#[test]
fn employment_insurance_rates_by_closing_day() {
    let general: &[&str] = &["general"];
    assert_days(
        "employment_insurance_rates",
        "worker_rate_e5",
        &[
            ("2022-09-30", general, 300),
            ("2022-10-01", general, 500),
            ("2023-03-31", general, 500),
            ("2023-04-01", general, 600),
            ("2025-03-31", general, 600),
            ("2025-04-01", general, 550),
            ("2026-03-31", general, 550),
            ("2026-04-01", general, 500),
        ],
    );
}

#[test]
fn accident_insurance_rates_by_fiscal_year() {
    assert_days(
        "accident_insurance_rates",
        "rate_e5",
        &[("2024-03-31", &["02"], 6_000), ("2024-04-01", &["02"], 5_200)],
    );
}

#[test]
fn pension_grades_by_premium_month() {
    let law = Law::embedded().unwrap();
    let top = |on: &str| {
        let row = law.band("standard_remuneration_grades", &["pension"], date(on), "pay_lower_incl", 9_999_999);
        row.unwrap().integer("standard_monthly_yen").unwrap()
    };
    let tops = [
        ("2020-09-01", 650_000),
        ("2027-08-31", 650_000),
        ("2027-09-01", 680_000),
        ("2028-08-31", 680_000),
        ("2028-09-01", 710_000),
        ("2029-08-31", 710_000),
        ("2029-09-01", 750_000),
    ];
    for (on, yen) in tops {
        assert_eq!(top(on), yen, "{on}");
    }
    assert!(law.band("standard_remuneration_grades", &["pension"], date("2020-08-31"), "pay_lower_incl", 1).is_err());
}

#[test]
fn minimum_wage_by_day_and_prefecture() {
    // Each prefecture has its own day; 秋田県 of R7 began in the next spring.
    let row = |prefecture, on| integer("minimum_wage", &[prefecture], "hourly_yen", on);
    assert_eq!((row("東京都", "2025-10-02"), row("東京都", "2025-10-03")), (1_163, 1_226));
    assert_eq!((row("東京都", "2026-09-30"), row("東京都", "2026-10-01")), (1_226, row("東京都", "2026-11-24")));
}

#[test]
fn short_time_worker_coverage_by_day() {
    let law = Law::embedded().unwrap();
    let size_and_wage = |on: &str| {
        let row = law.row("short_time_worker_coverage", &[], date(on)).unwrap();
        (row.integer("employer_size_min_insured").unwrap(), row.integer("monthly_wage_min_yen_0_is_none").unwrap())
    };
    assert_eq!(size_and_wage("2024-09-30"), (101, 88_000));
    assert_eq!(size_and_wage("2024-10-01"), (51, 88_000));
    assert_eq!(size_and_wage("2026-09-30"), (51, 88_000));
    assert_eq!(size_and_wage("2026-10-01"), (51, 0));
    assert_eq!(size_and_wage("2027-09-30"), (51, 0));
    assert_eq!(size_and_wage("2027-10-01"), (36, 0));
}

#[test]
fn monthly_table_by_payment_day() {
    let law = Law::embedded().unwrap();
    let tax = |on: &str, column, dependents| {
        let grid = law.monthly_withholding(date(on)).unwrap();
        grid.tax(column, Yen::new(300_000), dependents).unwrap().unwrap().tax.get()
    };
    let kou = |on| tax(on, Column::Kou, 0);
    assert_eq!([kou("2020-01-01"), kou("2025-12-31")], [8_420, 8_420]);
    assert_eq!([kou("2026-01-01"), kou("2026-12-31")], [7_930, 7_930]);
    assert_eq!([kou("2027-01-01"), kou("2027-12-31")], [7_760, 7_760]);
    // More dependants than columns: the last column; the correction is the caller's.
    assert_eq!(tax("2026-06-25", Column::Kou, 7), tax("2026-06-25", Column::Kou, 9));
}

#[test]
fn monthly_table_at_its_edges() {
    let law = Law::embedded().unwrap();
    let grid = law.monthly_withholding(date("2026-06-25")).unwrap();
    let hit = |column, yen| grid.tax(column, Yen::new(yen), 0).unwrap().unwrap();
    // Below the bound 乙 is 3.063 %, a fraction dropped (104,999 x 3.063 % = 3,216.1...).
    assert_eq!([hit(Column::Kou, 104_999).tax, hit(Column::Otsu, 104_999).tax], [Yen::ZERO, Yen::new(3_216)]);
    assert_eq!([hit(Column::Kou, 105_000).tax, hit(Column::Otsu, 105_000).tax], [Yen::new(170), Yen::new(3_800)]);
    assert_eq!(hit(Column::Kou, -1).tax, Yen::ZERO);
    // 国税庁の例 (令和8年分): 775,200円, 3人 -> 59,477円.
    assert_eq!(grid.tax(Column::Kou, Yen::new(775_200), 3).unwrap().unwrap().tax, Yen::new(59_477));
    let (below, above) = (hit(Column::Kou, 739_999), hit(Column::Kou, 740_000));
    assert_eq!((below.row_to_excl, above.row_from), (Some(740_000), 740_000));
    assert_eq!(hit(Column::Kou, 3_500_000).row_to_excl, None);
}

#[test]
fn each_part_of_a_table_has_its_own_source() {
    let law = Law::embedded().unwrap();
    let marks = |on: &str| {
        let grid = law.monthly_withholding(date(on)).unwrap();
        [739_999, 740_000].map(|yen| {
            let hit = grid.tax(Column::Kou, Yen::new(yen), 0).unwrap().unwrap();
            law.citation(hit.citation).unwrap().confidence.mark()
        })
    };
    assert_eq!(marks("2025-12-25"), ["CONFIRMED", "SINGLE"]);
    assert_eq!(marks("2026-12-25"), ["CONFIRMED", "CONFIRMED"]);
    assert_eq!(marks("2027-12-25"), ["DERIVED", "SINGLE"]);
}

#[test]
fn bonus_table_by_payment_day() {
    let law = Law::embedded().unwrap();
    let rate = |on: &str, previous| {
        let grid = law.bonus_withholding(date(on)).unwrap();
        grid.rate(Column::Kou, Yen::new(previous), 0).unwrap().exact().to_decimal(5).unwrap()
    };
    assert_eq!([rate("2025-12-31", 67_999), rate("2025-12-31", 68_000)], ["0", "0.02042"]);
    assert_eq!([rate("2026-01-01", 81_999), rate("2026-01-01", 82_000)], ["0", "0.02042"]);
    let grid = law.bonus_withholding(date("2026-12-10")).unwrap();
    assert_eq!(grid.rate(Column::Kou, Yen::new(-1), 0), None);
    assert_eq!(grid.rate(Column::Hei, Yen::new(100_000), 0), None);
    assert_eq!(law.citation(grid.citation()).unwrap().from, "2026-01-01");
}

#[test]
fn year_end_figures_by_day_of_adjustment() {
    let law = Law::embedded().unwrap();
    let bracket = |name, income: i64, on: &str| {
        let (value, _) = law.brackets("year_end_brackets", name, date(on)).value(Exact::whole(income)).unwrap();
        value.to_decimal(0).unwrap()
    };
    let basic = |on| bracket("basic_deduction", 1_000_000, on);
    assert_eq!([basic("2025-11-30"), basic("2025-12-01")], ["480000", "950000"]);
    assert_eq!([basic("2026-11-30"), basic("2026-12-01")], ["950000", "1040000"]);
    let salary = |on| bracket("salary_deduction", 1_000_000, on);
    assert_eq!([salary("2025-11-30"), salary("2025-12-01")], ["550000", "650000"]);
    assert_eq!([salary("2026-11-30"), salary("2026-12-01")], ["650000", "740000"]);
    let limit = |on: &str| {
        law.figure("tax_rules", "year_end.limits.dependant_and_spouse", date(on)).unwrap().integer().unwrap()
    };
    assert_eq!([limit("2025-11-30"), limit("2025-12-01")], [480_000, 580_000]);
    assert_eq!([limit("2026-11-30"), limit("2026-12-01")], [580_000, 620_000]);
}

#[test]
fn commuting_limits_by_payment_day() {
    let law = Law::embedded().unwrap();
    let limit = |km: i64, on: &str| {
        let row = law.band("commuting_limits", &["vehicle"], date(on), "km_min_incl", km).unwrap();
        row.integer("monthly_limit_yen").unwrap()
    };
    assert_eq!([limit(1, "2026-04-01"), limit(2, "2026-04-01")], [0, 4_200]);
    assert_eq!([limit(55, "2025-03-31"), limit(55, "2025-04-01")], [31_600, 38_700]);
    assert_eq!([limit(95, "2026-03-31"), limit(95, "2026-04-01")], [38_700, 66_400]);
    let meals = |on: &str| {
        law.figure("tax_rules", "nontaxable.meals.employer_share_max_month", date(on)).unwrap().integer().unwrap()
    };
    assert_eq!([meals("2026-03-31"), meals("2026-04-01")], [3_500, 7_500]);
}

#[test]
fn breach_rules_by_day_of_knowledge() {
    let law = Law::embedded().unwrap();
    let covers = |on: &str| {
        law.row("breach_triggers", &["appi", "7-3"], date(on)).unwrap().flag("covers_data_being_collected").unwrap()
    };
    assert_eq!([covers("2024-03-31"), covers("2024-04-01")], [false, true]);
    assert!(law.row("breach_clocks", &["appi", "final"], date("2022-03-31")).is_err());
    assert_eq!(integer("breach_clocks", &["appi", "final"], "days", "2022-04-01"), 30);
    assert_eq!(integer("breach_clocks", &["mynumber", "final_unlawful"], "days", "2026-11-24"), 60);
    assert_eq!(integer("breach_triggers", &["appi", "7-4"], "persons_over", "2026-11-24"), 1_000);
    assert_eq!(integer("breach_triggers", &["appi", "7-4"], "persons_over_administrative_organ", "2026-11-24"), 100);
}
