use kura_calendar::Month;
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::InsuranceError;
use crate::figures::{self, SOCIAL};

/// 標準賞与額 of one payment month.
///
/// The premiums on it are those of [`crate::HealthRates`] and [`crate::PensionRates`] with the payment month as the month:
/// a March bonus already bears the new health rate while pay still bears February's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardBonus {
    /// 健康保険: what is left of the yearly cap at most, yen.
    pub health: Yen,
    /// 厚生年金保険: the monthly cap at most, yen.
    pub pension: Yen,
    citations: [CitationId; 3],
}

impl StandardBonus {
    /// Where the unit and the caps come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.citations.into_iter()
    }
}

/// The 標準賞与額 of all bonuses paid in one month: summed, cut to thousands once, capped (健康保険法45条, 厚生年金保険法24条の4).
///
/// `health_fiscal_year_prior` is the sum of the 標準賞与額 (健康保険) since April with the same insurer, exempt months included.
pub fn standard_bonus(
    law: &Law,
    payment_month: Month,
    bonuses_of_month: Yen,
    health_fiscal_year_prior: Yen,
) -> Result<StandardBonus, InsuranceError> {
    let on = payment_month.first_day();
    let unit = figures::integer(law, SOCIAL, "standard_bonus.truncate_below_yen", on)?;
    let health_cap = figures::yen(law, SOCIAL, "standard_bonus.health_cap_per_fiscal_year_yen", on)?;
    let pension_cap = figures::yen(law, SOCIAL, "standard_bonus.pension_cap_per_month_yen", on)?;
    let cut = bonuses_of_month.or_zero().floor_to(unit.value);
    Ok(StandardBonus {
        health: cut.min((health_cap.value - health_fiscal_year_prior).or_zero()),
        pension: cut.min(pension_cap.value),
        citations: [unit.citation, health_cap.citation, pension_cap.citation],
    })
}
