use kura_calendar::{Date, parse_iso_date};
use kura_law::{Cited, Law, LawError};
use kura_yen::Yen;

/// 地域別最低賃金 in force on a day (最低賃金法9条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumWage {
    /// Yen an hour, with its source.
    pub hourly: Cited<Yen>,
    /// 発効日.
    pub since: Date,
}

/// The regional minimum wage of a 都道府県 (by its full name, 東京都) on a day of work. A day before the table is refused.
pub fn minimum_wage(law: &Law, on: Date, prefecture: &str) -> Result<MinimumWage, LawError> {
    let row = law.row("minimum_wage", &[prefecture], on)?;
    let hourly = Cited { value: row.yen("hourly_yen")?, citation: row.citation() };
    Ok(MinimumWage { hourly, since: parse_iso_date(row.text("from")?)? })
}
