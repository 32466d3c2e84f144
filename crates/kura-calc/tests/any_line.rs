//! Whatever a line holds, it gets one line of JSON and no panic. `KURA_FUZZ_CASES` sets the cases of each test.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its named steps too"
)]

use std::sync::LazyLock;

use kura_calc::Calculator;
use kura_law::Law;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value};

/// One question a row of the official examples.
const QUESTIONS: &str = include_str!("../../kura/tests/vectors/questions.jsonl");
static CALCULATOR: LazyLock<Calculator<'_>> = LazyLock::new(|| Calculator::new(Law::embedded().unwrap()));

#[expect(clippy::disallowed_methods, reason = "how long to fuzz is asked from outside")]
fn cases() -> ProptestConfig {
    let cases = std::env::var("KURA_FUZZ_CASES").map_or(2_000, |cases| cases.parse().expect("a number of cases"));
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One answer, which is JSON and either a result or an error; the same when asked again.
fn answered(line: &[u8]) -> Value {
    let mut out = b"before\n".to_vec();
    CALCULATOR.answer_line(line, &mut out);
    let answer = out.strip_prefix(b"before\n").expect("what stood there is left alone");
    assert!(!answer.contains(&b'\n'));
    let read: Value = serde_json::from_slice(answer).expect("JSON");
    match read.get("error") {
        Some(error) => {
            assert!(
                ["code", "message", "remedy"]
                    .iter()
                    .all(|name| error[name].as_str().is_some_and(|text| !text.is_empty()))
            );
            assert_eq!(read.as_object().map(Map::len), Some(1));
            assert_ne!(error["code"], "law_broken");
        }
        None => assert!(read["law"].is_array() && read.as_object().is_some_and(|fields| fields.len() > 1)),
    }
    let mut again = Vec::new();
    CALCULATOR.answer_line(line, &mut again);
    assert_eq!(answer, again);
    read
}

fn question() -> impl Strategy<Value = &'static str> {
    select(QUESTIONS.lines().collect::<Vec<_>>())
}

/// Values at the edges of every type.
fn value() -> impl Strategy<Value = String> {
    let edges = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "12",
        "99",
        "2026",
        "1990",
        "2199",
        "9223372036854775807",
        "-9223372036854775808",
        "100000000",
        "10000000000",
        "10000000000000",
        "0.1",
        "99.999999999999999",
        "1e999",
        "-1e-999",
        "\"\"",
        "\"unknown\"",
        "\"none\"",
        "\"yes\"",
        "\"kou\"",
        "\"hei\"",
        "\"day\"",
        "\"formula\"",
        "\"construction\"",
        "\"東京都\"",
        "\"94\"",
        "\"特1\"",
        "\"7-1\"",
        "\"2-1+4\"",
        "\"7-4?\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[]]",
        "[\"7-1\",\"7-3\"]",
        "{\"accident\":1,\"employment\":2.5}",
        "{\"other_total\":1}",
        "\"2026-02-29\"",
        "\"2028-02-29\"",
        "\"1868-01-01\"",
        "\"2199-12-31\"",
        "\"2199-12\"",
        "\"2026-09-01T15:10Z\"",
        "\"9999-12-31T23:59:59-12:00\"",
    ];
    let day = (1868..2200_u32, 1..=12_u32, 1..=28_u32);
    prop_oneof![
        4 => select(edges.to_vec()).prop_map(str::to_owned),
        2 => day.clone().prop_map(|(year, month, day)| format!("\"{year}-{month:02}-{day:02}\"")),
        1 => day.prop_map(|(year, month, _)| format!("\"{year}-{month:02}\"")),
        2 => (0..100_000_000_i64).prop_map(|number| number.to_string()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => (0..1000_u32, 0..1_000_000_000_u32).prop_map(|(whole, rest)| format!("{whole}.{rest}")),
        1 => any::<String>().prop_map(|text| Value::from(text).to_string()),
    ]
}

/// A question with some of its values replaced, and some left out.
fn question_of_odd_values() -> impl Strategy<Value = String> {
    let changes = vec((any::<Index>(), prop_oneof![3 => value().prop_map(Some), 1 => Just(None)]), 1..4);
    (question(), changes).prop_map(|(question, changes)| {
        let fields: Map<String, Value> = serde_json::from_str(question).unwrap();
        let mut fields: Vec<(String, Option<String>)> =
            fields.into_iter().map(|(name, value)| (name, Some(value.to_string()))).collect();
        for (at, change) in changes {
            let at = at.index(fields.len());
            let (name, value) = fields.get_mut(at).unwrap();
            if name != "topic" {
                *value = change;
            }
        }
        let given = fields.into_iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", value?)));
        format!("{{{}}}", given.collect::<Vec<_>>().join(","))
    })
}

/// Any byte a line may hold.
fn byte() -> impl Strategy<Value = u8> {
    any::<u8>().prop_map(|byte| if byte == b'\n' { b' ' } else { byte })
}

/// A question with bytes replaced, put in and taken out.
fn damaged_question() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        select(vec!["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\0", "1e999", "-", "null", "\u{feff}", "蔵"]);
    let piece = prop_oneof![
        byte().prop_map(|byte| vec![byte]),
        pieces.prop_map(|text| text.as_bytes().to_vec()),
        Just(Vec::new()),
    ];
    (question(), vec((any::<Index>(), 0..4_usize, piece), 1..5)).prop_map(|(question, damages)| {
        let mut line = question.as_bytes().to_vec();
        for (at, removed, piece) in damages {
            let start = at.index(line.len() + 1);
            let end = (start + removed).min(line.len());
            line.splice(start..end, piece);
        }
        line
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn odd_values_are_answered(line in question_of_odd_values()) {
        answered(line.as_bytes());
    }

    #[test]
    fn damaged_questions_are_answered(line in damaged_question()) {
        answered(&line);
    }

    #[test]
    fn noise_is_answered(line in vec(byte(), 0..400)) {
        answered(&line);
    }

    #[test]
    fn any_json_is_answered(topic in select(kura_calc::topics().collect::<Vec<_>>()), name in "[a-z_]{0,12}", value in value()) {
        answered(format!("{{\"topic\":\"{topic}\",\"{name}\":{value}}}").as_bytes());
        answered(value.as_bytes());
    }
}

#[test]
fn the_questions_themselves_have_results() {
    assert!(QUESTIONS.lines().count() > 250);
    for question in QUESTIONS.lines() {
        assert!(answered(question.as_bytes()).get("error").is_none(), "{question}");
    }
}
