use std::collections::HashMap;

use kura_calendar::{Date, parse_iso_date, parse_iso_month};

use crate::bracket::Step;
use crate::citation::{CitationBook, CitationId, Confidence};
use crate::sheet::Sheet;
use crate::{Kind, LawError, TableInfo, schema};

/// A table of one file: its cells, the validity of its rows, and an index by key.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) info: TableInfo,
    pub(crate) sheet: Sheet,
    pub(crate) rows: Vec<Row>,
    /// The steps of a 速算表, row by row; empty for other kinds.
    pub(crate) steps: Vec<Step>,
    index: HashMap<String, Vec<usize>>,
}

/// The half-open validity of a row and where it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) from: Option<Date>,
    pub(crate) to_excl: Option<Date>,
    pub(crate) citation: CitationId,
    pub(crate) confidence: Confidence,
}

impl Row {
    pub(crate) fn in_force(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to_excl.is_none_or(|end| on < end)
    }
}

/// Two rows of one key, one after the other in time.
pub(crate) struct Neighbours {
    pub(crate) earlier: usize,
    pub(crate) later: usize,
}

impl Table {
    pub(crate) fn read(info: TableInfo, text: &str, book: &mut CitationBook) -> Result<Self, LawError> {
        let file = info.file.clone().unwrap_or_default();
        let sheet = Sheet::read(&file, text, &schema::columns(info.kind, &info.columns))?;
        let rows = rows(&info, &sheet, book)?;
        let index = index(&info, &sheet)?;
        let steps = if info.kind == Kind::Bracket { Step::read_all(&sheet)? } else { Vec::new() };
        let table = Self { info, sheet, rows, steps, index };
        table.check_values()?;
        table.check_overlaps()?;
        Ok(table)
    }

    /// The rows of a key, in file order; `None` when the key stands nowhere.
    pub(crate) fn rows_of(&self, key: &[&str]) -> Option<&[usize]> {
        let found = match key {
            [single] => self.index.get(*single),
            several => self.index.get(&several.join("/")),
        };
        found.map(Vec::as_slice)
    }

    /// Every two rows of one key (and of one value of the columns `within`) that follow each other in time.
    pub(crate) fn neighbours(&self) -> Result<Vec<Neighbours>, LawError> {
        let within = self.info.within.iter().map(|name| self.sheet.require(name)).collect::<Result<Vec<_>, _>>()?;
        let part = |row: usize| within.iter().map(move |&column| self.sheet.cell(row, column));
        let from = |row: usize| self.rows.get(row).and_then(|row| row.from);
        let mut found = Vec::new();
        for rows in self.index.values().filter(|rows| rows.len() > 1) {
            let mut order = rows.clone();
            order.sort_by(|&one, &other| part(one).cmp(part(other)).then_with(|| from(one).cmp(&from(other))));
            let pairs =
                order.iter().zip(order.iter().skip(1)).filter(|&(&earlier, &later)| part(earlier).eq(part(later)));
            found.extend(pairs.map(|(&earlier, &later)| Neighbours { earlier, later }));
        }
        found.sort_by_key(|pair| pair.later);
        Ok(found)
    }

    /// The key of a row as `kura law` prints it, with the columns that tell rows of one key apart.
    pub(crate) fn key_of(&self, row: usize) -> String {
        let names = self.info.key.iter().chain(&self.info.within);
        let columns = names.filter_map(|name| self.sheet.column(name));
        columns.map(|column| self.sheet.cell(row, column)).collect::<Vec<_>>().join("/")
    }

    fn check_values(&self) -> Result<(), LawError> {
        for (at, row) in self.rows.iter().enumerate() {
            if row.from.zip(row.to_excl).is_some_and(|(from, end)| end <= from) {
                return Err(self.sheet.bad(at, "to_excl", "from より後の日ではありません"));
            }
        }
        if self.info.kind == Kind::Figure {
            let (value, unit) = (self.sheet.require("value")?, self.sheet.require("unit")?);
            let numeric = |row: &usize| matches!(self.sheet.cell(*row, unit), "number" | "rate");
            for row in (0..self.rows.len()).filter(numeric) {
                if kura_yen::Exact::parse(self.sheet.cell(row, value)).is_err() {
                    return Err(self.sheet.bad(row, "value", "数値ではありません"));
                }
            }
        }
        Ok(())
    }

    fn check_overlaps(&self) -> Result<(), LawError> {
        if !matches!(self.info.kind, Kind::Dated | Kind::Figure | Kind::Bracket) {
            return Ok(());
        }
        for pair in self.neighbours()? {
            let end = self.rows.get(pair.earlier).and_then(|row| row.to_excl);
            let start = self.rows.get(pair.later).and_then(|row| row.from);
            if end.is_none_or(|end| start.is_none_or(|start| start < end)) {
                let reason = format!("「{}」の期間がほかの行と重なっています", self.key_of(pair.later));
                return Err(self.sheet.bad(pair.later, "from", &reason));
            }
        }
        Ok(())
    }
}

fn rows(info: &TableInfo, sheet: &Sheet, book: &mut CitationBook) -> Result<Vec<Row>, LawError> {
    let (from, to_excl) = (sheet.column("from"), sheet.column("to_excl"));
    let (mark, source) = (sheet.require("confidence")?, sheet.require("source")?);
    let mut cited = book.table(&info.id);
    let mut rows: Vec<Row> = Vec::with_capacity(sheet.rows());
    for row in 0..sheet.rows() {
        let date = |column: Option<usize>, name: &str| match column {
            Some(column) => day(sheet.cell(row, column)).map_err(|()| sheet.bad(row, name, "日付か年月ではありません")),
            None => Ok(None),
        };
        let confidence = Confidence::parse(sheet.cell(row, mark));
        let confidence = confidence.ok_or_else(|| sheet.bad(row, "confidence", "知らない確度です"))?;
        let start = from.map(|column| sheet.cell(row, column)).unwrap_or_default();
        let citation = cited.enter(start, confidence, sheet.cell(row, source))?;
        rows.push(Row { from: date(from, "from")?, to_excl: date(to_excl, "to_excl")?, citation, confidence });
    }
    Ok(rows)
}

fn index(info: &TableInfo, sheet: &Sheet) -> Result<HashMap<String, Vec<usize>>, LawError> {
    let columns = info.key.iter().map(|name| sheet.require(name)).collect::<Result<Vec<_>, _>>()?;
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for row in 0..sheet.rows() {
        let joined;
        let key = match columns.as_slice() {
            [single] => sheet.cell(row, *single),
            several => {
                joined = several.iter().map(|&column| sheet.cell(row, column)).collect::<Vec<_>>().join("/");
                &joined
            }
        };
        match index.get_mut(key) {
            Some(rows) => rows.push(row),
            None => drop(index.insert(key.to_owned(), vec![row])),
        }
    }
    Ok(index)
}

/// A day `YYYY-MM-DD`, a month `YYYY-MM` (its first day), or empty.
pub(crate) fn day(text: &str) -> Result<Option<Date>, ()> {
    match text.len() {
        0 => Ok(None),
        7 => parse_iso_month(text).map(|month| Some(month.first_day())).map_err(|_| ()),
        _ => parse_iso_date(text).map(Some).map_err(|_| ()),
    }
}
