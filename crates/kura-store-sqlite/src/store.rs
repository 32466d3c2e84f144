use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use kura_id::OfficeId;
use kura_store::writer::Writer;
use kura_store::{Beginning, Clock, Entropy, Fault, Head, Office, OpenError, SealEntry, Store, house};

use crate::files;
use crate::folder::Folder;
use crate::lock;
use crate::office::{OfficeFile, Shared, SqliteOffice};
use crate::readers::Readers;
use crate::recent::Recent;

/// How much a store may hold open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Offices whose files are open at the same time; the one unused the longest is closed for another.
    pub open_offices_max: usize,
    /// Reading connections that are kept while nobody asks, of all offices together.
    pub idle_readers_max: usize,
    /// Page cache of a connection, in KiB. The system's own cache does the rest; a large transaction gets more while it lasts.
    pub cache_kib: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { open_offices_max: 500, idle_readers_max: 24, cache_kib: 64 }
    }
}

/// A folder with one SQLite file for each office.
pub struct SqliteStore {
    folder: Folder,
    options: Options,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    shared: Shared,
    offices: Mutex<HashMap<OfficeId, Arc<OfficeFile>>>,
}

impl SqliteStore {
    /// The store in this folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`Fault`] of the disk.
    pub fn new(
        folder: &Path,
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Fault> {
        Ok(Self {
            folder: Folder::open(folder)?,
            options,
            clock,
            entropy,
            shared: Shared {
                readers: Arc::new(Readers::new(options.idle_readers_max)),
                recent: Arc::new(Recent::new(options.open_offices_max)),
            },
            offices: Mutex::default(),
        })
    }

    /// The one object of an office: two handles share its writer.
    fn file(&self, office: OfficeId) -> Arc<OfficeFile> {
        let mut offices = self.offices.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let writer = Writer::new(Arc::clone(&self.clock), Arc::clone(&self.entropy));
            Arc::new(OfficeFile::new(office, self.folder.clone(), self.options.cache_kib, writer, &self.shared))
        };
        Arc::clone(offices.entry(office).or_insert_with(make))
    }
}

impl Store for SqliteStore {
    fn offices(&self) -> Result<Vec<OfficeId>, Fault> {
        let mut offices = self.folder.offices()?;
        offices.retain(|office| *office != house());
        Ok(offices)
    }

    fn create_office(&self, office: OfficeId, beginning: Beginning) -> Result<(), OpenError> {
        if self.folder.has(office)? {
            return Err(OpenError::Exists { office });
        }
        let _lock = lock::take(&self.folder, office)?;
        // Looked at again: now nobody else makes it.
        if self.folder.has(office)? {
            return Err(OpenError::Exists { office });
        }
        let head = Head::new(beginning == Beginning::Restored);
        self.folder.make(office, |path| files::fill(path, office, &head))
    }

    fn open_office(&self, office: OfficeId, seal: Arc<dyn SealEntry>) -> Result<Arc<dyn Office>, OpenError> {
        // Asked first, so that a stranger's id leaves nothing behind.
        if !self.folder.has(office)? {
            return Err(OpenError::NotFound { office });
        }
        let file = self.file(office);
        file.files()?;
        Ok(Arc::new(SqliteOffice::new(file, seal)))
    }
}
