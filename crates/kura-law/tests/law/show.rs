//! `kura law show`: the rows in force on a day with confidence and source.

use kura_law::{Kind, Law, LawError, Shown};

use crate::pack::date;

fn show(table: &str, on: &str, filters: &[&str]) -> Result<Shown, LawError> {
    Law::embedded().unwrap().show(table, date(on), filters)
}

fn cells(shown: &Shown, section: usize) -> Vec<Vec<&str>> {
    let rows = shown.sections[section].rows.iter();
    rows.map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

#[test]
fn rows_in_force_without_the_columns_of_dates() {
    let shown = show("health_premium_rates", "2026-02-28", &[]).unwrap();
    assert_eq!(shown.sections[0].columns, ["prefecture", "pref_code", "rate_percent", "rate_e5"]);
    assert_eq!(shown.sections[0].rows.len(), 47);
    let tokyo = show("health_premium_rates", "2026-02-28", &["東京都"]).unwrap();
    assert_eq!(cells(&tokyo, 0), [["東京都", "13", "9.91", "9910"]]);
    let row = &tokyo.sections[0].rows[0];
    assert_eq!((row.from.as_str(), row.to_excl.as_str(), row.confidence_ja), ("2025-03", "2026-03", "確認済"));
    assert!(row.source.starts_with("協会けんぽ"));
    assert_eq!(
        cells(&show("health_premium_rates", "2026-03-01", &["東京都"]).unwrap(), 0),
        [["東京都", "13", "9.85", "9850"]]
    );
}

#[test]
fn figures_by_the_beginning_of_their_key() {
    let shown = show("tax_rules", "2026-11-30", &["year_end.limits.dependant"]).unwrap();
    let keys: Vec<_> = cells(&shown, 0).iter().map(|row| (row[0], row[1])).collect();
    assert_eq!(
        keys,
        [("year_end.limits.dependant_and_spouse", "580000"), ("year_end.limits.dependant_as_pay", "1230000")]
    );
}

#[test]
fn a_grid_shows_the_year_and_the_row_of_an_amount() {
    let whole = show("withholding_monthly", "2026-06-25", &[]).unwrap();
    assert_eq!((whole.kind, whole.sections[0].rows.len(), whole.sections[1].rows.len()), (Kind::Grid, 232, 11));
    let row = show("withholding_monthly", "2026-06-25", &["300,000"]).unwrap();
    assert_eq!(cells(&row, 0)[0][..3], ["299000", "302000", "7930"]);
    assert!(row.sections[1].rows.is_empty());
    let above = show("withholding_monthly", "2025-06-25", &["800000"]).unwrap();
    assert!(above.sections[0].rows.is_empty());
    assert_eq!(above.sections[1].rows.len(), 2, "a segment of 甲 and one of 乙");
    assert_eq!(above.sections[1].rows[0].confidence_ja, "出典一つ");
    assert_eq!(show("withholding_bonus", "2026-06-25", &[]).unwrap().sections[0].rows.len(), 21);
    assert_eq!(show("withholding_daily", "2026-06-25", &["5000"]).unwrap().sections[0].rows.len(), 1);
}

#[test]
fn days_of_the_year_and_lists() {
    assert_eq!(show("holidays", "2026-11-24", &[]).unwrap().sections[0].rows.len(), 18);
    assert_eq!(show("pension_prefecture_codes", "2026-11-24", &["東京都"]).unwrap().sections[0].rows.len(), 1);
    assert_eq!(show("layout_2225700", "2026-11-24", &[]).unwrap().sections[0].rows.len(), 53);
}

#[test]
fn what_cannot_be_shown() {
    assert!(matches!(show("withholding_bonus", "2027-01-01", &[]), Err(LawError::Missing { .. })));
    assert!(matches!(show("holidays", "2028-01-01", &[]), Err(LawError::Missing { .. })));
    assert!(matches!(show("health_premium_rates", "2023-02-28", &[]), Err(LawError::Missing { .. })));
    assert!(matches!(show("health_premium_rates", "2026-03-01", &["東京"]), Err(LawError::UnknownKey { .. })));
    assert!(matches!(show("rates", "2026-03-01", &[]), Err(LawError::UnknownTable { .. })));
}

#[test]
fn every_table_can_be_shown() {
    let law = Law::embedded().unwrap();
    for info in law.tables() {
        let shown = law.show(&info.id, date("2026-11-24"), &[]).unwrap();
        assert!(shown.to_string().contains(&info.title));
        for section in &shown.sections {
            assert!(section.rows.iter().all(|row| row.cells.len() == section.columns.len()), "{}", info.id);
        }
    }
}

#[test]
fn as_text_and_as_json() {
    let shown = show("employment_insurance_rates", "2026-04-01", &["general"]).unwrap();
    let text = shown.to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "雇用保険料率（employment_insurance_rates）");
    assert_eq!(lines[1], "2026-04-01に適用（基準: 賃金締切日）・最終確認 2026-11-22");
    assert!(
        lines[3].starts_with("business  worker_per_mille") && lines[3].ends_with("適用開始    適用終了  確度    出典")
    );
    assert!(lines[5].starts_with("general   5  ") && lines[5].contains("2026-04-01            確認済  [1]"), "{text}");
    assert!(lines.last().unwrap().starts_with("[1] "));
    let json = serde_json::to_value(&shown).unwrap();
    assert_eq!(json["kind"], "dated");
    assert_eq!(json["sections"][0]["rows"][0]["confidence"], "CONFIRMED");
    assert_eq!(json["sections"][0]["rows"][0]["cells"][0], "general");
}
