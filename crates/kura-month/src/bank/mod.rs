//! 振込: what was computed for people, on its way to their accounts or into an envelope.

mod accounts;
mod file;
mod transfers;

pub(crate) use transfers::{NetPay, PaidOut, Transfers, Way};

use accounts::Accounts;
use kura_bank::TransferKind;
use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_law::Law;
use kura_model::{Book, Client, PayHistory, Row};

use crate::outputs::Outputs;
use crate::stop::Stop;

const SHEET: &str = "口座";

/// Whose money is paid out, from which accounts, and on which day the files are made.
pub(crate) struct PayingClient<'run> {
    law: &'run Law,
    client: &'run Row<Client>,
    accounts: Accounts<'run>,
    /// `--as-of`.
    as_of: Date,
}

impl<'run> PayingClient<'run> {
    pub(crate) fn new(book: &'run Book, law: &'run Law, client: &'run Row<Client>, as_of: Date) -> Self {
        Self { law, client, accounts: Accounts::of(book, &client.client_code), as_of }
    }

    /// 締めの約束 振込データ: so many bank days before the transfer the bank wants the file; 0 where nothing is agreed.
    fn days_before(&self) -> u16 {
        self.client.transfer_due.and_then(|days| u16::try_from(days).ok()).unwrap_or_default()
    }

    /// A finding about one person's transfer, which is not made.
    fn of_person(&self, employee: &str, stop: Stop) -> Finding {
        let sentence =
            format!("会社{} 社員{employee}: {}この人の振込は作っていません。", self.client.client_code, stop.sentence);
        Stop { sentence, ..stop }.finding()
    }

    /// A finding about the client's file.
    fn of_client(&self, severity: Severity, stop: Stop) -> Finding {
        let sentence = format!("会社{}: {}", self.client.client_code, stop.sentence);
        Finding { severity, ..Stop { sentence, ..stop }.finding() }
    }
}

impl Outputs {
    /// Sends the nets of slips on their ways, makes the file of the bank, and enters in 給与履歴 how each person is paid.
    pub(crate) fn pay_out<'run, 'slips>(
        &mut self,
        paying: &PayingClient<'run>,
        kind: TransferKind,
        slips: impl Iterator<Item = (NetPay<'run>, &'slips mut PayHistory)>,
    ) -> Transfers<'run> {
        let (nets, histories): (Vec<_>, Vec<_>) = slips.unzip();
        let mut transfers = Transfers::of(paying, kind, nets, &mut self.findings);
        self.files.extend(file::files(paying, &mut transfers, &mut self.findings));
        for (history, way) in histories.into_iter().zip(&transfers.people).filter(|(_, way)| !way.stopped) {
            (history.transferred, history.cash) = (Some(way.transferred()), Some(way.cash()));
        }
        transfers
    }
}
