use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{Book, Client, Employee, Row};
use kura_payroll::pay::Slip;
use kura_print::{Payslip, PrintStamp, PrintedAt};

use crate::annual_base;
use crate::known::{Known, People, PersonRows, people};
use crate::output::{OutputFile, file_name_part};
use crate::pay_group::PayGroupMonth;
use crate::payslip::Printed;
use crate::person::PersonFacts;
use crate::schedule::Schedule;
use crate::slip_record::SlipRecord;
use crate::stop::Stop;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRequest {
    /// 支給月.
    pub month: Month,
    /// The day the files are made on; what is due later is held back.
    pub as_of: Date,
}

/// What a month made.
pub struct MonthResult {
    /// The files, by their paths.
    pub files: Vec<OutputFile>,
    /// The payslips, still to be printed.
    pub payslips: Vec<PayslipPrint>,
    /// 確認事項, the worst first.
    pub findings: Vec<Finding>,
    /// One line a slip.
    pub slips: Vec<SlipLine>,
}

/// A payslip with the path and the stamp of its PDF.
pub struct PayslipPrint {
    /// For example `明細/000-01.pdf`.
    pub path: String,
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
    /// 総支給額, yen.
    pub gross: i64,
    /// 控除合計, yen.
    pub deduction_total: i64,
    /// 差引支給額, yen.
    pub net: i64,
}

/// One payment month of every client in the book. Nothing in the book stops the others: what is missing becomes a finding.
pub fn run(book: &Book, request: &MonthRequest, law: &Law) -> MonthResult {
    let mut work =
        Work { book, request, law, known: Known::of(book), people: people(book), result: MonthResult::empty() };
    let mut records = String::new();
    for client in &book.clients {
        work.client(client, &mut records);
    }
    let Work { mut result, .. } = work;
    result.files.push(OutputFile::new("slips.jsonl", records));
    result
}

/// One person's slip with everything later steps need.
pub(crate) struct PaidPerson<'run> {
    pub(crate) facts: PersonFacts<'run>,
    pub(crate) slip: Slip,
}

struct Work<'run> {
    book: &'run Book,
    request: &'run MonthRequest,
    law: &'run Law,
    known: Known,
    people: People<'run>,
    result: MonthResult,
}

impl Work<'_> {
    /// All people of a client in the order of the book, each by the pay group of the terms; then what the client files.
    fn client(&mut self, client: &Row<Client>, records: &mut String) {
        let Self { book, request, law, known, people, result } = self;
        let code = &client.client_code;
        let mut groups = Vec::new();
        for ((_, _), history) in known.pay_groups.iter().filter(|((of, _), _)| of == code) {
            let Some(group) = history.on(request.month.last_day()) else { continue };
            match PayGroupMonth::new(law, known, group, request.month) {
                Ok(group) => groups.push(group),
                Err(stops) => result.findings.extend(stops.into_iter().map(Stop::finding)),
            }
        }
        let scheduled: Vec<(&PayGroupMonth<'_>, Schedule<'_>)> = groups
            .iter()
            .map(|group| {
                let exceptions = book.calendar_days.iter().filter(|day| day.client_code == *code);
                (group, Schedule::new(&group.group, exceptions, law.holidays()))
            })
            .collect();
        let nothing = PersonRows::default();
        let mut paid = Vec::new();
        for employee in book.employees.iter().filter(|employee| employee.client_code == *code) {
            let rows = people.get(&(code.clone(), employee.employee_code.clone())).unwrap_or(&nothing);
            if let Err(stop) = in_a_pay_group(known, employee, request.month) {
                result.findings.push(stop.of_person(code.as_str(), employee.employee_code.as_str()));
                continue;
            }
            for (group, schedule) in &scheduled {
                match pay(PersonFacts { law, known, group, schedule, employee, rows }) {
                    Ok(Some(person)) => paid.push(person),
                    Ok(None) => {}
                    Err(stop) => {
                        result.findings.push(stop.of_person(code.as_str(), employee.employee_code.as_str()));
                        break;
                    }
                }
            }
        }
        for person in &paid {
            result.enter(book, client, person, request, records);
        }
        annual_base::file(book, law, request, client, &paid, result);
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

/// The slip of a person of this pay group who is paid in the month; `None` when nothing is due.
fn pay(facts: PersonFacts<'_>) -> Result<Option<PaidPerson<'_>>, Stop> {
    let clocks = facts.clocks();
    let employed = facts.employed()?;
    let due =
        [clocks.attendance, clocks.variable].iter().any(|period| period.overlap(employed.from, employed.to).is_some());
    let last_day = clocks.attendance.to.min(employed.to);
    if !due || facts.terms_on(last_day)?.pay_group_code.as_ref() != Some(&facts.group.group.pay_group_code) {
        return Ok(None);
    }
    let person = facts.month()?;
    let slip = facts.group.plan.pay(&person, &mut ())?;
    Ok(Some(PaidPerson { facts, slip }))
}

impl MonthResult {
    fn empty() -> Self {
        Self { files: Vec::new(), payslips: Vec::new(), findings: Vec::new(), slips: Vec::new() }
    }

    /// Enters a slip: its record, its payslip, its line.
    fn enter(
        &mut self,
        book: &Book,
        client: &Row<Client>,
        person: &PaidPerson<'_>,
        request: &MonthRequest,
        records: &mut String,
    ) {
        let PaidPerson { facts, slip } = person;
        let (client_code, person_code) = (client.client_code.as_str(), facts.employee.employee_code.as_str());
        let plan = &facts.group.plan;
        match serde_json::to_string(&SlipRecord::new(client_code, person_code, plan, slip)) {
            Ok(record) => {
                records.push_str(&record);
                records.push('\n');
            }
            Err(_) => self.findings.push(unwritten(client_code, person_code)),
        }
        self.payslips.push(payslip(book, client, person, request));
        self.slips.push(SlipLine {
            client: client_code.to_owned(),
            person: person_code.to_owned(),
            gross: slip.gross.get(),
            deduction_total: slip.deduction_total.get(),
            net: slip.net.get(),
        });
    }
}

fn payslip(book: &Book, client: &Row<Client>, person: &PaidPerson<'_>, request: &MonthRequest) -> PayslipPrint {
    let PaidPerson { facts, slip } = person;
    let employee: &Employee = facts.employee;
    let accounts = book.bank_accounts.iter().filter(|account| {
        account.client_code == client.client_code && account.employee_code.as_ref() == Some(&employee.employee_code)
    });
    let printed = Printed {
        office_name: book.office.office_name.as_ref().map_or("", |name| name.as_str()),
        client,
        employee,
        attendance: facts.attendance_row(),
        accounts: accounts.map(|row| &row.facts).collect(),
        plan: &facts.group.plan,
        slip,
    };
    let name =
        format!("{}-{}", file_name_part(client.client_code.as_str()), file_name_part(employee.employee_code.as_str()));
    let stamp = PrintStamp { document_id: format!("{}-{name}", request.month), printed_at: noon(request.as_of) };
    PayslipPrint { path: format!("明細/{name}.pdf"), payslip: printed.payslip(), stamp }
}

/// Prints carry the day of `--as-of`, so that the same month gives the same bytes.
fn noon(day: Date) -> PrintedAt {
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

fn unwritten(client: &str, person: &str) -> Finding {
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
