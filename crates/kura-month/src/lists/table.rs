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

impl Level {
    const COUNT: usize = 3;

    const fn at(self) -> usize {
        match self {
            Self::All => 0,
            Self::Part => 1,
            Self::Section => 2,
        }
    }
}

/// A list while it is made: what enters is added up.
pub(super) struct Table {
    list: List,
    /// Which columns are added up.
    adds: Vec<bool>,
    /// The sums of each level, by column.
    sums: [Vec<Sum>; Level::COUNT],
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

    /// A row; its cells stand in the order of the columns.
    pub(super) fn row(&mut self, cells: Vec<ListCell>) {
        for sums in &mut self.sums {
            for ((sum, adds), cell) in sums.iter_mut().zip(&self.adds).zip(&cells) {
                if *adds {
                    sum.add(cell);
                }
            }
        }
        self.list.rows.push(ListRow::plain(cells));
    }

    /// The sums of a level since it was closed the last time, named in the last key column.
    pub(super) fn close(&mut self, level: Level, name: impl Into<String>) {
        let kind = if level == Level::All { ListRowKind::Total } else { ListRowKind::Subtotal };
        let Some(sums) = self.sums.get_mut(level.at()) else { return };
        let mut cells: Vec<ListCell> = sums.iter_mut().map(|sum| std::mem::take(sum).cell()).collect();
        if let Some(cell) = cells.get_mut(self.list.key_columns.saturating_sub(1)) {
            *cell = ListCell::Text(name.into());
        }
        self.list.rows.push(ListRow::new(kind, cells));
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
    fn add(&mut self, cell: &ListCell) {
        *self = match (*self, cell) {
            (Self::Nothing, ListCell::Yen(amount)) => Self::Yen(*amount),
            (Self::Yen(sum), ListCell::Yen(amount)) => Self::Yen(sum + *amount),
            (Self::Nothing, ListCell::Number(number)) => Self::Number(*number),
            (Self::Number(sum), ListCell::Number(number)) => sum.plus(*number).map_or(Self::Unknown, Self::Number),
            (Self::Yen(sum), ListCell::Number(number)) => {
                sum.exact().plus(*number).map_or(Self::Unknown, Self::ExactYen)
            }
            (Self::Number(sum), ListCell::Yen(amount)) => {
                sum.plus(amount.exact()).map_or(Self::Unknown, Self::ExactYen)
            }
            (Self::ExactYen(sum), ListCell::Yen(amount)) => {
                sum.plus(amount.exact()).map_or(Self::Unknown, Self::ExactYen)
            }
            (Self::ExactYen(sum), ListCell::Number(number)) => sum.plus(*number).map_or(Self::Unknown, Self::ExactYen),
            (Self::Nothing, ListCell::Minutes(minutes)) => Self::Minutes(*minutes),
            (Self::Minutes(sum), ListCell::Minutes(minutes)) => Self::Minutes(sum.saturating_add(*minutes)),
            (sum, _) => sum,
        };
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

/// Yen: as an amount where they are whole, else as the number they are.
pub(super) fn exact_yen(amount: Exact) -> ListCell {
    let whole = amount.is_whole().then(|| amount.round(Rounding::Down).ok()).flatten();
    whole.map_or(ListCell::Number(amount), ListCell::Yen)
}
