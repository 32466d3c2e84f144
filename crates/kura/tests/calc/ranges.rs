//! Every range the page states is the range of the command.

use serde_json::Value;

use crate::command::answers;
use crate::page::{PAGE, in_code, sections, table_rows};

struct Stated<'page> {
    topic: &'page str,
    field: &'page str,
    least: i64,
    most: i64,
}

/// The bounds of a cell such as `0 to 100,000,000; of both pays`.
fn bounds(cell: &str) -> Option<(i64, i64)> {
    let (least, rest) = cell.split_once(" to ")?;
    let most = rest.split(|character: char| !(character.is_ascii_digit() || character == ',')).next()?;
    Some((least.replace(',', "").parse().ok()?, most.trim_end_matches(',').replace(',', "").parse().ok()?))
}

/// Numbers whose row states a range; amounts of tax and wages have that of their part of the page.
fn stated() -> Vec<Stated<'static>> {
    let mut all = Vec::new();
    for (title, part) in sections(PAGE, "##") {
        let of_part = title.contains("tax").then(|| {
            bounds(
                part.split_once("lie between ")
                    .unwrap()
                    .1
                    .split_once(" yen")
                    .unwrap()
                    .0
                    .replace(" and ", " to ")
                    .as_str(),
            )
            .unwrap()
        });
        for (topic, section) in sections(part, "###") {
            for row in table_rows(section).iter().filter(|row| row.len() == 3) {
                let number = ["yen", "whole number", "decimal"].iter().any(|kind| row[1].starts_with(kind));
                let own = bounds(row[2]).or_else(|| of_part.filter(|_| row[1] == "yen"));
                if let Some((least, most)) = own.filter(|_| number) {
                    all.extend(in_code(row[0]).into_iter().map(|field| Stated { topic, field, least, most }));
                }
            }
        }
    }
    all
}

#[test]
fn the_bounds_are_inside_and_the_next_numbers_outside() {
    let stated = stated();
    assert!(stated.len() > 60, "{} ranges read", stated.len());
    let mut input = String::new();
    for Stated { topic, field, least, most } in &stated {
        for number in [least - 1, *least, *most, most + 1] {
            input += &format!("{{\"topic\":\"{topic}\",\"{field}\":{number}}}\n");
        }
    }
    let answers = answers(input.as_bytes());
    for (Stated { topic, field, .. }, answers) in stated.iter().zip(answers.chunks(4)) {
        let refused = answers.iter().map(|answer| {
            let answer: Value = serde_json::from_str(answer).unwrap();
            answer["error"]["code"] == "out_of_range" && answer["error"]["field"] == *field
        });
        assert_eq!(refused.collect::<Vec<_>>(), [true, false, false, true], "{topic} {field}");
    }
}
