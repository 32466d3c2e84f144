//! Topics of 労働保険: 雇用保険料, 特別加入, 請負による建設の事業. 年度更新 has a file of its own.

use kura_insurance::{Business, EmploymentInsuranceRates, Enrolled, EnrollmentClass, RoundingAgreement};
use kura_law::Law;

use super::figures_day::figures_day;
use super::limits::{BONUS_YEN_MAX, TOTAL_YEN_MAX};
use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

pub(super) const BUSINESSES: &[(&str, Business)] = &[
    ("general", Business::General),
    ("agri_forest_fish_sake", Business::AgricultureForestryFisherySake),
    ("construction", Business::Construction),
];

/// 雇用保険料 of one payment.
pub(crate) fn employment_insurance(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let closing_date = request.date("closing_date")?;
    let business = request.choice("business", BUSINESSES)?;
    let wage = request.yen("wage", 0..=BONUS_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(closing_date), Some(business), Some(wage)) = (closing_date, business, wage) {
        let rates = EmploymentInsuranceRates::on(law, closing_date, business)?;
        let premium = rates.premium(wage, RoundingAgreement::FiftySen)?;
        answer.fields().yen("employee", premium.employee);
        answer.fields().yen("employer_floor", premium.employer_floor);
        answer.cite([premium.citation]);
    }
    answer.or_missing(request, &["closing_date", "business", "wage"])
}

/// 特別加入保険料 of one member.
pub(crate) fn special_enrollment(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let day = figures_day(request, law)?;
    let class = request.integer("class", 1..=3)?.unwrap_or(1_u8);
    let code = request.code("type_code")?;
    let daily_base = request.yen("daily_base", 0..=BONUS_YEN_MAX)?;
    let months = request.integer("months", 1..=12)?.unwrap_or(12_u8);
    request.finish()?;

    let class = match (class, &code) {
        (3, _) => Some(EnrollmentClass::Third),
        (2, Some(code)) => Some(EnrollmentClass::Second { code }),
        (_, Some(type_code)) => Some(EnrollmentClass::First { type_code }),
        (_, None) => None,
    };
    let mut answer = Answer::new();
    if let (Some(class), Some(daily_base)) = (class, daily_base) {
        let found = kura_insurance::special_enrollment(law, day, class, &[Enrolled { daily_base, months }])?;
        answer.fields().yen("base", found.base);
        answer.fields().yen("annual_premium", found.premium);
        answer.cite(found.citations);
    }
    answer.or_missing(request, &["type_code", "daily_base"])
}

/// 労災保険料 of a construction contract by 労務費率.
pub(crate) fn construction_contract(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let day = figures_day(request, law)?;
    let type_code = request.code("type_code")?;
    let sub = request.choice("sub", &[("assembly", "assembly"), ("other", "other")])?.unwrap_or_default();
    let contract = request.yen("contract", 0..=TOTAL_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(type_code), Some(contract)) = (type_code, contract) {
        let found = kura_insurance::construction_contract(law, day, &type_code, sub, contract)?;
        answer.fields().yen("wage_base", found.wage_base);
        answer.fields().yen("premium", found.premium);
        answer.cite(found.citations);
    }
    answer.or_missing(request, &["contract", "type_code"])
}
