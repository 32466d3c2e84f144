use std::collections::BTreeMap;

use kura_calendar::{Date, Month};
use kura_insurance::standard_bonus;
use kura_law::Law;
use kura_yen::Yen;

use super::BonusError;
use super::insured::Insured;
use super::person::{EarlierBonus, InsuranceFacts};
use crate::Citations;

/// 標準賞与額 of the payment month: all its bonuses together, cut to thousands once, capped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardBonusOfMonth {
    /// The bonuses of the month that count for health, this one included, yen.
    pub health_bonuses: Yen,
    /// 年度累計 before this month with the same insurer, with what was typed of others, yen.
    pub health_before: Yen,
    /// 標準賞与額 (健康保険), yen; 0 where not insured.
    pub health: Yen,
    /// The bonuses of the month that count for the pension, this one included, yen.
    pub pension_bonuses: Yen,
    /// 標準賞与額 (厚生年金; for a 70歳以上被用者 the 相当額), yen; 0 where neither.
    pub pension: Yen,
    /// Unit and caps.
    pub citations: Citations,
}

impl StandardBonusOfMonth {
    /// For the facts of a person whose bonus counts with `amount`. Exempt bonuses and those of a month of loss count as all
    /// others; what was paid while not insured, or under another insurer, does not (健康保険法45条, 厚生年金保険法24条の4).
    pub(super) fn of(
        law: &Law,
        facts: &InsuranceFacts,
        insured: &Insured,
        paid_on: Date,
        amount: Yen,
    ) -> Result<Self, BonusError> {
        let month = Month::of(paid_on);
        let other = facts.two_establishments.and_then(|both| both.other_bonus).unwrap_or(Yen::ZERO);
        let mut standard = Self::default();
        if insured.health.is_insured() {
            let with_insurer = with_the_same_insurer(facts, paid_on);
            standard.health_bonuses = amount + other + of_month(&with_insurer, month);
            standard.health_before = counted_before(law, &with_insurer, month)? + facts.other_health_standard_bonus;
            let found = standard_bonus(law, month, standard.health_bonuses, standard.health_before)?;
            standard.health = found.health;
            found.citations().for_each(|citation| standard.citations.add(citation));
        }
        if insured.pension.is_insured() || insured.over_70 {
            let in_pension: Vec<&EarlierBonus> =
                facts.earlier.iter().filter(|earlier| earlier.pension_insured && earlier.paid_on <= paid_on).collect();
            standard.pension_bonuses = amount + other + of_month(&in_pension, month);
            let found = standard_bonus(law, month, standard.pension_bonuses, Yen::ZERO)?;
            standard.pension = found.pension;
            found.citations().for_each(|citation| standard.citations.add(citation));
        }
        Ok(standard)
    }
}

fn with_the_same_insurer(facts: &InsuranceFacts, paid_on: Date) -> Vec<&EarlierBonus> {
    let insurer = facts.insurer.as_ref().map(|insurer| &insurer.code);
    let counts = |earlier: &&EarlierBonus| {
        insurer.is_some() && earlier.health_insurer.as_ref() == insurer && earlier.paid_on <= paid_on
    };
    facts.earlier.iter().filter(counts).collect()
}

fn of_month(earlier: &[&EarlierBonus], month: Month) -> Yen {
    earlier.iter().filter(|bonus| month.contains(bonus.paid_on)).map(|bonus| bonus.amount()).sum()
}

/// What the earlier months of the same fiscal year count with, each month cut to thousands on its own.
fn counted_before(law: &Law, earlier: &[&EarlierBonus], month: Month) -> Result<Yen, BonusError> {
    let mut by_month: BTreeMap<Month, Yen> = BTreeMap::new();
    for bonus in earlier {
        let paid_in = Month::of(bonus.paid_on);
        if paid_in < month && paid_in.fiscal_year() == month.fiscal_year() {
            *by_month.entry(paid_in).or_default() += bonus.amount();
        }
    }
    let mut counted = Yen::ZERO;
    for (paid_in, amount) in by_month {
        counted += standard_bonus(law, paid_in, amount, counted)?.health;
    }
    Ok(counted)
}
