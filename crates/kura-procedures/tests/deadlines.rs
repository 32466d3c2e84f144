//! The days: every row of the calendar of duties, the shift, both sides of the switch dates, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{CalendarError, Date, Length, PeriodStart, parse_iso_date, period_end};
use kura_law::{Confidence, Law, LawError};
use kura_procedures::{Anchor, Deadline, DeadlineKind, LifeEvent, ProcedureError, Shift, deadline};
use proptest::prelude::*;

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

fn computed(procedure: &str, event: LifeEvent, from: Date, opens_from: Date) -> Result<Deadline, ProcedureError> {
    deadline(law(), procedure, event, Some(Anchor::Known(from)), opens_from)
}

/// Every row of a file of vectors, by the names of its columns.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_row_of_the_deadline_vectors() {
    let all = rows(include_str!("vectors/deadlines.csv"));
    for row in &all {
        let [procedure, event, from, opens, raw_day, due_day, what] = row.as_slice() else { panic!("{row:?}") };
        let event = LifeEvent::ALL.into_iter().find(|known| known.identifier() == event).unwrap();
        let opens = if opens.is_empty() { from } else { opens };
        let deadline = computed(procedure, event, day(from), day(opens)).unwrap();
        let due = deadline.due().unwrap();
        assert_eq!(due.raw_day.to_string(), *raw_day, "{procedure}: {what}");
        assert_eq!(due.due_day.to_string(), *due_day, "{procedure}: {what}");
    }
    assert_eq!(all.len(), 27);
}

#[test]
fn every_shift_of_the_calendar_up_to_the_end_of_2027() {
    let all = rows(include_str!("vectors/shifts.csv"));
    for row in &all {
        let (raw, due) = (day(&row[0]), &row[1]);
        let mut hired = raw;
        for _ in 0..5 {
            hired = hired.yesterday().unwrap();
        }
        let notice = computed("acquisition_notice", LifeEvent::Joined, hired, hired).unwrap();
        let last = notice.due().unwrap();
        assert_eq!((last.raw_day, last.due_day.to_string()), (raw, due.clone()));
        if raw.day() == 10 {
            let left = raw.yesterday().unwrap().first_of_month().yesterday().unwrap();
            let notice = computed("inhabitant_tax_change_notice", LifeEvent::Left, left, left).unwrap();
            assert_eq!(notice.due().unwrap().due_day.to_string(), *due);
        }
    }
    assert_eq!(all.len(), 32);
}

#[test]
fn every_rule_of_the_table_gives_a_day_or_says_that_there_is_none() {
    let on = day("2026-06-01");
    let (mut rules, mut without_a_day) = (0, 0);
    for row in law().rows_in_force("filing_deadlines", on).unwrap() {
        let (procedure, event) = (row.text("procedure").unwrap(), row.text("event").unwrap());
        let event = LifeEvent::ALL.into_iter().find(|known| known.identifier() == event).unwrap();
        let deadline = computed(procedure, event, on, on).unwrap();
        assert!(!deadline.citations.is_empty() && !deadline.counted_from.is_empty(), "{procedure}");
        kura_procedures::procedure(law(), procedure, on).unwrap();
        without_a_day += usize::from(deadline.due().is_none());
        rules += 1;
    }
    assert_eq!((rules, without_a_day), (43, 10));
}

#[test]
fn a_window_stands_open_while_its_end_is_not_known() {
    let from = day("2026-01-10");
    let notice = deadline(law(), "childcare_leave_notice", LifeEvent::ChildcareLeave, None, from).unwrap();
    assert_eq!(notice.kind, DeadlineKind::Window { opens: from, last: None });
    let planned = Some(Anchor::Planned(day("2027-01-09")));
    let notice = deadline(law(), "childcare_leave_notice", LifeEvent::ChildcareLeave, planned, from).unwrap();
    assert!(notice.due().unwrap().provisional);
}

#[test]
fn without_delay_is_a_target_and_never_a_day_of_law() {
    let ended = day("2027-01-09");
    let notice = computed("childcare_leave_end_change_notice", LifeEvent::ChildcareLeaveEnded, ended, ended).unwrap();
    assert_eq!(notice.kind, DeadlineKind::Promptly { since: ended, target: day("2027-01-16") });
    assert_eq!(notice.due(), None);
}

#[test]
fn a_day_named_by_law_that_was_moved_is_asked_about() {
    let asks = |procedure, event, from: &str| {
        let deadline = computed(procedure, event, day(from), day(from)).unwrap();
        matches!(deadline.due().unwrap().shift, Shift::NextOpenDay { asks: true, .. })
    };
    assert!(asks("employment_acquisition_notice", LifeEvent::Joined, "2026-04-01"), "moved off a Sunday");
    assert!(!asks("employment_acquisition_notice", LifeEvent::Joined, "2027-04-01"), "not moved");
    assert!(!asks("inhabitant_tax_change_notice", LifeEvent::Left, "2026-12-15"), "the tax act speaks of dates");
    assert!(!asks("employment_loss_notice", LifeEvent::Left, "2026-07-01"), "a period");
}

#[test]
fn a_shift_is_as_sure_as_the_law_it_rests_on() {
    let (left, joined) = (day("2026-12-15"), day("2027-04-01"));
    let tax = computed("inhabitant_tax_change_notice", LifeEvent::Left, left, left).unwrap();
    assert_eq!((tax.confidence, tax.citations.len()), (Confidence::Memory, 2));
    let employment = computed("employment_acquisition_notice", LifeEvent::Joined, joined, joined).unwrap();
    assert_eq!(employment.confidence, Confidence::Confirmed);
}

#[test]
fn both_sides_of_the_days_on_which_rules_change() {
    let at_birth =
        |born: &str| computed("birth_childcare_leave_benefit", LifeEvent::ChildcareLeaveAtBirth, day(born), day(born));
    let missing = at_birth("2022-09-30").unwrap_err();
    assert!(matches!(missing, ProcedureError::Law(LawError::Missing { .. })), "{missing}");
    assert_eq!(at_birth("2022-10-01").unwrap().note, None);
    assert_eq!(at_birth("2025-03-31").unwrap().note, None);
    assert!(at_birth("2025-04-01").unwrap().note.unwrap().contains("確認されていません"));
}

#[test]
fn a_year_without_holidays_is_refused_by_name() {
    let on = day("2027-12-28");
    let refused = computed("acquisition_notice", LifeEvent::Joined, on, on).unwrap_err();
    let year = CalendarError::NoHolidayTable { year: 2028, first_year: 2016, last_year: 2027 };
    assert_eq!(refused, ProcedureError::Calendar(year));
    assert!(refused.to_string().contains("2028年") && !refused.remedy().is_empty());
}

#[test]
fn a_pair_nobody_has_a_rule_for_is_refused_by_name() {
    let on = day("2026-06-01");
    let refused = computed("work_rules_notice", LifeEvent::Joined, on, on).unwrap_err();
    assert!(matches!(refused, ProcedureError::Law(LawError::UnknownKey { .. })), "{refused}");
}

proptest! {
    #[test]
    fn no_day_falls_on_a_closed_day_where_the_rule_moves_it(days in 1_u16..4000) {
        let from = period_end(day("2016-01-04"), PeriodStart::DayCounted, Length::Days(days)).unwrap();
        for row in law().rows_in_force("filing_deadlines", from).unwrap() {
            let (procedure, event) = (row.text("procedure").unwrap(), row.text("event").unwrap());
            let event = LifeEvent::ALL.into_iter().find(|known| known.identifier() == event).unwrap();
            let deadline = computed(procedure, event, from, from).unwrap();
            let Some(due) = deadline.due() else { continue };
            match &due.shift {
                Shift::None => prop_assert_eq!(due.raw_day, due.due_day),
                Shift::NextOpenDay { place, passed_over, .. } => {
                    let closing = law().closing_rule(place, due.due_day).unwrap();
                    prop_assert!(closing.is_open(due.due_day, law().holidays()).unwrap());
                    let first_passed = passed_over.first().map_or(due.due_day, |(day, _)| *day);
                    prop_assert_eq!(first_passed, due.raw_day);
                }
            }
        }
    }
}
