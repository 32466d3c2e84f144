//! 扶養家族: 被扶養者（異動）届 and 第3号被保険者.

use kura_calendar::Timeline;
use kura_insurance::decisions::{AgeEventKind, age_events};
use kura_model::{FamilyMember, FamilyNumber};

use super::HEALTH;
use crate::desk::{Days, Desk};
use crate::duty::Filed;
use crate::person::Person;
use crate::{LifeEvent, ProcedureError};

const NOTICE: &str = "dependent_change_notice";

pub(super) fn enter(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    for (number, history) in &person.family {
        member(person, number, history, desk)?;
    }
    Ok(())
}

fn member(
    person: &Person<'_>,
    number: &FamilyNumber,
    history: &Timeline<FamilyMember>,
    desk: &mut Desk<'_>,
) -> Result<(), ProcedureError> {
    let Some((_, known)) = history.facts().last() else { return Ok(()) };
    let subject = format!("扶養家族{number}");
    let days = [
        (LifeEvent::DependentAdded, known.health_dependent_from),
        (LifeEvent::DependentRemoved, known.health_dependent_to),
    ];
    for (event, on) in days {
        // The dependants' insurance ends with the person's own: then nothing is filed for them.
        let Some(on) = on.filter(|on| person.is_insured(HEALTH, *on)) else { continue };
        let filed = Filed::since(on, known.health_dependent_filed_on);
        desk.file(&person.occurrence(event, on, subject.as_str()), NOTICE, Days::known(on), filed)?;
    }
    if let Some(on) = known.category_3_from {
        let began = person.occurrence(LifeEvent::Category3Began, on, subject.as_str());
        desk.file(&began, "category_3_notice", Days::known(on), Filed::since(on, known.category_3_filed_on))?;
    }
    aged_75(person, known, &subject, desk)
}

/// A dependant who reaches 75 and whose 非該当日 nobody has entered.
fn aged_75(
    person: &Person<'_>,
    known: &FamilyMember,
    subject: &str,
    desk: &mut Desk<'_>,
) -> Result<(), ProcedureError> {
    let (Some(_), None) = (known.health_dependent_from, known.health_dependent_to) else { return Ok(()) };
    let Some(birth_date) = known.birth_date else {
        let aged = person.without_day(LifeEvent::DependentAged75, subject);
        let sentence = "被扶養者の生年月日が入っていないので、75歳になる日が分かりません。";
        desk.ask(&aged, "扶養家族 生年月日", &[NOTICE], sentence);
        return Ok(());
    };
    let ends = age_events(desk.law, birth_date, desk.period.to)?;
    let Some(on) = ends.iter().find(|event| event.kind == AgeEventKind::HealthEnds).map(|event| event.on) else {
        return Ok(());
    };
    if !person.is_insured(HEALTH, on) {
        return Ok(());
    }
    let aged = person.occurrence(LifeEvent::DependentAged75, on, subject);
    desk.file(&aged, NOTICE, Days::known(on), Filed::since(on, known.health_dependent_filed_on))
}
