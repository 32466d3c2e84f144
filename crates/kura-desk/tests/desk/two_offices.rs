//! Two offices over one store: what one has, the other does not find. Every public way into a room is asked with the ids of the other.

use kura_desk::{Beginning, DeskError, JournalFilter, Room, Run, RunKind, RunOrder, Scope};
use kura_id::{OfficeId, RecordId, UnitId};
use kura_journal::{Purpose, Role};
use kura_law::Law;
use kura_model::{Book, ClientCode, EmployeeCode};
use kura_records::Owner;

use crate::given::{ADMINISTRATOR, Given, START, demo, first_month, lease_next_door};

/// What an office has: everything that can be asked for by an id.
struct Has {
    scope: Scope,
    client: ClientCode,
    employee: EmployeeCode,
    name: String,
    run: Run,
    erasure: RecordId,
    person: UnitId,
}

/// The demo's first client under other codes and names: of the same shape, and nothing of it is the same.
fn of_another_shape(book: &Book) -> Book {
    let text = String::from_utf8(serde_json::to_vec(&kura_records_bodies(book)).unwrap()).unwrap();
    let bodies: Vec<String> = serde_json::from_str(&text.replace("\\\"001\\\"", "\\\"901\\\"")).unwrap();
    let parsed = bodies.iter().map(|body| kura_records::Parsed::parse(body.as_bytes()).unwrap());
    let mut book = kura_records::join(parsed).unwrap();
    for (row, at) in book.employees.iter_mut().zip(0..) {
        row.family_name = Some(format!("別所{at}").as_str().into());
    }
    book
}

fn kura_records_bodies(book: &Book) -> Vec<String> {
    kura_records::split(book).into_iter().map(|record| record.body).collect()
}

fn fill(room: &Room, book: &Book, law: &'static Law) -> Has {
    let scope = room.sign_in(ADMINISTRATOR).unwrap();
    room.import(&scope, book, None, false).unwrap();
    let client = book.clients[0].client_code.clone();
    let employee = book.employees[1].employee_code.clone();
    let month = first_month(0);
    let order = RunOrder { client: client.as_str().to_owned(), month, kind: RunKind::Pay, as_of: month.last_day() };
    let run = room.run(&scope, &order, law).unwrap().run;
    let erasure = room.ask_erasure(&scope, &client, &employee).unwrap();
    let name = book.employees[1].family_name.as_ref().unwrap().as_str().to_owned();
    Has { scope, client, employee, name, run, erasure: erasure.id, person: erasure.unit }
}

fn not_found<T>(asked: Result<T, DeskError>, what: &'static str) {
    assert_eq!(asked.map(|_| ()).unwrap_err(), DeskError::NotFound { what });
}

#[test]
fn the_ids_of_one_office_find_nothing_in_the_other() {
    let law = Law::embedded().unwrap();
    let given = Given::office();
    let beginning = Beginning { administrator: ADMINISTRATOR.to_owned() };
    let other = OfficeId::from_parts(START, [2; 10]).unwrap();
    let second = given.desk.begin(other, lease_next_door(other, START + 900_000), &beginning).unwrap();
    let first_book = demo(0);
    let second_book = of_another_shape(&first_book);
    let offices = [
        (&given.room, fill(&given.room, &first_book, law), &first_book),
        (&second, fill(&second, &second_book, law), &second_book),
    ];
    for ((room, own, own_book), (_, foreign, _)) in [(&offices[0], &offices[1]), (&offices[1], &offices[0])] {
        let scope = &own.scope;
        let before = room.export(scope).unwrap().book;
        let order = RunOrder {
            client: foreign.client.as_str().to_owned(),
            month: foreign.run.month,
            kind: RunKind::Pay,
            as_of: foreign.run.as_of,
        };
        not_found(room.person(scope, &foreign.client, &foreign.employee, Purpose::Inquiry), "顧問先");
        not_found(room.run(scope, &order, law), "顧問先");
        not_found(room.runs(scope, foreign.client.as_str()), "顧問先");
        not_found(room.check(scope, foreign.run.id), "計算");
        not_found(room.approve(scope, foreign.run.id), "計算");
        not_found(room.publish(scope, foreign.run.id, law), "計算");
        not_found(room.slips(scope, foreign.run.id), "計算");
        not_found(room.ask_erasure(scope, &foreign.client, &foreign.employee), "従業員");
        not_found(room.approve_erasure(scope, foreign.erasure), "消去の依頼");
        not_found(room.erase(scope, foreign.erasure), "消去の依頼");
        not_found(room.who_looked_at(scope, &foreign.client, &foreign.employee), "顧問先");
        not_found(room.rotate_unit_key(scope, &Owner::Client(foreign.client.clone())), "顧問先");
        let person = Owner::Person(foreign.client.clone(), foreign.employee.clone());
        not_found(room.rotate_unit_key(scope, &person), "従業員");
        assert_eq!(room.find_people(scope, &foreign.name).unwrap(), []);
        assert!(!room.find_people(scope, &own.name).unwrap().is_empty());
        let of_foreign = JournalFilter { person: Some(foreign.person), ..JournalFilter::default() };
        assert_eq!(room.journal(scope, &of_foreign).unwrap().entries, []);
        // Nothing was changed by asking, and nothing of the other came out.
        assert!(room.export(scope).unwrap().book == before);
        assert_eq!(before.employees.len(), own_book.employees.len());
        assert!(before.employees.iter().all(|row| row.client_code == own.client));
        assert_eq!(room.verify_records(scope).unwrap().wrong, []);
    }
    let (first, theirs) = (&offices[0], &offices[1].1);
    assert!(matches!(second.prove_since(&first.0.checkpoint().unwrap()).unwrap_err(), DeskError::Forked { .. }));
    foreign_scope_opens_nothing(first.0, &first.1, &theirs.scope, law);
}

/// Somebody who signed in next door has every right there and none here.
fn foreign_scope_opens_nothing(room: &Room, own: &Has, foreign: &Scope, law: &'static Law) {
    fn nobody<T>(asked: Result<T, DeskError>) {
        assert_eq!(asked.map(|_| ()).unwrap_err(), DeskError::NoSuchUser);
    }
    let before = room.checkpoint().unwrap();
    let order = RunOrder {
        client: own.client.as_str().to_owned(),
        month: own.run.month,
        kind: RunKind::Pay,
        as_of: own.run.as_of,
    };
    nobody(room.person(foreign, &own.client, &own.employee, Purpose::Inquiry));
    nobody(room.run(foreign, &order, law));
    nobody(room.runs(foreign, own.client.as_str()));
    nobody(room.check(foreign, own.run.id));
    nobody(room.approve(foreign, own.run.id));
    nobody(room.slips(foreign, own.run.id));
    nobody(room.ask_erasure(foreign, &own.client, &own.employee));
    nobody(room.approve_erasure(foreign, own.erasure));
    nobody(room.erase(foreign, own.erasure));
    nobody(room.who_looked_at(foreign, &own.client, &own.employee));
    nobody(room.rotate_unit_key(foreign, &Owner::Office));
    nobody(room.rotate_data_key(foreign, 1));
    nobody(room.find_people(foreign, &own.name));
    nobody(room.journal(foreign, &JournalFilter::default()));
    nobody(room.verify_records(foreign));
    nobody(room.export(foreign));
    nobody(room.import(foreign, &demo(0), None, true));
    nobody(room.put_user(foreign, "new", Role::Clerk, &[]));
    // None of it left a trace under a name of the other office.
    assert_eq!(room.checkpoint().unwrap(), before);
}
