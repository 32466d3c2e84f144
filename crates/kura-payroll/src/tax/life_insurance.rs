use kura_calendar::Date;
use kura_law::Law;
use kura_yen::{Rounding, Yen};

use super::annual::bracket;
use super::{RULES, TaxRule, YearEndError};
use crate::Citations;

const NEW: &str = "life_insurance_new";
const NEW_GENERAL_UNDER_23: &str = "life_insurance_new_general_under23";
const OLD: &str = "life_insurance_old";

/// 生命保険料 paid in the year by class, yen (保険料控除申告書).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LifeInsurancePremiums {
    /// 一般の生命保険料, new contracts (2012-01-01 on).
    pub general_new: Yen,
    /// 一般の生命保険料, old contracts.
    pub general_old: Yen,
    /// 介護医療保険料.
    pub care: Yen,
    /// 個人年金保険料, new contracts.
    pub pension_new: Yen,
    /// 個人年金保険料, old contracts.
    pub pension_old: Yen,
    /// 23歳未満の扶養親族がいる: a wider formula for new general contracts, in the years that have it.
    pub has_dependent_under_23: bool,
}

/// 生命保険料控除, yen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeInsuranceDeduction {
    /// 一般.
    pub general: Yen,
    /// 介護医療.
    pub care: Yen,
    /// 個人年金.
    pub pension: Yen,
    /// 合計, not more than the limit of all classes together.
    pub total: Yen,
    /// The figures it stands on.
    pub citations: Citations,
}

/// 生命保険料控除 (所得税法76条): each formula raises a fraction to 1 yen.
pub fn life_insurance_deduction(
    law: &Law,
    on: Date,
    paid: &LifeInsurancePremiums,
) -> Result<LifeInsuranceDeduction, YearEndError> {
    let mut citations = Citations::none();
    let general_table = if paid.has_dependent_under_23 && in_force(law, on)? { NEW_GENERAL_UNDER_23 } else { NEW };
    let general = class(law, on, general_table, (paid.general_new, paid.general_old), &mut citations)?;
    let care = class(law, on, NEW, (paid.care, Yen::ZERO), &mut citations)?;
    let pension = class(law, on, NEW, (paid.pension_new, paid.pension_old), &mut citations)?;
    let most = law.figure(RULES, "year_end.life_insurance.total_cap", on)?;
    citations.add(most.citation());
    let total = (general + care + pension).min(most.yen()?);
    Ok(LifeInsuranceDeduction { general, care, pension, total, citations })
}

/// One class: new and old contracts together up to the limit of the new, or the old alone where that gives more.
fn class(
    law: &Law,
    on: Date,
    new_table: &'static str,
    (new, old): (Yen, Yen),
    citations: &mut Citations,
) -> Result<Yen, YearEndError> {
    let mut value = |table, paid: Yen| -> Result<Yen, YearEndError> {
        if paid <= Yen::ZERO {
            return Ok(Yen::ZERO);
        }
        let cited = bracket(law, on, table, paid, Rounding::Up)?;
        citations.add(cited.citation);
        Ok(cited.value)
    };
    let (from_new, from_old) = (value(new_table, new)?, value(OLD, old)?);
    // The last step of the formula for new contracts is the limit of the class.
    let limit = bracket(law, on, new_table, Yen::new(i64::MAX), Rounding::Up)?.value;
    Ok(from_old.max((from_new + from_old).min(limit)))
}

fn in_force(law: &Law, on: Date) -> Result<bool, YearEndError> {
    Ok(law.rows(TaxRule::SalaryIncome.table(), &[NEW_GENERAL_UNDER_23], on)?.next().is_some())
}
