//! The filings that follow from the facts of a book, each kind of event in a room of its own.

mod age;
mod company;
mod family;
mod joining;
mod leave;
mod leaving;
mod reported;

use kura_law::Law;
use kura_model::{Book, Scheme};

use crate::ProcedureError;
use crate::desk::Desk;
use crate::duty::{Duties, Period, Reported};
use crate::person::people;

/// 健康保険・厚生年金保険.
const SOCIAL: &[Scheme] = &[Scheme::Health, Scheme::Pension];
/// 健康保険.
const HEALTH: &[Scheme] = &[Scheme::Health];
/// 雇用保険.
const EMPLOYMENT: &[Scheme] = &[Scheme::Employment];

/// What the facts of a book, and the events an office tells beside it, oblige to in a period, sorted by the day it is due.
///
/// A fact that is missing is a question, and so is a deadline that the law pack does not know. Errors are those of a
/// broken law pack alone.
pub fn duties(book: &Book, reported: &[Reported], law: &Law, period: Period) -> Result<Duties, ProcedureError> {
    let mut desk = Desk { law, period, found: Duties::default() };
    let people = people(book);
    for person in &people {
        joining::enter(person, &mut desk)?;
        joining::changes(book, person, &mut desk)?;
        leaving::enter(person, &mut desk)?;
        family::enter(person, &mut desk)?;
        leave::enter(person, &mut desk)?;
        age::enter(person, &mut desk)?;
        let told = reported.iter().filter(|event| event.client == *person.client && event.person == *person.code);
        reported::enter(person, told, &mut desk)?;
    }
    company::enter(book, &people, &mut desk)?;
    let mut found = desk.found;
    found.duties.sort_by(|one, other| {
        let key = |duty: &crate::Duty| (duty.deadline.sort_day(), duty.occurrence.clone(), duty.procedure.clone());
        key(one).cmp(&key(other))
    });
    found.ages.sort_by_key(|age| (age.occurrence.on, age.occurrence.clone()));
    Ok(found)
}
