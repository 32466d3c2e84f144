use kura_calendar::{parse_iso_date, parse_iso_month};
use kura_desk::{DeskError, RunKind, RunOrder, RunState};
use kura_law::Law;
use kura_model::{Book, Minutes};
use kura_month::MonthRequest;
use kura_yen::Yen;

use crate::given::{ADMINISTRATOR, Given, demo, first_month};

fn order(client: &str, month: &str, as_of: &str) -> RunOrder {
    RunOrder {
        client: client.to_owned(),
        month: parse_iso_month(month).unwrap(),
        kind: RunKind::Pay,
        as_of: parse_iso_date(as_of).unwrap(),
    }
}

#[test]
fn a_run_on_the_store_pays_what_kura_month_pays() {
    let law = Law::embedded().unwrap();
    let book = demo(1);
    let month = first_month(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let order = order("002", &month.to_string(), &month.last_day().to_string());
    let request = MonthRequest { month, as_of: order.as_of, trace: false, payslips: false };
    let stateless = kura_month::run(&book, &request, law);
    let lines = stateless.files.iter().find(|file| file.path == "slips.jsonl").unwrap();
    let lines: Vec<&str> = std::str::from_utf8(&lines.bytes).unwrap().lines().collect();

    let run = given.room.run(&scope, &order, law).unwrap().run;
    assert_eq!((run.state, run.slips), (RunState::Computed, lines.len()));
    assert_eq!(given.room.slips(&scope, run.id).unwrap(), lines);
    // Every yen is explained from the store: what `kura month --trace` says of the person, word for word.
    let traced = kura_month::run(&book, &MonthRequest { trace: true, ..request }, law);
    let first = &traced.records[0];
    let reasons = given.room.reasons(&scope, run.id, &"002".into(), &first.person.as_str().into()).unwrap();
    assert_eq!(reasons, first.trace.lines().collect::<Vec<_>>());
    let amounts = first.record.matches("\"rule\"").count();
    assert!(amounts > 0 && reasons.len() >= amounts, "{} reasons of {amounts} lines", reasons.len());
    // No step is left out.
    assert_eq!(given.room.approve(&scope, run.id).unwrap_err(), DeskError::WrongState { state: RunState::Computed });
    given.room.check(&scope, run.id).unwrap();
    assert!(matches!(given.room.publish(&scope, run.id, law), Err(DeskError::WrongState { .. })));
    given.room.approve(&scope, run.id).unwrap();
    let published = given.room.publish(&scope, run.id, law).unwrap();
    assert_eq!(published.run.state, RunState::Published);
    assert_eq!(published.result.files.len(), stateless.files.len());

    // The histories are facts now: nothing that was known is lost, and the month stands in them once.
    let after = given.room.export(&scope).unwrap().book;
    assert_eq!(after.pay_histories.len(), book.pay_histories.len() + lines.len());
    assert_eq!(after.cover.as_of_month, Some(month), "基準月 of the exported book");
    assert!(after.attendances == book.attendances);
    assert!(after.employees == book.employees);
    // Computing the month again pays nobody twice.
    let again = given.room.run(&scope, &order, law).unwrap().run;
    assert_eq!(again.slips, 0);
}

#[test]
fn a_bonus_that_nobody_planned_leaves_no_run() {
    let given = Given::with_books(&[&demo(0)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let month = first_month(0);
    let pay = order("001", &month.to_string(), &month.last_day().to_string());
    let bonus = RunOrder { kind: RunKind::Bonus("ない賞与".to_owned()), ..pay };
    let refused = given.room.run(&scope, &bonus, Law::embedded().unwrap()).map(|ran| ran.run.slips).unwrap_err();
    assert!(refused.to_string().contains("「ない賞与」の予定の行がありません"), "{refused}");
    assert_eq!(given.room.runs(&scope, "001").unwrap(), []);
}

#[test]
fn what_changed_since_stops_the_publication() {
    let law = Law::embedded().unwrap();
    let book = demo(0);
    let month = first_month(0);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let order = order("001", &month.to_string(), &month.last_day().to_string());
    let run = given.room.run(&scope, &order, law).unwrap().run;
    given.room.check(&scope, run.id).unwrap();
    given.room.approve(&scope, run.id).unwrap();
    let mut changed = book.clone();
    changed.employees[1].zip = Some("9540001".into());
    given.room.import(&scope, &changed, None, false).unwrap();
    assert_eq!(given.room.publish(&scope, run.id, law).map(|_| ()).unwrap_err(), DeskError::Stale);
    // A new run withdraws the old one.
    let second = given.room.run(&scope, &order, law).unwrap().run;
    let states: Vec<RunState> = given.room.runs(&scope, "001").unwrap().iter().map(|run| run.state).collect();
    assert_eq!(states, [RunState::Withdrawn, RunState::Computed]);
    assert_eq!(given.room.check(&scope, run.id).unwrap_err(), DeskError::WrongState { state: RunState::Withdrawn });
    assert_eq!(given.room.check(&scope, second.id).unwrap().state, RunState::Checked);
}

#[test]
fn ten_thousand_people_are_one_run_and_one_publication() {
    let law = Law::embedded().unwrap();
    let (book, month) = (kura_demo::enlarged(&demo(3), 10_002), first_month(3));
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let order = order("004", &month.to_string(), &month.last_day().to_string());
    // An earlier run that was not published gives way only when the new one is there whole.
    let first = given.room.run(&scope, &order, law).unwrap().run;
    let run = given.room.run(&scope, &order, law).unwrap().run;
    let states: Vec<RunState> = given.room.runs(&scope, "004").unwrap().iter().map(|run| run.state).collect();
    assert_eq!(states, [RunState::Withdrawn, RunState::Computed]);
    assert_eq!((run.slips, run.net), (first.slips, first.net));
    assert_eq!(run.slips, 10_002);
    assert_eq!(given.room.slips(&scope, run.id).unwrap().len(), 10_002);
    given.room.check(&scope, run.id).unwrap();
    given.room.approve(&scope, run.id).unwrap();
    let published = given.room.publish(&scope, run.id, law).unwrap();
    assert_eq!(published.run.state, RunState::Published);
    let again = given.room.run(&scope, &order, law).unwrap().run;
    assert_eq!(again.slips, 0);
}

/// What was paid for a month is everything that was ever paid for it, whenever that was.
#[test]
fn a_correction_is_paid_once_and_the_next_one_is_measured_by_both() {
    let law = Law::embedded().unwrap();
    let book = demo(1);
    let month = first_month(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let pay = order("002", &month.to_string(), &month.last_day().to_string());
    let publish = |order: &RunOrder| {
        let run = given.room.run(&scope, order, law).unwrap().run;
        given.room.check(&scope, run.id).unwrap();
        given.room.approve(&scope, run.id).unwrap();
        given.room.publish(&scope, run.id, law).unwrap().run
    };
    let paid = publish(&pay);
    // Ten hours more for one person, handed in after the month was paid, and paid two months later.
    let later = month.plus(2);
    let correction = RunOrder { kind: RunKind::Correction(month), as_of: later.first_day(), ..pay.clone() };
    let with_overtime = |minutes: i32| {
        let mut row = book.attendances.iter().find(|row| row.employee_code.as_str() == "12").unwrap().clone();
        row.overtime_hours = Some(Minutes::new(minutes));
        given.room.import(&scope, &Book { attendances: vec![row], ..Book::default() }, None, false).unwrap();
    };
    with_overtime(600);
    let first = publish(&correction);
    assert_eq!(first.slips, 1);
    assert!(first.net > Yen::ZERO);
    assert_eq!(given.room.run(&scope, &correction, law).unwrap().run.slips, 0, "what was paid is paid");
    with_overtime(1_200);
    let second = publish(&correction);
    assert_eq!(second.slips, 1);
    with_overtime(600);
    let back = publish(&correction);
    assert_eq!(back.net, Yen::ZERO - second.net, "twenty hours and back to ten");
    // Every payment stands in the histories, each once.
    let after = given.room.export(&scope).unwrap().book;
    assert_eq!(after.pay_histories.len(), book.pay_histories.len() + paid.slips + 3);
}
