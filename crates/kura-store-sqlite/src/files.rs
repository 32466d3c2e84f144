//! What an open office holds: its lock, one connection that writes, a few that read.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kura_id::OfficeId;
use kura_platform::lock::FileLock;
use kura_store::{Fault, OpenError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::fault::fault;
use crate::folder::Folder;
use crate::lock;
use crate::readers::Readers;
use crate::rows::SqliteRows;
use crate::schema;

/// Pages in the write-ahead log from which they are copied into the database (3 MB), and up to how many more it may be: each office
/// has its own number, so that offices of equal work do not all copy at the same moment.
const LOG_PAGES: i32 = 750;
const LOG_PAGES_MORE: i32 = 500;
/// How long to wait for a program that holds the database without holding our lock.
const BUSY: Duration = Duration::from_secs(2);
/// Statements a connection keeps compiled.
const STATEMENTS: usize = 24;

/// The open files of one office.
pub(crate) struct Files {
    office: OfficeId,
    path: PathBuf,
    cache_kib: u32,
    readers: Arc<Readers>,
    writer: Mutex<Connection>,
    log_pages: Arc<AtomicI32>,
    /// Bytes that must not be found any more may still lie in the write-ahead log.
    wipe: AtomicBool,
    _lock: FileLock,
}

impl Files {
    pub(crate) fn open(
        folder: &Folder,
        office: OfficeId,
        cache_kib: u32,
        readers: &Arc<Readers>,
    ) -> Result<Self, OpenError> {
        if !folder.has(office)? {
            return Err(OpenError::NotFound { office });
        }
        let lock = lock::take(folder, office)?;
        let path = folder.database(office);
        let left = folder.has_log(office);
        let mut writer = connect(&path, cache_kib).map_err(|error| schema::of_opening(office, &error))?;
        schema::check_and_migrate(&mut writer, office)?;
        let log_pages = Arc::new(AtomicI32::new(0));
        let counter = Arc::clone(&log_pages);
        write_ahead(&mut writer, move |pages| counter.store(pages, Ordering::Relaxed))
            .map_err(|error| fault(&error))?;
        Ok(Self {
            office,
            path,
            cache_kib,
            readers: Arc::clone(readers),
            writer: Mutex::new(writer),
            log_pages,
            // It may hold what that process still had to wipe.
            wipe: AtomicBool::new(left),
            _lock: lock,
        })
    }

    /// The work in one transaction, durable when it returns.
    pub(crate) fn transact(&self, work: kura_store::rows::Work<'_>) -> Result<(), Fault> {
        let mut writer = self.writer();
        let done = self.transact_on(&mut writer, work);
        if let Err(Fault::Io { .. }) = &done {
            // Whatever the log holds now, nothing of it is copied by us any more.
            let kept = writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            kept.map_err(|error| fault(&error))?;
        }
        done
    }

    fn transact_on(&self, writer: &mut Connection, work: kura_store::rows::Work<'_>) -> Result<(), Fault> {
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(|error| fault(&error))?;
        let mut rows = SqliteRows::new(&transaction, self.office);
        let worked = work(&mut rows);
        let (wide, wipes) = (rows.is_wide(), rows.wipes());
        let done = match worked {
            Ok(()) => transaction.commit().map_err(|error| fault(&error)),
            Err(fault) => {
                drop(transaction);
                Err(fault)
            }
        };
        if wide {
            narrow(writer, self.cache_kib).map_err(|error| fault(&error))?;
        }
        if done.is_ok() {
            self.wipe.fetch_or(wipes, Ordering::Relaxed);
        }
        done
    }

    /// Copies the write-ahead log into the database where it has grown long, and empties it where it holds what must be gone. SQLite
    /// would do the former by itself, but keeps a failed fsync of it to itself, and tries again.
    pub(crate) fn tidy(&self) -> Result<(), Fault> {
        let wipe = self.wipe.load(Ordering::Relaxed);
        if !wipe && self.log_pages.load(Ordering::Relaxed) < log_pages_max(self.office) {
            return Ok(());
        }
        let writer = self.writer();
        let copied = if wipe {
            self.empty_log(&writer)
        } else {
            checkpoint(&writer, "PRAGMA wal_checkpoint(PASSIVE)").map(drop)
        };
        copied.map_err(|error| fault(&error))
    }

    /// A reader in the way is no fault: the next commit tries again.
    fn empty_log(&self, writer: &Connection) -> rusqlite::Result<()> {
        writer.busy_timeout(Duration::ZERO)?;
        let emptied = checkpoint(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
        writer.busy_timeout(BUSY)?;
        if emptied? {
            self.wipe.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    /// A connection that reads, for as long as it is wanted.
    pub(crate) fn reader(&self) -> Result<Connection, Fault> {
        if let Some(idle) = self.readers.take(self.office) {
            return Ok(idle);
        }
        let open = || {
            let reader = connect(&self.path, self.cache_kib)?;
            reader.pragma_update(None, "query_only", true)?;
            reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            Ok(reader)
        };
        open().map_err(|error: rusqlite::Error| fault(&error))
    }

    /// Gives a reader back.
    pub(crate) fn give_back(&self, reader: Connection) {
        self.readers.give_back(self.office, reader);
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer closes last, and takes the write-ahead log with it.
impl Drop for Files {
    fn drop(&mut self) {
        self.readers.close(self.office);
    }
}

fn log_pages_max(office: OfficeId) -> i32 {
    let [.., high, low] = office.bytes();
    LOG_PAGES + i32::from(u16::from_be_bytes([high, low])) % LOG_PAGES_MORE
}

/// Fills a file that was just made, without a write-ahead log: it still has to get its name.
pub(crate) fn fill(path: &std::path::Path, office: OfficeId, head: &kura_store::Head) -> Result<(), OpenError> {
    let mut connection = connect(path, 0).map_err(|error| fault(&error))?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(|error| fault(&error))?;
    schema::begin(&mut connection, office, head)?;
    connection.close().map_err(|(_, error)| fault(&error).into())
}

fn connect(path: &std::path::Path, cache_kib: u32) -> rusqlite::Result<Connection> {
    // Never CREATE: a missing file is a missing office. No mutex: a connection has one user at a time.
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    narrow(&connection, cache_kib)?;
    Ok(connection)
}

/// The page cache of every day. Negative: KiB instead of pages.
fn narrow(connection: &Connection, cache_kib: u32) -> rusqlite::Result<()> {
    connection.pragma_update(None, "cache_size", -i64::from(cache_kib))
}

/// Durable with each commit; what is deleted is overwritten.
fn write_ahead(writer: &mut Connection, mut grown: impl FnMut(i32) + Send + 'static) -> rusqlite::Result<()> {
    writer.pragma_update(None, "journal_mode", "WAL")?;
    writer.pragma_update(None, "synchronous", "FULL")?;
    writer.pragma_update(None, "secure_delete", true)?;
    // In the place of SQLite's own hook, which would copy the log by itself.
    writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages| {
        grown(pages);
        Ok(())
    }))
}

/// Whether all of the log was copied, and nobody was in the way.
fn checkpoint(writer: &Connection, pragma: &str) -> rusqlite::Result<bool> {
    writer.query_row(pragma, [], |row| Ok(row.get::<_, i64>(0)? == 0))
}
