//! Findings: what is named, where, why, and what is proposed.

use kura_text::{Charset, NameForm, PROBLEMS_MAX, Refusal, TextProblem, check, check_name_form, propose};

fn named(text: &str, charset: Charset) -> Vec<(usize, char, Vec<String>)> {
    let named = |problem: TextProblem| Some((problem.place()?, problem.character()?, problem.proposals().to_vec()));
    check(text, charset, ..).into_iter().filter_map(named).collect()
}

fn proposals(text: &str, charset: Charset) -> Vec<String> {
    named(text, charset).into_iter().flat_map(|(.., proposals)| proposals).collect()
}

#[test]
fn t088_names_both_characters() {
    let expected = [(1, '髙', vec!["高".to_owned()]), (4, '﨑', vec!["崎".to_owned()])];
    assert_eq!(named("髙松　﨑子", Charset::Zenkaku), expected);
    assert_eq!(propose("髙松　﨑子", Charset::Zenkaku).as_deref(), Some("高松　崎子"));
}

#[test]
fn names_in_the_standard_are_left_alone() {
    for name in ["渡邊　邉子", "齋藤　齊", "澤　廣", "冨永　凜", "熙　堯", "嶋﨑".trim_end_matches('﨑'), "辻　祇園"]
    {
        assert_eq!(check(name, Charset::Zenkaku, ..), [], "{name}");
    }
}

#[test]
fn proposals_for_refused_characters() {
    for (text, charset, expected) in [
        ("濵", Charset::Zenkaku, &["濱", "浜"][..]),
        ("𠮷", Charset::Zenkaku, &["吉"]),
        ("\u{FA1B}", Charset::Zenkaku, &["福"]),
        ("\u{F9DC}", Charset::Zenkaku, &["隆"]),
        ("\u{2F65}", Charset::Zenkaku, &["田"]),
        ("\u{2ED1}", Charset::Zenkaku, &["長"]),
        ("陈", Charset::Zenkaku, &["陳"]),
        ("侊", Charset::Zenkaku, &[]),
        ("葛\u{E0100}", Charset::Zenkaku, &["葛"]),
        ("﨑\u{E0101}", Charset::Zenkaku, &["崎"]),
        ("か\u{3099}", Charset::Zenkaku, &["が"]),
        ("ハ\u{309A}", Charset::KanaHalf, &["ﾊﾟ"]),
        ("①", Charset::Any, &["１", "（１）"]),
        ("⑳", Charset::AlnumKanaSymbol, &["20", "(20)"]),
        ("⑴", Charset::Any, &["（１）", "１"]),
        ("Ⅲ", Charset::Any, &["ＩＩＩ", "３"]),
        ("ⅻ", Charset::Any, &["ｘｉｉ", "１２"]),
        ("㈱", Charset::Zenkaku, &["株式会社", "（株）"]),
        ("㎡", Charset::Any, &["平方メートル"]),
        ("㍻", Charset::Any, &["平成"]),
        ("\u{A0}", Charset::Zenkaku, &["\u{3000}"]),
        ("\u{200B}", Charset::Zenkaku, &[""]),
        ("\t", Charset::KanaHalf, &[" "]),
        (",", Charset::Any, &["，", "、"]),
        ("\"", Charset::Zenkaku, &["”"]),
        ("カ", Charset::KanaHalf, &["ｶ"]),
        ("が", Charset::KanaHalf, &["ｶﾞ"]),
        ("ｶﾞ", Charset::Zenkaku, &["ガ"]),
        ("ヱ", Charset::KanaHalf, &["ｴ"]),
        ("-", Charset::KanaHalf, &["ｰ"]),
        ("・", Charset::KanaHalf, &[" "]),
        ("１", Charset::Num, &["1"]),
        ("1", Charset::Zenkaku, &["１"]),
        ("-", Charset::Zenkaku, &["－", "ー"]),
        (" ", Charset::AnyNoHalfSpace, &["\u{3000}"]),
        ("A", Charset::Nothing, &[""]),
        ("🍣", Charset::Any, &[]),
    ] {
        assert_eq!(proposals(text, charset), expected, "{text:?} in {}", charset.name());
    }
}

#[test]
fn places_count_what_a_reader_sees() {
    let places = |text| named(text, Charset::Zenkaku).into_iter().map(|(place, ..)| place).collect::<Vec<_>>();
    assert_eq!(places("葛\u{E0100}城　髙"), [1, 4]);
    assert_eq!(places("か\u{3099}き\u{3099}髙"), [1, 2, 3]);
    assert_eq!(places("ｶﾞ髙"), [1, 3]);
    assert_eq!(places("\u{3099}髙"), [1, 2]);
}

#[test]
fn each_set_takes_what_its_name_says() {
    let sample =
        ['0', 'A', 'a', '-', ' ', 'ｱ', 'ｦ', 'ｬ', 'ｰ', 'ﾞ', '･', '。', 'ア', 'あ', '亜', '０', '\u{3000}', ',', '髙'];
    for (name, expected) in [
        ("num", "0"),
        ("kana_half", " ｱｦｬｰﾞ"),
        ("zenkaku", "。アあ亜０\u{3000}"),
        ("kanji_or_kana", " ｱｦｬｰﾞ。アあ亜０\u{3000}"),
        ("alnum_or_kana", "0AaｱｦｬｰﾞX"),
        ("alnum_kana_symbol", "0Aa- ｱｦｬｰﾞ･"),
        ("any", "0Aa- ｱｦｬｰﾞ･。アあ亜０\u{3000}"),
        ("any_no_half_space", "0Aa-ｱｦｬｰﾞ･。アあ亜０\u{3000}"),
        ("none", ""),
    ] {
        let charset = Charset::parse(name).unwrap();
        let taken: String = sample.into_iter().filter(|character| charset.takes(*character)).collect();
        assert_eq!(taken, expected.trim_end_matches('X'), "{name}");
        assert_eq!(charset.name(), name);
        assert_eq!(check("", charset, 3..=25), [], "an empty value");
    }
    assert_eq!(Charset::parse("Num"), None);
    assert_eq!(Charset::parse(""), None);
}

#[test]
fn kinds_that_may_not_be_mixed() {
    for clean in ["ﾐﾄﾞﾉ", "A12", "0001"] {
        assert_eq!(check(clean, Charset::AlnumOrKana, 1..=4), []);
    }
    let mixed = |place, character, charset| [TextProblem::MixedKinds { place, character, charset }];
    assert_eq!(check("ﾐﾄﾞ1", Charset::AlnumOrKana, 1..=4), mixed(4, '1', Charset::AlnumOrKana));
    assert_eq!(check("架空　ﾘﾂｺ", Charset::KanjiOrKana, ..=25), mixed(4, 'ﾘ', Charset::KanjiOrKana));
    assert_eq!(check("架空　律子", Charset::KanjiOrKana, ..=25), []);
    assert_eq!(check("ｶｸｳ ﾘﾂｺ", Charset::KanjiOrKana, ..=25), []);
}

#[test]
fn spaces_that_may_not_be_repeated() {
    let repeated = |place| [TextProblem::RepeatedSpace { place }];
    assert_eq!(check("ﾋﾅﾀ  ﾐｽﾞｷ", Charset::KanaHalf, ..), repeated(5));
    assert_eq!(check("ﾄｳｷｮｳﾄ  1-2", Charset::AlnumKanaSymbol, ..), repeated(8));
    assert_eq!(check("東京都　　架空町", Charset::AnyNoHalfSpace, ..), repeated(5));
    assert_eq!(check("a  b　　c", Charset::Any, ..), []);
}

#[test]
fn lengths_are_bytes_of_shift_jis_on_both_sides_of_the_limit() {
    assert_eq!(check("あいうえおかきくけこさし", Charset::Zenkaku, 3..=24), []);
    assert_eq!(
        check("あいうえおかきくけこさしす", Charset::Zenkaku, 3..=24),
        [TextProblem::TooLong { bytes: 26, bytes_max: 24 }]
    );
    assert_eq!(check("ｶﾞｶﾞ", Charset::KanaHalf, ..=4), []);
    assert_eq!(check("ｶﾞｶﾞｶ", Charset::KanaHalf, ..=4), [TextProblem::TooLong { bytes: 5, bytes_max: 4 }]);
    assert_eq!(check("12", Charset::Num, 3..=3), [TextProblem::TooShort { bytes: 2, bytes_min: 3 }]);
    assert_eq!(check("123", Charset::Num, 3..4), []);
    assert_eq!(check("1234", Charset::Num, 3..4), [TextProblem::TooLong { bytes: 4, bytes_max: 3 }]);
}

#[test]
fn reasons() {
    let reason = |text| match check(text, Charset::Zenkaku, ..).as_slice() {
        [TextProblem::Refused { reason, .. }] => *reason,
        other => panic!("{text:?}: {other:?}"),
    };
    assert_eq!(reason("髙"), Refusal::KanjiBeyondLevel2);
    assert_eq!(reason("㐂"), Refusal::KanjiBeyondLevel2);
    assert_eq!(reason("㈱"), Refusal::BeyondJisX0208);
    assert_eq!(reason("é"), Refusal::BeyondJisX0208);
    assert_eq!(reason("\u{E000}"), Refusal::PrivateUse);
    assert_eq!(reason("葛\u{E0100}"), Refusal::VariationSelector);
    assert_eq!(reason("か\u{3099}"), Refusal::CombiningMark);
    assert_eq!(reason("\u{FEFF}"), Refusal::Invisible);
    assert_eq!(reason("\n"), Refusal::Control);
    assert_eq!(reason("\u{80}"), Refusal::Control);
    assert_eq!(reason(","), Refusal::Separator);
    assert_eq!(reason("A"), Refusal::OutsideCharset(Charset::Zenkaku));
}

#[test]
fn name_form_is_one_space_of_the_right_width() {
    for (form, good) in [(NameForm::Kana, "ﾋﾅﾀ ﾐｽﾞｷ"), (NameForm::Kanji, "日向　瑞樹"), (NameForm::Kanji, "")]
    {
        assert_eq!(check_name_form(good, form), Ok(()));
    }
    for (form, bad) in [
        (NameForm::Kana, "ﾋﾅﾀﾐｽﾞｷ"),
        (NameForm::Kana, "ﾋﾅﾀ　ﾐｽﾞｷ"),
        (NameForm::Kana, "ﾋﾅﾀ  ﾐｽﾞｷ"),
        (NameForm::Kana, " ﾋﾅﾀ"),
        (NameForm::Kana, "ﾋﾅﾀ "),
        (NameForm::Kana, "ｱ ｲ ｳ"),
        (NameForm::Kanji, "日向 瑞樹"),
        (NameForm::Kanji, "日向　 瑞樹"),
        (NameForm::Kanji, "　"),
    ] {
        assert_eq!(check_name_form(bad, form), Err(TextProblem::NameForm { form }), "{bad:?}");
    }
}

#[test]
fn sentences_name_the_place_and_the_remedy_and_never_the_value() {
    let sentence = |text, charset| check(text, charset, ..=24).first().unwrap().to_string();
    assert_eq!(
        sentence("山田　㈱", Charset::Zenkaku),
        "4文字目の「㈱」は、届出に使えない文字です（機種依存文字など、JIS X 0208にありません）。「株式会社」か「（株）」に置き換えてよいか確かめてください。"
    );
    assert_eq!(
        sentence("葛\u{E0100}城", Charset::Zenkaku),
        "1文字目のU+E0100は、漢字の字形を選ぶ符号（異体字セレクター）で、届出に使えません。「葛」に置き換えてよいか確かめてください。"
    );
    assert_eq!(
        sentence("東京都 架空町", Charset::AnyNoHalfSpace),
        "4文字目の半角スペースは、この項目に使えません（使えるのは半角スペースを除く文字です）。「　」に置き換えてよいか確かめてください。"
    );
    assert_eq!(
        sentence("\u{200B}東", Charset::Any),
        "1文字目のU+200Bは、目に見えない文字で、届出に使えません。この文字を消してください。"
    );
    let long = check("越路みそ醸造の長い名前です", Charset::Zenkaku, ..=24);
    assert_eq!(long.first().unwrap().checker_message(), Some("最大桁数超過"));
    assert!(!long.first().unwrap().to_string().contains("越路"));
}

#[test]
fn a_flood_of_problems_is_cut() {
    assert_eq!(check(&"髙".repeat(10_000), Charset::Any, ..).len(), PROBLEMS_MAX);
}
