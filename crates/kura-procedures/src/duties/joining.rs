//! 入社・資格取得, and what changes of an insured person at work: 区分変更, 転勤.

use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::Date;
use kura_model::{Book, Code, EmploymentClass, EstablishmentCode, InsuranceSpell, Scheme, history};

use super::{EMPLOYMENT, SOCIAL};
use crate::desk::{Days, Desk};
use crate::duty::Filed;
use crate::person::Person;
use crate::{LifeEvent, ProcedureError};

const ACQUIRED: &str = "被保険者資格 取得日";

pub(super) fn enter(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    acquired(person, SOCIAL, "acquisition_notice", "社会保険", desk)?;
    acquired(person, EMPLOYMENT, "employment_acquisition_notice", "雇用保険", desk)?;
    match person.employee.hired_on {
        Some(hired_on) => hired(person, hired_on, desk),
        None => {
            let joined = person.without_day(LifeEvent::Joined, "入社");
            let decides = ["acquisition_notice", "employment_acquisition_notice"];
            desk.ask(&joined, "従業員 雇入日", &decides, "雇入日が入っていません。");
            Ok(())
        }
    }
}

/// One notice for all schemes acquired on a day.
fn acquired(
    person: &Person<'_>,
    schemes: &'static [Scheme],
    notice: &str,
    subject: &str,
    desk: &mut Desk<'_>,
) -> Result<(), ProcedureError> {
    let mut by_day: BTreeMap<Date, Vec<&InsuranceSpell>> = BTreeMap::new();
    for spell in person.spells_of(schemes) {
        match spell.acquired_on {
            Some(on) => by_day.entry(on).or_default().push(spell),
            None => {
                let joined = person.without_day(LifeEvent::Joined, subject);
                let sentence = format!("{}の取得日が入っていません。", spell.scheme.japanese());
                desk.ask(&joined, ACQUIRED, &[notice], &sentence);
            }
        }
    }
    for (number, (on, spells)) in (1..).zip(by_day) {
        let joined = person.occurrence(LifeEvent::Joined, on, format!("{subject}{number}"));
        let filed = Filed::all(spells.iter().map(|spell| Filed::by(spell.filed_on)));
        desk.file(&joined, notice, Days::known(on), filed)?;
    }
    Ok(())
}

/// What the day of hire alone decides: a person without a row of insurance is asked about, a foreigner outside employment
/// insurance is notified.
fn hired(person: &Person<'_>, on: Date, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let joined = |subject: &str| person.occurrence(LifeEvent::Joined, on, subject);
    if person.spells_of(SOCIAL).next().is_none() {
        let sentence =
            "健保・厚年の行がありません。被保険者になる人なら取得日を入れてください（対象外の人は要りません）。";
        desk.ask(&joined("社会保険"), ACQUIRED, &["acquisition_notice"], sentence);
    }
    let class = person.terms.on(on).and_then(|terms| terms.employment_class);
    let without = person.spells_of(EMPLOYMENT).next().is_none();
    if without && class != Some(EmploymentClass::Officer) {
        let sentence = "雇保の行がありません。被保険者になる人なら取得日を入れてください（対象外の人は要りません）。";
        desk.ask(&joined("雇用保険"), ACQUIRED, &["employment_acquisition_notice"], sentence);
    }
    if without && is_foreigner(person) {
        desk.file(&joined("外国人雇用"), "foreign_worker_notice", Days::known(on), Filed::NotRecorded)?;
    }
    Ok(())
}

pub(super) fn is_foreigner(person: &Person<'_>) -> bool {
    person.employee.nationality.is_some() || person.employee.nationality_name.is_some()
}

/// 被保険者区分の変更 and 転勤.
pub(super) fn changes(book: &Book, person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let days: BTreeSet<Date> = person.spells_of(SOCIAL).filter_map(|spell| spell.class_changed_on).collect();
    for (number, on) in (1..).zip(days) {
        let changed = person.occurrence(LifeEvent::InsuredClassChanged, on, format!("区分変更{number}"));
        desk.file(&changed, "insured_class_change_notice", Days::known(on), Filed::NotRecorded)?;
    }
    transfers(book, person, desk)
}

/// 転勤届: from one establishment of employment insurance to another.
fn transfers(book: &Book, person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let facts = person.terms.facts();
    for (number, ((_, before), (on, after))) in (1..).zip(facts.iter().zip(facts.iter().skip(1))) {
        let (Some(left), Some(reached)) = (&before.establishment_code, &after.establishment_code) else { continue };
        if left == reached || !person.is_insured(EMPLOYMENT, *on) {
            continue;
        }
        let transferred = person.occurrence(LifeEvent::Transferred, *on, format!("転勤{number}"));
        let procedure = "employment_transfer_notice";
        match (employment_number(book, person, left, *on), employment_number(book, person, reached, *on)) {
            (Some(left), Some(reached)) if left == reached => {}
            (Some(_), Some(_)) => desk.file(&transferred, procedure, Days::known(*on), Filed::NotRecorded)?,
            _ => {
                let sentence = "雇用保険の別の事業所への転勤かどうかが分かりません。";
                desk.ask(&transferred, "事業所 雇用保険適用事業所番号", &[procedure], sentence);
            }
        }
    }
    Ok(())
}

fn employment_number(book: &Book, person: &Person<'_>, establishment: &EstablishmentCode, on: Date) -> Option<Code> {
    let of_place = book
        .establishments
        .iter()
        .filter(|row| row.client_code == *person.client && row.establishment_code == *establishment);
    let places = history(of_place);
    places.on(on).and_then(|place| place.employment_establishment_number.clone())
}
