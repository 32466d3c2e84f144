//! One process at a time: a file that is locked while its holder lives.

use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use crate::files;

/// A lock file that is held. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct FileLock {
    file: File,
}

impl FileLock {
    /// Takes the lock; nothing where another holder has it. The file is made where it is missing and belongs to its owner alone.
    ///
    /// # Errors
    /// What the system says.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = files::append_private(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Replaces what the file says of its holder.
    ///
    /// # Errors
    /// What the system says.
    pub fn note(&mut self, holder: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.write_all(holder.as_bytes())
    }
}

impl Drop for FileLock {
    /// Let go by name: a child process that is just being started has the file as well for a moment, and closing ours alone would
    /// leave the lock with it.
    fn drop(&mut self) {
        // A lock that cannot be let go is let go when the file closes.
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::FileLock;

    #[test]
    fn a_lock_is_held_by_one_and_let_go_though_a_copy_of_the_file_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = FileLock::take(&path).unwrap().unwrap();
        assert!(FileLock::take(&path).unwrap().is_none());
        // What a child process has between its start and its program: the same open file.
        let copy = held.file.try_clone().unwrap();
        drop(held);
        let mut again = FileLock::take(&path).unwrap().unwrap();
        again.note("7\n").unwrap();
        again.note("12\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "12\n");
        drop(copy);
    }
}
