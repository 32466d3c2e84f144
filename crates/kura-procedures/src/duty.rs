//! What facts oblige an office to, and what it has to ask before it knows.

use kura_calendar::Date;
use kura_insurance::decisions::Explanation;
use kura_model::{ClientCode, EmployeeCode, EstablishmentCode};

use crate::{Deadline, LifeEvent};

/// The days a question is put for: a duty is told when it can be filed, or falls due, on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// 出来事: something that happened or will happen, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// 会社.
    pub client: ClientCode,
    /// 事業所 of the person on that day; `None` when the book does not say.
    pub establishment: Option<EstablishmentCode>,
    /// 社員番号; `None` for what concerns a company.
    pub person: Option<EmployeeCode>,
    /// What happens.
    pub event: LifeEvent,
    /// The day; `None` while it is not known.
    pub on: Option<Date>,
    /// Which of several (`扶養家族1`, `産前産後2`): it stays the same when the day moves.
    pub subject: String,
}

/// A filing that follows from the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What opens it.
    pub occurrence: Occurrence,
    /// 手続, by its code.
    pub procedure: String,
    /// 期限.
    pub deadline: Deadline,
    /// Whether the book says that it was filed.
    pub filed: Filed,
}

/// What the book says of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// The column of 届出日 is empty.
    No,
    /// 届出日.
    On(Date),
    /// Filed, on a day the book does not say.
    DayUnknown,
    /// The book has no column that could say so.
    NotRecorded,
}

/// A fact that is missing, and what it decides. No day is guessed in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub occurrence: Occurrence,
    /// The missing fact, as sheet and column of the book (`被保険者資格 喪失日`).
    pub missing: String,
    /// The procedures that hang on it, by their codes.
    pub decides: Vec<String>,
    /// The question in Japanese, without a personal value.
    pub sentence: String,
}

/// 年齢による変わり目, whether or not it opens a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeReached {
    /// Who and when.
    pub occurrence: Occurrence,
    /// What follows for premiums and status.
    pub explanation: Explanation,
}

/// Everything that follows from the facts of a book in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Duties {
    /// 届出, by the day they are due.
    pub duties: Vec<Duty>,
    /// 質問: missing facts.
    pub questions: Vec<Question>,
    /// 年齢の節目.
    pub ages: Vec<AgeReached>,
}

/// An event that no column of the book holds: the office tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// 会社.
    pub client: ClientCode,
    /// 社員番号.
    pub person: EmployeeCode,
    /// What happened.
    pub kind: ReportedKind,
    /// The day; `None` while it is not known.
    pub on: Option<Date>,
}

/// The events an office tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedKind {
    /// 結婚.
    Married,
    /// 氏名変更.
    NameChanged,
    /// 住所変更.
    AddressChanged,
}

impl Period {
    /// The period holds the day.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Some day from `first` to `last` lies in the period; without a last day, everything from the first on counts.
    pub(crate) fn meets(self, first: Date, last: Option<Date>) -> bool {
        first <= self.to && last.is_none_or(|last| self.from <= last)
    }
}

impl Filed {
    /// By a column of 届出日.
    pub(crate) const fn by(filed_on: Option<Date>) -> Self {
        match filed_on {
            Some(day) => Self::On(day),
            None => Self::No,
        }
    }

    /// By a column that other filings of the same row use too: a day before the event belongs to one of those.
    pub(crate) fn since(event_on: Date, filed_on: Option<Date>) -> Self {
        Self::by(filed_on.filter(|day| event_on <= *day))
    }

    /// Filed when all rows are, on the last of their days.
    pub(crate) fn all(rows: impl Iterator<Item = Self>) -> Self {
        let mut all: Option<Self> = None;
        for row in rows {
            all = Some(match (all, row) {
                (None, row) => row,
                (Some(Self::On(before)), Self::On(day)) => Self::On(before.max(day)),
                _ => Self::No,
            });
        }
        all.unwrap_or(Self::No)
    }

    /// True when the book says that nothing is left to do.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::On(_) | Self::DayUnknown)
    }
}
