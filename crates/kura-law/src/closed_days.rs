use kura_calendar::{ClosingRule, Date, Holiday, HolidayKind, Holidays, Weekday};

use crate::manifest::Manifest;
use crate::table::{Table, bad_cell, day};
use crate::{Law, LawError};

/// Reads 祝日 from the table of days.
pub(crate) fn holidays(manifest: &Manifest, table: &Table) -> Result<Holidays, LawError> {
    let bound = |text: &str| day(text).ok().flatten().ok_or_else(|| LawError::BadManifest { reason: "holidays_first/last".to_owned() });
    let (first, last) = (bound(&manifest.holidays_first)?, bound(&manifest.holidays_last)?);
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let cells = crate::RowRef { table, row };
        let bad = |column: &str| bad_cell("calendar/holidays.csv", row.line, column, "unknown spelling");
        let date = day(cells.text("date")?).ok().flatten().ok_or_else(|| bad("date"))?;
        let kind = match cells.text("kind")? {
            "national" => HolidayKind::National,
            "substitute" => HolidayKind::Substitute,
            "citizens" => HolidayKind::Citizens,
            "special" => HolidayKind::Special,
            _ => return Err(bad("kind")),
        };
        rows.push(Holiday { date, name: cells.text("name_ja")?.to_owned(), kind });
    }
    Ok(Holidays::new(first, last, rows))
}

impl Law {
    /// 行政機関の休日: Saturdays, Sundays, holidays, 12-29 to 01-03 (行政機関の休日に関する法律1条).
    pub fn administrative_closing(&self, on: Date) -> Result<ClosingRule, LawError> {
        self.closing_rule("administrative_organ", on)
    }

    /// 銀行の休日 (銀行法15条, 施行令5条). A bank's own further closures are facts of the office, not here.
    pub fn bank_closing(&self, on: Date) -> Result<ClosingRule, LawError> {
        self.closing_rule("bank", on)
    }

    fn closing_rule(&self, place: &str, on: Date) -> Result<ClosingRule, LawError> {
        let figure = |name: &str| self.figure("closed_days", &format!("{place}.{name}"), on);
        let bad = |column: &str| bad_cell("calendar/closed_days.csv", 0, column, "unknown spelling");
        let mut weekdays_closed = Vec::new();
        for name in figure("weekdays_closed")?.list()? {
            weekdays_closed.push(match name {
                "sat" => Weekday::Saturday,
                "sun" => Weekday::Sunday,
                _ => return Err(bad("weekdays_closed")),
            });
        }
        let mut month_days_closed = Vec::new();
        for month_day in figure("month_days_closed")?.list()? {
            let pair = month_day.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
            month_days_closed.push(pair.ok_or_else(|| bad("month_days_closed"))?);
        }
        let holidays_closed = figure("holidays_closed")?.text()? == "true";
        Ok(ClosingRule { weekdays_closed, holidays_closed, month_days_closed })
    }
}
