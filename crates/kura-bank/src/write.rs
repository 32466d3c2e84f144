use kura_law::Law;
use kura_text::bank_kana;

use crate::days::require_bank_day;
use crate::layout::{Field, Item, Layouts};
use crate::problem::Report;
use crate::record::{bytes_of_kana, remedy_of_empty};
use crate::{Account, AccountKind, BankProblem, BankProfile, Payment, RecordKind, TransferFile};

/// 全銀ファイル, byte for byte: header, one data record a payment, trailer with count and sum, end.
///
/// # Errors
/// Everything a bank would refuse, each with its place; nothing is replaced, cut or left out. The transfer date must be a
/// bank day, there must be a payment, and no amount may be 0 or longer than its field.
pub fn write(law: &Law, file: &TransferFile, profile: &BankProfile) -> Result<Vec<u8>, Vec<BankProblem>> {
    let mut report = Report::default();
    let layouts = match Layouts::of(law, file.transfer_date) {
        Ok(layouts) => layouts,
        Err(error) => {
            report.add_law(&error);
            return Err(report.into_problems());
        }
    };
    if let Err(error) = require_bank_day(law, file.transfer_date) {
        report.add(error.to_string(), error.remedy());
    }
    if file.payments.is_empty() {
        report.add("振込がありません。", "振り込む人がいないときは、振込データは要りません。");
    }
    let records = file.payments.len().saturating_add(3);
    let record_bytes = layouts.record_length().saturating_add(profile.line_ends.bytes().len());
    let bytes = Vec::with_capacity(records.saturating_mul(record_bytes));
    let mut writer = Writer { layouts, profile, bytes, report, record: 0 };
    writer.file(file);
    if writer.report.is_empty() { Ok(writer.bytes) } else { Err(writer.report.into_problems()) }
}

/// What goes into a field.
enum Value<'value> {
    Digits(&'value str),
    Number(i64),
    Kana(&'value str),
    Filler(u8),
}

struct Writer<'run> {
    layouts: Layouts,
    profile: &'run BankProfile,
    bytes: Vec<u8>,
    report: Report,
    record: usize,
}

impl Writer<'_> {
    fn file(&mut self, file: &TransferFile) {
        let date = format!("{:02}{:02}", file.transfer_date.month(), file.transfer_date.day());
        self.record(RecordKind::Header, None, |item| match item {
            Item::TypeCode => Value::Digits(file.kind.code()),
            Item::ConsignorCode => Value::Digits(&file.payer.consignor_code),
            Item::ConsignorName => Value::Kana(&file.payer.name_kana),
            Item::TransferDate => Value::Digits(&date),
            other => account_value(&file.payer.account, other),
        });
        if !file.payer.account.kind.pays() {
            self.refuse_account_kind(file.payer.account.kind);
        }
        let mut sum: i64 = 0;
        for (payment, number) in file.payments.iter().zip(1..) {
            if self.report.is_full() {
                return;
            }
            self.payment(payment, number);
            sum = sum.saturating_add(payment.amount.get());
        }
        let count = i64::try_from(file.payments.len()).unwrap_or(i64::MAX);
        self.record(RecordKind::Trailer, None, |item| match item {
            Item::TotalCount => Value::Number(count),
            Item::TotalAmount => Value::Number(sum),
            _ => Value::Filler(b' '),
        });
        self.record(RecordKind::End, None, |_| Value::Filler(b' '));
    }

    fn payment(&mut self, payment: &Payment, number: usize) {
        let filler = self.profile.clearing_house.filler();
        self.record(RecordKind::Data, Some(number), |item| match item {
            Item::ClearingHouse => Value::Filler(filler),
            Item::PayeeName => Value::Kana(&payment.payee_kana),
            Item::Amount => Value::Number(payment.amount.get()),
            Item::NewCode => Value::Digits(payment.new_code.code()),
            Item::EmployeeNumber => Value::Digits(&payment.employee_number),
            Item::DepartmentCode => Value::Digits(&payment.department_code),
            other => account_value(&payment.account, other),
        });
        if !payment.account.kind.receives() {
            self.refuse_account_kind(payment.account.kind);
        }
    }

    fn record<'value>(&mut self, kind: RecordKind, payment: Option<usize>, value: impl Fn(Item) -> Value<'value>) {
        self.record = self.record.saturating_add(1);
        self.report.at(self.record, Some(kind), payment);
        let Self { layouts, profile, bytes, report, .. } = self;
        let mut fields = Fields { profile, bytes, report };
        for field in &layouts.record(kind).fields {
            match field.item {
                Item::RecordKind => fields.fill(field, kind.code()),
                item => fields.put(field, value(item)),
            }
        }
        self.bytes.extend(self.profile.line_ends.bytes());
    }

    fn refuse_account_kind(&mut self, kind: AccountKind) {
        let message = match kind {
            AccountKind::Savings => "貯蓄預金は給与・賞与の振込データに使えません。",
            _ => "この預金種目は給与・賞与の振込データに使えません。",
        };
        self.report.add(message, "普通預金か当座預金の口座にしてください。");
    }
}

/// What payer and payee share.
fn account_value(account: &Account, item: Item) -> Value<'_> {
    match item {
        Item::CodeKind => Value::Filler(b'0'),
        Item::BankCode => Value::Digits(&account.bank_code),
        Item::BankName => Value::Kana(&account.bank_kana),
        Item::BranchCode => Value::Digits(&account.branch_code),
        Item::BranchName => Value::Kana(&account.branch_kana),
        Item::AccountKind => Value::Digits(account.kind.code()),
        Item::AccountNumber => Value::Digits(&account.number),
        _ => Value::Filler(b' '),
    }
}

struct Fields<'run> {
    profile: &'run BankProfile,
    bytes: &'run mut Vec<u8>,
    report: &'run mut Report,
}

impl Fields<'_> {
    fn put(&mut self, field: &Field, value: Value<'_>) {
        match value {
            Value::Digits(digits) => self.put_digits(field, digits),
            Value::Number(number) => self.put_number(field, number),
            Value::Kana(kana) => self.put_kana(field, kana),
            Value::Filler(filler) => self.fill(field, filler),
        }
    }

    fn fill(&mut self, field: &Field, filler: u8) {
        self.bytes.extend(std::iter::repeat_n(filler, field.length));
    }

    fn put_number(&mut self, field: &Field, number: i64) {
        if number > field.number_max() {
            let message = format!("{}桁に収まりません。", field.length);
            self.report.add_in(field, message, "ファイルを分けるか、額を確かめてください。");
        } else if number < 0 || (number == 0 && field.item.is_required()) {
            let message = "0円以下の振込は作れません。";
            self.report.add_in(field, message, "振り込む額を確かめてください。");
        } else {
            self.put_digits(field, &number.to_string());
        }
    }

    fn put_digits(&mut self, field: &Field, digits: &str) {
        let foreign = digits.chars().zip(1..).find(|(character, _)| !character.is_ascii_digit());
        if let Some((character, place)) = foreign {
            let message = format!("{place}文字目が数字ではありません。");
            self.report.add_character(field, (place, character), message, "半角の数字で書いてください。");
        } else if digits.len() > field.length || (field.item.is_exact() && digits.len() != field.length) {
            let message = format!("{}桁あり、この項目の{}桁に合いません。", digits.len(), field.length);
            self.report.add_in(field, message, remedy_of_digits(field.item));
        } else if field.item.is_required() && digits.bytes().all(|digit| digit == b'0') {
            self.report.add_in(field, "空欄です。", remedy_of_empty(field.item));
        } else {
            let missing = field.length.saturating_sub(digits.len());
            self.bytes.extend(std::iter::repeat_n(b'0', missing));
            self.bytes.extend(digits.bytes());
        }
    }

    fn put_kana(&mut self, field: &Field, text: &str) {
        let kana = match bank_kana(text, &self.profile.further_signs) {
            Ok(kana) => kana,
            Err(problems) => return problems.iter().for_each(|problem| self.report.add_text(field, problem)),
        };
        let kana = kana.trim_end_matches(' ');
        let count = kana.chars().count();
        if count > field.length {
            let message = format!("半角{count}文字あり、この項目の{}文字を超えています（濁点も1文字）。", field.length);
            self.report.add_in(field, message, remedy_of_length(field.item));
        } else if count == 0 && field.item.is_required() {
            self.report.add_in(field, "空欄です。", remedy_of_empty(field.item));
        } else if let Some(place) = crate::record::misplaced_space(kana) {
            self.report.add_character(
                field,
                (place, ' '),
                crate::record::MISPLACED_SPACE,
                "余分なスペースを消してください。",
            );
        } else {
            bytes_of_kana(kana, self.bytes);
            self.bytes.extend(std::iter::repeat_n(b' ', field.length.saturating_sub(count)));
        }
    }
}

const fn remedy_of_digits(item: Item) -> &'static str {
    match item {
        Item::AccountNumber => {
            "口座番号は7桁以内です。ゆうちょ銀行は、記号・番号ではなく振込用の店番と口座番号を書いてください。"
        }
        Item::BankCode => "金融機関コード4桁を、0を省かずに書いてください。",
        Item::BranchCode => "支店コード3桁を、0を省かずに書いてください。",
        _ => "桁数を確かめてください。",
    }
}

const fn remedy_of_length(item: Item) -> &'static str {
    match item {
        Item::BankName | Item::BranchName => "略称にするか、空欄にしてください（銀行はコードで見分けます）。",
        Item::PayeeName => "通帳に書かれた口座名義の、初めの部分だけを書いてください。",
        _ => "銀行に届け出た略称にしてください。",
    }
}
