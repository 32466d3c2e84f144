use kura_bank::TransferKind;
use kura_law::Law;
use kura_model::{Book, Code, PayHistory, PayKind, SettlementState};
use kura_payroll::correction::provisional_slip;
use kura_payroll::pay::Slip;
use kura_yen::Yen;

use super::key;
use crate::bank::{NetPay, PayingClient};
use crate::filing_desk::FilingDesk;
use crate::known::{Known, PersonRows, people};
use crate::lists;
use crate::month::{ClientWork, MonthRequest, MonthResult};
use crate::outputs::Outputs;
use crate::person::PersonFacts;
use crate::slip_record::SlipKind;
use crate::stop::Stop;

/// 仮払い of a payment month: last month's net for everybody, before the month can be computed. Nothing is deducted, filed or
/// listed but the transfers; 給与履歴 says 暫定, and the next full run settles the difference.
pub fn run_provisional(book: &Book, request: &MonthRequest, law: &Law) -> MonthResult {
    let (known, people) = (Known::of(book), people(book));
    let mut outputs = Outputs::new(FilingDesk::default());
    for client in &book.clients {
        ClientWork { book, request, law, known: &known, people: &people, client }.provisional(&mut outputs);
    }
    outputs.finish_provisional(request)
}

impl ClientWork<'_> {
    fn provisional(&self, outputs: &mut Outputs) {
        let groups = self.pay_groups(outputs);
        let scheduled = self.scheduled(&groups);
        let nothing = PersonRows::default();
        let mut paid = Vec::new();
        for employee in self.employees() {
            let rows = self.people.get(&key(employee)).unwrap_or(&nothing);
            if rows.is_paid(self.request.month) {
                continue;
            }
            for (group, schedule) in &scheduled {
                match advance(self.facts(group, schedule, employee, rows)) {
                    Ok(person) => paid.extend(person),
                    Err(stop) => {
                        let finding = stop.of_person(employee.client_code.as_str(), employee.employee_code.as_str());
                        outputs.findings.push(finding);
                    }
                }
            }
        }
        let paying = PayingClient::new(self.book, self.law, self.client, self.request.as_of);
        let slips = paid.iter_mut().map(|advance: &mut Advance<'_>| {
            let (employee_code, paid_on) = (&advance.facts.employee.employee_code, advance.history.paid_on);
            (NetPay { employee_code, paid_on, net: advance.slip.net }, &mut advance.history)
        });
        let transfers = outputs.pay_out(&paying, TransferKind::Pay, slips);
        let month = self.month(Vec::new(), transfers);
        for (Advance { facts, slip, history }, paid_out) in paid.iter().zip(&month.transfers.people) {
            month.enter_slip(SlipKind::Provisional, facts, (slip, paid_out), history, outputs);
        }
        if !paid.is_empty() {
            lists::file_transfers(&month, "", outputs);
        }
    }
}

/// What is advanced to one person.
struct Advance<'run> {
    facts: PersonFacts<'run>,
    slip: Slip,
    history: PayHistory,
}

/// The 仮払い of one person; `None` when no pay is due in the month.
fn advance(facts: PersonFacts<'_>) -> Result<Option<Advance<'_>>, Stop> {
    if !facts.is_due()? {
        return Ok(None);
    }
    let month = facts.clocks().payment_month;
    let settled = facts.rows.history.iter().filter(|row| {
        row.kind == PayKind::Pay
            && row.state != Some(SettlementState::Provisional)
            && row.payment_month == Some(month.previous())
    });
    let last = settled.max_by_key(|row| row.paid_on).and_then(|row| row.net);
    let net = last.ok_or_else(|| {
        let sentence =
            format!("前月（{}）の差引支給額が給与履歴にないため、仮払いの額を決められません。", month.previous());
        let remedy = "本人と相談した額を別に払い、勤怠がそろってから計算してください。";
        Stop::reason("給与履歴", "no_last_net", sentence, remedy)
    })?;
    let slip = provisional_slip(net).map_err(|error| Stop::reason("給与履歴", "no_last_net", error, error.remedy()))?;
    let history = row(&facts, &slip);
    Ok(Some(Advance { facts, slip, history }))
}

fn row(facts: &PersonFacts<'_>, slip: &Slip) -> PayHistory {
    let (clocks, employee) = (facts.clocks(), facts.employee);
    PayHistory {
        payment_month: Some(clocks.payment_month),
        pay_group_code: Some(facts.group.group.pay_group_code.clone()),
        period_from: Some(clocks.attendance.from),
        period_to: Some(clocks.attendance.to),
        closing_date: Some(clocks.closing_date),
        gross: Some(slip.gross),
        deduction_total: Some(Yen::ZERO),
        net: Some(slip.net),
        shortfall: Some(Yen::ZERO),
        state: Some(SettlementState::Provisional),
        law_pack: Some(Code::from(facts.law.version())),
        ..PayHistory::new(
            employee.client_code.clone(),
            employee.employee_code.clone(),
            PayKind::Pay,
            clocks.payment_date,
        )
    }
}
