use std::collections::BTreeSet;

use kura_calendar::Date;
use kura_model::PayType;
use kura_yen::Exact;

use super::work::Work;
use super::{PayError, PayPlan, PersonMonth, Spans};
use crate::clocks::Period;

impl PayPlan<'_> {
    /// 最低賃金と比べる時間額 (最低賃金法施行規則2条) of the paid days, exact: the items marked 最低賃金の比較, each by its divisor, cut where
    /// the contract or an amount changes. What is prorated or cut for absence counts as agreed. Officers have none, unless a
    /// part of their pay is wages.
    pub fn comparable_hourly_wages(&self, person: &PersonMonth) -> Result<Spans<Exact>, PayError> {
        let mut amounts = Vec::new();
        let work = Work::new(self, person);
        work.amounts(&mut amounts)?;
        let mut wages = Vec::new();
        for (period, contract) in &person.contracts.0 {
            let officer = contract.pay_type == PayType::OfficerRemuneration;
            if officer && person.employee_part_of_officer_pay.is_none() {
                continue;
            }
            for period in cut(*period, &changes(person)) {
                wages.push((period, work.comparable_hourly_wage(contract, period.from, &amounts)?));
            }
        }
        Ok(Spans(wages))
    }
}

/// The days on which an amount of 固定支給 begins, and those after it has ended.
fn changes(person: &PersonMonth) -> BTreeSet<Date> {
    let spans = person.fixed.iter().flat_map(|fixed| &fixed.spans.0);
    spans.flat_map(|(span, _)| [Some(span.from), span.to.tomorrow().ok()]).flatten().collect()
}

fn cut(period: Period, changes: &BTreeSet<Date>) -> Vec<Period> {
    let mut pieces = vec![period];
    for &from in changes.range(period.from..=period.to).filter(|from| **from > period.from) {
        if let (Some(last), Ok(yesterday)) = (pieces.last_mut(), from.yesterday()) {
            last.to = yesterday;
            pieces.push(Period { from, to: period.to });
        }
    }
    pieces
}
