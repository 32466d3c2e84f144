//! Every example of the page gives the answer that stands under it, byte for byte.

use std::collections::BTreeSet;

use crate::command::{answers, code};
use crate::page::{PAGE, blocks, in_code, sections, table_rows};

/// The page with the answers of the command in place of those it has.
fn with_answers(page: &str) -> String {
    let examples = blocks(page, "jsonl");
    let questions: Vec<&str> = examples.iter().flat_map(|block| block.lines().step_by(2)).collect();
    let answers = answers(questions.join("\n").as_bytes());
    assert_eq!(answers.len(), questions.len());
    let mut answers = answers.into_iter();
    let mut renewed = page.to_owned();
    for block in examples {
        let lines = block.lines().step_by(2).map(|question| format!("{question}\n{}", answers.next().unwrap()));
        let new = lines.collect::<Vec<_>>().join("\n");
        renewed = renewed.replace(&format!("\n```jsonl\n{block}\n```"), &format!("\n```jsonl\n{new}\n```"));
    }
    renewed
}

#[test]
#[expect(clippy::disallowed_methods, reason = "KURA_ACCEPT=1 writes the page anew, for a reviewer to read")]
fn every_example_of_the_page_is_answered_as_it_stands() {
    let renewed = with_answers(PAGE);
    if std::env::var("KURA_ACCEPT").is_ok() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/calc.md"), renewed).unwrap();
        return;
    }
    for (stands, answered) in PAGE.lines().zip(renewed.lines()) {
        assert_eq!(stands, answered, "if the new answer is right: KURA_ACCEPT=1 cargo test -p kura --test calc");
    }
    assert_eq!(PAGE, renewed);
}

#[test]
fn every_topic_has_its_section_with_an_example() {
    let documented: BTreeSet<&str> = sections(PAGE, "###").into_iter().map(|(name, _)| name).collect();
    assert_eq!(documented, kura_calc::topics().collect());
    for (name, section) in sections(PAGE, "###") {
        let asks = format!("{{\"topic\":\"{name}\",");
        let own = blocks(section, "jsonl").iter().flat_map(|block| block.lines()).any(|line| line.starts_with(&asks));
        assert!(own, "no example of {name}");
    }
}

#[test]
fn every_code_of_an_error_is_listed_and_shown() {
    let (_, errors) = sections(PAGE, "##").into_iter().find(|(title, _)| *title == "Errors").unwrap();
    let rows = table_rows(errors);
    let mut unseen: BTreeSet<&str> = rows.iter().map(|row| in_code(row[0])[0]).collect();
    let examples = blocks(errors, "jsonl")[0].lines().skip(1).step_by(2);
    for example in examples {
        let code = code(example).expect("an error");
        assert!(unseen.remove(code.as_str()), "{code} is not listed, or shown twice");
    }
    // Shown in bad_input.rs: they cannot stand on a page. No line leads to a broken pack.
    let elsewhere = BTreeSet::from(["law_broken", "line_too_long", "not_utf8"]);
    assert_eq!(unseen, elsewhere);
}
