use kura_calendar::{ClosingRule, Date, Holiday, HolidayKind, Holidays, Weekday};

use crate::manifest::Manifest;
use crate::table::{Table, day};
use crate::{Law, LawError};

/// Reads 祝日 from the table of days.
pub(crate) fn holidays(manifest: &Manifest, table: &Table) -> Result<Holidays, LawError> {
    let bound = |name: &str, text: &str| {
        day(text)
            .ok()
            .flatten()
            .ok_or_else(|| LawError::BadManifest { reason: format!("{name} が日付ではありません") })
    };
    let first = bound("holidays_first", &manifest.holidays_first)?;
    let last = bound("holidays_last", &manifest.holidays_last)?;
    let sheet = &table.sheet;
    let (date, name, kind) = (sheet.require("date")?, sheet.require("name_ja")?, sheet.require("kind")?);
    let holiday = |row: usize| {
        let date = day(sheet.cell(row, date)).ok().flatten();
        let date = date.filter(|date| (first..=last).contains(date));
        let kind = match sheet.cell(row, kind) {
            "national" => HolidayKind::National,
            "substitute" => HolidayKind::Substitute,
            "citizens" => HolidayKind::Citizens,
            _ => HolidayKind::Special,
        };
        let date = date.ok_or_else(|| sheet.bad(row, "date", "収録期間の日付ではありません"))?;
        Ok(Holiday { date, name: sheet.cell(row, name).to_owned(), kind })
    };
    let days = (0..sheet.rows()).map(holiday).collect::<Result<Vec<_>, LawError>>()?;
    Ok(Holidays::new(first, last, days))
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

    /// The closed days of a place by its name in `closed_days`: `administrative_organ`, `local_government`, `national_tax`
    /// or `bank`.
    pub fn closing_rule(&self, place: &str, on: Date) -> Result<ClosingRule, LawError> {
        let figure = |name: &str| self.figure("closed_days", &format!("{place}.{name}"), on);
        if let Ok(same) = figure("same_days_as") {
            return self.closing_rule(same.text()?, on);
        }
        let weekdays = figure("weekdays_closed")?;
        let mut weekdays_closed = Vec::new();
        for name in weekdays.list()? {
            weekdays_closed.push(match name {
                "sat" => Weekday::Saturday,
                "sun" => Weekday::Sunday,
                _ => return Err(weekdays.unreadable("sat か sun ではありません")),
            });
        }
        let days = figure("month_days_closed")?;
        let mut month_days_closed = Vec::new();
        for month_day in days.list()? {
            let pair =
                month_day.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
            month_days_closed.push(pair.ok_or_else(|| days.unreadable("月日ではありません"))?);
        }
        Ok(ClosingRule { weekdays_closed, holidays_closed: figure("holidays_closed")?.flag()?, month_days_closed })
    }
}
