use kura_calendar::Date;
use kura_law::{Grid, Law};
use kura_yen::Yen;

use super::{PayPeriod, RULES, TableRow, TaxAmount, TaxColumn, TaxRule, WithholdingError};
use crate::Citations;

/// 月額表 or 日額表 of one 支給日, ready for many people.
#[derive(Debug, Clone, Copy)]
pub struct WithholdingTable<'law> {
    law: &'law Law,
    payment_date: Date,
    period: PayPeriod,
    grid: &'law Grid,
    /// 扶養親族等の数 of the last printed 甲 column.
    columns: i64,
}

impl<'law> WithholdingTable<'law> {
    /// 月額表 for a 支給日. A year without a table is refused by name.
    pub fn monthly(law: &'law Law, payment_date: Date) -> Result<Self, WithholdingError> {
        Self::open(law, payment_date, PayPeriod::Month, law.monthly_withholding(payment_date)?)
    }

    /// 日額表 for a 支給日. A year without a table is refused by name.
    pub fn daily(law: &'law Law, payment_date: Date) -> Result<Self, WithholdingError> {
        Self::open(law, payment_date, PayPeriod::Day, law.daily_withholding(payment_date)?)
    }

    fn open(law: &'law Law, payment_date: Date, period: PayPeriod, grid: &'law Grid) -> Result<Self, WithholdingError> {
        let columns = law.figure(RULES, "withholding.columns_of_dependents", payment_date)?.integer()?;
        Ok(Self { law, payment_date, period, grid, columns })
    }

    /// 税額 of one person's pay after social insurance (yen). 丙欄 above its last printed row is refused by name.
    pub fn tax(&self, taxable: Yen, column: TaxColumn) -> Result<TaxAmount, WithholdingError> {
        if column == TaxColumn::Hei && self.period == PayPeriod::Month {
            return Err(WithholdingError::HeiIsDaily);
        }
        let dependents = if let TaxColumn::Kou { dependents } = column { dependents } else { 0 };
        let hit = self.grid.tax(column.column(), taxable, usize::from(dependents))?;
        let hit = hit.ok_or_else(|| self.law.outside(self.rule().table(), "丙欄の最後の行を超える金額"))?;
        let mut citations = Citations::one(hit.citation);
        let off = self.off_printed_tax(column, &mut citations)?;
        let row = TableRow { from: Yen::new(hit.row_from), to_excl: hit.row_to_excl.map(Yen::new) };
        Ok(TaxAmount { yen: (hit.tax - off).or_zero(), rule: self.rule(), row: Some(row), citations })
    }

    /// What the 備考 takes off the printed tax: a fixed sum for each person beyond the columns of 甲, and for each person on
    /// the secondary declaration of 乙.
    fn off_printed_tax(&self, column: TaxColumn, citations: &mut Citations) -> Result<Yen, WithholdingError> {
        let (key, people) = match (column, self.period) {
            (TaxColumn::Kou { dependents }, period) => {
                let key = match period {
                    PayPeriod::Month => "withholding.monthly_over7_per_person",
                    PayPeriod::Day => "withholding.daily_over7_per_person",
                };
                (key, i64::from(dependents).saturating_sub(self.columns).max(0))
            }
            (TaxColumn::Otsu { secondary_dependents }, PayPeriod::Month) => {
                ("withholding.otsu_secondary_dependent_monthly", i64::from(secondary_dependents))
            }
            (TaxColumn::Otsu { secondary_dependents }, PayPeriod::Day) => {
                ("withholding.otsu_secondary_dependent_daily", i64::from(secondary_dependents))
            }
            (TaxColumn::Hei, _) => return Ok(Yen::ZERO),
        };
        if people == 0 {
            return Ok(Yen::ZERO);
        }
        let per_person = self.law.figure(RULES, key, self.payment_date)?;
        citations.add(per_person.citation());
        Ok(Yen::new(per_person.integer()?.saturating_mul(people)))
    }

    const fn rule(&self) -> TaxRule {
        match self.period {
            PayPeriod::Month => TaxRule::MonthlyTable,
            PayPeriod::Day => TaxRule::DailyTable,
        }
    }
}
