//! Closed days with the real table of holidays: state offices, banks, and years without a table.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{CalendarError, Closed, Date, HolidayKind, Weekday, parse_iso_date};
use kura_law::Law;
use proptest::prelude::*;

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

/// Why state offices and banks are closed on a day.
fn closed(text: &str) -> (Option<String>, Option<String>) {
    let at = day(text);
    let reason =
        |rule: kura_calendar::ClosingRule| rule.closed(at, law().holidays()).unwrap().map(|why| why.to_string());
    (reason(law().administrative_closing(at).unwrap()), reason(law().bank_closing(at).unwrap()))
}

#[test]
fn state_offices_and_banks_differ_on_two_days_of_the_year() {
    let rows = [
        ("2026-12-28", None, None),
        ("2026-12-29", Some("年末年始"), None),
        ("2026-12-30", Some("年末年始"), None),
        ("2026-12-31", Some("年末年始"), Some("年末年始")),
        ("2027-01-01", Some("祝(元日)"), Some("祝(元日)")),
        ("2027-01-02", Some("土"), Some("土")),
        ("2027-01-03", Some("日"), Some("日")),
        ("2027-01-04", None, None),
        ("2025-01-02", Some("年末年始"), Some("年末年始")),
        ("2025-01-03", Some("年末年始"), Some("年末年始")),
    ];
    for (at, office, bank) in rows {
        assert_eq!(closed(at), (office.map(str::to_owned), bank.map(str::to_owned)), "{at}");
    }
}

#[test]
fn weekends_holidays_and_their_substitutes_are_closed() {
    let rows = [
        ("2026-06-05", None),
        ("2026-06-06", Some("土")),
        ("2026-06-07", Some("日")),
        ("2026-05-06", Some("祝(憲法記念日 振替休日)")),
        ("2026-09-22", Some("祝(国民の休日)")),
        ("2019-05-01", Some("祝(即位の日)")),
        ("2020-07-24", Some("祝(スポーツの日)")),
        ("2020-10-12", None),
        ("2027-03-22", Some("祝(春分の日 振替休日)")),
        // A holiday on a Sunday is named by its weekday, the first reason of the act.
        ("2026-05-03", Some("日")),
    ];
    for (at, office) in rows {
        let (found, bank) = closed(at);
        assert_eq!(found.as_deref(), office, "{at}");
        assert_eq!(found, bank, "{at}");
    }
}

#[test]
fn the_next_open_day_names_every_day_passed_over() {
    let offices = law().administrative_closing(day("2026-12-29")).unwrap();
    let (open, passed) = offices.next_open_day(day("2026-12-29"), law().holidays()).unwrap();
    assert_eq!(open, day("2027-01-04"));
    let reasons: Vec<String> = passed.iter().map(|(at, why)| format!("{at}={why}")).collect();
    let expected = [
        "2026-12-29=年末年始",
        "2026-12-30=年末年始",
        "2026-12-31=年末年始",
        "2027-01-01=祝(元日)",
        "2027-01-02=土",
        "2027-01-03=日",
    ];
    assert_eq!(reasons, expected);
    assert_eq!(offices.next_open_day(open, law().holidays()), Ok((open, Vec::new())));
    // 民法 and 行政機関の休日に関する法律2条: 2026-10-25 is a Sunday.
    assert_eq!(offices.next_open_day(day("2026-10-25"), law().holidays()).unwrap().0, day("2026-10-26"));
}

#[test]
fn wages_are_paid_on_bank_days() {
    let banks = law().bank_closing(day("2026-04-25")).unwrap();
    let before = |text: &str| banks.previous_open_day(day(text), law().holidays()).unwrap().0;
    assert_eq!(before("2026-04-25"), day("2026-04-24"));
    assert_eq!(before("2026-05-06"), day("2026-05-01"));
    assert_eq!(before("2027-01-03"), day("2026-12-30"));
    let ahead = |text: &str, count| banks.open_days_before(day(text), count, law().holidays());
    assert_eq!(ahead("2026-05-08", 3), Ok(day("2026-04-30")));
    assert_eq!(ahead("2026-06-25", 3), Ok(day("2026-06-22")));
    assert_eq!(ahead("2027-01-05", 3), Ok(day("2026-12-29")));
    assert_eq!(ahead("2026-06-25", 0), Ok(day("2026-06-25")));
}

#[test]
fn a_year_without_a_table_is_refused_by_name() {
    let offices = law().administrative_closing(day("2026-01-01")).unwrap();
    let refused = |year| CalendarError::NoHolidayTable { year, first_year: 2016, last_year: 2027 };
    let holidays = law().holidays();
    // 2028-01-02 is a Sunday, and still nothing is said about it.
    assert_eq!(offices.is_open(day("2028-01-02"), holidays), Err(refused(2028)));
    assert_eq!(offices.is_open(day("2015-12-31"), holidays), Err(refused(2015)));
    assert_eq!(offices.next_open_day(day("2027-12-29"), holidays), Err(refused(2028)));
    assert_eq!(offices.previous_open_day(day("2016-01-03"), holidays), Err(refused(2015)));
    assert_eq!(offices.open_days_before(day("2016-01-05"), 9, holidays), Err(refused(2015)));
    assert_eq!(offices.is_open(day("2027-12-28"), holidays), Ok(true));
    assert_eq!(offices.is_open(day("2016-01-04"), holidays), Ok(true));
}

#[test]
fn the_table_of_holidays_agrees_with_the_act() {
    let all = law().holidays().all();
    assert!(all.windows(2).all(|pair| pair[0].date < pair[1].date));
    let kinds = |kind| all.iter().filter(|holiday| holiday.kind == kind).count();
    assert_eq!(kinds(HolidayKind::Special), 2);
    for holiday in all {
        let eve = holiday.date.yesterday().unwrap();
        match holiday.kind {
            // 3条2項: the first day after a holiday on a Sunday that is no holiday itself.
            HolidayKind::Substitute => assert!(law().holidays().on(eve).unwrap().is_some(), "{}", holiday.date),
            // 3条3項: between two holidays.
            HolidayKind::Citizens => {
                let tomorrow = holiday.date.tomorrow().unwrap();
                let around = [eve, tomorrow].map(|at| law().holidays().on(at).unwrap().is_some());
                assert_eq!(around, [true, true], "{}", holiday.date);
            }
            HolidayKind::National | HolidayKind::Special => {
                if holiday.date.weekday() == Weekday::Sunday {
                    assert!(
                        law().holidays().on(holiday.date.tomorrow().unwrap()).unwrap().is_some(),
                        "{}",
                        holiday.date
                    );
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn an_open_day_is_open_and_all_before_it_were_closed(days in 0_i32..4_000) {
        let at = day("2016-01-05").checked_add(jiff::ToSpan::days(days)).unwrap();
        for rule in [law().administrative_closing(at).unwrap(), law().bank_closing(at).unwrap()] {
            let (open, passed) = rule.next_open_day(at, law().holidays()).unwrap();
            prop_assert!(rule.is_open(open, law().holidays()).unwrap());
            prop_assert_eq!(passed.len(), usize::try_from((open - at).get_days()).unwrap());
            for (closed, why) in &passed {
                prop_assert_eq!(rule.closed(*closed, law().holidays()), Ok(Some(why.clone())));
                prop_assert!(!matches!(why, Closed::Holiday(name) if name.is_empty()));
            }
            let (before, _) = rule.previous_open_day(at, law().holidays()).unwrap();
            prop_assert!(before <= at && at <= open);
            prop_assert!((open == at) == (before == at));
        }
    }
}
