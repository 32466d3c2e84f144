use serde::Deserialize;

use crate::LawError;

/// What a table is: its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
}

/// One year of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slice {
    pub(crate) from: String,
    pub(crate) to_excl: String,
    pub(crate) file: String,
    pub(crate) over: Option<String>,
    pub(crate) confidence: String,
    pub(crate) source: String,
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
    /// What the validity dates count by: 支給日, 保険料月, 締切日 ...
    pub counts_by: Option<String>,
    /// The day a person last compared the table with its source.
    pub checked: String,
    /// The next change known to come.
    pub next_change: Option<NextChange>,
    #[serde(default, rename = "slice")]
    pub(crate) slices: Vec<Slice>,
}

/// A figure that is known to be missing and is refused by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The table it belongs to.
    pub table: String,
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
    #[serde(rename = "table")]
    pub(crate) tables: Vec<TableInfo>,
    #[serde(default)]
    pub(crate) missing: Vec<Missing>,
}

impl Manifest {
    pub(crate) fn parse(text: &str) -> Result<Self, LawError> {
        toml::from_str(text).map_err(|error| LawError::BadManifest { reason: error.message().to_owned() })
    }
}
