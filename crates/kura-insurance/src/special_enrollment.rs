use kura_calendar::Date;
use kura_law::{CitationId, Cited, Law};
use kura_yen::{Exact, Rounding, Yen};

use crate::InsuranceError;
use crate::figures::{self, LABOR};
use crate::labor_insurance::{accident_rate, wage_base};

/// 特別加入の種別.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrollmentClass<'code> {
    /// 第1種: employers of small businesses, at the accident rate of their type of business.
    First {
        /// 業種番号.
        type_code: &'code str,
    },
    /// 第2種: 一人親方 and others, by the code of their work (特1 ...).
    Second {
        /// 特別加入の番号.
        code: &'code str,
    },
    /// 第3種: 海外派遣者.
    Third,
}

/// One member of 特別加入.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolled {
    /// 給付基礎日額, yen: one of the steps of the table.
    pub daily_base: Yen,
    /// Months insured in the year, 1 to 12; a part of a month counts as one.
    pub months: u8,
}

/// The premium of 特別加入 of one business and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialEnrollment {
    /// 保険料算定基礎額 of all members, cut to thousands, yen.
    pub base: Yen,
    /// 特別加入保険料, yen.
    pub premium: Yen,
    /// Where the rate and the rules come from.
    pub citations: Vec<CitationId>,
}

/// The premium of the members of one business: daily base x 365 each, months of twelve, the sum cut to thousands once,
/// times the rate, cut to yen (徴収法13条から15条, 施行規則21条から23条の3).
pub fn special_enrollment(
    law: &Law,
    on: Date,
    class: EnrollmentClass<'_>,
    members: &[Enrolled],
) -> Result<SpecialEnrollment, InsuranceError> {
    let days = figures::integer(law, LABOR, "labor_insurance_annual.special_enrollment_days", on)?;
    let mut sum = Exact::ZERO;
    for member in members {
        if !(1..=12).contains(&member.months) {
            return Err(InsuranceError::MonthsOutOfRange);
        }
        check_daily_base(law, on, class, member.daily_base)?;
        let whole_year = member.daily_base.exact().times_integer(days.value)?;
        sum = sum.plus(whole_year.times_integer(i64::from(member.months))?.divided_by_integer(12)?)?;
    }
    let base = wage_base(law, on, sum.round(Rounding::Down)?)?;
    let rate = rate(law, on, class)?;
    Ok(SpecialEnrollment {
        base: base.value,
        premium: base.value.exact().times(rate.value)?.round(Rounding::Down)?,
        citations: vec![rate.citation, days.citation, base.citation],
    })
}

fn rate(law: &Law, on: Date, class: EnrollmentClass<'_>) -> Result<Cited<Exact>, InsuranceError> {
    let key = match class {
        EnrollmentClass::First { type_code } => return accident_rate(law, on, type_code),
        EnrollmentClass::Second { code } => ["2", code],
        EnrollmentClass::Third => ["3", ""],
    };
    let row = law.row("special_enrollment_rates", &key, on)?;
    Ok(Cited { value: row.rate_e5("rate_e5")?.exact(), citation: row.citation() })
}

/// Home workers (第2種 家内労働) have three lower steps besides those of everyone.
fn check_daily_base(law: &Law, on: Date, class: EnrollmentClass<'_>, daily_base: Yen) -> Result<(), InsuranceError> {
    let listed = |name: &str| {
        let steps = law.figure(LABOR, &format!("labor_insurance_annual.{name}"), on)?.list()?;
        Ok::<_, InsuranceError>(steps.iter().any(|step| step.parse() == Ok(daily_base.get())))
    };
    let second = matches!(class, EnrollmentClass::Second { .. });
    if listed("daily_benefit_base_yen")? || (second && listed("home_worker_extra_base_yen")?) {
        Ok(())
    } else {
        Err(InsuranceError::NotADailyBase)
    }
}
