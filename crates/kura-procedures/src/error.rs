use kura_calendar::CalendarError;
use kura_insurance::decisions::DecisionError;
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
    /// An age, or whether a certificate is needed, cannot be judged.
    #[error(transparent)]
    Decision(#[from] DecisionError),
}

impl ProcedureError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::Decision(error) => error.remedy(),
        }
    }

    /// True when something is not known (a figure on a day, a year of holidays); false when the pack itself is broken.
    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Law(LawError::Missing { .. } | LawError::Calendar(_)) | Self::Calendar(_))
    }
}
