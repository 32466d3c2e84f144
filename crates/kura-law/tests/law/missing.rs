//! What the pack does not hold is refused by name: the table, the day, the remedy.

use crate::pack::date;
use kura_law::{Column, Law, LawError};
use kura_yen::{Exact, Yen};

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

#[track_caller]
fn assert_missing<T: std::fmt::Debug>(found: Result<T, LawError>, table: &str, day: &str, remedy: &str) {
    match found {
        Err(error @ LawError::Missing { on, .. }) => {
            assert_eq!((error.table(), on), (Some(table), date(day)));
            assert!(error.remedy().contains(remedy), "{}", error.remedy());
            assert!(error.to_string().contains(table) && error.to_string().contains(day), "{error}");
        }
        other => panic!("{table} on {day} should be missing, not {other:?}"),
    }
}

#[test]
fn bonus_table_and_daily_table_of_2027() {
    let law = law();
    assert!(law.bonus_withholding(date("2026-12-31")).is_ok());
    assert_missing(law.bonus_withholding(date("2027-01-01")), "withholding_bonus", "2027-01-01", "令和9年分 賞与");
    assert!(law.daily_withholding(date("2026-12-31")).is_ok());
    assert_missing(law.daily_withholding(date("2027-01-01")), "withholding_daily", "2027-01-01", "令和9年分 日額表");
    assert_missing(law.daily_withholding(date("2025-12-31")), "withholding_daily", "2025-12-31", "令和2年分から");
}

#[test]
fn monthly_table_before_2020_and_after_2027() {
    let law = law();
    assert!(law.monthly_withholding(date("2020-01-01")).is_ok());
    assert_missing(law.monthly_withholding(date("2019-12-31")), "withholding_monthly", "2019-12-31", "add-a-rate");
    assert!(law.monthly_withholding(date("2027-12-31")).is_ok());
    assert_missing(law.monthly_withholding(date("2028-01-01")), "withholding_monthly", "2028-01-01", "令和10年分");
}

#[test]
fn day_labourers_above_the_printed_part() {
    let grid = law().daily_withholding(date("2026-06-25")).unwrap();
    assert!(grid.tax(Column::Hei, Yen::new(23_999), 0).unwrap().is_some());
    assert_eq!(grid.tax(Column::Hei, Yen::new(24_000), 0).unwrap(), None);
}

#[test]
fn brackets() {
    let law = law();
    let salary_income =
        |on| law.brackets("year_end_brackets", "salary_income", date(on)).value(Exact::whole(5_000_000));
    assert_missing(salary_income("2024-12-31"), "year_end_brackets", "2024-12-31", "別表第五");
    assert!(salary_income("2027-12-31").is_ok());
    assert_missing(salary_income("2028-01-01"), "year_end_brackets", "2028-01-01", "令和10年分");
    // A key of its own does not speak for its neighbours.
    let deduction = law.brackets("year_end_brackets", "basic_deduction", date("2019-12-31")).value(Exact::ZERO);
    assert_missing(deduction, "year_end_brackets", "2019-12-31", "add-a-rate");
    let too_much =
        law.brackets("year_end_brackets", "salary_income", date("2026-12-31")).value(Exact::whole(20_000_001));
    assert_eq!(
        too_much.unwrap_err().to_string(),
        "法令データ「年末調整の速算表と控除額」（year_end_brackets）は給与所得控除後の金額の最後の段を超える金額を収録していません。"
    );
}

#[test]
fn rows_before_their_first_day() {
    let law = law();
    assert_missing(
        law.row("health_premium_rates", &["東京都"], date("2023-02-28")),
        "health_premium_rates",
        "2023-02-28",
        "add-a-rate",
    );
    let shares = law.band("premium_adjustment_shares", &[], date("2026-09-30"), "standard_monthly_min_incl", 88_000);
    assert_missing(shares, "premium_adjustment_shares", "2026-09-30", "add-a-rate");
    assert_missing(law.missing_on("holidays", date("2028-01-01")).into_result(), "holidays", "2028-01-01", "暦要項");
}

#[test]
fn a_figure_that_ends_names_its_own_remedy() {
    let figure = |key, on| Law::embedded().unwrap().figure("labor_insurance_rules", key, date(on));
    assert!(figure("separation_certificate.month_days_min", "2028-09-30").is_ok());
    let hours = figure("separation_certificate.month_hours_min", "2028-10-01");
    assert_missing(hours, "labor_insurance_rules", "2028-10-01", "時間数");
    let hours_of_week = |on| figure("employment_insurance.coverage_hours_min", on).unwrap().integer().unwrap();
    assert_eq!([hours_of_week("2028-09-30"), hours_of_week("2028-10-01")], [20, 10]);
}

#[test]
fn a_part_that_is_missing_is_no_remedy_for_a_day() {
    let error = law().missing_on("tax_rules", date("2026-06-01"));
    assert!(!error.remedy().contains("eLTAX"), "{}", error.remedy());
}

#[test]
fn names_that_are_not_there() {
    let law = law();
    let province = law.row("health_premium_rates", &["東京"], date("2026-03-01")).unwrap_err();
    assert_eq!(
        province.to_string(),
        "法令データ「協会けんぽ 都道府県単位保険料率」（health_premium_rates）に「東京」がありません。"
    );
    assert!(matches!(law.figure("rates", "x", date("2026-03-01")), Err(LawError::UnknownTable { .. })));
    assert!(matches!(law.layout("health_premium_rates"), Err(LawError::UnknownTable { .. })));
    assert!(law.row("health_premium_rates", &["東京都"], date("2026-03-01")).unwrap().text("rate").is_err());
    assert!(law.row("health_premium_rates", &["東京都"], date("2026-03-01")).unwrap().yen("prefecture").is_err());
}

trait IntoResult {
    fn into_result(self) -> Result<(), LawError>;
}

impl IntoResult for LawError {
    fn into_result(self) -> Result<(), LawError> {
        Err(self)
    }
}
