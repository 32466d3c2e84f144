//! One process for an office. The lock is a file of its own: opening and closing the database by plain file functions would drop
//! SQLite's locks on it.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

use kura_id::OfficeId;
use kura_platform::files;
use kura_store::OpenError;

use crate::fault::of_system;
use crate::folder::Folder;

/// Longer than any number of a process.
const PROCESS_BYTES_MAX: u64 = 20;

/// Held while the office's file is open. The system lets go of it when the process ends, however it ends.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(folder: &Folder, office: OfficeId) -> Result<Self, OpenError> {
        let path = folder.lock(office);
        let mut file = files::append_private(&path).map_err(|error| of_system(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { office, process: holder(&path) }),
            Err(TryLockError::Error(error)) => return Err(of_system(&error).into()),
        }
        note_process(&mut file).map_err(|error| of_system(&error))?;
        Ok(Self { _file: file })
    }
}

/// The number in the lock file. Some systems let nobody read a locked file: then it stays unknown.
fn holder(path: &Path) -> Option<u32> {
    let number = files::read_limited(path, PROCESS_BYTES_MAX).ok()?;
    std::str::from_utf8(&number).ok()?.trim().parse().ok()
}

fn note_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}
