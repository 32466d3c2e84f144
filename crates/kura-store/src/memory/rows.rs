//! Writing into the tables, with a way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use kura_id::{RequestId, UnitId};
use kura_journal::Complete;

use super::tables::{Tables, key_row};
use crate::commit::{Receipt, Wrap};
use crate::error::Fault;
use crate::head::Head;
use crate::record::{Key, RecordName};
use crate::rows::{Present, Rows};
use crate::seam::{StoredChange, StoredEntry};

/// How to take one write back.
type Undo = Box<dyn FnOnce(&mut Tables)>;

/// The rows of one transaction.
pub(super) struct MemoryRows<'a> {
    tables: &'a mut Tables,
    written: Vec<Undo>,
    mark: usize,
}

impl<'a> MemoryRows<'a> {
    pub(super) fn new(tables: &'a mut Tables) -> Self {
        Self { tables, written: Vec::new(), mark: 0 }
    }

    pub(super) fn take_all_back(&mut self) {
        self.back_to(0);
    }

    fn back_to(&mut self, mark: usize) {
        for undo in self.written.drain(mark..).rev() {
            undo(self.tables);
        }
    }

    /// Sets one row of one table, or removes it.
    fn set<K, V>(&mut self, table: fn(&mut Tables) -> &mut BTreeMap<K, V>, key: K, value: Option<V>)
    where
        K: Ord + Clone + 'static,
        V: 'static,
    {
        let old = put(table(self.tables), key.clone(), value);
        self.written.push(Box::new(move |tables| drop(put(table(tables), key, old))));
    }
}

fn put<K: Ord, V>(table: &mut BTreeMap<K, V>, key: K, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => table.insert(key, value),
        None => table.remove(&key),
    }
}

impl Rows for MemoryRows<'_> {
    fn mark(&mut self) -> Result<(), Fault> {
        self.mark = self.written.len();
        Ok(())
    }

    fn keep(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn take_back(&mut self) -> Result<(), Fault> {
        self.back_to(self.mark);
        Ok(())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        Ok(self.tables.head.clone())
    }

    fn set_head(&mut self, head: &Head) -> Result<(), Fault> {
        let old = std::mem::replace(&mut self.tables.head, head.clone());
        self.written.push(Box::new(move |tables| tables.head = old));
        Ok(())
    }

    fn receipt(&mut self, request: RequestId) -> Result<Option<Receipt>, Fault> {
        Ok(self.tables.receipts.get(&request).copied())
    }

    fn add_receipt(&mut self, request: RequestId, receipt: &Receipt) -> Result<(), Fault> {
        self.set(|tables| &mut tables.receipts, request, Some(*receipt));
        Ok(())
    }

    fn present(&mut self, name: RecordName) -> Result<Option<Present>, Fault> {
        let row = self.tables.records.get(&name);
        Ok(row.map(|row| Present { version: row.version, keys: row.becomes.keys().clone() }))
    }

    fn put_record(&mut self, change: &StoredChange, _first: bool) -> Result<(), Fault> {
        self.set(|tables| &mut tables.records, change.name, Some(Arc::new(change.clone())));
        Ok(())
    }

    fn add_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault> {
        self.set(|tables| &mut tables.keys, key_row(name, key), Some(()));
        Ok(())
    }

    fn remove_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault> {
        self.set(|tables| &mut tables.keys, key_row(name, key), None);
        Ok(())
    }

    fn add_change(&mut self, change: &StoredChange) -> Result<(), Fault> {
        self.set(|tables| &mut tables.changes, (change.seq, change.name), Some(Arc::new(change.clone())));
        Ok(())
    }

    fn drop_changes(&mut self, before: u64, limit: u16) -> Result<bool, Fault> {
        let rows = usize::from(limit);
        let mut old: Vec<_> = self.tables.changes.keys().copied().take_while(|(seq, _)| *seq < before).collect();
        let more = old.len() > rows;
        old.truncate(rows);
        for row in old {
            self.set(|tables| &mut tables.changes, row, None);
        }
        Ok(more)
    }

    fn add_entry(&mut self, entry: &StoredEntry) -> Result<(), Fault> {
        self.set(|tables| &mut tables.journal, entry.seq, Some(entry.clone()));
        Ok(())
    }

    fn add_subtree(&mut self, complete: &Complete) -> Result<(), Fault> {
        self.set(|tables| &mut tables.subtrees, (complete.level, complete.index), Some(complete.hash));
        Ok(())
    }

    fn wrap(&mut self, unit: UnitId) -> Result<Option<Wrap>, Fault> {
        Ok(self.tables.keyring.get(&unit).cloned())
    }

    fn set_wrap(&mut self, unit: UnitId, wrap: &Wrap) -> Result<(), Fault> {
        self.set(|tables| &mut tables.keyring, unit, Some(wrap.clone()));
        Ok(())
    }
}
