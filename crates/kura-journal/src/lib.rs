#![doc = include_str!("../README.md")]

mod clock;
mod closed_list;
mod entry;
mod epoch;
mod leaf;
mod tree;

pub use clock::{ClockSkew, EntryClock, Stamp, UnixMillis};
pub use closed_list::UnknownNumber;
pub use entry::{
    Action, Actor, Authentication, Class, ContentHash, Detail, EncodedDraft, Entry, EntryDraft, EntryError, Item,
    LIST_MAX, NotAHash, Origin, Part, Purpose, RecordVersion, Role,
};
pub use epoch::{LogEpoch, Opening};
pub use leaf::{LeafHash, PAYLOAD_BYTES_MAX, PayloadError, Salt, SealedPayload};
pub use tree::{Complete, Frontier, FrontierError, SIZE_MAX, TILE_HEIGHT, TreeHash};
