//! The rules between fields, each on both of its sides.

use kura_filing::*;
use kura_law::Law;

use crate::checker::*;

/// The 項番 that are named when these fields of a line are replaced.
fn named(file: &[u8], line: usize, values: &[(usize, &str)]) -> Vec<u16> {
    let edit = |file: Vec<u8>, (field, value): &(usize, &str)| {
        with(&file, line, *field, &kura_text::encode_shift_jis(value).unwrap())
    };
    let file = values.iter().fold(file.to_vec(), edit);
    problems(&file).into_iter().map(|problem| problem.field.map_or(0, |field| field.number)).collect()
}

#[test]
fn fixed_codes_and_numbers() {
    let bonus = |field, value| named(BONUS, 6, &[(field, value)]);
    assert_eq!(bonus(5, "000"), [5]);
    assert_eq!(bonus(5, ""), Vec::<u16>::new());
    assert_eq!(bonus(6, ""), [6]);
    assert_eq!(bonus(8, "4"), [8]);
    assert_eq!(bonus(19, "0"), [19]);
    assert_eq!(bonus(20, "31"), Vec::<u16>::new());
    assert_eq!(bonus(20, "32"), [20]);
    assert_eq!(bonus(20, "1"), [20]);
    // The code of the pension office, not 13 of JIS.
    assert_eq!(named(BONUS, 1, &[(1, "13")]), [1]);
    assert_eq!(named(BONUS, 4, &[(3, "000")])[0], 3);
    assert_eq!(named(BONUS, 4, &[(3, "A1ﾐ")]), [3, 0, 0, 0, 0, 0]);
    assert_eq!(named(BONUS, 1, &[(3, "ﾐﾐﾐﾐ")]), Vec::<u16>::new());
    assert_eq!(named(BONUS, 4, &[(2, "99")])[0], 2);
    // A code of the layout with another length.
    assert_eq!(named(LOSS, 6, &[(16, "04")]), [16, 17]);
    assert_eq!(named(DEPENDENTS, 6, &[(70, "1")]), [70]);
    assert_eq!(named(DEPENDENTS, 6, &[(136, "1")]), [136]);
}

#[test]
fn japanese_dates() {
    let birth = |era, ymd| named(BONUS, 6, &[(8, era), (9, ymd)]);
    assert_eq!(birth("5", "640107"), Vec::<u16>::new());
    assert_eq!(birth("5", "640108"), [9]);
    assert_eq!(birth("7", "010108"), Vec::<u16>::new());
    assert_eq!(birth("7", "010107"), [9]);
    assert_eq!(birth("7", "310430"), Vec::<u16>::new());
    assert_eq!(birth("7", "310501"), [9]);
    assert_eq!(birth("5", "600229"), [9]);
    assert_eq!(birth("5", "590229"), Vec::<u16>::new());
    // Too short is said once.
    assert_eq!(birth("5", "59022"), [9]);
    assert_eq!(birth("5", ""), [9]);
    // 適用年月, and 従前の改定月 across the change of eras.
    let revised = |era, year, month| named(ANNUAL_BASE, 6, &[(15, era), (16, year), (17, month)]);
    assert_eq!(revised("7", "31", "04"), Vec::<u16>::new());
    assert_eq!(revised("7", "31", "05"), [16]);
    assert_eq!(revised("9", "01", "05"), Vec::<u16>::new());
    assert_eq!(revised("9", "01", "13"), [17, 16]);
    assert_eq!(named(ANNUAL_BASE, 6, &[(11, "00")]), [11, 11]);
    // An optional day has both parts or none.
    assert_eq!(named(DEPENDENTS, 6, &[(7, "")]), [7]);
    assert_eq!(named(DEPENDENTS, 6, &[(6, "")]), [6]);
    assert_eq!(named(DEPENDENTS, 6, &[(6, ""), (7, "")]), Vec::<u16>::new());
}

#[test]
fn annual_base() {
    let first = |values: &[(usize, &str)]| named(ANNUAL_BASE, 6, values);
    let none = Vec::<u16>::new();
    // 昇（降）給: both or neither.
    assert_eq!(first(&[(18, "04")]), [19]);
    assert_eq!(first(&[(19, "1")]), [18]);
    assert_eq!(first(&[(18, "04"), (19, "1")]), none);
    assert_eq!(first(&[(20, "07")]), [20]);
    assert_eq!(first(&[(34, "0301501")]), [34, 37, 38]);
    assert_eq!(first(&[(38, "0309267")]), [38]);
    assert_eq!(first(&[(39, "999")]), [39]);
    assert_eq!(first(&[(39, "1000")]), none);
    // 17 days count, 16 do not.
    let two_months = [(37, "0626300"), (38, "0313150")];
    assert_eq!(first(&[(25, "16")]), [37, 38]);
    assert_eq!(first(&[&[(25, "16")][..], &two_months].concat()), none);
    assert_eq!(first(&[&[(25, "17")][..], &two_months].concat()), [37, 38]);
    // Nobody knows what to write when no month counts; a short-time worker counts from 11, a part-timer from 15.
    assert_eq!(first(&[(25, "10"), (26, "10"), (27, "10")]), [0]);
    assert_eq!(first(&[(25, "11"), (26, "11"), (27, "11"), (49, "1")]), none);
    assert_eq!(first(&[(25, "15"), (26, "15"), (27, "15"), (50, "1")]), none);
    assert_eq!(first(&[(25, "14"), (26, "14"), (27, "14"), (50, "1")]), [0]);
    // A part-timer with a month of 17 days does not count those of 15.
    assert_eq!(first(&[&[(25, "15"), (50, "1")][..], &two_months].concat()), none);
    assert_eq!(first(&[(25, "15"), (50, "1")]), [37, 38]);
    // The average of capped months is not known.
    assert_eq!(named(ANNUAL_BASE, 10, &[(38, "4433334")]), none);
}

#[test]
fn numbers_at_seventy() {
    let last = |values: &[(usize, &str)]| named(ANNUAL_BASE, 10, values);
    let none = Vec::<u16>::new();
    assert_eq!(last(&[(41, ""), (42, "")]), [41]);
    assert_eq!(last(&[(41, ""), (42, ""), (40, "123456789018")]), none);
    assert_eq!(last(&[(42, "")]), [42]);
    assert_eq!(last(&[(41, "0000")]), [41]);
    assert_eq!(named(ANNUAL_BASE, 6, &[(40, "123456789018")]), [40]);
    assert_eq!(last(&[(53, "1")]), [5]);
    assert_eq!(last(&[(53, "1"), (5, "")]), none);
    assert_eq!(last(&[(53, "1"), (5, ""), (43, "")]), [43]);
    assert_eq!(last(&[(44, "0506")]), none);
    assert_eq!(last(&[(44, "06")]), none);
    assert_eq!(last(&[(44, "0407")]), [44]);
    assert_eq!(last(&[(44, "040")]), [44]);
    // The placeholder is no number.
    let message = problems(&with(ANNUAL_BASE, 10, 40, MY_NUMBER_PLACEHOLDER.as_bytes())).remove(0).message;
    assert_eq!(message, "「個人番号」がまだ入っていません（仮の文字のままです）");
}

#[test]
fn monthly_change() {
    let first = |values: &[(usize, &str)]| named(MONTHLY_CHANGE, 6, values);
    let none = Vec::<u16>::new();
    assert_eq!(first(&[(12, "08")]), [22, 23, 24]);
    assert_eq!(first(&[(24, "07")]), [24]);
    assert_eq!(first(&[(25, "17")]), none);
    assert_eq!(first(&[(25, "16")]), [25]);
    assert_eq!(first(&[(25, "32")]), [25]);
    let short_time = |days| named(MONTHLY_CHANGE, 7, &[(26, days)]);
    assert_eq!(short_time("11"), none);
    assert_eq!(short_time("10"), [26]);
    assert_eq!(named(MONTHLY_CHANGE, 7, &[(45, "")]), [25, 26, 27]);
    let small = |corrected| {
        let zeros = [28, 29, 30, 32, 34, 35, 36, 37, 38].map(|field| (field, "0"));
        first(&[&zeros[..], &[(39, corrected)]].concat())
    };
    assert_eq!(small("1000"), none);
    assert_eq!(small(""), [38]);
    assert_eq!(small("999"), [39]);
}

#[test]
fn bonus() {
    let first = |values: &[(usize, &str)]| named(BONUS, 6, values);
    let none = Vec::<u16>::new();
    assert_eq!(first(&[(12, "999"), (14, "0")]), [14]);
    assert_eq!(first(&[(12, "1000"), (14, "1000")]), none);
    assert_eq!(first(&[(21, "1")]), [18]);
    assert_eq!(first(&[(21, "1"), (18, "1")]), [16]);
    assert_eq!(first(&[(21, "1"), (18, "1"), (16, "4210"), (17, "556677")]), none);
    // 支払日: the day of the check itself is not too late.
    assert_eq!(first(&[(11, "081201")]), none);
    assert_eq!(first(&[(11, "081202")]), [11]);
}

#[test]
fn acquisition() {
    let with_number = |values: &[(usize, &str)]| named(ACQUISITION, 6, values);
    let without = |values: &[(usize, &str)]| named(ACQUISITION, 7, values);
    let none = Vec::<u16>::new();
    assert_eq!(with_number(&[(14, "1")]), [14]);
    assert_eq!(with_number(&[(29, "150")]), [29]);
    assert_eq!(with_number(&[(30, "0000")]), [30]);
    assert_eq!(with_number(&[(31, "ﾄｳｷｮｳﾄ")]), [31]);
    assert_eq!(with_number(&[(32, "東京都")]), [32]);
    assert_eq!(without(&[(29, ""), (30, ""), (31, "")]), [29, 30, 31]);
    assert_eq!(without(&[(29, "000")]), [29]);
    assert_eq!(without(&[(32, "")]), none);
    assert_eq!(without(&[(32, "東京都 渋谷区")]), [32]);
    assert_eq!(without(&[(31, "ﾄｳｷｮｳﾄ  1")]), [31]);
    assert_eq!(without(&[(14, "3")]), [15]);
    assert_eq!(without(&[(14, "3"), (15, "住所不定")]), none);
    assert_eq!(without(&[(14, "1"), (15, "海外")]), [15]);
    assert_eq!(without(&[(17, "")]), [17]);
    assert_eq!(without(&[(11, "")]), [11]);
    assert_eq!(without(&[(11, "5")]), none);
    assert_eq!(without(&[(12, "3"), (16, ""), (17, "")]), none);
    assert_eq!(without(&[(12, "3"), (11, "5"), (16, ""), (17, "")]), [11]);
    assert_eq!(without(&[(12, "4")]), [16]);
    assert_eq!(without(&[(33, "1")]), [11, 12, 24]);
    let only_over_70 = |birth| without(&[(33, "1"), (11, ""), (12, ""), (24, "1"), (10, birth)]);
    // 70 on the day before the birthday: 1956-10-17 reaches it on the day of acquisition, 2026-10-16.
    assert_eq!(only_over_70("311017"), none);
    assert_eq!(only_over_70("311018"), [19]);
    assert_eq!(without(&[(19, "081201")]), none);
    assert_eq!(without(&[(19, "081202")]), [19]);
    assert_eq!(without(&[(20, "")]), [20]);
    assert_eq!(without(&[(21, "999"), (23, "999")]), [23]);
    assert_eq!(without(&[(21, "9999999"), (22, "1"), (23, "9999999")]), none);
}

#[test]
fn loss() {
    let left = |values: &[(usize, &str)]| named(LOSS, 6, values);
    let none = Vec::<u16>::new();
    assert_eq!(left(&[(15, "081031")]), [15]);
    assert_eq!(left(&[(15, "081102")]), [15]);
    assert_eq!(left(&[(16, "5")]), none);
    assert_eq!(left(&[(17, ""), (18, "")]), [17]);
    assert_eq!(left(&[(16, "9")]), [17]);
    assert_eq!(left(&[(14, ""), (15, "")]), [14]);
    assert_eq!(left(&[(12, ""), (13, "")]), [12]);
    assert_eq!(left(&[(15, "081202"), (18, "081201")]), [15]);
    assert_eq!(left(&[(10, "100229")]), [10]);
    // 75: the birthday itself.
    let at_75 = |birth| named(LOSS, 7, &[(10, birth)]);
    assert_eq!(at_75("261120"), none);
    assert_eq!(at_75("261121"), [15]);
    let leap = |lost| named(LOSS, 7, &[(10, "270229"), (15, lost)]);
    assert_eq!(leap("081120").len(), 1);
    assert_eq!(named(LOSS, 7, &[(9, "9"), (10, "081120")]), [15]);
    // 70歳以上被用者: the last day itself, and no day of loss.
    let over_70 = |values: &[(usize, &str)]| named(LOSS, 8, values);
    assert_eq!(over_70(&[(26, "081111")]), [26]);
    assert_eq!(over_70(&[(6, "3")]), [6]);
    assert_eq!(over_70(&[(14, "9"), (15, "081111")]), [14]);
    assert_eq!(over_70(&[(24, "")]), [24]);
    assert_eq!(over_70(&[(25, ""), (26, "")]), [25]);
}

#[test]
fn dependents_began() {
    let record = |values: &[(usize, &str)]| named(DEPENDENTS, 6, values);
    let none = Vec::<u16>::new();
    assert_eq!(record(&[(5, "")]), [5]);
    assert_eq!(record(&[(7, "081202")]), [7]);
    assert_eq!(record(&[(15, ""), (16, "")]), [15]);
    assert_eq!(record(&[(14, "123456789018")]), [18, 19, 20]);
    assert_eq!(record(&[(18, ""), (19, ""), (20, "")]), [18, 19, 20]);
    // The spouse.
    for field in [28, 35, 37, 38, 39, 46, 48, 49] {
        assert_eq!(record(&[(field, "")]), [u16::try_from(field).unwrap()]);
    }
    assert_eq!(record(&[(26, ""), (27, "")]), [26]);
    assert_eq!(record(&[(44, ""), (45, "")]), [44]);
    assert_eq!(record(&[(46, "5")]), [47]);
    assert_eq!(record(&[(46, "5"), (47, "退職")]), none);
    assert_eq!(record(&[(36, "13")]), [36]);
    assert_eq!(record(&[(52, "3")]), [52]);
    assert_eq!(record(&[(53, "転居")]), [53]);
    assert_eq!(record(&[(24, "")]), [24, 24, 24, 24, 137]);
    assert_eq!(record(&[(30, "4210")]), [31]);
    // Which job code stands for what differs from block to block.
    assert_eq!(record(&[(48, "5")]), [48]);
    assert_eq!(record(&[(92, "6")]), none);
    // The child.
    for field in [75, 76, 79, 80, 81, 82, 92, 94, 95] {
        assert_eq!(record(&[(field, "")]), [u16::try_from(field).unwrap()]);
    }
    assert_eq!(record(&[(76, "10")]), [77]);
    assert_eq!(record(&[(76, "10"), (77, "おい")]), none);
    assert_eq!(record(&[(77, "おい")]), [77]);
    assert_eq!(record(&[(139, "1")]), [139]);
}

#[test]
fn dependents_overseas() {
    let record = |values: &[(usize, &str)]| named(DEPENDENTS, 6, values);
    assert_eq!(record(&[(58, "1")]), [61, 59]);
    assert_eq!(record(&[(58, "1"), (59, "9"), (60, "080901"), (61, "1")]), Vec::<u16>::new());
    assert_eq!(record(&[(58, "1"), (59, "9"), (60, "080901"), (61, "5")]), [62]);
    assert_eq!(record(&[(58, "1"), (59, "7"), (60, "300901"), (61, "1")]), [59]);
    assert_eq!(record(&[(58, "2")]), [58, 65, 63]);
    assert_eq!(record(&[(83, "1")]), [84]);
    assert_eq!(record(&[(83, "1"), (84, "1")]), Vec::<u16>::new());
}

#[test]
fn dependents_ended_and_changed() {
    let spouse_of_wedding = [22, 23, 35, 44, 45, 46, 48, 49, 17, 79, 90, 91, 92, 94, 95].map(|field| (field, ""));
    let ended = [(21, "2"), (50, "9"), (51, "080901"), (52, "3"), (97, "9"), (98, "080901"), (99, "2")];
    let base = [&spouse_of_wedding[..], &ended].concat();
    let record = |values: &[(usize, &str)]| named(DEPENDENTS, 6, &[&base[..], values].concat());
    assert_eq!(record(&[]), Vec::<u16>::new());
    assert_eq!(record(&[(8, "")]), [8]);
    assert_eq!(record(&[(17, "4100000")]), [17]);
    assert_eq!(record(&[(69, "4100000")]), [69]);
    assert_eq!(record(&[(35, "1")]), [35]);
    assert_eq!(record(&[(44, "9"), (45, "080901")]), [44]);
    assert_eq!(record(&[(50, ""), (51, "")]), [50]);
    assert_eq!(record(&[(52, "1")]), [54]);
    assert_eq!(record(&[(52, "1"), (54, "9"), (55, "080831")]), Vec::<u16>::new());
    assert_eq!(record(&[(54, "9"), (55, "080831")]), [54]);
    assert_eq!(record(&[(52, "6")]), [53]);
    assert_eq!(record(&[(99, "6"), (100, "養子に出た")]), Vec::<u16>::new());
    assert_eq!(record(&[(58, "1"), (59, "9"), (60, "080901"), (61, "1")]), [58]);

    let changed = [(21, "3"), (50, ""), (51, ""), (52, ""), (97, ""), (98, ""), (99, "")];
    let changed = [&spouse_of_wedding[..], &changed].concat();
    let record = |values: &[(usize, &str)]| named(DEPENDENTS, 6, &[&changed[..], values].concat());
    assert_eq!(record(&[]), [56, 101]);
    assert_eq!(record(&[(56, "氏名の変更"), (101, "氏名の変更")]), Vec::<u16>::new());
}

/// Every rule names its field in words a person can act on, and no value of a person.
#[test]
fn own_words_name_the_field() {
    let law = Law::embedded().unwrap();
    for problem in problems(&with(&with(LOSS, 6, 15, b"081031"), 6, 11, b"12345678901")) {
        let field = problem.field.unwrap();
        assert!(problem.message.contains(&field.name_ja), "{}", problem.message);
        assert!(problem.remedy.ends_with('。'));
    }
    assert_eq!(Form::Loss.title(law).unwrap(), "被保険者資格喪失届");
}
