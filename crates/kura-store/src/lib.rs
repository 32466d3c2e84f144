#![doc = include_str!("../README.md")]

mod commit;
mod error;
mod find;
mod given;
mod head;
mod journal_file;
mod memory;
mod past;
mod proofs;
mod record;
mod replay;
pub mod rows;
mod seam;
pub mod writer;

#[cfg(feature = "contract")]
pub mod contract;

pub use commit::{Becomes, CHANGES_MAX, Change, Commit, KeyringChange, Receipt, Wrap};
pub use error::{CommitError, Fault, OpenError, ReadError, Refusal, UpkeepError};
pub use find::{Find, Hit, Limit, PAGE_ROWS_MAX, Page, Values};
pub use given::{Clock, Entropy, NotLent, NotSealed, SealEntry};
pub use head::{FIRST_SEQ, Head};
pub use journal_file::{JournalFileError, write_journal};
pub use memory::MemoryStore;
pub use past::Past;
pub use record::{Index, KEY_VALUE_BYTES_MAX, KEYS_MAX, Key, Keys, KeysError, Record, RecordName, SEALED_BYTES_MAX};
pub use replay::{Replay, ReplayError, State};
pub use seam::{Beginning, ChangePlace, Office, Reads, Store, StoredChange, StoredEntry, house};
