use std::collections::BTreeMap;

use kura_calendar::{Date, Month};
use kura_insurance::standard_bonus;
use kura_law::Law;
use kura_yen::Yen;

use super::BonusError;
use super::insured::{Charge, Insured};
use super::person::{EarlierBonus, InsuranceFacts};
use crate::Citations;
use crate::pay::{Input, Reason, Total, Trace};

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
        let earlier = facts.earlier.iter().filter(|bonus| bonus.paid_on <= paid_on);
        let mut standard = Self::default();
        if insured.health.is_insured() {
            let insurer = facts.insurer.as_ref().map(|insurer| &insurer.code);
            let with_insurer =
                earlier.clone().filter(|bonus| insurer.is_some() && bonus.health_insurer.as_ref() == insurer);
            let (together, before): (Vec<_>, Vec<_>) =
                with_insurer.partition(|bonus| bonus.is_of(month, insured.health_since));
            standard.health_bonuses = amount + other + sum(&together);
            standard.health_before = counted_before(law, &before, month)? + facts.other_health_standard_bonus;
            let found = standard_bonus(law, month, standard.health_bonuses, standard.health_before)?;
            standard.health = found.health;
            found.citations().for_each(|citation| standard.citations.add(citation));
        }
        if insured.pension.is_insured() || insured.over_70 {
            let in_pension = earlier.filter(|bonus| bonus.pension_insured);
            let together: Vec<_> = in_pension.filter(|bonus| bonus.is_of(month, insured.pension_since)).collect();
            standard.pension_bonuses = amount + other + sum(&together);
            let found = standard_bonus(law, month, standard.pension_bonuses, Yen::ZERO)?;
            standard.pension = found.pension;
            found.citations().for_each(|citation| standard.citations.add(citation));
        }
        Ok(standard)
    }

    /// Says for both schemes what counts and whether a premium is charged on it.
    pub(super) fn explain<T: Trace>(&self, insured: &Insured, trace: &mut T) {
        let reason = |charge: Charge, bonuses: Yen, before: Yen, standard: Yen| Reason {
            inputs: vec![
                ("判定", Input::Text(charge.japanese().to_owned())),
                ("月の賞与の合計", bonuses.into()),
                ("年度累計（この月より前）", before.into()),
            ],
            exact: Some(standard.exact()),
            citations: insured.citations.iter().chain(self.citations.iter()).collect(),
            ..Reason::default()
        };
        trace.total(Total::HealthStandardBonus, || {
            reason(insured.health, self.health_bonuses, self.health_before, self.health)
        });
        trace.total(Total::PensionStandardBonus, || {
            let mut reason = reason(insured.pension, self.pension_bonuses, Yen::ZERO, self.pension);
            reason.inputs.truncate(2);
            reason
        });
    }
}

fn sum(bonuses: &[&EarlierBonus]) -> Yen {
    bonuses.iter().map(|bonus| bonus.amount()).sum()
}

/// What the same fiscal year counted before, each month cut to thousands on its own; what an earlier spell of the payment month
/// bore is among it.
fn counted_before(law: &Law, earlier: &[&EarlierBonus], month: Month) -> Result<Yen, BonusError> {
    let mut by_month: BTreeMap<Month, Yen> = BTreeMap::new();
    for bonus in earlier {
        let paid_in = Month::of(bonus.paid_on);
        if paid_in.fiscal_year() == month.fiscal_year() {
            *by_month.entry(paid_in).or_default() += bonus.amount();
        }
    }
    let mut counted = Yen::ZERO;
    for (paid_in, amount) in by_month {
        counted += standard_bonus(law, paid_in, amount, counted)?.health;
    }
    Ok(counted)
}
