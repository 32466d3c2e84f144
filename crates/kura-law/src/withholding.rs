use kura_calendar::Date;

use crate::bonus::BonusGrid;
use crate::citation::CitationBook;
use crate::grid::{Grid, Slot};
use crate::manifest::{Slice, TableInfo};
use crate::sheet::Sheet;
use crate::{CitationId, Law, LawError};

const MONTHLY: &str = "withholding_monthly";
const DAILY: &str = "withholding_daily";
const BONUS: &str = "withholding_bonus";

/// 源泉徴収税額表 of every year in the pack.
#[derive(Debug, Default)]
pub(crate) struct WithholdingTables {
    pub(crate) monthly: Vec<Grid>,
    pub(crate) daily: Vec<Grid>,
    pub(crate) bonus: Vec<BonusGrid>,
}

impl WithholdingTables {
    /// Reads one year of a table.
    pub(crate) fn read<'text>(
        &mut self,
        info: &TableInfo,
        slice: &Slice,
        book: &mut CitationBook,
        text: &impl Fn(&str) -> Result<&'text str, LawError>,
    ) -> Result<(), LawError> {
        let slot = slice.slot()?;
        let mut cited = book.table(&info.id);
        let citation = cited.enter(&slice.from, slice.confidence, &slice.source)?;
        let over_source = slice.over_source.as_deref().unwrap_or(&slice.source);
        let over_citation = cited.enter(&slice.from, slice.over_confidence.unwrap_or(slice.confidence), over_source)?;
        let body = (slice.file.as_str(), text(&slice.file)?);
        let grid = || {
            let over = slice.over.as_deref().ok_or_else(|| slice.bad("over がありません"))?;
            Grid::read(slot, (citation, over_citation), body, (over, text(over)?))
        };
        match info.id.as_str() {
            MONTHLY => self.monthly.push(grid()?),
            DAILY => self.daily.push(grid()?),
            BONUS => self.bonus.push(BonusGrid::read(slot, citation, body)?),
            _ => return Err(slice.bad("年分のファイルを読む表ではありません")),
        }
        Ok(())
    }
}

/// A file of one year, with where it comes from.
pub(crate) struct YearSheet<'law> {
    pub(crate) slot: Slot,
    pub(crate) sheet: &'law Sheet,
    pub(crate) citation: CitationId,
}

impl WithholdingTables {
    /// The files of a table, year by year; the part above the printed rows stands behind them.
    pub(crate) fn sheets(&self, table: &str) -> Vec<YearSheet<'_>> {
        let grids = match table {
            MONTHLY => self.monthly.as_slice(),
            DAILY => self.daily.as_slice(),
            _ => &[],
        };
        let parts = grids.iter().flat_map(|grid| {
            let part = |sheet, citation| YearSheet { slot: grid.slot, sheet, citation };
            [part(&grid.sheet, grid.citation), part(&grid.over_sheet, grid.over_citation)]
        });
        let bonus = self.bonus.iter().filter(|_| table == BONUS);
        let rates = bonus.map(|grid| YearSheet { slot: grid.slot, sheet: &grid.sheet, citation: grid.citation() });
        parts.chain(rates).collect()
    }
}

impl Law {
    /// 月額表 for a 支給日.
    pub fn monthly_withholding(&self, payment_date: Date) -> Result<&Grid, LawError> {
        let hit = self.withholding.monthly.iter().find(|grid| grid.slot.holds(payment_date));
        hit.ok_or_else(|| self.missing_on(MONTHLY, payment_date))
    }

    /// 日額表 for a 支給日.
    pub fn daily_withholding(&self, payment_date: Date) -> Result<&Grid, LawError> {
        let hit = self.withholding.daily.iter().find(|grid| grid.slot.holds(payment_date));
        hit.ok_or_else(|| self.missing_on(DAILY, payment_date))
    }

    /// 賞与に対する源泉徴収税額の算出率の表 for a 支給日.
    pub fn bonus_withholding(&self, payment_date: Date) -> Result<&BonusGrid, LawError> {
        let hit = self.withholding.bonus.iter().find(|grid| grid.slot.holds(payment_date));
        hit.ok_or_else(|| self.missing_on(BONUS, payment_date))
    }
}
