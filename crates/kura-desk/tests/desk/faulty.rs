//! A store that fails when a test says so, and that can be tampered with behind the desk's back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::{EntryDraft, Frontier, LeafHash, Opening, TreeHash};
use kura_store::{
    Beginning, ChangePlace, Commit, CommitError, Fault, Find, Head, Keys, Limit, Office, OpenError, Page, ReadError,
    Reads, Receipt, Record, RecordName, Replay, ReplayError, SealEntry, Store, StoredChange, StoredEntry, UpkeepError,
    Wrap,
};

/// What happens to a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hap {
    /// Nothing was written.
    Before,
    /// It was written, and nobody learned of it.
    After,
    /// It is written twice, as by somebody who did not hear the answer.
    Twice,
}

/// What is to happen, and what lies in the store instead of what was written.
#[derive(Default)]
pub(crate) struct Plan {
    /// So many commits go through first.
    pub(crate) haps: Mutex<Vec<(u32, Hap)>>,
    /// Rows that are shown instead of the true ones; nothing: the row is gone.
    pub(crate) rows: Mutex<BTreeMap<RecordName, Option<Record>>>,
    /// Entries that are shown with a byte turned.
    pub(crate) turned: Mutex<BTreeSet<u64>>,
    /// What somebody else does in front of the next commit.
    before_next: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    /// The journal is shown with so many entries only.
    cut: Mutex<Option<u64>>,
    /// Every commit that went in, as the writer acknowledged it.
    pub(crate) acknowledged: Mutex<Vec<Receipt>>,
}

impl Plan {
    /// After `passed` further commits, one meets `hap`.
    pub(crate) fn then(&self, passed: u32, hap: Hap) {
        self.haps.lock().unwrap().push((passed, hap));
    }

    pub(crate) fn before_next(&self, work: Box<dyn FnOnce() + Send>) {
        *self.before_next.lock().unwrap() = Some(work);
    }

    pub(crate) fn cut_behind(&self, size: u64) {
        *self.cut.lock().unwrap() = Some(size);
    }

    fn next(&self) -> Option<Hap> {
        let mut haps = self.haps.lock().unwrap();
        let (passed, hap) = haps.first_mut()?;
        if *passed == 0 {
            let hap = *hap;
            haps.remove(0);
            return Some(hap);
        }
        *passed -= 1;
        None
    }

    fn seen(&self, name: RecordName, record: Option<Record>) -> Option<Record> {
        self.rows.lock().unwrap().get(&name).cloned().unwrap_or(record)
    }
}

pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) plan: Arc<Plan>,
}

struct FaultyOffice {
    inner: Arc<dyn Office>,
    plan: Arc<Plan>,
}

struct FaultyReads<'a> {
    inner: Box<dyn Reads + 'a>,
    plan: &'a Plan,
}

impl Store for FaultyStore {
    fn offices(&self) -> Result<Vec<OfficeId>, Fault> {
        self.inner.offices()
    }

    fn create_office(&self, office: OfficeId, beginning: Beginning) -> Result<(), OpenError> {
        self.inner.create_office(office, beginning)
    }

    fn open_office(&self, office: OfficeId, seal: Arc<dyn SealEntry>) -> Result<Arc<dyn Office>, OpenError> {
        let inner = self.inner.open_office(office, seal)?;
        Ok(Arc::new(FaultyOffice { inner, plan: Arc::clone(&self.plan) }))
    }
}

impl Reads for FaultyReads<'_> {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        Ok(self.plan.seen(name, self.inner.get(name)?))
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        let records = self.inner.get_many(names)?;
        Ok(names.iter().zip(records).map(|(name, record)| self.plan.seen(*name, record)).collect())
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        self.inner.keys(name)
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        self.inner.find(question)
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.inner.present_from(after, limit)
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        self.inner.wrap(unit)
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        self.inner.wraps(after, limit)
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.inner.receipt(request)
    }

    fn head(&self) -> Result<Head, ReadError> {
        let mut head = self.inner.head()?;
        if let Some(size) = *self.plan.cut.lock().unwrap() {
            head.frontier = Frontier::default();
            for entry in self.inner.journal_from(1, Limit::rows(u16::try_from(size).unwrap()))? {
                head.frontier.push(entry.leaf).unwrap();
            }
        }
        Ok(head)
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        let mut entries = self.inner.journal_from(seq, limit)?;
        let turned = self.plan.turned.lock().unwrap();
        for entry in entries.iter_mut().filter(|entry| turned.contains(&entry.seq)) {
            if let Some(last) = entry.payload.last_mut() {
                *last ^= 1;
            }
        }
        Ok(entries)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        self.inner.leaves(first, limit)
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        self.inner.subtrees(level, first, limit)
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.inner.changes_from(place, limit)
    }
}

impl FaultyOffice {
    fn moment(&self) -> Result<FaultyReads<'_>, ReadError> {
        Ok(FaultyReads { inner: self.inner.snapshot()?, plan: &self.plan })
    }
}

impl Reads for FaultyOffice {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        self.moment()?.get(name)
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        self.moment()?.get_many(names)
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        self.inner.keys(name)
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        self.inner.find(question)
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.inner.present_from(after, limit)
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        self.inner.wrap(unit)
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        self.inner.wraps(after, limit)
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.inner.receipt(request)
    }

    fn head(&self) -> Result<Head, ReadError> {
        self.moment()?.head()
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        self.moment()?.journal_from(seq, limit)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        self.inner.leaves(first, limit)
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        self.inner.subtrees(level, first, limit)
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.inner.changes_from(place, limit)
    }
}

impl Office for FaultyOffice {
    fn id(&self) -> OfficeId {
        self.inner.id()
    }

    fn snapshot(&self) -> Result<Box<dyn Reads + '_>, ReadError> {
        Ok(Box::new(self.moment()?))
    }

    fn commit(&self, commit: Commit) -> Result<Receipt, CommitError> {
        let lost = || CommitError::Fault(Fault::Unavailable { reason: "test".to_owned() });
        let work = self.plan.before_next.lock().unwrap().take();
        if let Some(work) = work {
            work();
        }
        let hap = self.plan.next();
        if hap == Some(Hap::Before) {
            return Err(lost());
        }
        let receipt = self.inner.commit(commit.clone())?;
        self.plan.acknowledged.lock().unwrap().push(receipt);
        match hap {
            Some(Hap::After) => Err(lost()),
            Some(Hap::Twice) => {
                assert_eq!(self.inner.commit(commit)?, receipt, "a repeated request gets its first receipt");
                Ok(receipt)
            }
            _ => Ok(receipt),
        }
    }

    fn acknowledge(&self, before: u64) -> Result<(), UpkeepError> {
        self.inner.acknowledge(before)
    }

    fn prune(&self, before: u64, limit: Limit) -> Result<bool, UpkeepError> {
        self.inner.prune(before, limit)
    }

    fn replay(&self, part: Replay) -> Result<Head, ReplayError> {
        self.inner.replay(part)
    }

    fn promote(&self, opening: Opening, entry: EntryDraft) -> Result<Receipt, CommitError> {
        self.inner.promote(opening, entry)
    }
}
