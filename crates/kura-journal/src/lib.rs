#![doc = include_str!("../README.md")]

mod checkpoint;
mod clock;
mod closed_list;
mod entry;
mod epoch;
mod export;
mod key;
mod latest;
mod leaf;
mod note;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, LogOrigin, SignedCheckpoint};
pub use clock::{ClockSkew, EntryClock, Stamp, UnixMillis};
pub use closed_list::UnknownNumber;
pub use entry::{
    Action, Actor, Authentication, Class, ContentHash, Detail, EncodedDraft, Entry, EntryDraft, EntryError, Item,
    LIST_MAX, NotAHash, Origin, Part, Purpose, RecordVersion, Role,
};
pub use epoch::{LogEpoch, Opening};
pub use export::JournalWriter;
pub use key::{LogKey, LogVerifier, NotALogVerifier};
pub use latest::{LatestVersions, VersionWrong};
pub use leaf::{LeafHash, PAYLOAD_BYTES_MAX, PayloadError, Salt, SealedPayload};
pub use note::NoteError;
pub use tree::{
    Complete, Consistency, Frontier, FrontierError, Inclusion, Nodes, ProofWrong, ProveError, SIZE_MAX, TILE_HEIGHT,
    TreeHash, prove_consistency, prove_inclusion, root_at,
};
pub use verify::{Gap, Place, Verdict, Whole, Wrong, verify};
