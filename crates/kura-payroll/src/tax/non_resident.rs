use kura_calendar::Date;
use kura_law::Law;
use kura_yen::{Rate, Rounding, Yen};

use super::{RULES, TaxAmount, TaxRule, WithholdingError};
use crate::Citations;

/// 非居住者の源泉徴収税額: a rate of the gross pay (yen), below 1 yen dropped; no table, no deductions (所得税法212条, 213条).
pub fn non_resident_withholding(law: &Law, payment_date: Date, pay: Yen) -> Result<TaxAmount, WithholdingError> {
    let figure = law.figure(RULES, "withholding.non_resident_rate", payment_date)?;
    let tax = Rate::from_decimal(figure.text()?)?.of_rounded(pay.or_zero(), Rounding::Down)?;
    Ok(TaxAmount::new(tax, TaxRule::NonResident, Citations::one(figure.citation())))
}
