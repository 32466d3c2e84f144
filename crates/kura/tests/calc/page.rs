//! docs/calc.md, read as data.

/// The page.
pub(crate) const PAGE: &str = include_str!("../../../../docs/calc.md");

/// The fenced blocks of one language, without their fences.
pub(crate) fn blocks<'page>(page: &'page str, language: &str) -> Vec<&'page str> {
    let opening = format!("\n```{language}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// The part of the page under a heading, up to the next heading of the same level.
pub(crate) fn sections<'page>(page: &'page str, level: &str) -> Vec<(&'page str, &'page str)> {
    let opening = format!("\n{level} ");
    page.split(&opening).skip(1).map(|section| section.split_once('\n').unwrap()).collect()
}

/// The cells of the rows of all tables in a text, without headings.
pub(crate) fn table_rows(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().collect();
    let rows = lines.iter().enumerate().filter(|(at, line)| {
        let heads = |line: &&str| line.starts_with("|---");
        line.starts_with("| ") && !lines.get(at + 1).is_some_and(heads)
    });
    rows.map(|(_, row)| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The words in code quotes.
pub(crate) fn in_code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}
