use kura_calendar::Date;
use kura_law::{BonusGrid, Law};
use kura_yen::{Rate, Rounding, Yen};

use super::{ComputerFormula, Method, RULES, TaxAmount, TaxColumn, TaxRule, WithholdingError, WithholdingTable};
use crate::Citations;

/// A bonus as withholding sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// 社会保険料等控除後の賞与, yen.
    pub after_social_insurance: Yen,
    /// 前月の給与 after social insurance, bonus left out, yen; `None` where there was none. May be zero or negative.
    pub previous_pay: Option<Yen>,
    /// The column and the people that count now.
    pub column: TaxColumn,
    /// 賞与の計算の基礎となった期間, months.
    pub period_months: u8,
}

/// The tax of a bonus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusTax {
    /// 税額 with its rule.
    pub tax: TaxAmount,
    /// 賞与の金額に乗ずべき率, where the rate table was used.
    pub rate: Option<Rate>,
}

/// 賞与の源泉徴収 of one 支給日 (所得税法186条).
#[derive(Debug, Clone, Copy)]
pub struct BonusWithholding<'law> {
    law: &'law Law,
    payment_date: Date,
    method: Method,
}

impl<'law> BonusWithholding<'law> {
    /// For a 支給日; `method` is the payer's way of computing monthly tax, which the two exceptions use.
    pub const fn on(law: &'law Law, payment_date: Date, method: Method) -> Self {
        Self { law, payment_date, method }
    }

    /// 税額. Without pay in the previous month, or where the bonus is more than the statutory multiple of it, the monthly
    /// table gives the tax; else the rate table does. A year whose table is missing is refused by name.
    pub fn tax(&self, bonus: &Bonus) -> Result<BonusTax, WithholdingError> {
        if bonus.column == TaxColumn::Hei {
            return Err(WithholdingError::HeiHasNoBonus);
        }
        let Some(previous_pay) = bonus.previous_pay.filter(|pay| *pay > Yen::ZERO) else {
            return self.by_monthly_tax(bonus, None, TaxRule::BonusWithoutPreviousPay, Citations::none());
        };
        let multiple = self.law.figure(RULES, "withholding.bonus_fallback_multiple", self.payment_date)?;
        let most = Yen::new(previous_pay.get().saturating_mul(multiple.integer()?));
        if bonus.after_social_insurance > most {
            let cited = Citations::one(multiple.citation());
            return self.by_monthly_tax(bonus, Some(previous_pay), TaxRule::BonusOverMultiple, cited);
        }
        by_rate(self.law, self.law.bonus_withholding(self.payment_date)?, bonus, previous_pay)
    }

    /// A month's share of the bonus is taxed on top of the previous month's pay, and the tax taken for every month.
    fn by_monthly_tax(
        &self,
        bonus: &Bonus,
        previous_pay: Option<Yen>,
        rule: TaxRule,
        mut citations: Citations,
    ) -> Result<BonusTax, WithholdingError> {
        let figure = |key| self.law.figure(RULES, key, self.payment_date);
        let short = figure("withholding.bonus_short_period_months")?;
        let months = if i64::from(bonus.period_months) <= short.integer()? {
            short
        } else {
            figure("withholding.bonus_long_period_months")?
        };
        citations.add(months.citation());
        let months = months.integer()?;
        let share = bonus.after_social_insurance.or_zero().exact().divided_by_integer(months)?.round(Rounding::Down)?;
        let with_share = self.monthly_tax(previous_pay.unwrap_or_default() + share, bonus.column)?;
        let without = previous_pay.map(|pay| self.monthly_tax(pay, bonus.column)).transpose()?;
        citations.add_all(&with_share.citations);
        let mut monthly = with_share.yen;
        if let Some(without) = without {
            citations.add_all(&without.citations);
            monthly -= without.yen;
        }
        let yen = Yen::new(monthly.or_zero().get().saturating_mul(months));
        Ok(BonusTax { tax: TaxAmount { yen, rule, row: with_share.row, citations }, rate: None })
    }

    fn monthly_tax(&self, pay: Yen, column: TaxColumn) -> Result<TaxAmount, WithholdingError> {
        match (self.method, column) {
            (Method::ComputerFormula, TaxColumn::Kou { dependents }) => {
                ComputerFormula::on(self.law, self.payment_date)?.tax(pay, dependents)
            }
            _ => WithholdingTable::monthly(self.law, self.payment_date)?.tax(pay, column),
        }
    }
}

fn by_rate(law: &Law, grid: &BonusGrid, bonus: &Bonus, previous_pay: Yen) -> Result<BonusTax, WithholdingError> {
    let dependents = if let TaxColumn::Kou { dependents } = bonus.column { usize::from(dependents) } else { 0 };
    let rate = grid.rate(bonus.column.column(), previous_pay, dependents);
    let rate = rate.ok_or_else(|| law.outside(TaxRule::BonusRateTable.table(), "前月の給与のこの金額"))?;
    let tax = rate.of_rounded(bonus.after_social_insurance.or_zero(), Rounding::Down)?;
    let tax = TaxAmount::new(tax, TaxRule::BonusRateTable, Citations::one(grid.citation()));
    Ok(BonusTax { tax, rate: Some(rate) })
}
