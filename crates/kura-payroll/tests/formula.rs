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
    assert_eq!(problem.position, position, "{source}: {problem}");
    assert!(problem.to_string().contains(words), "{source}: {problem}");
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
    let formula = compile("任意:売上*0.03", &facts).unwrap();
    assert_eq!(formula.evaluate(&facts), Err(EvaluationProblem::Unknown { slot: 6 }));
    let formula = compile("参照表(\"資格手当\",\"3級\")", &facts).unwrap();
    assert_eq!(formula.evaluate(&facts), Err(EvaluationProblem::NoRow { table: 0 }));
    let formula = compile("参照表(\"資格手当\",\"\")", &facts).unwrap();
    assert_eq!(formula.evaluate(&facts), Err(EvaluationProblem::NoKey { table: 0 }));
    assert!(formula.is_look_up() && !compile("1+参照表(\"資格手当\",保有資格)", &facts).unwrap().is_look_up());
    let formula = compile("ROUND(1,10)", &facts).unwrap();
    assert_eq!(formula.evaluate(&facts), Err(EvaluationProblem::Digits));
    let formula = compile("1/欠勤日数", &facts).unwrap();
    assert!(matches!(formula.evaluate(&facts), Err(EvaluationProblem::Number(_))));
}

#[test]
fn every_mistake_has_its_place_and_its_remedy() {
    refused("", 1, "式が空です");
    refused("  ", 1, "式が空です");
    refused(&"1".repeat(1_001), 1_000, "1,000文字まで");
    refused(&format!("{}1{}", "(".repeat(40), ")".repeat(40)), 33, "32段まで");
    refused(&format!("{}1", "-".repeat(900)), 33, "32段まで");
    refused("基本給 $ 2", 5, "「$」は式に使えません");
    refused("IF(保有資格=\"2級,1,0)", 9, "引用符が閉じていません");
    refused("1.2.3", 1, "数値として読めません");
    refused("基本給*", 5, "値が必要です");
    refused("(基本給", 3, "閉じかっこ");
    refused("基本給 2", 5, "余分なもの");
    refused("基本給*皆勤", 5, "「皆勤」という項目はありません");
    refused("SUM(1,2)", 1, "「SUM」という関数はありません");
    refused("参照表(\"役職\",保有資格)", 5, "「役職」という参照表はありません");
    refused("参照表(保有資格,保有資格)", 5, "引用符で囲んだ表名");
    refused("ROUND(1)", 1, "引数の数");
    refused("IF(1,2,3)", 4, "数値ではなく条件が必要です");
    refused("保有資格", 1, "文字ではなく数値が必要です");
    refused("年齢>=40", 3, "条件ではなく数値が必要です");
    refused("IF(年齢=保有資格,1,0)", 6, "種類が違います");
    refused("IF(年齢>1,1,保有資格)", 1, "種類が違います");
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
