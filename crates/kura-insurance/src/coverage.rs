use kura_calendar::{CalendarError, Date, Month};
use kura_law::{CitationId, Cited, Law};

use crate::InsuranceError;
use crate::figures::SOCIAL;

/// The premium months of one spell of insured status (健康保険法156条3項, 厚生年金保険法19条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageMonths {
    /// 資格取得月: charged in full.
    pub first_charged: Month,
    /// Last month charged: the one before the month of loss, or the single month of 同月得喪.
    pub last_charged: Month,
    /// 資格喪失日: the day after the last day.
    pub loss_date: Date,
    /// 同月得喪: acquired and lost in one month, which is charged. The pension premium is returned when the person
    /// becomes insured elsewhere in that month (national pension or another employer).
    pub same_month: bool,
    /// Where the rules of the first and the last month come from.
    pub citations: [CitationId; 2],
}

/// The premium months of a spell with its last day of employment.
pub fn coverage_months(law: &Law, acquired: Date, last_day: Date) -> Result<CoverageMonths, InsuranceError> {
    if last_day < acquired {
        return Err(InsuranceError::LastDayBeforeAcquisition);
    }
    let loss_date = day_after(last_day)?;
    let first = first_charged_month(law, acquired)?;
    let same_month = first.value.contains(loss_date);
    let last = if same_month {
        Cited { value: first.value, citation: rule(law, "same_month_acquire_and_lose.health", last_day)? }
    } else {
        last_charged_month(law, last_day)?
    };
    let citations = [first.citation, last.citation];
    Ok(CoverageMonths { first_charged: first.value, last_charged: last.value, loss_date, same_month, citations })
}

/// The first month charged: the month of acquisition, not prorated.
pub fn first_charged_month(law: &Law, acquired: Date) -> Result<Cited<Month>, InsuranceError> {
    Ok(Cited { value: Month::of(acquired), citation: rule(law, "acquisition_month", acquired)? })
}

/// The last month charged of a spell that began in an earlier month: last day 30 June = loss 1 July = June; 29 June = May.
pub fn last_charged_month(law: &Law, last_day: Date) -> Result<Cited<Month>, InsuranceError> {
    Ok(Cited { value: Month::of(day_after(last_day)?).previous(), citation: rule(law, "loss_month", last_day)? })
}

fn rule(law: &Law, name: &str, on: Date) -> Result<CitationId, InsuranceError> {
    Ok(law.figure(SOCIAL, &format!("collection_month.{name}"), on)?.citation())
}

pub(crate) fn day_after(day: Date) -> Result<Date, CalendarError> {
    day.tomorrow().map_err(|_| CalendarError::OutOfRange)
}
