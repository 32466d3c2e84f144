//! What a commit means, once for all backends: the one writer of an office.
//!
//! Whoever commits checks, hashes and encodes on its own thread, then waits in the queue. The first one there leads: it writes all that
//! wait in one transaction and wakes them. There is no thread of an office's own.

mod apply;
mod prepare;
mod queue;
mod restore;
mod tail;

use std::sync::{Arc, Mutex, PoisonError};

use kura_journal::{EntryClock, EntryDraft, Opening};

use crate::commit::{Commit, Receipt};
use crate::error::{CommitError, Fault};
use crate::find::Limit;
use crate::given::{Clock, Entropy, SealEntry};
use crate::head::Head;
use crate::replay::{Replay, ReplayError};
use crate::rows::Transactions;
use prepare::Prepared;
use queue::Queue;

/// The writer of one office.
pub struct Writer {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    queue: Queue,
    /// What the clock said last, so that a jump back is said once. Nothing before the first entry of this process.
    entry_clock: Mutex<Option<EntryClock>>,
}

impl Writer {
    /// A writer with the clock and the chance it is lent.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, queue: Queue::default(), entry_clock: Mutex::new(None) }
    }

    /// Whether a fault closed the office.
    ///
    /// # Errors
    /// [`Fault::Closed`].
    pub fn check_open(&self) -> Result<(), Fault> {
        self.queue.check_open()
    }

    /// Closes the office for this process, if the fault is of that sort: a backend's reads may meet one as well.
    pub fn close_after(&self, fault: &Fault) {
        self.queue.close_after(fault);
    }

    /// [`Office::commit`](crate::Office::commit).
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn commit(
        &self,
        to: &dyn Transactions,
        seal: &Arc<dyn SealEntry>,
        commit: Commit,
    ) -> Result<Receipt, CommitError> {
        self.submit(to, seal, Prepared::of(to.office(), commit)?)
    }

    /// [`Office::promote`](crate::Office::promote).
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn promote(
        &self,
        to: &dyn Transactions,
        seal: &Arc<dyn SealEntry>,
        opening: Opening,
        entry: EntryDraft,
    ) -> Result<Receipt, CommitError> {
        self.submit(to, seal, Prepared::opening(to.office(), opening, entry)?)
    }

    /// [`Office::acknowledge`](crate::Office::acknowledge).
    ///
    /// # Errors
    /// [`Fault`].
    pub fn acknowledge(&self, to: &dyn Transactions, before: u64) -> Result<(), Fault> {
        self.alone(to, &mut |rows| {
            let mut head = rows.head()?;
            let before = before.min(head.next_seq());
            if before > head.acknowledged_before {
                head.acknowledged_before = before;
                rows.set_head(&head)?;
            }
            Ok(())
        })
    }

    /// [`Office::prune`](crate::Office::prune).
    ///
    /// # Errors
    /// [`Fault`].
    pub fn prune(&self, to: &dyn Transactions, before: u64, limit: Limit) -> Result<bool, Fault> {
        let mut more = false;
        self.alone(to, &mut |rows| {
            let mut head = rows.head()?;
            let before = before.min(head.acknowledged_before);
            // What is half gone counts as gone: a page of the history is whole or refused.
            if before > head.kept_from {
                head.kept_from = before;
                rows.set_head(&head)?;
            }
            more = rows.drop_changes(before, limit.get())?;
            Ok(())
        })?;
        Ok(more)
    }

    /// [`Office::replay`](crate::Office::replay).
    ///
    /// # Errors
    /// [`ReplayError`].
    pub fn replay(&self, to: &dyn Transactions, part: &Replay) -> Result<Head, ReplayError> {
        let mut done = Err(ReplayError::NotRestoring);
        let written = self.alone(to, &mut |rows| {
            rows.mark()?;
            let mut tail = tail::Tail::open(to.office(), rows.head()?, None);
            done = restore::replay(rows, &mut tail, part);
            match &done {
                Ok(_) => rows.keep(),
                Err(ReplayError::Fault(fault)) => Err(fault.clone()),
                Err(_) => rows.take_back(),
            }
        });
        // The next stamp starts from the last entry that came.
        *self.entry_clock.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match written {
            Ok(()) => done,
            Err(fault) => Err(ReplayError::Fault(fault)),
        }
    }

    fn submit(
        &self,
        to: &dyn Transactions,
        seal: &Arc<dyn SealEntry>,
        prepared: Prepared,
    ) -> Result<Receipt, CommitError> {
        self.queue.submit(prepared, Arc::clone(seal), |batch| self.write(to, batch), || to.tidy())
    }

    /// Writes a batch in one transaction: to each commit its own answer, or one fault for all.
    fn write(&self, to: &dyn Transactions, batch: &mut [queue::Waiting]) -> Result<(), Fault> {
        let mut entry_clock = self.entry_clock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut clock_after = *entry_clock;
        to.transact(&mut |rows| {
            let mut tail = tail::Tail::open(to.office(), rows.head()?, *entry_clock);
            for waiting in batch.iter_mut() {
                waiting.answer = Some(apply::apply(rows, &mut tail, self, waiting)?);
            }
            clock_after = Some(tail.clock());
            tail.close(rows)
        })?;
        *entry_clock = clock_after;
        Ok(())
    }

    /// Work beside the queue: the backend lets one transaction in at a time.
    fn alone(&self, to: &dyn Transactions, work: crate::rows::Work<'_>) -> Result<(), Fault> {
        self.queue.check_open()?;
        to.transact(work).and_then(|()| to.tidy()).inspect_err(|fault| self.queue.close_after(fault))
    }
}
