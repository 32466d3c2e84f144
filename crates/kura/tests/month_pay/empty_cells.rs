//! Empty cells of 給与規程, 支給控除項目 and 事業所: all are told in one run, each with its client, row, column and what to do.

use crate::case::{Case, Outcome};

/// Sheet, row and column of every `unknown_value` that names no person, sorted; each names the client and a remedy.
fn told(outcome: &Outcome) -> Vec<(String, u64, String)> {
    let of_client =
        |finding: &&serde_json::Value| finding["code"] == "unknown_value" && !sentence(finding).contains("社員");
    let mut told: Vec<_> = outcome
        .findings
        .iter()
        .filter(of_client)
        .map(|finding| {
            assert!(sentence(finding).starts_with("会社001 "), "{finding}");
            assert!(!finding["remedy"].as_str().unwrap().is_empty(), "{finding}");
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("sheet"), finding["row"].as_u64().unwrap(), text("column"))
        })
        .collect();
    told.sort_by(|(sheet, row, column), other| (sheet, column, row).cmp(&(&other.0, &other.2, &other.1)));
    told
}

fn sentence(finding: &serde_json::Value) -> &str {
    finding["sentence"].as_str().unwrap()
}

#[test]
fn every_empty_cell_of_the_rules_is_told_in_one_run() {
    let case = Case::of("001-koshiji", "3");
    let cells = [
        ("事業所", "雇用保険の事業区分"),
        ("給与規程", "締日"),
        ("給与規程", "割増率 深夜"),
        ("給与規程", "単価の分母"),
        ("給与規程", "控除しきれないとき"),
        ("給与規程", "税額の求め方"),
        ("支給控除項目", "課税区分"),
        ("支給控除項目", "割増の基礎の分母"),
    ];
    for (sheet, column) in cells {
        case.set(sheet, column, "");
    }
    let outcome = case.run("2026-07");
    assert_eq!((outcome.status, outcome.slips.len()), (1, 0), "{:#?}", outcome.findings);
    let told = told(&outcome);
    let mut named: Vec<(&str, &str)> =
        told.iter().map(|(sheet, _, column)| (sheet.as_str(), column.as_str())).collect();
    named.dedup();
    let mut wanted = cells.to_vec();
    wanted.sort_unstable();
    assert_eq!(named, wanted);
}
