use std::fmt;

use kura_calendar::Date;
use serde::Serialize;

use crate::manifest::Kind;
use crate::table::{Table, day};
use crate::withholding::YearSheet;
use crate::{Confidence, Law, LawError, text_table};

/// A table as it is in force on a day: what `kura law show` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Identifier of the table.
    pub table: String,
    /// 表の名.
    pub title: String,
    /// Its schema.
    pub kind: Kind,
    /// What the validity dates count by: 支給日, 保険料月, 締切日 ...
    pub counts_by: Option<String>,
    /// The day asked for.
    pub on: String,
    /// The day a person last compared the table with its source.
    pub checked: String,
    /// The rows; a 税額表 has a second section for the part above the printed rows.
    pub sections: Vec<ShownSection>,
}

/// Rows of one set of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownSection {
    /// The columns, without dates, confidence and source.
    pub columns: Vec<String>,
    /// The rows in force.
    pub rows: Vec<ShownRow>,
}

/// A row in force with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownRow {
    /// The cells, one a column.
    pub cells: Vec<String>,
    /// First day or month; empty when the table has none.
    pub from: String,
    /// First day or month that no longer belongs; empty = until further notice.
    pub to_excl: String,
    /// 確度, as the mark of the tables.
    pub confidence: Confidence,
    /// 確度, as a Japanese reader sees it.
    pub confidence_ja: &'static str,
    /// 出典.
    pub source: String,
}

impl Law {
    /// The rows of a table that are in force on a day. Each filter keeps the rows that have it as a cell; of a table of
    /// figures those whose key begins with it; of a 税額表 the row an amount falls into.
    ///
    /// # Errors
    /// [`LawError::UnknownTable`]; [`LawError::Missing`] when no row is in force; [`LawError::UnknownKey`] when no row is
    /// left by the filters.
    pub fn show(&self, table: &str, on: Date, filters: &[&str]) -> Result<Shown, LawError> {
        let info = self.info(table).ok_or_else(|| LawError::UnknownTable { table: table.to_owned() })?;
        let mut sections = match self.tables.get(table) {
            Some(table) => vec![self.table_section(table, on)],
            None => self.year_sections(table, on),
        };
        if sections.iter().all(|section| section.rows.is_empty()) {
            return Err(self.missing_on(table, on));
        }
        for filter in filters {
            for section in &mut sections {
                section.keep(filter, info.kind);
            }
        }
        if sections.iter().all(|section| section.rows.is_empty()) {
            let (table, title) = (info.id.clone(), info.title.clone());
            return Err(LawError::UnknownKey { table, title, key: filters.join(" ") });
        }
        Ok(Shown {
            table: info.id.clone(),
            title: info.title.clone(),
            kind: info.kind,
            counts_by: info.counts_by.clone(),
            on: on.to_string(),
            checked: info.checked.clone(),
            sections,
        })
    }

    fn table_section(&self, table: &Table, on: Date) -> ShownSection {
        let sheet = &table.sheet;
        let hidden = ["from", "to_excl", "confidence", "source"];
        let shown: Vec<usize> = (0..sheet.columns.len())
            .filter(|&at| sheet.columns.get(at).is_some_and(|name| !hidden.contains(&name.as_str())))
            .collect();
        let cell = |row: usize, name: &str| sheet.column(name).map(|at| sheet.cell(row, at)).unwrap_or_default();
        // Of a table of days, those of the year.
        let year_of = |row: usize| day(cell(row, "date")).ok().flatten().map(Date::year);
        let wanted = |row: usize| table.info.kind != Kind::Days || year_of(row) == Some(on.year());
        let in_force = table.rows.iter().enumerate().filter(|(at, row)| row.in_force(on) && wanted(*at));
        let rows = in_force.map(|(at, row)| ShownRow {
            cells: shown.iter().map(|&column| sheet.cell(at, column).to_owned()).collect(),
            from: cell(at, "from").to_owned(),
            to_excl: cell(at, "to_excl").to_owned(),
            confidence: row.confidence,
            confidence_ja: row.confidence.japanese(),
            source: cell(at, "source").to_owned(),
        });
        let columns = shown.iter().filter_map(|&at| sheet.columns.get(at).cloned()).collect();
        ShownSection { columns, rows: rows.collect() }
    }

    fn year_sections(&self, table: &str, on: Date) -> Vec<ShownSection> {
        let of_the_year = self.withholding.sheets(table).into_iter().filter(|year| year.slot.holds(on));
        of_the_year.map(|year| self.year_section(&year)).collect()
    }

    fn year_section(&self, year: &YearSheet<'_>) -> ShownSection {
        let cited = self.citation(year.citation);
        let confidence = cited.map_or(Confidence::Memory, |cited| cited.confidence);
        let row = |at: usize| ShownRow {
            cells: year.sheet.cells(at).map(str::to_owned).collect(),
            from: year.slot.from.to_string(),
            to_excl: year.slot.to_excl.to_string(),
            confidence,
            confidence_ja: confidence.japanese(),
            source: cited.map(|cited| cited.source.clone()).unwrap_or_default(),
        };
        ShownSection { columns: year.sheet.columns.clone(), rows: (0..year.sheet.rows()).map(row).collect() }
    }
}

impl ShownSection {
    fn keep(&mut self, filter: &str, kind: Kind) {
        let at = |name: &str| self.columns.iter().position(|column| column == name);
        let bounds = (at("min_incl").or(at("from_incl")), at("max_excl").or(at("upto_excl")));
        let amount = filter.replace(',', "").parse::<i64>().ok().filter(|_| kind == Kind::Grid);
        self.rows.retain(|row| match (amount, bounds) {
            (Some(amount), (Some(lower), Some(upper))) => {
                let bound = |at: usize, open: i64| row.cells.get(at).and_then(|cell| cell.parse().ok()).unwrap_or(open);
                bound(lower, i64::MIN) <= amount && amount < bound(upper, i64::MAX)
            }
            _ if kind == Kind::Figure => row.cells.first().is_some_and(|key| key.starts_with(filter)),
            _ => row.cells.iter().any(|cell| cell == filter),
        });
    }

    fn as_text(&self, sources: &mut Vec<String>) -> String {
        let mut header = self.columns.clone();
        header.extend(["適用開始", "適用終了", "確度", "出典"].map(str::to_owned));
        let rows = self.rows.iter().map(|row| {
            let known = sources.iter().position(|source| *source == row.source);
            let number = known.unwrap_or(sources.len()).saturating_add(1);
            if known.is_none() {
                sources.push(row.source.clone());
            }
            let mut cells = row.cells.clone();
            cells.extend([row.from.clone(), row.to_excl.clone(), row.confidence_ja.to_owned(), format!("[{number}]")]);
            cells
        });
        let rows: Vec<Vec<String>> = rows.collect();
        text_table::render(&header, &rows)
    }
}

/// The table as plain text: a heading, the rows, and the sources by number.
impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}（{}）", self.title, self.table)?;
        let counted = self.counts_by.as_deref().map(|by| format!("（基準: {}）", clock(by))).unwrap_or_default();
        writeln!(formatter, "{}に適用{counted}・最終確認 {}\n", self.on, self.checked)?;
        let mut sources = Vec::new();
        for section in self.sections.iter().filter(|section| !section.rows.is_empty()) {
            writeln!(formatter, "{}", section.as_text(&mut sources))?;
        }
        writeln!(formatter, "出典")?;
        for (number, source) in (1..).zip(&sources) {
            writeln!(formatter, "[{number}] {source}")?;
        }
        Ok(())
    }
}

/// What the validity dates count by, in Japanese.
fn clock(counts_by: &str) -> &str {
    match counts_by {
        "premium_month" => "保険料月",
        "closing_date" => "賃金締切日",
        "payment_date" => "支給日",
        "fiscal_year" => "保険年度",
        "work_start" => "工事開始日",
        "adjusted_on" => "年末調整をする日",
        "date" => "その日",
        other => other,
    }
}
