use kura_yen::{Exact, Rounding, Yen};

use crate::row::RowRef;
use crate::{CitationId, LawError};

/// 速算表: steps by amount, each `rate x (amount cut to its step) + add`. A flat amount has rate 0.
#[derive(Debug, Clone, Copy)]
pub struct Brackets<'law> {
    law: &'law crate::Law,
    table: &'static str,
    name: &'static str,
    on: kura_calendar::Date,
}

/// The step an amount falls into.
#[derive(Debug, Clone, Copy)]
struct Step<'law>(RowRef<'law>);

impl<'law> Brackets<'law> {
    pub(crate) fn new(law: &'law crate::Law, table: &'static str, name: &'static str, on: kura_calendar::Date) -> Self {
        Self { law, table, name, on }
    }

    /// The exact value for an amount, and where its step comes from.
    pub fn value(&self, amount: Exact) -> Result<(Exact, CitationId), LawError> {
        for row in self.law.rows(self.table, &[self.name], self.on)? {
            let step = Step(row);
            if step.holds(amount)? {
                return Ok((step.apply(amount)?, row.citation()));
            }
        }
        Err(self.law.outside(self.table, &format!("{}の最後の段を超える金額", self.name)))
    }

    /// The value for an amount, a fraction rounded by the named rule.
    pub fn rounded(&self, amount: Yen, rounding: Rounding) -> Result<(Yen, CitationId), LawError> {
        let (exact, citation) = self.value(amount.exact())?;
        Ok((exact.round(rounding)?, citation))
    }
}

impl Step<'_> {
    fn holds(&self, amount: Exact) -> Result<bool, LawError> {
        Ok(self.0.integer_or_open("upto_incl")?.is_none_or(|bound| amount <= Exact::whole(bound)))
    }

    fn apply(&self, amount: Exact) -> Result<Exact, LawError> {
        let width = self.0.integer("step")?;
        let cut = if width > 1 { amount.round_to(width, Rounding::Down)?.exact() } else { amount };
        Ok(cut.times(self.0.exact("rate")?)?.plus(Exact::whole(self.0.integer("add")?))?)
    }
}
