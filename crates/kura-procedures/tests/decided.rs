//! A standard that the authority decided, beside ours.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{Month, parse_iso_date};
use kura_model::{ClientCode, EmployeeCode, Scheme, StandardRemuneration};
use kura_procedures::{DecidedComparison, DecidedDifference, StandardNotice, compare_decided};
use kura_yen::Yen;

fn month(number: i8) -> Month {
    Month::new(2026, number).unwrap()
}

fn ours() -> StandardRemuneration {
    let mut row = StandardRemuneration::new(ClientCode::from("900"), EmployeeCode::from("1"), month(9));
    row.health_standard = Some(Yen::new(300_000));
    row.pension_standard = Some(Yen::new(300_000));
    row
}

fn notice() -> StandardNotice {
    StandardNotice {
        client: ClientCode::from("900"),
        person: EmployeeCode::from("1"),
        applies_from: month(9),
        health: Some(Yen::new(300_000)),
        pension: Some(Yen::new(300_000)),
        notified_on: parse_iso_date("2026-09-10").unwrap(),
    }
}

fn difference(ours: &StandardRemuneration, notice: &StandardNotice) -> DecidedDifference {
    let compared = compare_decided(ours, notice);
    let difference = if let DecidedComparison::Differs(difference) = compared { Some(difference) } else { None };
    difference.unwrap()
}

#[test]
fn what_agrees_stops_nothing() {
    assert_eq!(compare_decided(&ours(), &notice()), DecidedComparison::Same);
    let other = StandardNotice { person: EmployeeCode::from("2"), ..notice() };
    assert_eq!(compare_decided(&ours(), &other), DecidedComparison::AnotherPerson);
}

#[test]
fn another_amount_stops_from_the_month_it_applies() {
    let decided = StandardNotice { pension: Some(Yen::new(320_000)), ..notice() };
    let difference = difference(&ours(), &decided);
    assert_eq!(difference.amounts, [(Scheme::Pension, Some(Yen::new(300_000)), Some(Yen::new(320_000)))]);
    assert_eq!(
        (difference.stops(month(8)), difference.stops(month(9)), difference.stops(month(10))),
        (false, true, true)
    );
    assert_eq!(
        difference.sentence(),
        "決定通知書の厚年の標準報酬月額が、こちらの計算と違います。2026-09分からの保険料を計算できません。"
    );
    assert!(!difference.sentence().contains("000"), "no amount of a person");
}

#[test]
fn another_month_stops_from_the_earlier_one() {
    let decided = StandardNotice { applies_from: month(8), ..notice() };
    let found = difference(&ours(), &decided);
    assert_eq!((found.applies_from, found.stops_from), (Some((month(9), month(8))), month(8)));
    assert!(found.sentence().starts_with("決定通知書の適用年月が"));
    let both = difference(&ours(), &StandardNotice { health: None, ..decided });
    assert!(both.sentence().contains("適用年月と健保の標準報酬月額"));
}

#[test]
fn at_70_and_over_the_equivalent_is_compared() {
    let mut row = ours();
    row.pension_standard = None;
    row.pension_equivalent = Some(Yen::new(300_000));
    assert_eq!(compare_decided(&row, &notice()), DecidedComparison::Same);
    let without = StandardNotice { pension: None, ..notice() };
    assert_eq!(difference(&row, &without).amounts.len(), 1, "a scheme the notice does not name is a difference");
}
