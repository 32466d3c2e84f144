use kura_model::{Leave, LeaveKind, Row, Scheme};
use kura_procedures::{Change, DueDay, Duties, Move, Why, moved};

use crate::book::{book, client, day, of_2026, person, spell};

/// `procedure: what happened`.
fn told(change: &Move) -> String {
    let due = |due: Option<&DueDay>| due.map_or_else(|| "-".to_owned(), |due| due.due_day.to_string());
    let words = match &change.change {
        Change::Opened(now) => format!("opened {}", due(now.due())),
        Change::Gone(before) => format!("gone {}", due(before.due())),
        Change::Moved { before, after, why } => {
            let why = match why {
                Why::Fact { fact, before, after } => format!("{fact} {before:?} > {after:?}"),
                Why::Planned { fact, is_planned } => format!("{fact} planned {is_planned}"),
                Why::Law => "law".to_owned(),
            };
            format!("{} > {}: {why}", due(before.due()), due(after.due()))
        }
    };
    format!("{}: {words}", change.procedure)
}

fn all(before: &Duties, after: &Duties) -> Vec<String> {
    moved(before, after).iter().map(told).collect()
}

#[test]
fn a_later_day_of_loss_moves_what_hangs_on_it_and_nothing_else() {
    let mut book = book();
    book.employees[0].left_on = Some(day("2026-06-30"));
    spell(&mut book, Scheme::Health).lost_on = Some(day("2026-07-01"));
    let before = of_2026(&book, &[]);
    assert!(all(&before, &before).is_empty());
    spell(&mut book, Scheme::Health).lost_on = Some(day("2026-07-08"));
    let after = of_2026(&book, &[]);
    let why = "被保険者資格 喪失日 Some(2026-07-01) > Some(2026-07-08)";
    assert_eq!(
        all(&before, &after),
        [
            format!("loss_notice: 2026-07-06 > 2026-07-13: {why}"),
            format!("voluntary_continuation_and_other_benefits: 2026-07-21 > 2026-07-28: {why}"),
        ]
    );
}

#[test]
fn events_come_and_go() {
    let mut leaving = book();
    let before = of_2026(&leaving, &[]);
    leaving.employees[0].left_on = Some(day("2026-06-30"));
    let after = of_2026(&leaving, &[]);
    let opened = ["inhabitant_tax_change_notice: opened 2026-07-10", "withholding_slip_at_leaving: opened 2026-07-31"];
    assert_eq!(all(&before, &after), opened);
    let gone = ["inhabitant_tax_change_notice: gone 2026-07-10", "withholding_slip_at_leaving: gone 2026-07-31"];
    assert_eq!(all(&after, &before), gone);
}

#[test]
fn a_plan_becomes_a_fact() {
    let mut book = book();
    let mut leave = Leave::new(client(), person(), LeaveKind::ChildcareAtBirth, day("2026-05-11"));
    book.leaves.push(Row::from(leave.clone()));
    let unknown = of_2026(&book, &[]);
    leave.planned_to = Some(day("2026-05-24"));
    book.leaves[0] = Row::from(leave.clone());
    let planned = of_2026(&book, &[]);
    let ends = "childcare_leave_notice: - > 2026-06-24: 休業 終了日 None > Some(2026-05-24)";
    assert_eq!(all(&unknown, &planned), [ends]);
    leave.to = leave.planned_to;
    book.leaves[0] = Row::from(leave);
    let ended = of_2026(&book, &[]);
    assert_eq!(all(&planned, &ended), ["childcare_leave_notice: 2026-06-24 > 2026-06-24: 休業 終了日 planned false"]);
}
