use std::collections::HashMap;

use kura_model::Book;
use kura_text::fold_header;

use crate::finding::Problem;
use crate::limits::SHEETS_MAX;
use crate::sheet::Intake;

/// Which sheet of the schema each sheet of a file is: identifier to the name in the file. Sheets nobody knows are told.
pub(crate) fn recognise<'names>(
    names: impl Iterator<Item = &'names str>,
    intake: &mut Intake,
) -> HashMap<String, String> {
    let mut sheets = HashMap::new();
    for (count, name) in names.enumerate() {
        if count >= SHEETS_MAX {
            intake.findings.add(too_many().of_book());
            break;
        }
        let folded = fold_header(name);
        let schema =
            Book::SHEETS.iter().find(|schema| fold_header(schema.header) == folded || schema.identifier == folded);
        match schema {
            Some(schema) if sheets.contains_key(schema.identifier) => {
                intake.findings.add(twice().at(schema.header, None, None));
            }
            Some(schema) => {
                sheets.insert(schema.identifier.to_owned(), name.to_owned());
            }
            None => {
                let shown: String = name.chars().take(31).collect();
                intake.findings.add(stranger().at(&shown, None, None));
            }
        }
    }
    if sheets.is_empty() {
        intake.findings.add(none().of_book());
    }
    sheets
}

fn too_many() -> Problem {
    Problem::error(
        "too_many_sheets",
        format!("シートが{SHEETS_MAX}枚を超えています。残りを読みませんでした。"),
        "使わないシートを消してください。",
    )
}

fn twice() -> Problem {
    Problem::warning(
        "sheet_twice",
        "同じ名前のシートが二つあります。はじめの一つだけを読みました。",
        "片方を消してください。",
    )
}

fn stranger() -> Problem {
    Problem::info(
        "unknown_sheet",
        "蔵ブックにない名前のシートです。読みませんでした。",
        "シートの名前を確かめてください。",
    )
}

fn none() -> Problem {
    Problem::error(
        "no_sheet",
        "蔵ブックのシートが一枚もありません。",
        "ひな形を開き、シートの名前（会社、従業員など）を変えずに使ってください。",
    )
}
