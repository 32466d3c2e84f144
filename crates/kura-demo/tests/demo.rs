//! The invented clients are what the design says of them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

#[path = "demo/attendance.rs"]
mod attendance;
#[path = "demo/calendar.rs"]
mod calendar;
#[path = "demo/facts.rs"]
mod facts;
#[path = "demo/formulas.rs"]
mod formulas;
#[path = "demo/numbers_and_names.rs"]
mod numbers_and_names;
#[path = "demo/sheets.rs"]
mod sheets;
#[path = "demo/standards.rs"]
mod standards;

use std::sync::OnceLock;

use kura_calendar::{Date, Month};
use kura_demo::DemoBook;
use kura_law::Law;
use kura_model::{Attendance, Employee, EmploymentTerms, StandardRemuneration, histories};

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn books() -> &'static [DemoBook] {
    static BOOKS: OnceLock<Vec<DemoBook>> = OnceLock::new();
    BOOKS.get_or_init(|| kura_demo::books(law()).unwrap())
}

fn demo(client: &str) -> &'static DemoBook {
    let of_client = |demo: &&DemoBook| demo.book.clients[0].client_code.as_str() == client;
    books().iter().find(of_client).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    kura_calendar::parse_iso_month(text).unwrap()
}

fn employee(client: &str, code: &str) -> &'static Employee {
    &demo(client).book.employees.iter().find(|row| row.employee_code.as_str() == code).unwrap().facts
}

fn terms(client: &str, code: &str, on: &str) -> EmploymentTerms {
    let all = histories(&demo(client).book.employment_terms);
    let of_person = all.iter().find(|((_, person), _)| person.as_str() == code).unwrap();
    of_person.1.on(date(on)).unwrap().clone()
}

fn attendance_of(client: &str, code: &str) -> Option<&'static Attendance> {
    demo(client).book.attendances.iter().find(|row| row.employee_code.as_str() == code).map(|row| &row.facts)
}

fn standard_of(client: &str, code: &str) -> &'static StandardRemuneration {
    let mut rows = demo(client).book.standard_remunerations.iter();
    &rows.rfind(|row| row.employee_code.as_str() == code).unwrap().facts
}
