use kura_desk::DeskError;
use kura_journal::ContentHash;
use kura_model::{Book, Row};
use kura_records::merge;

use crate::given::{ADMINISTRATOR, Blank, Given, START, demo, lease};

#[test]
fn a_book_comes_out_as_it_went_in() {
    for at in 0..4 {
        let book = demo(at);
        let given = Given::with_books(&[&book]);
        let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
        let exported = given.room.export(&scope).unwrap();
        // Row by row the same; only their order in a sheet may be another: by month, then by person.
        assert_eq!(merge(&book, &exported.book).differences, [], "client {at}");
        assert_eq!(merge(&exported.book, &book).differences, [], "client {at}");
        assert_eq!(exported.people, book.employees.len());
    }
}

#[test]
fn two_clients_lie_side_by_side_and_the_same_book_again_writes_nothing() {
    let (one, other) = (demo(0), demo(3));
    let given = Given::with_books(&[&one, &other]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let exported = given.room.export(&scope).unwrap();
    assert_eq!(exported.people, one.employees.len() + other.employees.len());
    assert_eq!(exported.book.clients.len(), 2);
    let again = given.room.import(&scope, &one, Some(ContentHash::of(b"file")), false).unwrap();
    // 表紙 and 事務所 are the office's own: the book of the other client had the last word on them.
    assert!(again.differences.iter().all(|difference| difference.owner == kura_records::Owner::Office));
    let whole = given.room.export(&scope).unwrap();
    let nothing = given.room.import(&scope, &whole.book, None, false).unwrap();
    assert_eq!((nothing.differences.len(), nothing.records), (0, 0));
    assert!(nothing.receipt.is_none());
    // An office that takes in the whole book is the same office.
    let second = Given::with_books(&[&whole.book]);
    let scope = second.room.sign_in(ADMINISTRATOR).unwrap();
    assert!(second.room.export(&scope).unwrap().book == whole.book);
}

#[test]
fn a_dry_run_tells_the_differences_and_writes_nothing() {
    let book = demo(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let mut incoming = Book::default();
    let mut person: Row<_> = book.employees[4].clone();
    person.zip = Some("5950001".into());
    person.number = 9;
    incoming.employees.push(person);
    let before = given.store.offices().unwrap();
    let dry = given.room.import(&scope, &incoming, None, true).unwrap();
    assert_eq!((dry.differences.len(), dry.records), (1, 1));
    assert_eq!((dry.differences[0].sheet, dry.differences[0].row), ("従業員", 9));
    assert!(dry.receipt.is_none());
    assert!(given.room.export(&scope).unwrap().book == book);
    let done = given.room.import(&scope, &incoming, None, false).unwrap();
    assert_eq!(done.differences, dry.differences);
    assert!(given.room.export(&scope).unwrap().book.employees[4].zip == Some("5950001".into()));
    assert_eq!(before, given.store.offices().unwrap());
}

#[test]
fn the_key_is_lent_for_minutes() {
    let given = Given::with_books(&[&demo(0)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.clock.pass(900_000);
    assert_eq!(given.room.sign_in(ADMINISTRATOR).unwrap_err(), DeskError::NoKey);
    given.room.renew(lease(START + 1_800_000)).unwrap();
    // The proof of identity has aged with it.
    assert_eq!(given.room.export(&scope).unwrap_err(), DeskError::StepUp);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    assert_eq!(given.room.export(&scope).unwrap().people, 5);
}

#[test]
fn who_is_not_a_user_comes_in_nowhere_and_that_is_written_down() {
    let given = Given::office();
    let seal: std::sync::Arc<dyn kura_store::SealEntry> = std::sync::Arc::new(Blank);
    let office = given.store.open_office(given.office, seal).unwrap();
    let before = office.head().unwrap().frontier.size();
    assert_eq!(given.room.sign_in("stranger").unwrap_err(), DeskError::NoSuchUser);
    assert_eq!(office.head().unwrap().frontier.size(), before + 1);
    assert!(
        given
            .desk
            .begin(given.office, lease(START + 1), &kura_desk::Beginning { administrator: "x".to_owned() })
            .is_err()
    );
}

#[test]
fn the_store_holds_no_word_of_it_in_the_clear() {
    let book = demo(0);
    let given = Given::with_books(&[&book]);
    let seal: std::sync::Arc<dyn kura_store::SealEntry> = std::sync::Arc::new(Blank);
    let office = given.store.open_office(given.office, seal).unwrap();
    let person = &book.employees[0];
    let words =
        [person.family_name.as_ref().unwrap().as_str(), person.address.as_ref().unwrap().as_str(), "株式会社越路"];
    let mut bytes = Vec::new();
    for entry in office.journal_from(1, kura_store::Limit::MAX).unwrap() {
        bytes.extend(entry.payload);
    }
    let entries = bytes.len();
    for change in office.changes_from(kura_store::ChangePlace::from(1), kura_store::Limit::MAX).unwrap() {
        if let kura_store::Becomes::Sealed { bytes: sealed, keys, .. } = &change.becomes {
            bytes.extend(sealed);
            bytes.extend(keys.to_bytes());
        }
    }
    assert!(entries > 0 && bytes.len() > entries);
    for word in words {
        let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found);
    }
}

#[test]
fn a_book_of_a_client_and_a_month_says_what_a_whole_one_says() {
    let (one, other) = (demo(0), demo(1));
    let given = Given::with_books(&[&one, &other]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let whole = given.room.export(&scope).unwrap().book;
    let mut incoming = one.clone();
    incoming.attendances.truncate(3);
    incoming.pay_histories.clear();
    incoming.pay_lines.clear();
    incoming.employees[2].zip = Some("9400001".into());
    if let Some(row) = incoming.attendances.first_mut() {
        row.late_count = Some(7);
    }
    let expected = merge(&whole, &incoming);
    assert!(expected.differences.len() >= 2);
    let dry = given.room.import(&scope, &incoming, None, true).unwrap();
    assert_eq!(dry.differences, expected.differences);
    let done = given.room.import(&scope, &incoming, None, false).unwrap();
    assert_eq!((done.differences, done.records), (expected.differences, dry.records));
    let after = given.room.export(&scope).unwrap().book;
    assert_eq!(merge(&after, &expected.book).differences, []);
    assert_eq!(after.attendances.len(), whole.attendances.len());
    assert_eq!(given.room.verify_records(&scope).unwrap().wrong, []);
}

#[test]
fn two_rooms_that_take_in_the_same_people_at_once_make_them_once() {
    let book = demo(1);
    let given = Given::office();
    let scopes = [given.room.sign_in(ADMINISTRATOR).unwrap(), given.room.sign_in(ADMINISTRATOR).unwrap()];
    let second = given.desk.open(given.office, lease(START + 900_000)).unwrap();
    let mut changed = book.clone();
    changed.employees[1].zip = Some("9540001".into());
    let books = [&book, &changed];
    std::thread::scope(|threads| {
        for ((room, book), scope) in [&given.room, &second].into_iter().zip(books).zip(&scopes) {
            threads.spawn(move || room.import(scope, book, None, false).unwrap());
        }
    });
    let after = given.room.export(&scopes[0]).unwrap();
    assert_eq!(after.people, book.employees.len());
    // The one that came last had the last word, and nothing stands twice.
    let differences: Vec<usize> = books.iter().map(|book| merge(&after.book, book).differences.len()).collect();
    assert!(differences.contains(&0), "{differences:?}");
    assert_eq!(given.room.verify_records(&scopes[0]).unwrap().wrong, []);
}

#[test]
fn who_was_overtaken_is_told_which_record_it_was() {
    let book = demo(0);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let mut changed = book.clone();
    changed.employees[1].zip = Some("9540001".into());
    // While the room has read and not written, somebody who does not know of it changes the same person.
    let elsewhere = kura_desk::Desk::new(given.store.clone(), given.clock.clone(), given.entropy.clone());
    let elsewhere = elsewhere.open(given.office, lease(START + 900_000)).unwrap();
    let mut theirs = book.clone();
    theirs.employees[1].zip = Some("9540002".into());
    let (there, their_scope) = (std::sync::Arc::new(elsewhere), scope.clone());
    given.plan.before_next(Box::new(move || drop(there.import(&their_scope, &theirs, None, false).unwrap())));
    let refused = given.room.import(&scope, &changed, None, false).map(|_| ()).unwrap_err();
    assert!(matches!(refused, DeskError::Commit(kura_store::CommitError::Conflict { expected: 1, found: 2, .. })));
    let zip = |given: &Given| given.room.export(&scope).unwrap().book.employees[1].zip.clone();
    assert_eq!(zip(&given), Some("9540002".into()));
    // Read again, the book goes in.
    given.room.import(&scope, &changed, None, false).unwrap();
    assert_eq!(zip(&given), Some("9540001".into()));
}
