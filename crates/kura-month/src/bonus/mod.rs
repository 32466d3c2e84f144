//! 賞与: one bonus by its name, from the planned rows of the sheet 賞与 to slips, 賞与支払届 and the next book.
//!
//! `planned.rs` which rows; `group.rs` what the people of a pay group share; `person.rs` one person's facts and slip, and
//! `insurance.rs`, `earlier.rs`, `previous_pay.rs` what these stand on; `settled.rs` the rows of 給与履歴 and 賞与, `next_book.rs`
//! the book after; `payment_notice.rs` 2265700; `no_bonus.rs` the registered month that goes by without a bonus.

mod earlier;
mod group;
mod insurance;
mod next_book;
mod no_bonus;
mod payment_notice;
mod person;
mod planned;
mod previous_pay;
mod settled;

use std::collections::BTreeSet;

use kura_bank::TransferKind;
use kura_calendar::Date;
use kura_law::Law;
use kura_model::{Bonus, Book, Client, Employee, PayGroupCode, Row};
use kura_payroll::bonus::{BonusError, BonusSlip, Charge};
use kura_yen::{Rate, Yen};

pub(crate) use next_book::waiting;
pub(crate) use no_bonus::registered_months;
pub(crate) use person::PaidBonus;

use self::group::BonusGroup;
use self::planned::Planned;
use crate::bank::{NetPay, PaidOut, PayingClient};
use crate::client_month::ClientMonth;
use crate::filing_desk::FilingDesk;
use crate::filings::made_list;
use crate::history;
use crate::known::{Known, People, PersonRows, people};
use crate::lists;
use crate::month::{MonthRequest, MonthResult};
use crate::outputs::Outputs;
use crate::pay_group::PayGroupMonth;
use crate::payslip::Heading;
use crate::person::PersonFacts;
use crate::slip_record::SlipRecord;
use crate::stop::Stop;
use crate::watch;
use crate::wording::yen;

/// One bonus (賞与名) of every client in the book: the planned rows whose 支給日 lies in the month of the request. Nothing in the
/// book stops the others: what is missing becomes a finding.
pub fn run_bonus(book: &Book, request: &MonthRequest, name: &str, law: &Law) -> MonthResult {
    let (known, people) = (Known::of(book), people(book));
    let planned = Planned::of(book, name, request.month);
    let mut outputs = Outputs::new(FilingDesk::default());
    outputs.findings.extend(planned.findings(book));
    for client in &book.clients {
        let work = ClientBonus { book, request, law, known: &known, people: &people, planned: &planned, client };
        work.run(&mut outputs);
    }
    made_list::enter(book, &known, law, request, &mut outputs);
    outputs.finish_bonus(request, name)
}

/// One client's turn.
struct ClientBonus<'run> {
    book: &'run Book,
    request: &'run MonthRequest,
    law: &'run Law,
    known: &'run Known,
    people: &'run People<'run>,
    planned: &'run Planned<'run>,
    client: &'run Row<Client>,
}

impl ClientBonus<'_> {
    /// The planned people of the client in the order of the book; then everything that is made from their slips.
    fn run(&self, outputs: &mut Outputs) {
        let Self { book, request, law, known, people, client, .. } = *self;
        let needed = self.needed();
        let months = self.pay_groups(&needed, outputs);
        let groups = self.groups(&needed, &months, outputs);
        let settled = previous_pay::is_settled(book, &client.client_code, request.month.previous());
        let nothing = PersonRows::default();
        let mut bonuses = Vec::new();
        for (employee, row) in self.employees() {
            let key = (employee.client_code.clone(), employee.employee_code.clone());
            let rows = people.get(&key).unwrap_or(&nothing);
            let paid = group_of(known, &groups, employee, row).and_then(|of| {
                let facts = PersonFacts { law, known, group: of.month, schedule: &of.schedule, employee, rows };
                person::pay(facts, of, row, settled)
            });
            match paid {
                Ok(paid) => bonuses.push(paid),
                Err(stop) => outputs.findings.push(stop.of_person(key.0.as_str(), key.1.as_str())),
            }
        }
        let paying = PayingClient::new(book, law, client, request.as_of);
        let slips = bonuses.iter_mut().map(|paid: &mut PaidBonus<'_>| {
            let employee_code = &paid.facts.employee.employee_code;
            (NetPay { employee_code, paid_on: paid.row.paid_on, net: paid.slip.slip.net }, &mut paid.history)
        });
        let transfers = outputs.pay_out(&paying, TransferKind::Bonus, slips);
        let (everybody, paid) = (Vec::new(), Vec::new());
        let month = ClientMonth { book, law, known, people, request, client, everybody, paid, bonuses, transfers };
        for (paid, paid_out) in month.bonuses.iter().zip(&month.transfers.people) {
            outputs.enter_bonus(&month, paid, paid_out);
        }
        payment_notice::file(&month, outputs);
        lists::of_bonus(&month, outputs);
        watch::check_bonus(&month, outputs);
    }

    /// The planned people of the client, in the order of the book.
    fn employees(&self) -> impl Iterator<Item = (&Employee, &Row<Bonus>)> {
        let of_client = self.book.employees.iter().filter(|of| of.client_code == self.client.client_code);
        of_client.filter_map(|employee| Some((&employee.facts, self.planned.of_person(employee)?)))
    }

    /// The pay groups of the planned people, and the days on which they are paid.
    fn needed(&self) -> BTreeSet<(PayGroupCode, Date)> {
        let code = |(employee, row): (&Employee, &Row<Bonus>)| {
            Some((planned::pay_group(self.known, employee, row.paid_on).ok()?, row.paid_on))
        };
        self.employees().filter_map(code).collect()
    }

    fn pay_groups(&self, needed: &BTreeSet<(PayGroupCode, Date)>, outputs: &mut Outputs) -> Vec<PayGroupMonth<'_>> {
        let codes: BTreeSet<&PayGroupCode> = needed.iter().map(|(code, _)| code).collect();
        let mut groups = Vec::new();
        for code in codes {
            let history = self.known.pay_groups.get(&(self.client.client_code.clone(), code.clone()));
            let Some(group) = history.and_then(|history| history.on(self.request.month.last_day())) else { continue };
            match PayGroupMonth::new(self.law, self.known, group, self.request.month) {
                Ok(group) => groups.push(group),
                Err(stops) => outputs.stop(stops),
            }
        }
        groups
    }

    fn groups<'run>(
        &'run self,
        needed: &BTreeSet<(PayGroupCode, Date)>,
        months: &'run [PayGroupMonth<'run>],
        outputs: &mut Outputs,
    ) -> Vec<BonusGroup<'run>> {
        let mut groups = Vec::new();
        let days: BTreeSet<Date> = needed.iter().map(|(_, paid_on)| *paid_on).collect();
        outputs.findings.extend(days.iter().filter_map(|day| group::closed_day(self.law, self.client, *day)));
        for (code, paid_on) in needed {
            let Some(month) = months.iter().find(|month| month.group.pay_group_code == *code) else { continue };
            match BonusGroup::new(self.book, self.law, self.known, month, *paid_on) {
                Ok(group) => groups.push(group),
                Err(stops) => outputs.stop(stops),
            }
        }
        groups
    }
}

/// The group that pays a person; one whose rules cannot be put together was named before.
fn group_of<'run>(
    known: &Known,
    groups: &'run [BonusGroup<'run>],
    employee: &Employee,
    row: &Bonus,
) -> Result<&'run BonusGroup<'run>, Stop> {
    let code = planned::pay_group(known, employee, row.paid_on)?;
    let of = groups.iter().find(|of| of.month.group.pay_group_code == code && of.plan.paid_on == row.paid_on);
    of.ok_or_else(|| {
        let sentence = format!("給与体系コード「{code}」の賞与の決まりを組み立てられません。");
        let remedy = "給与規程に行があるか、支給控除項目の行に誤りがないか確かめてください。";
        Stop::reason("給与規程", "pay_group_missing", sentence, remedy)
    })
}

impl Outputs {
    /// Enters a bonus: its record, its payslip, its line, its history, its row.
    fn enter_bonus(&mut self, month: &ClientMonth<'_>, paid: &PaidBonus<'_>, paid_out: &PaidOut<'_>) {
        let PaidBonus { facts, row, group, slip, history, .. } = paid;
        let (client, person) = (month.client.client_code.as_str(), paid.code().as_str());
        let (plan, slip) = (&group.plan, &slip.slip);
        self.record(&SlipRecord::of_bonus(client, person, plan, slip), client, person);
        if month.request.trace {
            self.explain_bonus(paid);
        }
        let name = row.bonus_name.as_ref().map_or("", |name| name.as_str());
        let heading = Heading::of_bonus(name, row.paid_on, notes(&paid.slip));
        if month.request.payslips {
            self.payslips.push(month.payslip(facts.employee, paid_out, heading, &plan.items, slip));
        }
        self.line(client, person, slip);
        self.carried.histories.push(history.clone());
        self.carried.lines.extend(history::lines(history, &plan.items, slip));
        self.carried.bonuses.push(settled::row(paid));
    }
}

/// What a slip says besides its lines: what the premiums were computed from, or why there are none, and the rate of the tax.
fn notes(bonus: &BonusSlip) -> Vec<String> {
    let schemes = [
        ("健康保険", bonus.insured.health, bonus.standard.health),
        ("厚生年金", bonus.insured.pension, bonus.standard.pension),
    ];
    let scheme = |(name, charge, standard): (&str, Charge, Yen)| match charge {
        Charge::NotInsured => None,
        Charge::Charged => Some(format!("標準賞与額（{name}）は{}です。", yen(standard))),
        _ => Some(format!("標準賞与額（{name}）は{}です。{}。", yen(standard), charge.japanese())),
    };
    let rate = bonus.tax_rate.and_then(percent).map(|rate| format!("所得税は課税対象額の{rate}です。"));
    schemes.into_iter().filter_map(scheme).chain(rate).collect()
}

/// 2.042%.
pub(crate) fn percent(rate: Rate) -> Option<String> {
    rate.exact().times_integer(100).ok().map(|percent| format!("{percent}%"))
}

impl From<BonusError> for Stop {
    fn from(error: BonusError) -> Self {
        let (sheet, code) = match &error {
            BonusError::Unknown { .. } => ("賞与", "unknown_value"),
            BonusError::Formula { .. } | BonusError::TaxClass { .. } | BonusError::TwoStandardItems { .. } => {
                ("支給控除項目", "formula")
            }
            BonusError::AmountsDisagree => ("賞与", "amounts_disagree"),
            BonusError::Law(_) => ("", "law_missing"),
            BonusError::Insurance(_) => ("", "insurance"),
            _ => ("", "calculation"),
        };
        Self::reason(sheet, code, &error, error.remedy())
    }
}
