//! An office as a handle, and the file behind it, open or not.

use std::sync::{Arc, Mutex, PoisonError};

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::{EntryDraft, LeafHash, Opening, TreeHash};
use kura_store::rows::{Transactions, Work};
use kura_store::writer::Writer;
use kura_store::{
    ChangePlace, Commit, CommitError, Fault, Find, Head, Keys, Limit, Office, OpenError, Page, ReadError, Reads,
    Receipt, Record, RecordName, Replay, ReplayError, SealEntry, StoredChange, StoredEntry, UpkeepError, Wrap,
};

use crate::files::Files;
use crate::folder::Folder;
use crate::readers::Readers;
use crate::reads::Moment;
use crate::recent::Recent;

/// What all offices of a store share.
pub(crate) struct Shared {
    pub(crate) readers: Arc<Readers>,
    pub(crate) recent: Arc<Recent>,
}

/// An office of this process. Its files may be closed when others need the room, and are opened again.
pub(crate) struct OfficeFile {
    office: OfficeId,
    folder: Folder,
    cache_kib: u32,
    readers: Arc<Readers>,
    writer: Writer,
    recent: Arc<Recent>,
    open: Mutex<Option<Arc<Files>>>,
}

impl OfficeFile {
    pub(crate) fn new(office: OfficeId, folder: Folder, cache_kib: u32, writer: Writer, shared: &Shared) -> Self {
        let (readers, recent) = (Arc::clone(&shared.readers), Arc::clone(&shared.recent));
        Self { office, folder, cache_kib, readers, writer, recent, open: Mutex::default() }
    }

    pub(crate) fn id(&self) -> OfficeId {
        self.office
    }

    /// The open files. Never while a fault keeps the office closed.
    pub(crate) fn files(self: &Arc<Self>) -> Result<Arc<Files>, OpenError> {
        self.writer.check_open()?;
        let files = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            match &*open {
                Some(files) => Arc::clone(files),
                None => Arc::clone(open.insert(Arc::new(Files::open(
                    &self.folder,
                    self.office,
                    self.cache_kib,
                    &self.readers,
                )?))),
            }
        };
        self.recent.used(self);
        Ok(files)
    }

    /// Closes the office for this process, if the fault is of that sort.
    pub(crate) fn close_after(&self, fault: &Fault) {
        self.writer.close_after(fault);
    }

    /// Closes the files if nobody uses them; says whether they are closed.
    pub(crate) fn close_if_idle(&self) -> bool {
        // Held until all is closed: whoever opens them next takes the lock file anew.
        let Ok(mut open) = self.open.try_lock() else { return false };
        if open.as_ref().is_some_and(|files| Arc::strong_count(files) > 1) {
            return false;
        }
        drop(open.take());
        true
    }
}

/// The writing side of an open office.
struct Session(OfficeId, Arc<Files>);

impl Transactions for Session {
    fn office(&self) -> OfficeId {
        self.0
    }

    fn transact(&self, work: Work<'_>) -> Result<(), Fault> {
        self.1.transact(work)
    }

    fn tidy(&self) -> Result<(), Fault> {
        self.1.tidy()
    }
}

/// A handle.
pub(crate) struct SqliteOffice {
    file: Arc<OfficeFile>,
    seal: Arc<dyn SealEntry>,
}

impl SqliteOffice {
    pub(crate) fn new(file: Arc<OfficeFile>, seal: Arc<dyn SealEntry>) -> Self {
        Self { file, seal }
    }

    fn session(&self) -> Result<Session, OpenError> {
        Ok(Session(self.file.office, self.file.files()?))
    }

    fn moment(&self) -> Result<Moment, ReadError> {
        Moment::new(Arc::clone(&self.file), self.file.files()?)
    }
}

impl Reads for SqliteOffice {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        self.moment()?.get(name)
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        self.moment()?.begin()?.get_many(names)
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        self.moment()?.keys(name)
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        self.moment()?.find(question)
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.moment()?.present_from(after, limit)
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        self.moment()?.wrap(unit)
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        self.moment()?.wraps(after, limit)
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.moment()?.receipt(request)
    }

    fn head(&self) -> Result<Head, ReadError> {
        self.moment()?.head()
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        self.moment()?.journal_from(seq, limit)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        self.moment()?.leaves(first, limit)
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        self.moment()?.subtrees(level, first, limit)
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        self.moment()?.begin()?.changes_from(place, limit)
    }
}

impl Office for SqliteOffice {
    fn id(&self) -> OfficeId {
        self.file.office
    }

    fn snapshot(&self) -> Result<Box<dyn Reads + '_>, ReadError> {
        let moment = self.moment()?;
        moment.begin()?;
        Ok(Box::new(moment))
    }

    fn commit(&self, commit: Commit) -> Result<Receipt, CommitError> {
        self.file.writer.commit(&self.session()?, &self.seal, commit)
    }

    fn acknowledge(&self, before: u64) -> Result<(), UpkeepError> {
        Ok(self.file.writer.acknowledge(&self.session()?, before)?)
    }

    fn prune(&self, before: u64, limit: Limit) -> Result<bool, UpkeepError> {
        Ok(self.file.writer.prune(&self.session()?, before, limit)?)
    }

    fn replay(&self, part: Replay) -> Result<Head, ReplayError> {
        self.file.writer.replay(&self.session()?, &part)
    }

    fn promote(&self, opening: Opening, entry: EntryDraft) -> Result<Receipt, CommitError> {
        self.file.writer.promote(&self.session()?, &self.seal, opening, entry)
    }
}
