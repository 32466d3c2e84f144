//! Months, statutory periods (民法138条-143条), ages, effective ranges.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{
    CalendarError, Date, EffectiveRange, Length, Month, PeriodStart, Timeline, age_on, birthday_in, parse_iso_date,
    parse_iso_month, period_end, reaches_age_on,
};
use proptest::prelude::*;

use Length::{Days, Months, Weeks, Years};
use PeriodStart::{DayCounted, DayNotCounted};

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

fn month(text: &str) -> Month {
    parse_iso_month(text).unwrap()
}

#[test]
fn periods_end_as_the_civil_code_says() {
    let rows = [
        // The worked rows of the closed-days table: a whole month, no corresponding day, days.
        ("2026-01-31", DayNotCounted, Months(1), "2026-02-28"),
        ("2026-01-30", DayNotCounted, Months(1), "2026-02-28"),
        ("2026-10-15", DayNotCounted, Days(10), "2026-10-25"),
        // 143条2項: the day before the corresponding day.
        ("2026-01-15", DayNotCounted, Months(1), "2026-02-15"),
        ("2026-01-15", DayCounted, Months(1), "2026-02-14"),
        ("2026-03-30", DayNotCounted, Months(1), "2026-04-30"),
        ("2026-03-31", DayNotCounted, Months(1), "2026-04-30"),
        ("2026-04-30", DayNotCounted, Months(1), "2026-05-31"),
        ("2026-05-30", DayNotCounted, Months(1), "2026-06-30"),
        ("2026-01-28", DayNotCounted, Months(1), "2026-02-28"),
        ("2026-01-27", DayNotCounted, Months(1), "2026-02-27"),
        ("2024-01-30", DayNotCounted, Months(1), "2024-02-29"),
        ("2024-01-28", DayNotCounted, Months(1), "2024-02-28"),
        ("2026-08-31", DayNotCounted, Months(6), "2027-02-28"),
        ("2026-12-31", DayNotCounted, Months(2), "2027-02-28"),
        ("2026-04-01", DayCounted, Months(6), "2026-09-30"),
        ("2024-02-29", DayCounted, Years(1), "2025-02-28"),
        ("2024-02-28", DayNotCounted, Years(1), "2025-02-28"),
        ("2024-02-29", DayCounted, Years(4), "2028-02-28"),
        ("2024-02-29", DayNotCounted, Years(2), "2026-02-28"),
        ("2026-04-01", DayCounted, Years(1), "2027-03-31"),
        ("2026-11-22", DayNotCounted, Years(2), "2028-11-22"),
        ("2026-11-22", DayNotCounted, Weeks(1), "2026-11-29"),
        ("2026-11-22", DayCounted, Weeks(2), "2026-12-05"),
        // 起算して: day 1 is the day itself (breach final report).
        ("2026-11-22", DayCounted, Days(1), "2026-11-22"),
        ("2026-11-22", DayCounted, Days(30), "2026-12-21"),
        ("2024-01-01", DayCounted, Days(60), "2024-02-29"),
        ("2027-01-01", DayCounted, Days(60), "2027-03-01"),
        ("2026-11-22", DayNotCounted, Days(1), "2026-11-23"),
    ];
    for (start, counted, length, end) in rows {
        assert_eq!(period_end(day(start), counted, length), Ok(day(end)), "{start} {counted:?} {length:?}");
    }
}

#[test]
fn a_period_of_nothing_and_one_beyond_the_calendar_are_errors() {
    for empty in [Days(0), Weeks(0), Months(0), Years(0)] {
        assert_eq!(period_end(day("2026-11-22"), DayCounted, empty), Err(CalendarError::EmptyPeriod));
    }
    for endless in [Days(u16::MAX), Weeks(u16::MAX), Months(u16::MAX), Years(u16::MAX), Years(200)] {
        assert_eq!(period_end(day("2026-11-22"), DayNotCounted, endless), Err(CalendarError::OutOfRange));
    }
    assert_eq!(period_end(Date::MAX, DayNotCounted, Days(1)), Err(CalendarError::OutOfRange));
    assert_eq!(period_end(day("2199-12-31"), DayNotCounted, Days(1)), Err(CalendarError::OutOfRange));
    assert_eq!(period_end(day("2199-12-31"), DayCounted, Days(1)), Ok(day("2199-12-31")));
}

#[test]
fn an_age_is_reached_on_the_day_before_the_birthday() {
    let rows = [
        ("1986-06-25", 40, "2026-06-24", "2026-06-25"),
        ("1986-06-01", 40, "2026-05-31", "2026-06-01"),
        ("1986-04-01", 40, "2026-03-31", "2026-04-01"),
        ("1986-04-02", 40, "2026-04-01", "2026-04-02"),
        ("1987-01-01", 40, "2026-12-31", "2027-01-01"),
        ("1984-02-29", 40, "2024-02-28", "2024-02-29"),
        ("1984-02-29", 41, "2025-02-28", "2025-03-01"),
        ("1985-03-01", 40, "2025-02-28", "2025-03-01"),
        ("1984-03-01", 40, "2024-02-29", "2024-03-01"),
        ("1951-11-22", 75, "2026-11-21", "2026-11-22"),
        ("2026-06-25", 0, "2026-06-24", "2026-06-25"),
    ];
    for (birth, years, reached, birthday) in rows {
        assert_eq!(reaches_age_on(day(birth), years), Ok(day(reached)), "{birth} {years}");
        assert_eq!(birthday_in(day(birth), years), Ok(day(birthday)), "{birth} {years}");
        if years > 0 {
            assert_eq!(age_on(day(birth), day(reached)), Some(years), "{birth} {years}");
            assert_eq!(age_on(day(birth), day(reached).yesterday().unwrap()), Some(years - 1), "{birth} {years}");
        }
    }
    assert_eq!(age_on(day("2026-06-25"), day("2026-06-24")), None);
    assert_eq!(age_on(day("2026-06-25"), day("2026-06-25")), Some(0));
    assert_eq!(age_on(day("2026-01-01"), day("2026-12-31")), Some(1));
    assert_eq!(age_on(day("1868-01-01"), day("2123-06-01")), Some(255));
    assert_eq!(age_on(day("1868-01-01"), day("2199-12-31")), None);
}

#[test]
fn months_count_forwards_and_backwards() {
    assert_eq!(month("2026-11").plus(2), month("2027-01"));
    assert_eq!(month("2026-01").previous(), month("2025-12"));
    assert_eq!(month("2026-12").next(), month("2027-01"));
    assert_eq!(month("2027-03").months_since(month("2026-11")), 4);
    assert_eq!(month("2026-11").months_since(month("2027-03")), -4);
    assert_eq!(month("2026-02").last_day(), day("2026-02-28"));
    assert_eq!((month("2026-02").days(), month("2028-02").days()), (28, 29));
    assert_eq!(month("2026-06").day_or_last(31), day("2026-06-30"));
    assert_eq!(month("2026-06").day_or_last(20), day("2026-06-20"));
    assert_eq!((month("2026-03").fiscal_year(), month("2026-04").fiscal_year()), (2025, 2026));
    assert!(month("2026-06").contains(day("2026-06-30")) && !month("2026-06").contains(day("2026-07-01")));
    assert_eq!(month("2026-06").to_string(), "2026-06");
    assert_eq!(Month::new(2026, 13), Err(CalendarError::ImpossibleDate));
    // Beyond the calendar a month stays a month.
    for far in [i32::MAX, 300_000] {
        assert_eq!(month("2026-06").plus(far), Month::new(9999, 12).unwrap());
        assert_eq!(month("2026-06").plus(-far), Month::new(-9999, 1).unwrap());
    }
}

#[test]
fn ranges_are_half_open() {
    let range = |from: Option<&str>, end: Option<&str>| EffectiveRange { from: from.map(day), to_excl: end.map(day) };
    let june = range(Some("2026-06-01"), Some("2026-07-01"));
    assert!(june.contains(day("2026-06-01")) && june.contains(day("2026-06-30")));
    assert!(!june.contains(day("2026-05-31")) && !june.contains(day("2026-07-01")));
    assert!(!june.overlaps(range(Some("2026-07-01"), None)));
    assert!(june.overlaps(range(Some("2026-06-30"), None)));
    assert!(june.overlaps(EffectiveRange::default()));
    assert!(!june.overlaps(range(None, Some("2026-06-01"))));
    let empty = range(Some("2026-06-10"), Some("2026-06-10"));
    assert!(empty.is_empty() && !empty.overlaps(june) && !june.overlaps(empty) && !empty.overlaps(empty));
}

#[test]
fn a_fact_is_true_until_the_next_one() {
    let facts = vec![(day("2026-04-01"), "b"), (day("2025-04-01"), "a"), (day("2026-04-01"), "b corrected")];
    let timeline = Timeline::new(facts);
    assert_eq!(timeline.facts().len(), 2);
    assert_eq!(timeline.on(day("2025-03-31")), None);
    assert_eq!(timeline.on(day("2025-04-01")), Some(&"a"));
    assert_eq!(timeline.on(day("2026-03-31")), Some(&"a"));
    assert_eq!(timeline.on(day("2026-04-01")), Some(&"b corrected"));
    assert_eq!(timeline.on(day("2199-12-31")), Some(&"b corrected"));
    let changes: Vec<_> = timeline.changes_within(day("2025-04-01"), day("2026-04-01")).collect();
    assert_eq!(changes, [&(day("2026-04-01"), "b corrected")]);
    assert_eq!(timeline.changes_within(day("2026-04-01"), day("2026-12-31")).count(), 0);
}

fn any_day() -> impl Strategy<Value = Date> {
    (1900_i16..2150, 1_i8..=12, 1_i8..=31).prop_filter_map("a day that exists", |(y, m, d)| Date::new(y, m, d).ok())
}

fn any_range() -> impl Strategy<Value = EffectiveRange> {
    let bound = || proptest::option::of((0_i32..60).prop_map(|days| day("2026-06-01") + jiff::ToSpan::days(days)));
    (bound(), bound()).prop_map(|(from, to_excl)| EffectiveRange { from, to_excl })
}

proptest! {
    #[test]
    fn a_counted_first_day_is_the_same_as_the_day_before_not_counted(at in any_day(), length in 1_u16..500) {
        for length in [Days(length), Weeks(length % 50 + 1), Months(length), Years(length % 40 + 1)] {
            let before = period_end(at.yesterday().unwrap(), DayNotCounted, length);
            prop_assert_eq!(period_end(at, DayCounted, length), before);
        }
    }

    #[test]
    fn a_longer_period_never_ends_earlier(at in any_day(), length in 1_u16..400) {
        for (shorter, longer) in [(Days(length), Days(length + 1)), (Months(length), Months(length + 1))] {
            let end = |length| period_end(at, DayCounted, length).unwrap();
            prop_assert!(end(shorter) < end(longer));
        }
        prop_assert_eq!(period_end(at, DayCounted, Months(12)), period_end(at, DayCounted, Years(1)));
    }

    #[test]
    fn age_changes_on_the_day_it_is_reached_and_on_no_other(birth in any_day(), days in 0_i32..40_000) {
        let at = birth.checked_add(jiff::ToSpan::days(days)).unwrap();
        let age = age_on(birth, at).unwrap();
        prop_assert!(age == 0 || reaches_age_on(birth, age).unwrap() <= at);
        prop_assert!(reaches_age_on(birth, age + 1).unwrap() > at);
    }

    #[test]
    fn month_arithmetic_is_reversible(year in 1900_i16..2150, number in 1_i8..=12, months in -1_200_i32..1_200) {
        let start = Month::new(year, number).unwrap();
        prop_assert_eq!(start.plus(months).plus(-months), start);
        prop_assert_eq!(start.plus(months).months_since(start), months);
        prop_assert_eq!(start.last_day().tomorrow().unwrap(), start.next().first_day());
    }

    #[test]
    fn two_ranges_overlap_exactly_when_they_share_a_day(one in any_range(), other in any_range()) {
        let share = (-5_i32..70).map(|days| day("2026-06-01").checked_add(jiff::ToSpan::days(days)).unwrap())
            .any(|at| one.contains(at) && other.contains(at));
        prop_assert_eq!(one.overlaps(other), share);
        prop_assert_eq!(other.overlaps(one), share);
    }

    #[test]
    fn the_last_fact_that_has_begun_stands(starts in proptest::collection::vec(0_i32..40, 0..12), at in -5_i32..45) {
        let on = |days: i32| day("2026-06-01").checked_add(jiff::ToSpan::days(days)).unwrap();
        let facts: Vec<_> = starts.iter().enumerate().map(|(number, start)| (on(*start), number)).collect();
        let expected = facts.iter().filter(|(from, _)| *from <= on(at)).max_by_key(|fact| **fact).map(|(_, number)| number);
        let timeline = Timeline::new(facts.clone());
        prop_assert_eq!(timeline.on(on(at)), expected);
    }
}
