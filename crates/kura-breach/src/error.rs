use kura_calendar::CalendarError;
use kura_law::LawError;

/// Why an incident has no verdict or no limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BreachError {
    /// The text names no item of the two rules.
    #[error(
        "報告対象事態の番号として読めません。個人情報保護法は「7-1」から「7-4」、番号法は「2-1」から「2-4」で書いてください。"
    )]
    UnknownItem,
    /// The item belongs to the other regime: each regime has its own clock.
    #[error("報告対象事態の番号と法令が合いません。7-1から7-4は個人情報保護法、2-1から2-4は番号法です。")]
    WrongRegime,
    /// No item was named: without one there is no final report.
    #[error("報告対象事態が指定されていません。")]
    NoItem,
    /// The last day cannot be moved off closed days: 要確認.
    #[error("確報の期限の日を決められません（要確認）。{0}")]
    NeedsReview(CalendarError),
    /// The law pack has no figure for the day of knowledge.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl BreachError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::UnknownItem | Self::NoItem => {
                "「7-3」「2-2」のように、規則の条と号をハイフンでつないで指定してください。"
            }
            Self::WrongRegime => "法令ごとに分けて計算してください。",
            Self::NeedsReview(_) => {
                "閉庁日を官庁の暦で確かめ、期限の日を人が決めてください。祝日の表は law/calendar/holidays.csv に加えられます。"
            }
            Self::Law(error) => error.remedy(),
        }
    }
}

impl From<CalendarError> for BreachError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::NoHolidayTable { .. } => Self::NeedsReview(error),
            other => Self::Law(LawError::Calendar(other)),
        }
    }
}
