use kura_calendar::{Date, Month};
use kura_insurance::HealthParts;
use kura_model::{Bonus, BonusState, InsurerCode, PayHistory, PayKind, Row, Scheme};
use kura_payroll::bonus::{EarlierBonus, TakenPremiums};
use kura_yen::Yen;

use super::insurance;
use crate::person::PersonFacts;
use crate::stop::Stop;

/// The bonuses of the fiscal year up to a planned one: the rows of 賞与 that were paid, and the rows of 給与履歴 on days without
/// one. What is planned for an earlier day and not yet paid leaves the accumulation unknown.
pub(crate) fn of(facts: &PersonFacts<'_>, planned: &Row<Bonus>) -> Result<Vec<EarlierBonus>, Stop> {
    let month = Month::of(planned.paid_on);
    let year = month.fiscal_year();
    let counts = |paid_on: Date| paid_on <= planned.paid_on && Month::of(paid_on).fiscal_year() == year;
    let mut earlier = Vec::new();
    for row in facts.rows.bonuses.iter().filter(|row| counts(row.paid_on)) {
        match row.state {
            Some(BonusState::Settled | BonusState::Past) => earlier.push(paid(facts, row, month)?),
            Some(BonusState::Planned) if row.paid_on < planned.paid_on => return Err(not_settled(row)),
            Some(BonusState::Planned) => {}
            None => return Err(Stop::unknown("賞与", Some(row.number), "状態")),
        }
    }
    let settled_on: Vec<Date> = earlier.iter().map(|bonus| bonus.paid_on).collect();
    for row in facts.rows.history.iter().filter(|row| row.kind == PayKind::Bonus && counts(row.paid_on)) {
        if settled_on.contains(&row.paid_on) {
            continue;
        }
        if row.paid_on == planned.paid_on {
            return Err(already_paid(row));
        }
        let currency = row.remuneration_currency.or(row.gross);
        let currency = currency.ok_or_else(|| Stop::unknown("給与履歴", Some(row.number), "報酬 通貨"))?;
        let in_kind = row.remuneration_in_kind.unwrap_or(Yen::ZERO);
        earlier.push(bonus(facts, row.paid_on, (currency, in_kind), taken(None, Some(row), row.paid_on, month)?)?);
    }
    Ok(earlier)
}

/// A paid row of 賞与. Where 給与履歴 holds the same payment, it says what of it counts as bonus for social insurance.
fn paid(facts: &PersonFacts<'_>, row: &Row<Bonus>, month: Month) -> Result<EarlierBonus, Stop> {
    let alone = facts.rows.bonuses.iter().filter(|other| other.paid_on == row.paid_on).count() == 1;
    let mut histories = facts.rows.history.iter().filter(|of| of.kind == PayKind::Bonus && of.paid_on == row.paid_on);
    let history = histories.next().copied().filter(|_| alone);
    let counted = history.and_then(|of| Some((of.remuneration_currency?, of.remuneration_in_kind?)));
    let typed = || {
        let currency = row.amount_currency.ok_or_else(|| Stop::unknown("賞与", Some(row.number), "支給額 通貨"))?;
        Ok::<_, Stop>((currency, row.amount_in_kind.unwrap_or(Yen::ZERO)))
    };
    let amounts = counted.map_or_else(typed, Ok)?;
    bonus(facts, row.paid_on, amounts, taken(Some(row), history, row.paid_on, month)?)
}

fn bonus(
    facts: &PersonFacts<'_>,
    paid_on: Date,
    (currency, in_kind): (Yen, Yen),
    taken: TakenPremiums,
) -> Result<EarlierBonus, Stop> {
    let insured = |scheme| insurance::spell_on(facts, scheme, paid_on);
    let health_insurer: Option<InsurerCode> = match insured(Scheme::Health)? {
        Some(_) => Some(insurance::insurer_code(facts, paid_on)?),
        None => None,
    };
    let over_70 = insurance::is_over_70(facts, paid_on)?;
    let pension_insured = over_70 || insured(Scheme::Pension)?.is_some();
    Ok(EarlierBonus { paid_on, currency, in_kind, health_insurer, pension_insured, taken })
}

/// What was taken from a bonus of the same month; of other months nothing needs to be known.
fn taken(
    row: Option<&Row<Bonus>>,
    history: Option<&Row<PayHistory>>,
    paid_on: Date,
    month: Month,
) -> Result<TakenPremiums, Stop> {
    if !month.contains(paid_on) {
        return Ok(TakenPremiums::NONE);
    }
    let unknown = |column| Stop::unknown("賞与", row.map(|row| row.number), column);
    let health = history.and_then(|of| of.health_total).or(row.and_then(|row| row.health_total));
    let health = health.ok_or_else(|| unknown("健康保険料"))?;
    let pension = history.and_then(|of| of.pension).or(row.and_then(|row| row.pension));
    let pension = pension.ok_or_else(|| unknown("厚生年金"))?;
    let parts = history.and_then(|of| Some((of.care?, of.support_levy?)));
    let parts =
        parts.map(|(care, support_levy)| HealthParts { health: health - care - support_levy, care, support_levy });
    Ok(TakenPremiums { health, health_parts: parts, pension })
}

fn not_settled(row: &Row<Bonus>) -> Stop {
    Stop {
        sheet: "賞与",
        row: Some(row.number),
        column: Some("状態"),
        code: "earlier_bonus_planned",
        sentence: format!("先に支給する {} の賞与が予定のままのため、年度の累計がわかりません。", row.paid_on),
        remedy: "先の賞与を実行してその次の本を使うか、支給しなかった行を消してください。".to_owned(),
    }
}

fn already_paid(row: &Row<PayHistory>) -> Stop {
    Stop {
        sheet: "給与履歴",
        row: Some(row.number),
        column: Some("種別"),
        code: "bonus_settled",
        sentence: format!("{} 支給の賞与が給与履歴にすでにあります。", row.paid_on),
        remedy: "支払った賞与なら、賞与の行の状態を「確定」にしてください。".to_owned(),
    }
}
