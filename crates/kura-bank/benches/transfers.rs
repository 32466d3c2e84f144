//! 3,000 transfers of a month to the bytes of a file, and the check of such a file: each well under 10 ms.

#![expect(clippy::unwrap_used, reason = "a bench without its file has nothing to measure")]

use divan::Bencher;
use kura_bank::{
    Account, AccountKind, BankProfile, Denominations, NewCode, Notes2000, Part, Payer, Payment, RankedPart,
    TransferFile, TransferKind, check, split, write,
};
use kura_calendar::{Date, parse_iso_date};
use kura_law::Law;
use kura_yen::Yen;

fn main() {
    divan::main();
}

const PEOPLE: i64 = 3_000;

fn day() -> (&'static Law, Date) {
    (Law::embedded().unwrap(), parse_iso_date("2026-06-25").unwrap())
}

fn file() -> TransferFile {
    let account = |number: i64| Account {
        bank_code: "9990".to_owned(),
        bank_kana: "カクウ".to_owned(),
        branch_code: "001".to_owned(),
        branch_kana: "ホンテン".to_owned(),
        kind: AccountKind::Ordinary,
        number: format!("{number:07}"),
    };
    let payment = |number: i64| Payment {
        account: account(number),
        payee_kana: "キシワダ　イサム".to_owned(),
        amount: Yen::new(200_000 + number),
        new_code: NewCode::Other,
        employee_number: number.to_string(),
        department_code: String::new(),
    };
    TransferFile {
        kind: TransferKind::Pay,
        transfer_date: day().1,
        payer: Payer {
            consignor_code: "9900000211".to_owned(),
            name_kana: "センシュウソウゴウセツビ".to_owned(),
            account: account(9_002_000),
        },
        payments: (1..=PEOPLE).map(payment).collect(),
    }
}

#[divan::bench]
fn write_3000(bencher: Bencher) {
    let (law, _) = day();
    let file = file();
    bencher.bench(|| write(law, &file, &BankProfile::default()).unwrap());
}

#[divan::bench]
fn check_3000(bencher: Bencher) {
    let (law, on) = day();
    let bytes = write(law, &file(), &BankProfile::default()).unwrap();
    bencher.bench(|| assert!(check(law, &bytes, &BankProfile::default(), on).is_empty()));
}

#[divan::bench]
fn split_and_count_out_3000(bencher: Bencher) {
    let (law, on) = day();
    let denominations = Denominations::on(law, on, Notes2000::Unused).unwrap();
    let parts = [
        RankedPart { rank: Some(1), part: Part::Fixed(Yen::new(50_000)) },
        RankedPart { rank: Some(2), part: Part::Remainder },
    ];
    bencher.bench(|| {
        for number in 0..PEOPLE {
            let amounts = split(Yen::new(200_000 + number), &parts).unwrap();
            assert!(amounts.into_iter().all(|amount| denominations.pieces(amount).is_ok()));
        }
    });
}
