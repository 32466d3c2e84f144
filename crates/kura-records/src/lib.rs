#![doc = include_str!("../README.md")]

mod cell;
mod drawer;
mod error;
mod merge;
mod read;
mod write;

pub use drawer::{Drawer, Owner, RecordKey};
pub use error::RecordError;
pub use merge::{Difference, Merged, merge};
pub use read::{Parsed, join};
pub use write::{BookRecord, split};

/// The form in which bodies are written. A reader of form N reads N - 1 as well; there is no earlier one yet.
pub const SCHEMA: u16 = 1;
