//! 退社・資格喪失.

use std::collections::BTreeMap;

use kura_calendar::Date;
use kura_insurance::decisions::{CertificateNeeded, certificate_needed};
use kura_model::{InhabitantTaxMethod, InsuranceSpell, LossCause, Scheme, SeparationSlipWish};

use super::age::LossByAge;
use super::joining::is_foreigner;
use super::{EMPLOYMENT, HEALTH, SOCIAL};
use crate::desk::{Days, Desk};
use crate::duty::Filed;
use crate::person::{Person, covers};
use crate::{LifeEvent, ProcedureError};

const LOST: &str = "被保険者資格 喪失日";

pub(super) fn enter(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    social(person, desk)?;
    employment(person, desk)?;
    let Some(last_day) = person.last_day() else { return Ok(()) };
    lost_days_missing(person, last_day, desk);
    after_75(person, last_day, desk)?;
    inhabitant_tax(person, last_day, desk)?;
    let left = |subject: &str| person.occurrence(LifeEvent::Left, last_day, subject);
    desk.file(&left("源泉徴収票"), "withholding_slip_at_leaving", Days::known(last_day), Filed::NotRecorded)?;
    if person.spells_of(EMPLOYMENT).next().is_none() && is_foreigner(person) {
        desk.file(&left("外国人雇用"), "foreign_worker_notice", Days::known(last_day), Filed::NotRecorded)?;
    }
    Ok(())
}

/// 資格喪失届: one notice for the schemes lost on a day. What age ends stands with the ages.
fn social(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let by_age = LossByAge::of(person, desk)?;
    let mut by_day: BTreeMap<Date, Vec<&InsuranceSpell>> = BTreeMap::new();
    for spell in person.spells_of(SOCIAL) {
        if let Some(on) = spell.lost_on.filter(|on| !by_age.ends(spell.scheme, *on)) {
            by_day.entry(on).or_default().push(spell);
        }
    }
    for (number, (on, spells)) in (1..).zip(by_day) {
        let left = person.occurrence(LifeEvent::Left, on, format!("社会保険{number}"));
        let filed = Filed::all(spells.iter().map(|spell| Filed::since(on, spell.filed_on)));
        desk.file(&left, "loss_notice", Days::known(on), filed)?;
        let health = spells.iter().any(|spell| spell.scheme == Scheme::Health && !spell.rehire);
        if health && person.employee.died_on.is_none() {
            let procedure = "voluntary_continuation_and_other_benefits";
            desk.file(&left, procedure, Days::known(on), Filed::NotRecorded)?;
        }
    }
    Ok(())
}

/// 雇用保険資格喪失届, with a 離職証明書 where it is wished for or the age asks for it.
fn employment(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let [plain, certified] = ["employment_loss_notice", "employment_loss_notice_with_certificate"];
    let lost = person.spells_of(EMPLOYMENT).filter_map(|spell| Some((spell, spell.lost_on?)));
    for (number, (spell, on)) in (1..).zip(lost) {
        let left = person.occurrence(LifeEvent::Left, on, format!("雇用保険{number}"));
        let procedure = match certificate(person, spell, on, desk)? {
            Certificate::Needed => certified,
            Certificate::NotNeeded => plain,
            Certificate::Unknown(missing) => {
                let sentence = "離職証明書を付けるかどうかが決まりません。期限はどちらも同じです。";
                desk.ask(&left, missing, &[plain, certified], sentence);
                plain
            }
        };
        desk.file(&left, procedure, Days::known(on), Filed::since(on, spell.filed_on))?;
    }
    Ok(())
}

enum Certificate {
    Needed,
    NotNeeded,
    Unknown(&'static str),
}

fn certificate(
    person: &Person<'_>,
    spell: &InsuranceSpell,
    on: Date,
    desk: &Desk<'_>,
) -> Result<Certificate, ProcedureError> {
    match spell.loss_cause {
        None => return Ok(Certificate::Unknown("被保険者資格 喪失原因")),
        Some(LossCause::OtherThanSeparation) => return Ok(Certificate::NotNeeded),
        Some(_) => {}
    }
    let Some(birth_date) = person.employee.birth_date else {
        return Ok(Certificate::Unknown("従業員 生年月日"));
    };
    let separated_on = spell.separated_on.or_else(|| on.yesterday().ok()).unwrap_or(on);
    let wished = spell.wants_separation_slip.map(|wish| wish == SeparationSlipWish::Wanted);
    Ok(match certificate_needed(desk.law, birth_date, separated_on, wished)?.0 {
        CertificateNeeded::ByAge | CertificateNeeded::Wished => Certificate::Needed,
        CertificateNeeded::NotWished => Certificate::NotNeeded,
        CertificateNeeded::Ask => Certificate::Unknown("被保険者資格 離職票の希望"),
    })
}

/// A leaver who is still insured in the book: the day of loss is asked for, not taken from the last day.
fn lost_days_missing(person: &Person<'_>, last_day: Date, desk: &mut Desk<'_>) {
    let kinds = [(SOCIAL, "社会保険", "loss_notice"), (EMPLOYMENT, "雇用保険", "employment_loss_notice")];
    for (schemes, subject, procedure) in kinds {
        let open = person.spells_of(schemes).any(|spell| spell.lost_on.is_none() && covers(spell, last_day));
        if open {
            let left = person.occurrence(LifeEvent::Left, last_day, subject);
            let sentence = format!("退職日の入った人の{subject}の喪失日が入っていません。");
            desk.ask_still(&left, LOST, &[procedure], &sentence);
        }
    }
}

/// A person of 75 or over has no insurance left to lose: 70歳以上被用者不該当届 alone.
fn after_75(person: &Person<'_>, last_day: Date, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let reported = person.spells_of(HEALTH).filter(|spell| {
        spell.aged_70_or_over
            && spell.loss_cause == Some(LossCause::ReachedSeventyFive)
            && spell.lost_on.is_some_and(|lost| lost <= last_day)
    });
    let Some(spell) = reported.max_by_key(|spell| spell.lost_on) else { return Ok(()) };
    let left = person.occurrence(LifeEvent::LeftAfter75, last_day, "70歳以上被用者");
    desk.file(&left, "loss_notice", Days::known(last_day), Filed::since(last_day, spell.filed_on))
}

/// 給与所得者異動届 of a person whose tax is collected from pay.
fn inhabitant_tax(person: &Person<'_>, last_day: Date, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let left = person.occurrence(LifeEvent::Left, last_day, "住民税");
    let procedure = "inhabitant_tax_change_notice";
    match person.terms.on(last_day).and_then(|terms| terms.inhabitant_tax_method) {
        Some(InhabitantTaxMethod::Special) => {
            let told = person.tax_notices.iter().filter_map(|notice| notice.change_notice_on).max();
            desk.file(&left, procedure, Days::known(last_day), Filed::by(told))
        }
        Some(_) => Ok(()),
        None => {
            let sentence = "住民税を特別徴収していたかどうかが分かりません。";
            desk.ask(&left, "雇用条件 住民税の徴収", &[procedure], sentence);
            Ok(())
        }
    }
}
