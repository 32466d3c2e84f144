//! The day whose figures are used, for topics that need not be told one.

use kura_calendar::{Date, parse_iso_date};
use kura_law::Law;

use crate::error::CalcError;
use crate::request::Request;

/// `date` as a day or a month, or `month`; the day of the law pack when neither is given.
pub(super) fn figures_day(request: &mut Request<'_>, law: &Law) -> Result<Date, CalcError> {
    if !request.has("date") {
        return match request.month("month")? {
            Some(month) => Ok(month.first_day()),
            None => pack_day(law),
        };
    }
    let is_month = request.text("date")?.is_some_and(|text| text.len() == "2026-04".len());
    let day = if is_month { request.month("date")?.map(|month| month.first_day()) } else { request.date("date")? };
    day.map_or_else(|| pack_day(law), Ok)
}

/// The day of the law pack.
pub(super) fn pack_day(law: &Law) -> Result<Date, CalcError> {
    Ok(parse_iso_date(law.version())?)
}
