use kura_calendar::{Date, parse_iso_date, parse_iso_month};
use kura_desk::{DeskError, JournalFilter, Kept, Start, StillHeld, retention};
use kura_journal::{Class, Item, Role};
use kura_law::Law;

use crate::given::{ADMINISTRATOR, Given, demo};

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

fn kept(left_on: &str, last_paid_in: &str) -> Kept {
    Kept { left_on: Some(day(left_on)), last_paid_in: Some(parse_iso_month(last_paid_in).unwrap()) }
}

#[test]
fn the_longest_clock_decides_and_says_why() {
    let law = Law::embedded().unwrap();
    let on = day("2026-07-01");
    // Left on the last day of March, paid once more in April: tax papers of 2026, from 10 January 2027 for seven years.
    let found = retention(&kept("2026-03-31", "2026-04"), law, on).unwrap().unwrap();
    assert_eq!(found.erasable_from, day("2034-01-11"));
    let longest = found.clocks[0];
    assert_eq!((longest.papers, longest.start), ("給与所得者の扶養控除等申告書", Start::January10));
    assert_eq!((longest.start_on, longest.years), (day("2027-01-10"), 7));
    let clock = |papers: &str| *found.clocks.iter().find(|clock| clock.papers == papers).unwrap();
    // Five years from the last entry and from the leaving; three are enough for the time being.
    let wages = clock("賃金台帳");
    assert_eq!(
        (wages.start, wages.start_on, wages.ends_before),
        (Start::LastPayment, day("2026-04-30"), day("2031-05-01"))
    );
    assert_eq!((wages.years, wages.floor_years), (5, 3));
    assert_eq!(clock("労働者名簿").ends_before, day("2031-04-01"));
    assert_eq!(clock("雇用保険の被保険者に関する書類").ends_before, day("2030-05-01"));
    assert_eq!(found.clocks.len(), 9);
    // Paid once more in January of the next year: a year later. A leap day ends with the last of February.
    let next = retention(&kept("2026-12-31", "2027-01"), law, on).unwrap().unwrap();
    assert_eq!(next.erasable_from, day("2035-01-11"));
    let leap = retention(&kept("2024-02-29", "2024-02"), law, on).unwrap().unwrap();
    let register = leap.clocks.iter().find(|clock| clock.start == Start::Leaving).unwrap();
    assert_eq!(register.ends_before, day("2029-03-01"));
}

#[test]
fn what_is_not_known_is_never_erasable() {
    let law = Law::embedded().unwrap();
    let on = day("2050-01-01");
    let left = Kept { last_paid_in: None, ..kept("2020-03-31", "2020-04") };
    assert_eq!(retention(&left, law, on).unwrap(), Err(StillHeld::NoPayment));
    let paid = Kept { left_on: None, ..kept("2020-03-31", "2020-04") };
    assert_eq!(retention(&paid, law, on).unwrap(), Err(StillHeld::NotLeft));
}

#[test]
fn people_whose_clocks_ran_out_are_proposed_and_shown() {
    let law = Law::embedded().unwrap();
    let mut book = (0..4).map(demo).find(|book| !book.pay_histories.is_empty()).unwrap();
    // One left, one left and no payment is known, the others work.
    let gone = book.pay_histories[0].employee_code.clone();
    let unknown = book.employees.iter().find(|row| row.employee_code != gone).unwrap().employee_code.clone();
    for row in book.employees.iter_mut() {
        let left = row.employee_code == gone || row.employee_code == unknown;
        row.left_on = left.then(|| day("2026-06-30"));
    }
    book.pay_histories.retain(|row| row.employee_code != unknown);
    book.pay_lines.retain(|row| row.employee_code != unknown);
    let last = book.pay_histories.iter().filter(|row| row.employee_code == gone).map(|row| row.paid_on).max();
    assert!(last.is_some_and(|last| last < day("2027-01-01")));
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let before = given.room.retention_proposals(&scope, law, day("2034-01-10")).unwrap();
    assert_eq!(before, []);
    let proposed = given.room.retention_proposals(&scope, law, day("2034-01-11")).unwrap();
    let codes: Vec<_> = proposed.iter().map(|proposal| proposal.employee.clone()).collect();
    assert_eq!(codes, std::slice::from_ref(&gone));
    // Whom it named stands in the journal; nobody was erased by it.
    let all = given.room.journal(&scope, &JournalFilter::default()).unwrap().entries;
    let told = &all.last().unwrap().entry.draft;
    assert_eq!(
        (told.class, &told.items[..], &told.subjects[..]),
        (Some(Class::Shown), &[Item::Employment][..], &[proposed[0].unit][..])
    );
    assert_eq!(given.room.export(&scope).unwrap().people, book.employees.len());
    given.room.ask_erasure(&scope, &proposed[0].client, &gone).unwrap();
    given.room.put_user(&scope, "clerk", Role::Clerk, &[]).unwrap();
    let clerk = given.room.sign_in("clerk").unwrap();
    let refused = given.room.retention_proposals(&clerk, law, day("2034-01-11"));
    assert!(matches!(refused, Err(DeskError::NotAllowed { .. })));
}
