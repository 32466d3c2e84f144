//! A file written out by hand, field by field as the sheet of the bank numbers them, and compared byte for byte.

use kura_bank::{BankProfile, ClearingHouse, LineEnds, TransferKind, check, read, write};

use crate::files::{brewery, day, jis, law};

/// 1 データ区分, 2 種別, 3 コード区分, 4 委託者コード, 5 依頼人名 (40), 6 月日, 7 銀行, 8 銀行名 (15), 9 支店, 10 支店名 (15), 11 種目,
/// 12 口座番号, 13 ダミー (17).
const HEADER: [&str; 13] = [
    "1",
    "11",
    "0",
    "9900000111",
    "ｶ)ｺｼｼﾞﾐｿｼﾞﾖｳｿﾞｳ                         ",
    "0625",
    "9990",
    "ｶｸｳ            ",
    "001",
    "ﾎﾝﾃﾝ           ",
    "1",
    "9001000",
    "                 ",
];

/// 1 データ区分, 2 銀行, 3 銀行名 (15), 4 支店, 5 支店名 (15), 6 手形交換所, 7 種目, 8 口座番号, 9 受取人名 (30), 10 金額 (10), 11 新規,
/// 12 社員番号 (10), 13 所属 (10), 14 ダミー (9).
const DATA: [[&str; 14]; 3] = [
    [
        "2",
        "9990",
        "ｶｸｳ            ",
        "001",
        "ﾎﾝﾃﾝ           ",
        "0000",
        "1",
        "0012345",
        "ｺｼｼﾞ ﾏｻﾐﾁ                     ",
        "0000412345",
        "0",
        "0000000001",
        "0000000000",
        "         ",
    ],
    [
        "2",
        "9990",
        "ｶｸｳ            ",
        "001",
        "               ",
        "0000",
        "2",
        "0010003",
        "ｻﾄﾞｼﾏ ﾐﾉﾘ                     ",
        "0000228072",
        "1",
        "0000000000",
        "0000000020",
        "         ",
    ],
    [
        "2",
        "9990",
        "ｶｸｳ            ",
        "001",
        "ﾎﾝﾃﾝ           ",
        "0000",
        "1",
        "0010004",
        "ﾄﾁｵ ﾌﾐ                        ",
        "0000000001",
        "0",
        "0000000000",
        "0000000000",
        "         ",
    ],
];

/// 412,345 + 228,072 + 1 = 640,418.
const TRAILER: [&str; 3] = ["8", "000003", "000000640418"];

fn by_hand(line_end: &str) -> Vec<u8> {
    let mut records: Vec<String> = vec![HEADER.concat()];
    records.extend(DATA.iter().map(|fields| fields.concat()));
    records.push(format!("{}{}", TRAILER.concat(), " ".repeat(101)));
    records.push(format!("9{}", " ".repeat(119)));
    for record in &records {
        assert_eq!(record.chars().count(), 120, "{record}");
    }
    jis(&records.iter().map(|record| format!("{record}{line_end}")).collect::<String>())
}

#[test]
fn the_file_is_the_one_written_by_hand() {
    let written = write(law(), &brewery(), &BankProfile::default()).unwrap();
    let by_hand = by_hand("\r\n");
    assert_eq!(written.len(), 6 * 122);
    let differs = written.iter().zip(&by_hand).position(|(written, expected)| written != expected);
    assert_eq!(differs.map(|at| (at / 122, at % 122 + 1)), None, "record and position");
    assert_eq!(written, by_hand);
    assert_eq!(check(law(), &by_hand, &BankProfile::default(), day("2026-06-20")), []);
}

#[test]
fn a_bank_may_want_no_line_ends_and_spaces() {
    let profile =
        BankProfile { line_ends: LineEnds::Nothing, clearing_house: ClearingHouse::Spaces, ..BankProfile::default() };
    let written = write(law(), &brewery(), &profile).unwrap();
    let mut expected = by_hand("");
    for payment in 1..=3 {
        expected[payment * 120 + 38..payment * 120 + 42].fill(b' ');
    }
    assert_eq!(written, expected);
    assert_eq!(check(law(), &written, &profile, day("2026-06-20")), []);
}

#[test]
fn a_bonus_file_differs_in_its_kind_alone() {
    let bonus = kura_bank::TransferFile { kind: TransferKind::Bonus, ..brewery() };
    let written = write(law(), &bonus, &BankProfile::default()).unwrap();
    let mut expected = by_hand("\r\n");
    expected[1..3].copy_from_slice(b"12");
    assert_eq!(written, expected);
    let read = read(law(), &written, &BankProfile::default(), day("2026-06-20")).unwrap();
    assert_eq!((read.kind, read.payments.len()), (TransferKind::Bonus, 3));
}
