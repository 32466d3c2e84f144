use kura_calendar::{Date, Month};
use kura_law::{Field, FieldKind, Law, LawError, Layout};
use kura_yen::Yen;

use crate::Form;
use crate::header::DATA_MARK;
use crate::line::{decode_line, lines};
use crate::record::Record;

/// 届書CSV as people read it: a column for what is filled anywhere, days and months whole, codes in words. Columns of 個人番号
/// and of the office are left out.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct FilingView {
    /// 項目名 of the columns.
    pub headings: Vec<String>,
    /// A row a record; its cells stand in the order of the headings.
    pub rows: Vec<Vec<ViewCell>>,
}

/// What stands in a field.
#[derive(Clone, PartialEq, Eq)]
pub enum ViewCell {
    /// Nothing.
    Empty,
    /// Words, a number, or the meaning of a code.
    Text(String),
    /// A count: 基礎日数.
    Number(i64),
    /// An amount.
    Yen(Yen),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
}

/// The records of a 届書CSV that [`submission`](crate::submission) made. Records that do not fit the form are left out: there
/// are none in such a file.
///
/// # Errors
/// The law pack has no layout of the form.
pub fn view(law: &Law, form: Form, bytes: &[u8]) -> Result<FilingView, LawError> {
    let layout = law.layout(form.layout_table())?;
    let columns = columns(layout);
    let mut rows = Vec::new();
    let data = lines(bytes).skip_while(|line| line.bytes != DATA_MARK.as_bytes()).skip(1);
    for line in data {
        let text = decode_line(line.bytes);
        let values: Vec<&str> = text.split(',').collect();
        if values.len() == layout.fields.len() {
            let record = Record::new(&values);
            rows.push(columns.iter().map(|column| column.cell(record)).collect::<Vec<_>>());
        }
    }
    let filled: Vec<bool> =
        (0..columns.len()).map(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))).collect();
    let keep = |at: &usize| filled.get(*at).copied().unwrap_or(false);
    let headings = columns.iter().enumerate().filter(|(at, _)| keep(at)).map(|(_, column)| column.heading.clone());
    Ok(FilingView {
        headings: headings.collect(),
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().enumerate().filter(|(at, _)| keep(at)).map(|(_, cell)| cell).collect())
            .collect(),
    })
}

impl ViewCell {
    const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// A column and the fields it is made from.
struct Column<'law> {
    heading: String,
    at: usize,
    kind: ColumnKind<'law>,
}

enum ColumnKind<'law> {
    /// 元号 and 年月日.
    Day,
    /// 元号, 年 and 月.
    Month,
    /// So many fields joined by hyphens.
    Parts(usize),
    Money,
    /// 基礎日数.
    Count,
    /// 標準報酬月額, in thousands of yen.
    Thousands,
    Code(&'law Field),
    Flag,
    Text,
}

/// The columns after 様式コード and the office.
fn columns(layout: &Layout) -> Vec<Column<'_>> {
    let field = |at: usize| layout.fields.get(at);
    let kind = |at: usize| field(at).map(|field| field.kind);
    let office = ["office_number", "office_mark"].iter().find_map(|name| layout.position(name)).unwrap_or(0);
    let mut columns = Vec::new();
    let mut at = office.saturating_add(1);
    while let Some(here) = field(at) {
        let next = (kind(at.saturating_add(1)), kind(at.saturating_add(2)));
        let (kind, width) = match (here.kind, next) {
            (FieldKind::Era, (Some(FieldKind::EraDate), _)) => (ColumnKind::Day, 2),
            (FieldKind::Era, (Some(FieldKind::Digits), Some(FieldKind::MonthOfYear))) => (ColumnKind::Month, 3),
            _ if here.name.ends_with("basic_pension_no_1") || here.name.ends_with("zip1") => (ColumnKind::Parts(2), 2),
            _ if here.name.ends_with("tel1") => (ColumnKind::Parts(3), 3),
            _ if here.name.starts_with("old_std_") => (ColumnKind::Thousands, 1),
            _ if here.name.starts_with("base_days_") => (ColumnKind::Count, 1),
            (FieldKind::Money, _) => (ColumnKind::Money, 1),
            (FieldKind::Code, _) => (ColumnKind::Code(here), 1),
            (FieldKind::Flag, _) => (ColumnKind::Flag, 1),
            _ => (ColumnKind::Text, 1),
        };
        if !here.name.ends_with("my_number") && here.kind != FieldKind::Constant {
            columns.push(Column { heading: heading(here, width), at, kind });
        }
        at = at.saturating_add(width);
    }
    columns
}

/// 項目名; of several fields what they have in common.
fn heading(field: &Field, width: usize) -> String {
    let name = field.name_ja.as_str();
    let common = if width > 1 { name.rsplit_once('（').map_or(name, |(common, _)| common) } else { name };
    common.to_owned()
}

impl Column<'_> {
    fn cell(&self, record: Record<'_>) -> ViewCell {
        let value = record.at(self.at);
        if value.is_empty() {
            return ViewCell::Empty;
        }
        let text = || ViewCell::Text(value.to_owned());
        let yen = |unit: i64| {
            let amount = record.number(self.at).and_then(|number| number.checked_mul(unit));
            amount.map_or_else(text, |amount| ViewCell::Yen(Yen::new(amount)))
        };
        match &self.kind {
            ColumnKind::Day => record.date(self.at).map_or_else(text, ViewCell::Date),
            ColumnKind::Month => record.month(self.at).map_or_else(text, ViewCell::Month),
            ColumnKind::Parts(width) => {
                let parts: Vec<&str> = (self.at..self.at.saturating_add(*width)).map(|at| record.at(at)).collect();
                ViewCell::Text(parts.join("-"))
            }
            ColumnKind::Count => record.number(self.at).map_or_else(text, ViewCell::Number),
            ColumnKind::Money => yen(1),
            ColumnKind::Thousands => yen(1_000),
            ColumnKind::Code(field) => {
                let meaning = field.meanings.iter().find(|(code, _)| code == value);
                meaning.map_or_else(text, |(_, meaning)| ViewCell::Text(meaning.clone()))
            }
            ColumnKind::Flag => ViewCell::Text("○".to_owned()),
            ColumnKind::Text => text(),
        }
    }
}
