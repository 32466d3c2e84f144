//! 年末調整 and its parts: salary_income, basic_deduction, income_adjustment, life_insurance_deduction, year_end_adjustment.

use kura_law::Law;
use kura_payroll::tax::{
    IncomeAdjustmentReasons, LifeInsurancePremiums, TaxYear, YearEndFacts, basic_deduction as basic,
    income_adjustment as adjustment, life_insurance_deduction as life, salary_income as income,
    year_end_adjustment as adjust,
};
use kura_yen::Yen;

use super::limits::TAX_YEN_MAX;
use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

/// 所得控除 that a year_end_adjustment may name one by one, each an amount of yen; the basic deduction is computed.
const DEDUCTIONS: &[&str] = &[
    "small_enterprise_mutual_aid",
    "life_insurance",
    "earthquake_insurance",
    "spouse",
    "spouse_special",
    "dependents",
    "specified_relative",
    "disability",
    "widow",
    "single_parent",
    "working_student",
    "other_total",
];

/// 給与所得控除後の金額.
pub(crate) fn salary_income(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let year = year(request)?;
    let pay = request.yen("pay", 0..=TAX_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(year), Some(pay)) = (year, pay) {
        let amount = income(law, year.last_day(), pay)?;
        answer.fields().yen("amount", amount.yen);
        answer.cite(amount.citations);
    }
    answer.or_missing(request, &["year", "pay"])
}

/// 基礎控除.
pub(crate) fn basic_deduction(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let year = year(request)?;
    let total_income = request.yen("total_income", 0..=TAX_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(year), Some(total_income)) = (year, total_income) {
        let amount = basic(law, year.last_day(), total_income)?;
        answer.fields().yen("amount", amount.yen);
        answer.cite(amount.citations);
    }
    answer.or_missing(request, &["year", "total_income"])
}

/// 所得金額調整控除.
pub(crate) fn income_adjustment(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let year = year(request)?;
    let pay = request.yen("pay", 0..=TAX_YEN_MAX)?;
    let reasons = reasons(request)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(year), Some(pay)) = (year, pay) {
        let amount = adjustment(law, year.last_day(), pay, reasons)?;
        answer.fields().yen("amount", amount.yen);
        answer.cite(amount.citations);
    }
    answer.or_missing(request, &["year", "pay"])
}

/// 生命保険料控除. A class is answered when one of its premiums is given, the total when every class is.
pub(crate) fn life_insurance_deduction(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let year = year(request)?;
    let mut premium = |name| request.yen(name, 0..=TAX_YEN_MAX);
    let (general_new, general_old) = (premium("general_new")?, premium("general_old")?);
    let care = premium("care")?;
    let (pension_new, pension_old) = (premium("pension_new")?, premium("pension_old")?);
    let has_dependent_under_23 = request.flag("has_dependent_under_23")?.unwrap_or(false);
    request.finish()?;

    let general = general_new.is_some() || general_old.is_some();
    let pension = pension_new.is_some() || pension_old.is_some();
    let mut answer = Answer::new();
    if let Some(year) = year.filter(|_| general || pension || care.is_some()) {
        let paid = LifeInsurancePremiums {
            general_new: general_new.unwrap_or_default(),
            general_old: general_old.unwrap_or_default(),
            care: care.unwrap_or_default(),
            pension_new: pension_new.unwrap_or_default(),
            pension_old: pension_old.unwrap_or_default(),
            has_dependent_under_23,
        };
        let deduction = life(law, year.last_day(), &paid)?;
        let results = [
            ("general", deduction.general, general),
            ("care", deduction.care, care.is_some()),
            ("pension", deduction.pension, pension),
            ("total", deduction.total, general && care.is_some() && pension),
        ];
        for (name, amount, _) in results.iter().filter(|(.., known)| *known) {
            answer.fields().yen(name, *amount);
        }
        answer.cite(deduction.citations);
    }
    answer.or_missing(request, &["year", "general_new", "care", "pension_new"])
}

/// 年末調整. What only a declaration of the employee brings in is zero where the request does not name it.
pub(crate) fn year_end_adjustment(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let year = year(request)?;
    let adjusted_on = request.date("adjusted_on")?;
    let pay = request.yen("pay", 0..=TAX_YEN_MAX)?;
    let withheld = request.yen("withheld", 0..=TAX_YEN_MAX)?;
    let social_insurance = request.yen("social_insurance", 0..=TAX_YEN_MAX)?;
    let (other_deductions, has_other_total) = deductions(request)?;
    let housing_loan_credit = request.yen("housing_loan_credit", 0..=TAX_YEN_MAX)?.unwrap_or_default();
    let other_income = request.yen("other_income", 0..=TAX_YEN_MAX)?.unwrap_or_default();
    let income_adjustment_reasons = reasons(request)?;
    request.finish()?;

    // other_total may hold the social insurance too.
    let social_insurance = social_insurance.or(has_other_total.then_some(Yen::ZERO));
    let mut answer = Answer::new();
    if let (Some(year), Some(adjusted_on), Some(pay)) = (year, adjusted_on, pay) {
        let known = social_insurance.zip(other_deductions);
        let (social_insurance, other_deductions) = known.unwrap_or_default();
        let facts = YearEndFacts {
            year,
            adjusted_on,
            pay,
            social_insurance,
            other_deductions,
            other_income,
            income_adjustment_reasons,
            housing_loan_credit,
        };
        let result = adjust(law, &facts)?;
        let fields = answer.fields();
        fields.yen("salary_income", result.salary_income);
        fields.yen("income_adjustment", result.income_adjustment);
        fields.yen("basic_deduction", result.basic_deduction);
        if known.is_some() {
            fields.yen("deductions_total", result.deductions_total);
            fields.yen("taxable_income", result.taxable_income);
            fields.yen("tax_before_credit", result.tax_before_credit);
            fields.yen("housing_loan_credit_used", result.credit_used);
            fields.yen("annual_tax", result.annual_tax);
            if let Some(withheld) = withheld {
                fields.yen("refund", result.refund(withheld));
            }
        }
        if result.needs_review {
            fields.flag("needs_review", true);
        }
        answer.cite(result.citations);
    }
    answer.or_missing(request, &["year", "adjusted_on", "pay"])
}

/// 年分, Gregorian.
fn year(request: &mut Request<'_>) -> Result<Option<TaxYear>, CalcError> {
    let number = request.integer::<i16>("year", 1990..=2199)?;
    Ok(number.map(TaxYear::new).transpose()?)
}

fn reasons(request: &mut Request<'_>) -> Result<IncomeAdjustmentReasons, CalcError> {
    let mut declared = |name| request.flag(name).map(|flag| flag.unwrap_or(false));
    Ok(IncomeAdjustmentReasons {
        special_disability: declared("special_disability")?,
        dependent_under_23: declared("dependent_under_23")?,
        special_disability_in_family: declared("special_disability_in_family")?,
    })
}

/// The sum of the named deductions, and whether other_total is among them; `None` when the request has no deductions.
fn deductions(request: &mut Request<'_>) -> Result<(Option<Yen>, bool), CalcError> {
    let given = request.object("deductions", |named| {
        let mut sum = Yen::ZERO;
        for name in DEDUCTIONS {
            sum += named.yen(name, 0..=TAX_YEN_MAX)?.unwrap_or_default();
        }
        Ok((sum, named.has("other_total")))
    })?;
    Ok(given.map_or((None, false), |(sum, has_other_total)| (Some(sum), has_other_total)))
}
