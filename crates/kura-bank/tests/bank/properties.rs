//! Any file: written it reads back the same and is clean; no byte of it changes unseen.

use kura_bank::{
    Account, AccountKind, BankProfile, ClearingHouse, LineEnds, NewCode, Payer, Payment, TransferFile, TransferKind,
    check, read, write,
};
use kura_yen::Yen;
use proptest::prelude::*;

use crate::files::{brewery, day, law};

/// Fields whose every byte a rule knows: a change is named whatever it is.
const SEALED: [&str; 7] =
    ["record_kind", "code_kind", "clearing_house", "amount", "total_count", "total_amount", "dummy"];

/// One or two words of half-width characters, together at most so many.
fn name(length_max: usize) -> impl Strategy<Value = String> {
    let words = |length: usize| {
        let pattern = format!("[A-Z0-9().ｱ-ﾝ-]{{1,{length}}}( [A-Zｱ-ﾝ][ｱ-ﾟ]{{0,{}}})?", length - 2);
        prop::string::string_regex(&pattern).unwrap()
    };
    words(length_max / 2)
}

fn account(kinds: &'static [AccountKind]) -> impl Strategy<Value = Account> {
    let names = (prop::option::of(name(15)), prop::option::of(name(15)));
    let codes = ("[0-9]{3}[1-9]", "[0-9]{3}", "[0-9]{6}[1-9]");
    (codes, names, prop::sample::select(kinds)).prop_map(|((bank, branch, number), names, kind)| Account {
        bank_code: bank,
        bank_kana: names.0.unwrap_or_default(),
        branch_code: branch,
        branch_kana: names.1.unwrap_or_default(),
        kind,
        number,
    })
}

fn payment() -> impl Strategy<Value = Payment> {
    let new_code = prop::sample::select(&[NewCode::Other, NewCode::First, NewCode::Changed]);
    let account = account(&[AccountKind::Ordinary, AccountKind::Current]);
    (account, name(30), 1_i64..=9_999_999_999, new_code, "([1-9][0-9]{0,9})?", "([1-9][0-9]{0,9})?").prop_map(
        |(account, payee_kana, amount, new_code, employee_number, department_code)| Payment {
            account,
            payee_kana,
            amount: Yen::new(amount),
            new_code,
            employee_number,
            department_code,
        },
    )
}

fn file() -> impl Strategy<Value = TransferFile> {
    let kind = prop::sample::select(&[TransferKind::Pay, TransferKind::Bonus]);
    let date = prop::sample::select(&["2026-06-25", "2026-12-10", "2027-01-05", "2026-12-30"]);
    let payer = account(&[AccountKind::Ordinary, AccountKind::Current, AccountKind::Other]);
    (kind, date, "[0-9]{9}[1-9]", name(40), payer, prop::collection::vec(payment(), 1..5)).prop_map(
        |(kind, date, consignor_code, name_kana, account, payments)| TransferFile {
            kind,
            transfer_date: day(date),
            payer: Payer { consignor_code, name_kana, account },
            payments,
        },
    )
}

fn profile() -> impl Strategy<Value = BankProfile> {
    let ends = prop::sample::select(&[LineEnds::CrLf, LineEnds::Nothing]);
    let clearing_house = prop::sample::select(&[ClearingHouse::Zeros, ClearingHouse::Spaces]);
    (ends, clearing_house).prop_map(|(line_ends, clearing_house)| BankProfile {
        line_ends,
        clearing_house,
        ..BankProfile::default()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_clean_and_reads_back(file in file(), profile in profile()) {
        let bytes = write(law(), &file, &profile).unwrap();
        prop_assert_eq!(check(law(), &bytes, &profile, file.transfer_date), []);
        prop_assert_eq!(read(law(), &bytes, &profile, file.transfer_date).unwrap(), file);
    }

    /// A byte changed anywhere is named by the checker, or the file no longer reads as what was written.
    #[test]
    fn no_byte_changes_unseen(file in file(), profile in profile(), at: prop::sample::Index, byte: u8) {
        let mut bytes = write(law(), &file, &profile).unwrap();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        prop_assert!(read(law(), &bytes, &profile, file.transfer_date).ok() != Some(file), "byte {at}");
    }

    /// Any bytes at all are read or refused, never a panic.
    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..600), line_ends in profile()) {
        let _ = check(law(), &bytes, &line_ends, day("2026-06-25"));
    }
}

/// Every byte of every sealed field and of every line end, changed to each other byte.
#[test]
fn a_sealed_byte_never_changes_unnamed() {
    let file = brewery();
    let profile = BankProfile::default();
    let bytes = write(law(), &file, &profile).unwrap();
    let kinds = ["header", "data", "data", "data", "trailer", "end"];
    let mut sealed: Vec<usize> = (0..kinds.len()).flat_map(|record| [record * 122 + 120, record * 122 + 121]).collect();
    for row in law().rows_in_force("zengin_kyuyo_furikomi", file.transfer_date).unwrap() {
        if !SEALED.contains(&row.text("name_en").unwrap()) {
            continue;
        }
        let count = |column: &str| usize::try_from(row.integer(column).unwrap()).unwrap();
        let start = count("position") - 1;
        let records = kinds.iter().enumerate().filter(|(_, kind)| **kind == row.text("record").unwrap());
        sealed
            .extend(records.flat_map(|(record, _)| (start..start + count("length")).map(move |at| record * 122 + at)));
    }
    assert_eq!(sealed.len(), 12 + (1 + 1 + 17) + 3 * (1 + 4 + 10 + 9) + 120 + 120);
    for at in sealed {
        for byte in (0..=u8::MAX).filter(|byte| *byte != bytes[at]) {
            let mut changed = bytes.clone();
            changed[at] = byte;
            let found = check(law(), &changed, &profile, file.transfer_date);
            assert!(!found.is_empty(), "record {}, position {}: {byte:#x}", at / 122 + 1, at % 122 + 1);
        }
    }
}
