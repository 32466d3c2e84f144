//! 賞与支払届 and 賞与不支給報告書.

use kura_model::MonthsOfYear;
use kura_payroll::bonus::no_bonus_report;
use kura_yen::Yen;

use crate::case::{earlier, on, pay, person};
use crate::law::{day, law};

fn month(text: &str) -> kura_calendar::Month {
    kura_calendar::parse_iso_month(text).unwrap()
}

#[test]
fn the_report_holds_money_and_kind_apart_and_is_due_in_five_days() {
    let mut person = person(99_500);
    person.in_kind = Yen::new(1_499);
    person.insurance.earlier = vec![earlier("2026-07-03", 1_000)];
    let report = pay("2026-07-10", &person).report.unwrap();
    assert_eq!((report.currency, report.in_kind), (Yen::new(100_500), Yen::new(1_499)));
    assert_eq!((report.paid_on, report.same_month_first_day), (day("2026-07-10"), Some(3)));
    assert_eq!(report.due, day("2026-07-15"));
    assert!(!report.multi_office && !report.over_70 && !report.only_over_70);
    let cited = law().citation(report.citation).unwrap();
    assert_eq!(cited.table, "social_insurance_rules");
}

#[test]
fn a_bonus_of_less_than_a_thousand_yen_is_not_reported() {
    assert_eq!(pay("2026-07-10", &person(999)).report, None);
    assert!(pay("2026-07-10", &person(1_000)).report.is_some());
    let mut second = person(1);
    second.insurance.earlier = vec![earlier("2026-07-03", 999)];
    assert!(pay("2026-07-10", &second).report.is_some(), "the month together counts");
}

#[test]
fn earlier_bonuses_outside_insurance_or_the_month_are_left_out() {
    let mut person = person(500_000);
    let mut outside = earlier("2026-07-03", 300_000);
    (outside.health_insurer, outside.pension_insured) = (None, false);
    person.insurance.earlier = vec![outside, earlier("2026-06-30", 200_000), earlier("2026-07-31", 100_000)];
    let report = pay("2026-07-10", &person).report.unwrap();
    assert_eq!((report.currency, report.same_month_first_day), (Yen::new(500_000), None));
}

#[test]
fn a_registered_month_without_a_bonus_owes_a_report() {
    let registered = MonthsOfYear::parse("7,12");
    let owed = |month_text, reported: &[&str]| {
        no_bonus_report(law(), registered, month(month_text), &on(reported)).unwrap().map(|report| report.month)
    };
    assert_eq!(owed("2026-07", &[]), Some(month("2026-07")));
    assert_eq!(owed("2026-07", &["2026-06-30", "2026-08-01"]), Some(month("2026-07")));
    assert_eq!(owed("2026-07", &["2026-07-01"]), None);
    assert_eq!(owed("2026-07", &["2026-07-31"]), None);
    assert_eq!(owed("2026-08", &[]), None, "the month is not registered");
    assert_eq!(no_bonus_report(law(), None, month("2026-07"), &[]).unwrap(), None);
    let report = no_bonus_report(law(), registered, month("2026-12"), &[]).unwrap().unwrap();
    assert_eq!(law().citation(report.citation).unwrap().table, "social_insurance_rules");
}
