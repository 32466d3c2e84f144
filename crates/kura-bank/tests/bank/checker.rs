//! Every fault the checker names, each in a file that is right but for it.

use kura_bank::{BankProfile, LineEnds, check, write};

use crate::files::{brewery, day, law};

fn right() -> Vec<u8> {
    write(law(), &brewery(), &BankProfile::default()).unwrap()
}

fn faults(bytes: &[u8]) -> Vec<String> {
    check(law(), bytes, &BankProfile::default(), day("2026-06-20")).iter().map(ToString::to_string).collect()
}

/// The faults of the right file with one byte changed; record and position from 1.
fn with(record: usize, position: usize, byte: u8) -> Vec<String> {
    let mut bytes = right();
    let at = (record - 1) * 122 + position - 1;
    assert_ne!(bytes[at], byte, "a change");
    bytes[at] = byte;
    faults(&bytes)
}

#[test]
fn a_changed_byte_is_named() {
    let cases = [
        (1, 3, b'3', "ヘッダーレコード「種別コード」: 給与振込（11）でも賞与振込（12）でもありません。"),
        (1, 4, b'1', "ヘッダーレコード「コード区分」: EBCDIC（1）には対応していません。"),
        (1, 4, b'2', "ヘッダーレコード「コード区分」: 0（JIS）ではありません。"),
        (1, 5, b'A', "ヘッダーレコード「振込依頼人コード（委託者コード）」: 1文字目が数字ではありません。"),
        (1, 15, b'a', "ヘッダーレコード「振込依頼人名」: 1文字目は、振込データのカナ項目に使えない文字です。"),
        (1, 55, b'1', "ヘッダーレコード「振込指定日（取組日）」: 月日として読めません。"),
        (1, 58, b'7', "ヘッダーレコード「振込指定日（取組日）」: 2026-06-27は銀行の休業日（土）"),
        (1, 96, b'3', "ヘッダーレコード「預金種目（依頼人）」: この預金種目は使えません。"),
        (1, 120, b'X', "ヘッダーレコード「ダミー」: 17文字目に、使わない項目の文字があります。"),
        (2, 39, b' ', "1件目「手形交換所番号」: 1文字目に、使わない項目の文字があります。"),
        (3, 43, b'4', "2件目「預金種目」: この預金種目は使えません。"),
        (3, 51, 0xA6, "2件目「受取人名」: 1文字目は、振込データのカナ項目に使えない文字です。"),
        (3, 51, b' ', "2件目「受取人名」: スペースが先頭にあるか、2つ続いています。"),
        (3, 91, b'3', "2件目「新規コード」: 0・1・2のどれでもありません。"),
        (3, 90, b'3', "トレーラーレコード「合計金額」: 振込金額の合計と合いません。"),
        (5, 7, b'4', "トレーラーレコード「合計件数」: データレコードの数と合いません。"),
        (5, 19, b'9', "トレーラーレコード「合計金額」: 振込金額の合計と合いません。"),
        (6, 2, b'0', "エンドレコード「ダミー」: 1文字目に"),
        (2, 121, b' ', "1件目: 長さが121バイトです（120バイト）。"),
        (2, 122, b'\r', "2番目のレコード: 改行がCR LFではありません。"),
    ];
    for (record, position, byte, start) in cases {
        let faults = with(record, position, byte);
        assert!(faults.iter().any(|fault| fault.starts_with(start)), "{start}\n{faults:#?}");
    }
    let faults = with(3, 1, b'3');
    assert_eq!(
        faults[0],
        "3番目のレコード: データ区分が1・2・8・9のどれでもありません。 レコードの初めの文字を直してください。"
    );
}

#[test]
fn records_missing_doubled_or_cut_are_named() {
    let right = right();
    let record = |number: usize| &right[(number - 1) * 122..number * 122];
    let without = |number: usize| [&right[..(number - 1) * 122], &right[number * 122..]].concat();
    let has = |bytes: &[u8], start: &str| {
        let faults = faults(bytes);
        assert!(faults.iter().any(|fault| fault.starts_with(start)), "{start}\n{faults:#?}");
    };
    has(&without(1), "1件目: データレコードの位置が違います。");
    has(&without(2), "トレーラーレコード「合計件数」: データレコードの数と合いません。");
    has(&without(2), "トレーラーレコード「合計金額」: 振込金額の合計と合いません。");
    has(&without(5), "エンドレコード: エンドレコードの位置が違います。");
    has(&without(6), "エンドレコードで終わっていません。");
    has(&[&right, record(6)].concat(), "エンドレコード: エンドレコードの位置が違います。");
    has(&[record(1), &right].concat(), "ヘッダーレコード: ヘッダーレコードの位置が違います。");
    has(&[record(1), record(5), record(6)].concat(), "トレーラーレコード: トレーラーレコードの位置が違います。");
    has(&right[..right.len() - 2], "6番目のレコード: 最後の改行がありません。");
    has(&right[..right.len() - 10], "エンドレコード: 長さが112バイトです");
    has(&[&right[..], b"\x1A"].concat(), "7番目のレコード: データ区分が1・2・8・9のどれでもありません。");
    has(b"", "ファイルが空です");
}

#[test]
fn line_ends_are_those_of_the_bank() {
    let bytes = right();
    let lf_alone: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    let faults_of_lf = faults(&lf_alone);
    assert_eq!(faults_of_lf.len(), 6);
    assert!(faults_of_lf[0].starts_with("1番目のレコード: 改行がCR LFではありません。"), "{faults_of_lf:?}");
    let joined: Vec<u8> = lf_alone.into_iter().filter(|byte| *byte != b'\n').collect();
    assert_eq!(faults(&joined), ["レコードの後に改行がありません。 レコードごとに改行（CR LF）を付けてください。"]);
    let nothing = BankProfile { line_ends: LineEnds::Nothing, ..BankProfile::default() };
    assert_eq!(check(law(), &joined, &nothing, day("2026-06-20")), []);
    let found = check(law(), &bytes, &nothing, day("2026-06-20"));
    assert_eq!(found[0].message, "改行があります。");
}

#[test]
fn the_year_is_the_nearest() {
    let mut file = brewery();
    file.transfer_date = day("2027-01-05");
    let bytes = write(law(), &file, &BankProfile::default()).unwrap();
    for near in ["2026-12-28", "2027-01-05", "2027-03-01"] {
        let read = kura_bank::read(law(), &bytes, &BankProfile::default(), day(near)).unwrap();
        assert_eq!(read.transfer_date, day("2027-01-05"), "{near}");
    }
    // 29 February is a day of 2024 only.
    let mut leap = right();
    leap[54..58].copy_from_slice(b"0229");
    assert!(faults(&leap)[0].contains("月日として読めません"));
    let read = kura_bank::read(law(), &leap, &BankProfile::default(), day("2024-02-01")).unwrap();
    assert_eq!(read.transfer_date, day("2024-02-29"));
}

#[test]
fn a_file_full_of_faults_is_bounded() {
    let rubbish = vec![b'2'; 122 * 5_000];
    let found = check(law(), &rubbish, &BankProfile::default(), day("2026-06-20"));
    assert_eq!(found.len(), kura_bank::PROBLEMS_MAX);
}
