use kura_book::Finding;
use kura_model::Book;

use crate::decisions::Judgement;
use crate::filing_desk::FilingDesk;
use crate::lists::ListFile;
use crate::month::{MonthRequest, MonthResult, PayslipPrint, SlipLine, unwritten};
use crate::next_book::{After, CarriedForward, NextBook};
use crate::output::{OutputFile, file_name_part};
use crate::slips::SlipText;
use crate::stop::Stop;

/// What the steps of a run make, one after the other.
pub(crate) struct Outputs {
    pub(crate) files: Vec<OutputFile>,
    pub(crate) payslips: Vec<PayslipPrint>,
    pub(crate) lists: Vec<ListFile>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) slips: Vec<SlipLine>,
    /// slips.jsonl and trace.jsonl, so far.
    pub(crate) records: Vec<SlipText>,
    /// Who files what with which media number.
    pub(crate) filings: FilingDesk,
    /// 月変・算定の判定: why each standard is as it is.
    pub(crate) judgements: Vec<Judgement>,
    /// What the next book gets.
    pub(crate) carried: CarriedForward,
}

impl Outputs {
    pub(crate) fn new(filings: FilingDesk) -> Self {
        Self {
            files: Vec::new(),
            payslips: Vec::new(),
            lists: Vec::new(),
            findings: Vec::new(),
            slips: Vec::new(),
            records: Vec::new(),
            filings,
            judgements: Vec::new(),
            carried: CarriedForward::default(),
        }
    }

    /// What stops a client, a pay group or a file. Each is told once, however many it stops.
    pub(crate) fn stop(&mut self, stops: Vec<Stop>) {
        for finding in stops.into_iter().map(Stop::finding) {
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
    }

    /// The lines of trace.jsonl of the slip that was entered last, or that there are none.
    pub(crate) fn enter_trace(&mut self, lines: Option<String>, client: &str, person: &str) {
        match (lines, self.records.last_mut()) {
            (Some(lines), Some(slip)) => slip.trace.push_str(&lines),
            _ => self.findings.push(unwritten(client, person)),
        }
    }

    /// The result of a month's pay.
    pub(crate) fn finish(self, book: &Book, request: &MonthRequest) -> MonthResult {
        let settled = request.month.max(book.cover.as_of_month.unwrap_or(request.month));
        let path = format!("次の本/蔵ブック_{}.xlsx", settled.next());
        self.result(path, After::Pay(request.month))
    }

    /// The result of a 仮払い: its next book waits for the 勤怠 of the same month.
    pub(crate) fn finish_provisional(self, request: &MonthRequest) -> MonthResult {
        let path = format!("次の本/蔵ブック_{}.xlsx", request.month);
        self.result(path, After::Provisional)
    }

    /// The result of a bonus: its next book stands in the same month.
    pub(crate) fn finish_bonus(self, request: &MonthRequest, name: &str) -> MonthResult {
        let path = format!("次の本/蔵ブック_{}_{}.xlsx", request.month, file_name_part(name));
        self.result(path, After::Bonus(request.month))
    }

    fn result(self, next_book_path: String, after: After) -> MonthResult {
        let Self { mut files, payslips, lists, findings, slips, records, filings, carried, .. } = self;
        let text = |one: fn(&SlipText) -> [&str; 2]| records.iter().flat_map(one).collect::<String>();
        files.push(OutputFile::new("slips.jsonl", text(|slip| [&slip.record, "\n"])));
        let traces = text(|slip| [&slip.trace, ""]);
        if !traces.is_empty() {
            files.push(OutputFile::new("trace.jsonl", traces));
        }
        let next_book = NextBook { carried, filings, after };
        MonthResult { files, payslips, lists, findings, slips, records, next_book, next_book_path }
    }
}
