//! 住民税: instalments and those who leave.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_calendar::parse_iso_month;
use kura_payroll::tax::{
    InhabitantTaxError, Leaver, LeaverCollection, TaxRule, inhabitant_tax_instalment, inhabitant_tax_of_leaver,
};
use kura_yen::Yen;
use law::{day, law};
use proptest::prelude::*;

fn instalment(annual: i64, per_capita: Option<i64>, month: i8) -> i64 {
    let per_capita = per_capita.map(Yen::new);
    inhabitant_tax_instalment(law(), day("2026-06-25"), Yen::new(annual), per_capita, month).unwrap().yen.get()
}

fn leaver(leave: &str, last_pay: &str, lump_sum_requested: bool) -> Leaver {
    Leaver {
        annual: Yen::new(100_000),
        per_capita: None,
        leave_month: parse_iso_month(leave).unwrap(),
        last_pay_month: parse_iso_month(last_pay).unwrap(),
        lump_sum_requested,
    }
}

fn collect(leave: &str, last_pay: &str, lump_sum_requested: bool) -> LeaverCollection {
    inhabitant_tax_of_leaver(law(), &leaver(leave, last_pay, lump_sum_requested)).unwrap()
}

fn summary(collection: &LeaverCollection) -> (i64, TaxRule, Option<(String, String)>, i64) {
    let months = collection.months.map(|(first, last)| (first.to_string(), last.to_string()));
    (collection.withheld.yen.get(), collection.withheld.rule, months, collection.ordinary_collection.get())
}

fn months(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.to_owned(), last.to_owned()))
}

#[test]
fn june_takes_what_the_other_months_leave() {
    // The demo clients of the office: 182,500 = 15,300 + 11 x 15,200
    assert_eq!((instalment(182_500, None, 6), instalment(182_500, None, 5)), (15_300, 15_200));
    assert_eq!((instalment(1_199, None, 6), instalment(1_199, None, 7)), (1_199, 0));
    assert_eq!((instalment(1_200, None, 6), instalment(1_200, None, 7)), (100, 100));
}

#[test]
fn no_more_than_the_per_capita_amount_falls_whole_into_june() {
    assert_eq!((instalment(5_000, Some(5_000), 6), instalment(5_000, Some(5_000), 7)), (5_000, 0));
    assert_eq!((instalment(5_001, Some(5_000), 6), instalment(5_001, Some(5_000), 7)), (601, 400));
    assert_eq!((instalment(5_000, None, 6), instalment(5_000, None, 7)), (600, 400));
}

#[test]
fn a_month_is_one_of_twelve() {
    for month in [0, 13, -1] {
        let refused = inhabitant_tax_instalment(law(), day("2026-06-25"), Yen::new(100_000), None, month);
        assert_eq!(refused, Err(InhabitantTaxError::NotAMonth));
    }
}

#[test]
fn january_to_april_everything_left_comes_from_the_last_pay() {
    let lump = TaxRule::LumpSumMandatory;
    assert_eq!(summary(&collect("2027-01", "2027-01", false)), (41_500, lump, months("2027-01", "2027-05"), 0));
    assert_eq!(summary(&collect("2027-03", "2027-03", false)), (24_900, lump, months("2027-03", "2027-05"), 0));
    assert_eq!(summary(&collect("2027-03", "2027-04", false)), (16_600, lump, months("2027-04", "2027-05"), 0));
    assert_eq!(summary(&collect("2027-04", "2027-05", true)), (8_300, lump, months("2027-05", "2027-05"), 0));
    // No pay inside the cycle any more: the municipality bills what the leaving month leaves.
    let none = TaxRule::OrdinaryCollection;
    assert_eq!(summary(&collect("2027-04", "2027-06", false)), (0, none, None, 8_300));
}

#[test]
fn the_edges_of_the_mandatory_months() {
    let rule = |leave: &str| collect(leave, leave, false).withheld.rule;
    assert_eq!(rule("2026-12"), TaxRule::OrdinaryCollection);
    assert_eq!(rule("2027-01"), TaxRule::LumpSumMandatory);
    assert_eq!(rule("2027-04"), TaxRule::LumpSumMandatory);
    assert_eq!(rule("2027-05"), TaxRule::LastInstalment);
    assert_eq!(rule("2027-06"), TaxRule::OrdinaryCollection);
}

#[test]
fn may_has_only_its_own_instalment() {
    let last = TaxRule::LastInstalment;
    for (last_pay, requested) in [("2027-05", false), ("2027-05", true), ("2027-04", false)] {
        assert_eq!(summary(&collect("2027-05", last_pay, requested)), (8_300, last, months("2027-05", "2027-05"), 0));
    }
    assert_eq!(summary(&collect("2027-05", "2027-06", false)), (0, TaxRule::OrdinaryCollection, None, 0));
}

#[test]
fn june_to_december_only_who_asks_pays_at_once() {
    let (asked, not_asked) = (TaxRule::LumpSumRequested, TaxRule::OrdinaryCollection);
    assert_eq!(summary(&collect("2026-09", "2026-09", true)), (74_700, asked, months("2026-09", "2027-05"), 0));
    assert_eq!(summary(&collect("2026-09", "2026-10", true)), (66_400, asked, months("2026-10", "2027-05"), 0));
    assert_eq!(summary(&collect("2026-06", "2026-06", true)), (100_000, asked, months("2026-06", "2027-05"), 0));
    assert_eq!(
        summary(&collect("2026-09", "2026-09", false)),
        (8_300, not_asked, months("2026-09", "2026-09"), 66_400)
    );
    assert_eq!(
        summary(&collect("2026-06", "2026-06", false)),
        (8_700, not_asked, months("2026-06", "2026-06"), 91_300)
    );
    assert_eq!(summary(&collect("2026-09", "2026-10", false)), (0, not_asked, None, 66_400));
}

#[test]
fn a_last_pay_of_the_cycle_before_is_refused() {
    let refused = |leave, last_pay| inhabitant_tax_of_leaver(law(), &leaver(leave, last_pay, false)).unwrap_err();
    assert_eq!(refused("2026-06", "2026-05"), InhabitantTaxError::LastPayBeforeCycle);
    assert_eq!(refused("2027-01", "2026-05"), InhabitantTaxError::LastPayBeforeCycle);
}

#[test]
fn every_refusal_has_a_sentence_and_a_remedy() {
    let month =
        |on, annual, month| inhabitant_tax_instalment(law(), day(on), Yen::new(annual), None, month).unwrap_err();
    let cases = [
        (month("2026-06-25", 100_000, 13), "住民税の月が1から12までの数ではありません。", "月を確かめてください。"),
        (
            inhabitant_tax_of_leaver(law(), &leaver("2026-06", "2026-05", false)).unwrap_err(),
            "最後の給与の月が、退職月を含む住民税の年度（6月から翌年5月まで）より前です。",
            "退職月と最後の給与の月を確かめ、その年度の通知の額を入れてください。",
        ),
        (
            month("1990-06-25", 100_000, 6),
            "法令データ「税の規則（源泉・年末調整・住民税・非課税・法定調書）」（tax_rules）に1990-06-25の数字がありません。",
            "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

proptest! {
    #[test]
    fn twelve_instalments_are_the_annual_amount(annual in 0_i64..50_000_000, per_capita in proptest::option::of(0_i64..10_000)) {
        let parts: Vec<i64> = (1..=12).map(|month| instalment(annual, per_capita, month)).collect();
        prop_assert_eq!(parts.iter().sum::<i64>(), annual);
        prop_assert!(parts.iter().all(|part| (0..=annual).contains(part)));
        prop_assert!(parts.iter().all(|part| *part <= parts[5]));
    }

    #[test]
    fn what_is_withheld_and_what_is_billed_add_up(annual in 0_i64..5_000_000, leave in 0_i32..12, after in 0_i32..2, requested: bool) {
        let june = parse_iso_month("2026-06").unwrap();
        let (leave_month, last_pay_month) = (june.plus(leave), june.plus(leave + after));
        let leaver = Leaver { annual: Yen::new(annual), per_capita: None, leave_month, last_pay_month, lump_sum_requested: requested };
        let collection = inhabitant_tax_of_leaver(law(), &leaver).unwrap();
        // Until the month before the last pay every month was withheld by itself, at most to the leaving month.
        let before: i64 = (0..leave + after).map(|ahead| instalment(annual, None, june.plus(ahead).month())).sum();
        prop_assert_eq!(before + collection.withheld.yen.get() + collection.ordinary_collection.get(), annual);
    }
}
