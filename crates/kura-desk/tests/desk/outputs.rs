//! The outputs of a published run made again, and runs that are not going to be published.

use std::collections::BTreeMap;

use kura_calendar::{Date, Month};
use kura_desk::{DeskError, Run, RunKind, RunOrder, RunState, Scope};
use kura_law::Law;
use kura_model::{Book, Minutes};
use kura_month::{MonthRequest, MonthResult};
use kura_records::Owner;

use crate::faulty::Hap;
use crate::given::{ADMINISTRATOR, Given, demo, first_month, lease};

fn pay(month: Month, as_of: Date) -> RunOrder {
    RunOrder { client: "002".to_owned(), month, kind: RunKind::Pay, as_of }
}

fn published(given: &Given, scope: &Scope, order: &RunOrder) -> (Run, MonthResult) {
    let law = Law::embedded().unwrap();
    let run = given.room.run(scope, order, law).unwrap().run.id;
    given.room.check(scope, run).unwrap();
    given.room.approve(scope, run).unwrap();
    let published = given.room.publish(scope, run, law).unwrap();
    (published.run, published.result)
}

fn files(result: &MonthResult) -> BTreeMap<String, Vec<u8>> {
    result.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect()
}

#[test]
fn a_published_run_gives_its_files_again_and_those_whose_day_has_come() {
    let law = Law::embedded().unwrap();
    let (book, month) = (demo(1), first_month(1));
    let given = Given::with_books(&[&book, &demo(0)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let early = month.first_day();
    let (run, first) = published(&given, &scope, &pay(month, early));

    // Life goes on: another month is paid, facts change, a key is changed, somebody new comes.
    let mut later = Book { employees: book.employees.clone(), ..Book::default() };
    for row in later.employees.iter_mut() {
        row.address = Some("移転先".into());
    }
    let mut attendances = book.attendances.clone();
    for row in attendances.iter_mut() {
        row.payment_month = month.next();
        row.overtime_hours = Some(Minutes::new(60));
    }
    given.room.import(&scope, &Book { attendances, ..later }, None, false).unwrap();
    let (next, _) = published(&given, &scope, &pay(month.next(), month.next().last_day()));
    assert!(next.slips > 0);
    given.room.rotate_unit_key(&scope, &Owner::Client("002".into())).unwrap();
    given.room.rotate_unit_key(&scope, &Owner::Person("002".into(), "12".into())).unwrap();

    let again = given.room.output(&scope, run.id, None, law).unwrap();
    assert_eq!(again.run, run);
    assert!(files(&again.result) == files(&first));
    assert_eq!(again.result.lists.len(), first.lists.len());

    // Dated later it is what the month would have made later: with the notices that had to wait.
    let late = month.next().next().last_day();
    let waited = given.room.output(&scope, run.id, Some(late), law).unwrap();
    let stateless = kura_month::run(&book, &MonthRequest { month, as_of: late, trace: false, payslips: false }, law);
    assert!(files(&waited.result) == files(&stateless));
    assert!(files(&waited.result).len() > files(&first).len(), "something had waited");
    assert_eq!(waited.run.as_of, late);
    // Nothing became a fact by it, and each time it left stands in the journal.
    assert_eq!(given.room.runs(&scope, "002").unwrap().len(), 2);
    assert_eq!(given.room.verify_records(&scope).unwrap().wrong, []);
    let looks = given.room.who_looked_at(&scope, &"002".into(), &"12".into()).unwrap();
    assert_eq!(looks.iter().filter(|told| !told.entry.draft.records.is_empty()).count(), 2);
}

#[test]
fn outputs_that_would_not_be_the_same_are_refused() {
    let law = Law::embedded().unwrap();
    let (book, month) = (demo(1), first_month(1));
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let computed = given.room.run(&scope, &pay(month, month.last_day()), law).unwrap().run;
    let early = given.room.output(&scope, computed.id, None, law).map(|_| ()).unwrap_err();
    assert_eq!(early, DeskError::WrongState { state: RunState::Computed });
    let (run, _) = published(&given, &scope, &pay(month, month.last_day()));

    // A difference is paid on the day of its files: that day is not moved.
    let mut row = book.attendances.iter().find(|row| row.employee_code.as_str() == "12").unwrap().clone();
    row.overtime_hours = Some(Minutes::new(600));
    given.room.import(&scope, &Book { attendances: vec![row], ..Book::default() }, None, false).unwrap();
    let as_of = month.next().last_day();
    let correction = RunOrder { kind: RunKind::Correction(month), ..pay(month, as_of) };
    let (corrected, first) = published(&given, &scope, &correction);
    let again = given.room.output(&scope, corrected.id, None, law).unwrap();
    assert!(files(&again.result) == files(&first));
    let moved = given.room.output(&scope, corrected.id, Some(month.next().next().last_day()), law);
    assert!(matches!(moved.map(|_| ()), Err(DeskError::NotAsPublished { .. })));

    // Of an erased person no payslip comes back, so the whole does not either.
    let asked = given.room.ask_erasure(&scope, &"002".into(), &"12".into()).unwrap();
    given.room.erase(&scope, asked.id).unwrap();
    let gone = given.room.output(&scope, run.id, None, law).map(|_| ()).unwrap_err();
    assert!(matches!(gone, DeskError::NotAsPublished { why } if why.contains("消去")));
}

#[test]
fn an_interrupted_run_is_withdrawn_or_computed_anew() {
    let law = Law::embedded().unwrap();
    let (book, month) = (kura_demo::enlarged(&demo(3), 4_500), first_month(3));
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let order = RunOrder { client: "004".to_owned(), ..pay(month, month.last_day()) };
    // The run says that it has begun, two parts of its slips arrive, and then the machine stops.
    given.plan.then(3, Hap::Before);
    assert!(matches!(given.room.run(&scope, &order, law).map(|_| ()), Err(DeskError::Commit(_))));
    let states = || given.room.runs(&scope, "004").unwrap().iter().map(|run| run.state).collect::<Vec<_>>();
    assert_eq!(states(), [RunState::Computing]);
    let interrupted = given.room.runs(&scope, "004").unwrap().remove(0);
    let checked = given.room.check(&scope, interrupted.id).unwrap_err();
    assert_eq!(checked, DeskError::WrongState { state: RunState::Computing });
    assert_eq!(given.room.withdraw(&scope, interrupted.id).unwrap().state, RunState::Withdrawn);
    let twice = given.room.withdraw(&scope, interrupted.id).unwrap_err();
    assert_eq!(twice, DeskError::WrongState { state: RunState::Withdrawn });
    given.room.renew(lease(given.clock.now() + 900_000)).unwrap();
    let (run, _) = published(&given, &scope, &order);
    assert_eq!((run.slips, states()), (4_500, vec![RunState::Withdrawn, RunState::Published]));
    let settled = given.room.withdraw(&scope, run.id).unwrap_err();
    assert_eq!(settled, DeskError::WrongState { state: RunState::Published });
}
