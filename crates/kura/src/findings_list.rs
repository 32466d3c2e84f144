use kura_book::Finding;
use kura_print::{List, ListCell, ListColumn, ListColumnKind, ListPage, ListRow};

/// 確認事項 as a list: the worst first, each with its place and what to do.
pub(crate) fn findings_list(findings: &[Finding]) -> List {
    let text = |words: &str| ListCell::Text(words.to_owned());
    let row = |finding: &Finding| {
        ListRow::plain(vec![
            text(finding.severity.japanese()),
            text(&finding.sheet),
            finding.row.map_or(ListCell::Empty, |row| ListCell::Text(row.to_string())),
            finding.column.as_deref().map_or(ListCell::Empty, text),
            text(&finding.sentence),
            text(&finding.remedy),
        ])
    };
    List {
        title: "確認事項".to_owned(),
        captions: Vec::new(),
        columns: ["区分", "シート", "行", "列", "内容", "すること"]
            .map(|header| ListColumn::new(header, ListColumnKind::Text))
            .to_vec(),
        key_columns: 1,
        rows: findings.iter().map(row).collect(),
        notes: Vec::new(),
        page: ListPage::Landscape,
    }
}
