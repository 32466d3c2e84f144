use kura_calendar::Date;
use kura_law::{CitationId, Law};
use kura_yen::{Exact, Rounding, Yen};

use crate::InsuranceError;
use crate::figures::{self, SOCIAL};

/// 傷病手当金 of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SicknessAllowance {
    /// 標準報酬月額の平均額の30分の1, to the nearest 10 yen.
    pub daily_standard: Yen,
    /// 1日当たりの支給額: two thirds of it, to the nearest yen.
    pub daily_benefit: Yen,
    /// Where divisor, unit and fraction come from.
    pub citations: [CitationId; 4],
}

/// The allowance of a day from the average 標準報酬月額 of the twelve months before it begins (健康保険法99条2項).
pub fn sickness_allowance(law: &Law, on: Date, average_standard: Exact) -> Result<SicknessAllowance, InsuranceError> {
    let figure = |name: &str| figures::integer(law, SOCIAL, &format!("sickness_allowance.{name}"), on);
    let days = figure("days_of_month")?;
    let unit = figure("daily_unit_yen")?;
    let numerator = figure("numerator")?;
    let denominator = figure("denominator")?;
    let daily_standard = average_standard.divided_by_integer(days.value)?.round_to(unit.value, Rounding::HalfUp)?;
    let benefit = daily_standard.exact().times_integer(numerator.value)?.divided_by_integer(denominator.value)?;
    Ok(SicknessAllowance {
        daily_standard,
        daily_benefit: benefit.round(Rounding::HalfUp)?,
        citations: [days.citation, unit.citation, numerator.citation, denominator.citation],
    })
}
