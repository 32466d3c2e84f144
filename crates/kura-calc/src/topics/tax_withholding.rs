//! 源泉徴収: withholding, bonus_withholding, non_resident_withholding.

use kura_law::Law;
use kura_payroll::tax::{
    Bonus, BonusWithholding, Method, PayPeriod, TableRow, TaxColumn, non_resident_withholding as non_resident,
    withholding as withhold,
};
use kura_yen::Yen;

use super::limits::TAX_YEN_MAX;
use crate::answer::{Answer, Object};
use crate::error::CalcError;
use crate::request::Request;

/// The most dependants a request may name.
const DEPENDENTS_MAX: i64 = 99;

const METHODS: &[(&str, Method)] = &[("table", Method::Table), ("formula", Method::ComputerFormula)];
const PERIODS: &[(&str, PayPeriod)] = &[("month", PayPeriod::Month), ("day", PayPeriod::Day)];

/// 給与の源泉徴収税額.
pub(crate) fn withholding(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let payment_date = request.date("payment_date")?;
    let column = column(request)?;
    let period = request.choice("period", PERIODS)?;
    let method = request.choice("method", METHODS)?.unwrap_or(Method::Table);
    let taxable = request.yen("taxable", 0..=TAX_YEN_MAX)?;
    request.finish()?;

    // 丙欄 stands in the daily table alone.
    let usual = if column == TaxColumn::Hei { PayPeriod::Day } else { PayPeriod::Month };
    let mut answer = Answer::new();
    if let (Some(payment_date), Some(taxable)) = (payment_date, taxable) {
        let tax = withhold(law, payment_date, period.unwrap_or(usual), method, column, taxable)?;
        answer.fields().yen("tax", tax.yen);
        answer.fields().text("table", tax.rule.table());
        if let Some(row) = tax.row {
            answer.fields().object("row", |fields| row_bounds(fields, row));
        }
        answer.cite(tax.citations);
    }
    answer.or_missing(request, &["payment_date", "taxable"])
}

/// 賞与の源泉徴収税額.
pub(crate) fn bonus_withholding(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let payment_date = request.date("payment_date")?;
    let column = column(request)?;
    let method = request.choice("method", METHODS)?.unwrap_or(Method::Table);
    let amount = request.yen("bonus_after_social_insurance", 0..=TAX_YEN_MAX)?;
    let previous_pay = previous_pay(request)?;
    let period_months = request.integer::<u8>("period_months", 1..=12)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(payment_date), Some(after_social_insurance), Some(previous_pay)) = (payment_date, amount, previous_pay)
    {
        let bonus = Bonus { after_social_insurance, previous_pay, column, period_months: period_months.unwrap_or(6) };
        let result = BonusWithholding::on(law, payment_date, method).tax(&bonus)?;
        answer.fields().yen("tax", result.tax.yen);
        match result.rate {
            Some(rate) => answer.fields().decimal("rate", rate.exact(), 1),
            None => answer.fields().text("method", result.tax.rule.name()),
        }
        answer.cite(result.tax.citations);
    }
    answer.or_missing(request, &["payment_date", "bonus_after_social_insurance", "previous_pay_after_social_insurance"])
}

/// 非居住者の源泉徴収税額.
pub(crate) fn non_resident_withholding(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let payment_date = request.date("payment_date")?;
    let pay = request.yen("pay", 0..=TAX_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(payment_date), Some(pay)) = (payment_date, pay) {
        let tax = non_resident(law, payment_date, pay)?;
        answer.fields().yen("tax", tax.yen);
        answer.cite(tax.citations);
    }
    answer.or_missing(request, &["payment_date", "pay"])
}

/// 欄 and 扶養親族等の数. 甲 may carry its number in its name, as the tables head it: kou0 to kou7.
fn column(request: &mut Request<'_>) -> Result<TaxColumn, CalcError> {
    let given = request.integer("dependents", 0..=DEPENDENTS_MAX)?;
    let dependents = given.unwrap_or_default();
    let kou = |dependents| TaxColumn::Kou { dependents };
    let choices = [
        ("kou", kou(dependents)),
        ("otsu", TaxColumn::Otsu { secondary_dependents: dependents }),
        ("hei", TaxColumn::Hei),
        ("kou0", kou(0)),
        ("kou1", kou(1)),
        ("kou2", kou(2)),
        ("kou3", kou(3)),
        ("kou4", kou(4)),
        ("kou5", kou(5)),
        ("kou6", kou(6)),
        ("kou7", kou(7)),
    ];
    let column = request.choice("column", &choices)?.unwrap_or(kou(dependents));
    match column {
        TaxColumn::Kou { dependents: named } if given.is_some() && named != dependents => {
            let message = "欄の名の人数と dependents が違います。";
            Err(CalcError::wrong_combination("column", message, "どちらか一つにしてください。"))
        }
        column => Ok(column),
    }
}

/// 前月の給与: yen, or null or "none" where there was none. `None` when the field is missing.
fn previous_pay(request: &mut Request<'_>) -> Result<Option<Option<Yen>>, CalcError> {
    const FIELD: &str = "previous_pay_after_social_insurance";
    let none = request.is_null(FIELD) || matches!(request.text(FIELD), Ok(Some(text)) if text == "none");
    if none {
        return Ok(Some(None));
    }
    Ok(request.yen(FIELD, -TAX_YEN_MAX..=TAX_YEN_MAX)?.map(Some))
}

fn row_bounds(fields: &mut Object, row: TableRow) {
    fields.yen("from", row.from);
    match row.to_excl {
        Some(end) => fields.yen("to_excl", end),
        None => fields.null("to_excl"),
    }
}
