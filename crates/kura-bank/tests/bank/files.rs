//! Invented files the tests start from.

use kura_bank::{Account, AccountKind, NewCode, Payer, Payment, TransferFile, TransferKind};
use kura_calendar::{Date, parse_iso_date};
use kura_law::Law;
use kura_yen::Yen;

pub(crate) fn law() -> &'static Law {
    Law::embedded().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

pub(crate) fn account(number: &str) -> Account {
    Account {
        bank_code: "9990".to_owned(),
        bank_kana: "カクウ".to_owned(),
        branch_code: "001".to_owned(),
        branch_kana: "ホンテン".to_owned(),
        kind: AccountKind::Ordinary,
        number: number.to_owned(),
    }
}

pub(crate) fn payment(number: &str, payee_kana: &str, amount: i64) -> Payment {
    Payment {
        account: account(number),
        payee_kana: payee_kana.to_owned(),
        amount: Yen::new(amount),
        new_code: NewCode::Other,
        employee_number: String::new(),
        department_code: String::new(),
    }
}

/// Three people of a brewery, paid on Thursday 25 June 2026.
pub(crate) fn brewery() -> TransferFile {
    let mut first = payment("12345", "コシジ　マサミチ", 412_345);
    first.employee_number = "1".to_owned();
    let mut second = payment("0010003", "サドシマ　ミノリ", 228_072);
    second.account.kind = AccountKind::Current;
    second.account.branch_kana = String::new();
    second.new_code = NewCode::First;
    second.department_code = "20".to_owned();
    TransferFile {
        kind: TransferKind::Pay,
        transfer_date: day("2026-06-25"),
        payer: Payer {
            consignor_code: "9900000111".to_owned(),
            name_kana: "カ）コシジミソジョウゾウ".to_owned(),
            account: account("9001000"),
        },
        payments: vec![first, second, payment("0010004", "ﾄﾁｵ ﾌﾐ", 1)],
    }
}

/// Bytes of JIS X 0201, one a character, apart from the way the crate goes.
pub(crate) fn jis(text: &str) -> Vec<u8> {
    let kana = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ";
    let byte = |character: char| match kana.chars().position(|known| known == character) {
        Some(at) => u8::try_from(0xA1 + at).unwrap(),
        None => u8::try_from(character).unwrap(),
    };
    text.chars().map(byte).collect()
}
