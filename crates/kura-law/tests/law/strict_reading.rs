//! Everything that can be wrong with a file of the pack is named with its file, line and column.

use std::fmt::Write as _;

use crate::pack::{text_of, with_change, with_files};
use kura_law::{Law, LawError};

const RATES: &str = "social_insurance/health_premium_rates.csv";
const RULES: &str = "social_insurance/social_insurance_rules.csv";
const BRACKETS: &str = "tax/year_end_brackets.csv";
const GRID: &str = "tax/withholding_monthly_r8.csv";
const OVER: &str = "tax/withholding_monthly_r8_over_740000.csv";
const BONUS: &str = "tax/withholding_bonus_r8.csv";
const LAYOUT: &str = "forms/layouts/2225700.csv";
const DAYS: &str = "calendar/holidays.csv";
const LIST: &str = "calendar/duties.csv";

/// Line 2 of the health rates begins so.
const HOKKAIDO: &str = "北海道,01,10.29,10290,2023-03,2024-03,CONFIRMED,";

fn place(found: Result<Law, LawError>) -> (String, u64, String) {
    match found {
        Err(LawError::BadCell { file, row, column, .. }) => (file, row, column),
        other => panic!("a bad cell was expected, not {other:?}"),
    }
}

#[track_caller]
fn assert_named(file: &str, from: &str, to: &str, row: u64, column: &str) {
    assert_eq!(place(with_change(file, from, to)), (file.to_owned(), row, column.to_owned()));
}

#[test]
fn the_pack_as_it_is_reads() {
    assert!(with_files(&[]).is_ok());
}

#[test]
fn the_sentence_names_file_line_column_and_reason() {
    let error = with_change(RATES, HOKKAIDO, &HOKKAIDO.replace("10290", "１０２９０")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "法令データ social_insurance/health_premium_rates.csv の2行目「rate_e5」が読めません（整数ではありません）。"
    );
    assert_eq!(error.remedy(), "law/ の該当する行を直してください。");
}

#[test]
fn headers() {
    assert_named(RATES, "rate_percent,rate_e5", "rate_percent,rate", 1, "rate");
    assert_named(RATES, ",confidence,source", ",source", 1, "confidence");
    assert_named(RATES, "rate_percent,rate_e5", "rate_e5,rate_percent", 1, "rate_e5");
    assert_named(RULES, "key,value,unit", "key,value,unit,note", 1, "note");
    assert_named(BRACKETS, "name,upto_incl,step", "name,upto_incl,steps", 1, "steps");
    assert_named(GRID, "kou7,otsu", "kou8,otsu", 1, "kou8");
    assert_named(OVER, "base7", "base8", 1, "base8");
    assert_named(BONUS, "otsu_min_incl", "otsu_min", 1, "otsu_min");
    assert_named(LAYOUT, "name_en,type", "name_en,kind", 1, "kind");
    assert_named(DAYS, "date,name_ja,kind", "date,name_ja,sort", 1, "sort");
    assert_named(LIST, "cycle,month", "cycle,months", 1, "months");
    assert_eq!(place(with_files(&[(RATES, "")])), (RATES.to_owned(), 1, String::new()));
}

#[test]
fn widths_and_quotes() {
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("北海道,", "北海道,,"), 2, "");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("北海道,", ""), 2, "");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("北海道", "\"北海道"), 2, "");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("北海道", "\"北\"海道"), 2, "");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("北海道", "北\"海\"道"), 2, "");
    assert_named(RATES, HOKKAIDO, &format!("\n{HOKKAIDO}"), 2, "");
}

#[test]
fn numbers() {
    for bad in ["", "10290.0", "1e4", "+10290", "10,290", "9999999999999999999", "−1"] {
        let column = if bad.contains(',') { "" } else { "rate_e5" };
        assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("10290", bad), 2, column);
    }
    for bad in ["", "10.", ".29", "10.2.9", "10%"] {
        assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("10.29", bad), 2, "rate_percent");
    }
    assert_named(
        RULES,
        "standard_bonus.truncate_below_yen,1000,",
        "standard_bonus.truncate_below_yen,千,",
        24,
        "value",
    );
    assert_named(GRID, "105000,107000,170,", "105000,107000,17O,", 3, "kou0");
    assert_named(LAYOUT, "\n1,", "\n一,", 2, "no");
}

#[test]
fn dates() {
    for bad in ["2023-3", "2023-13", "2023/03", "2023-02-29", "R5.3"] {
        assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("2023-03", bad), 2, "from");
    }
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("2024-03", "2024-00"), 2, "to_excl");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("2024-03", "2023-03"), 2, "to_excl");
    assert_named(DAYS, "2016-01-01,", "2016-01-32,", 2, "date");
    assert_named(DAYS, "2016-01-01,", "2015-01-01,", 2, "date");
}

#[test]
fn marks_and_spellings() {
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("CONFIRMED", "SURE"), 2, "confidence");
    assert_named(RATES, HOKKAIDO, &HOKKAIDO.replace("CONFIRMED", ""), 2, "confidence");
    assert_named(RULES, ",floor,text,", ",floor,words,", 2, "unit");
    assert_named(DAYS, "元日,national,", "元日,local,", 2, "kind");
    assert_named(LAYOUT, ",CONST,", ",CONSTANT,", 2, "type");
    assert_named("breach/clocks.csv", "3,true,", "3,yes,", 2, "first_day_counted");
    assert_named(OVER, "\nkou,740000", "\nhei,740000", 2, "column");
}

#[test]
fn overlapping_rows_of_one_key() {
    // The row of R6 must not begin before that of R5 ends.
    let r6 = "北海道,01,10.21,10210,2024-03,2025-03,";
    let error = with_change(RATES, r6, &r6.replace("2024-03", "2024-02")).unwrap_err();
    assert!(error.to_string().contains("「北海道」の期間がほかの行と重なっています"), "{error}");
    // A row twice, an open end, a start that is not known.
    assert_eq!(place(with_change(RATES, HOKKAIDO, &HOKKAIDO.replace("2024-03", ""))).2, "from");
    let twice = text_of(RULES).lines().nth(1).unwrap();
    let mut doubled = text_of(RULES).to_owned();
    writeln!(doubled, "{twice}").unwrap();
    let lines = u64::try_from(doubled.lines().count()).unwrap();
    assert_eq!(place(with_files(&[(RULES, &doubled)])), (RULES.to_owned(), lines, "from".to_owned()));
    // 等級表: the grade tells the rows apart.
    let grades = "social_insurance/standard_remuneration_grades.csv";
    assert_named(grades, "health,2,68000,", "health,1,68000,", 3, "from");
}

#[test]
fn broken_order_within_a_table() {
    assert_named(GRID, "105000,107000,170,", "105000,106000,170,", 4, "min_incl");
    assert_named(GRID, "105000,107000,170,", "104000,107000,170,", 3, "min_incl");
    assert_named(OVER, "kou,790000,960000,", "kou,780000,960000,", 3, "from_incl");
    assert_named(OVER, "otsu,740000,", "otsu,740001,", 11, "from_incl");
    assert_named(BONUS, "0.02042,82000,", "0.02042,83000,", 3, "kou0_min_incl");
    assert_named(BRACKETS, "income_tax,3300000,", "income_tax,1900000,", 3, "upto_incl");
}

#[test]
fn a_cell_of_the_second_payer_is_an_amount_or_a_rate() {
    assert_named(GRID, ",3800,\n", ",3800,0.03063\n", 3, "otsu");
}

#[test]
fn the_manifest() {
    let broken = |from: &str, to: &str| match with_change("tables.toml", from, to) {
        Err(LawError::BadManifest { reason }) => reason,
        other => panic!("a bad manifest was expected, not {other:?}"),
    };
    assert!(broken("kind = \"dated\"", "kind = \"dates\"").contains("dates"));
    assert!(broken("counts_by =", "counted_by =").contains("counted_by"));
    assert!(broken("\"scheme text\"", "\"scheme words\"").contains("scheme words"));
    assert!(broken("checked = \"2026-11-22\"", "checked = \"yesterday\"").contains("standard_remuneration_grades"));
    assert!(broken("id = \"health_premium_rates\"", "id = \"standard_remuneration_grades\"").contains("二つ"));
    assert!(broken("table = \"withholding_bonus\"", "table = \"bonus\"").contains("bonus"));
    assert!(
        broken("to_excl = \"2027-01-01\"\nfile = \"tax/withholding_bonus_r8.csv\"", "to_excl = \"2027-01-01\"")
            .contains("file")
    );
    assert!(
        broken(
            "from = \"2026-01-01\"\nto_excl = \"2027-01-01\"\nfile = \"tax/withholding_bonus",
            "from = \"2025-12-31\"\nto_excl = \"2027-01-01\"\nfile = \"tax/withholding_bonus"
        )
        .contains("重なって")
    );
    assert!(with_change("tables.toml", "file = \"tax/tax_rules.csv\"", "file = \"tax/no.csv\"").is_err());
    assert!(matches!(
        with_change("tables.toml", "key = [\"prefecture\"]", "key = [\"province\"]"),
        Err(LawError::BadCell { column, .. }) if column == "province"
    ));
}

#[test]
fn a_layout_out_of_order_is_found_when_it_is_read() {
    let law = with_change(LAYOUT, "\n2,", "\n3,").unwrap();
    assert!(matches!(law.layout("layout_2225700"), Err(LawError::BadCell { row: 3, .. })));
}

#[test]
fn line_ends_and_marks_of_a_windows_editor_are_read() {
    let windows = format!("\u{feff}{}", text_of(RATES).replace('\n', "\r\n"));
    let law = with_files(&[(RATES, &windows)]).unwrap();
    let row = law.row("health_premium_rates", &["東京都"], crate::pack::date("2026-03-01")).unwrap();
    assert_eq!(row.integer("rate_e5").unwrap(), 9850);
}

#[test]
fn every_file_of_the_pack_is_in_its_index() {
    let index = text_of("tables.toml");
    for (file, _) in Law::embedded_files() {
        assert!(*file == "tables.toml" || index.contains(&format!("\"{file}\"")), "{file} is read by no table");
    }
}

/// Our reader and the csv crate cut every file of the pack into the same cells.
#[test]
fn every_file_is_plain_csv() {
    for (file, text) in Law::embedded_files().iter().filter(|(file, _)| file.ends_with(".csv")) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let width = reader.headers().unwrap().len();
        let rows =
            reader.records().map(|record| record.unwrap().len()).inspect(|cells| assert_eq!(*cells, width)).count();
        assert_eq!(rows + 1, text.lines().count(), "{file}: one row one line");
    }
}
