use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::grid::Slot;
use crate::schema::ColumnInfo;
use crate::table::day;
use crate::{Confidence, LawError};

/// What a table is: its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Rows by key with half-open validity: key columns, value columns, `from, to_excl, confidence, source`.
    Dated,
    /// Named figures and rules: `key, value, unit, from, to_excl, confidence, source`.
    Figure,
    /// 速算表: `name, upto_incl, step, rate, add, from, to_excl, confidence, source`.
    Bracket,
    /// 税額表: columns by number of dependants, one file a year.
    Grid,
    /// 賞与の算出率の表: a rate a row, pay bounds by number of dependants.
    RateGrid,
    /// 届書の様式: a field a row.
    Layout,
    /// 祝日: a day a row.
    Days,
    /// A list without dates.
    List,
}

impl Kind {
    /// The name of the schema as `law/tables.toml` spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::Figure => "figure",
            Self::Bracket => "bracket",
            Self::Grid => "grid",
            Self::RateGrid => "rate_grid",
            Self::Layout => "layout",
            Self::Days => "days",
            Self::List => "list",
        }
    }
}

/// The next change of a table that is known to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextChange {
    /// First month (YYYY-MM) the change applies.
    pub on: String,
    /// What will change and when it is announced.
    pub what: String,
    /// True when the pack already holds the rows of the change: nothing is left to do.
    #[serde(default)]
    pub loaded: bool,
}

/// One year of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slice {
    pub(crate) from: String,
    pub(crate) to_excl: String,
    pub(crate) file: String,
    pub(crate) over: Option<String>,
    pub(crate) confidence: Confidence,
    pub(crate) source: String,
    pub(crate) over_confidence: Option<Confidence>,
    pub(crate) over_source: Option<String>,
}

impl Slice {
    /// The half-open days of the year.
    pub(crate) fn slot(&self) -> Result<Slot, LawError> {
        let bound = |text: &str| day(text).ok().flatten().ok_or_else(|| self.bad("期間が読めません"));
        let slot = Slot { from: bound(&self.from)?, to_excl: bound(&self.to_excl)? };
        if slot.from < slot.to_excl {
            Ok(slot)
        } else {
            Err(self.bad("to_excl が from より後ではありません"))
        }
    }

    pub(crate) fn bad(&self, what: &str) -> LawError {
        LawError::BadManifest { reason: format!("{}: {what}", self.file) }
    }
}

/// An entry of the manifest: one table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableInfo {
    /// Identifier, the name `kura law show` takes.
    pub id: String,
    /// 表の名.
    pub title: String,
    /// Its schema.
    pub kind: Kind,
    /// The file under law/ (a grid has one a slice instead).
    pub file: Option<String>,
    /// The columns that make the key.
    #[serde(default)]
    pub key: Vec<String>,
    /// The columns that tell rows of one key apart which are in force together (等級, 距離).
    #[serde(default)]
    pub within: Vec<String>,
    /// The columns of a dated table or a list, before the dates and the source.
    #[serde(default)]
    pub columns: Vec<ColumnInfo>,
    /// 名称 of the 速算表 of a bracket table, by the name of the rows.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// What the validity dates count by: 支給日, 保険料月, 締切日 ...
    pub counts_by: Option<String>,
    /// The day a person last compared the table with its source.
    pub checked: String,
    /// The next change known to come.
    pub next_change: Option<NextChange>,
    #[serde(default, rename = "slice")]
    pub(crate) slices: Vec<Slice>,
}

impl TableInfo {
    /// No two years of a table share a day.
    fn check_years(&self) -> Result<(), LawError> {
        let slots = self.slices.iter().map(Slice::slot).collect::<Result<Vec<_>, _>>()?;
        for (at, (slice, slot)) in self.slices.iter().zip(&slots).enumerate() {
            if slots.iter().take(at).any(|earlier| earlier.from < slot.to_excl && slot.from < earlier.to_excl) {
                return Err(slice.bad("期間がほかの年分と重なっています"));
            }
        }
        Ok(())
    }
}

/// A figure that is known to be missing and is refused by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The table it belongs to.
    pub table: String,
    /// The key it is about; `None` = every key.
    pub key: Option<String>,
    /// True when it is a part of the table and not days without figures.
    #[serde(default)]
    pub part: bool,
    /// First day it would apply.
    pub from: String,
    /// What is missing.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) pack: String,
    pub(crate) holidays_first: String,
    pub(crate) holidays_last: String,
    /// A table not compared with its source for longer than this is stale.
    pub(crate) stale_after_days: u16,
    /// A change that begins within these days is due.
    pub(crate) due_within_days: u16,
    #[serde(rename = "table")]
    pub(crate) tables: Vec<TableInfo>,
    #[serde(default)]
    pub(crate) missing: Vec<Missing>,
}

impl Manifest {
    pub(crate) fn parse(text: &str) -> Result<Self, LawError> {
        let manifest: Self =
            toml::from_str(text).map_err(|error| LawError::BadManifest { reason: error.message().to_owned() })?;
        manifest.check()?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), LawError> {
        let bad = |table: &str, what: &str| Err(LawError::BadManifest { reason: format!("{table}: {what}") });
        let is_date = |text: &str| day(text).is_ok_and(|day| day.is_some());
        for (at, table) in self.tables.iter().enumerate() {
            if self.tables.iter().take(at).any(|earlier| earlier.id == table.id) {
                return bad(&table.id, "同じ名前の表が二つあります");
            }
            if !is_date(&table.checked) || table.next_change.as_ref().is_some_and(|change| !is_date(&change.on)) {
                return bad(&table.id, "日付が読めません");
            }
            let sliced = matches!(table.kind, Kind::Grid | Kind::RateGrid);
            if sliced == table.slices.is_empty() || sliced == table.file.is_some() {
                return bad(&table.id, "表の種類とファイルの指定が合いません");
            }
            table.check_years()?;
        }
        let known = |missing: &&Missing| self.tables.iter().any(|table| table.id == missing.table);
        match self.missing.iter().find(|missing| !known(missing) || !is_date(&missing.from)) {
            Some(missing) => bad(&missing.table, "[[missing]] の表か日付が違います"),
            None => Ok(()),
        }
    }
}
