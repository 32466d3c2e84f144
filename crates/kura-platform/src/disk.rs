//! What `kura doctor` wants to know of a disk.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::files;

/// How often the probe writes.
const PROBES: usize = 32;
/// How much it writes each time: a page of a database.
const PROBE_BYTES: usize = 4096;

/// The disk did not answer.
#[derive(Debug, thiserror::Error)]
#[error("ディスクを調べられません（{path}: {reason}）。フォルダーがあるか、書き込めるかを確認してください。")]
pub struct DiskError {
    path: PathBuf,
    reason: io::Error,
}

/// How long a write of one page takes until it is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyncLatency {
    /// Half of the writes were faster.
    pub median: Duration,
    /// The slowest of them.
    pub worst: Duration,
}

/// Bytes that this user may still write to the disk of `folder`.
///
/// # Errors
/// [`DiskError`] where the folder cannot be asked.
pub fn free_bytes(folder: &Path) -> Result<u64, DiskError> {
    available(folder).map_err(|reason| DiskError { path: folder.to_owned(), reason })
}

/// Writes a page and waits until it is durable, 32 times, in a file of `folder` that is removed again.
///
/// # Errors
/// [`DiskError`] where the folder cannot be written.
pub fn sync_latency(folder: &Path) -> Result<SyncLatency, DiskError> {
    let path = folder.join(".kura-sync-probe");
    let probed = probe(&path);
    let removed = fs::remove_file(&path);
    match (probed, removed) {
        (Ok(latency), Ok(())) => Ok(latency),
        (Err(reason), _) | (_, Err(reason)) => Err(DiskError { path: folder.to_owned(), reason }),
    }
}

#[expect(clippy::disallowed_methods, reason = "a latency is read off the clock")]
fn probe(path: &Path) -> io::Result<SyncLatency> {
    let mut file = files::append_private(path)?;
    let mut times = Vec::with_capacity(PROBES);
    for _ in 0..PROBES {
        let started = Instant::now();
        file.write_all(&[0; PROBE_BYTES])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    let at = |index: usize| times.get(index).copied().unwrap_or_default();
    Ok(SyncLatency { median: at(PROBES / 2), worst: at(PROBES.saturating_sub(1)) })
}

#[cfg(unix)]
fn available(folder: &Path) -> io::Result<u64> {
    use std::os::unix::ffi::OsStrExt;
    let status = rustix::fs::statvfs(folder.as_os_str().as_bytes())
        .map_err(|error| io::Error::from_raw_os_error(error.raw_os_error()))?;
    Ok(status.f_bavail.saturating_mul(status.f_frsize))
}

#[cfg(windows)]
fn available(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}
