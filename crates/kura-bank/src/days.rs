use kura_calendar::{CalendarError, Closed, Date};
use kura_law::{Law, LawError};

/// Why a day cannot be a transfer date, or the day of the file not be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Banks are closed on it.
    #[error("{date}は銀行の休業日（{reason}）で、振込指定日にできません。")]
    Closed {
        /// The day asked for.
        date: Date,
        /// Why banks are closed.
        reason: Closed,
    },
    /// The law pack does not say on which days banks are closed.
    #[error(transparent)]
    Law(#[from] LawError),
    /// No table of holidays for that year.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl DayError {
    /// What to do.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Closed { .. } => "支払日を、前か後の営業日に動かしてください。",
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
        }
    }
}

/// The day is one on which banks are open (銀行法15条, 施行令5条), so that a transfer may name it.
///
/// # Errors
/// [`DayError`]. Further closures of a single bank are not known here.
pub fn require_bank_day(law: &Law, date: Date) -> Result<(), DayError> {
    match law.bank_closing(date)?.closed(date, law.holidays())? {
        Some(reason) => Err(DayError::Closed { date, reason }),
        None => Ok(()),
    }
}

/// 振込データの期限: the bank day so many bank days before the transfer date. How many is agreed with each bank.
///
/// # Errors
/// [`DayError`]; the transfer date must itself be a bank day.
pub fn data_due(law: &Law, transfer_date: Date, bank_days_before: u16) -> Result<Date, DayError> {
    require_bank_day(law, transfer_date)?;
    Ok(law.bank_closing(transfer_date)?.open_days_before(transfer_date, bank_days_before, law.holidays())?)
}
