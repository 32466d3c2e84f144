//! What a list says: a table with its heading, its cells typed. Nothing is computed here.

use kura_calendar::{Date, Month};
use kura_yen::{Exact, Yen};

/// A list (一覧): a table with its heading. A file may hold several, each on pages or a sheet of its own.
///
/// It may hold personal values and therefore has neither `Display` nor `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Name of the list (表題): `支給控除一覧表`. Also the name of its sheet.
    pub title: String,
    /// What the list is about, beside and under the title: the employer first, then month, closing day, pay day.
    pub captions: Vec<String>,
    /// The columns, left to right.
    pub columns: Vec<ListColumn>,
    /// How many of the first columns name the row (社員番号, 氏名): they stay in sight and are repeated on every page.
    pub key_columns: usize,
    /// The rows, top to bottom. A row may have fewer cells than there are columns; the rest is empty.
    pub rows: Vec<ListRow>,
    /// Remarks under the table, one sentence each.
    pub notes: Vec<String>,
    /// How the list stands on paper.
    pub page: ListPage,
}

/// A column of a list.
#[derive(Clone, PartialEq, Eq)]
pub struct ListColumn {
    /// Head of the column: `氏名`, `基本給`.
    pub header: String,
    /// What its cells hold.
    pub kind: ListColumnKind,
    /// The section it belongs to, over the heads of neighbours of the same section: `勤怠`, `支給`, `控除`. May be empty.
    pub section: String,
    /// True where the column sums up others (総支給額, 控除合計): it is set apart.
    pub is_total: bool,
}

impl ListColumn {
    /// A column outside every section.
    pub fn new(header: impl Into<String>, kind: ListColumnKind) -> Self {
        Self { header: header.into(), kind, section: String::new(), is_total: false }
    }

    /// The column in a section: `支給`.
    #[must_use]
    pub fn in_section(self, section: impl Into<String>) -> Self {
        Self { section: section.into(), ..self }
    }

    /// The column as the sum of others.
    #[must_use]
    pub fn total(self) -> Self {
        Self { is_total: true, ..self }
    }
}

/// What the cells of a column hold: it decides alignment, format and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum ListColumnKind {
    /// Words; they may take several lines.
    #[default]
    Text,
    /// An identifier whose zeros stay: `0012`.
    Code,
    /// An amount in yen.
    Yen,
    /// A count, a rate, a factor.
    Number,
    /// Days, also half days.
    Days,
    /// Hours and minutes: `168:30`.
    Hours,
    /// A day.
    Date,
    /// A month.
    Month,
}

/// A row of a list.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ListRow {
    /// What the row is.
    pub kind: ListRowKind,
    /// Its cells, in the order of the columns.
    pub cells: Vec<ListCell>,
}

impl ListRow {
    /// A row of this kind.
    pub fn new(kind: ListRowKind, cells: Vec<ListCell>) -> Self {
        Self { kind, cells }
    }

    /// A row of the list itself.
    pub fn plain(cells: Vec<ListCell>) -> Self {
        Self::new(ListRowKind::Plain, cells)
    }

    /// Words over the rows that follow.
    pub fn heading(words: impl Into<String>) -> Self {
        Self::new(ListRowKind::Heading, vec![ListCell::Text(words.into())])
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum ListRowKind {
    /// A row of the list itself.
    #[default]
    Plain,
    /// A sum of the rows above it (小計).
    Subtotal,
    /// The sum of all (合計).
    Total,
    /// Words over the rows that follow (部門, 事業所): its first cell, across the table.
    Heading,
}

/// A cell of a list.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum ListCell {
    /// Nothing there, or not known. Never a zero.
    #[default]
    Empty,
    /// Words or a code, printed as they are.
    Text(String),
    /// An amount; `Yen::ZERO` is printed as 0.
    Yen(Yen),
    /// A number; one that has no end is printed as a fraction.
    Number(Exact),
    /// Hours and minutes, in minutes.
    Minutes(i64),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
}

impl ListCell {
    /// The value, or an empty cell where there is none.
    pub fn of(value: Option<impl Into<ListCell>>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<&str> for ListCell {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for ListCell {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<Yen> for ListCell {
    fn from(amount: Yen) -> Self {
        Self::Yen(amount)
    }
}

impl From<Exact> for ListCell {
    fn from(number: Exact) -> Self {
        Self::Number(number)
    }
}

impl From<Date> for ListCell {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<Month> for ListCell {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}

/// How a list stands on A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum ListPage {
    /// Upright.
    #[default]
    Portrait,
    /// Across.
    Landscape,
    /// Across, with rows and columns exchanged: people or months side by side, items down (支給控除一覧表, 賃金台帳).
    /// As many stand on a page as fit, the items repeated; a heading row begins a page of its own.
    PeopleAcross,
}
