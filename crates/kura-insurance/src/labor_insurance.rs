use kura_calendar::{Date, Month};
use kura_law::{CitationId, Cited, Law};
use kura_yen::{Exact, Rounding, Yen};

use crate::InsuranceError;
use crate::employment_insurance::{Business, RATES};
use crate::figures::{self, LABOR};

/// A value for each of the two insurances of 労働保険.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByInsurance<T> {
    /// 労災保険分.
    pub accident: T,
    /// 雇用保険分.
    pub employment: T,
}

/// How a labour-insurance premium was put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LaborPremiumRule {
    /// Both bases are equal: the base times the sum of the rates, cut once; the yen the parts lack stands on 労災.
    SameBase,
    /// The bases differ: each premium is cut on its own.
    SeparateBases,
    /// One insurance alone.
    OneInsurance,
}

/// 確定保険料 or 概算保険料.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaborPremium {
    /// 労働保険料, yen.
    pub total: Yen,
    /// The part of each insurance, yen; the parts sum to the total.
    pub parts: ByInsurance<Option<Yen>>,
    /// How it was put together.
    pub rule: LaborPremiumRule,
}

/// The premium on bases already cut to thousands; a base without a rate (or a rate without a base) is no insurance
/// (徴収法15条, 申告書の書き方).
pub fn labor_premium(
    bases: ByInsurance<Option<Yen>>,
    rates: ByInsurance<Option<Exact>>,
) -> Result<Option<LaborPremium>, InsuranceError> {
    let accident = bases.accident.zip(rates.accident);
    let employment = bases.employment.zip(rates.employment);
    let cut = |base: Yen, rate: Exact| base.exact().times(rate)?.round(Rounding::Down);
    Ok(match (accident, employment) {
        (Some((base, accident_rate)), Some((same, employment_rate))) if base == same => {
            let total = cut(base, accident_rate.plus(employment_rate)?)?;
            let employment = cut(base, employment_rate)?;
            Some(LaborPremium {
                total,
                parts: ByInsurance { accident: Some(total - employment), employment: Some(employment) },
                rule: LaborPremiumRule::SameBase,
            })
        }
        (None, None) => None,
        _ => {
            let part = |insured: Option<(Yen, Exact)>| insured.map(|(base, rate)| cut(base, rate)).transpose();
            let parts = ByInsurance { accident: part(accident)?, employment: part(employment)? };
            let rule = match parts {
                ByInsurance { accident: Some(_), employment: Some(_) } => LaborPremiumRule::SeparateBases,
                _ => LaborPremiumRule::OneInsurance,
            };
            let total = [parts.accident, parts.employment].into_iter().flatten().sum();
            Some(LaborPremium { total, parts, rule })
        }
    })
}

/// 賃金総額 cut to thousands: the base of every premium (徴収法15条1項1号).
pub fn wage_base(law: &Law, on: Date, wages: Yen) -> Result<Cited<Yen>, InsuranceError> {
    let unit = figures::integer(law, LABOR, "labor_insurance_annual.wage_total_truncate_below_yen", on)?;
    Ok(Cited { value: wages.floor_to(unit.value), citation: unit.citation })
}

/// 一般拠出金 (石綿健康被害救済法) on the accident-insurance base of the final year, fraction dropped.
pub fn general_contribution(law: &Law, on: Date, base: Yen) -> Result<Cited<Yen>, InsuranceError> {
    let row = law.row("national_premium_rates", &["asbestos_contribution"], on)?;
    Ok(Cited { value: row.rate_e5("rate_e5")?.of_rounded(base, Rounding::Down)?, citation: row.citation() })
}

/// The base of 概算保険料.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EstimateBase {
    /// Wages cut to thousands, yen.
    pub base: Yen,
    /// True when it is last year's, false when it is the forecast.
    pub from_last_year: bool,
    /// The unit and the two bounds of the band.
    pub citations: [CitationId; 3],
}

/// Last year's base while the forecast lies within 50 to 200 per cent of it, both bounds included, else the forecast
/// (徴収法施行規則24条). Both are 賃金総額, cut to thousands before they are compared.
pub fn estimate_base(law: &Law, on: Date, last_year: Yen, forecast: Yen) -> Result<EstimateBase, InsuranceError> {
    let last_year = wage_base(law, on, last_year)?;
    let forecast = wage_base(law, on, forecast)?.value;
    let low = figures::integer(law, LABOR, "labor_insurance_annual.estimate_band_low_percent", on)?;
    let high = figures::integer(law, LABOR, "labor_insurance_annual.estimate_band_high_percent", on)?;
    let bound = |percent: i64| last_year.value.exact().times_integer(percent)?.divided_by_integer(100);
    let from_last_year = (bound(low.value)?..=bound(high.value)?).contains(&forecast.exact());
    Ok(EstimateBase {
        base: if from_last_year { last_year.value } else { forecast },
        from_last_year,
        citations: [last_year.citation, low.citation, high.citation],
    })
}

/// 労災保険率 of a type of business on a day, an exact number (徴収法施行規則 別表第1).
pub fn accident_rate(law: &Law, on: Date, type_code: &str) -> Result<Cited<Exact>, InsuranceError> {
    let row = law.row("accident_insurance_rates", &[type_code], on)?;
    Ok(Cited { value: row.rate_e5("rate_e5")?.exact(), citation: row.citation() })
}

/// 雇用保険率 of a whole year, both shares, an exact number. A year in which the rate changed is an error.
pub fn employment_rate_of_year(
    law: &Law,
    fiscal_year: i16,
    business: Business,
) -> Result<Cited<Exact>, InsuranceError> {
    let total_on = |day: Date| {
        let row = law.row(RATES, &[business.name()], day)?;
        Ok::<_, InsuranceError>((row.exact("total_per_mille")?, row.citation()))
    };
    let first_day = first_day_of_fiscal_year(fiscal_year)?;
    let (rate, citation) = total_on(first_day)?;
    let (rate_at_end, _) = total_on(Month::of(first_day).plus(11).last_day())?;
    if rate != rate_at_end {
        return Err(InsuranceError::RateChangedInYear { fiscal_year });
    }
    Ok(Cited { value: rate.divided_by_integer(1000)?, citation })
}

/// 4月1日 of a 年度.
pub fn first_day_of_fiscal_year(fiscal_year: i16) -> Result<Date, InsuranceError> {
    Ok(Month::new(fiscal_year, 4)?.first_day())
}
