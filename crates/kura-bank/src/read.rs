use kura_calendar::Date;
use kura_law::Law;
use kura_yen::Yen;

use crate::days::require_bank_day;
use crate::layout::{Item, Layouts};
use crate::problem::Report;
use crate::record::Record;
use crate::{
    Account, AccountKind, BankProblem, BankProfile, LineEnds, NewCode, Payer, Payment, RecordKind, TransferFile,
    TransferKind,
};

/// Every fault of a 全銀 pay file: lengths, line ends, order of the records, characters, codes, 件数 and 合計.
///
/// `near` chooses the year of 振込指定日, which the file gives as month and day: the year that brings it nearest.
pub fn check(law: &Law, bytes: &[u8], profile: &BankProfile, near: Date) -> Vec<BankProblem> {
    read(law, bytes, profile, near).err().unwrap_or_default()
}

/// The contents of a file without a fault, in the form the file has them: kana in half width, numbers with their zeros.
///
/// # Errors
/// Every fault, as [`check`] gives them.
pub fn read(law: &Law, bytes: &[u8], profile: &BankProfile, near: Date) -> Result<TransferFile, Vec<BankProblem>> {
    let mut report = Report::default();
    let layouts = match Layouts::of(law, near) {
        Ok(layouts) => layouts,
        Err(error) => {
            report.add_law(&error);
            return Err(report.into_problems());
        }
    };
    if bytes.is_empty() {
        report.add("ファイルが空です。", "振込データを選び直してください。");
        return Err(report.into_problems());
    }
    let records = records(bytes, layouts.record_length(), profile.line_ends, &mut report);
    let mut reader = Reader { law, layouts: &layouts, profile, near, report, header: None, payments: Vec::new() };
    reader.file(&records);
    match (reader.report.is_empty(), reader.header) {
        (true, Some((kind, transfer_date, payer))) => {
            Ok(TransferFile { kind, transfer_date, payer, payments: reader.payments })
        }
        _ => Err(reader.report.into_problems()),
    }
}

/// Cuts a file into records: by its line breaks where it has any, else by length.
fn records<'file>(bytes: &'file [u8], length: usize, ends: LineEnds, report: &mut Report) -> Vec<&'file [u8]> {
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    if !bytes.iter().any(is_break) {
        if ends == LineEnds::CrLf {
            report.add("レコードの後に改行がありません。", "レコードごとに改行（CR LF）を付けてください。");
        }
        return bytes.chunks(length).collect();
    }
    if ends == LineEnds::Nothing {
        report.add("改行があります。", "この銀行には、改行のない形で渡してください。");
    }
    let mut records = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(is_break).unwrap_or(rest.len());
        let (record, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        records.push(record);
        rest = match after {
            [b'\r', b'\n', next @ ..] => next,
            [_, next @ ..] => {
                report.at(records.len(), None, None);
                report.add("改行がCR LFではありません。", "改行をCR LFにしてください。");
                next
            }
            [] => {
                report.at(records.len(), None, None);
                report.add("最後の改行がありません。", "最後のレコードにも改行（CR LF）を付けてください。");
                after
            }
        };
    }
    report.at_file();
    records
}

struct Reader<'run> {
    law: &'run Law,
    layouts: &'run Layouts,
    profile: &'run BankProfile,
    near: Date,
    report: Report,
    header: Option<(TransferKind, Date, Payer)>,
    payments: Vec<Payment>,
}

impl<'run> Reader<'run> {
    fn file(&mut self, records: &[&'run [u8]]) {
        let mut counted: usize = 0;
        let mut sum: Option<i64> = Some(0);
        let mut before = None;
        for (&bytes, number) in records.iter().zip(1..) {
            if self.report.is_full() {
                return;
            }
            let kind = bytes.first().copied().and_then(RecordKind::of_code);
            counted = counted.saturating_add(usize::from(kind == Some(RecordKind::Data)));
            self.report.at(number, kind, (kind == Some(RecordKind::Data)).then_some(counted));
            let Some(kind) = kind else {
                self.report
                    .add("データ区分が1・2・8・9のどれでもありません。", "レコードの初めの文字を直してください。");
                continue;
            };
            self.require_order(before.replace(kind), kind);
            if bytes.len() != self.layouts.record_length() {
                let message = format!("長さが{}バイトです（{}バイト）。", bytes.len(), self.layouts.record_length());
                self.report.add(message, "項目の桁を揃えてください。");
                sum = None;
                continue;
            }
            let record = Record { layout: self.layouts.record(kind), bytes };
            record.check_characters(self.profile, &mut self.report);
            match kind {
                RecordKind::Header => self.header(record),
                RecordKind::Data => {
                    let amount = record.number(Item::Amount);
                    sum = sum.zip(amount).and_then(|(sum, amount)| sum.checked_add(amount));
                    self.payment(record);
                }
                RecordKind::Trailer => self.trailer(record, counted, sum),
                RecordKind::End => {}
            }
        }
        self.report.at_file();
        if before != Some(RecordKind::End) {
            self.report.add("エンドレコードで終わっていません。", "ファイルが途中で切れていないか確かめてください。");
        }
    }

    /// Header, data, trailer, end: each once, the data at least once.
    fn require_order(&mut self, before: Option<RecordKind>, kind: RecordKind) {
        let fits = matches!(
            (before, kind),
            (None, RecordKind::Header)
                | (Some(RecordKind::Header | RecordKind::Data), RecordKind::Data)
                | (Some(RecordKind::Data), RecordKind::Trailer)
                | (Some(RecordKind::Trailer), RecordKind::End)
        );
        if !fits {
            let message = format!("{}レコードの位置が違います。", kind.japanese());
            self.report
                .add(message, "ヘッダー、データ、トレーラー、エンドの順に、データのほかは1つずつにしてください。");
        }
    }

    fn header(&mut self, record: Record<'_>) {
        let kind = TransferKind::of_code(&record.text(Item::TypeCode));
        if kind.is_none() {
            self.add_in(
                record,
                Item::TypeCode,
                "給与振込（11）でも賞与振込（12）でもありません。",
                "種別コードを確かめてください。",
            );
        }
        match record.text(Item::CodeKind).as_str() {
            "0" => {}
            "1" => self.add_in(
                record,
                Item::CodeKind,
                "EBCDIC（1）には対応していません。",
                "JIS（0）で作り直してください。",
            ),
            _ => self.add_in(record, Item::CodeKind, "0（JIS）ではありません。", "0にしてください。"),
        }
        let transfer_date = self.transfer_date(record);
        let account_kind = self.account_kind(record, AccountKind::pays);
        if let (Some(kind), Some(transfer_date), Some(account_kind)) = (kind, transfer_date, account_kind) {
            let payer = Payer {
                consignor_code: record.text(Item::ConsignorCode),
                name_kana: record.text(Item::ConsignorName),
                account: account(record, account_kind),
            };
            self.header = Some((kind, transfer_date, payer));
        }
    }

    fn payment(&mut self, record: Record<'_>) {
        let account_kind = self.account_kind(record, AccountKind::receives);
        let new_code = NewCode::of_code(&record.text(Item::NewCode));
        if new_code.is_none() {
            self.add_in(record, Item::NewCode, "0・1・2のどれでもありません。", "分からないときは0にしてください。");
        }
        let significant = |item| record.text(item).trim_start_matches('0').to_owned();
        if let (Some(account_kind), Some(new_code), Some(amount)) =
            (account_kind, new_code, record.number(Item::Amount))
        {
            self.payments.push(Payment {
                account: account(record, account_kind),
                payee_kana: record.text(Item::PayeeName),
                amount: Yen::new(amount),
                new_code,
                employee_number: significant(Item::EmployeeNumber),
                department_code: significant(Item::DepartmentCode),
            });
        }
    }

    fn trailer(&mut self, record: Record<'_>, counted: usize, sum: Option<i64>) {
        let stated = record.number(Item::TotalCount);
        if stated.is_some() && stated != i64::try_from(counted).ok() {
            self.add_in(record, Item::TotalCount, "データレコードの数と合いません。", "件数を数え直してください。");
        }
        let stated = record.number(Item::TotalAmount);
        if stated.is_some() && sum.is_some() && stated != sum {
            self.add_in(record, Item::TotalAmount, "振込金額の合計と合いません。", "合計を計算し直してください。");
        }
    }

    /// The day the header names, in the year that brings it nearest to the day the file is looked at.
    fn transfer_date(&mut self, record: Record<'_>) -> Option<Date> {
        let month_day = record.number(Item::TransferDate)?;
        let part = |number: i64| i8::try_from(number).unwrap_or_default();
        let (month, day) = (part(month_day.checked_div(100)?), part(month_day.checked_rem(100)?));
        let year = self.near.year();
        let years = [Some(year), year.checked_sub(1), year.checked_add(1)].into_iter().flatten();
        let days = years.filter_map(|year| Date::new(year, month, day).ok());
        let days_apart = |date: &Date| date.duration_since(self.near).as_secs().unsigned_abs();
        let Some(date) = days.min_by_key(days_apart) else {
            self.add_in(record, Item::TransferDate, "月日として読めません。", "月2桁、日2桁で書いてください。");
            return None;
        };
        if let Err(error) = require_bank_day(self.law, date) {
            self.add_in(record, Item::TransferDate, &error.to_string(), error.remedy());
        }
        Some(date)
    }

    fn account_kind(&mut self, record: Record<'_>, fits: fn(AccountKind) -> bool) -> Option<AccountKind> {
        let kind = AccountKind::of_code(&record.text(Item::AccountKind)).filter(|kind| fits(*kind));
        if kind.is_none() {
            let remedy = "普通預金（1）か当座預金（2）にしてください。";
            self.add_in(record, Item::AccountKind, "この預金種目は使えません。", remedy);
        }
        kind
    }

    fn add_in(&mut self, record: Record<'_>, item: Item, message: &str, remedy: &str) {
        match record.field(item) {
            Some(field) => self.report.add_in(field, message, remedy),
            None => self.report.add(message, remedy),
        }
    }
}

fn account(record: Record<'_>, kind: AccountKind) -> Account {
    Account {
        bank_code: record.text(Item::BankCode),
        bank_kana: record.text(Item::BankName),
        branch_code: record.text(Item::BranchCode),
        branch_kana: record.text(Item::BranchName),
        kind,
        number: record.text(Item::AccountNumber),
    }
}
