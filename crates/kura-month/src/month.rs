use kura_bank::TransferKind;
use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{Book, Client, Employee, Row};
use kura_payroll::pay::{Item, Slip};
use kura_print::{Payslip, PrintStamp, PrintedAt};
use kura_yen::Yen;
use rayon::prelude::*;

use crate::bank::{NetPay, PaidOut, PayingClient, Transfers};
use crate::bonus;
use crate::carried::{self, NOTHING_CARRIED};
use crate::checklist;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::decisions;
use crate::establishments;
use crate::filing_desk::FilingDesk;
use crate::filings;
use crate::history;
use crate::known::{Known, People, PersonRows, people};
use crate::lists::{self, ListFile};
use crate::next_book::NextBook;
use crate::output::{OutputFile, file_name_part};
use crate::outputs::Outputs;
use crate::pay_group::PayGroupMonth;
use crate::payslip::{Heading, Printed};
use crate::person::PersonFacts;
use crate::schedule::Schedule;
use crate::slip_record::SlipRecord;
use crate::slips::SlipText;
use crate::stop::Stop;
use crate::watch;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRequest {
    /// 支給月.
    pub month: Month,
    /// The day the files are made on; what is due later is held back.
    pub as_of: Date,
    /// Every amount is explained in trace.jsonl.
    pub trace: bool,
    /// Payslips are made, to be printed.
    pub payslips: bool,
}

/// What a month made.
pub struct MonthResult {
    /// The files, by their paths.
    pub files: Vec<OutputFile>,
    /// The payslips, still to be printed.
    pub payslips: Vec<PayslipPrint>,
    /// The lists, still to be written as spreadsheets and printed.
    pub lists: Vec<ListFile>,
    /// 確認事項, the worst first.
    pub findings: Vec<Finding>,
    /// One line a slip.
    pub slips: Vec<SlipLine>,
    /// The slips as slips.jsonl and trace.jsonl have them, in the same order.
    pub records: Vec<SlipText>,
    /// 次の本: the book of the month after, to be made of the book that was run; the caller writes it with the hash of that book.
    pub next_book: NextBook,
    /// Its path under the output folder.
    pub next_book_path: String,
}

/// A payslip with the path and the stamp of its PDF.
pub struct PayslipPrint {
    /// For example `明細/000-01.pdf`.
    pub path: String,
    /// 会社コード, as file names spell it.
    pub client: String,
    /// What it says.
    pub payslip: Payslip,
    /// What makes the same slip the same bytes.
    pub stamp: PrintStamp,
}

/// A slip in the table of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipLine {
    /// 会社コード.
    pub client: String,
    /// 社員番号.
    pub person: String,
    /// 総支給額.
    pub gross: Yen,
    /// 控除合計.
    pub deduction_total: Yen,
    /// 差引支給額.
    pub net: Yen,
}

/// One payment month of every client in the book. Nothing in the book stops the others: what is missing becomes a finding.
pub fn run(book: &Book, request: &MonthRequest, law: &Law) -> MonthResult {
    let outputs = each_client(
        book,
        request,
        law,
        |work, outputs| work.corrections(outputs),
        |month, outputs| {
            for (person, paid_out) in month.paid.iter().zip(&month.transfers.people) {
                outputs.enter(month, person, paid_out);
            }
            filings::make(month, outputs);
            decisions::step(month, outputs);
            bonus::registered_months(month, outputs);
            lists::make(month, outputs);
            watch::check(month, outputs);
            checklist::check(month, outputs);
            carried::check(month, outputs);
        },
    );
    outputs.finish(book, request)
}

/// A month whose outputs were made elsewhere: its pay goes into 給与履歴 and 明細履歴 of the next book, and nothing is filed or
/// printed. For moving in, and for the settled months of the demonstration. People whose pay of the month the book already
/// holds stay as they are.
pub fn settle(book: &Book, month: Month, law: &Law) -> (Book, Vec<Finding>) {
    let request = MonthRequest { month, as_of: month.last_day(), trace: false, payslips: false };
    let outputs = each_client(
        book,
        &request,
        law,
        |_, _| {},
        |month, outputs| {
            for person in &month.paid {
                outputs.carry(person);
            }
        },
    );
    let MonthResult { next_book, findings, .. } = outputs.finish(book, &request);
    (next_book.of(book.clone()), findings)
}

/// The outputs of each client in turn.
pub(crate) fn each_client(
    book: &Book,
    request: &MonthRequest,
    law: &Law,
    settled: impl Fn(&ClientWork<'_>, &mut Outputs),
    then: impl Fn(&ClientMonth<'_>, &mut Outputs),
) -> Outputs {
    let (known, people) = (Known::of(book), people(book));
    let mut outputs = Outputs::new(FilingDesk::default());
    for client in &book.clients {
        let work = ClientWork { book, request, law, known: &known, people: &people, client };
        settled(&work, &mut outputs);
        work.run(&mut outputs, &then);
    }
    filings::made_list::enter(book, &known, law, request, &mut outputs);
    outputs
}

/// One client's turn.
#[derive(Clone, Copy)]
pub(crate) struct ClientWork<'run> {
    pub(crate) book: &'run Book,
    pub(crate) request: &'run MonthRequest,
    pub(crate) law: &'run Law,
    pub(crate) known: &'run Known,
    pub(crate) people: &'run People<'run>,
    pub(crate) client: &'run Row<Client>,
}

impl<'run> ClientWork<'run> {
    /// All people of the client in the order of the book, each by the pay group of the terms; then everything that is made from
    /// their slips.
    fn run(&self, outputs: &mut Outputs, then: &impl Fn(&ClientMonth<'_>, &mut Outputs)) {
        let Self { book, request, law, people, client, .. } = *self;
        let groups = self.pay_groups(outputs);
        outputs.stop(establishments::empty_cells(self));
        let scheduled = self.scheduled(&groups);
        let nothing = PersonRows::default();
        let of_one = |employee: &'run Row<Employee>| {
            let rows = people.get(&(client.client_code.clone(), employee.employee_code.clone())).unwrap_or(&nothing);
            let in_groups = || scheduled.iter().map(|(group, schedule)| self.facts(group, schedule, employee, rows));
            let at_end = in_groups().find(|person| person.in_group_at_end_of(request.month));
            let mut paid = Vec::new();
            let is_paid = rows.is_paid(request.month);
            let stop = if is_paid { None } else { self.pay(employee, in_groups(), &mut paid).err() };
            (
                at_end,
                paid,
                stop.map(|stop| stop.of_person(client.client_code.as_str(), employee.employee_code.as_str())),
            )
        };
        let employees: Vec<_> = self.employees().collect();
        // One person's pay asks nothing of another's; the order stays that of the book.
        let computed: Vec<_> = employees.into_par_iter().map(of_one).collect();
        let (mut paid, mut everybody) = (Vec::with_capacity(computed.len()), Vec::with_capacity(computed.len()));
        for (at_end, of_person, stop) in computed {
            everybody.extend(at_end);
            paid.extend(of_person);
            outputs.findings.extend(stop);
        }
        let paying = PayingClient::new(book, law, client, request.as_of);
        let slips = paid.iter_mut().map(|person: &mut PaidPerson<'_>| {
            let (employee, paid_on) = (person.facts.employee, person.facts.clocks().payment_date);
            let net = NetPay { employee_code: &employee.employee_code, paid_on, net: person.slip.net };
            (net, &mut person.history)
        });
        let transfers = outputs.pay_out(&paying, TransferKind::Pay, slips);
        let month = ClientMonth { everybody, ..self.month(paid, transfers) };
        then(&month, outputs);
    }

    /// The client's month with its slips.
    pub(crate) fn month<'slips>(
        &'slips self,
        paid: Vec<PaidPerson<'slips>>,
        transfers: Transfers<'slips>,
    ) -> ClientMonth<'slips> {
        let Self { book, request, law, known, people, client } = *self;
        let (everybody, bonuses) = (Vec::new(), Vec::new());
        ClientMonth { book, law, known, people, request, client, everybody, paid, bonuses, transfers }
    }

    /// The people of the client, in the order of the book.
    pub(crate) fn employees(&self) -> impl Iterator<Item = &'run Row<Employee>> + use<'run> {
        let code = &self.client.client_code;
        self.book.employees.iter().filter(move |employee| employee.client_code == *code)
    }

    /// What is known of one person in one pay group.
    pub(crate) fn facts<'one>(
        &self,
        group: &'one PayGroupMonth<'one>,
        schedule: &'one Schedule<'one>,
        employee: &'one Employee,
        rows: &'one PersonRows<'one>,
    ) -> PersonFacts<'one>
    where
        'run: 'one,
    {
        PersonFacts { law: self.law, known: self.known, group, schedule, employee, rows }
    }

    /// Each pay group with its calendar.
    pub(crate) fn scheduled<'groups>(
        &self,
        groups: &'groups [PayGroupMonth<'groups>],
    ) -> Vec<(&'groups PayGroupMonth<'groups>, Schedule<'groups>)>
    where
        'run: 'groups,
    {
        let calendar = |group: &'groups PayGroupMonth<'groups>| {
            let exceptions = self.book.calendar_days.iter().filter(|day| day.client_code == self.client.client_code);
            (group, Schedule::new(&group.group, exceptions, self.law.holidays()))
        };
        groups.iter().map(calendar).collect()
    }

    /// The plans of the client's pay groups.
    pub(crate) fn pay_groups(&self, outputs: &mut Outputs) -> Vec<PayGroupMonth<'run>> {
        let (mut groups, mut stops) = (Vec::new(), Vec::new());
        let of_client = self.known.pay_groups.iter().filter(|((of, _), _)| *of == self.client.client_code);
        for (_, history) in of_client {
            let Some(group) = history.on(self.request.month.last_day()) else { continue };
            match PayGroupMonth::new(self.law, self.known, group, self.request.month) {
                Ok(group) => groups.push(group),
                Err(of_group) => stops.extend(of_group),
            }
        }
        outputs.stop(stops);
        groups
    }

    /// The slips of a person, at most one a pay group.
    fn pay<'slips>(
        &self,
        employee: &Employee,
        in_groups: impl Iterator<Item = PersonFacts<'slips>>,
        paid: &mut Vec<PaidPerson<'slips>>,
    ) -> Result<(), Stop> {
        in_a_pay_group(self.known, employee, self.request.month)?;
        let before = paid.len();
        for facts in in_groups {
            let first = paid.len() == before;
            paid.extend(pay(facts, first)?);
        }
        Ok(())
    }
}

/// A person employed in the month whose terms name no pay group of the client would be left out in silence: that stops.
fn in_a_pay_group(known: &Known, employee: &Employee, month: Month) -> Result<(), Stop> {
    let last_day = [employee.left_on, employee.died_on].into_iter().flatten().min().unwrap_or(kura_calendar::LAST_DAY);
    let begun = employee.hired_on.is_none_or(|hired_on| hired_on <= month.last_day());
    if !begun || last_day < month.first_day() {
        return Ok(());
    }
    let key = (employee.client_code.clone(), employee.employee_code.clone());
    let terms = known.terms.get(&key).and_then(|history| history.on(month.last_day().min(last_day)));
    let terms = terms.ok_or_else(|| Stop::unknown("雇用条件", None, "適用開始日"))?;
    let group = terms.pay_group_code.clone().ok_or_else(|| Stop::unknown("雇用条件", None, "給与体系コード"))?;
    if known.pay_groups.contains_key(&(employee.client_code.clone(), group.clone())) {
        return Ok(());
    }
    let sentence = format!("給与体系コード「{group}」の行が給与規程にありません。");
    Err(Stop::reason(
        "給与規程",
        "pay_group_missing",
        sentence,
        "給与規程に行を加えるか、雇用条件の給与体系コードを直してください。",
    ))
}

/// The slip of a person of this pay group who is paid in the month; `None` when nothing is due. The first slip of the month
/// settles what earlier ones left.
fn pay(facts: PersonFacts<'_>, first: bool) -> Result<Option<PaidPerson<'_>>, Stop> {
    if !facts.is_due()? {
        return Ok(None);
    }
    let mut asked = facts.month()?;
    if !first {
        asked.carried = NOTHING_CARRIED;
    }
    let slip = facts.group.plan.pay(&asked, &mut ())?;
    let history = history::row(&facts, &asked, &slip)?;
    Ok(Some(PaidPerson { facts, asked, slip, history }))
}

impl Outputs {
    /// Enters a slip: its record, its payslip, its line, its history.
    fn enter(&mut self, month: &ClientMonth<'_>, person: &PaidPerson<'_>, paid_out: &PaidOut<'_>) {
        let PaidPerson { facts, slip, .. } = person;
        let (client_code, person_code) = (month.client.client_code.as_str(), person.code());
        let plan = &facts.group.plan;
        self.record(&SlipRecord::new(client_code, person_code, plan, slip), client_code, person_code);
        if month.request.trace {
            self.explain(None, person);
        }
        if month.request.payslips {
            self.payslips.push(payslip(month, person, paid_out));
        }
        self.line(client_code, person_code, slip);
        self.carry(person);
    }

    /// One line of slips.jsonl.
    pub(crate) fn record(&mut self, record: &SlipRecord<'_>, client: &str, person: &str) {
        match SlipText::new(record, client, person) {
            Ok(record) => self.records.push(record),
            Err(_) => self.findings.push(unwritten(client, person)),
        }
    }

    /// One line of the table on screen.
    pub(crate) fn line(&mut self, client: &str, person: &str, slip: &Slip) {
        self.slips.push(SlipLine {
            client: client.to_owned(),
            person: person.to_owned(),
            gross: slip.gross,
            deduction_total: slip.deduction_total,
            net: slip.net,
        });
    }

    /// Enters a payment into the next book.
    pub(crate) fn carry(&mut self, person: &PaidPerson<'_>) {
        self.carried.lines.extend(person.pay_lines());
        self.carried.histories.push(person.history.clone());
    }
}

fn payslip(month: &ClientMonth<'_>, person: &PaidPerson<'_>, paid_out: &PaidOut<'_>) -> PayslipPrint {
    let PaidPerson { facts, slip, .. } = person;
    let plan = &facts.group.plan;
    let heading = Heading::of_month(plan.clocks, facts.attendance_row().as_deref().map(|row| &row.facts));
    month.payslip(facts.employee, paid_out, heading, &plan.items, slip)
}

impl ClientMonth<'_> {
    /// The payslip of a person, to be printed.
    pub(crate) fn payslip(
        &self,
        employee: &Employee,
        paid_out: &PaidOut<'_>,
        heading: Heading,
        items: &[Item],
        slip: &Slip,
    ) -> PayslipPrint {
        let Self { book, client, request, law, .. } = self;
        let printed = Printed {
            office_name: book.office.office_name.as_ref().map_or("", |name| name.as_str()),
            client,
            employee,
            paid_out,
            heading,
            items,
            slip,
            law_pack: law.version(),
        };
        let (of, person) = (client.client_code.as_str(), employee.employee_code.as_str());
        let name = format!("{}-{}", file_name_part(of), file_name_part(person));
        let stamp = PrintStamp { document_id: format!("{}-{name}", request.month), printed_at: noon(request.as_of) };
        let path = format!("明細/{name}.pdf");
        PayslipPrint { path, client: file_name_part(of), payslip: printed.payslip(), stamp }
    }
}

/// Prints carry the day of `--as-of`, so that the same month gives the same bytes.
pub fn noon(day: Date) -> PrintedAt {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    PrintedAt {
        year: i32::from(day.year()),
        month: part(day.month()),
        day: part(day.day()),
        hour: 12,
        minute: 0,
        second: 0,
    }
}

/// A record of a slip that cannot be written: a mistake of the program.
pub(crate) fn unwritten(client: &str, person: &str) -> Finding {
    Finding {
        sheet: String::new(),
        row: None,
        column: None,
        severity: Severity::Error,
        code: "slip_not_written",
        sentence: format!("会社{client} 社員{person}: 明細の記録を作れませんでした。"),
        remedy: "この会社コードと社員番号を添えて開発者に知らせてください。".to_owned(),
    }
}
