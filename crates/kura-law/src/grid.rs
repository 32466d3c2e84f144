use kura_calendar::Date;
use kura_yen::{Exact, Rate, Rounding, Yen};

use crate::schema::{grid_columns, over_columns};
use crate::sheet::Sheet;
use crate::{CitationId, LawError};

/// 源泉徴収税額表の欄.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// 甲欄: the person filed the 扶養控除等申告書 with this payer.
    Kou,
    /// 乙欄: a second payer.
    Otsu,
    /// 丙欄: day labourers.
    Hei,
}

impl Column {
    /// The spelling of tables and requests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kou => "kou",
            Self::Otsu => "otsu",
            Self::Hei => "hei",
        }
    }
}

/// Columns of 扶養親族等の数, 0 to 7, as the forms of the tables have them.
pub(crate) const DEPENDENT_COLUMNS: usize = 8;

/// The validity of one year of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) from: Date,
    pub(crate) to_excl: Date,
}

impl Slot {
    pub(crate) fn holds(self, day: Date) -> bool {
        self.from <= day && day < self.to_excl
    }
}

/// 月額表・日額表 of one year: printed rows below the bound, base and rate above it.
#[derive(Debug)]
pub struct Grid {
    pub(crate) slot: Slot,
    pub(crate) sheet: Sheet,
    pub(crate) over_sheet: Sheet,
    pub(crate) citation: CitationId,
    pub(crate) over_citation: CitationId,
    rows: Vec<GridRow>,
    over: Vec<OverRow>,
}

#[derive(Debug)]
struct GridRow {
    min_incl: i64,
    max_excl: i64,
    kou: [i64; DEPENDENT_COLUMNS],
    otsu: OtsuCell,
    hei: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
enum OtsuCell {
    Amount(i64),
    RateOf(Rate),
}

#[derive(Debug)]
struct OverRow {
    column: Column,
    from_incl: i64,
    upto_excl: Option<i64>,
    rate: Rate,
    base: [i64; DEPENDENT_COLUMNS],
}

/// What a grid says: the tax before any correction for more dependants than it has columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridHit {
    /// 税額, yen.
    pub tax: Yen,
    /// First yen of the row or segment.
    pub row_from: i64,
    /// First yen of the next row; `None` for the last segment.
    pub row_to_excl: Option<i64>,
    /// Where the figure comes from: the part above the printed rows has its own source.
    pub citation: CitationId,
}

impl Grid {
    /// The tax of the row an amount falls into; `dependents` above the last printed column use that column.
    /// `None` when the column does not cover the amount (丙欄 above the printed part).
    pub fn tax(&self, column: Column, amount: Yen, dependents: usize) -> Result<Option<GridHit>, LawError> {
        let at = dependents.min(DEPENDENT_COLUMNS.saturating_sub(1));
        let yen = amount.get().max(0);
        let below = self.rows.partition_point(|row| row.max_excl <= yen);
        if let Some(row) = self.rows.get(below) {
            let tax = match column {
                Column::Kou => row.kou.get(at).copied().map(Yen::new),
                Column::Hei => row.hei.map(Yen::new),
                Column::Otsu => Some(row.otsu.tax(amount)?),
            };
            let hit =
                |tax| GridHit { tax, row_from: row.min_incl, row_to_excl: Some(row.max_excl), citation: self.citation };
            return Ok(tax.map(hit));
        }
        let holds = |row: &&OverRow| row.column == column && row.upto_excl.is_none_or(|end| yen < end);
        let Some(row) = self.over.iter().find(holds) else { return Ok(None) };
        let base = row.base.get(if column == Column::Kou { at } else { 0 }).copied().unwrap_or_default();
        let above = row.rate.of(Yen::new(yen) - Yen::new(row.from_incl))?;
        let tax = Exact::whole(base).plus(above)?.round(Rounding::Down)?;
        let citation = self.over_citation;
        Ok(Some(GridHit { tax, row_from: row.from_incl, row_to_excl: row.upto_excl, citation }))
    }

    /// Where the printed part comes from; a [`GridHit`] names its own.
    pub fn citation(&self) -> CitationId {
        self.citation
    }

    /// The printed rows that give an amount in both 甲 and 乙, as (first yen, first yen of the next row, 甲, 乙); the first
    /// row, where 乙 is a rate, is left out.
    pub(crate) fn printed_rows(&self) -> impl Iterator<Item = (i64, i64, &[i64], i64)> {
        self.rows.iter().filter_map(|row| match row.otsu {
            OtsuCell::Amount(otsu) => Some((row.min_incl, row.max_excl, row.kou.as_slice(), otsu)),
            OtsuCell::RateOf(_) => None,
        })
    }

    pub(crate) fn read(
        slot: Slot,
        (citation, over_citation): (CitationId, CitationId),
        (file, text): (&str, &str),
        (over_file, over_text): (&str, &str),
    ) -> Result<Self, LawError> {
        let hei = text.lines().next().is_some_and(|header| header.ends_with(",hei"));
        let sheet = Sheet::read(file, text, &grid_columns(hei))?;
        let rows = GridRow::read_all(&sheet)?;
        let over_sheet = Sheet::read(over_file, over_text, &over_columns())?;
        let over = OverRow::read_all(&over_sheet, rows.last().map_or(0, |row| row.max_excl))?;
        Ok(Self { slot, sheet, over_sheet, citation, over_citation, rows, over })
    }
}

impl GridRow {
    /// Reads the printed rows; each must begin where the one before ends.
    fn read_all(sheet: &Sheet) -> Result<Vec<Self>, LawError> {
        let cells = Numbers { sheet };
        let column = |name: &str| sheet.require(name);
        let (lower, upper, kou) = (column("min_incl")?, column("max_excl")?, column("kou0")?);
        let (otsu, otsu_rate, hei) = (column("otsu")?, column("otsu_rate")?, sheet.column("hei"));
        let mut rows = Vec::with_capacity(sheet.rows());
        let mut begins = 0;
        for row in 0..sheet.rows() {
            let (min_incl, max_excl) = (cells.yen(row, lower)?, cells.yen(row, upper)?);
            if min_incl != begins || max_excl <= min_incl {
                return Err(cells.bad(row, lower, "前の行に続いていません"));
            }
            begins = max_excl;
            let otsu = match (cells.open(row, otsu)?, cells.rate_or_open(row, otsu_rate)?) {
                (Some(amount), None) => OtsuCell::Amount(amount),
                (None, Some(rate)) => OtsuCell::RateOf(rate),
                _ => return Err(cells.bad(row, otsu, "乙欄は金額か率の一方だけです")),
            };
            let hei = hei.map(|hei| cells.yen(row, hei)).transpose()?;
            rows.push(Self { min_incl, max_excl, kou: cells.eight(row, kou)?, otsu, hei });
        }
        Ok(rows)
    }
}

impl OtsuCell {
    fn tax(self, amount: Yen) -> Result<Yen, LawError> {
        match self {
            Self::Amount(yen) => Ok(Yen::new(yen)),
            Self::RateOf(rate) => Ok(rate.of_rounded(amount.or_zero(), Rounding::Down)?),
        }
    }
}

impl OverRow {
    /// Reads the segments; those of a column must follow each other from the end of the printed rows on, the last one open.
    fn read_all(sheet: &Sheet, printed_end: i64) -> Result<Vec<Self>, LawError> {
        let cells = Numbers { sheet };
        let column = |name: &str| sheet.require(name);
        let (name, rate, base) = (column("column")?, column("rate")?, column("base0")?);
        let (lower, upper) = (column("from_incl")?, column("upto_excl")?);
        let mut rows: Vec<Self> = Vec::with_capacity(sheet.rows());
        for row in 0..sheet.rows() {
            let column = match sheet.cell(row, name) {
                "kou" => Column::Kou,
                "otsu" => Column::Otsu,
                _ => return Err(cells.bad(row, name, "kou か otsu ではありません")),
            };
            let base = match column {
                Column::Kou => cells.eight(row, base)?,
                Column::Otsu | Column::Hei => [cells.yen(row, base)?, 0, 0, 0, 0, 0, 0, 0],
            };
            let (from_incl, upto_excl) = (cells.yen(row, lower)?, cells.open(row, upper)?);
            let before = rows.iter().rev().find(|before| before.column == column);
            if before.map_or(Some(printed_end), |before| before.upto_excl) != Some(from_incl) {
                return Err(cells.bad(row, lower, "前の段に続いていません"));
            }
            rows.push(Self { column, from_incl, upto_excl, rate: cells.rate(row, rate)?, base });
        }
        Ok(rows)
    }
}

/// Numbers of one sheet by row and column.
pub(crate) struct Numbers<'sheet> {
    pub(crate) sheet: &'sheet Sheet,
}

impl Numbers<'_> {
    pub(crate) fn yen(&self, row: usize, column: usize) -> Result<i64, LawError> {
        self.sheet.cell(row, column).parse().map_err(|_| self.bad(row, column, "整数ではありません"))
    }

    pub(crate) fn open(&self, row: usize, column: usize) -> Result<Option<i64>, LawError> {
        if self.sheet.cell(row, column).is_empty() { Ok(None) } else { self.yen(row, column).map(Some) }
    }

    pub(crate) fn rate(&self, row: usize, column: usize) -> Result<Rate, LawError> {
        Rate::from_decimal(self.sheet.cell(row, column)).map_err(|_| self.bad(row, column, "数値ではありません"))
    }

    fn rate_or_open(&self, row: usize, column: usize) -> Result<Option<Rate>, LawError> {
        if self.sheet.cell(row, column).is_empty() { Ok(None) } else { self.rate(row, column).map(Some) }
    }

    /// The amounts for 0 to 7 dependants, which stand side by side.
    fn eight(&self, row: usize, first: usize) -> Result<[i64; DEPENDENT_COLUMNS], LawError> {
        let mut amounts = [0; DEPENDENT_COLUMNS];
        for (dependents, amount) in amounts.iter_mut().enumerate() {
            *amount = self.yen(row, first.saturating_add(dependents))?;
        }
        Ok(amounts)
    }

    pub(crate) fn bad(&self, row: usize, column: usize, reason: &str) -> LawError {
        let name = self.sheet.columns.get(column).map(String::as_str).unwrap_or_default();
        self.sheet.bad(row, name, reason)
    }
}
