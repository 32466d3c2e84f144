use std::collections::HashMap;
use std::sync::OnceLock;

use kura_calendar::{Date, Holidays};

use crate::citation::{Citation, CitationBook, CitationId, Confidence};
use crate::grid::{BonusGrid, Grid};
use crate::layout::Layout;
use crate::manifest::{Kind, Manifest, Missing, TableInfo};
use crate::row::{Figure, RowRef};
use crate::table::{Table, day};
use crate::{Brackets, LawError, closed_days};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/law_files.rs"));
}

/// 法令データ: the whole law pack, read and checked for form.
#[derive(Debug)]
pub struct Law {
    pub(crate) manifest: Manifest,
    pub(crate) tables: HashMap<String, Table>,
    citations: Vec<Citation>,
    monthly: Vec<Grid>,
    daily: Vec<Grid>,
    bonus: Vec<BonusGrid>,
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
            file(name).ok_or_else(|| LawError::BadManifest { reason: format!("the file {name} is missing") })
        };
        let manifest = Manifest::parse(text("tables.toml")?)?;
        let mut book = CitationBook::default();
        let mut tables = HashMap::with_capacity(manifest.tables.len());
        let (mut monthly, mut daily, mut bonus) = (Vec::new(), Vec::new(), Vec::new());
        for info in &manifest.tables {
            for slice in &info.slices {
                let bound = |text: &str| day(text).ok().flatten().ok_or_else(|| unreadable(&info.id));
                let validity = (bound(&slice.from)?, bound(&slice.to_excl)?);
                let citation = book.enter(Citation {
                    table: info.id.clone(),
                    from: slice.from.clone(),
                    confidence: Confidence::parse(&slice.confidence).ok_or_else(|| unreadable(&info.id))?,
                    source: slice.source.clone(),
                })?;
                let body = (slice.file.as_str(), text(&slice.file)?);
                let over = slice.over.as_deref().map(|name| Ok::<_, LawError>((name, text(name)?))).transpose()?;
                match info.id.as_str() {
                    "withholding_monthly" => monthly.push(Grid::read(validity, citation, body, over)?),
                    "withholding_daily" => daily.push(Grid::read(validity, citation, body, over)?),
                    "withholding_bonus" => bonus.push(BonusGrid::read(validity, citation, body)?),
                    _ => return Err(unreadable(&info.id)),
                }
            }
            if let Some(name) = &info.file {
                tables.insert(info.id.clone(), Table::read(info.clone(), text(name)?, &mut book)?);
            }
        }
        let holidays = tables.get("holidays").ok_or_else(|| unreadable("holidays"))?;
        let holidays = closed_days::holidays(&manifest, holidays)?;
        let layouts = manifest.tables.iter().filter(|info| info.kind == Kind::Layout);
        let layouts = layouts.map(|info| (info.id.clone(), OnceLock::new())).collect();
        Ok(Self { manifest, tables, citations: book.citations, monthly, daily, bonus, holidays, layouts })
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
        rows.next().ok_or_else(|| self.missing_on(table, on))
    }

    /// All rows of a key in force on a day, in the order of the file.
    pub fn rows<'law>(&'law self, table: &str, key: &[&str], on: Date) -> Result<impl Iterator<Item = RowRef<'law>> + use<'law>, LawError> {
        let table = self.tables.get(table).ok_or_else(|| LawError::UnknownTable { table: table.to_owned() })?;
        let rows = table.rows_of(key).ok_or_else(|| LawError::UnknownKey {
            table: table.info.id.clone(),
            title: table.info.title.clone(),
            key: key.join("/"),
        })?;
        Ok(rows.filter(move |row| row.in_force(on)).map(move |row| RowRef { table, row }))
    }

    /// Every row of a table in force on a day, whatever its key.
    pub fn rows_in_force<'law>(&'law self, table: &str, on: Date) -> Result<impl Iterator<Item = RowRef<'law>> + use<'law>, LawError> {
        let table = self.tables.get(table).ok_or_else(|| LawError::UnknownTable { table: table.to_owned() })?;
        Ok(table.rows.iter().filter(move |row| row.in_force(on)).map(move |row| RowRef { table, row }))
    }

    /// A named figure in force on a day.
    pub fn figure<'law>(&'law self, table: &str, key: &str, on: Date) -> Result<Figure<'law>, LawError> {
        self.row(table, &[key], on).map(Figure)
    }

    /// A 速算表 in force on a day.
    pub fn brackets<'law>(&'law self, table: &'static str, name: &'static str, on: Date) -> Brackets<'law> {
        Brackets::new(self, table, name, on)
    }

    /// 月額表 for a 支給日.
    pub fn monthly_withholding(&self, payment_date: Date) -> Result<&Grid, LawError> {
        let hit = self.monthly.iter().find(|grid| grid.from <= payment_date && payment_date < grid.to_excl);
        hit.ok_or_else(|| self.missing_on("withholding_monthly", payment_date))
    }

    /// 日額表 for a 支給日.
    pub fn daily_withholding(&self, payment_date: Date) -> Result<&Grid, LawError> {
        let hit = self.daily.iter().find(|grid| grid.from <= payment_date && payment_date < grid.to_excl);
        hit.ok_or_else(|| self.missing_on("withholding_daily", payment_date))
    }

    /// 賞与に対する源泉徴収税額の算出率の表 for a 支給日.
    pub fn bonus_withholding(&self, payment_date: Date) -> Result<&BonusGrid, LawError> {
        let hit = self.bonus.iter().find(|grid| grid.from <= payment_date && payment_date < grid.to_excl);
        hit.ok_or_else(|| self.missing_on("withholding_bonus", payment_date))
    }

    /// 月額表 of every year in the pack.
    pub(crate) fn monthly_grids(&self) -> &[Grid] {
        &self.monthly
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
        let layout = Layout::read(self.tables.get(table).ok_or_else(unknown)?)?;
        Ok(cell.get_or_init(|| layout))
    }

    /// The error for a day the table has no figure for, with the remedy of the manifest where it names one.
    pub(crate) fn missing_on(&self, table: &str, on: Date) -> LawError {
        let named = self.manifest.missing.iter().filter(|missing| missing.table == table);
        let known = named.filter(|missing| day(&missing.from).ok().flatten().is_some_and(|from| from <= on));
        let remedy = known.last().map_or_else(
            || "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。".to_owned(),
            |missing| format!("{}は未収録です。{}", missing.what, missing.remedy),
        );
        LawError::Missing { table: table.to_owned(), title: self.title(table), on, remedy }
    }

    /// The error for an amount that a table does not cover.
    pub fn outside(&self, table: &str, what: &str) -> LawError {
        LawError::OutsideTable { table: table.to_owned(), title: self.title(table), what: what.to_owned() }
    }

    fn title(&self, table: &str) -> String {
        self.manifest.tables.iter().find(|info| info.id == table).map(|info| info.title.clone()).unwrap_or_default()
    }
}

fn unreadable(table: &str) -> LawError {
    LawError::BadManifest { reason: format!("the entry of {table} cannot be read") }
}
