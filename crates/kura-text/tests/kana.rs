//! Kana in every width, the bank's kana, and headers and codes; the kana reader against arbitrary text.

use kura_text::{
    Charset, bank_kana, convert_width, fold_header, half_width_code, hiragana_to_katakana, is_katakana_name,
    set_name_space, to_full_width_kana, to_half_width_kana,
};
use kura_text::{NameForm, check_name_form};
use proptest::prelude::*;

#[test]
fn voiced_kana_are_two_characters_in_half_width() {
    for (full, half) in [
        ("ヒナタ　ミズキ", "ﾋﾅﾀ ﾐｽﾞｷ"),
        ("パピプペポヴ", "ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｳﾞ"),
        ("キョウコ・ファー", "ｷｮｳｺ･ﾌｧｰ"),
        ("ッャュョァィゥェォ", "ｯｬｭｮｧｨｩｪｫ"),
        ("「ヲン」。、゛゜", "｢ｦﾝ｣｡､ﾞﾟ"),
    ] {
        assert_eq!(to_half_width_kana(full), half);
        assert_eq!(to_full_width_kana(half), full);
    }
    assert_eq!(to_half_width_kana("ヮヰヱヵヶヷ漢A"), "ヮヰヱヵヶヷ漢A");
    assert_eq!(to_full_width_kana("ｱﾞﾟﾞ漢A"), "ア゛゜゛漢A");
}

#[test]
fn hiragana_becomes_katakana() {
    assert_eq!(hiragana_to_katakana("ひなた　みずき ぁゔゖゝゞー漢A"), "ヒナタ　ミズキ ァヴヶヽヾー漢A");
}

#[test]
fn the_width_of_a_field() {
    assert_eq!(convert_width("ﾋﾅﾀ　ミズキ", Charset::KanaHalf).unwrap(), "ﾋﾅﾀ ﾐｽﾞｷ");
    assert_eq!(convert_width("トウキョウト　カクウ４－５−６", Charset::AlnumKanaSymbol).unwrap(), "ﾄｳｷｮｳﾄ ｶｸｳ4-5-6");
    assert_eq!(convert_width("Smith ｼﾞｮﾝ", Charset::Zenkaku).unwrap(), "Ｓｍｉｔｈ　ジョン");
    assert_eq!(convert_width("架空町1-2", Charset::AnyNoHalfSpace).unwrap(), "架空町1-2");
    let problems = convert_width("ガンひ漢", Charset::KanaHalf).unwrap_err();
    assert_eq!(
        problems.iter().map(|problem| problem.place().unwrap()).collect::<Vec<_>>(),
        [3, 4],
        "places of the input"
    );
}

#[test]
fn katakana_names() {
    for name in ["ヒナタ　ミズキ", "ヒナタ ミズキ", "ジョー", "ヴィ　ヱヶ"] {
        assert!(is_katakana_name(name), "{name}");
    }
    for name in
        ["", "　", "ヒナタ　", "ヒナタ　　ミズキ", "ひなた", "ﾋﾅﾀ", "ヒナタ・ミズキ", "ヒナタA", "日向", "ーア", "カ゛"]
    {
        assert!(!is_katakana_name(name), "{name}");
    }
}

#[test]
fn spaces_of_names() {
    assert_eq!(set_name_space(" 日向 　瑞樹\n", NameForm::Kanji), "日向　瑞樹");
    assert_eq!(set_name_space("ﾋﾅﾀ　ﾐｽﾞｷ", NameForm::Kana), "ﾋﾅﾀ ﾐｽﾞｷ");
    assert_eq!(set_name_space("日向瑞樹", NameForm::Kanji), "日向瑞樹");
}

#[test]
fn headers_compare_folded() {
    for (left, right) in [
        ("郵便番号 / 所在地", "郵便番号／所在地"),
        ("電話（局番１）", "電話(局番1)"),
        ("フリガナ", "ﾌﾘｶﾞﾅ"),
        ("任意：\n備考", "任意:備考"),
        ("\u{FEFF}会社コード", "会社コード"),
        ("厚年被保険者数（短時間を除く）", "厚年被保険者数 (短時間を除く)"),
    ] {
        assert_eq!(fold_header(left), fold_header(right));
    }
    assert_ne!(fold_header("会社名"), fold_header("会社コード"));
    assert_eq!(fold_header("client_code"), "client_code");
}

#[test]
fn codes_in_half_width() {
    for (typed, code) in [
        ("００１", "001"),
        ("０３ー００００ー０００１", "03-0000-0001"),
        ("１００－００００", "100-0000"),
        ("100‐0000", "100-0000"),
        ("100—0000", "100-0000"),
        ("Ａ１２", "A12"),
        ("ミードノ", "ミードノ"),
        ("12-345", "12-345"),
    ] {
        assert_eq!(half_width_code(typed), code);
    }
}

/// Every row of the table that says what becomes of one character; the rows of ranges stand below.
#[test]
fn bank_kana_by_the_table_of_zengin() {
    let rows: Vec<Vec<&str>> =
        include_str!("vectors/zengin_charset.csv").lines().skip(1).map(|line| line.splitn(4, ',').collect()).collect();
    let handling = |character: &str| rows.iter().find(|row| row[0].starts_with(character)).map(|row| (row[1], row[2]));
    assert_eq!(handling("ｰ"), Some(("convert", "-")));
    assert_eq!(bank_kana("ｰー", &[]).unwrap(), "--");
    assert_eq!(handling("ｧｨｩｪｫｬｭｮｯ"), Some(("convert", "ｱｲｳｴｵﾔﾕﾖﾂ")));
    assert_eq!(bank_kana("ｧｨｩｪｫｬｭｮｯ", &[]).unwrap(), "ｱｲｳｴｵﾔﾕﾖﾂ");
    assert_eq!(handling("a-z"), Some(("convert", "A-Z")));
    assert_eq!(bank_kana("azAZ09", &[]).unwrap(), "AZAZ09");
    for allowed in ["(", ")", "-", ".", "ﾞ", "ﾟ", " "] {
        assert_eq!(bank_kana(allowed, &[]).unwrap(), allowed);
    }
    let whole = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ";
    assert_eq!(bank_kana(whole, &[]).unwrap(), whole);
    for refused in ["ｦ", "ヲ", "/", "｢", "｣", "\\", ",", "'", "+", ":", "?", "･", "・", "、", "あ", "漢", "&"]
    {
        let problems = bank_kana(&format!("ｱ{refused}"), &[]).unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.place()).collect::<Vec<_>>(), [Some(2)], "{refused}");
    }
    assert_eq!(bank_kana("ｶ)ｱｦ/ｴ", &['ｦ', '/']).unwrap(), "ｶ)ｱｦ/ｴ");
    assert_eq!(bank_kana("カ）ｺｼｼﾞ　ミッソー", &[]).unwrap(), "ｶ)ｺｼｼﾞ ﾐﾂｿ-");
}

#[test]
fn bank_kana_proposes() {
    let first = |text| bank_kana(text, &[]).unwrap_err()[0].proposals().first().cloned();
    assert_eq!(first("ヲ").as_deref(), Some("ｵ"));
    assert_eq!(first("・").as_deref(), Some(" "));
    assert_eq!(first("が").as_deref(), Some("ｶﾞ"));
    assert_eq!(first("漢"), None);
}

proptest! {
    #[test]
    fn full_width_kana_come_back(text in "[ァ-ロワヲ-ヴー・「」。、　]{0,40}") {
        let half = to_half_width_kana(&text);
        prop_assert_eq!(to_full_width_kana(&half), text);
    }

    #[test]
    fn half_width_kana_come_back(text in "[｡-ﾟ ]{0,40}") {
        let full = to_full_width_kana(&text);
        prop_assert_eq!(to_half_width_kana(&full), text);
    }

    #[test]
    fn the_kana_reader_takes_any_text(text in any::<String>()) {
        let katakana = hiragana_to_katakana(&text);
        prop_assert_eq!(katakana.chars().count(), text.chars().count());
        prop_assert_eq!(to_half_width_kana(&to_half_width_kana(&text)), to_half_width_kana(&text));
        prop_assert_eq!(to_full_width_kana(&to_full_width_kana(&text)), to_full_width_kana(&text));
        if is_katakana_name(&text) {
            prop_assert!(text.chars().count() >= 1 && !text.starts_with([' ', '　']) && !text.ends_with([' ', '　']));
        }
    }

    #[test]
    fn a_spaced_name_of_two_parts_has_the_form(family in "[一-龥]{1,5}", given in "[一-龥]{1,5}", gap in "[ 　\t]{1,3}") {
        let name = set_name_space(&format!("{gap}{family}{gap}{given}{gap}"), NameForm::Kanji);
        prop_assert_eq!(&name, &format!("{family}　{given}"));
        prop_assert_eq!(check_name_form(&name, NameForm::Kanji), Ok(()));
    }
}
