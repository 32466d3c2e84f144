use kura_calendar::Date;
use kura_law::{CitationId, Law};
use kura_yen::{Rounding, Yen};

use crate::InsuranceError;
use crate::labor_insurance::{accident_rate, wage_base};

/// The accident-insurance premium of a construction contract whose wages cannot be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConstructionContract {
    /// 賃金総額とみなす額, cut to thousands, yen.
    pub wage_base: Yen,
    /// 労災保険料, yen.
    pub premium: Yen,
    /// Where the labour-cost ratio, the rate and the unit come from.
    pub citations: [CitationId; 3],
}

/// 請負による建設の事業 (徴収法施行規則12条, 13条): contract amount without consumption tax x 労務費率, cut to thousands,
/// x 労災保険率, cut to yen. Ratio and rate are those of the day the work begins.
///
/// `sub` parts type 36 (機械装置の組立て又は据付け): `assembly` or `other`; empty for every other type.
pub fn construction_contract(
    law: &Law,
    work_start: Date,
    type_code: &str,
    sub: &str,
    contract: Yen,
) -> Result<ConstructionContract, InsuranceError> {
    let ratio = law.row("labor_cost_ratios", &[type_code, sub], work_start)?;
    let percent = ratio.integer("labour_cost_percent_of_contract")?;
    let wages = contract.exact().times_integer(percent)?.divided_by_integer(100)?.round(Rounding::Down)?;
    let base = wage_base(law, work_start, wages)?;
    let rate = accident_rate(law, work_start, type_code)?;
    Ok(ConstructionContract {
        wage_base: base.value,
        premium: base.value.exact().times(rate.value)?.round(Rounding::Down)?,
        citations: [ratio.citation(), rate.citation, base.citation],
    })
}
