//! The backend in memory: the seam's first proof, and what tests of the floors above run on.

mod rows;
mod tables;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::{EntryDraft, LeafHash, Opening, TreeHash};

use crate::commit::{Commit, Receipt, Wrap};
use crate::error::{CommitError, Fault, OpenError, ReadError, UpkeepError};
use crate::find::{Find, Limit, Page};
use crate::given::{Clock, Entropy, SealEntry};
use crate::head::Head;
use crate::record::{Keys, Record, RecordName};
use crate::replay::{Replay, ReplayError};
use crate::rows::{Transactions, Work};
use crate::seam::{Beginning, ChangePlace, Office, Reads, Store, StoredChange, StoredEntry, house};
use crate::writer::Writer;
use rows::MemoryRows;
use tables::Tables;

/// A store that is gone with the program.
pub struct MemoryStore {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    offices: Mutex<BTreeMap<OfficeId, Arc<Shared>>>,
}

struct Shared {
    office: OfficeId,
    tables: RwLock<Arc<Tables>>,
    writer: Writer,
}

struct MemoryOffice {
    shared: Arc<Shared>,
    seal: Arc<dyn SealEntry>,
}

impl MemoryStore {
    /// An empty store with the clock and the chance it is lent.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, offices: Mutex::default() }
    }

    fn offices(&self) -> MutexGuard<'_, BTreeMap<OfficeId, Arc<Shared>>> {
        self.offices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn offices(&self) -> Result<Vec<OfficeId>, Fault> {
        Ok(self.offices().keys().copied().filter(|office| *office != house()).collect())
    }

    fn create_office(&self, office: OfficeId, beginning: Beginning) -> Result<(), OpenError> {
        let writer = Writer::new(Arc::clone(&self.clock), Arc::clone(&self.entropy));
        match self.offices().entry(office) {
            Entry::Occupied(_) => Err(OpenError::Exists { office }),
            Entry::Vacant(place) => {
                let tables = RwLock::new(Arc::new(Tables::new(beginning == Beginning::Restored)));
                place.insert(Arc::new(Shared { office, tables, writer }));
                Ok(())
            }
        }
    }

    fn open_office(&self, office: OfficeId, seal: Arc<dyn SealEntry>) -> Result<Arc<dyn Office>, OpenError> {
        let shared = self.offices().get(&office).map(Arc::clone).ok_or(OpenError::NotFound { office })?;
        Ok(Arc::new(MemoryOffice { shared, seal }))
    }
}

impl Transactions for Shared {
    fn office(&self) -> OfficeId {
        self.office
    }

    fn transact(&self, work: Work<'_>) -> Result<(), Fault> {
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        let mut rows = MemoryRows::new(Arc::make_mut(&mut tables));
        let done = work(&mut rows);
        if done.is_err() {
            rows.take_all_back();
        }
        done
    }
}

impl MemoryOffice {
    fn now(&self) -> Arc<Tables> {
        Arc::clone(&self.shared.tables.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Reads for MemoryOffice {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        self.now().get(name)
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        self.now().get_many(names)
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        self.now().keys(name)
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        self.now().find(question)
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.now().present_from(after, limit)
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        self.now().wrap(unit)
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        self.now().wraps(after, limit)
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.now().receipt(request)
    }

    fn head(&self) -> Result<Head, ReadError> {
        self.now().head()
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        self.now().journal_from(seq, limit)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        self.now().leaves(first, limit)
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        self.now().subtrees(level, first, limit)
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.now().changes_from(place, limit)
    }
}

impl Office for MemoryOffice {
    fn id(&self) -> OfficeId {
        self.shared.office
    }

    fn snapshot(&self) -> Result<Box<dyn Reads + '_>, ReadError> {
        Ok(Box::new(self.now()))
    }

    fn commit(&self, commit: Commit) -> Result<Receipt, CommitError> {
        self.shared.writer.commit(&*self.shared, &self.seal, commit)
    }

    fn acknowledge(&self, before: u64) -> Result<(), UpkeepError> {
        Ok(self.shared.writer.acknowledge(&*self.shared, before)?)
    }

    fn prune(&self, before: u64, limit: Limit) -> Result<bool, UpkeepError> {
        Ok(self.shared.writer.prune(&*self.shared, before, limit)?)
    }

    fn replay(&self, part: Replay) -> Result<Head, ReplayError> {
        self.shared.writer.replay(&*self.shared, &part)
    }

    fn promote(&self, opening: Opening, entry: EntryDraft) -> Result<Receipt, CommitError> {
        self.shared.writer.promote(&*self.shared, &self.seal, opening, entry)
    }
}
