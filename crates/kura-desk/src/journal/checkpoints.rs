//! 検証点: the journal's head for the vault to sign, the signed ones kept, and the proof that a journal continues one of them.
//!
//! Where they lie: in the office's own store, the newest of a day under one record. There they travel with the journal they belong to, into
//! the archive, a restore and another house, and need no second key. A witness they are not: who puts the whole file back puts them back
//! with it. That is found by whoever remembers a checkpoint elsewhere (the vault that signed it, a device at sign-in) and asks for
//! [`Room::prove_since`].

use kura_id::RecordId;
use kura_journal::{
    Action, Actor, Checkpoint, Consistency, ContentHash, EntryDraft, LogOrigin, ProveError, Purpose, SignedCheckpoint,
    prove_consistency, root_at,
};
use kura_store::{Keys, ReadError, Reads, RecordName, Values};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, CHECKPOINT};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::find_all;

const DAY_MS: u64 = 86_400_000;

impl Room {
    /// Size and root of the journal, for the log key to sign.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn checkpoint(&self) -> Result<Checkpoint, DeskError> {
        let head = self.office.head()?;
        let origin = LogOrigin { office: self.id(), epoch: head.epoch };
        Ok(Checkpoint { origin, size: head.size(), root: head.root() })
    }

    /// The same, where something was written since the newest checkpoint that is kept, besides that it was kept.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn checkpoint_due(&self) -> Result<Option<Checkpoint>, DeskError> {
        let reads = self.office.snapshot()?;
        let kept = self.newest_note(reads.as_ref())?.map(|note| note.checkpoint.size.saturating_add(1));
        drop(reads);
        let now = self.checkpoint()?;
        Ok(kept.is_none_or(|kept| now.size > kept).then_some(now))
    }

    /// Keeps a checkpoint that the log key signed.
    ///
    /// # Errors
    /// [`DeskError::Forked`] where it is none of this journal.
    pub fn keep_checkpoint(&self, signed: &SignedCheckpoint) -> Result<(), DeskError> {
        let checkpoint = signed.checkpoint();
        let mut work = Work::new(self);
        {
            let reads = self.office.snapshot()?;
            let origin = LogOrigin { office: self.id(), epoch: reads.head()?.epoch };
            if checkpoint.origin != origin {
                return Err(DeskError::Forked { size: checkpoint.size });
            }
            continues(reads.as_ref(), checkpoint)?;
            let day = self.now()?.get() / DAY_MS;
            let id = RecordId::from_parts(day.saturating_mul(DAY_MS), [0; 10])?;
            let name = RecordName { kind: CHECKPOINT, id };
            let expected = reads.get(name)?.map_or(0, |record| record.version);
            let unit = self.own_unit()?;
            let keys = Keys::new([kinds::of_client(None, unit)])?;
            work.put(Draft { name, unit, expected, body: signed.to_string().into_bytes(), keys });
        }
        let told = EntryDraft::new(self.id(), Actor::SYSTEM, Action::Archive, Purpose::Maintenance);
        work.commit(self.new_request()?, told)?;
        Ok(())
    }

    /// 訓練: that a drill was run, with the hash of what it said.
    ///
    /// # Errors
    /// No right, or the store does not answer.
    pub fn note_drill(&self, scope: &Scope, said: &str) -> Result<(), DeskError> {
        let actor = scope.may(Resource::Journal, Operation::Verify, Over::Office, self.now()?)?;
        let mut told = EntryDraft::new(self.id(), actor, Action::Drill, Purpose::Maintenance);
        told.artefact = Some(ContentHash::of(said.as_bytes()));
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(())
    }

    /// The proof that the journal continues a checkpoint somebody remembers, up to the checkpoint of now.
    ///
    /// # Errors
    /// [`DeskError::Forked`] where it does not.
    pub fn prove_since(&self, known: &Checkpoint) -> Result<(Checkpoint, Consistency), DeskError> {
        let reads = self.office.snapshot()?;
        let head = reads.head()?;
        if known.origin.office != self.id() {
            return Err(DeskError::Forked { size: known.size });
        }
        continues(reads.as_ref(), known)?;
        let origin = LogOrigin { office: self.id(), epoch: head.epoch };
        let now = Checkpoint { origin, size: head.size(), root: head.root() };
        let proof = prove_consistency(reads.as_ref(), known.size, now.size).map_err(unproven)?;
        Ok((now, proof))
    }

    /// Whether the journal continues the newest checkpoint that is kept: asked at each sign-in.
    pub(crate) fn check_kept(&self) -> Result<(), DeskError> {
        let reads = self.office.snapshot()?;
        match self.newest_note(reads.as_ref())? {
            Some(note) => continues(reads.as_ref(), &note.checkpoint),
            None => Ok(()),
        }
    }

    /// The kept notes, by rising size.
    pub(super) fn notes(&self, reads: &dyn Reads) -> Result<Vec<Note>, DeskError> {
        let mut notes = Vec::new();
        for hit in find_all(reads, CHECKPOINT, Values::all())? {
            notes.extend(self.note(reads, hit.id)?);
        }
        notes.sort_by_key(|note| note.checkpoint.size);
        Ok(notes)
    }

    fn newest_note(&self, reads: &dyn Reads) -> Result<Option<Note>, DeskError> {
        match find_all(reads, CHECKPOINT, Values::all())?.last() {
            Some(hit) => self.note(reads, hit.id),
            None => Ok(None),
        }
    }

    fn note(&self, reads: &dyn Reads, id: RecordId) -> Result<Option<Note>, DeskError> {
        let name = RecordName { kind: CHECKPOINT, id };
        let Some(record) = reads.get(name)? else { return Ok(None) };
        let body = self.unseal(reads, &record)?;
        let text = std::str::from_utf8(&body).map_err(|_| DeskError::Shape { name })?;
        let signed = text.split_once("\n\n").map(|(signed, _)| format!("{signed}\n"));
        let checkpoint = signed.and_then(|signed| signed.parse().ok()).ok_or(DeskError::Shape { name })?;
        Ok(Some(Note { text: text.to_owned(), checkpoint }))
    }
}

/// A signed checkpoint as it is kept.
pub(super) struct Note {
    pub(super) text: String,
    pub(super) checkpoint: Checkpoint,
}

fn continues(reads: &dyn Reads, known: &Checkpoint) -> Result<(), DeskError> {
    let forked = Err(DeskError::Forked { size: known.size });
    if known.size > reads.head()?.size() {
        return forked;
    }
    let root = root_at(reads, known.size).map_err(unproven)?;
    if root == known.root { Ok(()) } else { forked }
}

fn unproven(error: ProveError<ReadError>) -> DeskError {
    match error {
        ProveError::OutOfRange | ProveError::Missing => DeskError::Tree,
        ProveError::Store(error) => error.into(),
    }
}
