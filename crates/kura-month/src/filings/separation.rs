//! 離職証明書: the periods, days and wages of a leaver as data and as a print. There is no file of it that is handed over.

use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_insurance::decisions::{CountingRow, SeparationCertificate, SeparationFacts, WageRow, separation_certificate};
use kura_law::Law;
use kura_model::{EmployeeCode, Establishment, InsuranceSpell, LossCause, PayLine, Row};

use super::hello_work::loss_notice;
use super::list_file;
use super::person::Person;
use super::pile::Procedure;
use crate::client_month::ClientMonth;
use crate::filing_desk::MadeFiling;
use crate::output::{OutputFile, file_name_part};
use crate::outputs::Outputs;
use crate::stop::Stop;

mod data;
mod print;
mod wages;

use wages::Wages;

/// A person whose loss is filed with a 離職証明書.
pub(super) struct Leaver<'run> {
    pub(super) person: Person<'run>,
    pub(super) establishment: &'run Establishment,
    pub(super) row: &'run Row<InsuranceSpell>,
    pub(super) separated_on: Date,
}

/// What both the data and the print are made from.
struct Certified<'run> {
    leaver: &'run Leaver<'run>,
    certificate: SeparationCertificate,
    /// The pay of these periods was typed without its lines: what was worked in another period may be in it.
    typed: Vec<kura_insurance::decisions::PayPeriod>,
}

/// The certificates of a client's leavers.
pub(super) fn make(month: &ClientMonth<'_>, leavers: &[Leaver<'_>], outputs: &mut Outputs) {
    let lines = lines_of(month, leavers);
    for leaver in leavers {
        let lines = lines.get(leaver.person.code()).map_or(&[][..], Vec::as_slice);
        match certify(month, leaver, lines).and_then(|certified| enter(month, &certified, outputs)) {
            Ok(()) => {}
            Err(stop) => outputs.findings.push(stopped(leaver, stop)),
        }
    }
}

/// 明細履歴 of the leavers, found in one pass.
fn lines_of<'run>(
    month: &ClientMonth<'run>,
    leavers: &'run [Leaver<'_>],
) -> BTreeMap<&'run EmployeeCode, Vec<&'run Row<PayLine>>> {
    let mut lines: BTreeMap<_, Vec<_>> = leavers.iter().map(|leaver| (leaver.person.code(), Vec::new())).collect();
    if lines.is_empty() {
        return lines;
    }
    for line in month.book.pay_lines.iter().filter(|line| line.client_code == month.client.client_code) {
        if let Some(of_person) = lines.get_mut(&line.employee_code) {
            of_person.push(line);
        }
    }
    lines
}

fn certify<'run>(
    month: &ClientMonth<'_>,
    leaver: &'run Leaver<'run>,
    lines: &[&Row<PayLine>],
) -> Result<Certified<'run>, Stop> {
    let Leaver { person, row, separated_on, .. } = leaver;
    let acquired = row.acquired_on.ok_or_else(|| Stop::unknown("被保険者資格", Some(row.number), "取得日"))?;
    let wages = Wages::of(month, person, *separated_on, lines)?;
    let facts = SeparationFacts {
        separated_on: *separated_on,
        acquired,
        closing: wages.closing(),
        special: is_special(person.law, row, *separated_on)?,
    };
    let certificate =
        separation_certificate(person.law, &facts, |period| wages.base(period), |period| wages.wage(period))?;
    let typed = certificate.wages.iter().map(|row| row.period).filter(|period| wages.is_typed(*period)).collect();
    Ok(Certified { leaver, certificate, typed })
}

/// 特定受給資格者・特定理由離職者: fewer months are needed. By the cause of the loss, or by the class of a 離職理由コード in the book.
fn is_special(law: &Law, row: &InsuranceSpell, on: Date) -> Result<bool, Stop> {
    if row.loss_cause == Some(LossCause::SeparationByEmployer) {
        return Ok(true);
    }
    let Some(code) = &row.separation_reason else { return Ok(false) };
    for class in law.rows_in_force("separation_class_codes", on)? {
        if class.text("code")? == code.as_str() {
            let class = class.text("class")?;
            return Ok(class.starts_with(['1', '3']) || ["2A", "2B", "2C"].contains(&class));
        }
    }
    Ok(false)
}

fn enter(month: &ClientMonth<'_>, certified: &Certified<'_>, outputs: &mut Outputs) -> Result<(), Stop> {
    let Leaver { person, establishment, row, separated_on } = certified.leaver;
    let notice = loss_notice(person, row, *separated_on)?;
    let (client, code) = (&month.client.client_code, person.code());
    let folder = format!(
        "届出/{}-{}-離職証明書",
        file_name_part(client.as_str()),
        file_name_part(establishment.establishment_code.as_str())
    );
    let stem = format!("{folder}/{}", file_name_part(code.as_str()));
    let json = data::json(certified, &notice)?;
    outputs.files.push(OutputFile::new(format!("{stem}.json"), json));
    outputs.filings.made.push(MadeFiling {
        client: client.clone(),
        establishment: establishment.establishment_code.clone(),
        label: "離職証明書",
        title: Procedure::SeparationCertificate.title(),
        form: "離職証明書",
        path: format!("{stem}.json"),
        people: vec![code.clone()],
        media_number: None,
    });
    outputs.lists.push(list_file(month.request, stem.clone(), vec![print::list(month, certified, &notice)]));
    outputs.findings.push(made(certified, &stem));
    outputs.findings.extend(open_periods(certified));
    Ok(())
}

fn stopped(leaver: &Leaver<'_>, stop: Stop) -> Finding {
    let (client, code) = (&leaver.person.employee.client_code, leaver.person.code());
    let sentence = format!("会社{client} 社員{code}: 離職証明書を作っていません。{}", stop.sentence);
    Stop { sentence, ..stop }.finding()
}

fn made(certified: &Certified<'_>, stem: &str) -> Finding {
    let code = certified.leaver.person.code();
    finding(
        Severity::Info,
        "certificate_made",
        format!("{stem}: 離職証明書の下書きを作りました（{code}）。資格喪失届も、離職証明書と一緒に提出してください。"),
        "離職理由は本人に確かめて記入し、提出したら被保険者資格の「届出日」を記入してください。",
    )
}

/// 未計算 and unknown periods, by their days.
fn open_periods(certified: &Certified<'_>) -> Option<Finding> {
    let SeparationCertificate { counting, wages, .. } = &certified.certificate;
    let without_days = |row: &&CountingRow| row.base.is_none();
    let without_wage = |row: &&WageRow| row.wage.is_none();
    let say = |period: kura_insurance::decisions::PayPeriod| format!("{}～{}", period.from, period.to);
    let days: Vec<String> = counting.iter().filter(without_days).map(|row| say(row.period)).collect();
    let pay: Vec<String> = wages.iter().filter(without_wage).map(|row| say(row.period)).collect();
    let typed: Vec<String> = certified.typed.iter().map(|period| say(*period)).collect();
    let mut parts = Vec::new();
    for (what, periods) in [("⑨の日数が分からない期間", days), ("⑪⑫を計算できない期間", pay), ("明細のない期間", typed)]
    {
        if !periods.is_empty() {
            parts.push(format!("{what}: {}。", periods.join("、")));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let person = &certified.leaver.person;
    Some(finding(
        Severity::Warning,
        "certificate_open",
        format!("会社{} 社員{}: 離職証明書に{}", person.employee.client_code, person.code(), parts.concat()),
        "残りの給与を計算してから作り直すか、賃金台帳で確かめて記入してください。明細のない期間は、時間外などが翌月の給与に入っていないかも確かめてください。",
    ))
}

fn finding(severity: Severity, code: &'static str, sentence: String, remedy: &str) -> Finding {
    Finding {
        sheet: "被保険者資格".to_owned(),
        row: None,
        column: None,
        severity,
        code,
        sentence,
        remedy: remedy.to_owned(),
    }
}
