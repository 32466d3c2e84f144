//! One function a topic. The list below is the whole of `kura calc`.

mod breach;
mod figures_day;
mod insurance_coverage;
mod insurance_premiums;
mod labor_insurance;
mod labor_insurance_annual;
mod limits;
mod numbers;
mod tax_local;
mod tax_withholding;
mod tax_year_end;
mod wages;

use kura_law::Law;

use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

type Topic = fn(&mut Request<'_>, &Law) -> Result<Answer, CalcError>;

/// In the order of the alphabet, so that a topic is found by halving.
const TOPICS: &[(&str, Topic)] = &[
    ("basic_deduction", tax_year_end::basic_deduction),
    ("bonus_premium", insurance_premiums::bonus_premium),
    ("bonus_withholding", tax_withholding::bonus_withholding),
    ("breach_clock", breach::breach_clock),
    ("breach_trigger", breach::breach_trigger),
    ("care_year", insurance_premiums::care_year),
    ("commuting_limit", tax_local::commuting_limit),
    ("construction_contract", labor_insurance::construction_contract),
    ("corporate_number_check", numbers::corporate_number_check),
    ("coverage_months", insurance_coverage::coverage_months),
    ("employment_insurance", labor_insurance::employment_insurance),
    ("income_adjustment", tax_year_end::income_adjustment),
    ("inhabitant_tax", tax_local::inhabitant_tax),
    ("insurance_ages", insurance_coverage::insurance_ages),
    ("labor_insurance_annual", labor_insurance_annual::labor_insurance_annual),
    ("leave_exemption", insurance_coverage::leave_exemption),
    ("life_insurance_deduction", tax_year_end::life_insurance_deduction),
    ("minimum_wage", wages::minimum_wage),
    ("my_number_check", numbers::my_number_check),
    ("non_resident_withholding", tax_withholding::non_resident_withholding),
    ("premium_adjustment", insurance_premiums::premium_adjustment),
    ("premium_by_rate", insurance_premiums::premium_by_rate),
    ("salary_income", tax_year_end::salary_income),
    ("sickness_daily", insurance_coverage::sickness_daily),
    ("social_premium", insurance_premiums::social_premium),
    ("special_enrollment", labor_insurance::special_enrollment),
    ("standard_remuneration", insurance_premiums::standard_remuneration),
    ("two_establishments", insurance_premiums::two_establishments),
    ("withholding", tax_withholding::withholding),
    ("year_end_adjustment", tax_year_end::year_end_adjustment),
];

/// The names of all topics, in the order of the alphabet.
pub fn topics() -> impl Iterator<Item = &'static str> {
    TOPICS.iter().map(|(topic, _)| *topic)
}

pub(crate) fn find(name: &str) -> Result<Topic, CalcError> {
    let found = TOPICS.binary_search_by_key(&name, |(topic, _)| topic).ok().and_then(|at| TOPICS.get(at));
    found.map(|(_, topic)| *topic).ok_or_else(CalcError::unknown_topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topics_stand_in_the_order_of_the_alphabet_and_each_is_found() {
        assert!(topics().is_sorted_by(|before, after| before < after));
        assert!(topics().all(|topic| find(topic).is_ok()));
    }

    #[test]
    fn what_is_no_topic_is_refused() {
        for name in ["", "withholdin", "withholding2", "Withholding", "源泉徴収"] {
            assert_eq!(find(name).map(|_| ()), Err(CalcError::unknown_topic()), "{name}");
        }
    }
}
