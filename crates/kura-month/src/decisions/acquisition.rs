//! 資格取得時決定: 標準報酬 by the contract pay a joiner was reported with.

use kura_book::Severity;
use kura_calendar::Month;
use kura_insurance::decisions::{AcquisitionDetermination, Schemes, acquisition_determination};
use kura_model::{StandardDecision, StandardRemuneration};

use super::insured::{Insured, amounts};
use super::judgement::JudgementKind;
use super::subject::{Made, Subject};
use crate::person::PersonFacts;
use crate::stop::Stop;

const KIND: JudgementKind = JudgementKind::Acquisition;

/// With the first pay of a joiner: 標準報酬 of the book against the grade of 取得時の報酬; where the book has none, the grade is
/// proposed (pay was already computed with it).
pub(super) fn check(subject: &Subject<'_>, made: &mut Made<'_>) -> Result<(), Stop> {
    let facts = &subject.person.facts;
    if !subject.paid.is_first_payment(subject.run()) {
        return Ok(());
    }
    let last_day = subject.run().last_day().min(facts.employed()?.to);
    let Some(insured) = Insured::on(facts, last_day)? else { return Ok(()) };
    let acquired = insured.acquired()?;
    // A person without history who was insured long ago has moved in, not joined.
    if acquired < facts.clocks().attendance.from.min(facts.clocks().variable.from) {
        return Ok(());
    }
    let Some(found) = determination(facts, &insured)? else { return Ok(()) };
    let standards = amounts(&found.standard);
    let from = found.standard.applies_from;
    let mut proposed = insured.proposal(facts, from, standards);
    proposed.decision = Some(StandardDecision::Acquisition);
    proposed.remuneration = Some(found.standard.remuneration);
    let judgement = subject.judgement(KIND, "決定").explained(&found.explanation).with_new(from, standards);
    made.outputs.judgements.push(judgement);
    match of_book(facts, from) {
        None => {
            made.outputs.carried.standards.push(proposed);
            let sentence = "標準報酬の行がないので、取得時の報酬から決めて計算しました。";
            let remedy = "次の本の標準報酬に見込みとして入れています。決定通知書が来たら日付を入れてください。";
            made.outputs.findings.push(subject.finding(Severity::Info, "acquisition_standard", sentence, remedy));
        }
        Some(row) if is_same(row, &proposed) => {}
        Some(_) => {
            let sentence = "標準報酬が、被保険者資格の「取得時の報酬」の等級と違います。";
            let remedy = "取得時の報酬（見込みの残業代と通勤手当を含む）と標準報酬を確かめてください。";
            let finding = subject.finding(Severity::Warning, "acquisition_standard_differs", sentence, remedy);
            made.outputs.findings.push(finding);
        }
    }
    Ok(())
}

/// 標準報酬 of a joiner for whom the book has no row yet; `None` where 取得時の報酬 is unknown or the person is not insured.
pub(crate) fn standard_of_joiner(facts: &PersonFacts<'_>, month: Month) -> Result<Option<StandardRemuneration>, Stop> {
    let last_day = month.last_day().min(facts.employed()?.to);
    let Some(insured) = Insured::on(facts, last_day)? else { return Ok(None) };
    let found = determination(facts, &insured)?;
    Ok(found.map(|found| insured.proposal(facts, found.standard.applies_from, amounts(&found.standard))))
}

fn determination(facts: &PersonFacts<'_>, insured: &Insured<'_>) -> Result<Option<AcquisitionDetermination>, Stop> {
    let spell = insured.spell;
    let (Some(currency), Some(in_kind)) = (spell.acquisition_pay_currency, spell.acquisition_pay_in_kind) else {
        return Ok(None);
    };
    let schemes = Schemes { health: insured.health.is_some(), pension: insured.pension.is_some() || insured.over_70 };
    Ok(Some(acquisition_determination(facts.law, insured.acquired()?, currency, in_kind, schemes)?))
}

/// 標準報酬 the book has for the month of acquisition.
fn of_book<'run>(facts: &PersonFacts<'run>, from: Month) -> Option<&'run StandardRemuneration> {
    let rows = facts.rows.standards.iter().copied().filter(|row| row.applies_from <= from);
    rows.max_by_key(|row| (row.applies_from, row.number)).map(|row| &row.facts)
}

fn is_same(row: &StandardRemuneration, proposed: &StandardRemuneration) -> bool {
    row.health_standard == proposed.health_standard
        && row.pension_standard == proposed.pension_standard
        && row.pension_equivalent == proposed.pension_equivalent
}
