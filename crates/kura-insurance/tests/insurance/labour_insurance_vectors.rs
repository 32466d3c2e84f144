//! Every case of tests/vectors/labour_insurance.csv. The expected cell is a sentence: its figures are checked one by one.

use kura_insurance::*;
use kura_yen::Yen;

use crate::rows::{Row, date, law};

#[test]
fn every_case_of_the_labour_insurance_vectors() {
    let rows = Row::all(include_str!("../vectors/labour_insurance.csv"));
    assert_eq!(rows.len(), 8);
    for row in &rows {
        match row.cell("case") {
            "premium_equal_base" | "premium_different_base" => premium(row),
            "general_contribution" => contribution(row),
            "estimate_base_within" | "estimate_base_outside" => estimate(row),
            "instalment_threshold_ok" | "instalment_shortage_not_added" | "instalment_by_association" => payments(row),
            other => panic!("no function for the case {other}"),
        }
    }
}

/// The figure after `name=` in the expected sentence.
fn expected(row: &Row, name: &str) -> Yen {
    let sentence = row.cell("expected");
    let (_, rest) = sentence.split_once(&format!("{name}=")).unwrap_or_else(|| panic!("no {name} in {sentence}"));
    let digits = rest.split(|character: char| !character.is_ascii_digit()).next().unwrap();
    Yen::new(digits.parse().unwrap())
}

fn premium(row: &Row) {
    let on = date("2026-04-01");
    let base = |name: &str| Some(wage_base(law(), on, row.yen(name)).unwrap().value);
    let bases = ByInsurance { accident: base("rousai_wages"), employment: base("koyo_wages") };
    let rates =
        ByInsurance { accident: Some(row.per_mille("rousai_permil")), employment: Some(row.per_mille("koyo_permil")) };
    let premium = labor_premium(bases, rates).unwrap().unwrap();
    assert_eq!(premium.total, expected(row, "premium"));
    if row.cell("case") == "premium_different_base" {
        assert_eq!(premium.rule, LaborPremiumRule::SeparateBases);
        assert_eq!(premium.parts.accident, Some(expected(row, "rousai")));
        assert_eq!(premium.parts.employment, Some(expected(row, "koyo")));
    } else {
        assert_eq!(premium.rule, LaborPremiumRule::SameBase);
        assert_eq!(bases.accident, Some(Yen::new(1_233_000)));
        // 3,082 + 19,111 would be one yen short: it stands on 労災.
        assert_eq!(premium.parts.accident, Some(Yen::new(3_083)));
    }
}

fn contribution(row: &Row) {
    let on = date("2026-04-01");
    let base = wage_base(law(), on, row.yen("wages")).unwrap().value;
    assert_eq!(base, expected(row, "base"));
    assert_eq!(general_contribution(law(), on, base).unwrap().value, expected(row, "amount"));
}

fn estimate(row: &Row) {
    let base = estimate_base(law(), date("2026-04-01"), row.yen("last_year"), row.yen("forecast")).unwrap();
    assert_eq!(base.base, expected(row, "base"));
    assert_eq!(base.from_last_year, row.cell("case") == "estimate_base_within");
}

fn payments(row: &Row) {
    let estimate = row.yen("estimate");
    let rule = instalment_rule(law(), date("2026-04-01"), estimate, row.flag("both"), row.flag("association")).unwrap();
    let sentence = row.cell("expected");
    assert_eq!(rule.allowed, sentence.starts_with("allowed"), "{sentence}");
    let payments = instalments(law(), &rule, 2026, estimate).unwrap();
    let amounts: Vec<String> = payments.iter().map(|payment| payment.amount.to_string()).collect();
    let due_raw: Vec<String> =
        payments.iter().map(|payment| format!("{}/{}", payment.due_raw.month(), payment.due_raw.day())).collect();
    match row.cell("case") {
        "instalment_threshold_ok" => assert!(sentence.ends_with(&format!("3 parts {}", amounts.join(" ")))),
        "instalment_by_association" => assert!(sentence.ends_with(&format!("due {}", due_raw.join(", ")))),
        _ => assert_eq!(amounts, ["390000"], "one payment where instalments are not allowed"),
    }
}
