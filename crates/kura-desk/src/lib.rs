#![doc = include_str!("../README.md")]

pub mod authority;
mod books;
mod chance;
mod desk;
mod dictionaries;
mod erasure;
mod error;
mod ids;
mod journal;
mod keys;
mod kinds;
mod looks;
mod records;
mod retention;
mod room;
mod rotation;
mod runs;
mod scope;
mod shelf;
mod text;
mod users;

pub use books::{Exported, Imported};
pub use desk::{Beginning, Desk};
pub use erasure::Erasure;
pub use error::DeskError;
pub use journal::{JournalFilter, JournalPage, RecordsChecked, RecordsWrong, Told};
pub use keys::Lease;
pub use looks::Found;
pub use retention::{Clock, Kept, Proposal, Retention, Start, StillHeld, retention};
pub use room::Room;
pub use rotation::{Resealed, Rewrapped};
pub use runs::{Published, Ran, Run, RunKind, RunOrder, RunState};
pub use scope::Scope;
pub use users::User;
