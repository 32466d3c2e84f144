//! An office as it stood before an entry of its journal, put together from its history.

use std::collections::BTreeMap;
use std::ops::Bound;

use kura_id::{Kind, RequestId, UnitId};
use kura_journal::{LeafHash, TreeHash};

use crate::commit::{Becomes, Receipt, Wrap};
use crate::error::ReadError;
use crate::find::{Find, Hit, Limit, Page};
use crate::head::{FIRST_SEQ, Head};
use crate::record::{Index, Keys, Record, RecordName};
use crate::seam::{ChangePlace, Reads, StoredChange, StoredEntry};

/// Some records of an office as they were before an entry. The keyring and the journal are those of now: what was erased since does not
/// open in the past either.
pub struct Past<'now> {
    now: &'now dyn Reads,
    /// Each record as the change that made it then.
    present: BTreeMap<RecordName, StoredChange>,
    /// The records by kind and index, in the order of value, then id.
    index: BTreeMap<(Kind, Index), Vec<Hit>>,
}

impl<'now> Past<'now> {
    /// Every record that `wanted` takes, as it was before the entry of this number. The whole history up to there is read, page by page.
    ///
    /// # Errors
    /// [`ReadError::Pruned`] where the history does not reach back to the beginning any more.
    pub fn before(
        now: &'now dyn Reads,
        seq: u64,
        wanted: impl Fn(RecordName, &Keys) -> bool,
    ) -> Result<Self, ReadError> {
        let mut present = BTreeMap::new();
        let mut place = ChangePlace::from(FIRST_SEQ);
        loop {
            let page = now.changes_from(place, Limit::MAX)?;
            let Some(last) = page.last() else { break };
            place = ChangePlace::behind(last);
            let is_behind = last.seq >= seq;
            for change in page.into_iter().filter(|change| change.seq < seq) {
                let is_deleted = change.becomes.sealed().is_none();
                if is_deleted && present.contains_key(&change.name) || wanted(change.name, change.becomes.keys()) {
                    present.insert(change.name, change);
                }
            }
            if is_behind {
                break;
            }
        }
        let mut index: BTreeMap<(Kind, Index), Vec<Hit>> = BTreeMap::new();
        for (name, change) in &present {
            for key in change.becomes.keys().iter() {
                index.entry((name.kind, key.index)).or_default().push(Hit { value: key.value.clone(), id: name.id });
            }
        }
        index.values_mut().for_each(|hits| hits.sort_unstable());
        Ok(Self { now, present, index })
    }
}

impl Reads for Past<'_> {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        let Some(StoredChange { unit, version, becomes, .. }) = self.present.get(&name) else { return Ok(None) };
        Ok(match becomes {
            Becomes::Sealed { schema, bytes, .. } => {
                Some(Record { name, unit: *unit, version: *version, schema: *schema, sealed: bytes.clone() })
            }
            Becomes::Deleted => None,
        })
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        names.iter().map(|name| self.get(*name)).collect()
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        Ok(self.present.get(&name).map_or(Keys::NONE, |change| change.becomes.keys().clone()))
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rest = self.present.range((from, Bound::Unbounded));
        Ok(rest.take(usize::from(limit.get())).map(|(_, change)| change.clone()).collect())
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        let Find { kind, index, values, after, limit } = question;
        let all = self.index.get(&(*kind, *index)).map_or(&[][..], Vec::as_slice);
        let from = all.partition_point(|hit| match after {
            Some(after) => hit <= after,
            None => hit.value.as_slice() < values.from(),
        });
        let mut hits = all.iter().skip(from).take_while(|hit| values.reach(&hit.value)).cloned();
        let page = hits.by_ref().take(usize::from(limit.get())).collect();
        Ok(Page { hits: page, more: hits.next().is_some() })
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        self.now.wrap(unit)
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        self.now.wraps(after, limit)
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.now.receipt(request)
    }

    fn head(&self) -> Result<Head, ReadError> {
        self.now.head()
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        self.now.journal_from(seq, limit)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        self.now.leaves(first, limit)
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        self.now.subtrees(level, first, limit)
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.now.changes_from(place, limit)
    }
}
