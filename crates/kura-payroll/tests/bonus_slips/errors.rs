//! What the floors below say comes through a bonus with its own sentence and remedy.

use kura_model::BonusExemption;
use kura_payroll::bonus::{BonusError, BonusPlan, BonusPlanInput, PersonBonus};
use kura_payroll::pay::TaxFacts;
use kura_payroll::tax::Method;

use crate::altered::law_with;
use crate::case::{person, try_pay};
use crate::law::{day, law};

#[track_caller]
fn said(error: &BonusError, sentence: &str, remedy: &str) {
    assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
}

#[test]
fn the_last_day_of_the_calendar_has_no_due_day_after_it() {
    let exempt = |bonus| {
        let mut person = person(bonus);
        person.insurance.exemption = BonusExemption::Childcare;
        PersonBonus { employment_insurance: None, tax: TaxFacts::PaidToHeirs, ..person }
    };
    assert!(try_pay("2199-12-26", &exempt(300_000)).is_ok());
    let error = try_pay("2199-12-27", &exempt(300_000)).unwrap_err();
    said(&error, "日付が、扱える範囲（1868年から2199年まで）の外です。", "年を確かめてください。");
    assert!(matches!(error, BonusError::Calendar(_)));
    assert!(try_pay("2199-12-27", &exempt(999)).is_ok(), "below the unit there is nothing to report");
}

#[test]
fn a_figure_the_pack_does_not_hold_is_named() {
    let of = |law| {
        let input = BonusPlanInput {
            paid_on: day("2026-07-10"),
            items: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            method: Method::Table,
        };
        BonusPlan::new(law, input).unwrap().pay(&person(300_000), &mut ()).map(|_| ())
    };
    assert_eq!(of(law()), Ok(()));
    said(
        &of(law_with("standard_bonus.report_within_days", None)).unwrap_err(),
        "法令データ「社会保険の規則（端数・徴収月・年齢・免除・賞与）」（social_insurance_rules）に「standard_bonus.report_within_days」がありません。",
        "表にある名前で指定してください（`kura law show` で一覧できます）。",
    );
}
