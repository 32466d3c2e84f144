use kura_calendar::Date;

use crate::month::MonthRequest;

/// What a person's insurance does on a day, as the book says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    /// The day that says which month it belongs to: 取得日; of a loss the last day insured.
    pub(super) day: Date,
    /// The first day on which the authority takes the notice: 取得日, 喪失日.
    pub(super) from: Date,
    /// True when the book says that it was filed.
    pub(super) filed: bool,
}

/// What a run does about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// It goes into a file.
    Due,
    /// Its day has not come.
    HeldBack,
    /// It is of a later month: the run of that month files it.
    Later,
    /// It is of an earlier month and no day of filing stands in the book.
    Asked,
    /// Nothing to do.
    Done,
}

/// The months whose events a run files: the month run and the one before, so that what was not known last month is not lost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    asked_from: Date,
    first: Date,
    last: Date,
    as_of: Date,
}

/// An event that is not filed is asked about for so many months; older ones were filed before the book began.
const ASKED_MONTHS: i32 = 12;

impl Window {
    pub(super) fn of(request: &MonthRequest) -> Self {
        let before = request.month.previous();
        Self {
            asked_from: before.plus(ASKED_MONTHS.saturating_neg()).first_day(),
            first: before.first_day(),
            last: request.month.last_day(),
            as_of: request.as_of,
        }
    }

    pub(super) fn timing(&self, event: Event) -> Timing {
        match event {
            Event { filed: true, .. } => Timing::Done,
            Event { day, .. } if day < self.asked_from => Timing::Done,
            Event { day, .. } if day < self.first => Timing::Asked,
            Event { day, .. } if self.last < day => Timing::Later,
            Event { from, .. } if self.as_of < from => Timing::HeldBack,
            Event { .. } => Timing::Due,
        }
    }

    /// True when the day is of the month run or the one before.
    pub(super) fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The day of the files.
    pub(super) const fn as_of(&self) -> Date {
        self.as_of
    }
}
