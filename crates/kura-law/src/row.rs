use kura_yen::{Exact, Rate, Yen};

use crate::table::{Row, Table};
use crate::{CitationId, LawError};

/// A row of a table that is in force, with its cells by column name.
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'law> {
    pub(crate) table: &'law Table,
    pub(crate) at: usize,
    pub(crate) citation: CitationId,
}

impl<'law> RowRef<'law> {
    pub(crate) fn new(table: &'law Table, at: usize, row: &Row) -> Self {
        Self { table, at, citation: row.citation }
    }

    /// The cell of a column as text.
    pub fn text(&self, column: &str) -> Result<&'law str, LawError> {
        Ok(self.table.sheet.cell(self.at, self.table.sheet.require(column)?))
    }

    /// The cell as a whole number.
    pub fn integer(&self, column: &str) -> Result<i64, LawError> {
        self.text(column)?.parse().map_err(|_| self.bad(column, "整数ではありません"))
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
        Exact::parse(self.text(column)?).map_err(|_| self.bad(column, "数値ではありません"))
    }

    /// The cell as yes or no.
    pub fn flag(&self, column: &str) -> Result<bool, LawError> {
        match self.text(column)? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.bad(column, "true か false ではありません")),
        }
    }

    /// Where the row comes from.
    pub fn citation(&self) -> CitationId {
        self.citation
    }

    fn bad(&self, column: &str, reason: &str) -> LawError {
        self.table.sheet.bad(self.at, column, reason)
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

    /// The value as yes or no.
    pub fn flag(&self) -> Result<bool, LawError> {
        self.0.flag("value")
    }

    /// The entries of a list (separated by ` | `).
    pub fn list(&self) -> Result<Vec<&'law str>, LawError> {
        Ok(self.text()?.split('|').map(str::trim).filter(|entry| !entry.is_empty()).collect())
    }

    /// Where the figure comes from.
    pub fn citation(&self) -> CitationId {
        self.0.citation()
    }

    /// The error for a value that is not spelled as its reader needs it.
    pub fn unreadable(&self, reason: &str) -> LawError {
        self.0.bad("value", reason)
    }
}
