use kura_calendar::{Date, Month};
use kura_insurance::{InsuranceAges, RoundingAgreement};
use kura_model::{Bonus, BonusExemption, InsuranceSpell, InsurerCode, LossCause, Row, Scheme};
use kura_payroll::bonus::{HealthInsurer, InsuranceFacts, InsurerRates, Spell, TwoEstablishmentsFacts};
use kura_yen::Yen;

use super::earlier;
use crate::person::PersonFacts;
use crate::premiums;
use crate::stop::Stop;

/// What decides the premiums of a planned bonus.
pub(crate) fn facts(person: &PersonFacts<'_>, row: &Row<Bonus>) -> Result<InsuranceFacts, Stop> {
    let paid_on = row.paid_on;
    let birth_date = person.employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))?;
    let health = spell_on(person, Scheme::Health, paid_on)?;
    let pension = spell_on(person, Scheme::Pension, paid_on)?;
    let (health_spells, pension_spells) = (spells(person, Scheme::Health)?, spells(person, Scheme::Pension)?);
    let insured = !(health_spells.is_empty() && pension_spells.is_empty());
    let insurer = match health {
        Some(spell) => Some(insurer(person, spell, birth_date, paid_on)?),
        None => None,
    };
    let multi_establishment = [health, pension].into_iter().flatten().any(|spell| spell.multi_establishment);
    Ok(InsuranceFacts {
        birth_date,
        health: health_spells,
        pension: pension_spells,
        aged_70_or_over: is_over_70(person, paid_on)?,
        care_exempt: health.is_some_and(|spell| premiums::care_exempt(spell, Month::of(paid_on))),
        care_specified_insured: insurer.as_ref().is_some_and(|(_, specified)| *specified),
        insurer: insurer.map(|(insurer, _)| insurer),
        rounding: premiums::rounding(person),
        leaves: premiums::exempt_leaves(person)?,
        exemption: row.exempt.unwrap_or(BonusExemption::Automatic),
        earlier: if insured { earlier::of(person, row)? } else { Vec::new() },
        other_health_standard_bonus: row.other_health_standard_bonus.unwrap_or(Yen::ZERO),
        two_establishments: multi_establishment.then_some(TwoEstablishmentsFacts { other_bonus: None, notified: None }),
    })
}

/// 被保険者期間 of a scheme; one that is still open ends with the employment.
fn spells(person: &PersonFacts<'_>, scheme: Scheme) -> Result<Vec<Spell>, Stop> {
    let of_scheme = person.rows.spells.iter().filter(|row| row.scheme == scheme);
    of_scheme.map(|row| spell(person, row)).collect()
}

fn spell(person: &PersonFacts<'_>, row: &Row<InsuranceSpell>) -> Result<Spell, Stop> {
    let acquired_on = row.acquired_on.ok_or_else(|| Stop::unknown("被保険者資格", Some(row.number), "取得日"))?;
    let left_on = person.employed()?.to;
    let after_leaving = left_on.tomorrow().ok().filter(|_| left_on < kura_calendar::LAST_DAY);
    Ok(Spell { acquired_on, lost_on: row.lost_on.or(after_leaving) })
}

/// The row of 被保険者資格 that holds a day.
pub(crate) fn spell_on<'rows>(
    person: &'rows PersonFacts<'_>,
    scheme: Scheme,
    day: Date,
) -> Result<Option<&'rows Row<InsuranceSpell>>, Stop> {
    for row in person.rows.spells.iter().filter(|row| row.scheme == scheme) {
        let Spell { acquired_on, lost_on } = spell(person, row)?;
        if acquired_on <= day && lost_on.is_none_or(|lost_on| day < lost_on) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// 70歳以上被用者 by the register. Who leaves health insurance for 後期高齢者医療 (75歳到達, 障害認定) and works on stays one
/// (厚生年金保険法27条).
pub(crate) fn is_over_70(person: &PersonFacts<'_>, day: Date) -> Result<bool, Stop> {
    for scheme in [Scheme::Health, Scheme::Pension] {
        if spell_on(person, scheme, day)?.is_some_and(|row| row.aged_70_or_over) {
            return Ok(true);
        }
    }
    let employed = person.employed()?;
    let works_on = employed.from <= day && day <= employed.to;
    Ok(person.rows.spells.iter().any(|row| {
        let to_the_elderly =
            matches!(row.loss_cause, Some(LossCause::ReachedSeventyFive | LossCause::DisabilityCertified));
        works_on && row.aged_70_or_over && to_the_elderly && row.lost_on.is_some_and(|lost| lost <= day)
    }))
}

/// 保険者コード of the establishment on a day.
pub(crate) fn insurer_code(person: &PersonFacts<'_>, day: Date) -> Result<InsurerCode, Stop> {
    let day = day.min(person.employed()?.to);
    let establishment = person.establishment(day)?;
    let row = person.known.establishment_row(establishment, day);
    establishment.insurer_code.clone().ok_or_else(|| Stop::unknown("事業所", row, "保険者コード"))
}

/// The insurer with the rates of the payment month, and whether it charges care outside the care ages too (特定被保険者).
fn insurer(
    person: &PersonFacts<'_>,
    spell: &InsuranceSpell,
    birth_date: Date,
    paid_on: Date,
) -> Result<(HealthInsurer, bool), Stop> {
    let month = Month::of(paid_on);
    let code = insurer_code(person, paid_on)?;
    if code.as_str() == premiums::KYOKAI {
        let day = paid_on.min(person.employed()?.to);
        let establishment = person.establishment(day)?;
        let row = person.known.establishment_row(establishment, day);
        let prefecture = establishment.prefecture.ok_or_else(|| Stop::unknown("事業所", row, "都道府県"))?;
        let rates = InsurerRates::Kyokai { prefecture: prefecture.japanese().to_owned() };
        return Ok((HealthInsurer { code, rates, agreement: RoundingAgreement::FiftySen }, false));
    }
    let row = premiums::society(person, &code, month)?;
    let specified = premiums::is_specified_insured(person, row, paid_on)?;
    let ages = InsuranceAges::of(person.law, birth_date, month.first_day())?;
    let care = specified || ages.care_in(month) && !premiums::care_exempt(spell, month);
    let (rates, agreement) = premiums::society_rates(row, care)?;
    Ok((HealthInsurer { code, rates: InsurerRates::Society(Box::new(rates)), agreement }, specified))
}
