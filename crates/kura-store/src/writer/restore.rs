//! A part of a restore against the rows.

use kura_journal::SealedPayload;

use super::apply::put;
use super::tail::Tail;
use crate::commit::Wrap;
use crate::head::Head;
use crate::replay::{Replay, ReplayError};
use crate::rows::Rows;
use crate::seam::{StoredChange, StoredEntry};

pub(super) fn replay(rows: &mut dyn Rows, tail: &mut Tail, part: &Replay) -> Result<Head, ReplayError> {
    if !tail.head().restoring {
        return Err(ReplayError::NotRestoring);
    }
    for entry in &part.entries {
        take_entry(rows, tail, entry)?;
    }
    if let Some(state) = &part.state {
        for change in &state.present {
            take_change(rows, tail.head(), change, false)?;
        }
        tail.history_begins_behind(state.at);
    }
    for change in &part.changes {
        take_change(rows, tail.head(), change, true)?;
    }
    for (unit, wrap) in &part.keyring {
        // An erasure outlives every older copy of the keyring.
        if rows.wrap(*unit)? != Some(Wrap::Destroyed) {
            rows.set_wrap(*unit, wrap)?;
        }
    }
    tail.close(rows)?;
    Ok(tail.head().clone())
}

fn take_entry(rows: &mut dyn Rows, tail: &mut Tail, entry: &StoredEntry) -> Result<(), ReplayError> {
    let seq = entry.seq;
    let expected = tail.head().next_seq();
    if seq != expected {
        return Err(ReplayError::Gap { expected, found: seq });
    }
    let payload = SealedPayload::from_bytes(entry.payload.clone());
    let payload = payload.map_err(|error| ReplayError::Payload { seq, error })?;
    if (payload.seq(), payload.at()) != (seq, entry.at) {
        return Err(ReplayError::WrongHead { seq });
    }
    if payload.leaf(&entry.salt) != entry.leaf {
        return Err(ReplayError::WrongHash { seq });
    }
    if entry.at < tail.head().last_at {
        return Err(ReplayError::Backwards { seq });
    }
    Ok(tail.take(rows, entry, payload.opening().map(|opening| opening.epoch))?)
}

fn take_change(rows: &mut dyn Rows, head: &Head, change: &StoredChange, history: bool) -> Result<(), ReplayError> {
    if change.seq >= head.next_seq() || change.seq == 0 {
        return Err(ReplayError::NotJournaled { name: change.name, seq: change.seq });
    }
    let present = rows.present(change.name)?;
    // A part may come twice: what is here already stays.
    if present.as_ref().is_some_and(|present| present.version >= change.version) {
        return Ok(());
    }
    put(rows, change, present.as_ref())?;
    if history {
        rows.add_change(change)?;
    }
    Ok(())
}
