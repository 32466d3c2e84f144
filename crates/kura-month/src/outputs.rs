use kura_book::Finding;

use crate::decisions::Judgement;
use crate::filing_desk::FilingDesk;
use crate::lists::ListFile;
use crate::month::{MonthResult, PayslipPrint, SlipLine};
use crate::next_book::CarriedForward;
use crate::output::OutputFile;

/// What the steps of a run make, one after the other.
pub(crate) struct Outputs {
    pub(crate) files: Vec<OutputFile>,
    pub(crate) payslips: Vec<PayslipPrint>,
    pub(crate) lists: Vec<ListFile>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) slips: Vec<SlipLine>,
    /// slips.jsonl, so far.
    pub(crate) records: String,
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
            records: String::new(),
            filings,
            judgements: Vec::new(),
            carried: CarriedForward::default(),
        }
    }

    /// The result of the run.
    pub(crate) fn finish(self, book: &kura_model::Book, request: &crate::month::MonthRequest) -> MonthResult {
        let Self { mut files, payslips, lists, findings, slips, records, filings, carried, .. } = self;
        files.push(OutputFile::new("slips.jsonl", records));
        let next_book = carried.into_book(book, request, &filings);
        MonthResult { files, payslips, lists, findings, slips, next_book }
    }
}
