//! A few units a day are erased at once; more wait for a week and a second person.

use jiff::{SignedDuration, Timestamp};
use kura_seal::{
    APPROVAL_DELAY_DAYS, DESTRUCTIONS_A_DAY_ALONE, Destruction, DestructionError, KEYRING_KEPT_DAYS, Request, Tombstone,
};

use crate::given::{office, unit, user};

fn now() -> Timestamp {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

fn request() -> Request {
    Request { office: office(1), unit: unit(1), asked_by: user(1), asked_at: now() }
}

/// So many destructions asked for one minute apart, the last one a minute ago.
fn earlier(count: usize) -> impl Iterator<Item = Timestamp> {
    (1..).take(count).map(|minutes| now() - SignedDuration::from_mins(minutes))
}

const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

#[test]
fn a_handful_a_day_is_done_at_once() {
    for count in 0..DESTRUCTIONS_A_DAY_ALONE {
        let asked = Destruction::ask(request(), earlier(count));
        assert!(!asked.raises_alarm());
        let tombstone = asked.carry_out(now()).unwrap();
        let expected =
            Tombstone { office: office(1), unit: unit(1), asked_by: user(1), approved_by: None, destroyed_at: now() };
        assert_eq!(tombstone, expected);
    }
}

#[test]
fn one_more_waits_for_a_week_and_a_second_person() {
    let asked = Destruction::ask(request(), earlier(DESTRUCTIONS_A_DAY_ALONE));
    assert!(asked.raises_alarm());
    let due = now() + days(APPROVAL_DELAY_DAYS);
    assert_eq!(asked.not_before(), Ok(due));
    assert_eq!(asked.carry_out(due + days(100)), Err(DestructionError::NotApproved));
    assert_eq!(asked.approve(user(1)), Err(DestructionError::SamePerson));

    let approved = asked.approve(user(2)).unwrap();
    let early = DestructionError::TooEarly { not_before: due };
    assert_eq!(approved.carry_out(now()), Err(early));
    assert_eq!(approved.carry_out(due - NANOSECOND), Err(early));
    // 05:00 in UTC; a second later, the minute after.
    let said = |not_before| DestructionError::TooEarly { not_before }.to_string();
    assert_eq!(
        said(due),
        "24時間に5件を超える消去は7日間待ちます。2026年12月1日14:00（日本時間）以降にもう一度実行してください。"
    );
    assert!(said(due + SignedDuration::from_secs(1)).contains("12月1日14:01"));
    let tombstone = approved.carry_out(due).unwrap();
    assert_eq!((tombstone.approved_by, tombstone.destroyed_at), (Some(user(2)), due));
}

#[test]
fn what_was_asked_a_day_ago_does_not_count_and_a_clock_set_back_does_not_help() {
    let at = |before: SignedDuration| vec![now() - before; DESTRUCTIONS_A_DAY_ALONE];
    assert!(Destruction::ask(request(), at(days(1) - NANOSECOND)).raises_alarm());
    assert!(!Destruction::ask(request(), at(days(1))).raises_alarm());
    assert!(Destruction::ask(request(), at(days(-3))).raises_alarm());
}

#[test]
fn a_unit_is_unreadable_everywhere_when_the_last_copy_of_the_keyring_is_gone() {
    let tombstone = Destruction::ask(request(), []).carry_out(now()).unwrap();
    assert_eq!(KEYRING_KEPT_DAYS, 35);
    assert_eq!(tombstone.unreadable_from().unwrap().to_string(), "2026-12-29T05:00:00Z");
    let at_the_end = Tombstone { destroyed_at: Timestamp::MAX, ..tombstone };
    assert_eq!(at_the_end.unreadable_from(), Err(DestructionError::Clock));
}
