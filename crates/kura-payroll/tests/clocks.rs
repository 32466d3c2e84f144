//! 四つの時計: what a payment month means in days, by table.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_calendar::{CalendarError, parse_iso_month};
use kura_model::{BusinessDayShift, MonthOffset};
use kura_payroll::clocks::{ClockRules, Clocks, ClosingDay, Period};
use law::{day, law};
use proptest::prelude::*;

const RULES: ClockRules = ClockRules {
    closing_day: ClosingDay::EndOfMonth,
    payment_month: MonthOffset::SameMonth,
    payment_day: 25,
    payment_day_shift: BusinessDayShift::Previous,
    variable_period: MonthOffset::SameMonth,
    variable_closing_day: None,
    premium_collection: MonthOffset::NextMonth,
};

fn clocks(rules: ClockRules, month: &str) -> Clocks {
    let month = parse_iso_month(month).unwrap();
    rules.clocks(month, &law().bank_closing(month.last_day()).unwrap(), law().holidays()).unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

fn pay_day(payment_day: i8, payment_day_shift: BusinessDayShift, month: &str) -> String {
    clocks(ClockRules { payment_day, payment_day_shift, ..RULES }, month).payment_date.to_string()
}

#[test]
fn closing_on_the_20th_and_paid_on_the_25th_of_the_same_month() {
    let rules = ClockRules { closing_day: ClosingDay::Day(20), premium_collection: MonthOffset::SameMonth, ..RULES };
    for (month, paid_on, from, to) in [
        ("2026-10", "2026-10-23", "2026-09-21", "2026-10-20"),
        ("2026-11", "2026-11-25", "2026-10-21", "2026-11-20"),
        ("2027-01", "2027-01-25", "2026-12-21", "2027-01-20"),
        ("2026-03", "2026-03-25", "2026-02-21", "2026-03-20"),
    ] {
        let clocks = clocks(rules, month);
        assert_eq!(clocks.payment_date, day(paid_on), "{month}");
        assert_eq!((clocks.attendance, clocks.variable), (period(from, to), period(from, to)), "{month}");
        assert_eq!(clocks.closing_date, day(to), "{month}");
        assert_eq!(clocks.premium_month.to_string(), month);
    }
}

#[test]
fn closing_at_the_end_of_the_month_and_paid_on_the_10th_of_the_next() {
    let rules = ClockRules { payment_month: MonthOffset::NextMonth, payment_day: 10, ..RULES };
    for (month, paid_on, from, to, premium) in [
        ("2026-07", "2026-07-10", "2026-06-01", "2026-06-30", "2026-06"),
        // 2026-05-10 is a Sunday.
        ("2026-05", "2026-05-08", "2026-04-01", "2026-04-30", "2026-04"),
        // 2026-01-10 is a Saturday: the work of December by the tables of January.
        ("2026-01", "2026-01-09", "2025-12-01", "2025-12-31", "2025-12"),
        ("2026-03", "2026-03-10", "2026-02-01", "2026-02-28", "2026-02"),
        // 2024-03-10 is a Sunday.
        ("2024-03", "2024-03-08", "2024-02-01", "2024-02-29", "2024-02"),
    ] {
        let clocks = clocks(rules, month);
        assert_eq!(clocks.payment_date, day(paid_on), "{month}");
        assert_eq!(clocks.attendance, period(from, to), "{month}");
        assert_eq!(clocks.closing_date, day(to), "{month}");
        assert_eq!(clocks.premium_month.to_string(), premium);
    }
}

#[test]
fn paid_in_the_month_after_the_next() {
    let rules = ClockRules {
        closing_day: ClosingDay::Day(15),
        payment_month: MonthOffset::MonthAfterNext,
        payment_day: 5,
        ..RULES
    };
    let clocks = clocks(rules, "2026-06");
    assert_eq!(clocks.payment_date, day("2026-06-05"));
    assert_eq!(clocks.attendance, period("2026-03-16", "2026-04-15"));
    assert_eq!(clocks.closing_date, day("2026-04-15"));
    assert_eq!(clocks.premium_month.to_string(), "2026-05");
}

#[test]
fn a_pay_day_on_a_closed_day_of_banks_moves_as_the_rule_says() {
    use BusinessDayShift::{AsItStands, Next, Previous};
    for (payment_day, month, previous, next, as_it_stands) in [
        // Saturday; Sunday; 憲法記念日 to 振替休日; an open day.
        (25, "2026-07", "2026-07-24", "2026-07-27", "2026-07-25"),
        (25, "2026-10", "2026-10-23", "2026-10-26", "2026-10-25"),
        (5, "2026-05", "2026-05-01", "2026-05-07", "2026-05-05"),
        (10, "2026-07", "2026-07-10", "2026-07-10", "2026-07-10"),
        // 12-31 to 01-03 banks are closed: the pay day leaves its month, and its year.
        (31, "2026-12", "2026-12-30", "2027-01-04", "2026-12-31"),
        (1, "2027-01", "2026-12-30", "2027-01-04", "2027-01-01"),
        (3, "2026-01", "2025-12-30", "2026-01-05", "2026-01-03"),
    ] {
        assert_eq!(pay_day(payment_day, Previous, month), previous, "{month}");
        assert_eq!(pay_day(payment_day, Next, month), next, "{month}");
        assert_eq!(pay_day(payment_day, AsItStands, month), as_it_stands, "{month}");
    }
}

#[test]
fn a_month_without_the_pay_day_pays_on_its_last() {
    let as_it_stands = |day, month| pay_day(day, BusinessDayShift::AsItStands, month);
    assert_eq!(as_it_stands(31, "2026-06"), "2026-06-30");
    assert_eq!(as_it_stands(31, "2026-02"), "2026-02-28");
    assert_eq!(as_it_stands(30, "2024-02"), "2024-02-29");
    assert_eq!(as_it_stands(28, "2026-02"), "2026-02-28");
}

#[test]
fn overtime_and_absence_may_be_of_another_period_and_close_on_another_day() {
    let before = clocks(ClockRules { variable_period: MonthOffset::PreviousMonth, ..RULES }, "2026-03");
    assert_eq!(before.attendance, period("2026-03-01", "2026-03-31"));
    assert_eq!(before.variable, period("2026-02-01", "2026-02-28"));
    assert_eq!(before.closing_date, day("2026-03-31"));

    let on_the_15th = clocks(ClockRules { variable_closing_day: Some(ClosingDay::Day(15)), ..RULES }, "2026-03");
    assert_eq!(on_the_15th.attendance, period("2026-03-01", "2026-03-31"));
    assert_eq!(on_the_15th.variable, period("2026-02-16", "2026-03-15"));

    let both = ClockRules {
        closing_day: ClosingDay::Day(20),
        variable_period: MonthOffset::PreviousMonth,
        variable_closing_day: Some(ClosingDay::EndOfMonth),
        ..RULES
    };
    let both = clocks(both, "2026-01");
    assert_eq!(both.attendance, period("2025-12-21", "2026-01-20"));
    assert_eq!(both.variable, period("2025-12-01", "2025-12-31"));
}

#[test]
fn premiums_are_those_of_the_month_before_or_of_the_same() {
    let premium =
        |premium_collection, month| clocks(ClockRules { premium_collection, ..RULES }, month).premium_month.to_string();
    assert_eq!(premium(MonthOffset::NextMonth, "2026-03"), "2026-02");
    assert_eq!(premium(MonthOffset::NextMonth, "2026-01"), "2025-12");
    assert_eq!(premium(MonthOffset::SameMonth, "2026-03"), "2026-03");
}

#[test]
fn a_period_in_february_has_its_own_length() {
    let days = |closing_day, month| clocks(ClockRules { closing_day, ..RULES }, month).attendance.calendar_days();
    assert_eq!(days(ClosingDay::EndOfMonth, "2026-02"), 28);
    assert_eq!(days(ClosingDay::EndOfMonth, "2024-02"), 29);
    assert_eq!(days(ClosingDay::EndOfMonth, "2026-01"), 31);
    assert_eq!(days(ClosingDay::Day(28), "2026-02"), 31);
    assert_eq!(days(ClosingDay::Day(28), "2026-03"), 28);
    assert_eq!(days(ClosingDay::Day(28), "2024-03"), 29);
}

#[test]
fn a_year_without_a_table_of_holidays_is_refused_by_its_name() {
    let month = parse_iso_month("2099-06").unwrap();
    let bank = law().bank_closing(day("2026-06-30")).unwrap();
    let refused = RULES.clocks(month, &bank, law().holidays()).unwrap_err();
    assert!(matches!(refused, CalendarError::NoHolidayTable { year: 2099, .. }));
}

#[test]
fn periods_know_their_days_and_what_they_share() {
    let june = period("2026-06-01", "2026-06-30");
    assert_eq!(june.calendar_days(), 30);
    assert!(june.contains(day("2026-06-01")) && june.contains(day("2026-06-30")));
    assert!(!june.contains(day("2026-05-31")) && !june.contains(day("2026-07-01")));
    assert_eq!(june.overlap(day("2026-06-20"), day("2026-07-10")), Some(period("2026-06-20", "2026-06-30")));
    assert_eq!(june.overlap(day("2026-07-01"), day("2026-07-10")), None);
    assert_eq!(june.overlap(day("2026-05-01"), day("2026-08-31")), Some(june));
}

proptest! {
    /// Periods of one pay group follow each other without a gap and without an overlap, whatever day they close on.
    #[test]
    fn periods_follow_each_other(closing in 0_i8..=28, year in 2025_i16..=2026, month in 1_i8..=11) {
        let closing_day = if closing == 0 { ClosingDay::EndOfMonth } else { ClosingDay::Day(closing) };
        let rules = ClockRules { closing_day, ..RULES };
        let this = clocks(rules, &format!("{year}-{month:02}"));
        let next = clocks(rules, &format!("{year}-{:02}", month + 1));
        prop_assert_eq!(this.attendance.to.tomorrow().unwrap(), next.attendance.from);
        prop_assert!(this.attendance.contains(this.closing_date) && this.closing_date == this.attendance.to);
        prop_assert!((28..=31).contains(&this.attendance.calendar_days()));
    }
}
