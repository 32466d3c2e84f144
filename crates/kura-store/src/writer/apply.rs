//! One commit against the rows.

use kura_journal::UnixMillis;

use super::Writer;
use super::prepare::{Prepared, PreparedChange};
use super::queue::Waiting;
use super::tail::{Pen, Tail};
use crate::commit::{KeyringChange, Receipt, Wrap};
use crate::error::{CommitError, Fault, Refusal};
use crate::record::Keys;
use crate::rows::{Present, Rows};
use crate::seam::StoredChange;

type Answer = Result<Receipt, CommitError>;

/// Writes a commit, or leaves no trace of it. A fault is not the commit's own: it ends the batch.
pub(super) fn apply(
    rows: &mut dyn Rows,
    tail: &mut Tail,
    writer: &Writer,
    waiting: &mut Waiting,
) -> Result<Answer, Fault> {
    let prepared = &mut waiting.prepared;
    if let Some(request) = prepared.request
        && let Some(receipt) = rows.receipt(request)?
    {
        return Ok(Ok(receipt));
    }
    rows.mark()?;
    let before = tail.clone();
    let pen = Pen { seal: &*waiting.seal, entropy: &*writer.entropy };
    let now = writer.clock.unix_millis().map(UnixMillis::new);
    match now.map_err(CommitError::NotLent).and_then(|now| write(rows, tail, &pen, now, prepared)) {
        Ok(receipt) => rows.keep().map(|()| Ok(receipt)),
        Err(CommitError::Fault(fault)) => Err(fault),
        Err(own) => {
            *tail = before;
            rows.take_back().map(|()| Err(own))
        }
    }
}

fn write(rows: &mut dyn Rows, tail: &mut Tail, pen: &Pen<'_>, now: UnixMillis, prepared: &mut Prepared) -> Answer {
    if tail.head().restoring != prepared.opening.is_some() {
        return Err(CommitError::Restoring);
    }
    let found = prepared.changes.iter().map(|change| agree(rows, change)).collect::<Result<Vec<_>, _>>()?;
    change_keyring(rows, &prepared.keyring)?;
    let at = tail.stamp(rows, pen, now)?;
    let mut told = Vec::with_capacity(prepared.entries.len());
    for entry in &prepared.entries {
        told.push(tail.append(rows, pen, at, entry, prepared.opening.as_ref())?);
    }
    for (change, present) in prepared.changes.iter_mut().zip(found) {
        let (seq, _) = told.get(change.entry).ok_or_else(|| Fault::damaged("entry of a change"))?;
        change.row.seq = *seq;
        put(rows, &change.row, present.as_ref())?;
        rows.add_change(&change.row)?;
    }
    if prepared.opening.is_some() {
        tail.promote();
    }
    let (Some((first_seq, _)), Some((seq, leaf))) = (told.first().copied(), told.last().copied()) else {
        return Err(CommitError::Refused(Refusal::NoEntry));
    };
    let receipt = Receipt { first_seq, seq, leaf };
    if let Some(request) = prepared.request {
        rows.add_receipt(request, &receipt)?;
    }
    Ok(receipt)
}

/// The present row, if the change counted on it.
fn agree(rows: &mut dyn Rows, change: &PreparedChange) -> Result<Option<Present>, CommitError> {
    let present = rows.present(change.row.name)?;
    let found = present.as_ref().map_or(0, |present| present.version);
    if found == change.expected {
        Ok(present)
    } else {
        Err(CommitError::Conflict { name: change.row.name, expected: change.expected, found })
    }
}

/// Record and keys of one version.
pub(super) fn put(rows: &mut dyn Rows, change: &StoredChange, present: Option<&Present>) -> Result<(), Fault> {
    let none = Keys::NONE;
    let old = present.map_or(&none, |present| &present.keys);
    let new = change.becomes.keys();
    for key in old.iter().filter(|key| !new.has(key)) {
        rows.remove_key(change.name, key)?;
    }
    for key in new.iter().filter(|key| !old.has(key)) {
        rows.add_key(change.name, key)?;
    }
    rows.put_record(change, present.is_none())
}

fn change_keyring(rows: &mut dyn Rows, changes: &[KeyringChange]) -> Result<(), CommitError> {
    for change in changes {
        let erased = rows.wrap(change.unit())? == Some(Wrap::Destroyed);
        match change {
            KeyringChange::Wrap { unit, .. } if erased => return Err(CommitError::Erased { unit: *unit }),
            KeyringChange::Wrap { unit, wrapped } => rows.set_wrap(*unit, &Wrap::Held(wrapped.clone()))?,
            KeyringChange::Destroy { .. } if erased => {}
            KeyringChange::Destroy { unit } => rows.set_wrap(*unit, &Wrap::Destroyed)?,
        }
    }
    Ok(())
}
