//! 扶養親族等の数 as typed, against the one that is counted from 従業員 and 扶養家族.

use kura_book::Finding;
use kura_payroll::pay::TaxFacts;
use kura_payroll::tax::TaxColumn;

use super::of_person;
use crate::client_month::PaidPerson;

/// A typed number that differs. Where the sheets do not tell enough to count, the typed one stands.
pub(super) fn check(person: &PaidPerson<'_>) -> Option<Finding> {
    let TaxFacts::Resident(TaxColumn::Kou { dependents }) = person.asked.tax else { return None };
    let terms = person.facts.terms_on(person.last_day()).ok()?;
    terms.dependents_count?;
    let counted = person.facts.counted_dependents(terms, person.facts.clocks().payment_date).ok()?;
    if counted == dependents {
        return None;
    }
    let words = format!(
        "扶養親族等の数は{dependents}人と記入されていますが、従業員と扶養家族から数えると{counted}人です。記入された数で計算しました。"
    );
    let remedy = "扶養控除等申告書を確かめ、扶養家族を直すか、扶養親族等の数を空欄にしてください。";
    Some(of_person(person, ("雇用条件", Some("扶養親族等の数")), "dependents_differ", &words, remedy))
}
