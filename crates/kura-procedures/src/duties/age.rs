//! 40・60・65・70・75歳.

use kura_calendar::{Date, Month};
use kura_insurance::decisions::{AgeEvent, AgeEventKind, age_events};
use kura_model::Scheme;
use kura_yen::Yen;

use super::{EMPLOYMENT, HEALTH};
use crate::desk::{Days, Desk};
use crate::duty::{Filed, Occurrence};
use crate::person::{Person, covers};
use crate::{LifeEvent, ProcedureError};

const PENSION: &[Scheme] = &[Scheme::Pension];

pub(super) fn enter(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let Some(birth_date) = person.employee.birth_date else {
        if person.works_on(desk.period.to) {
            let born = person.without_day(LifeEvent::Aged75, "年齢");
            let decides = ["elderly_continuation_benefit", "age_70_notice", "loss_notice"];
            desk.ask(&born, "従業員 生年月日", &decides, "生年月日が入っていないので、年齢による届出が分かりません。");
        }
        return Ok(());
    };
    for event in age_events(desk.law, birth_date, desk.period.to)? {
        let age = reached(person, &event);
        if person.works_on(event.on) {
            follow(person, &event, &age, desk)?;
            desk.tell_age(age, event.explanation);
        }
    }
    Ok(())
}

fn reached(person: &Person<'_>, event: &AgeEvent) -> Occurrence {
    let kind = match event.kind {
        AgeEventKind::CareStarts => LifeEvent::Aged40,
        AgeEventKind::SameDayRehire => LifeEvent::Aged60,
        AgeEventKind::CareEnds | AgeEventKind::ElderlyInsured => LifeEvent::Aged65,
        AgeEventKind::PensionEnds => LifeEvent::Aged70,
        AgeEventKind::HealthEnds => LifeEvent::Aged75,
    };
    let subject = if event.kind == AgeEventKind::ElderlyInsured { "雇用保険" } else { "年齢" };
    person.occurrence(kind, event.on, subject)
}

fn follow(person: &Person<'_>, event: &AgeEvent, age: &Occurrence, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let on = event.on;
    let day_before = on.yesterday().unwrap_or(on);
    match event.kind {
        AgeEventKind::SameDayRehire if person.is_insured(EMPLOYMENT, on) => {
            desk.file(age, "elderly_continuation_benefit", Days::known(on), Filed::NotRecorded)
        }
        AgeEventKind::PensionEnds if person.is_insured(PENSION, day_before) => seventy(person, on, age, desk),
        AgeEventKind::HealthEnds => {
            let spell = person.spells_of(HEALTH).find(|spell| covers(spell, day_before));
            let Some(spell) = spell else { return Ok(()) };
            desk.file(age, "loss_notice", Days::known(on), Filed::since(on, spell.filed_on))
        }
        AgeEventKind::CareEnds if has_category_3_spouse(person, on) => {
            let sentence = "65歳で年金を受ける権利があるときは、配偶者の第3号が終わり、配偶者が市区町村に届け出ます。権利の有無を確かめてください。";
            desk.ask(age, "年金を受ける権利の有無", &["category_3_notice"], sentence);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// 70歳到達届, only where the 相当額 differs from the standard until then.
fn seventy(person: &Person<'_>, on: Date, age: &Occurrence, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let procedure = "age_70_notice";
    match standards_at_70(person, Month::of(on)) {
        (Some(before), Some(after)) if before == after => Ok(()),
        (Some(_), Some(_)) => desk.file(age, procedure, Days::known(on), Filed::NotRecorded),
        _ => {
            let sentence = "70歳以上被用者の標準報酬月額相当額が、それまでの標準報酬月額と同じかどうかが分かりません（同じなら届出は要りません）。";
            desk.ask(age, "標準報酬 70歳以上の相当額", &[procedure], sentence);
            Ok(())
        }
    }
}

/// The last pension standard before the month, and the first 相当額 from it on.
fn standards_at_70(person: &Person<'_>, month: Month) -> (Option<Yen>, Option<Yen>) {
    let mut before = None;
    let mut after = None;
    for row in &person.standards {
        if row.applies_from <= month {
            before = row.pension_standard.or(before);
        }
        after = after.or(row.pension_equivalent.filter(|_| month <= row.applies_from));
    }
    (before, after)
}

fn has_category_3_spouse(person: &Person<'_>, on: Date) -> bool {
    person.family.iter().filter_map(|(_, history)| history.on(on)).any(|member| {
        member.category_3_from.is_some_and(|from| from <= on) && member.category_3_to.is_none_or(|to| on < to)
    })
}

/// The days on which age ends 健康保険 and 厚生年金保険.
pub(super) struct LossByAge {
    health: Option<Date>,
    pension: Option<Date>,
}

impl LossByAge {
    pub(super) fn of(person: &Person<'_>, desk: &Desk<'_>) -> Result<Self, ProcedureError> {
        let Some(birth_date) = person.employee.birth_date else { return Ok(Self { health: None, pension: None }) };
        let events = age_events(desk.law, birth_date, desk.period.to)?;
        let day = |kind| events.iter().find(|event| event.kind == kind).map(|event| event.on);
        Ok(Self { health: day(AgeEventKind::HealthEnds), pension: day(AgeEventKind::PensionEnds) })
    }

    /// The scheme ends by age on this day.
    pub(super) fn ends(&self, scheme: Scheme, on: Date) -> bool {
        match scheme {
            Scheme::Health => self.health == Some(on),
            Scheme::Pension => self.pension == Some(on),
            Scheme::Employment | Scheme::AccidentSpecialEnrollment => false,
        }
    }
}
