use std::collections::BTreeMap;

use kura_bank::{Account, AccountKind, TransferKind};
use kura_model::{AccountPurpose, AccountType, BankAccount, Book, ClientCode, EmployeeCode, Kana, Row};

use super::SHEET;
use crate::stop::Stop;

/// 口座 of one client: each person's, and the company's own.
pub(super) struct Accounts<'book> {
    of_people: BTreeMap<&'book EmployeeCode, Vec<&'book Row<BankAccount>>>,
    of_company: Vec<&'book Row<BankAccount>>,
}

impl<'book> Accounts<'book> {
    pub(super) fn of(book: &'book Book, client: &ClientCode) -> Self {
        let mut accounts = Self { of_people: BTreeMap::new(), of_company: Vec::new() };
        for row in book.bank_accounts.iter().filter(|row| row.client_code == *client) {
            match &row.employee_code {
                Some(employee) => accounts.of_people.entry(employee).or_default().push(row),
                None => accounts.of_company.push(row),
            }
        }
        accounts
    }

    /// Where a person's pay or bonus goes, by 順位: the rows of this purpose, and those of 両方 whose 順位 has no row of its own.
    /// A row without a purpose is given too: it stops whoever reads it.
    pub(super) fn of_person(&self, employee: &EmployeeCode, kind: TransferKind) -> Vec<&'book Row<BankAccount>> {
        let rows = self.of_people.get(employee).map(Vec::as_slice).unwrap_or_default();
        serving(rows, kind)
    }

    /// The company's accounts such a file may be paid from, the first by 順位 first.
    pub(super) fn of_company(&self, kind: TransferKind) -> Vec<&'book Row<BankAccount>> {
        serving(&self.of_company, kind)
    }
}

fn serving<'book>(rows: &[&'book Row<BankAccount>], kind: TransferKind) -> Vec<&'book Row<BankAccount>> {
    let own = match kind {
        TransferKind::Pay => AccountPurpose::Pay,
        TransferKind::Bonus => AccountPurpose::Bonus,
    };
    let is_own = |row: &Row<BankAccount>| row.purpose == Some(own);
    let replaced = |row: &Row<BankAccount>| rows.iter().any(|other| is_own(other) && other.rank == row.rank);
    let serves = |row: &Row<BankAccount>| match row.purpose {
        None => true,
        Some(AccountPurpose::Both) => !replaced(row),
        Some(_) => is_own(row),
    };
    let mut serving: Vec<_> = rows.iter().copied().filter(|row| serves(row)).collect();
    serving.sort_by_key(|row| row.rank);
    serving
}

/// An account in the words of a bank file.
///
/// # Errors
/// The first cell that is empty. Names of bank and branch may be: the bank goes by their codes.
pub(super) fn account(row: &Row<BankAccount>) -> Result<Account, Stop> {
    Ok(Account {
        bank_code: known(row, row.bank_code.as_ref(), "金融機関コード")?.as_str().to_owned(),
        bank_kana: text(row.bank_kana.as_ref()),
        branch_code: known(row, row.branch_code.as_ref(), "支店コード")?.as_str().to_owned(),
        branch_kana: text(row.branch_kana.as_ref()),
        kind: match known(row, row.account_type, "預金種目")? {
            AccountType::Ordinary => AccountKind::Ordinary,
            AccountType::Current => AccountKind::Current,
            AccountType::Savings => AccountKind::Savings,
        },
        number: known(row, row.account_number.as_ref(), "口座番号")?.as_str().to_owned(),
    })
}

/// A cell that must be filled.
pub(super) fn known<T>(row: &Row<BankAccount>, value: Option<T>, column: &'static str) -> Result<T, Stop> {
    value.ok_or_else(|| Stop {
        sentence: format!("「{column}」が空欄です。"),
        remedy: "値を記入してください。".to_owned(),
        ..Stop::unknown(SHEET, place(row), column)
    })
}

/// The row as people see it, where it stands in a sheet.
pub(super) fn place(row: &Row<BankAccount>) -> Option<u32> {
    (row.number > 0).then_some(row.number)
}

fn text(kana: Option<&Kana>) -> String {
    kana.map_or("", Kana::as_str).to_owned()
}
