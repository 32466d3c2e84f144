use kura_yen::{Exact, Rate, Yen};

use crate::table::{Row, Table, bad_cell, missing_column};
use crate::{CitationId, LawError};

/// A row of a dated table that is in force, with its cells by column name.
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'law> {
    pub(crate) table: &'law Table,
    pub(crate) row: &'law Row,
}

impl<'law> RowRef<'law> {
    /// The cell of a column as text.
    pub fn text(&self, column: &str) -> Result<&'law str, LawError> {
        let at = self.table.column(column).ok_or_else(|| missing_column(self.file(), column))?;
        Ok(self.row.cells.get(at).unwrap_or_default())
    }

    /// The cell as a whole number.
    pub fn integer(&self, column: &str) -> Result<i64, LawError> {
        self.text(column)?.parse().map_err(|_| self.bad(column, "not a whole number"))
    }

    /// The cell as a whole number, `None` when it is empty (an open bound).
    pub fn integer_or_open(&self, column: &str) -> Result<Option<i64>, LawError> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.integer(column).map(Some) }
    }

    /// The cell as yen.
    pub fn yen(&self, column: &str) -> Result<Yen, LawError> {
        self.integer(column).map(Yen::new)
    }

    /// The cell as a rate in 1/100000.
    pub fn rate_e5(&self, column: &str) -> Result<Rate, LawError> {
        Ok(Rate::from_e5(self.integer(column)?)?)
    }

    /// The cell as an exact decimal.
    pub fn exact(&self, column: &str) -> Result<Exact, LawError> {
        Exact::parse(self.text(column)?).map_err(|_| self.bad(column, "not a decimal number"))
    }

    /// Where the row comes from.
    pub fn citation(&self) -> CitationId {
        self.row.citation
    }

    fn file(&self) -> &str {
        self.table.info.file.as_deref().unwrap_or_default()
    }

    fn bad(&self, column: &str, reason: &str) -> LawError {
        bad_cell(self.file(), self.row.line, column, reason)
    }
}

/// A named figure or rule in force.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'law>(pub(crate) RowRef<'law>);

impl<'law> Figure<'law> {
    /// The value as it stands in the table.
    pub fn text(&self) -> Result<&'law str, LawError> {
        self.0.text("value")
    }

    /// The value as a whole number.
    pub fn integer(&self) -> Result<i64, LawError> {
        self.0.integer("value")
    }

    /// The value as yen.
    pub fn yen(&self) -> Result<Yen, LawError> {
        self.0.yen("value")
    }

    /// The value as an exact decimal.
    pub fn exact(&self) -> Result<Exact, LawError> {
        self.0.exact("value")
    }

    /// The entries of a list (separated by ` | `).
    pub fn list(&self) -> Result<Vec<&'law str>, LawError> {
        Ok(self.text()?.split('|').map(str::trim).filter(|entry| !entry.is_empty()).collect())
    }

    /// Where the figure comes from.
    pub fn citation(&self) -> CitationId {
        self.0.citation()
    }
}
