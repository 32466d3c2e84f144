//! A book of one invented company with one invented person, and how its duties read.

use kura_calendar::{Date, Month, parse_iso_date};
use kura_law::Law;
use kura_model::{
    Book, Change, ClientCode, Employee, EmployeeCode, EmploymentClass, EmploymentTermsChange, EstablishmentCode,
    InhabitantTaxMethod, InsuranceSpell, Row, Scheme, StandardRemuneration,
};
use kura_procedures::{Duties, Duty, Period, Reported, duties};
use kura_yen::Yen;

pub(crate) fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

pub(crate) fn law() -> &'static Law {
    Law::embedded().unwrap()
}

pub(crate) fn client() -> ClientCode {
    ClientCode::from("900")
}

pub(crate) fn person() -> EmployeeCode {
    EmployeeCode::from("1")
}

/// Somebody born on 1990-05-05 who works since 2020-04-01, insured from that day, everything filed.
pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let mut employee = Employee::new(client(), person());
    employee.birth_date = Some(day("1990-05-05"));
    employee.hired_on = Some(day("2020-04-01"));
    book.employees.push(Row::from(employee));
    let mut terms = EmploymentTermsChange::new(client(), person(), day("2020-04-01"));
    terms.establishment_code = Change::To(EstablishmentCode::from("H"));
    terms.employment_class = Change::To(EmploymentClass::Regular);
    terms.inhabitant_tax_method = Change::To(InhabitantTaxMethod::Special);
    book.employment_terms.push(Row::from(terms));
    for scheme in [Scheme::Health, Scheme::Pension, Scheme::Employment] {
        let mut spell = InsuranceSpell::new(client(), person(), scheme);
        spell.acquired_on = Some(day("2020-04-01"));
        spell.filed_on = Some(day("2020-04-03"));
        book.insurance_spells.push(Row::from(spell));
    }
    let mut standard = StandardRemuneration::new(client(), person(), Month::new(2025, 9).unwrap());
    standard.health_standard = Some(Yen::new(300_000));
    standard.pension_standard = Some(Yen::new(300_000));
    book.standard_remunerations.push(Row::from(standard));
    book
}

pub(crate) fn spell(book: &mut Book, scheme: Scheme) -> &mut InsuranceSpell {
    let row = book.insurance_spells.iter_mut().find(|row| row.scheme == scheme);
    &mut row.unwrap().facts
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

/// The duties of 2026, without 算定基礎届 of July.
pub(crate) fn of_2026(book: &Book, reported: &[Reported]) -> Duties {
    let mut found = duties(book, reported, law(), period("2026-01-01", "2026-12-31")).unwrap();
    found.duties.retain(|duty| duty.procedure != "annual_base_notice");
    found
}

/// `procedure 2026-07-06`, with the last day; `-` where there is none in law.
pub(crate) fn told(duty: &Duty) -> String {
    let due = duty.deadline.due().map_or_else(|| "-".to_owned(), |due| due.due_day.to_string());
    format!("{} {due}", duty.procedure)
}

pub(crate) fn all_told(found: &Duties) -> Vec<String> {
    found.duties.iter().map(told).collect()
}

/// `column: procedures` of each question.
pub(crate) fn asked(found: &Duties) -> Vec<String> {
    found.questions.iter().map(|question| format!("{}: {}", question.missing, question.decides.join(" "))).collect()
}
