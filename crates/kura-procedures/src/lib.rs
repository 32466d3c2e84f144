#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod catalogue;
mod deadline;
mod error;
mod event;
mod steps;

pub use catalogue::{Channel, Correction, Document, Procedure, catalogue, procedure};
pub use deadline::{Anchor, Deadline, DeadlineKind, DueDay, Shift, deadline};
pub use error::ProcedureError;
pub use event::LifeEvent;
