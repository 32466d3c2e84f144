//! Files and folders that belong to their owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// Who can read a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Its owner, and who is root.
    OwnerOnly,
    /// Others as well: the permission bits say so.
    Others {
        /// The permission bits, as `chmod` writes them.
        mode: u32,
    },
    /// It belongs to another user than the one this process runs as.
    AnotherOwner,
    /// This system's permissions are not read here (Windows: what the folder inherits).
    NotChecked,
}

/// Makes a folder that its owner alone may enter. A folder that is there already is left as it is: see [`privacy`].
///
/// # Errors
/// What the system says.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    match create_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Ok(()) => path.parent().map_or(Ok(()), sync_folder),
        other => other,
    }
}

/// A new file that its owner alone may read; an error where the name is taken.
///
/// # Errors
/// What the system says.
pub fn create_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// A file to be read and appended to that its owner alone may read, made where it is missing.
///
/// # Errors
/// What the system says.
pub fn append_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().read(true).append(true).create(true)).open(path)
}

/// Replaces the file by these bytes, whole or not at all, and returns when they are durable. Its owner alone may read it.
///
/// # Errors
/// What the system says; the old file then stands unharmed.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path)?;
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = create_private(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// The file, if it is no longer than `bytes_max`: what stands on a disk may have been put there by somebody else.
///
/// # Errors
/// What the system says; `FileTooLarge` past the limit.
#[expect(clippy::disallowed_methods, reason = "files of the floor that keeps are opened here")]
pub fn read_limited(path: &Path, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = File::open(path)?.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length <= bytes_max) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

/// Sees that what was made, renamed or removed in a folder is durable. Windows has no such call, and needs none for its own log.
///
/// # Errors
/// What the system says.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    sync_opened_folder(path)
}

/// Who can read the file or folder.
///
/// # Errors
/// What the system says.
pub fn privacy(path: &Path) -> io::Result<Privacy> {
    privacy_of(&fs::metadata(path)?)
}

#[cfg(unix)]
fn privacy_of(metadata: &fs::Metadata) -> io::Result<Privacy> {
    use std::os::unix::fs::MetadataExt;
    let mode = metadata.mode() & 0o777;
    let own = metadata.uid() == rustix::process::geteuid().as_raw();
    Ok(match (own, mode & 0o077) {
        (false, _) => Privacy::AnotherOwner,
        (true, 0) => Privacy::OwnerOnly,
        (true, _) => Privacy::Others { mode },
    })
}

#[cfg(not(unix))]
fn privacy_of(_: &fs::Metadata) -> io::Result<Privacy> {
    Ok(Privacy::NotChecked)
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "files of the floor that keeps are opened here")]
fn sync_opened_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_opened_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn create_folder(path: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(&mut fs::DirBuilder::new(), 0o700).create(path)
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// The name under which a file is written before it takes its place.
fn beside(path: &Path) -> io::Result<std::path::PathBuf> {
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(".new");
    Ok(path.with_file_name(name))
}
