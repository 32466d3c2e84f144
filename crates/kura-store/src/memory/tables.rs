//! The tables as ordered maps, and the questions put to them.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use kura_id::{Kind, RecordId, RequestId, UnitId};
use kura_journal::{LeafHash, TreeHash};

use crate::commit::{Becomes, Receipt, Wrap};
use crate::error::ReadError;
use crate::find::{Find, Hit, Limit, Page};
use crate::head::Head;
use crate::record::{Index, Key, Keys, Record, RecordName};
use crate::seam::{ChangePlace, Reads, StoredChange, StoredEntry};

/// A row of an index.
pub(super) type KeyRow = (Kind, Index, Vec<u8>, RecordId);

/// All tables of one office.
#[derive(Clone)]
pub(super) struct Tables {
    pub(super) head: Head,
    pub(super) records: BTreeMap<RecordName, Arc<StoredChange>>,
    pub(super) keys: BTreeMap<KeyRow, ()>,
    pub(super) changes: BTreeMap<(u64, RecordName), Arc<StoredChange>>,
    pub(super) journal: BTreeMap<u64, StoredEntry>,
    pub(super) subtrees: BTreeMap<(u8, u64), TreeHash>,
    pub(super) receipts: BTreeMap<RequestId, Receipt>,
    pub(super) keyring: BTreeMap<UnitId, Wrap>,
}

impl Tables {
    pub(super) fn new(restoring: bool) -> Self {
        Self {
            head: Head::new(restoring),
            records: BTreeMap::new(),
            keys: BTreeMap::new(),
            changes: BTreeMap::new(),
            journal: BTreeMap::new(),
            subtrees: BTreeMap::new(),
            receipts: BTreeMap::new(),
            keyring: BTreeMap::new(),
        }
    }

    fn hits(&self, question: &Find) -> impl Iterator<Item = Hit> {
        let Find { kind, index, values, after, .. } = question;
        let row = |value: &[u8], id: RecordId| (*kind, *index, value.to_vec(), id);
        let start = match after {
            Some(hit) if hit.value.as_slice() >= values.from() => Bound::Excluded(row(&hit.value, hit.id)),
            _ => Bound::Included(row(values.from(), first_id())),
        };
        let (kind, index) = (*kind, *index);
        self.keys
            .range((start, Bound::Unbounded))
            .map(|(row, ())| row)
            .take_while(move |(of, by, value, _)| (*of, *by) == (kind, index) && values.reach(value))
            .map(|(_, _, value, id)| Hit { value: value.clone(), id: *id })
    }
}

/// The id that sorts before all others.
#[expect(clippy::expect_used, reason = "constant parts")]
fn first_id() -> RecordId {
    RecordId::from_parts(0, [0; 10]).expect("time zero fits into an id")
}

impl Reads for Arc<Tables> {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        Ok(self.records.get(&name).and_then(|row| record(row)))
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        names.iter().map(|name| self.get(*name)).collect()
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        Ok(self.records.get(&name).map(|row| row.becomes.keys().clone()).unwrap_or_default())
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        let rows = usize::from(question.limit.get());
        let mut hits: Vec<Hit> = self.hits(question).take(rows.saturating_add(1)).collect();
        let more = hits.len() > rows;
        hits.truncate(rows);
        Ok(Page { hits, more })
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.records.range((start, Bound::Unbounded)).take(usize::from(limit.get()));
        Ok(rows.map(|(_, row)| StoredChange::clone(row)).collect())
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        Ok(self.keyring.get(&unit).cloned())
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.keyring.range((start, Bound::Unbounded)).take(usize::from(limit.get()));
        Ok(rows.map(|(unit, wrap)| (*unit, wrap.clone())).collect())
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        Ok(self.receipts.get(&request).copied())
    }

    fn head(&self) -> Result<Head, ReadError> {
        Ok(self.head.clone())
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        Ok(self.journal.range(seq..).take(usize::from(limit.get())).map(|(_, entry)| entry.clone()).collect())
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        Ok(self.journal.range(first..).take(usize::from(limit.get())).map(|(_, entry)| entry.leaf).collect())
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        let rows = self.subtrees.range((level, first)..=(level, u64::MAX));
        Ok(rows.take(usize::from(limit.get())).map(|(_, hash)| *hash).collect())
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        if place.seq < self.head.kept_from {
            return Err(ReadError::Pruned { kept_from: self.head.kept_from });
        }
        let within =
            |(seq, name): &(u64, RecordName)| *seq > place.seq || place.after.is_none_or(|after| *name > after);
        let first = (place.seq, RecordName { kind: Kind::new(0), id: first_id() });
        let rows = self.changes.range(first..).filter(|(row, _)| within(row)).take(usize::from(limit.get()));
        Ok(rows.map(|(_, change)| StoredChange::clone(change)).collect())
    }
}

fn record(row: &StoredChange) -> Option<Record> {
    let StoredChange { name, unit, version, becomes, .. } = row;
    let Becomes::Sealed { schema, bytes, .. } = becomes else { return None };
    Some(Record { name: *name, unit: *unit, version: *version, schema: *schema, sealed: bytes.clone() })
}

/// The row of a key.
pub(super) fn key_row(name: RecordName, key: &Key) -> KeyRow {
    (name.kind, key.index, key.value.clone(), name.id)
}
