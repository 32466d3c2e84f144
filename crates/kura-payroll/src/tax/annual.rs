use kura_calendar::Date;
use kura_law::{Cited, Law};
use kura_yen::{Rounding, Yen};

use super::{RULES, TaxAmount, TaxRule, YearEndError};
use crate::Citations;

/// 給与所得控除後の金額 of a year's pay (yen) by 所得税法別表第五; pay above the table is refused by name.
pub fn salary_income(law: &Law, on: Date, pay: Yen) -> Result<TaxAmount, YearEndError> {
    by_brackets(law, on, "salary_income", pay, TaxRule::SalaryIncome)
}

/// 基礎控除 for a 合計所得金額 (yen).
pub fn basic_deduction(law: &Law, on: Date, total_income: Yen) -> Result<TaxAmount, YearEndError> {
    by_brackets(law, on, "basic_deduction", total_income, TaxRule::BasicDeduction)
}

/// The reasons of 所得金額調整控除 (措法41条の3の11第1項), as declared; one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IncomeAdjustmentReasons {
    /// 本人が特別障害者.
    pub special_disability: bool,
    /// 23歳未満の扶養親族がいる; both spouses may claim.
    pub dependent_under_23: bool,
    /// 同一生計配偶者又は扶養親族に特別障害者がいる.
    pub special_disability_in_family: bool,
}

impl IncomeAdjustmentReasons {
    /// True when one of them holds.
    pub const fn any(self) -> bool {
        self.special_disability || self.dependent_under_23 || self.special_disability_in_family
    }
}

/// 所得金額調整控除 of a year's pay (yen): a part of what exceeds the bound, up to the cap, a fraction raised to 1 yen.
pub fn income_adjustment(
    law: &Law,
    on: Date,
    pay: Yen,
    reasons: IncomeAdjustmentReasons,
) -> Result<TaxAmount, YearEndError> {
    let figure = |key| law.figure(RULES, key, on);
    let over = figure("year_end.income_adjustment.over")?;
    let mut citations = Citations::one(over.citation());
    let over = over.yen()?;
    if pay <= over || !reasons.any() {
        return Ok(TaxAmount::new(Yen::ZERO, TaxRule::IncomeAdjustment, citations));
    }
    let cap = figure("year_end.income_adjustment.cap")?;
    let percent = figure("year_end.income_adjustment.pct")?;
    let most = figure("year_end.income_adjustment.max")?;
    [cap, percent, most].iter().for_each(|figure| citations.add(figure.citation()));
    let part = (pay.min(cap.yen()?) - over).exact().times(percent.exact()?)?.divided_by_integer(100)?;
    let yen = part.round(Rounding::Up)?.min(most.yen()?);
    Ok(TaxAmount::new(yen, TaxRule::IncomeAdjustment, citations))
}

fn by_brackets(law: &Law, on: Date, name: &'static str, amount: Yen, rule: TaxRule) -> Result<TaxAmount, YearEndError> {
    let Cited { value, citation } = bracket(law, on, name, amount.or_zero(), Rounding::Down)?;
    Ok(TaxAmount::new(value, rule, Citations::one(citation)))
}

/// One look-up in the 速算表 of 年末調整.
pub(super) fn bracket(
    law: &Law,
    on: Date,
    name: &'static str,
    amount: Yen,
    rounding: Rounding,
) -> Result<Cited<Yen>, YearEndError> {
    let (value, citation) = law.brackets(TaxRule::SalaryIncome.table(), name, on).rounded(amount, rounding)?;
    Ok(Cited { value, citation })
}
