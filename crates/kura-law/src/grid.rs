use csv::StringRecord;
use kura_calendar::Date;
use kura_yen::{Exact, Rate, Rounding, Yen};

use crate::table::{bad_cell, missing_column, records};
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

const DEPENDENT_COLUMNS: usize = 8;

/// 月額表・日額表 of one year: printed rows below the bound, base and rate above it.
#[derive(Debug)]
pub struct Grid {
    pub(crate) from: Date,
    pub(crate) to_excl: Date,
    pub(crate) citation: CitationId,
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
}

impl Grid {
    /// The tax of the row an amount falls into; `dependents` above the last printed column use that column.
    /// `None` when the column does not cover the amount (丙欄 above the printed part).
    pub fn tax(&self, column: Column, amount: Yen, dependents: usize) -> Result<Option<GridHit>, LawError> {
        let at = dependents.min(DEPENDENT_COLUMNS - 1);
        let yen = amount.get().max(0);
        let below = self.rows.partition_point(|row| row.max_excl <= yen);
        if let Some(row) = self.rows.get(below).filter(|row| row.min_incl <= yen) {
            let tax = match column {
                Column::Kou => row.kou.get(at).copied().map(Yen::new),
                Column::Hei => row.hei.map(Yen::new),
                Column::Otsu => Some(row.otsu.tax(amount)?),
            };
            return Ok(tax.map(|tax| GridHit { tax, row_from: row.min_incl, row_to_excl: Some(row.max_excl) }));
        }
        let holds = |row: &&OverRow| {
            row.column == column && row.from_incl <= yen && row.upto_excl.is_none_or(|end| yen < end)
        };
        let Some(row) = self.over.iter().find(holds) else { return Ok(None) };
        let base = row.base.get(if column == Column::Kou { at } else { 0 }).copied().unwrap_or_default();
        let above = row.rate.of(Yen::new(yen) - Yen::new(row.from_incl))?;
        let tax = Exact::whole(base).plus(above)?.round(Rounding::Down)?;
        Ok(Some(GridHit { tax, row_from: row.from_incl, row_to_excl: row.upto_excl }))
    }

    /// The printed rows as (first yen, first yen of the next row).
    pub(crate) fn printed_rows(&self) -> impl Iterator<Item = (i64, i64)> {
        self.rows.iter().map(|row| (row.min_incl, row.max_excl))
    }

    pub(crate) fn read(
        validity: (Date, Date),
        citation: CitationId,
        (file, text): (&str, &str),
        over: Option<(&str, &str)>,
    ) -> Result<Self, LawError> {
        let (columns, lines) = records(file, text)?;
        let cells = Cells { file, columns: &columns };
        let mut rows = Vec::with_capacity(lines.len());
        for (line, record) in &lines {
            let otsu = match cells.open(*line, record, "otsu")? {
                Some(amount) => OtsuCell::Amount(amount),
                None => OtsuCell::RateOf(cells.rate(*line, record, "otsu_rate")?),
            };
            let hei = if cells.has("hei") { cells.open(*line, record, "hei")? } else { None };
            rows.push(GridRow {
                min_incl: cells.integer(*line, record, "min_incl")?,
                max_excl: cells.integer(*line, record, "max_excl")?,
                kou: cells.eight(*line, record, "kou")?,
                otsu,
                hei,
            });
        }
        let over = over.map(|(file, text)| OverRow::read_all(file, text)).transpose()?.unwrap_or_default();
        let (from, to_excl) = validity;
        Ok(Self { from, to_excl, citation, rows, over })
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
    fn read_all(file: &str, text: &str) -> Result<Vec<Self>, LawError> {
        let (columns, lines) = records(file, text)?;
        let cells = Cells { file, columns: &columns };
        let mut rows = Vec::with_capacity(lines.len());
        for (line, record) in &lines {
            let column = match cells.text(record, "column")? {
                "kou" => Column::Kou,
                "otsu" => Column::Otsu,
                _ => return Err(bad_cell(file, *line, "column", "kou or otsu")),
            };
            let base = if column == Column::Kou {
                cells.eight(*line, record, "base")?
            } else {
                [cells.integer(*line, record, "base0")?, 0, 0, 0, 0, 0, 0, 0]
            };
            rows.push(Self {
                column,
                from_incl: cells.integer(*line, record, "from_incl")?,
                upto_excl: cells.open(*line, record, "upto_excl")?,
                rate: cells.rate(*line, record, "rate")?,
                base,
            });
        }
        Ok(rows)
    }
}

/// 賞与に対する源泉徴収税額の算出率の表 of one year.
#[derive(Debug)]
pub struct BonusGrid {
    pub(crate) from: Date,
    pub(crate) to_excl: Date,
    pub(crate) citation: CitationId,
    rows: Vec<BonusRow>,
}

#[derive(Debug)]
struct BonusRow {
    rate: Rate,
    kou: [Option<Span>; DEPENDENT_COLUMNS],
    otsu: Option<Span>,
}

type Span = (i64, Option<i64>);

impl BonusGrid {
    /// 賞与の金額に乗ずべき率 for the previous month's pay after social insurance.
    pub fn rate(&self, column: Column, previous_pay: Yen, dependents: usize) -> Option<Rate> {
        let at = dependents.min(DEPENDENT_COLUMNS - 1);
        let yen = previous_pay.get();
        let holds = |span: Option<Span>| span.is_some_and(|(min, max)| min <= yen && max.is_none_or(|max| yen < max));
        let span = |row: &BonusRow| match column {
            Column::Kou => row.kou.get(at).copied().flatten(),
            Column::Otsu => row.otsu,
            Column::Hei => None,
        };
        self.rows.iter().find(|row| holds(span(row))).map(|row| row.rate)
    }

    pub(crate) fn read(
        validity: (Date, Date),
        citation: CitationId,
        (file, text): (&str, &str),
    ) -> Result<Self, LawError> {
        let (columns, lines) = records(file, text)?;
        let cells = Cells { file, columns: &columns };
        let mut rows = Vec::with_capacity(lines.len());
        for (line, record) in &lines {
            let mut kou = [None; DEPENDENT_COLUMNS];
            for (dependents, span) in kou.iter_mut().enumerate() {
                *span = cells.span(*line, record, &format!("kou{dependents}"))?;
            }
            let otsu = cells.span(*line, record, "otsu")?;
            rows.push(BonusRow { rate: cells.rate(*line, record, "rate")?, kou, otsu });
        }
        let (from, to_excl) = validity;
        Ok(Self { from, to_excl, citation, rows })
    }
}

/// Cells of one file by column name.
struct Cells<'file> {
    file: &'file str,
    columns: &'file [String],
}

impl Cells<'_> {
    fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    fn text<'row>(&self, record: &'row StringRecord, column: &str) -> Result<&'row str, LawError> {
        let at = self.columns.iter().position(|name| name == column);
        let at = at.ok_or_else(|| missing_column(self.file, column))?;
        Ok(record.get(at).unwrap_or_default())
    }

    fn integer(&self, line: u64, record: &StringRecord, column: &str) -> Result<i64, LawError> {
        self.text(record, column)?.parse().map_err(|_| bad_cell(self.file, line, column, "not a whole number"))
    }

    fn open(&self, line: u64, record: &StringRecord, column: &str) -> Result<Option<i64>, LawError> {
        if self.text(record, column)?.is_empty() { Ok(None) } else { self.integer(line, record, column).map(Some) }
    }

    fn rate(&self, line: u64, record: &StringRecord, column: &str) -> Result<Rate, LawError> {
        let text = self.text(record, column)?;
        Rate::from_decimal(text).map_err(|_| bad_cell(self.file, line, column, "not a decimal rate"))
    }

    fn eight(&self, line: u64, record: &StringRecord, prefix: &str) -> Result<[i64; DEPENDENT_COLUMNS], LawError> {
        let mut amounts = [0; DEPENDENT_COLUMNS];
        for (dependents, amount) in amounts.iter_mut().enumerate() {
            *amount = self.integer(line, record, &format!("{prefix}{dependents}"))?;
        }
        Ok(amounts)
    }

    fn span(&self, line: u64, record: &StringRecord, prefix: &str) -> Result<Option<Span>, LawError> {
        let min = self.open(line, record, &format!("{prefix}_min_incl"))?;
        let max = self.open(line, record, &format!("{prefix}_max_excl"))?;
        Ok(min.map(|min| (min, max)))
    }
}
