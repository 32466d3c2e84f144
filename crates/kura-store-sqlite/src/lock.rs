//! One process for an office. The lock is a file of its own: opening and closing the database by plain file functions would drop
//! SQLite's locks on it.

use std::path::Path;

use kura_id::OfficeId;
use kura_platform::files;
use kura_platform::lock::FileLock;
use kura_store::OpenError;

use crate::fault::of_system;
use crate::folder::Folder;

/// Longer than any number of a process.
const PROCESS_BYTES_MAX: u64 = 20;

/// Takes the lock of an office, to be held while its file is open, or says who has it.
pub(crate) fn take(folder: &Folder, office: OfficeId) -> Result<FileLock, OpenError> {
    let path = folder.lock(office);
    let Some(mut lock) = FileLock::take(&path).map_err(|error| of_system(&error))? else {
        return Err(OpenError::InUse { office, process: holder(&path) });
    };
    lock.note(&format!("{}\n", std::process::id())).map_err(|error| of_system(&error))?;
    Ok(lock)
}

/// The number in the lock file. Some systems let nobody read a locked file: then it stays unknown.
fn holder(path: &Path) -> Option<u32> {
    let number = files::read_limited(path, PROCESS_BYTES_MAX).ok()?;
    std::str::from_utf8(&number).ok()?.trim().parse().ok()
}
