#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod catalogue;
mod deadline;
mod desk;
mod duties;
mod duty;
mod error;
mod event;
mod person;
mod steps;

pub use catalogue::{Channel, Correction, Document, Procedure, catalogue, procedure};
pub use deadline::{Anchor, Deadline, DeadlineKind, DueDay, Shift, deadline};
pub use duties::duties;
pub use duty::{AgeReached, Duties, Duty, Filed, Occurrence, Period, Question, Reported, ReportedKind};
pub use error::ProcedureError;
pub use event::LifeEvent;
