//! 標準報酬の決定: 取得時決定, 随時改定 (月変), 終了時改定 and 定時決定 (算定) of a client's people, with their filings, their
//! proposals for the next book, and a judgement each for the list.

mod acquisition;
mod annual;
mod annual_calendar;
mod annual_notice;
mod fixed_change;
mod insured;
mod item_changes;
mod judgement;
mod leave_end;
mod monthly_change_notice;
mod occasional;
mod paid_months;
mod subject;
mod terms_changes;
mod wording;

use std::collections::BTreeMap;

use kura_book::Finding;
use kura_calendar::Date;
use kura_model::{EmployeeCode, PayHistory, PayKind, PayLine};

use crate::client_month::{ClientMonth, PaidPerson};
use crate::filing_desk::{Application, Batch};
use crate::outputs::Outputs;

pub(crate) use acquisition::standard_of_joiner;
pub(crate) use judgement::{JudgedMonth, Judgement};

use annual_calendar::AnnualCalendar;
use judgement::JudgementKind;
use occasional::Revisions;
use paid_months::PaidMonths;
use subject::{ByEstablishment, Made, Subject};

/// Every decision about 標準報酬 that this month's payments complete.
pub(crate) fn step(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let calendar = match AnnualCalendar::of(month.law, month.request.month.year()) {
        Ok(calendar) => calendar,
        Err(stop) => {
            outputs.findings.push(stop.finding());
            return;
        }
    };
    let lines = lines(month);
    let differences: Vec<PayHistory> =
        outputs.carried.histories.iter().filter(|row| row.kind == PayKind::Difference).cloned().collect();
    let mut made = Made { outputs, annual: ByEstablishment::new(), monthly: ByEstablishment::new() };
    for slips in slips_by_person(month) {
        let Some(person) = slips.first().copied() else { continue };
        let employee = &person.facts.employee.employee_code;
        let subject = Subject { month, person, paid: PaidMonths::of(&slips, &differences, month.request.month) };
        let lines = lines.get(employee).map_or(&[][..], Vec::as_slice);
        decide(&subject, &calendar, lines, &mut made);
    }
    if calendar.last_payment() == Some(month.request.month) {
        annual::name_missing(month, &calendar, &mut made);
    }
    file(month, &calendar, made);
}

/// One person: a decision that stops is named, and the others are made.
fn decide(subject: &Subject<'_>, calendar: &AnnualCalendar, lines: &[&PayLine], made: &mut Made<'_>) {
    let mut stopped: Vec<Finding> = Vec::new();
    let mut note = |kind, stop| stopped.push(subject.not_decided(kind, stop));
    if let Err(stop) = acquisition::check(subject, made) {
        note(JudgementKind::Acquisition, stop);
    }
    let mut revisions = occasional::decide(subject, calendar, lines, made).unwrap_or_else(|stop| {
        note(JudgementKind::Occasional, stop);
        Revisions::default()
    });
    match leave_end::decide(subject, calendar, made) {
        Ok(months) => revisions.months.extend(months),
        Err(stop) => note(JudgementKind::ChildcareEnd, stop),
    }
    if let Err(stop) = annual::decide(subject, calendar, &revisions, made) {
        note(JudgementKind::Annual, stop);
    }
    made.outputs.findings.append(&mut stopped);
}

/// One application an establishment: 月額変更届 from the month of the revision on, 算定基礎届 from 1 July on.
fn file(month: &ClientMonth<'_>, calendar: &AnnualCalendar, made: Made<'_>) {
    let Made { outputs, annual, monthly } = made;
    let begins = month.request.month.next().first_day();
    for notices in monthly.0.into_values() {
        let application = Application {
            establishment: &notices.establishment,
            label: "月変",
            title: "月額変更届",
            from: begins,
            people: notices.people,
            records: Batch::MonthlyChange(notices.records),
        };
        outputs.submit(month, application);
    }
    for notices in annual.0.into_values() {
        let application = Application {
            establishment: &notices.establishment,
            label: "算定",
            title: "算定基礎届",
            from: calendar.insured_on,
            people: notices.people,
            records: Batch::AnnualBase(notices.records),
        };
        outputs.submit(month, application);
    }
}

/// The slips of each person, in the order of the book.
fn slips_by_person<'run>(month: &'run ClientMonth<'_>) -> Vec<Vec<&'run PaidPerson<'run>>> {
    let mut people: Vec<Vec<&PaidPerson<'_>>> = Vec::with_capacity(month.paid.len());
    for person in &month.paid {
        match people.last_mut() {
            Some(slips) if slips.iter().any(|slip| slip.code() == person.code()) => slips.push(person),
            _ => people.push(vec![person]),
        }
    }
    people
}

/// How many months of 明細履歴 are looked at: the three payments a revision is judged by and those before them.
const MONTHS_OF_LINES: i32 = 6;

/// 明細履歴 of the client's people, as far back as a change of this month's questions can lie.
fn lines<'run>(month: &'run ClientMonth<'_>) -> BTreeMap<&'run EmployeeCode, Vec<&'run PayLine>> {
    let from: Date = month.request.month.plus(-MONTHS_OF_LINES).first_day();
    let mut lines: BTreeMap<&EmployeeCode, Vec<&PayLine>> = BTreeMap::new();
    let of_client = month.book.pay_lines.iter().filter(|line| line.client_code == month.client.client_code);
    for line in of_client.filter(|line| from <= line.paid_on) {
        lines.entry(&line.employee_code).or_default().push(&line.facts);
    }
    lines
}
