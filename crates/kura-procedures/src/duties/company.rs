//! What concerns a company: 賞与支払, 月額変更, 算定, 年度更新, 協定.

use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::{Date, Month};
use kura_model::{
    Agreement, AgreementKind, Bonus, BonusState, Book, ClientCode, EstablishmentCode, ProjectClass, StandardDecision,
    WorkplaceCode, histories,
};

use super::SOCIAL;
use crate::desk::{Days, Desk};
use crate::duty::{Filed, Occurrence};
use crate::person::{Person, find};
use crate::{Anchor, LifeEvent, ProcedureError};

pub(super) fn enter(book: &Book, people: &[Person<'_>], desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    bonuses(book, people, desk)?;
    standards(people, desk)?;
    annual_determination(people, desk)?;
    labor_insurance_year(book, desk)?;
    agreements(book, desk)
}

fn of_company(
    client: &ClientCode,
    establishment: Option<EstablishmentCode>,
    event: LifeEvent,
    on: Date,
    subject: String,
) -> Occurrence {
    Occurrence { client: client.clone(), establishment, person: None, event, on: Some(on), subject }
}

type Payment = (ClientCode, Option<EstablishmentCode>, Date);

/// 賞与支払届, one an establishment and day of payment.
fn bonuses(book: &Book, people: &[Person<'_>], desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let mut payments: BTreeMap<Payment, Vec<&Bonus>> = BTreeMap::new();
    for bonus in book.bonuses.iter().map(|row| &row.facts) {
        let Some(person) = find(people, &bonus.client_code, &bonus.employee_code) else { continue };
        if person.is_insured(SOCIAL, bonus.paid_on) {
            let establishment = person.establishment(bonus.paid_on);
            payments.entry((bonus.client_code.clone(), establishment, bonus.paid_on)).or_default().push(bonus);
        }
    }
    for ((client, establishment, paid_on), bonuses) in payments {
        let month = Month::of(paid_on);
        let paid = of_company(&client, establishment, LifeEvent::BonusPaid, paid_on, format!("賞与{month}"));
        let planned = bonuses.iter().all(|bonus| bonus.state == Some(BonusState::Planned));
        let from = if planned { Anchor::Planned(paid_on) } else { Anchor::Known(paid_on) };
        let filed = Filed::all(bonuses.iter().map(|bonus| Filed::by(bonus.reported_on)));
        desk.file(&paid, "bonus_payment_notice", Days { from: Some(from), opens_from: paid_on }, filed)?;
    }
    Ok(())
}

/// 月額変更届: a revision of our own that no 決定通知書 has answered.
fn standards(people: &[Person<'_>], desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    for person in people {
        for row in &person.standards {
            if row.decision == Some(StandardDecision::Occasional) {
                let on = row.applies_from.first_day();
                let subject = format!("標準報酬{}", row.applies_from);
                let proposed = person.occurrence(LifeEvent::StandardProposed, on, subject);
                let filed = if row.notified_on.is_some() { Filed::DayUnknown } else { Filed::No };
                desk.file(&proposed, "monthly_change_notice", Days::known(on), filed)?;
            }
        }
    }
    Ok(())
}

/// 算定基礎届 of each establishment that has insured people on 1 July.
fn annual_determination(people: &[Person<'_>], desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    for year in desk.years() {
        let Ok(first) = Month::new(year, 7).map(Month::first_day) else { continue };
        let Ok(new_year) = Month::new(year, 1).map(Month::first_day) else { continue };
        let insured = people.iter().filter(|person| person.is_insured(SOCIAL, first));
        let establishments: BTreeSet<_> =
            insured.map(|person| (person.client.clone(), person.establishment(first))).collect();
        for (client, establishment) in establishments {
            let subject = format!("算定{year}");
            let of_year = of_company(&client, establishment, LifeEvent::AnnualDetermination, first, subject);
            desk.file(&of_year, "annual_base_notice", Days::known(new_year), Filed::NotRecorded)?;
        }
    }
    Ok(())
}

/// 年度更新 of each labour insurance relation that no association looks after.
fn labor_insurance_year(book: &Book, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    for year in desk.years() {
        let Ok(first) = Month::new(year, 6).map(Month::first_day) else { continue };
        let Ok(new_year) = Month::new(year, 1).map(Month::first_day) else { continue };
        let numbers = histories(&book.labor_insurances);
        for (number, ((client, _), history)) in (1..).zip(&numbers) {
            let Some(relation) = history.on(first) else { continue };
            let begun = relation.relation_from.is_none_or(|from| from <= first);
            let yearly = !matches!(
                relation.project_class,
                Some(ProjectClass::FixedTermProject | ProjectClass::SpecialEnrollment)
            );
            if begun && yearly && relation.association_code.is_none() {
                let subject = format!("労働保険{number}-{year}");
                let of_year = of_company(client, None, LifeEvent::LaborInsuranceYear, first, subject);
                desk.file(&of_year, "annual_renewal", Days::known(new_year), Filed::NotRecorded)?;
            }
        }
    }
    Ok(())
}

type Agreed<'book> = (&'book ClientCode, Option<&'book WorkplaceCode>, &'static str);

/// 36協定届 and 1年変形の協定届: each before it begins, the next one before the last one ends.
fn agreements(book: &Book, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let mut by_kind: BTreeMap<Agreed<'_>, Vec<&Agreement>> = BTreeMap::new();
    for agreement in book.agreements.iter().map(|row| &row.facts) {
        let procedure = match agreement.agreement_kind {
            AgreementKind::ArticleThirtySix => "article36_agreement_notice",
            AgreementKind::VariableHoursYearly => "variable_hours_agreement_notice",
            _ => continue,
        };
        let key = (&agreement.client_code, agreement.workplace_code.as_ref(), procedure);
        by_kind.entry(key).or_default().push(agreement);
    }
    for ((client, workplace, procedure), mut agreements) in by_kind {
        agreements.sort_by_key(|agreement| agreement.valid_from);
        let place = workplace.map_or_else(String::new, |code| format!(" {code}"));
        let kind = agreements.first().map_or("", |agreement| agreement.agreement_kind.japanese());
        let of = |event, on, number: usize| of_company(client, None, event, on, format!("協定{kind}{place}-{number}"));
        for (number, agreement) in (1..).zip(&agreements) {
            if let Some(from) = agreement.valid_from {
                let begins = of(LifeEvent::AgreementBegins, from, number);
                desk.file(&begins, procedure, Days::known(from), Filed::by(agreement.filed_on))?;
            }
        }
        let Some(last) = agreements.last() else { continue };
        match (last.valid_to, last.valid_from) {
            (Some(to), _) => {
                let ends = of(LifeEvent::AgreementEnds, to, agreements.len());
                desk.file(&ends, procedure, Days::known(to), Filed::No)?;
            }
            (None, from) => {
                let ends = Occurrence {
                    on: None,
                    ..of(LifeEvent::AgreementEnds, from.unwrap_or(desk.period.to), agreements.len())
                };
                desk.ask(&ends, "協定 有効期間", &[procedure], "協定の有効期間の末日が入っていません。");
            }
        }
    }
    Ok(())
}
