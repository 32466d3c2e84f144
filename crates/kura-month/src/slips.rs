use kura_book::Finding;
use kura_law::Law;
use kura_model::Book;
use rayon::prelude::*;

use crate::client_month::{ClientMonth, PaidPerson};
use crate::month::{MonthRequest, MonthResult, SlipLine, each_client, unwritten};
use crate::outputs::Outputs;
use crate::slip_record::SlipRecord;
use crate::{carried, checklist, trace_record, watch};

/// The slips of a month alone: what a second look needs before anything is filed, listed or printed.
pub struct Slips {
    /// The slips in words.
    pub records: Vec<SlipText>,
    /// One line a slip.
    pub slips: Vec<SlipLine>,
    /// Who was stopped, and what somebody has to look at in the slips; what stops files and lists is found when they are made.
    pub findings: Vec<Finding>,
}

/// A slip as slips.jsonl and trace.jsonl have it. Personal.
#[derive(Clone, PartialEq, Eq)]
pub struct SlipText {
    /// 会社コード.
    pub client: String,
    /// 社員番号.
    pub person: String,
    /// The line of slips.jsonl, without its end.
    pub record: String,
    /// The lines of trace.jsonl, each with its end; empty where nobody asked for them.
    pub trace: String,
}

/// The slips that [`run`](crate::run) makes of the same book with their 確認事項, and nothing else of it.
pub fn slips(book: &Book, request: &MonthRequest, law: &Law) -> Slips {
    let corrections = |work: &crate::month::ClientWork<'_>, outputs: &mut Outputs| work.corrections(outputs);
    let outputs = each_client(book, request, law, corrections, |month, outputs| {
        outputs.enter_slips(month);
        watch::check(month, outputs);
        checklist::check(month, outputs);
        carried::check(month, outputs);
    });
    let Outputs { records, slips, findings, .. } = outputs;
    Slips { records, slips, findings }
}

impl From<&MonthResult> for Slips {
    fn from(result: &MonthResult) -> Self {
        let MonthResult { records, slips, findings, .. } = result;
        Self { records: records.clone(), slips: slips.clone(), findings: findings.clone() }
    }
}

impl std::fmt::Debug for SlipText {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SlipText(..)")
    }
}

impl SlipText {
    /// A slip that nobody asked the reasons of.
    pub(crate) fn new(record: &SlipRecord<'_>, client: &str, person: &str) -> Result<Self, serde_json::Error> {
        let record = serde_json::to_string(record)?;
        Ok(Self { client: client.to_owned(), person: person.to_owned(), record, trace: String::new() })
    }

    fn of_pay(month: &ClientMonth<'_>, paid: &PaidPerson<'_>) -> Option<Self> {
        let (client, person) = (month.client.client_code.as_str(), paid.code());
        let record = SlipRecord::new(client, person, &paid.facts.group.plan, &paid.slip);
        let text = Self::new(&record, client, person).ok()?;
        let trace = if month.request.trace { trace_record::of_pay(None, paid)? } else { String::new() };
        Some(Self { trace, ..text })
    }
}

impl Outputs {
    /// The slips of everybody, their words made on all cores.
    fn enter_slips(&mut self, month: &ClientMonth<'_>) {
        let texts: Vec<_> = month.paid.par_iter().map(|paid| SlipText::of_pay(month, paid)).collect();
        for (paid, text) in month.paid.iter().zip(texts) {
            let (client, person) = (month.client.client_code.as_str(), paid.code());
            match text {
                Some(text) => self.records.push(text),
                None => self.findings.push(unwritten(client, person)),
            }
            self.line(client, person, &paid.slip);
        }
    }
}
