//! What a backend gives to the writer: plain rows in one transaction. What a commit means stands in [`crate::writer`], once for all
//! backends.

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::Complete;

use crate::commit::{Receipt, Wrap};
use crate::error::Fault;
use crate::head::Head;
use crate::record::{Key, Keys, RecordName};
use crate::seam::{StoredChange, StoredEntry};

/// The present row of a record, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Its version; a deletion counts.
    pub version: u64,
    /// Its keys; none after a deletion.
    pub keys: Keys,
}

/// The rows of one office within one transaction. Every fault ends the whole transaction.
pub trait Rows {
    /// Marks a place to come back to. Marks do not nest.
    ///
    /// # Errors
    /// [`Fault`].
    fn mark(&mut self) -> Result<(), Fault>;

    /// Keeps what was written since the mark.
    ///
    /// # Errors
    /// [`Fault`].
    fn keep(&mut self) -> Result<(), Fault>;

    /// Takes back what was written since the mark.
    ///
    /// # Errors
    /// [`Fault`].
    fn take_back(&mut self) -> Result<(), Fault>;

    /// The head as stored.
    ///
    /// # Errors
    /// [`Fault`].
    fn head(&mut self) -> Result<Head, Fault>;

    /// Stores the head.
    ///
    /// # Errors
    /// [`Fault`].
    fn set_head(&mut self, head: &Head) -> Result<(), Fault>;

    /// The receipt a request got.
    ///
    /// # Errors
    /// [`Fault`].
    fn receipt(&mut self, request: RequestId) -> Result<Option<Receipt>, Fault>;

    /// Stores a receipt.
    ///
    /// # Errors
    /// [`Fault`].
    fn add_receipt(&mut self, request: RequestId, receipt: &Receipt) -> Result<(), Fault>;

    /// The present row of a record.
    ///
    /// # Errors
    /// [`Fault`].
    fn present(&mut self, name: RecordName) -> Result<Option<Present>, Fault>;

    /// Makes the present row what the change says. `first` says that there is none yet.
    ///
    /// # Errors
    /// [`Fault`].
    fn put_record(&mut self, change: &StoredChange, first: bool) -> Result<(), Fault>;

    /// Adds a key of a record.
    ///
    /// # Errors
    /// [`Fault`].
    fn add_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault>;

    /// Removes a key of a record.
    ///
    /// # Errors
    /// [`Fault`].
    fn remove_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault>;

    /// Adds to the history.
    ///
    /// # Errors
    /// [`Fault`].
    fn add_change(&mut self, change: &StoredChange) -> Result<(), Fault>;

    /// Drops changes before a number, at most `limit`; returns whether there are more.
    ///
    /// # Errors
    /// [`Fault`].
    fn drop_changes(&mut self, before: u64, limit: u16) -> Result<bool, Fault>;

    /// Adds to the journal.
    ///
    /// # Errors
    /// [`Fault`].
    fn add_entry(&mut self, entry: &StoredEntry) -> Result<(), Fault>;

    /// Adds a complete subtree.
    ///
    /// # Errors
    /// [`Fault`].
    fn add_subtree(&mut self, complete: &Complete) -> Result<(), Fault>;

    /// What a unit has in the keyring.
    ///
    /// # Errors
    /// [`Fault`].
    fn wrap(&mut self, unit: UnitId) -> Result<Option<Wrap>, Fault>;

    /// Sets what a unit has in the keyring. What stood there before must be gone from the medium's reachable bytes soon after.
    ///
    /// # Errors
    /// [`Fault`].
    fn set_wrap(&mut self, unit: UnitId, wrap: &Wrap) -> Result<(), Fault>;
}

/// Work within a transaction.
pub type Work<'a> = &'a mut dyn FnMut(&mut dyn Rows) -> Result<(), Fault>;

/// An office's writing side, as a backend has it.
pub trait Transactions: Send + Sync {
    /// Whose rows.
    fn office(&self) -> OfficeId;

    /// Does the work in one transaction and makes it durable before it returns; on any fault nothing of it is there.
    ///
    /// # Errors
    /// The work's [`Fault`], or the backend's.
    fn transact(&self, work: Work<'_>) -> Result<(), Fault>;

    /// What a backend puts off until those who wait have their answer. What was committed is durable without it.
    ///
    /// # Errors
    /// The backend's [`Fault`].
    fn tidy(&self) -> Result<(), Fault> {
        Ok(())
    }
}
