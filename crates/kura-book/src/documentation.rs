use std::fmt::{Error, Write};

use kura_model::{Book, CodeForm, ColumnSchema, Kind, SheetSchema};

/// What each letter of "need" stands for.
const NEEDS: [(char, &str); 7] = [
    ('P', "給与計算"),
    ('B', "賞与計算"),
    ('A', "算定・月変"),
    ('Q', "資格取得届（健保・厚年）"),
    ('L', "資格喪失届"),
    ('H', "ハローワークの届出"),
    ('T', "納付・振込ファイル"),
];

const PREFACE: &str = include_str!("../preface.md");

/// docs/workbook.md: every sheet and column of the workbook, as the schema has them.
pub fn documentation() -> String {
    let mut page = String::from(PREFACE);
    page.push_str("\n## 「必要」の文字\n\n| 文字 | ないと止まるもの |\n|---|---|\n");
    for (letter, words) in NEEDS {
        page.push_str(&format!("| {letter} | {words} |\n"));
    }
    page.push_str("\n## シートの一覧\n\n| シート | 識別子 | 列 | 適用開始日 | ひな形 |\n|---|---|---|---|---|\n");
    for schema in Book::SHEETS {
        let dated = if schema.dated.is_some() { "あり" } else { "" };
        let shown = if schema.visible { "表示" } else { "必要になるまで隠す" };
        let columns = schema.columns.len();
        page.push_str(&format!("| {} | `{}` | {columns} | {dated} | {shown} |\n", schema.header, schema.identifier));
    }
    for schema in Book::SHEETS {
        // Writing into a string does not fail.
        let _ = sheet(&mut page, schema);
    }
    page
}

/// `PQ` in words.
pub(crate) fn need_words(letters: &str) -> String {
    let words = letters.chars().filter_map(|letter| NEEDS.iter().find(|(known, _)| *known == letter));
    words.map(|(_, words)| *words).collect::<Vec<_>>().join("、")
}

fn sheet(page: &mut String, schema: &SheetSchema) -> Result<(), Error> {
    writeln!(page, "\n## {} `{}`\n\n{}\n", schema.header, schema.identifier, schema.about)?;
    let keys: Vec<&str> = schema.columns.iter().filter(|column| column.key).map(|column| column.header).collect();
    if !keys.is_empty() {
        writeln!(page, "行の鍵: {}\n", keys.join("、"))?;
    }
    page.push_str("| 見出し | 識別子 | 型 | 必要 | 例・意味 |\n|---|---|---|---|---|\n");
    for column in schema.columns {
        let need = if column.required { format!("**{}**", or_dash(column.need)) } else { column.need.to_owned() };
        writeln!(
            page,
            "| {} | `{}` | {} | {need} | {} |",
            column.header,
            column.identifier,
            kind(column),
            meaning(column).replace('|', "\\|")
        )?;
    }
    Ok(())
}

fn or_dash(need: &str) -> &str {
    if need.is_empty() { "-" } else { need }
}

fn kind(column: &ColumnSchema) -> String {
    match column.kind {
        Kind::Code(CodeForm::Digits(groups)) => {
            let groups: Vec<String> = groups.iter().map(usize::to_string).collect();
            format!("code {}", groups.join("-"))
        }
        Kind::Code(CodeForm::Municipality) => "code 6".to_owned(),
        Kind::PerMille => "pct（‰）".to_owned(),
        Kind::Count => "dec（整数）".to_owned(),
        other => other.word().to_owned(),
    }
}

fn meaning(column: &ColumnSchema) -> String {
    let mut parts = Vec::new();
    if let Kind::Choice(list, allowed) = column.kind {
        const SHOWN_MAX: usize = 20;
        let words = allowed.iter().filter_map(|at| list.values.get(usize::from(*at))).map(|value| value.japanese);
        let mut words: Vec<&str> = words.collect();
        if words.len() > SHOWN_MAX {
            words.truncate(1);
            words.push("…");
        }
        parts.push(words.join(" / "));
    }
    if !column.example.is_empty() {
        parts.push(format!("例 `{}`", column.example));
    }
    if !column.about.is_empty() {
        parts.push(column.about.to_owned());
    }
    match (column.min, column.max) {
        (Some("0"), None) | (None, None) => {}
        (Some(min), Some(max)) => parts.push(format!("{min}～{max}")),
        (Some(min), None) => parts.push(format!("{min}以上")),
        (None, Some(max)) => parts.push(format!("{max}以下")),
    }
    parts.join("。")
}
