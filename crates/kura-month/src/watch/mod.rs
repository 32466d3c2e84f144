//! What the law says of a month beside the yen: each breach or doubt is a finding, and stops nobody. What was worked is paid.
//!
//! `overtime.rs` 36協定; `minimum_wage.rs` 最低賃金; `pay_rules.rs` rules of 給与規程 below the law; `dependents.rs` a typed
//! 扶養親族等の数; `shortfall.rs` 差引不足額; `law_data.rs` figures of which a later version is announced.

mod dependents;
mod law_data;
mod minimum_wage;
mod overtime;
mod pay_rules;
mod shortfall;

use kura_book::{Finding, Severity};

use crate::client_month::{ClientMonth, PaidPerson};
use crate::outputs::Outputs;

/// Everything that is watched of a client's pay.
pub(crate) fn check(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    outputs.findings.extend(pay_rules::check(month));
    for person in &month.paid {
        outputs.findings.extend(overtime::check(month, person));
        outputs.findings.extend(minimum_wage::check(month, person));
        outputs.findings.extend(dependents::check(person));
        outputs.findings.extend(shortfall::check(person));
    }
    outputs.findings.extend(law_data::of_pay(month));
}

/// What is watched of a client's bonuses.
pub(crate) fn check_bonus(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    outputs.findings.extend(law_data::of_bonuses(month));
}

/// A finding about a person, by a sheet and, where one cell is meant, its column.
fn of_person(
    person: &PaidPerson<'_>,
    (sheet, column): (&str, Option<&str>),
    code: &'static str,
    words: &str,
    remedy: impl Into<String>,
) -> Finding {
    let client = &person.facts.employee.client_code;
    Finding {
        sheet: sheet.to_owned(),
        row: None,
        column: column.map(str::to_owned),
        severity: Severity::Warning,
        code,
        sentence: format!("会社{client} 社員{}: {words}", person.code()),
        remedy: remedy.into(),
    }
}
