//! Every row of every vector file, through the command.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::answers::difference;
use crate::command::answers;
use crate::mapping::{File, Mapping, Row};
use crate::questions::Question;

const FILES: [(&str, &str); 6] = [
    ("check_digits.csv", include_str!("../vectors/check_digits.csv")),
    ("deadlines.csv", include_str!("../vectors/deadlines.csv")),
    ("labour_insurance.csv", include_str!("../vectors/labour_insurance.csv")),
    ("rates.csv", include_str!("../vectors/rates.csv")),
    ("tax.csv", include_str!("../vectors/tax.csv")),
    ("triggers.csv", include_str!("../vectors/triggers.csv")),
];
/// One question a row, in the order of the mapping: to read, to send by hand, and to measure.
const QUESTIONS: &str = include_str!("../vectors/questions.jsonl");

fn rows(file: &File) -> Vec<Row> {
    let (_, csv) = FILES.iter().find(|(name, _)| *name == file.name).unwrap_or_else(|| panic!("no {}", file.name));
    let rows = Row::all(file, csv);
    assert_eq!(rows.len(), file.rows, "rows of {}", file.name);
    rows
}

fn questions(mapping: &Mapping, file: &File) -> Vec<String> {
    rows(file).iter().map(|row| Question::of(mapping.vector(file, row), row).line).collect()
}

#[test]
fn every_row_of_every_file_is_answered_as_it_expects() {
    let mapping = Mapping::of_the_page();
    let mut differences = Vec::new();
    for file in &mapping.files {
        let rows = rows(file);
        let answers = answers(questions(&mapping, file).join("\n").as_bytes());
        assert_eq!(answers.len(), rows.len(), "answers of {}", file.name);
        let mut passed = 0;
        for (row, line) in rows.iter().zip(&answers) {
            let answer: Value = serde_json::from_str(line).unwrap();
            let comparisons = mapping.vector(file, row).comparisons(file, row);
            let found: Vec<String> =
                comparisons.iter().filter_map(|compare| difference(compare, row, &answer)).collect();
            passed += usize::from(found.is_empty());
            let id = &row.columns[&file.id];
            differences
                .extend(found.into_iter().map(|difference| format!("{} {id}: {difference}\n  {line}", file.name)));
        }
        println!("{}: {passed} of {} rows", file.name, rows.len());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_result_says_where_its_figures_stand() {
    let without_table = ["my_number_check", "corporate_number_check"];
    for (question, answer) in QUESTIONS.lines().zip(answers(QUESTIONS.as_bytes())) {
        let question: Value = serde_json::from_str(question).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let law = answer["law"].as_array().unwrap();
        let topic = question["topic"].as_str().unwrap();
        assert_eq!(law.is_empty(), without_table.contains(&topic), "{question}");
        for citation in law {
            let fields: BTreeMap<String, String> = serde_json::from_value(citation.clone()).unwrap();
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            assert_eq!(names, ["confidence", "from", "source", "table"]);
            assert!(!fields["table"].is_empty() && !fields["source"].is_empty(), "{question}");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "KURA_ACCEPT=1 writes the questions anew, for a reviewer to read")]
fn the_questions_are_those_of_the_mapping() {
    let mapping = Mapping::of_the_page();
    let lines: Vec<String> = mapping.files.iter().flat_map(|file| questions(&mapping, file)).collect();
    let lines = lines.join("\n") + "\n";
    if std::env::var("KURA_ACCEPT").is_ok() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/questions.jsonl"), lines).unwrap();
        return;
    }
    assert_eq!(QUESTIONS, lines);
}

/// No file, vector, item or input stands there for nothing.
#[test]
fn the_mapping_has_nothing_to_spare() {
    let mapping = Mapping::of_the_page();
    let mapped: BTreeSet<&str> = mapping.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(mapped, FILES.iter().map(|(name, _)| *name).collect());
    let mut vectors_used = BTreeSet::new();
    for file in &mapping.files {
        for row in rows(file) {
            let vector = mapping.vector(file, &row);
            vectors_used.insert((vector.file.as_str(), vector.kind.as_deref()));
            let question = Question::of(vector, &row);
            for input in row.inputs.keys() {
                let known = question.used.contains(input) != vector.unused.contains(input);
                assert!(known, "{} {}: {input} is neither asked nor unused", file.name, row.columns[&file.id]);
            }
        }
    }
    assert_eq!(vectors_used.len(), mapping.vectors.len(), "vectors without a row");
}

/// The crates below hold the same files against their functions.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the other copy")]
fn the_files_are_those_of_the_crates_below() {
    let copies = [
        ("rates.csv", "kura-insurance"),
        ("labour_insurance.csv", "kura-insurance"),
        ("tax.csv", "kura-payroll"),
        ("deadlines.csv", "kura-breach"),
        ("triggers.csv", "kura-breach"),
    ];
    for (name, owner) in copies {
        let path = format!("{}/../{owner}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
        let (_, own) = FILES.iter().find(|(file, _)| *file == name).unwrap();
        assert!(std::fs::read(&path).unwrap() == own.as_bytes(), "{path} differs");
    }
}
