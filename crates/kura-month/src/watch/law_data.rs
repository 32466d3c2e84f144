//! Figures of law of which a later version is announced and not in the pack: the amounts stand on those of before.

use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_law::NextChange;
use kura_model::InsurerCode;
use kura_payroll::clocks::Clocks;
use kura_payroll::pay::{BuiltIn, Line, LineKind, TaxFacts};
use kura_payroll::tax::{Method, TaxColumn};

use crate::client_month::ClientMonth;
use crate::person::PersonFacts;
use crate::premiums::KYOKAI;

/// A table and the last day on which it was asked.
type Asked = BTreeMap<&'static str, Date>;

/// The tables behind the deductions and the minimum wage of a month's pay.
pub(super) fn of_pay(month: &ClientMonth<'_>) -> Vec<Finding> {
    let mut asked = Asked::new();
    for person in &month.paid {
        let Clocks { payment_date, closing_date, attendance, .. } = person.facts.clocks();
        for line in &person.slip.deductions {
            enter_line(&mut asked, &person.facts, line, payment_date, closing_date);
        }
        if let TaxFacts::Resident(column) = person.asked.tax {
            enter(&mut asked, tax_table(column, person.facts.group.plan.method), payment_date);
        }
        if !person.asked.contracts.0.is_empty() {
            enter(&mut asked, "minimum_wage", attendance.to);
        }
    }
    findings(month, &asked)
}

/// The tables behind the deductions of a bonus.
pub(super) fn of_bonuses(month: &ClientMonth<'_>) -> Vec<Finding> {
    let mut asked = Asked::new();
    for bonus in &month.bonuses {
        let paid_on = bonus.row.paid_on;
        for line in &bonus.slip.slip.deductions {
            enter_line(&mut asked, &bonus.facts, line, paid_on, paid_on);
        }
        enter(&mut asked, "withholding_bonus", paid_on);
    }
    findings(month, &asked)
}

fn enter_line(asked: &mut Asked, person: &PersonFacts<'_>, line: &Line, paid_on: Date, closing_date: Date) {
    let of_month = line.month.map_or(paid_on, |month| month.first_day());
    match line.kind {
        LineKind::BuiltIn(BuiltIn::HealthInsurance) => {
            let insurer = person.establishment(of_month).ok().and_then(|place| place.insurer_code.clone());
            if insurer == Some(InsurerCode::from(KYOKAI)) {
                enter(asked, "health_premium_rates", of_month);
                enter(asked, "national_premium_rates", of_month);
            }
        }
        LineKind::BuiltIn(BuiltIn::EmployeesPension) => enter(asked, "national_premium_rates", of_month),
        LineKind::BuiltIn(BuiltIn::EmploymentInsurance) => enter(asked, "employment_insurance_rates", closing_date),
        _ => {}
    }
}

const fn tax_table(column: TaxColumn, method: Method) -> &'static str {
    match (column, method) {
        (TaxColumn::Kou { .. }, Method::ComputerFormula) => "computer_formula_brackets",
        (TaxColumn::Hei, _) => "withholding_daily",
        _ => "withholding_monthly",
    }
}

fn enter(asked: &mut Asked, table: &'static str, on: Date) {
    asked.entry(table).and_modify(|last| *last = on.max(*last)).or_insert(on);
}

fn findings(month: &ClientMonth<'_>, asked: &Asked) -> Vec<Finding> {
    let outdated = |(table, on): (&&'static str, &Date)| {
        let change = month.law.outdated(table, *on)?;
        let title = month.law.info(table).map_or(*table, |info| info.title.as_str());
        Some(finding(month, title, *on, change))
    };
    asked.iter().filter_map(outdated).collect()
}

fn finding(month: &ClientMonth<'_>, title: &str, on: Date, change: &NextChange) -> Finding {
    let client = &month.client.client_code;
    Finding {
        sheet: String::new(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code: "law_outdated",
        sentence: format!(
            "会社{client}: 法令データ「{title}」は、{}の改定「{}」をまだ収録していません。{on}の計算は改定前の数字によります。",
            change.on, change.what
        ),
        remedy: "公表された数字を docs/add-a-rate.md の手順で取り込んでから、もう一度計算してください。".to_owned(),
    }
}
