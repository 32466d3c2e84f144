#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod case;
mod catalogue;
mod deadline;
mod decided;
mod desk;
mod duties;
mod duty;
mod error;
mod event;
mod moved;
mod person;
mod steps;

pub use case::{Action, ActionKind, Case, CaseError, CaseState, OfficialDocument, Step};
pub use catalogue::{Channel, Correction, Document, Procedure, catalogue, procedure};
pub use deadline::{Anchor, Deadline, DeadlineKind, DueDay, Shift, deadline};
pub use decided::{DecidedComparison, DecidedDifference, StandardNotice, compare_decided};
pub use duties::duties;
pub use duty::{AgeReached, Duties, Duty, Filed, Occurrence, Period, Question, Reported, ReportedKind};
pub use error::ProcedureError;
pub use event::LifeEvent;
pub use moved::{Change, Move, Why, moved};
