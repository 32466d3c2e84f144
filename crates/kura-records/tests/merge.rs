//! A book comes in over what is known: what is the same changes nothing, what differs is named by its columns, nothing vanishes.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use kura_law::Law;
use kura_model::*;
use kura_records::{Difference, Owner, merge};
use kura_yen::{Exact, Yen};

fn demo() -> Book {
    kura_demo::books(Law::embedded().unwrap()).unwrap().remove(1).book
}

fn person(code: &str) -> Owner {
    Owner::Person(ClientCode::from("002"), EmployeeCode::from(code))
}

#[test]
fn the_same_book_again_changes_nothing() {
    let book = demo();
    let first = merge(&Book::default(), &book);
    assert!(first.book == book);
    assert!(
        first.differences.iter().all(|difference| difference.changed.is_none() || difference.owner == Owner::Office)
    );
    let again = merge(&first.book, &book);
    assert!(again.book == book);
    assert_eq!(again.differences, []);
    // Neither does an empty one.
    let nothing = merge(&book, &Book::default());
    assert!(nothing.book == book);
    assert_eq!(nothing.differences, []);
}

#[test]
fn a_changed_row_is_named_and_replaced_in_its_place() {
    let known = demo();
    let mut incoming = Book::default();
    let mut account = known.bank_accounts[7].clone();
    let code = account.employee_code.clone().unwrap();
    account.number = 4;
    account.amount = Some(Exact::whole(123));
    incoming.bank_accounts.push(account);
    let merged = merge(&known, &incoming);
    let changed = Some(vec!["振込の額・率"]);
    assert_eq!(merged.differences, [Difference { sheet: "口座", row: 4, owner: person(code.as_str()), changed }]);
    assert_eq!(merged.book.bank_accounts.len(), known.bank_accounts.len());
    assert_eq!(merged.book.bank_accounts[7].amount, Some(Exact::whole(123)));
}

#[test]
fn an_empty_cell_takes_the_fact_away_and_an_absent_row_does_not() {
    let known = demo();
    let mut incoming = Book::default();
    let mut row = known.employees[0].clone();
    row.zip = None;
    incoming.employees.push(row);
    let merged = merge(&known, &incoming);
    assert_eq!(merged.book.employees.len(), known.employees.len());
    assert_eq!(merged.book.employees[0].zip, None);
    assert_eq!(merged.differences.len(), 1);
}

#[test]
fn lines_of_one_payment_are_replaced_together() {
    let line = |amount: i64| {
        let mut line = PayLine::new(
            ClientCode::from("002"),
            EmployeeCode::from("1"),
            "2026-06-25".parse().unwrap(),
            ItemCode::from("health_insurance"),
        );
        line.amount = Some(Yen::new(amount));
        Row::from(line)
    };
    let known = Book { pay_lines: vec![line(1), line(2)], ..Book::default() };
    let incoming = Book { pay_lines: vec![line(1), line(3), line(4)], ..Book::default() };
    let merged = merge(&known, &incoming);
    assert!(merged.book.pay_lines == incoming.pay_lines);
    let changed: Vec<_> = merged.differences.iter().map(|difference| difference.changed.clone()).collect();
    assert_eq!(changed, [Some(vec!["金額"]), None]);
}
