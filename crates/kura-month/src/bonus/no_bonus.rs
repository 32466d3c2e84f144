use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_model::{EstablishmentCode, Scheme};
use kura_payroll::bonus::no_bonus_report;

use crate::client_month::ClientMonth;
use crate::known::PersonRows;
use crate::outputs::Outputs;
use crate::stop::Stop;

/// 賞与不支給報告書: in the run of a month's pay, every establishment whose registered month (賞与支払予定月) has no row of 賞与
/// for an insured person, be it planned or paid.
pub(crate) fn registered_months(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let (client, payment_month) = (&month.client.client_code, month.request.month);
    let paid = paid_on(month);
    let of_client = month.known.establishments.iter().filter(|((of, _), _)| of == client);
    for ((_, code), history) in of_client {
        let registered = history.on(payment_month.last_day()).and_then(|of| of.registered_bonus_months);
        let reported = paid.get(code).map_or(&[][..], Vec::as_slice);
        match no_bonus_report(month.law, registered, payment_month, reported) {
            Ok(Some(_)) => outputs.findings.push(due(month, code)),
            Ok(None) => {}
            Err(error) => outputs.findings.push(Stop::from(error).finding()),
        }
    }
}

/// 支給日 of the month's bonuses of insured people, by the establishment of their terms.
fn paid_on(month: &ClientMonth<'_>) -> BTreeMap<EstablishmentCode, Vec<Date>> {
    let mut paid: BTreeMap<EstablishmentCode, Vec<Date>> = BTreeMap::new();
    let rows = month.book.bonuses.iter().filter(|row| row.client_code == month.client.client_code);
    for row in rows.filter(|row| month.request.month.contains(row.paid_on)) {
        let (key, day) = ((row.client_code.clone(), row.employee_code.clone()), row.paid_on);
        let insured = month.people.get(&key).is_some_and(|rows| is_insured(rows, day));
        let terms = month.known.terms.get(&key).and_then(|history| history.on(day)).filter(|_| insured);
        if let Some(code) = terms.and_then(|terms| terms.establishment_code.clone()) {
            paid.entry(code).or_default().push(day);
        }
    }
    paid
}

fn is_insured(rows: &PersonRows<'_>, day: Date) -> bool {
    rows.spells.iter().any(|spell| {
        let social = matches!(spell.scheme, Scheme::Health | Scheme::Pension);
        let begun = spell.acquired_on.is_some_and(|from| from <= day);
        social && begun && spell.lost_on.is_none_or(|lost| day < lost)
    })
}

fn due(month: &ClientMonth<'_>, establishment: &EstablishmentCode) -> Finding {
    let (client, month) = (&month.client.client_code, month.request.month);
    Finding {
        sheet: "賞与".to_owned(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code: "no_bonus_report",
        sentence: format!("会社{client} 事業所{establishment}: {month} は賞与支払予定月ですが、賞与の行がありません。"),
        remedy: "支給しなかったときは賞与不支給報告書を年金事務所に提出してください。支給するときは賞与に行を加えてください。".to_owned(),
    }
}
