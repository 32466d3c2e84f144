//! 振込: what was computed for people, on its way to their accounts or into an envelope.

mod accounts;
mod file;
mod transfers;

pub(crate) use file::files;
pub(crate) use transfers::{NetPay, PaidOut, Transfers, Way};

use accounts::Accounts;
use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_law::Law;
use kura_model::{Book, Client, Row};

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
