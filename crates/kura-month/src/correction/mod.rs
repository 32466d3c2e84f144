//! 訂正・精算・仮払い: what is paid after a month was settled, and before it can be computed. A settled payment is never
//! overwritten: the month is computed again, and the difference is a payment of its own.
//!
//! `provisional.rs` 仮払い; `difference.rs` the slip of a difference and its row of 給与履歴; `paid.rs` what was paid so far.

mod difference;
mod paid;
mod provisional;

use std::collections::BTreeSet;

use kura_bank::TransferKind;
use kura_book::{Finding, Severity};
use kura_calendar::{CalendarError, Date, Month};
use kura_model::{Employee, PayHistory, PayKind, PayType, SettlementState};
use kura_payroll::pay::{Carried, Slip};
use kura_yen::Yen;

use crate::bank::{NetPay, PaidOut, PayingClient};
use crate::carried::NOTHING_CARRIED;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::history;
use crate::known::PersonRows;
use crate::lists;
use crate::meals::Given;
use crate::month::{ClientWork, MonthRequest};
use crate::outputs::Outputs;
use crate::pay_group::PayGroupMonth;
use crate::payslip::Heading;
use crate::person::PersonFacts;
use crate::slip_record::{SlipKind, SlipRecord};
use crate::stop::Stop;

pub use provisional::run_provisional;

use paid::PaidSoFar;

impl ClientWork<'_> {
    /// The differences of this client: of the month that is run, where it is settled already and its 勤怠 stands in the book
    /// again; and of every month that was paid provisionally and has its 勤怠 now.
    pub(crate) fn corrections(&self, outputs: &mut Outputs) {
        for month in self.open_months() {
            let request = MonthRequest { month, ..*self.request };
            ClientWork { request: &request, ..*self }.corrections_of_month(self.request.month, outputs);
        }
    }

    /// The months with something to settle or to correct, oldest first.
    fn open_months(&self) -> BTreeSet<Month> {
        let of_client = self.book.pay_histories.iter().filter(|row| row.client_code == self.client.client_code);
        let pay = of_client.filter(|row| row.kind == PayKind::Pay);
        let open = pay.filter_map(|row| {
            let month = row.payment_month?;
            let provisional = row.state == Some(SettlementState::Provisional) && month <= self.request.month;
            (provisional || month == self.request.month).then_some(month)
        });
        open.collect()
    }

    /// `run_of` is the month of the run that pays the differences.
    fn corrections_of_month(&self, run_of: Month, outputs: &mut Outputs) {
        let groups = self.pay_groups(outputs);
        let scheduled = self.scheduled(&groups);
        let nothing = PersonRows::default();
        let mut differences = Vec::new();
        let lines = paid::lines_by_person(self.book, &self.client.client_code);
        for employee in self.employees() {
            let rows = self.people.get(&key(employee)).unwrap_or(&nothing);
            let Some(paid) = PaidSoFar::of(&lines, employee, rows, self.request.month) else { continue };
            for (group, schedule) in &scheduled {
                let facts = self.facts(group, schedule, employee, rows);
                match self.difference(facts, &paid, run_of, outputs) {
                    Ok(difference) => differences.extend(difference),
                    Err(stop) => outputs.findings.push(not_corrected(employee, self.request.month, stop)),
                }
            }
        }
        self.enter_differences(differences, outputs);
    }

    /// The difference of one person; `None` where nothing is open or nothing differs.
    fn difference<'run>(
        &self,
        facts: PersonFacts<'run>,
        paid: &PaidSoFar<'_>,
        run_of: Month,
        outputs: &mut Outputs,
    ) -> Result<Option<PaidPerson<'run>>, Stop> {
        let is_open = run_of == self.request.month || paid.is_only_advanced();
        if !is_open || !facts.is_due()? || !has_attendance(&facts)? {
            return Ok(None);
        }
        let mut asked = facts.month()?;
        // A correction is paid to the yen; a settlement pays what the month before kept back, and keeps nothing back itself.
        let fraction = if paid.is_only_advanced() { asked.carried.fraction } else { Yen::ZERO };
        asked.carried = Carried { fraction, ..NOTHING_CARRIED };
        if facts.rows.variable.iter().all(|row| row.payment_month != self.request.month) {
            // The book after a run holds no 変動支給 of its month any more: what was paid stands.
            asked.variable = paid.variable(&facts.group.plan);
            asked.meals = facts.meals(Given { fixed: &asked.fixed, variable: &asked.variable })?;
        }
        let full = facts.group.plan.pay(&asked, &mut ())?;
        let paid_on = self.pays_on(&facts, paid, run_of)?;
        let correction = paid.correction(self.law, &facts, &full, paid_on)?;
        if correction.is_empty() {
            return Ok(None);
        }
        for consequence in &correction.consequences {
            outputs.findings.push(consequence_of(facts.employee, self.request.month, &consequence.japanese()));
        }
        let slip = difference::slip(&facts.group.plan, &correction)?;
        let full = history::row(&facts, &asked, &full)?;
        let history = difference::row(full, &paid.rows, paid.is_only_advanced(), &slip, paid_on);
        Ok(Some(PaidPerson { facts, asked, slip, history }))
    }

    /// The 支給日 of a difference: a provisional month is settled with the pay of the run; a correction is paid on the day of the
    /// files. Both after everything that was paid before, so that 明細履歴 tells them apart.
    fn pays_on(&self, facts: &PersonFacts<'_>, paid: &PaidSoFar<'_>, run_of: Month) -> Result<Date, Stop> {
        let wanted = if run_of == self.request.month {
            self.request.as_of
        } else {
            let stops = |stops: Vec<Stop>| stops.into_iter().next();
            let group = PayGroupMonth::new(self.law, self.known, &facts.group.group, run_of);
            match group.map_err(stops) {
                Ok(group) => group.plan.clocks.payment_date,
                Err(Some(stop)) => return Err(stop),
                Err(None) => self.request.as_of,
            }
        };
        let after_the_last = paid.last_paid_on().tomorrow().map_err(|_| CalendarError::OutOfRange)?;
        Ok(wanted.max(after_the_last))
    }

    fn enter_differences(&self, mut differences: Vec<PaidPerson<'_>>, outputs: &mut Outputs) {
        if differences.is_empty() {
            return;
        }
        let paying = PayingClient::new(self.book, self.law, self.client, self.request.as_of);
        let slips = differences.iter_mut().map(|person: &mut PaidPerson<'_>| {
            let (employee_code, paid_on) = (&person.facts.employee.employee_code, person.history.paid_on);
            (NetPay { employee_code, paid_on, net: person.slip.net }, &mut person.history)
        });
        let first = outputs.files.len();
        let transfers = outputs.pay_out(&paying, TransferKind::Pay, slips);
        for file in outputs.files.iter_mut().skip(first) {
            file.path = file.path.replace("全銀_給与", &format!("全銀_給与_訂正_{}", self.request.month));
        }
        let month = self.month(differences, transfers);
        for (person, paid_out) in month.paid.iter().zip(&month.transfers.people) {
            let PaidPerson { facts, slip, history, .. } = person;
            month.enter_slip(SlipKind::Correction, facts, (slip, paid_out), history, outputs);
            if self.request.trace {
                outputs.explain(Some(SlipKind::Correction), person);
            }
        }
        lists::make_correction(&month, outputs);
    }
}

impl ClientMonth<'_> {
    /// Enters the slip of a difference or of a 仮払い, and how it is paid.
    fn enter_slip(
        &self,
        kind: SlipKind,
        facts: &PersonFacts<'_>,
        (slip, paid_out): (&Slip, &PaidOut<'_>),
        history: &PayHistory,
        outputs: &mut Outputs,
    ) {
        let plan = &facts.group.plan;
        let (client, code) = (self.client.client_code.as_str(), facts.employee.employee_code.as_str());
        outputs.record(&SlipRecord::of_kind(kind, history.paid_on, client, code, plan, slip), client, code);
        outputs.line(client, code, slip);
        if self.request.payslips {
            let heading = Heading::of_kind(kind, plan.clocks, history.paid_on);
            let mut print = self.payslip(facts.employee, paid_out, heading, &plan.items, slip);
            print.path = print.path.replace(".pdf", &format!("-{}{}.pdf", kind.japanese(), plan.clocks.payment_month));
            outputs.payslips.push(print);
        }
        outputs.carried.lines.extend(history::lines(history, &plan.items, slip));
        outputs.carried.histories.push(history.clone());
    }
}

/// 勤怠 of a settled month stands in the book only where somebody put it there again. Officers have none.
fn has_attendance(facts: &PersonFacts<'_>) -> Result<bool, Stop> {
    let last_day = facts.clocks().variable.to.min(facts.employed()?.to);
    let officer = facts.terms_on(last_day)?.pay_type == Some(PayType::OfficerRemuneration);
    Ok(officer || facts.attendance_row().is_some())
}

fn key(employee: &Employee) -> (kura_model::ClientCode, kura_model::EmployeeCode) {
    (employee.client_code.clone(), employee.employee_code.clone())
}

fn not_corrected(employee: &Employee, month: Month, stop: Stop) -> Finding {
    let Employee { client_code, employee_code, .. } = employee;
    let sentence =
        format!("会社{client_code} 社員{employee_code}: {month} 支給の差額を作っていません。{}", stop.sentence);
    Stop { sentence, ..stop }.finding()
}

fn consequence_of(employee: &Employee, month: Month, about: &str) -> Finding {
    let Employee { client_code, employee_code, .. } = employee;
    Finding {
        sheet: "給与履歴".to_owned(),
        row: None,
        column: None,
        severity: Severity::Info,
        code: "correction",
        sentence: format!("会社{client_code} 社員{employee_code}: {month} 支給の訂正により、{about}"),
        remedy: String::new(),
    }
}
