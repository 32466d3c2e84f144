use std::collections::HashMap;
use std::sync::OnceLock;

use kura_calendar::{Date, Holidays};

use crate::citation::{Citation, CitationBook, CitationId};
use crate::layout::Layout;
use crate::manifest::{Kind, Manifest, Missing, TableInfo};
use crate::row::{Figure, RowRef};
use crate::table::{Table, day};
use crate::withholding::WithholdingTables;
use crate::{Brackets, LawError, closed_days};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/law_files.rs"));
}

/// 法令データ: the whole law pack, read and checked for form.
#[derive(Debug)]
pub struct Law {
    pub(crate) manifest: Manifest,
    pub(crate) tables: HashMap<String, Table>,
    pub(crate) withholding: WithholdingTables,
    citations: Vec<Citation>,
    holidays: Holidays,
    layouts: HashMap<String, OnceLock<Layout>>,
}

impl Law {
    /// The pack built into this program. Reads it on the first call.
    pub fn embedded() -> Result<&'static Law, LawError> {
        static LAW: OnceLock<Result<Law, LawError>> = OnceLock::new();
        LAW.get_or_init(Self::load_embedded).as_ref().map_err(Clone::clone)
    }

    /// Reads the built-in pack anew (what a start of the program costs).
    pub fn load_embedded() -> Result<Law, LawError> {
        Self::load(&|name| embedded::FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text))
    }

    /// The files of the built-in pack as (name under law/, text).
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        embedded::FILES
    }

    /// Reads a pack whose files are found by their name under law/.
    pub fn load<'text>(file: &dyn Fn(&str) -> Option<&'text str>) -> Result<Law, LawError> {
        let text = |name: &str| {
            file(name).ok_or_else(|| LawError::BadManifest { reason: format!("{name} がありません") })
        };
        let manifest = Manifest::parse(text("tables.toml")?)?;
        let mut book = CitationBook::default();
        let mut tables = HashMap::with_capacity(manifest.tables.len());
        let mut withholding = WithholdingTables::default();
        for info in &manifest.tables {
            for slice in &info.slices {
                withholding.read(info, slice, &mut book, &text)?;
            }
            if let Some(name) = &info.file {
                tables.insert(info.id.clone(), Table::read(info.clone(), text(name)?, &mut book)?);
            }
        }
        let holidays = tables.get("holidays").ok_or_else(|| LawError::UnknownTable { table: "holidays".to_owned() })?;
        let holidays = closed_days::holidays(&manifest, holidays)?;
        let layouts = manifest.tables.iter().filter(|info| info.kind == Kind::Layout);
        let layouts = layouts.map(|info| (info.id.clone(), OnceLock::new())).collect();
        Ok(Self { manifest, tables, withholding, citations: book.citations, holidays, layouts })
    }

    /// 法令データの版, written on every slip and into every book.
    pub fn version(&self) -> &str {
        &self.manifest.pack
    }

    /// The tables of the pack, in the order of the manifest.
    pub fn tables(&self) -> &[TableInfo] {
        &self.manifest.tables
    }

    /// Figures known to be missing: refused by name.
    pub fn missing(&self) -> &[Missing] {
        &self.manifest.missing
    }

    /// Every citation of the pack; [`CitationId::index`] points into it.
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }

    /// Where a figure comes from.
    pub fn citation(&self, id: CitationId) -> Option<&Citation> {
        self.citations.get(id.index())
    }

    /// The one row of a key in force on a day.
    pub fn row<'law>(&'law self, table: &str, key: &[&str], on: Date) -> Result<RowRef<'law>, LawError> {
        let mut rows = self.rows(table, key, on)?;
        rows.next().ok_or_else(|| self.missing_key_on(table, key, on))
    }

    /// All rows of a key in force on a day, in the order of the file.
    pub fn rows<'law>(
        &'law self,
        table: &str,
        key: &[&str],
        on: Date,
    ) -> Result<impl Iterator<Item = RowRef<'law>> + use<'law>, LawError> {
        let table = self.table(table)?;
        let rows = table.rows_of(key).ok_or_else(|| LawError::UnknownKey {
            table: table.info.id.clone(),
            title: table.info.title.clone(),
            key: key.join("/"),
        })?;
        Ok(rows.iter().filter_map(move |&at| {
            let row = table.rows.get(at).filter(|row| row.in_force(on))?;
            Some(RowRef::new(table, at, row))
        }))
    }

    /// Every row of a table in force on a day, whatever its key.
    pub fn rows_in_force<'law>(
        &'law self,
        table: &str,
        on: Date,
    ) -> Result<impl Iterator<Item = RowRef<'law>> + use<'law>, LawError> {
        let table = self.table(table)?;
        let rows = table.rows.iter().enumerate().filter(move |(_, row)| row.in_force(on));
        Ok(rows.map(move |(at, row)| RowRef::new(table, at, row)))
    }

    /// The row of a key in force on a day whose lower bound is the greatest that is not above the amount: the 等級 of a
    /// remuneration, the band of a distance. An empty lower bound counts as the lowest.
    pub fn band<'law>(
        &'law self,
        table: &str,
        key: &[&str],
        on: Date,
        lower_column: &str,
        amount: i64,
    ) -> Result<RowRef<'law>, LawError> {
        let column = self.table(table)?.sheet.require(lower_column)?;
        let mut found: Option<(i64, RowRef<'law>)> = None;
        let mut none_in_force = true;
        for row in self.rows(table, key, on)? {
            none_in_force = false;
            let cell = row.table.sheet.cell(row.at, column);
            let lower = if cell.is_empty() { i64::MIN } else { cell.parse().unwrap_or(i64::MAX) };
            if lower <= amount && found.is_none_or(|(best, _)| best < lower) {
                found = Some((lower, row));
            }
        }
        if none_in_force {
            return Err(self.missing_key_on(table, key, on));
        }
        found.map(|(_, row)| row).ok_or_else(|| self.outside(table, "最初の段に満たない値"))
    }

    /// A named figure in force on a day.
    pub fn figure<'law>(&'law self, table: &str, key: &str, on: Date) -> Result<Figure<'law>, LawError> {
        self.row(table, &[key], on).map(Figure)
    }

    /// A 速算表 in force on a day.
    pub fn brackets<'law>(&'law self, table: &'law str, name: &'law str, on: Date) -> Brackets<'law> {
        Brackets::new(self, table, name, on)
    }

    /// 国民の祝日・休日.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// The layout of a record or form by table name, for example `layout_2225700`.
    pub fn layout(&self, table: &str) -> Result<&Layout, LawError> {
        let unknown = || LawError::UnknownTable { table: table.to_owned() };
        let cell = self.layouts.get(table).ok_or_else(unknown)?;
        if let Some(layout) = cell.get() {
            return Ok(layout);
        }
        let layout = Layout::read(self.table(table)?)?;
        Ok(cell.get_or_init(|| layout))
    }

    /// The error for a day the table has no figure for, with the remedy of the manifest where it names one.
    pub fn missing_on(&self, table: &str, on: Date) -> LawError {
        self.missing_key_on(table, &[], on)
    }

    pub(crate) fn missing_key_on(&self, table: &str, key: &[&str], on: Date) -> LawError {
        let remedy = self.known_missing(table, &key.join("/"), on).map_or_else(
            || "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。".to_owned(),
            |missing| format!("{}は未収録です。{}", missing.what, missing.remedy),
        );
        LawError::Missing { table: table.to_owned(), title: self.title(table).to_owned(), on, remedy }
    }

    /// The error for an amount that a table does not cover.
    pub fn outside(&self, table: &str, what: &str) -> LawError {
        LawError::OutsideTable { table: table.to_owned(), title: self.title(table).to_owned(), what: what.to_owned() }
    }

    /// The entry of the manifest that says why a day has no figure: the latest that begins on or before it.
    fn known_missing(&self, table: &str, key: &str, on: Date) -> Option<&Missing> {
        let named = self.manifest.missing.iter().filter(|missing| missing.table == table && !missing.part);
        let for_key = named.filter(|missing| missing.key.as_deref().is_none_or(|of| of == key));
        let begun = for_key.filter_map(|missing| Some((day(&missing.from).ok()??, missing)));
        begun.filter(|(from, _)| *from <= on).max_by_key(|(from, _)| *from).map(|(_, missing)| missing)
    }

    pub(crate) fn table(&self, name: &str) -> Result<&Table, LawError> {
        self.tables.get(name).ok_or_else(|| LawError::UnknownTable { table: name.to_owned() })
    }

    /// What the manifest says of a table; `None` for a table it does not have.
    pub fn info(&self, table: &str) -> Option<&TableInfo> {
        self.manifest.tables.iter().find(|info| info.id == table)
    }

    fn title(&self, table: &str) -> &str {
        self.info(table).map(|info| info.title.as_str()).unwrap_or_default()
    }
}
