use kura_calendar::Month;
use kura_law::{CitationId, Law};
use kura_yen::{Rounding, Yen};

use crate::InsuranceError;
use crate::premium_rates::national;

/// 介護保険料 of a whole year, full amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareYear {
    /// 全額, yen, 四捨五入: the way 協会けんぽ publishes the burden of a year. No one is billed this figure.
    pub full_rounded: Yen,
    /// Where the rate comes from.
    pub citation: CitationId,
}

/// The care premium of `months` months at one 標準報酬月額 and of the bonuses of the year, at the rate of one month.
pub fn care_premium_of_year(
    law: &Law,
    month: Month,
    standard: Yen,
    months: u8,
    bonus_standard: Yen,
) -> Result<CareYear, InsuranceError> {
    let rate = national(law, "care", month)?;
    let base = standard.exact().times_integer(i64::from(months))?.plus(bonus_standard.exact())?;
    Ok(CareYear { full_rounded: base.times(rate.value)?.round(Rounding::HalfUp)?, citation: rate.citation })
}
