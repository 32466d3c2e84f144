use kura_desk::{DeskError, JournalFilter, Rewrapped};
use kura_journal::{Action, Purpose};
use kura_model::{ClientCode, EmployeeCode};
use kura_records::Owner;
use kura_seal::{Header, KeyEpoch, WrapError};
use kura_store::{ChangePlace, Limit, Wrap};

use crate::faulty::Hap;
use crate::given::{ADMINISTRATOR, Blank, Given, START, demo, lease, next_lease};

const LATER: u64 = START + 900_000;

/// How many rows of the keyring lie under each epoch.
fn rows(given: &Given) -> [usize; 2] {
    let office = given.store.open_office(given.office, std::sync::Arc::new(Blank)).unwrap();
    let wraps = office.wraps(None, Limit::MAX).unwrap();
    let under = |epoch: u32| {
        let is_under = |wrap: &Wrap| match wrap {
            Wrap::Held(bytes) => Header::read(bytes).unwrap().epoch == KeyEpoch::new(epoch),
            Wrap::Destroyed => false,
        };
        wraps.iter().filter(|(_, wrap)| is_under(wrap)).count()
    };
    [under(1), under(2)]
}

#[test]
fn the_keyring_goes_to_the_next_data_key_page_by_page_and_the_room_works() {
    let book = demo(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let [all, none] = rows(&given);
    assert!(all > 20 && none == 0);
    // Without the next key there is nowhere to go.
    assert_eq!(given.room.rotate_data_key(&scope, 10).unwrap(), Rewrapped { rewrapped: 0, left: 0 });
    given.room.renew(next_lease(LATER)).unwrap();
    let mut left = all;
    // Of three pages one is interrupted before it is written, and one after.
    for hap in [Hap::Before, Hap::After, Hap::Twice].into_iter().cycle() {
        if left == 0 {
            break;
        }
        given.plan.then(0, hap);
        let done = given.room.rotate_data_key(&scope, 7);
        assert_eq!(done.is_ok(), hap == Hap::Twice);
        let [under_old, under_new] = rows(&given);
        assert_eq!(under_old + under_new, all);
        if let Ok(done) = done {
            assert_eq!(done.left, under_old);
        }
        left = under_old;
        // People are found, and somebody new comes in under the new key.
        let (client, employee) = (ClientCode::from("002"), EmployeeCode::from("12"));
        assert_eq!(given.room.person(&scope, &client, &employee, Purpose::Inquiry).unwrap().employees.len(), 1);
    }
    assert_eq!(rows(&given), [0, all]);
    assert_eq!(given.room.rotate_data_key(&scope, 7).unwrap(), Rewrapped { rewrapped: 0, left: 0 });
    assert_eq!(given.room.verify_records(&scope).unwrap().wrong, []);
    // From now on the new key alone opens the office, and the old one does not.
    let room = given.desk.open(given.office, next_lease(LATER)).unwrap();
    let scope = room.sign_in(ADMINISTRATOR).unwrap();
    assert_eq!(room.export(&scope).unwrap().people, book.employees.len());
    let refused = given.desk.open(given.office, lease(LATER)).map(|_| ()).unwrap_err();
    let error = WrapError::OtherEpoch { wrapped: KeyEpoch::new(2), used: KeyEpoch::FIRST };
    assert!(matches!(refused, DeskError::Wrap { error: found, .. } if found == error));
}

#[test]
fn another_process_goes_on_with_a_half_rotated_keyring() {
    let book = demo(0);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.renew(next_lease(LATER)).unwrap();
    let half = given.room.rotate_data_key(&scope, 3).unwrap();
    assert!(half.left > 0);
    // The office's own row goes last: the new key alone opens nothing yet, and says so.
    let refused = given.desk.open(given.office, next_lease(LATER)).map(|_| ()).unwrap_err();
    assert!(matches!(refused, DeskError::Wrap { error: WrapError::OtherEpoch { .. }, .. }));
    let room = given.desk.open_with(given.office, vec![lease(LATER), next_lease(LATER)]).unwrap();
    let scope = room.sign_in(ADMINISTRATOR).unwrap();
    assert_eq!(room.export(&scope).unwrap().people, book.employees.len());
    assert_eq!(room.rotate_data_key(&scope, 1_000).unwrap(), Rewrapped { rewrapped: half.left, left: 0 });
    let room = given.desk.open(given.office, next_lease(LATER)).unwrap();
    let scope = room.sign_in(ADMINISTRATOR).unwrap();
    assert_eq!(room.export(&scope).unwrap().people, book.employees.len());
}

fn owners() -> [Owner; 3] {
    let client = ClientCode::from("001");
    [Owner::Office, Owner::Client(client.clone()), Owner::Person(client, EmployeeCode::from("2"))]
}

#[test]
fn a_new_key_of_a_unit_reseals_its_records_and_former_versions_still_open() {
    let book = demo(0);
    for owner in owners() {
        let given = Given::with_books(&[&book]);
        let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
        let before = given.room.export(&scope).unwrap().book;
        let done = given.room.rotate_unit_key(&scope, &owner).unwrap();
        assert!(done.records > 0, "{owner:?}");
        assert_eq!(given.room.verify_records(&scope).unwrap().wrong, []);
        // What was found is found, what was written in the journal is read; also by who opens the office anew.
        let room = given.desk.open(given.office, lease(LATER)).unwrap();
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        assert!(room.export(&scope).unwrap().book == before);
        let nothing = room.import(&scope, &before, None, true).unwrap();
        assert_eq!((nothing.differences.len(), nothing.records), (0, 0));
        let reseals = JournalFilter { action: Some(Action::Reseal), ..JournalFilter::default() };
        let told = room.journal(&scope, &reseals).unwrap().entries;
        assert!(told.len() >= 3);
        let is_person = matches!(owner, Owner::Person(..));
        assert!(told.iter().all(|told| told.entry.draft.subjects.len() == usize::from(is_person)));
    }
}

#[test]
fn a_rotation_that_was_interrupted_anywhere_goes_on_with_the_same_key() {
    let book = demo(0);
    let owner = &owners()[2];
    for (passed, hap) in (0..3).flat_map(|passed| [(passed, Hap::Before), (passed, Hap::After)]) {
        let given = Given::with_books(&[&book]);
        let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
        let versions = |given: &Given| {
            let office = given.store.open_office(given.office, std::sync::Arc::new(Blank)).unwrap();
            office.changes_from(ChangePlace::from(1), Limit::MAX).unwrap().len()
        };
        let before = versions(&given);
        given.plan.then(passed, hap);
        given.room.rotate_unit_key(&scope, owner).unwrap_err();
        // Half of it is as good as all: everything opens, in this room and in a new one.
        assert_eq!(given.room.verify_records(&scope).unwrap().wrong, []);
        let room = given.desk.open(given.office, lease(LATER)).unwrap();
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        assert_eq!(room.export(&scope).unwrap().people, book.employees.len());
        let (client, employee) = (ClientCode::from("001"), EmployeeCode::from("2"));
        given.room.person(&scope, &client, &employee, Purpose::Inquiry).unwrap();
        room.rotate_unit_key(&scope, owner).unwrap();
        given.room.person(&scope, &client, &employee, Purpose::Inquiry).unwrap();
        assert_eq!(room.verify_records(&scope).unwrap().wrong, []);
        let ended = versions(&given);
        // Once everything lies under the new key, only the state of the keys is written again: two versions for the next rotation.
        let again = room.rotate_unit_key(&scope, owner).unwrap();
        assert!(again.records > 0 && ended > before, "{passed} {hap:?}");
        assert_eq!(versions(&given), ended + again.records + 2);
    }
}

#[test]
fn a_clerk_changes_no_keys() {
    let given = Given::with_books(&[&demo(0)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.put_user(&scope, "clerk", kura_journal::Role::Clerk, &["001"]).unwrap();
    let clerk = given.room.sign_in("clerk").unwrap();
    assert!(matches!(given.room.rotate_data_key(&clerk, 1), Err(DeskError::NotAllowed { .. })));
    assert!(matches!(given.room.rotate_unit_key(&clerk, &Owner::Office), Err(DeskError::NotAllowed { .. })));
    let nobody = Owner::Client(ClientCode::from("999"));
    assert_eq!(given.room.rotate_unit_key(&scope, &nobody).unwrap_err(), DeskError::NotFound { what: "顧問先" });
}
