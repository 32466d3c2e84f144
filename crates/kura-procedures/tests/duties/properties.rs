use std::collections::BTreeSet;

use kura_calendar::{Date, Length, PeriodStart, period_end};
use kura_model::{Book, Change, FamilyMemberChange, FamilyNumber, Leave, LeaveKind, Row};
use kura_procedures::{DeadlineKind, Duties, Shift, duties, procedure};
use proptest::prelude::*;

use crate::book::{book, client, day, law, period, person};

fn after(days: u16) -> Date {
    period_end(day("2024-12-31"), PeriodStart::DayNotCounted, Length::Days(days)).unwrap()
}

fn found(book: &Book) -> Duties {
    duties(book, &[], law(), period("2024-01-01", "2027-06-30")).unwrap()
}

/// A fact, on a day.
fn add(book: &mut Book, which: u8, number: u8, on: Date) {
    match which {
        0 => book.employees[0].left_on = Some(on),
        1 => book.insurance_spells[0].lost_on = Some(on),
        2 => book.insurance_spells[2].lost_on = Some(on),
        3 => book.insurance_spells[1].class_changed_on = Some(on),
        4 => book.leaves.push(Row::from(Leave::new(client(), person(), LeaveKind::FamilyCare, on))),
        5 => {
            let mut leave = Leave::new(client(), person(), LeaveKind::Childcare, on);
            leave.planned_to = Some(on);
            book.leaves.push(Row::from(leave));
        }
        _ => {
            let number = FamilyNumber::from(number.to_string().as_str());
            let mut member = FamilyMemberChange::new(client(), person(), number, on);
            member.birth_date = Change::To(day("2015-01-01"));
            member.health_dependent_from = Change::To(on);
            book.family_members.push(Row::from(member));
        }
    }
}

proptest! {
    #[test]
    fn every_duty_cites_law_and_falls_on_an_open_day(facts in prop::collection::vec((0_u8..7, 1_u16..700), 0..8)) {
        let mut book = book();
        for (number, (which, days)) in (0..).zip(&facts) {
            add(&mut book, *which, number, after(*days));
        }
        for duty in found(&book).duties {
            prop_assert!(!duty.deadline.citations.is_empty());
            prop_assert!(duty.deadline.citations.iter().all(|id| law().citation(*id).is_some()));
            prop_assert!(procedure(law(), &duty.procedure, duty.deadline.sort_day()).is_ok());
            if let Some(due) = duty.deadline.due()
                && let Shift::NextOpenDay { place, .. } = &due.shift
            {
                let closing = law().closing_rule(place, due.due_day).unwrap();
                prop_assert!(closing.is_open(due.due_day, law().holidays()).unwrap());
            }
            if let DeadlineKind::Window { opens, last: Some(last) } = &duty.deadline.kind {
                prop_assert!(*opens <= last.due_day);
            }
        }
    }

    #[test]
    fn another_member_of_the_family_takes_no_duty_away(
        facts in prop::collection::vec((0_u8..7, 1_u16..700), 0..6), days in 1_u16..700,
    ) {
        let mut book = book();
        for (number, (which, days)) in (0..).zip(&facts) {
            add(&mut book, *which, number, after(*days));
        }
        let keys = |book: &Book| -> BTreeSet<String> {
            let told = found(book).duties;
            told.iter().map(|duty| format!("{:?} {} {:?}", duty.occurrence, duty.procedure, duty.deadline)).collect()
        };
        let before = keys(&book);
        add(&mut book, 6, 99, after(days));
        prop_assert!(before.is_subset(&keys(&book)));
    }
}
