use kura_desk::DeskError;
use kura_journal::{Purpose, Role};
use kura_model::{ClientCode, EmployeeCode};
use kura_seal::DestructionError;

use crate::given::{ADMINISTRATOR, Given, START, demo, lease};

const DAY: u64 = 86_400_000;

fn codes(employee: &str) -> (ClientCode, EmployeeCode) {
    (ClientCode::from("002"), EmployeeCode::from(employee))
}

#[test]
fn an_erased_person_is_gone_and_everybody_else_is_there() {
    let book = demo(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let (client, employee) = codes("12");
    assert_eq!(given.room.person(&scope, &client, &employee, Purpose::Inquiry).unwrap().employees.len(), 1);
    let asked = given.room.ask_erasure(&scope, &client, &employee).unwrap();
    assert!(!asked.held && asked.done_at.is_none());
    // Asking twice is asking once.
    assert_eq!(given.room.ask_erasure(&scope, &client, &employee).unwrap(), asked);
    let listed = given.room.erasures(&scope).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].erasure, &listed[0].person), (&asked, &Some((client.clone(), employee.clone()))));
    let tombstone = given.room.erase(&scope, asked.id).unwrap();
    let listed = given.room.erasures(&scope).unwrap();
    assert!(listed[0].erasure.done_at.is_some() && listed[0].person.is_none());
    assert_eq!(tombstone.unit, asked.unit);
    let days = tombstone.unreadable_from().unwrap().duration_since(tombstone.destroyed_at).as_hours();
    assert_eq!(days, 35 * 24);
    assert_eq!(given.room.erase(&scope, asked.id).unwrap_err(), DeskError::Erased { unit: asked.unit });

    let gone = given.room.person(&scope, &client, &employee, Purpose::Inquiry).map(|_| ()).unwrap_err();
    assert_eq!(gone, DeskError::NotFound { what: "従業員" });
    let left = given.room.export(&scope).unwrap();
    assert_eq!(left.people, book.employees.len() - 1);
    let anything = left.book.employees.iter().any(|row| row.employee_code == employee)
        || left.book.pay_histories.iter().any(|row| row.employee_code == employee)
        || left.book.bank_accounts.iter().any(|row| row.employee_code.as_ref() == Some(&employee));
    assert!(!anything);
    // The same person taken in again is somebody new, with a key of their own.
    given.room.import(&scope, &book, None, false).unwrap();
    let again = given.room.ask_erasure(&scope, &client, &employee).unwrap();
    assert_ne!(again.unit, asked.unit);
}

#[test]
fn many_at_once_wait_and_need_a_second_person() {
    let given = Given::with_books(&[&demo(1)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.put_user(&scope, "second", Role::OfficeAdministrator, &[]).unwrap();
    for employee in ["11", "12", "13", "14", "15"] {
        let (client, employee) = codes(employee);
        assert!(!given.room.ask_erasure(&scope, &client, &employee).unwrap().held);
    }
    let (client, employee) = codes("16");
    let sixth = given.room.ask_erasure(&scope, &client, &employee).unwrap();
    assert!(sixth.held);
    assert_eq!(given.room.erase(&scope, sixth.id).unwrap_err(), DestructionError::NotApproved.into());
    assert_eq!(given.room.approve_erasure(&scope, sixth.id).unwrap_err(), DestructionError::SamePerson.into());
    let second = given.room.sign_in("second").unwrap();
    assert!(given.room.approve_erasure(&second, sixth.id).unwrap().approved);
    let early = given.room.erase(&scope, sixth.id).unwrap_err();
    assert!(matches!(early, DeskError::Destruction(DestructionError::TooEarly { .. })));
    given.clock.pass(7 * DAY);
    given.room.renew(lease(START + 8 * DAY)).unwrap();
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.erase(&scope, sixth.id).unwrap();
}

#[test]
fn a_clerk_sees_assigned_clients_and_erases_nobody() {
    let given = Given::with_books(&[&demo(0), &demo(1)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.put_user(&scope, "clerk", Role::Clerk, &["002"]).unwrap();
    let clerk = given.room.sign_in("clerk").unwrap();
    let (client, employee) = codes("12");
    given.room.person(&clerk, &client, &employee, Purpose::Inquiry).unwrap();
    let other = given.room.person(&clerk, &ClientCode::from("001"), &EmployeeCode::from("1"), Purpose::Inquiry);
    assert!(matches!(
        other.map(|_| ()),
        Err(DeskError::NotAllowed { role: Role::Clerk, .. } | DeskError::NotFound { .. })
    ));
    assert!(matches!(given.room.ask_erasure(&clerk, &client, &employee), Err(DeskError::NotAllowed { .. })));
    assert!(matches!(given.room.export(&clerk), Err(DeskError::NotAllowed { .. })));
    // A search shows only whom the clerk may see.
    let name = demo(1).employees[3].family_name.clone().unwrap();
    let found = given.room.find_people(&clerk, name.as_str()).unwrap();
    assert!(!found.is_empty() && found.iter().all(|found| found.client == client));
    assert!(given.room.find_people(&scope, name.as_str()).unwrap().len() >= found.len());
    assert_eq!(given.room.find_people(&clerk, "\"").unwrap(), []);
}
