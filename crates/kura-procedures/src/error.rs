use kura_calendar::CalendarError;
use kura_law::LawError;

/// Why a procedure or its deadline cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProcedureError {
    /// The law pack does not know it, or cannot be read.
    #[error(transparent)]
    Law(#[from] LawError),
    /// A day cannot be computed: there is no table of holidays for its year.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl ProcedureError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
        }
    }
}
