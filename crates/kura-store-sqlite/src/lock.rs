//! One process for an office. The lock is a file of its own: opening and closing the database by plain file functions would drop
//! SQLite's locks on it.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};

use kura_id::OfficeId;
use kura_store::OpenError;

use crate::fault::of_system;
use crate::folder::{Folder, private_file};

/// Longer than any number of a process.
const PROCESS_BYTES_MAX: u64 = 20;

/// Held while the office's file is open. The system lets go of it when the process ends, however it ends.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(folder: &Folder, office: OfficeId) -> Result<Self, OpenError> {
        let file = private_file().create(true).truncate(false).open(folder.lock(office));
        let mut file = file.map_err(|error| of_system(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { office, process: holder(&file) }),
            Err(TryLockError::Error(error)) => return Err(of_system(&error).into()),
        }
        note_process(&mut file).map_err(|error| of_system(&error))?;
        Ok(Self { _file: file })
    }
}

/// The number in the lock file. Some systems let nobody read a locked file: then it stays unknown.
fn holder(file: &File) -> Option<u32> {
    let mut number = String::new();
    file.take(PROCESS_BYTES_MAX).read_to_string(&mut number).ok()?;
    number.trim().parse().ok()
}

fn note_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}
