//! From an answer to what a row expects of it.

use kura_yen::Exact;
use serde_json::Value;

use crate::mapping::{Compare, Row};

/// Nothing when the answer has the value the row expects, else a sentence.
pub(crate) fn difference(compare: &Compare, row: &Row, answer: &Value) -> Option<String> {
    let cell = row.columns.get(&compare.cell).unwrap_or_else(|| panic!("no column {}", compare.cell));
    let Some(value) = spelled(compare, answer) else { return Some(format!("the answer has no {}", compare.result)) };
    let same = match &compare.text {
        Some(text) => stands_in(cell, &text.replace('@', &value)),
        None => is_same(cell, &value),
    };
    (!same).then(|| format!("{} is {value}, expected {cell}", compare.result))
}

/// Both numbers and equal, or the same text.
fn is_same(expected: &str, value: &str) -> bool {
    match (Exact::parse(expected), Exact::parse(value)) {
        (Ok(expected), Ok(value)) => expected == value,
        _ => expected == value || (value == "1" && expected == "true") || (value == "0" && expected == "false"),
    }
}

/// Whether the text stands in the cell, and no digit more at its end.
fn stands_in(cell: &str, text: &str) -> bool {
    let goes_on = |rest: &str| {
        text.ends_with(|last: char| last.is_ascii_digit()) && rest.starts_with(|next: char| next.is_ascii_digit())
    };
    cell.split_once(text).is_some_and(|(_, rest)| !goes_on(rest))
}

/// The value at the path, spelled as the table spells it.
fn spelled(compare: &Compare, answer: &Value) -> Option<String> {
    if compare.result.contains('+') {
        let parts = compare.result.split('+').map(|path| Exact::parse(&plain(at(answer, path.trim())?)?).ok());
        return parts.reduce(|sum, part| sum?.plus(part?).ok())?.map(|sum| sum.to_string());
    }
    let value = at(answer, &compare.result)?;
    match compare.spelling.as_deref() {
        None => plain(value),
        Some("items") => Some(items(value)),
        Some("closed_days") => {
            let days = joined(value, " > ", |day| format!("{}={}", text(&day["date"]), text(&day["reason"])));
            Some(if days.is_empty() { "none".to_owned() } else { days })
        }
        Some("allowed") => Some(if value.as_bool()? { "allowed" } else { "not allowed" }.to_owned()),
        Some("amounts") => Some(joined(value, " ", |part| part["amount"].to_string())),
        Some("due_days") => Some(joined(value, ", ", |part| {
            let mut day = text(&part["due_raw"]).split('-').skip(1).map(|part| part.trim_start_matches('0'));
            format!("{}/{}", day.next().unwrap(), day.next().unwrap())
        })),
        Some(other) => panic!("no spelling {other}"),
    }
}

fn at<'answer>(answer: &'answer Value, path: &str) -> Option<&'answer Value> {
    path.split('.').try_fold(answer, |value, name| value.get(name))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(u8::from(*flag).to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn joined(list: &Value, between: &str, each: impl Fn(&Value) -> String) -> String {
    list.as_array().expect("a list").iter().map(each).collect::<Vec<_>>().join(between)
}

/// `7-1+7-3 & 2-2`.
fn items(list: &Value) -> String {
    let items: Vec<&str> = list.as_array().expect("a list").iter().map(text).collect();
    items.chunk_by(|before, after| before[..1] == after[..1]).map(|law| law.join("+")).collect::<Vec<_>>().join(" & ")
}
