use std::collections::{BTreeMap, BTreeSet};

use kura_bank::{
    BankProblem, BankProfile, NewCode, Payer, Payment, TransferFile, TransferKind, check, data_due, write,
};
use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_model::{BankAccount, Kana, Row};

use super::accounts::{account, known, place};
use super::{PayingClient, SHEET, Transfers};
use crate::output::{OutputFile, file_name_part};
use crate::stop::Stop;

/// `銀行/<会社>-全銀_給与.txt`: one file a 支給日 (`-0625` in the name where there are several), paid from the company's first
/// account for this purpose. A transfer that a bank would refuse is stopped with its person, and the others are written.
pub(crate) fn files(
    paying: &PayingClient<'_>,
    transfers: &mut Transfers<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<OutputFile> {
    let days: BTreeSet<Date> = transfers.rows().map(|(person, _)| person.paid_on).collect();
    if days.is_empty() {
        return Vec::new();
    }
    let kind = transfers.kind;
    let Some(source) = source(paying, kind, findings) else { return Vec::new() };
    let payer = match payer(source) {
        Ok(payer) => payer,
        Err(stop) => {
            let sentence = format!("会社の口座の{}{}", stop.sentence, not_made(kind));
            findings.push(paying.of_client(Severity::Error, Stop { sentence, ..stop }));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    for &day in &days {
        match data_due(paying.law, day, paying.days_before()) {
            Ok(due) => findings.extend(late(paying, kind, day, due)),
            Err(error) => {
                let sentence = format!("{error}{}", not_made(kind));
                let stop = Stop::reason("給与規程", "transfer_date", sentence, error.remedy());
                findings.push(paying.of_client(Severity::Error, stop));
                continue;
            }
        }
        let client = file_name_part(paying.client.client_code.as_str());
        let suffix = if days.len() > 1 { format!("-{:02}{:02}", day.month(), day.day()) } else { String::new() };
        let path = format!("銀行/{client}-全銀_{}{suffix}.txt", kind.japanese());
        let batch = Batch { paying, source, payer: &payer, day };
        files.extend(batch.bytes(transfers, findings).map(|bytes| OutputFile::new(path, bytes)));
    }
    files
}

/// The company's account such a file is paid from: the first by 順位.
fn source<'run>(
    paying: &PayingClient<'run>,
    kind: TransferKind,
    findings: &mut Vec<Finding>,
) -> Option<&'run Row<BankAccount>> {
    let accounts = paying.accounts.of_company(kind);
    let purpose = kind.japanese();
    let stop = match accounts.len() {
        1 => None,
        0 => Some(Stop::reason(
            SHEET,
            "paying_account_missing",
            format!("{purpose}を振り込む会社の口座がありません。{}", not_made(kind)),
            format!(
                "口座に社員番号のない行を加え、用途を「{purpose}」にして、銀行から示された委託者コードを記入してください。"
            ),
        )),
        count => Some(Stop::reason(
            SHEET,
            "paying_accounts",
            format!("{purpose}を振り込む会社の口座が{count}件あります。順位が先の口座から振り込みます。"),
            "振込元にする口座の順位を1にしてください。",
        )),
    };
    findings.extend(stop.map(|stop| paying.of_client(Severity::Warning, stop)));
    accounts.first().copied()
}

/// 振込依頼人 from the company's account.
fn payer(source: &Row<BankAccount>) -> Result<Payer, Stop> {
    known(source, source.purpose, "用途")?;
    Ok(Payer {
        consignor_code: known(source, source.consignor_code.as_ref(), "委託者コード")?.as_str().to_owned(),
        name_kana: known(source, source.consignor_kana.as_ref(), "委託者名カナ")?.as_str().to_owned(),
        account: account(source)?,
    })
}

/// A finding where the day has passed on which the bank wants the file, or the transfer date itself.
fn late(paying: &PayingClient<'_>, kind: TransferKind, day: Date, due: Date) -> Option<Finding> {
    let purpose = kind.japanese();
    let sentence = match paying.as_of {
        as_of if as_of > day => format!("{purpose}の振込指定日{day}を過ぎています。"),
        as_of if as_of > due => {
            let days_before = paying.days_before();
            format!("{purpose}の振込データの期限{due}（支給日{day}の{days_before}営業日前）を過ぎています。")
        }
        _ => return None,
    };
    let stop = Stop::reason("会社", "transfer_due", sentence, "この振込データを銀行に送れるか確かめてください。");
    Some(paying.of_client(Severity::Warning, stop))
}

fn not_made(kind: TransferKind) -> String {
    format!("{}の振込データは作っていません。", kind.japanese())
}

/// The transfers of one day.
struct Batch<'batch> {
    paying: &'batch PayingClient<'batch>,
    source: &'batch Row<BankAccount>,
    payer: &'batch Payer,
    day: Date,
}

/// Where a payment comes from: the slip among the people, the row of 口座.
type Origin = (usize, Option<u32>);

impl Batch<'_> {
    /// The file; people whose transfer cannot be written are stopped, and the file is made without them.
    fn bytes(&self, transfers: &mut Transfers<'_>, findings: &mut Vec<Finding>) -> Option<Vec<u8>> {
        let law = self.paying.law;
        loop {
            let (file, origins) = self.file(transfers, findings);
            if file.payments.is_empty() {
                return None;
            }
            let profile = BankProfile::default();
            let problems = match write(law, &file, &profile) {
                // What was written is read before it is handed out.
                Ok(bytes) => match check(law, &bytes, &profile, self.day) {
                    problems if problems.is_empty() => return Some(bytes),
                    problems => problems,
                },
                Err(problems) => problems,
            };
            if !self.stop_people(transfers, &origins, &problems, findings) {
                findings.extend(problems.iter().map(|problem| self.of_file(transfers.kind, problem)));
                return None;
            }
        }
    }

    /// The file of everybody who is not stopped. An account with an empty cell stops its person here.
    fn file(&self, transfers: &mut Transfers<'_>, findings: &mut Vec<Finding>) -> (TransferFile, Vec<Origin>) {
        let (mut payments, mut origins) = (Vec::new(), Vec::new());
        for (at, person) in transfers.people.iter_mut().enumerate().filter(|(_, person)| person.paid_on == self.day) {
            let to_accounts = person.ways.iter().filter(|way| !way.is_cash());
            let made: Result<Vec<Payment>, Stop> =
                to_accounts.clone().map(|way| payment(person.employee_code.as_str(), way)).collect();
            match made {
                Ok(made) => {
                    origins.extend(to_accounts.map(|way| (at, place(way.account))));
                    payments.extend(made);
                }
                Err(stop) => {
                    findings.push(self.paying.of_person(person.employee_code.as_str(), stop));
                    person.stop();
                }
            }
        }
        let payer = self.payer.clone();
        (TransferFile { kind: transfers.kind, transfer_date: self.day, payer, payments }, origins)
    }

    /// Stops everybody a problem is about; false when none is about a person.
    fn stop_people(
        &self,
        transfers: &mut Transfers<'_>,
        origins: &[Origin],
        problems: &[BankProblem],
        findings: &mut Vec<Finding>,
    ) -> bool {
        let mut by_person: BTreeMap<Origin, Vec<&BankProblem>> = BTreeMap::new();
        for problem in problems {
            let at = problem.payment.and_then(|number| number.checked_sub(1));
            if let Some(origin) = at.and_then(|at| origins.get(at)) {
                by_person.entry(*origin).or_default().push(problem);
            }
        }
        for ((at, row), problems) in &by_person {
            let Some(person) = transfers.people.get_mut(*at) else { continue };
            person.stop();
            for problem in problems {
                let stop = Stop { row: *row, ..stop(problem) };
                findings.push(self.paying.of_person(person.employee_code.as_str(), stop));
            }
        }
        !by_person.is_empty()
    }

    /// A problem of the header or of the file as a whole.
    fn of_file(&self, kind: TransferKind, problem: &BankProblem) -> Finding {
        let stop = stop(problem);
        let sentence = format!("{}{}", stop.sentence, not_made(kind));
        self.paying.of_client(Severity::Error, Stop { sentence, row: place(self.source), ..stop })
    }
}

fn payment(employee: &str, way: &super::Way<'_>) -> Result<Payment, Stop> {
    let row = way.account;
    let is_number = employee.len() <= 10 && employee.bytes().all(|byte| byte.is_ascii_digit());
    Ok(Payment {
        account: account(row)?,
        payee_kana: known(row, row.holder_kana.as_ref(), "名義カナ").map(Kana::as_str)?.to_owned(),
        amount: way.amount,
        new_code: NewCode::Other,
        employee_number: if is_number { employee.to_owned() } else { String::new() },
        department_code: String::new(),
    })
}

/// A problem in the words of the book.
fn stop(problem: &BankProblem) -> Stop {
    let field = problem.field.as_deref().unwrap_or_default();
    let column = match field {
        "被仕向銀行番号" | "仕向銀行番号" => Some("金融機関コード"),
        "被仕向銀行名" | "仕向銀行名" => Some("金融機関カナ"),
        "被仕向支店番号" | "仕向支店番号" => Some("支店コード"),
        "被仕向支店名" | "仕向支店名" => Some("支店カナ"),
        "口座番号" | "口座番号（依頼人）" => Some("口座番号"),
        "預金種目" | "預金種目（依頼人）" => Some("預金種目"),
        "受取人名" => Some("名義カナ"),
        "振込依頼人名" => Some("委託者名カナ"),
        "振込依頼人コード（委託者コード）" => Some("委託者コード"),
        _ => None,
    };
    let named = if column.is_none() && !field.is_empty() { format!("「{field}」: ") } else { String::new() };
    Stop { column, ..Stop::reason(SHEET, "bank_file", format!("{named}{}", problem.message), &problem.remedy) }
}
