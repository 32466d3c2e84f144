//! The seam: what every backend can do, in words of the house.

use std::sync::Arc;

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::{EntryDraft, LeafHash, Opening, Salt, TreeHash, UnixMillis};

use crate::commit::{Becomes, Commit, Receipt, Wrap};
use crate::error::{CommitError, Fault, OpenError, ReadError, UpkeepError};
use crate::find::{Find, Limit, Page};
use crate::given::SealEntry;
use crate::head::Head;
use crate::record::{Keys, Record, RecordName};
use crate::replay::{Replay, ReplayError};

/// All offices of an installation.
pub trait Store: Send + Sync {
    /// The offices there are, oldest first. The house is none of them.
    ///
    /// # Errors
    /// [`Fault`] of the disk.
    fn offices(&self) -> Result<Vec<OfficeId>, Fault>;

    /// Makes an office. It is there whole or not at all, whatever happens meanwhile.
    ///
    /// # Errors
    /// [`OpenError::Exists`], or a fault.
    fn create_office(&self, office: OfficeId, beginning: Beginning) -> Result<(), OpenError>;

    /// Opens an office; `seal` seals the journal payloads of what is committed through this handle. A handle is small and may be kept:
    /// what it holds open, the store closes when others need the room.
    ///
    /// # Errors
    /// [`OpenError`].
    fn open_office(&self, office: OfficeId, seal: Arc<dyn SealEntry>) -> Result<Arc<dyn Office>, OpenError>;

    /// Opens the house store, and makes it on the first day: what exists before any office has a key (offices, sign-in directory,
    /// credentials, sessions, jobs, settings) lies in a store of the same make under [`house`], with a journal of its own.
    ///
    /// # Errors
    /// [`OpenError`].
    fn open_house(&self, seal: Arc<dyn SealEntry>) -> Result<Arc<dyn Office>, OpenError> {
        match self.open_office(house(), Arc::clone(&seal)) {
            Err(OpenError::NotFound { .. }) => match self.create_office(house(), Beginning::Empty) {
                Ok(()) | Err(OpenError::Exists { .. }) => self.open_office(house(), seal),
                Err(error) => Err(error),
            },
            opened => opened,
        }
    }
}

/// The id under which the house store lies: the one of time and chance zero, which no office can get.
///
/// # Panics
/// Never: the parts are constant.
#[must_use]
#[expect(clippy::expect_used, reason = "constant parts; the test of this id would fail first")]
pub fn house() -> OfficeId {
    OfficeId::from_parts(0, [0; 10]).expect("time zero fits into an id")
}

/// How an office begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Empty and ready for commits.
    Empty,
    /// Empty and ready for [`Office::replay`]; commits are refused until [`Office::promote`].
    Restored,
}

/// An office, or one moment of it. Each question is answered from one moment; several from the same one through [`Office::snapshot`].
/// Nothing here waits for the writer.
pub trait Reads {
    /// The present version of a record; nothing where there is none, was none, or another office has it.
    ///
    /// # Errors
    /// [`ReadError`].
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError>;

    /// The same for many, each in its place.
    ///
    /// # Errors
    /// [`ReadError`].
    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError>;

    /// The keys of a record; none where there is no record.
    ///
    /// # Errors
    /// [`ReadError`].
    fn keys(&self, name: RecordName) -> Result<Keys, ReadError>;

    /// A page of an index.
    ///
    /// # Errors
    /// [`ReadError`].
    fn find(&self, question: &Find) -> Result<Page, ReadError>;

    /// The present of every record by rising kind and id, behind `after`: each as the change that made it. What was deleted stands among
    /// them, because its version stays taken.
    ///
    /// # Errors
    /// [`ReadError`].
    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError>;

    /// What a unit has in the keyring; nothing where it never had a wrap.
    ///
    /// # Errors
    /// [`ReadError`].
    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError>;

    /// The keyring by rising unit, behind `after`: it travels by its own way, not with journal and history.
    ///
    /// # Errors
    /// [`ReadError`].
    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError>;

    /// The receipt a request got.
    ///
    /// # Errors
    /// [`ReadError`].
    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError>;

    /// Where the journal stands.
    ///
    /// # Errors
    /// [`ReadError`].
    fn head(&self) -> Result<Head, ReadError>;

    /// Entries from number `seq` on.
    ///
    /// # Errors
    /// [`ReadError`].
    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError>;

    /// The leaf hashes of the entries from number `first` on.
    ///
    /// # Errors
    /// [`ReadError`].
    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError>;

    /// The hashes of the complete subtrees of this level from index `first` (from 0) on, as
    /// [`Complete`](kura_journal::Complete) counts them.
    ///
    /// # Errors
    /// [`ReadError`].
    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError>;

    /// Changes behind a place in the history, by number, kind and id.
    ///
    /// # Errors
    /// [`ReadError::Pruned`] where the history does not reach back so far.
    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError>;
}

/// An office and its one writer.
pub trait Office: Reads + Send + Sync {
    /// Which one.
    fn id(&self) -> OfficeId;

    /// One moment of the office, for several questions. Keep it short: what it sees cannot be tidied away meanwhile.
    ///
    /// # Errors
    /// [`ReadError`].
    fn snapshot(&self) -> Result<Box<dyn Reads + '_>, ReadError>;

    /// Writes a commit whole and returns when it is on the disk. Commits that arrive together share one transaction and one fsync.
    ///
    /// # Errors
    /// [`CommitError`]; nothing of this commit was written then. Only after [`Fault::Io`] it may be there at the next start: the repeat
    /// of the request tells.
    fn commit(&self, commit: Commit) -> Result<Receipt, CommitError>;

    /// The archive holds all entries and changes before this number. Never goes back.
    ///
    /// # Errors
    /// [`UpkeepError`].
    fn acknowledge(&self, before: u64) -> Result<(), UpkeepError>;

    /// Drops changes before this number, as far as the archive acknowledged, at most `limit` of them. Returns whether there are more.
    ///
    /// # Errors
    /// [`UpkeepError`].
    fn prune(&self, before: u64, limit: Limit) -> Result<bool, UpkeepError>;

    /// Puts back what another store held: entries in their order, then the changes they tell of. Every hash is checked.
    ///
    /// # Errors
    /// [`ReplayError`]; nothing of this part was written then.
    fn replay(&self, part: Replay) -> Result<Head, ReplayError>;

    /// Ends a restore: writes the entry that opens the new log epoch, and takes commits from then on.
    ///
    /// # Errors
    /// [`CommitError`].
    fn promote(&self, opening: Opening, entry: EntryDraft) -> Result<Receipt, CommitError>;
}

/// A row of the journal, as it is stored and as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, UTC. The same stands in the head of the payload; here, so that a period can be found.
    pub at: UnixMillis,
    /// Chance, so that the leaf tells nothing about the payload.
    pub salt: Salt,
    /// The payload with its clear head ([`SealedPayload`](kura_journal::SealedPayload)).
    pub payload: Vec<u8>,
    /// Hash of both.
    pub leaf: LeafHash,
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// The entry that tells of it.
    pub seq: u64,
    /// Of which record.
    pub name: RecordName,
    /// Whose key seals it.
    pub unit: UnitId,
    /// The version it made.
    pub version: u64,
    /// What the record became.
    pub becomes: Becomes,
}

/// A place in the history: all changes from number `seq` on, or those behind the named one of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangePlace {
    /// From this number on.
    pub seq: u64,
    /// Where a page ended within the number.
    pub after: Option<RecordName>,
}

impl ChangePlace {
    /// All changes from this number on.
    #[must_use]
    pub const fn from(seq: u64) -> Self {
        Self { seq, after: None }
    }

    /// Behind this change.
    #[must_use]
    pub const fn behind(change: &StoredChange) -> Self {
        Self { seq: change.seq, after: Some(change.name) }
    }
}
