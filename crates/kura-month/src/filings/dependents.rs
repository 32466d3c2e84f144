//! 被扶養者（異動）届 (2202700): 該当, 非該当 and 変更, one record for what happened to a family at once.

use std::collections::BTreeMap;

use kura_calendar::Date;
use kura_filing::{DependentChange, DependentChangeNotice, InsuredKey, PersonKey};
use kura_model::{FamilyMember, InsuranceSpell, Row, Scheme};
use kura_yen::Yen;

use super::dependent_member::{dependent, is_spouse, spouse};
use super::family_change::changes;
use super::person::{Insurer, Person, code_or_empty};
use super::pile::{Pile, Procedure};
use super::window::Event;
use crate::stop::Stop;

/// What happened to one member of the family.
pub(super) struct Happened<'run> {
    pub(super) member: &'run FamilyMember,
    pub(super) change: DependentChange,
    pub(super) on: Date,
    /// 備考: what changed and what it was.
    pub(super) memo: String,
}

/// Members whose records are one: the same change, received on the same day, with the same confirmation.
type Together = (u8, Option<Date>, bool);

/// Everything that happened to the family and that this run files.
pub(super) fn enter<'run>(person: &Person<'run>, pile: &mut Pile<'run>) {
    let mut together: BTreeMap<Together, Vec<Happened<'run>>> = BTreeMap::new();
    for happened in happened(person) {
        let Happened { member, change, on, .. } = &happened;
        let filed = member.health_dependent_filed_on.is_some_and(|filed_on| *on <= filed_on);
        if insured_on(person, *on).is_none()
            || !pile.is_due(person, Procedure::DependentChange, Event { day: *on, from: *on, filed })
        {
            continue;
        }
        let order = match change {
            DependentChange::Began => 0,
            DependentChange::Ended => 1,
            DependentChange::Changed => 2,
        };
        let key = (order, member.employer_received_on, member.employer_confirmed);
        together.entry(key).or_default().push(happened);
    }
    for events in together.into_values() {
        if let Err(stop) = file(person, &events, pile) {
            pile.stop(person, Procedure::DependentChange, stop);
        }
    }
}

fn happened<'run>(person: &Person<'run>) -> Vec<Happened<'run>> {
    let mut events = Vec::new();
    for history in person.family() {
        let Some((_, member)) = history.facts().last() else { continue };
        let event = |change, on| Happened { member, change, on, memo: String::new() };
        events.extend(member.health_dependent_from.map(|on| event(DependentChange::Began, on)));
        events.extend(member.health_dependent_to.map(|on| event(DependentChange::Ended, on)));
        let changed = changes(history.facts());
        events.extend(changed.map(|(on, memo)| Happened { memo, ..event(DependentChange::Changed, on) }));
    }
    events
}

/// The health insurance that covers a day. The dependants' ends with it: then nothing is filed for them.
fn insured_on<'run>(person: &Person<'run>, day: Date) -> Option<&'run Row<InsuranceSpell>> {
    person.spells(&[Scheme::Health]).find(|spell| {
        spell.acquired_on.is_some_and(|from| from <= day) && spell.lost_on.is_none_or(|lost_on| day < lost_on)
    })
}

fn file<'run>(person: &Person<'run>, events: &[Happened<'run>], pile: &mut Pile<'run>) -> Result<(), Stop> {
    let Some(first) = events.first() else { return Ok(()) };
    let Some(spell) = insured_on(person, first.on) else { return Ok(()) };
    let establishment = person.establishment(first.on, pile.window().as_of())?;
    let insurer = person.insurer(establishment, first.on)?;
    if insurer == Insurer::NhiSociety {
        return Ok(());
    }
    let notice = notice(person, spell, first, events)?;
    if insurer == Insurer::Society && notice.spouse.is_some() {
        pile.tell(
            person,
            "category_3_of_society",
            "配偶者の異動があります。国民年金第3号被保険者関係届は、健康保険組合への一覧に含まれません。",
            "第3号の届出が要るか、組合を経由するかを確かめて、別に出してください。",
        );
    }
    for record in notice.split() {
        if insurer == Insurer::Society {
            pile.of_society.dependents.enter(establishment, person, record, false);
            continue;
        }
        let waits = matches!(record.key, InsuredKey::MyNumber);
        pile.dependents.enter(establishment, person, record, waits);
    }
    Ok(())
}

fn notice(
    person: &Person<'_>,
    spell: &InsuranceSpell,
    first: &Happened<'_>,
    events: &[Happened<'_>],
) -> Result<DependentChangeNotice, Stop> {
    let began = first.change == DependentChange::Began;
    let mut others = Vec::new();
    let mut of_spouse = None;
    for event in events {
        if is_spouse(event.member) {
            of_spouse = Some(spouse(person, event)?);
        } else {
            others.push(dependent(person, event)?);
        }
    }
    Ok(DependentChangeNotice {
        employer_confirmed: first.member.employer_confirmed,
        employer_received_on: first.member.employer_received_on,
        insured_number: code_or_empty(&spell.insured_number),
        name: person.name()?,
        birth_date: person.birth_date()?,
        sex: person.sex()?,
        key: key(person)?,
        income: spell.insured_annual_income.filter(|_| began),
        change: first.change,
        spouse_annual_income: if began && of_spouse.is_none() { own_income_of_spouse(person) } else { None },
        spouse: of_spouse,
        dependents: others,
    })
}

/// 基礎年金番号 and address; where one is missing, a place for the 個人番号 that is kept.
fn key(person: &Person<'_>) -> Result<InsuredKey, Stop> {
    match (person.key(), person.address()) {
        (Ok(PersonKey::BasicPension(basic_pension_number)), Ok(address)) => {
            Ok(InsuredKey::Address { basic_pension_number, address })
        }
        _ if person.number_is_kept() => Ok(InsuredKey::MyNumber),
        (Err(stop), _) | (_, Err(stop)) => Err(stop),
        (Ok(PersonKey::MyNumber), Ok(_)) => Ok(InsuredKey::MyNumber),
    }
}

/// 配偶者の年間収入: of a spouse who is no dependant, for the question on whose side the children are.
fn own_income_of_spouse(person: &Person<'_>) -> Option<Yen> {
    person.family().find_map(|history| {
        let (_, member) = history.facts().last()?;
        let apart = member.health_dependent_from.is_none() || member.health_dependent_to.is_some();
        member.annual_income_health.filter(|_| is_spouse(member) && apart)
    })
}
