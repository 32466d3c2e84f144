use kura_calendar::Date;
use kura_law::{CitationId, Law};
use kura_yen::{Exact, Yen};

use crate::InsuranceError;
use crate::figures::SOCIAL;

/// 二以上事業所勤務: one full premium split by the pay of two establishments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoEstablishments {
    /// 全額 of this establishment, with the decimals that are kept.
    pub own_full: Exact,
    /// 全額 of the other establishment.
    pub other_full: Exact,
    /// Where the formula comes from.
    pub citation: CitationId,
}

/// full x own / (own + other), the decimals beyond `decimals` dropped (健康保険法44条3項, 161条4項).
///
/// 年金事務所 notifies each employer of its figure: the notified figure, not this one, is what pay uses. `full` is the full
/// premium on the standard of both; `own` and `other` are the monthly pay, or for a bonus the bonuses of the month.
pub fn two_establishments(
    law: &Law,
    on: Date,
    full: Exact,
    own: Yen,
    other: Yen,
    decimals: u32,
) -> Result<TwoEstablishments, InsuranceError> {
    if own == Yen::ZERO && other == Yen::ZERO {
        return Err(InsuranceError::NoPayToSplit);
    }
    let formula = law.figure(SOCIAL, "two_workplaces.formula", on)?;
    let both = own.exact().plus(other.exact())?;
    let part = |pay: Yen| full.times(pay.exact())?.divided_by(both)?.truncated_to(decimals);
    Ok(TwoEstablishments { own_full: part(own)?, other_full: part(other)?, citation: formula.citation() })
}
