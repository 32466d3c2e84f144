//! 給与規程 and 暦 give the scheduled days of the design.

use std::collections::BTreeSet;

use kura_calendar::{Date, Weekday};
use kura_model::{DayClass, histories};

use super::{date, demo, law};

/// Scheduled days of a client by the pattern of its pay group and the exceptions of 暦.
fn scheduled_days(client: &str, group: &str, from: &str, to: &str) -> usize {
    let book = &demo(client).book;
    let groups = histories(&book.pay_groups);
    let (_, history) = groups.iter().find(|((_, code), _)| code.as_str() == group).unwrap();
    let group = history.on(date(from)).unwrap();
    assert_eq!(group.statutory_holiday_weekday, Some(kura_model::DayOfWeek::Sunday));
    let closed: BTreeSet<Date> = book.calendar_days.iter().map(|row| row.date).collect();
    assert!(book.calendar_days.iter().all(|row| row.day_class == Some(DayClass::ScheduledHoliday)));
    let works = |day: &Date| {
        let off = day.weekday() == Weekday::Sunday || group.scheduled_holidays.unwrap().contains(*day);
        let national = group.national_holidays_off && law().holidays().on(*day).unwrap().is_some();
        !off && !national && !closed.contains(day)
    };
    let mut days = std::iter::successors(Some(date(from)), |day| day.tomorrow().ok());
    days.by_ref().take_while(|day| *day <= date(to)).filter(works).count()
}

#[test]
fn a_year_of_001_has_252_days_and_june_22() {
    assert_eq!(scheduled_days("001", "M", "2026-04-01", "2027-03-31"), 252);
    assert_eq!(scheduled_days("001", "M", "2026-06-01", "2026-06-30"), 22);
    // National holidays are worked.
    assert_eq!(scheduled_days("001", "M", "2026-07-20", "2026-07-20"), 1);
    assert_eq!(scheduled_days("001", "M", "2026-05-04", "2026-05-06"), 0);
}

#[test]
fn a_year_of_002_has_264_days() {
    for group in ["Y", "M", "D", "H"] {
        assert_eq!(scheduled_days("002", group, "2026-03-21", "2027-03-20"), 264);
    }
    assert_eq!(scheduled_days("002", "D", "2026-09-21", "2026-10-20"), 20);
    assert_eq!(scheduled_days("002", "D", "2026-09-21", "2026-10-09"), 13);
    assert_eq!(scheduled_days("002", "D", "2026-10-01", "2026-10-20"), 15);
}

#[test]
fn a_year_of_003_and_004_has_240_days() {
    for (client, group) in [("003", "M"), ("003", "H"), ("004", "M")] {
        assert_eq!(scheduled_days(client, group, "2026-04-01", "2027-03-31"), 240, "{client}");
    }
    // 出生時育休 of T022: ten scheduled days; eight are left of May's eighteen.
    assert_eq!(scheduled_days("003", "M", "2026-05-11", "2026-05-24"), 10);
    assert_eq!(scheduled_days("003", "M", "2026-05-01", "2026-05-31"), 18);
    // Up to the last days of T070 and T083.
    assert_eq!(scheduled_days("003", "M", "2026-05-01", "2026-05-15"), 8);
    assert_eq!(scheduled_days("003", "M", "2026-05-01", "2026-05-20"), 11);
}

#[test]
fn averages_are_the_year_by_twelve() {
    for demo in super::books() {
        for row in &demo.book.pay_groups {
            let annual = row.annual_scheduled_days.value().unwrap();
            let days = annual.divided_by_integer(12).unwrap();
            assert_eq!(row.monthly_average_days.value(), Some(&days), "{}", demo.folder);
            let minutes = i64::from(row.daily_scheduled_hours.value().unwrap().get());
            let hours = days.times_integer(minutes).unwrap().divided_by_integer(60).unwrap();
            assert_eq!(row.monthly_average_hours.value(), Some(&hours), "{}", demo.folder);
        }
    }
}
