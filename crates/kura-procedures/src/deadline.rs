//! 期限: the last day of a filing, with the rule, the shift and the source it rests on.

use kura_calendar::{Closed, Date};
use kura_law::{CitationId, Confidence, Law, LawError, RowRef};

use crate::catalogue::filled;
use crate::{LifeEvent, ProcedureError, steps};

const TABLE: &str = "filing_deadlines";

/// A day a period is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The day is a fact.
    Known(Date),
    /// The day is planned (終了予定日, 予定の賞与): the deadline moves with it.
    Planned(Date),
}

/// 期限 of one filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What kind of limit it is, with its days.
    pub kind: DeadlineKind,
    /// The fact it is counted from, in the words of the book (`被保険者資格 取得日`).
    pub counted_from: String,
    /// 根拠条文; `None` when no article is established.
    pub law_article: Option<String>,
    /// What else a reader has to know, in Japanese.
    pub note: Option<String>,
    /// How sure we are: the least sure of the rows it rests on.
    pub confidence: Confidence,
    /// The rows of law it rests on, never empty.
    pub citations: Vec<CitationId>,
}

/// The kinds of limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineKind {
    /// A last day.
    Due(DueDay),
    /// From a day to a last day; without one while the fact it is counted from is not known.
    Window {
        /// The first day.
        opens: Date,
        /// The last day.
        last: Option<DueDay>,
    },
    /// 遅滞なく, 速やかに: no last day in law. `target` is a day to work by and is never shown as a day of law.
    Promptly {
        /// The day of the fact.
        since: Date,
        /// The day to work by.
        target: Date,
    },
    /// The last day is not established: it is refused, not guessed.
    NotEstablished {
        /// The day of the fact.
        since: Date,
    },
}

/// A last day, before and after closed days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDay {
    /// The day the period is counted from.
    pub counted_from: Date,
    /// True when that day is planned and not yet a fact.
    pub provisional: bool,
    /// The last day as counted.
    pub raw_day: Date,
    /// The last day after the shift.
    pub due_day: Date,
    /// What happens on closed days.
    pub shift: Shift,
}

/// What happens when the last day is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// The day stands, closed or not.
    None,
    /// The next open day.
    NextOpenDay {
        /// Whose closed days count, by its name in `closed_days`.
        place: String,
        /// The law of the shift.
        law: String,
        /// The closed days passed over, with why.
        passed_over: Vec<(Date, Closed)>,
        /// True when a day named by law was moved: the words of the law speak of periods, so the office asks
        /// (要確認).
        asks: bool,
    },
}

impl Deadline {
    /// The last day of law; `None` where there is none or it is not known.
    pub const fn due(&self) -> Option<&DueDay> {
        match &self.kind {
            DeadlineKind::Due(due) | DeadlineKind::Window { last: Some(due), .. } => Some(due),
            DeadlineKind::Window { last: None, .. }
            | DeadlineKind::Promptly { .. }
            | DeadlineKind::NotEstablished { .. } => None,
        }
    }

    /// The day by which a list sorts: the last day, the day to work by, else the day of the fact.
    pub const fn sort_day(&self) -> Date {
        match &self.kind {
            DeadlineKind::Due(due) | DeadlineKind::Window { last: Some(due), .. } => due.due_day,
            DeadlineKind::Promptly { target, .. } => *target,
            DeadlineKind::Window { opens, last: None } => *opens,
            DeadlineKind::NotEstablished { since } => *since,
        }
    }

    /// The first day on which it can be filed, as far as the rule says one.
    pub const fn opens(&self) -> Option<Date> {
        match &self.kind {
            DeadlineKind::Window { opens, .. } => Some(*opens),
            DeadlineKind::Due(_) | DeadlineKind::Promptly { .. } | DeadlineKind::NotEstablished { .. } => None,
        }
    }
}

/// The deadline of a procedure that an event opens. `from` is the day the rule counts from, `None` while it is not known
/// (a window alone can stand without it); `opens_from` the day the window is counted from.
///
/// A procedure without a rule on the day, and a shift into a year without a table of holidays, are errors.
pub fn deadline(
    law: &Law,
    procedure: &str,
    event: LifeEvent,
    from: Option<Anchor>,
    opens_from: Date,
) -> Result<Deadline, ProcedureError> {
    let row = law.row(TABLE, &[procedure, event.identifier()], opens_from)?;
    let mut rests_on = vec![row.citation()];
    let kind = match (row.text("kind")?, from) {
        ("due", Some(from)) => DeadlineKind::Due(due_day(law, &row, from, &mut rests_on)?),
        ("window", from) => DeadlineKind::Window {
            opens: walked(&row, "opens_steps", opens_from)?,
            last: from.map(|from| due_day(law, &row, from, &mut rests_on)).transpose()?,
        },
        ("promptly", Some(from)) => {
            DeadlineKind::Promptly { since: from.day(), target: walked(&row, "steps", from.day())? }
        }
        ("unknown", Some(from)) => DeadlineKind::NotEstablished { since: from.day() },
        _ => return Err(broken("kind", "期限の種類と数える日が合いません").into()),
    };
    let confidence = rests_on.iter().filter_map(|id| law.citation(*id)).map(|citation| citation.confidence).min();
    Ok(Deadline {
        kind,
        counted_from: row.text("counted_from")?.to_owned(),
        law_article: filled(row.text("law_article")?).map(str::to_owned),
        note: filled(row.text("note_ja")?).map(str::to_owned),
        confidence: confidence.unwrap_or(Confidence::Memory),
        citations: rests_on,
    })
}

fn due_day(
    law: &Law,
    row: &RowRef<'_>,
    from: Anchor,
    rests_on: &mut Vec<CitationId>,
) -> Result<DueDay, ProcedureError> {
    let raw_day = walked(row, "steps", from.day())?;
    let (due_day, shift) = match filled(row.text("closing_rule")?) {
        None => (raw_day, Shift::None),
        Some(place) => {
            let words = law.figure("closed_days", &format!("{place}.law"), raw_day)?;
            rests_on.push(words.citation());
            let (due_day, passed_over) = law.closing_rule(place, raw_day)?.next_open_day(raw_day, law.holidays())?;
            let asks = row.flag("names_a_day")? && !passed_over.is_empty();
            let shift =
                Shift::NextOpenDay { place: place.to_owned(), law: words.text()?.to_owned(), passed_over, asks };
            (due_day, shift)
        }
    };
    let provisional = matches!(from, Anchor::Planned(_));
    Ok(DueDay { counted_from: from.day(), provisional, raw_day, due_day, shift })
}

fn walked(row: &RowRef<'_>, column: &str, from: Date) -> Result<Date, ProcedureError> {
    let steps = steps::parse(row.text(column)?).ok_or_else(|| broken(column, "期限の数え方として読めません"))?;
    Ok(steps::walk(&steps, from)?)
}

fn broken(column: &str, reason: &str) -> LawError {
    LawError::BadCell {
        file: "forms/filing_deadlines.csv".to_owned(),
        row: 0,
        column: column.to_owned(),
        reason: reason.to_owned(),
    }
}

impl Anchor {
    /// The day.
    pub const fn day(self) -> Date {
        match self {
            Self::Known(day) | Self::Planned(day) => day,
        }
    }
}
