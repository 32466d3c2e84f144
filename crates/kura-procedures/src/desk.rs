//! Where duties and questions are laid down while the facts are read.

use kura_calendar::Date;
use kura_insurance::decisions::Explanation;
use kura_law::Law;

use crate::duty::{AgeReached, Duties, Duty, Filed, Occurrence, Period, Question};
use crate::person::Person;
use crate::{Anchor, Deadline, DeadlineKind, LifeEvent, ProcedureError, deadline, procedure};

/// The desk: law and period of the question, and what was found so far.
pub(crate) struct Desk<'law> {
    pub(crate) law: &'law Law,
    pub(crate) period: Period,
    pub(crate) found: Duties,
}

/// The days a filing is counted from.
#[derive(Clone, Copy)]
pub(crate) struct Days {
    /// What the last day is counted from; `None` of a window whose end is not known.
    pub(crate) from: Option<Anchor>,
    /// What the first day is counted from, and which row of law is in force.
    pub(crate) opens_from: Date,
}

impl Days {
    /// Counted from the day of one fact.
    pub(crate) const fn known(day: Date) -> Self {
        Self { from: Some(Anchor::Known(day)), opens_from: day }
    }

    /// From the start to the end of something that lasts.
    pub(crate) const fn lasting(start: Date, end: Option<Anchor>) -> Self {
        Self { from: end, opens_from: start }
    }

    /// The days of the facts, from the first to the last, touch the period.
    fn meet(self, period: Period) -> bool {
        let from = self.from.map_or(self.opens_from, Anchor::day);
        period.meets(from.min(self.opens_from), Some(from.max(self.opens_from)))
    }
}

impl Desk<'_> {
    /// A filing by its rule. What the law pack does not know becomes a question; a broken pack is an error.
    pub(crate) fn file(
        &mut self,
        occurrence: &Occurrence,
        procedure: &str,
        days: Days,
        filed: Filed,
    ) -> Result<(), ProcedureError> {
        match deadline(self.law, procedure, occurrence.event, days.from, days.opens_from) {
            Ok(deadline) if is_told(&deadline, self.period) => {
                let occurrence = occurrence.clone();
                self.found.duties.push(Duty { occurrence, procedure: procedure.to_owned(), deadline, filed });
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(unknown) if unknown.is_unknown() => {
                let sentence = format!("{}の期限を計算できません。{unknown}", self.name(procedure, days.opens_from));
                if days.meet(self.period) {
                    self.ask_still(occurrence, "法令データ", &[procedure], &sentence);
                }
                Ok(())
            }
            Err(broken) => Err(broken),
        }
    }

    /// A question about something that happened on a day of the period, or on a day that is not known.
    pub(crate) fn ask(&mut self, occurrence: &Occurrence, missing: &str, decides: &[&str], sentence: &str) {
        if occurrence.on.is_none_or(|day| self.period.contains(day)) {
            self.ask_still(occurrence, missing, decides, sentence);
        }
    }

    /// A question that stays open, however long ago the event was.
    pub(crate) fn ask_still(&mut self, occurrence: &Occurrence, missing: &str, decides: &[&str], sentence: &str) {
        self.found.questions.push(Question {
            occurrence: occurrence.clone(),
            missing: missing.to_owned(),
            decides: decides.iter().map(|&code| code.to_owned()).collect(),
            sentence: sentence.to_owned(),
        });
    }

    /// An age that is reached in the period.
    pub(crate) fn tell_age(&mut self, occurrence: Occurrence, explanation: Explanation) {
        if occurrence.on.is_some_and(|day| self.period.contains(day)) {
            self.found.ages.push(AgeReached { occurrence, explanation });
        }
    }

    /// The years the period touches.
    pub(crate) fn years(&self) -> std::ops::RangeInclusive<i16> {
        self.period.from.year()..=self.period.to.year()
    }

    fn name<'a>(&'a self, code: &'a str, on: Date) -> &'a str {
        procedure(self.law, code, on).map_or(code, |procedure| procedure.name)
    }
}

/// A duty is told from its event, of a window from the first day it can be filed, to the last day.
fn is_told(deadline: &Deadline, period: Period) -> bool {
    match &deadline.kind {
        DeadlineKind::Due(due) => {
            period.meets(due.counted_from.min(due.due_day), Some(due.due_day.max(due.counted_from)))
        }
        DeadlineKind::Window { opens, last } => period.meets(*opens, last.as_ref().map(|last| last.due_day)),
        DeadlineKind::Promptly { since, target } => period.meets(*since, Some(*target)),
        DeadlineKind::NotEstablished { since } => period.contains(*since),
    }
}

impl Person<'_> {
    /// Something that happened to the person on a known day.
    pub(crate) fn occurrence(&self, event: LifeEvent, on: Date, subject: impl Into<String>) -> Occurrence {
        Occurrence { establishment: self.establishment(on), ..self.undated(event, subject, Some(on)) }
    }

    /// Something whose day is missing.
    pub(crate) fn without_day(&self, event: LifeEvent, subject: impl Into<String>) -> Occurrence {
        self.undated(event, subject, None)
    }

    fn undated(&self, event: LifeEvent, subject: impl Into<String>, on: Option<Date>) -> Occurrence {
        let (client, person) = (self.client.clone(), Some(self.code.clone()));
        Occurrence { client, establishment: None, person, event, on, subject: subject.into() }
    }
}
