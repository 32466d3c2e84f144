//! What a change of facts does to the duties: which came, which went, which days moved, and why.

use std::collections::BTreeMap;

use kura_calendar::Date;

use crate::{Deadline, DeadlineKind, Duties, Duty, Occurrence};

/// One duty that a change of facts touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What opens the duty, as it is now; of a duty that went, as it was.
    pub occurrence: Occurrence,
    /// 手続, by its code.
    pub procedure: String,
    /// What happened to it.
    pub change: Change,
}

/// What happened to a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Opened(Deadline),
    /// The facts do not open it any more.
    Gone(Deadline),
    /// Its days moved.
    Moved {
        /// The deadline before.
        before: Box<Deadline>,
        /// The deadline now.
        after: Box<Deadline>,
        /// Why.
        why: Why,
    },
}

/// Why a deadline moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The fact it is counted from is another day.
    Fact {
        /// The fact, as sheet and column of the book.
        fact: String,
        /// The day before; `None` when it was not known.
        before: Option<Date>,
        /// The day now; `None` when it is not known any more.
        after: Option<Date>,
    },
    /// A planned day is a fact now, or a fact became a plan; the day itself may be the same.
    Planned {
        /// The fact, as sheet and column of the book.
        fact: String,
        /// True when it is planned now.
        is_planned: bool,
    },
    /// The same facts, another rule.
    Law,
}

/// Compares the duties of one period before and after a change of facts. Duties that stay as they are, are left out.
pub fn moved(before: &Duties, after: &Duties) -> Vec<Move> {
    let (old, new) = (by_key(before), by_key(after));
    let mut moves = Vec::new();
    for (key, duty) in &old {
        match new.get(key) {
            None => moves.push(duty.moved(Change::Gone(duty.deadline.clone()))),
            Some(now) if now.deadline != duty.deadline => {
                let (before, after) = (Box::new(duty.deadline.clone()), Box::new(now.deadline.clone()));
                let why = why(&before, &after);
                moves.push(now.moved(Change::Moved { before, after, why }));
            }
            Some(_) => {}
        }
    }
    let opened = new.iter().filter(|(key, _)| !old.contains_key(key));
    moves.extend(opened.map(|(_, duty)| duty.moved(Change::Opened(duty.deadline.clone()))));
    moves
}

/// The same duty before and after: everything but its days.
fn by_key(duties: &Duties) -> BTreeMap<(Occurrence, &str), &Duty> {
    let key = |duty: &Duty| {
        let occurrence = &duty.occurrence;
        let establishment = occurrence.establishment.clone().filter(|_| occurrence.person.is_none());
        Occurrence { on: None, establishment, ..occurrence.clone() }
    };
    duties.duties.iter().map(|duty| ((key(duty), duty.procedure.as_str()), duty)).collect()
}

fn why(before: &Deadline, after: &Deadline) -> Why {
    let fact = || after.counted_from.clone();
    let (was, is) = (counted_from(before), counted_from(after));
    let planned = |deadline: &Deadline| deadline.due().is_some_and(|due| due.provisional);
    if was != is {
        Why::Fact { fact: fact(), before: was, after: is }
    } else if planned(before) != planned(after) {
        Why::Planned { fact: fact(), is_planned: planned(after) }
    } else {
        Why::Law
    }
}

/// The day of the fact, which for a window is that of its end.
const fn counted_from(deadline: &Deadline) -> Option<Date> {
    match &deadline.kind {
        DeadlineKind::Due(due) | DeadlineKind::Window { last: Some(due), .. } => Some(due.counted_from),
        DeadlineKind::Window { last: None, .. } => None,
        DeadlineKind::Promptly { since, .. } | DeadlineKind::NotEstablished { since } => Some(*since),
    }
}

impl Duty {
    fn moved(&self, change: Change) -> Move {
        Move { occurrence: self.occurrence.clone(), procedure: self.procedure.clone(), change }
    }
}
