//! The checker: nothing on the examples, the official words for everything they are known for.

use kura_calendar::Date;
use kura_filing::*;
use kura_law::Law;

pub(crate) const ACQUISITION: &[u8] = include_bytes!("../examples/01_2200700_acquisition/SHFD0006.CSV");
pub(crate) const LOSS: &[u8] = include_bytes!("../examples/02_2201700_loss/SHFD0006.CSV");
pub(crate) const DEPENDENTS: &[u8] = include_bytes!("../examples/03_2202700_dependents_add/SHFD0006.CSV");
pub(crate) const ANNUAL_BASE: &[u8] = include_bytes!("../examples/05_2225700_santei/SHFD0006.CSV");
pub(crate) const MONTHLY_CHANGE: &[u8] = include_bytes!("../examples/06_2221700_gekkaku/SHFD0006.CSV");
pub(crate) const BONUS: &[u8] = include_bytes!("../examples/07_2265700_bonus/SHFD0006.CSV");
pub(crate) const EXAMPLES: [&[u8]; 6] = [ACQUISITION, LOSS, DEPENDENTS, ANNUAL_BASE, MONTHLY_CHANGE, BONUS];

/// After every event of the examples.
pub(crate) const LATER: Date = Date::constant(2026, 12, 1);

pub(crate) fn problems(bytes: &[u8]) -> Vec<FilingProblem> {
    check(bytes, FILE_NAME, Law::embedded().unwrap(), LATER)
}

/// (message, line, 項番) of every problem.
pub(crate) fn found(bytes: &[u8]) -> Vec<(String, Option<usize>, Option<u16>)> {
    let place = |problem: FilingProblem| (problem.message, problem.line, problem.field.map(|field| field.number));
    problems(bytes).into_iter().map(place).collect()
}

/// The file with one field of one line replaced; lines and fields count from 1.
pub(crate) fn with(file: &[u8], line: usize, field: usize, value: &[u8]) -> Vec<u8> {
    edited(file, line, |fields| fields[field - 1] = value.to_vec())
}

fn edited(file: &[u8], line: usize, edit: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = file.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let text = lines[line - 1].strip_suffix(b"\r\n").unwrap();
    let mut fields: Vec<Vec<u8>> = text.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
    edit(&mut fields);
    lines[line - 1] = [fields.join(&b','), b"\r\n".to_vec()].concat();
    lines.concat()
}

fn one(
    message: &str,
    line: impl Into<Option<usize>>,
    field: impl Into<Option<u16>>,
) -> Vec<(String, Option<usize>, Option<u16>)> {
    vec![(message.to_owned(), line.into(), field.into())]
}

#[test]
fn the_examples_pass() {
    for example in EXAMPLES {
        assert_eq!(problems(example), []);
    }
}

#[test]
fn representative_code() {
    assert_eq!(found(&with(BONUS, 1, 6, b"22224")), one("代表届書コード不正", 1, 6));
    assert_eq!(found(&with(BONUS, 1, 6, b"")), one("代表届書コード不正", 1, 6));
    let short = edited(BONUS, 1, |fields| fields.truncate(5));
    let messages: Vec<String> = found(&short).into_iter().map(|(message, ..)| message).collect();
    assert_eq!(messages, ["データレコード不正", "代表届書コード不正"]);
}

#[test]
fn line_ends_and_field_counts() {
    let unended = BONUS.strip_suffix(b"\r\n").unwrap();
    assert_eq!(found(unended), one("データレコード不正", 10, None));
    let with_mark = [BONUS, b"\x1A"].concat();
    assert_eq!(found(&with_mark)[0], one("データレコード不正", 11, None)[0]);
    let line_feed = String::from_utf8_lossy(BONUS).matches("\r\n").count();
    let unix: Vec<u8> = BONUS.iter().copied().filter(|byte| *byte != b'\r').collect();
    assert_eq!(found(&unix).len(), line_feed);
    let longer = edited(BONUS, 7, |fields| fields.push(Vec::new()));
    assert_eq!(found(&longer), one("データレコード不正", 7, None));
    let shorter = edited(BONUS, 7, |fields| fields.truncate(20));
    assert_eq!(found(&shorter), one("データレコード不正", 7, None));
}

#[test]
fn grand_totals() {
    let last_digit = |file: &[u8], line, field, value: &[u8]| found(&with(file, line, field, value));
    assert_eq!(last_digit(ANNUAL_BASE, 6, 37, b"0927801")[0], one("総計不正", 6, 37)[0]);
    // Leading zeros may be left out.
    assert_eq!(last_digit(ANNUAL_BASE, 6, 37, b"927800"), []);
    assert_eq!(last_digit(MONTHLY_CHANGE, 6, 37, b"956501"), one("総計不正", 6, 37));
    assert_eq!(last_digit(ACQUISITION, 7, 23, b"195501"), one("総計不正", 7, 23));
    // 9999999 + 0 rounds to 9999000, above the field it stays 9999999.
    assert_eq!(last_digit(BONUS, 8, 14, b"9999999"), one("総計不正", 8, 14));
    assert_eq!(last_digit(BONUS, 9, 14, b"9999000"), one("総計不正", 9, 14));
    assert_eq!(last_digit(BONUS, 6, 14, b"512999"), one("総計不正", 6, 14));
}

#[test]
fn names() {
    let kana = |value: &str| kura_text::encode_shift_jis(value).unwrap();
    for wrong in ["ｽｽﾞﾑﾗｱﾔ", "ｽｽﾞﾑﾗ ｱﾔ ｺ", " ｽｽﾞﾑﾗ"] {
        assert_eq!(found(&with(BONUS, 6, 6, &kana(wrong))), one("氏名項目形式不正", 6, 6));
    }
    for wrong in ["鈴村彩", "鈴村　彩　子", "鈴村　"] {
        assert_eq!(found(&with(BONUS, 6, 7, &kana(wrong))), one("氏名項目形式不正", 6, 7));
    }
    assert_eq!(found(&with(BONUS, 6, 7, b"")), []);
    assert_eq!(found(&with(BONUS, 4, 9, &kana("緑野薫"))), one("氏名項目形式不正", 4, 9));
}

#[test]
fn lengths() {
    assert_eq!(found(&with(BONUS, 6, 5, b"1234567")), one("最大桁数超過", 6, 5));
    assert_eq!(found(&with(BONUS, 6, 5, b"123456")), []);
    // Twelve full-width characters with the space, then thirteen.
    let name = |given: &str| kura_text::encode_shift_jis(&format!("鈴村　{given}")).unwrap();
    assert_eq!(found(&with(BONUS, 6, 7, &name("あいうえおかきくけ"))), []);
    assert_eq!(found(&with(BONUS, 6, 7, &name("あいうえおかきくけこ"))), one("最大桁数超過", 6, 7));
}

#[test]
fn characters() {
    const UNUSABLE: &str = "入力不可文字検出／無効文字検出";
    // ① of NEC row 13, 髙 of the IBM kanji, a lead byte alone, ∪ in the row CP932 has twice.
    for (bytes, shown) in [
        (&b"\x87\x40"[..], '①'),
        (b"\xFB\xFC", '髙'),
        (b"\x81", '\u{FFFD}'),
        (b"\x87\x9B", '\u{FFFD}'),
        (b"\x00", '\u{0}'),
    ] {
        let file = with(ANNUAL_BASE, 6, 52, bytes);
        assert_eq!(found(&file), one(UNUSABLE, 6, 52));
        let problem = &problems(&file)[0];
        assert_eq!((problem.character, problem.place), (Some(shown), Some(1)));
    }
    // The same ∪ where JIS has it.
    assert_eq!(found(&with(ANNUAL_BASE, 6, 52, b"\x81\xBE")), []);
    assert_eq!(found(&with(ANNUAL_BASE, 6, 52, b"\"memo\"")).len(), 2);
    assert_eq!(found(&with(ANNUAL_BASE, 6, 5, b"1A")), one(UNUSABLE, 6, 5));
    assert_eq!(problems(&with(ANNUAL_BASE, 6, 52, b"\x87\x40"))[0].proposals[0], "１");
    let utf8 = include_bytes!("../examples/07_2265700_bonus/expected_lines.txt");
    assert_eq!(found(utf8), one(UNUSABLE, None, None));
    assert_eq!(found(&[b"\xEF\xBB\xBF", BONUS].concat())[0], one(UNUSABLE, 1, 1)[0]);
}

#[test]
fn one_office_and_one_procedure() {
    let lines: Vec<&[u8]> = BONUS.split_inclusive(|byte| *byte == b'\n').collect();
    let two_offices = [&lines[..4], &lines[3..]].concat().concat();
    assert_eq!(found(&two_offices)[0], one("複数事業所収録", 5, None)[0]);
    assert_eq!(found(&with(&two_offices, 3, 2, b"002")), one("複数事業所収録", 5, None));
    assert_eq!(found(&with(BONUS, 3, 2, b"1")), []);
    assert_eq!(found(&with(BONUS, 3, 2, b"2")), one("「事業所情報数」が事業所の行の数と合いません", None, None));
    assert_eq!(found(&with(BONUS, 6, 3, b"58")), one("事業所整理記号・事業所番号が事業所の行と合いません", 6, None));
    assert_eq!(found(&with(LOSS, 6, 5, b"04822")), one("事業所整理記号・事業所番号が事業所の行と合いません", 6, None));

    let change = MONTHLY_CHANGE.split_inclusive(|byte| *byte == b'\n').nth(5).unwrap();
    assert_eq!(found(&[BONUS, change].concat()), one("2種類以上の届書が入っています", 11, None));
    assert_eq!(found(&with(BONUS, 6, 1, b"2265701")), one("「様式コード」に使えない値です", 6, None));
    assert_eq!(found(&lines[..5].concat()), one("データレコードがありません", None, None));
    let without_mark = [&lines[..4], &lines[5..]].concat().concat();
    assert_eq!(found(&without_mark), one("データレコード不正", 5, None));
    assert_eq!(found(&with(BONUS, 2, 1, b"[kanrI]")), one("データレコード不正", 2, None));
}

#[test]
fn files_and_folders() {
    let law = Law::embedded().unwrap();
    assert_eq!(check(BONUS, "shfd0006.csv", law, LATER).len(), 1);
    assert!(check(BONUS, "KPFD0006.CSV", law, LATER)[0].message.contains("KPFD0006.CSV"));
    assert_eq!(check(b"", FILE_NAME, law, LATER)[0].message, "データレコードがありません");

    assert_eq!(check_folder(["SHFD0006.CSV"]), []);
    let beside = check_folder(["memo.txt", "SHFD0006.CSV", "shfd0006.csv"]);
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[0].message, "不正なファイルが存在");
    assert!(beside[0].remedy.contains("2個"));
    assert_eq!(check_folder([]).len(), 1);
}

#[test]
fn sharoshi_header() {
    let by_sharoshi = edited(BONUS, 1, |fields| {
        fields[0].clear();
        fields[1].clear();
        fields[2] = b"13990001".to_vec();
    });
    let named = with(&by_sharoshi, 3, 1, &kura_text::encode_shift_jis("架空　律子").unwrap());
    assert_eq!(found(&named), []);
    assert_eq!(
        found(&with(&named, 1, 3, b"1399000")),
        one("「社会保険労務士コード（登録番号）」の桁数が足りません", 1, 3)
    );
    assert_eq!(
        found(&with(&named, 3, 1, &kura_text::encode_shift_jis("架空律子").unwrap())),
        one("氏名項目形式不正", 3, 1)
    );
    assert_eq!(found(&with(&named, 1, 4, b"000")), one("「媒体通番」に使えない値です", 1, 4));
}

#[test]
fn it_stops_after_a_thousand() {
    let broken = b"2265700,21\r\n".repeat(2_000);
    assert_eq!(problems(&[BONUS, &broken].concat()).len(), PROBLEMS_MAX);
}

#[test]
fn large_files() {
    let record = BONUS.split_inclusive(|byte| *byte == b'\n').nth(5).unwrap();
    let count = (FILE_BYTES_LIMIT - BONUS.len()) / record.len();
    let fitting = [BONUS, &record.repeat(count)].concat();
    assert_eq!(found(&fitting), []);
    let too_large = [&fitting[..], record].concat();
    assert_eq!(found(&too_large), one("ファイルが4.5MBに達しています", None, None));
    // One endless line.
    assert_eq!(found(&[BONUS, &b"x".repeat(1_000_000)].concat()).len(), 2);
}
