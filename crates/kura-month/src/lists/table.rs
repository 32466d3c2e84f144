use kura_print::{List, ListCell, ListColumn, ListColumnKind, ListPage, ListRow, ListRowKind};
use kura_yen::{Exact, Rounding, Yen};

/// How far a sum reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// 合計.
    All,
    /// 小計 of a large part (事業所).
    Part,
    /// 小計 of a small part (部門).
    Section,
}

/// A list while it is made: what enters is added up.
pub(super) struct Table {
    list: List,
    /// Which columns are added up.
    adds: Vec<bool>,
    /// The sums of each level, the largest first, by column: a row enters the smallest, and what is closed enters the next.
    sums: [Vec<Sum>; 3],
}

impl Table {
    pub(super) fn new(title: &str, captions: Vec<String>, page: ListPage) -> Self {
        let list = List { title: title.to_owned(), captions, page, ..List::default() };
        Self { list, adds: Vec::new(), sums: Default::default() }
    }

    /// A column that names the row. All of them come first.
    pub(super) fn key(&mut self, header: &str, kind: ListColumnKind) {
        self.list.key_columns = self.list.key_columns.saturating_add(1);
        self.stated(ListColumn::new(header, kind));
    }

    /// A column that is added up.
    pub(super) fn summed(&mut self, column: ListColumn) {
        self.add(column, true);
    }

    /// A column that says something of its row alone.
    pub(super) fn stated(&mut self, column: ListColumn) {
        self.add(column, false);
    }

    fn add(&mut self, column: ListColumn, adds: bool) {
        self.list.columns.push(column);
        self.adds.push(adds);
        for sums in &mut self.sums {
            sums.push(Sum::Nothing);
        }
    }

    /// Words over the rows that follow.
    pub(super) fn heading(&mut self, words: impl Into<String>) {
        self.list.rows.push(ListRow::heading(words));
    }

    /// How many cells a row has.
    pub(super) fn width(&self) -> usize {
        self.list.columns.len()
    }

    /// A row; its cells stand in the order of the columns.
    pub(super) fn row(&mut self, cells: Vec<ListCell>) {
        let [.., smallest] = &mut self.sums;
        for ((sum, adds), cell) in smallest.iter_mut().zip(&self.adds).zip(&cells) {
            if *adds {
                sum.add(cell);
            }
        }
        self.list.rows.push(ListRow::plain(cells));
    }

    /// The sums of a level since it was closed the last time, named in the last key column.
    pub(super) fn close(&mut self, level: Level, name: impl Into<String>) {
        let kind = if level == Level::All { ListRowKind::Total } else { ListRowKind::Subtotal };
        let [all, part, section] = &mut self.sums;
        if level != Level::Section {
            carry(section, part);
        }
        if level == Level::All {
            carry(part, all);
        }
        let closed = match level {
            Level::All => &*all,
            Level::Part => &*part,
            Level::Section => &*section,
        };
        let mut cells: Vec<ListCell> = closed.iter().map(|sum| sum.cell()).collect();
        if let Some(cell) = cells.get_mut(self.list.key_columns.saturating_sub(1)) {
            *cell = ListCell::Text(name.into());
        }
        self.list.rows.push(ListRow::new(kind, cells));
        match level {
            Level::All => all.fill(Sum::Nothing),
            Level::Part => carry(part, all),
            Level::Section => carry(section, part),
        }
    }

    /// A row among the sums that is none of them (a bill, what differs from it).
    pub(super) fn beside(&mut self, cells: Vec<ListCell>) {
        self.list.rows.push(ListRow::new(ListRowKind::Subtotal, cells));
    }

    /// A remark under the table.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.list.notes.push(sentence.into());
    }

    pub(super) fn finish(self) -> List {
        self.list
    }
}

/// The sum of a column. Cells without a value add nothing, and a column without any value has no sum.
#[derive(Debug, Clone, Copy, Default)]
enum Sum {
    #[default]
    Nothing,
    Yen(Yen),
    Number(Exact),
    /// Yen, some of them with a fraction (通知された保険料).
    ExactYen(Exact),
    Minutes(i64),
    /// The numbers have no sum that can be written.
    Unknown,
}

impl Sum {
    #[inline]
    fn add(&mut self, cell: &ListCell) {
        let more = match cell {
            ListCell::Empty => return,
            ListCell::Yen(amount) => Self::Yen(*amount),
            ListCell::Number(number) => Self::Number(*number),
            ListCell::Minutes(minutes) => Self::Minutes(*minutes),
            ListCell::Text(_) | ListCell::Date(_) | ListCell::Month(_) => return,
        };
        *self = self.plus(more);
    }

    fn plus(self, other: Self) -> Self {
        let exact = |left: Exact, right: Exact, sum: fn(Exact) -> Self| left.plus(right).map_or(Self::Unknown, sum);
        match (self, other) {
            (Self::Nothing, sum) | (sum, Self::Nothing) => sum,
            (Self::Yen(left), Self::Yen(right)) => Self::Yen(left + right),
            (Self::Number(left), Self::Number(right)) => exact(left, right, Self::Number),
            (Self::Minutes(left), Self::Minutes(right)) => Self::Minutes(left.saturating_add(right)),
            (Self::Yen(yen), Self::Number(number) | Self::ExactYen(number))
            | (Self::Number(number) | Self::ExactYen(number), Self::Yen(yen)) => {
                exact(yen.exact(), number, Self::ExactYen)
            }
            (Self::ExactYen(left), Self::Number(right) | Self::ExactYen(right))
            | (Self::Number(left), Self::ExactYen(right)) => exact(left, right, Self::ExactYen),
            _ => Self::Unknown,
        }
    }

    fn cell(self) -> ListCell {
        match self {
            Self::Nothing | Self::Unknown => ListCell::Empty,
            Self::Yen(sum) => ListCell::Yen(sum),
            Self::Number(sum) => ListCell::Number(sum),
            Self::ExactYen(sum) => exact_yen(sum),
            Self::Minutes(sum) => ListCell::Minutes(sum),
        }
    }
}

/// Adds the sums of a level to those of the next, and begins it anew.
fn carry(from: &mut [Sum], to: &mut [Sum]) {
    for (from, to) in from.iter_mut().zip(to) {
        *to = to.plus(std::mem::take(from));
    }
}

/// Yen: as an amount where they are whole, else as the number they are.
pub(super) fn exact_yen(amount: Exact) -> ListCell {
    let whole = amount.is_whole().then(|| amount.round(Rounding::Down).ok()).flatten();
    whole.map_or(ListCell::Number(amount), ListCell::Yen)
}
