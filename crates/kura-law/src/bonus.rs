use kura_yen::{Rate, Yen};

use crate::grid::{Column, DEPENDENT_COLUMNS, Numbers, Slot};
use crate::schema::rate_grid_columns;
use crate::sheet::Sheet;
use crate::{CitationId, LawError};

/// 賞与に対する源泉徴収税額の算出率の表 of one year.
#[derive(Debug)]
pub struct BonusGrid {
    pub(crate) slot: Slot,
    pub(crate) sheet: Sheet,
    citation: CitationId,
    rows: Vec<BonusRow>,
}

/// A rate, and for each column the previous month's pay it applies to.
#[derive(Debug)]
struct BonusRow {
    rate: Rate,
    kou: [Option<Span>; DEPENDENT_COLUMNS],
    otsu: Option<Span>,
}

/// Pay from (inclusive) to (exclusive), yen; open above in the last row.
type Span = (i64, Option<i64>);

impl BonusGrid {
    /// 賞与の金額に乗ずべき率 for the previous month's pay after social insurance; `None` for 丙 and for pay below zero.
    /// `dependents` above the last printed column use that column.
    pub fn rate(&self, column: Column, previous_pay: Yen, dependents: usize) -> Option<Rate> {
        let at = dependents.min(DEPENDENT_COLUMNS.saturating_sub(1));
        let yen = previous_pay.get();
        let holds = |span: Option<Span>| span.is_some_and(|(min, max)| min <= yen && max.is_none_or(|max| yen < max));
        let span = |row: &BonusRow| match column {
            Column::Kou => row.kou.get(at).copied().flatten(),
            Column::Otsu => row.otsu,
            Column::Hei => None,
        };
        self.rows.iter().find(|row| holds(span(row))).map(|row| row.rate)
    }

    /// Where the table comes from.
    pub fn citation(&self) -> CitationId {
        self.citation
    }

    pub(crate) fn read(slot: Slot, citation: CitationId, (file, text): (&str, &str)) -> Result<Self, LawError> {
        let sheet = Sheet::read(file, text, &rate_grid_columns())?;
        let rate = sheet.require("rate")?;
        let mut columns = [const { SpanColumn::new() }; DEPENDENT_COLUMNS];
        for (dependents, column) in columns.iter_mut().enumerate() {
            column.at = sheet.require(&format!("kou{dependents}_min_incl"))?;
        }
        let mut otsu = SpanColumn { at: sheet.require("otsu_min_incl")?, ..SpanColumn::new() };
        let numbers = Numbers { sheet: &sheet };
        let mut rows = Vec::with_capacity(sheet.rows());
        for row in 0..sheet.rows() {
            let mut kou = [None; DEPENDENT_COLUMNS];
            for (span, column) in kou.iter_mut().zip(&mut columns) {
                *span = column.read(&numbers, row)?;
            }
            rows.push(BonusRow { rate: numbers.rate(row, rate)?, kou, otsu: otsu.read(&numbers, row)? });
        }
        Ok(Self { slot, sheet, citation, rows })
    }
}

/// The bounds of one column of the table: the lower one, the upper one beside it.
struct SpanColumn {
    at: usize,
    /// Where the last span ended: the next one must begin there.
    end: i64,
}

impl SpanColumn {
    const fn new() -> Self {
        Self { at: 0, end: 0 }
    }

    fn read(&mut self, numbers: &Numbers<'_>, row: usize) -> Result<Option<Span>, LawError> {
        let Some(min) = numbers.open(row, self.at)? else { return Ok(None) };
        let max = numbers.open(row, self.at.saturating_add(1))?;
        if min != self.end || max.is_some_and(|max| max <= min) {
            return Err(numbers.bad(row, self.at, "前の段に続いていません"));
        }
        // Nothing may follow the open span.
        self.end = max.unwrap_or(i64::MAX);
        Ok(Some((min, max)))
    }
}
