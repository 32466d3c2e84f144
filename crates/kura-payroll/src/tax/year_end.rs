use kura_calendar::Date;
use kura_law::Law;
use kura_yen::{Rounding, Yen};

use super::annual::bracket;
use super::{
    IncomeAdjustmentReasons, RULES, TaxRule, TaxYear, YearEndError, basic_deduction, income_adjustment, salary_income,
};
use crate::Citations;

/// What a 年末調整 is computed from. Amounts in yen; the declared ones are zero where nothing was declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEndFacts {
    /// 年分.
    pub year: TaxYear,
    /// The day the adjustment is made: it decides on which side of a reform inside the year it falls.
    pub adjusted_on: Date,
    /// 給与の総額 of the year, with earlier employers that held the 扶養控除等申告書.
    pub pay: Yen,
    /// 社会保険料等, withheld and declared, with 小規模企業共済等掛金.
    pub social_insurance: Yen,
    /// Every other 所得控除 except the basic deduction.
    pub other_deductions: Yen,
    /// Other income declared on the 基礎控除申告書: it counts for the step of the basic deduction alone.
    pub other_income: Yen,
    /// The declared reasons of 所得金額調整控除.
    pub income_adjustment_reasons: IncomeAdjustmentReasons,
    /// 住宅借入金等特別控除 as possible (控除可能額).
    pub housing_loan_credit: Yen,
}

/// 年末調整の結果, yen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEndAdjustment {
    /// 給与所得控除後の給与等の金額.
    pub salary_income: Yen,
    /// 所得金額調整控除.
    pub income_adjustment: Yen,
    /// 基礎控除.
    pub basic_deduction: Yen,
    /// 所得控除額の合計額, with the basic deduction.
    pub deductions_total: Yen,
    /// 課税給与所得金額, below 1,000 yen dropped.
    pub taxable_income: Yen,
    /// 算出所得税額.
    pub tax_before_credit: Yen,
    /// 住宅借入金等特別控除額 that could be used.
    pub credit_used: Yen,
    /// 年調年税額 with the surtax, below 100 yen dropped.
    pub annual_tax: Yen,
    /// The adjustment was made before a reform that is in force at the end of the year: the law of its day was used, and a
    /// person should look at it (the employee may file a return).
    pub needs_review: bool,
    /// The figures it stands on.
    pub citations: Citations,
}

impl YearEndAdjustment {
    /// 過納額 (positive, to refund) or 不足額 (negative, to collect) against the tax withheld in the year.
    pub fn refund(&self, withheld: Yen) -> Yen {
        withheld - self.annual_tax
    }
}

/// 年末調整 (所得税法190条). Pay above the limit of the adjustment is refused by name.
pub fn year_end_adjustment(law: &Law, facts: &YearEndFacts) -> Result<YearEndAdjustment, YearEndError> {
    let on = facts.year.law_day(facts.adjusted_on)?;
    let figure = |key| law.figure(RULES, key, on);
    let most = figure("year_end.target_pay_max")?;
    if facts.pay > most.yen()? {
        return Err(YearEndError::PayAboveTarget);
    }
    let mut citations = Citations::one(most.citation());
    let salary_income = salary_income(law, on, facts.pay)?;
    let adjustment = income_adjustment(law, on, facts.pay, facts.income_adjustment_reasons)?;
    let income = (salary_income.yen - adjustment.yen).or_zero();
    let basic_deduction = basic_deduction(law, on, income + facts.other_income)?;
    [&salary_income, &adjustment, &basic_deduction].iter().for_each(|part| citations.add_all(&part.citations));

    let deductions_total = facts.social_insurance + facts.other_deductions + basic_deduction.yen;
    let unit = figure("year_end.tax.unit")?;
    let taxable_income = (income - deductions_total).or_zero().floor_to(unit.integer()?);
    let before_credit = bracket(law, on, "income_tax", taxable_income, Rounding::Down)?;
    citations.add(before_credit.citation);

    let credit_used = facts.housing_loan_credit.min(before_credit.value);
    let (factor, tax_unit) = (figure("year_end.tax.factor")?, figure("year_end.tax.tax_unit")?);
    [unit, factor, tax_unit].iter().for_each(|figure| citations.add(figure.citation()));
    let with_surtax = (before_credit.value - credit_used).exact().times(factor.exact()?)?;
    Ok(YearEndAdjustment {
        salary_income: salary_income.yen,
        income_adjustment: adjustment.yen,
        basic_deduction: basic_deduction.yen,
        deductions_total,
        taxable_income,
        tax_before_credit: before_credit.value,
        credit_used,
        annual_tax: with_surtax.round_to(tax_unit.integer()?, Rounding::Down)?,
        needs_review: reform_follows(law, facts.year, on)?,
        citations,
    })
}

/// True when the law of the year's last day is another one than that of the day used.
fn reform_follows(law: &Law, year: TaxYear, on: Date) -> Result<bool, YearEndError> {
    let step = |day| law.row(TaxRule::BasicDeduction.table(), &["basic_deduction"], day).map(|row| row.citation());
    Ok(on < year.last_day() && step(on)? != step(year.last_day())?)
}
