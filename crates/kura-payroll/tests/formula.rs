//! 式: what users write, what it yields, and what each mistake is told.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise, in its small functions too"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use kura_payroll::formula::{EvaluationProblem, Name, Names, Value, ValueType, Values, compile, dependency_order};
use kura_yen::Exact;
use proptest::prelude::*;

/// Names and values of one invented person.
struct Facts {
    slots: Vec<(&'static str, Option<Value<'static>>, ValueType)>,
    tables: HashMap<(u16, String), Exact>,
}

impl Facts {
    fn new() -> Self {
        let number = |text: &str| Some(Value::Number(Exact::parse(text).unwrap()));
        let slots = vec![
            ("片道距離", number("32"), ValueType::Number),
            ("出勤日数", number("21"), ValueType::Number),
            ("欠勤日数", number("0"), ValueType::Number),
            ("基本給", number("262000"), ValueType::Number),
            ("家賃", number("62000"), ValueType::Number),
            ("保有資格", Some(Value::Text(Cow::Borrowed("2級管工事"))), ValueType::Text),
            ("任意:売上", None, ValueType::Number),
            ("通勤手当（定期）", number("5000"), ValueType::Number),
            ("年齢", number("41"), ValueType::Number),
        ];
        Self { slots, tables: HashMap::from([((0, "2級管工事".to_owned()), Exact::whole(5_000))]) }
    }
}

impl Names for Facts {
    fn name(&self, name: &str) -> Option<Name> {
        let slot = self.slots.iter().position(|(known, _, _)| *known == name)?;
        Some(Name { slot: u16::try_from(slot).unwrap(), value_type: self.slots[slot].2 })
    }

    fn table(&self, table: &str) -> Option<u16> {
        (table == "資格手当").then_some(0)
    }
}

impl Values for Facts {
    fn value(&self, slot: u16) -> Option<Value<'_>> {
        self.slots[usize::from(slot)].1.clone()
    }

    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        let Value::Text(text) = key else { return None };
        self.tables.get(&(table, text.to_string())).copied()
    }
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let facts = Facts::new();
    let formula = compile(source, &facts).unwrap_or_else(|problem| panic!("{source}: {problem}"));
    assert_eq!(formula.evaluate(&facts).unwrap().to_string(), expected, "{source}");
}

#[track_caller]
fn refused(source: &str, position: usize, words: &str) {
    let problem = compile(source, &Facts::new()).expect_err(source);
    assert_eq!(problem.to_string(), format!("式の{position}文字目: {words}"), "{source}");
}

#[test]
fn formulas_of_the_demo_clients() {
    check("MIN(ROUNDDOWN(片道距離*2*出勤日数*15,0),25000)", "20160");
    check("IF(出勤日数=0,0,IF(基本給>=300000,1500,1000))", "1000");
    check("参照表(\"資格手当\", 保有資格)", "5000");
    check("ROUNDDOWN(基本給*0.012,-1)", "3140");
    check("MIN(ROUNDDOWN(家賃*0.3,-2),15000)", "15000");
    check("800*出勤日数", "16800");
    check("IF(欠勤日数+欠勤日数=0, 8000, 0)", "8000");
}

#[test]
fn numbers_are_exact_and_bind_as_in_arithmetic() {
    check("0.1+0.2", "0.3");
    check("1/3*3", "1");
    check("2+3*4-6/2", "11");
    check("-(2+3)*-2", "10");
    check("10-4-3", "3");
    check("64/4/2", "8");
    check("ROUND(2.345,2)", "2.35");
    check("ROUND(-2.5,0)", "-3");
    check("ROUNDUP(-2.01,0)", "-3");
    check("ROUNDUP(1201,-2)", "1300");
    check("MAX(1,2.5,-3)", "2.5");
}

#[test]
fn full_width_typing_means_the_same() {
    check("ＭＩＮ（ROUNDDOWN（片道距離＊２＊出勤日数×１５、０），25000）", "20160");
    check("round（2.5、0）", "3");
    check("「通勤手当（定期）」÷5", "1000");
}

#[test]
fn conditions_and_texts() {
    check("IF(AND(年齢>=40,年齢<65),1,0)", "1");
    check("IF(OR(年齢≦20,NOT(年齢<>41)),7,8)", "7");
    check("IF(保有資格=\"1級管工事\",10000,IF(保有資格≠\"2級管工事\",0,5000))", "5000");
}

#[test]
fn an_unknown_value_stops_only_what_needs_it() {
    let facts = Facts::new();
    check("IF(年齢>=40,1,任意:売上)", "1");
    let formula = compile("参照表(\"資格手当\",\"\")", &facts).unwrap();
    assert!(formula.is_look_up() && !compile("1+参照表(\"資格手当\",保有資格)", &facts).unwrap().is_look_up());
    let stopped = |source: &str| compile(source, &facts).unwrap().evaluate(&facts).unwrap_err();
    assert_eq!(stopped("任意:売上*0.03"), EvaluationProblem::Unknown { slot: 6 });
    let cases = [
        ("任意:売上*0.03", "式に必要な値が空欄です。値がないときは0と書いてください。"),
        (
            "参照表(\"資格手当\",\"3級\")",
            "参照表に、このキーの行がありません。行を加えるか、キーのつづりを確かめてください。",
        ),
        (
            "参照表(\"資格手当\",\"\")",
            "参照表のキーが空です。キーになる値を記入するか、IFで空の場合の値を書いてください。",
        ),
        ("ROUND(1,10)", "ROUND・ROUNDUP・ROUNDDOWNの桁数は−9から9までの整数です。"),
        ("ROUND(1,0.5)", "ROUND・ROUNDUP・ROUNDDOWNの桁数は−9から9までの整数です。"),
        (
            "1/欠勤日数",
            "0で割る計算になるため、答えがありません。日数・時間・月数・金額が0になっていないか確かめてください。",
        ),
        (
            "999999999999999*999999999999999*999999999999999*999999999999999",
            "計算の途中の数が大きすぎて扱えません。入力した金額・率・日数を確かめてください。",
        ),
    ];
    for (source, sentence) in cases {
        assert_eq!(stopped(source).to_string(), sentence, "{source}");
    }
}

#[test]
fn every_mistake_has_its_place_and_its_remedy() {
    let empty = "式が空です。金額の決め方が「式」のときは式を書いてください。";
    refused("", 1, empty);
    refused("  ", 1, empty);
    refused(&"1".repeat(1_001), 1_000, "式は1,000文字までです。項目を分けて短くしてください。");
    let deep = "かっこや関数の入れ子は32段までです。項目を分けて浅くしてください。";
    refused(&format!("{}1{}", "(".repeat(40), ")".repeat(40)), 33, deep);
    refused(&format!("{}1", "-".repeat(900)), 33, deep);
    refused("基本給 $ 2", 5, "「$」は式に使えません。使える記号は + - * / = < > ( ) です。");
    refused("IF(保有資格=\"2級,1,0)", 9, "引用符が閉じていません。終わりに引用符を加えてください。");
    refused("1.2.3", 1, "数値として読めません。整数部と小数部はそれぞれ15桁までです。");
    refused("基本給*", 5, "ここには値が必要です。");
    refused("基本給*)", 5, "ここには値が必要です。");
    refused("(基本給", 3, "ここには閉じかっこ「)」が必要です。");
    refused("MIN(1 2)", 7, "ここには「,」か閉じかっこ「)」が必要です。");
    refused("基本給 2", 5, "式の終わりのあとに余分なものがあります。演算子が抜けていないか確かめてください。");
    refused(
        "基本給*皆勤",
        5,
        "「皆勤」という項目はありません。支給控除項目・勤怠の見出し・任意項目の名前で書いてください。",
    );
    refused(
        "SUM(1,2)",
        1,
        "「SUM」という関数はありません。使える関数は IF MIN MAX ROUND ROUNDUP ROUNDDOWN AND OR NOT 参照表 です。",
    );
    refused(
        "参照表(\"役職\",保有資格)",
        5,
        "「役職」という参照表はありません。シート「参照表」の表名を確かめてください。",
    );
    refused("参照表(保有資格,保有資格)", 5, "ここには引用符で囲んだ表名が必要です。");
    refused("参照表(\"資格手当\",年齢>1)", 5, "条件ではなく文字が必要です。");
    let of = |call: &str, function: &str, arguments: &str| {
        refused(call, 1, &format!("{function}の引数の数が違います。{arguments}にしてください。"));
    };
    of("ROUND(1)", "ROUND", "数値と桁数の2つ");
    of("ROUNDUP(1,2,3)", "ROUNDUP", "数値と桁数の2つ");
    of("ROUNDDOWN()", "ROUNDDOWN", "数値と桁数の2つ");
    of("IF(年齢>1,1)", "IF", "条件・当たるときの値・当たらないときの値の3つ");
    of("MIN()", "MIN", "1つ以上");
    of("MAX()", "MAX", "1つ以上");
    of("AND()", "AND", "1つ以上");
    of("OR()", "OR", "1つ以上");
    of("NOT()", "NOT", "1つ");
    of("参照表(\"資格手当\")", "参照表", "引用符で囲んだ表名とキーの2つ");
    refused("IF(1,2,3)", 4, "数値ではなく条件が必要です。");
    refused("保有資格", 1, "文字ではなく数値が必要です。");
    refused("年齢>=40", 3, "条件ではなく数値が必要です。");
    let unequal = "左右（またはIFの2つの値）の種類が違います。数値どうし、文字どうしにしてください。";
    refused("IF(年齢=保有資格,1,0)", 6, unequal);
    refused("IF(年齢>1,1,保有資格)", 1, unequal);
    refused("IF(保有資格>\"1級\",1,0)", 8, unequal);
}

#[test]
fn a_result_is_explained_step_by_step() {
    let facts = Facts::new();
    let formula = compile("MIN(ROUNDDOWN(片道距離*2,0),100)", &facts).unwrap();
    let mut steps = Vec::new();
    let result = formula.explain(&facts, &mut steps).unwrap();
    let words = steps.iter().map(|step| step.words(|slot| Cow::Borrowed(facts.slots[usize::from(slot)].0)));
    let told: Vec<String> = words.map(|step| format!("{} → {}", step.text, step.result)).collect();
    assert_eq!(result, Exact::whole(64));
    assert_eq!(told, ["片道距離 → 32", "32 × 2 → 64", "64 を切捨て（桁数 0） → 64", "MIN → 64"]);

    let source = "IF(保有資格=\"2級管工事\",参照表(\"資格手当\",保有資格)/3,ROUNDUP(年齢,-1))-ROUND(0.5,0)";
    let formula = compile(source, &facts).unwrap();
    let mut steps = Vec::new();
    formula.explain(&facts, &mut steps).unwrap();
    let words = steps.iter().map(|step| step.words(|slot| Cow::Borrowed(facts.slots[usize::from(slot)].0)));
    let told: Vec<String> = words.map(|step| format!("{} → {}", step.text, step.result)).collect();
    assert_eq!(
        told,
        [
            "「2級管工事」 ＝ 「2級管工事」 → はい",
            "参照表（「2級管工事」） → 5000",
            "5000 ÷ 3 → 5000/3",
            "0.5 を四捨五入（桁数 0） → 1",
            "5000/3 － 1 → 4997/3",
        ]
    );
}

#[test]
fn items_are_ordered_by_need_and_circles_are_named() {
    let needs: Vec<Vec<usize>> = vec![vec![2], vec![], vec![1], vec![0, 2]];
    assert_eq!(dependency_order(4, |item| &needs[item]).unwrap(), [1, 2, 0, 3]);
    let circle: Vec<Vec<usize>> = vec![vec![1], vec![2], vec![1]];
    assert_eq!(dependency_order(3, |item| &circle[item]).unwrap_err().items, [1, 2]);
    let itself: Vec<Vec<usize>> = vec![vec![0]];
    assert_eq!(dependency_order(1, |item| &itself[item]).unwrap_err().items, [0]);
    let chain: Vec<Vec<usize>> =
        (0..100_000).map(|item| if item == 99_999 { vec![] } else { vec![item + 1] }).collect();
    assert_eq!(dependency_order(100_000, |item| &chain[item]).unwrap()[0], 99_999);
}

proptest! {
    #[test]
    fn any_text_is_a_formula_or_a_problem_with_a_place(source in "[基本給年齢0-9.+*/(),<>=\"「」 IFMINROUAD-]{0,60}") {
        let facts = Facts::new();
        match compile(&source, &facts) {
            Ok(formula) => { let _ = formula.evaluate(&facts); }
            Err(problem) => prop_assert!(problem.position >= 1 && problem.position <= source.chars().count() + 1),
        }
    }

    #[test]
    fn arithmetic_agrees_with_integers(a in -10_000_i64..10_000, b in -10_000_i64..10_000, c in 1_i64..1_000) {
        let facts = Facts::new();
        let source = format!("ROUNDDOWN(({a}+{b}*{c})/{c},0)-MIN({a},{b})");
        let expected = (a + b * c) / c - a.min(b);
        prop_assert_eq!(compile(&source, &facts).unwrap().evaluate(&facts).unwrap(), Exact::whole(expected));
    }
}
