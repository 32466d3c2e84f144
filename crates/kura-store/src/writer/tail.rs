//! The end of a journal within one transaction.

use kura_id::OfficeId;
use kura_journal::{
    EncodedDraft, EntryClock, EntryDraft, LeafHash, LogEpoch, Opening, Salt, SealedPayload, UnixMillis,
};

use crate::error::{CommitError, Fault, Refusal};
use crate::given::{Entropy, SealEntry};
use crate::head::Head;
use crate::rows::Rows;
use crate::seam::StoredEntry;

/// What grows with each entry. A copy brings it back to a mark.
#[derive(Clone)]
pub(super) struct Tail {
    office: OfficeId,
    head: Head,
    clock: EntryClock,
    grown: bool,
}

/// What an entry is made with.
pub(super) struct Pen<'a> {
    pub(super) seal: &'a dyn SealEntry,
    pub(super) entropy: &'a dyn Entropy,
}

impl Tail {
    pub(super) fn open(office: OfficeId, head: Head, clock: Option<EntryClock>) -> Self {
        let clock = clock.unwrap_or(EntryClock::after(head.last_at));
        Self { office, head, clock, grown: false }
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    pub(super) fn clock(&self) -> EntryClock {
        self.clock
    }

    /// The time of what is written now. Where the clock jumped back, an entry says so first.
    pub(super) fn stamp(
        &mut self,
        rows: &mut dyn Rows,
        pen: &Pen<'_>,
        now: UnixMillis,
    ) -> Result<UnixMillis, CommitError> {
        let stamp = self.clock.stamp(now);
        if let Some(skew) = stamp.skew {
            let draft = EntryDraft::clock_skew(self.office, skew).encode().map_err(Refusal::Entry)?;
            self.append(rows, pen, stamp.at, &draft, None)?;
        }
        Ok(stamp.at)
    }

    /// Writes one entry; returns its number and hash.
    pub(super) fn append(
        &mut self,
        rows: &mut dyn Rows,
        pen: &Pen<'_>,
        at: UnixMillis,
        draft: &EncodedDraft,
        opening: Option<&Opening>,
    ) -> Result<(u64, LeafHash), CommitError> {
        let seq = self.head.next_seq();
        let sealed = pen.seal.seal(self.office, seq, &draft.at(at))?;
        let payload = match opening {
            Some(opening) => SealedPayload::opening_epoch(seq, at, opening, &sealed),
            None => SealedPayload::new(seq, at, &sealed),
        };
        let payload = payload.map_err(|_| Refusal::TooLarge)?;
        let mut salt = [0; 32];
        pen.entropy.fill(&mut salt)?;
        let salt = Salt::from_bytes(salt);
        let leaf = payload.leaf(&salt);
        self.take(
            rows,
            &StoredEntry { seq, at, salt, payload: payload.bytes().to_vec(), leaf },
            opening.map(|it| it.epoch),
        )?;
        Ok((seq, leaf))
    }

    /// Takes a ready entry as the next one.
    pub(super) fn take(
        &mut self,
        rows: &mut dyn Rows,
        entry: &StoredEntry,
        epoch: Option<LogEpoch>,
    ) -> Result<(), Fault> {
        let complete = self.head.frontier.push(entry.leaf).map_err(|full| Fault::damaged(full.to_string()))?;
        rows.add_entry(entry)?;
        for subtree in &complete {
            rows.add_subtree(subtree)?;
        }
        self.head.last_at = entry.at;
        self.head.epoch = epoch.unwrap_or(self.head.epoch);
        self.grown = true;
        Ok(())
    }

    /// The changes up to this number do not come back with a restore.
    pub(super) fn history_begins_behind(&mut self, seq: u64) {
        self.head.kept_from = self.head.kept_from.max(seq.saturating_add(1));
        self.grown = true;
    }

    /// Ends a restore.
    pub(super) fn promote(&mut self) {
        self.head.restoring = false;
        self.grown = true;
    }

    /// Stores the head, if anything was added.
    pub(super) fn close(&self, rows: &mut dyn Rows) -> Result<(), Fault> {
        if self.grown { rows.set_head(&self.head) } else { Ok(()) }
    }
}
