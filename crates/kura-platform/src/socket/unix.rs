//! A unix socket, 0600 in a folder 0700; the kernel says who the peer is.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::time::Duration;

use super::{Address, SocketError};
use crate::files::{self, Privacy};

/// `sun_path` of Linux has 108 bytes, of macOS 104; one is the zero at its end.
const PATH_BYTES_MAX: usize = 103;

pub(super) type Stream = std::os::unix::net::UnixStream;

pub(super) struct Listener {
    listener: UnixListener,
    path: PathBuf,
}

pub(super) fn listen(address: &Address) -> Result<Listener, SocketError> {
    let path = path(address)?;
    if files::privacy(&address.folder).map_err(address.system())? != Privacy::OwnerOnly {
        return Err(SocketError::FolderNotPrivate { folder: address.folder.clone() });
    }
    // Between `bind` and `set_permissions` the folder is what keeps others out.
    let bind = || {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        Ok(listener)
    };
    let listener = bind().map_err(address.system())?;
    Ok(Listener { listener, path })
}

pub(super) fn accept(listener: &Listener) -> io::Result<Stream> {
    listener.listener.accept().map(|(stream, _)| stream)
}

pub(super) fn connect(address: &Address) -> Result<Stream, SocketError> {
    Stream::connect(path(address)?).map_err(address.system())
}

pub(super) fn set_patience(stream: &Stream, patience: Duration) -> io::Result<()> {
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))
}

pub(super) fn same_user(stream: &Stream) -> io::Result<bool> {
    let (user, _) = unix_cred::get_peer_ids(stream)?;
    Ok(user == rustix::process::geteuid().as_raw())
}

impl Drop for Listener {
    fn drop(&mut self) {
        // A socket that stays behind is taken over by the next process.
        let _ = fs::remove_file(&self.path);
    }
}

fn path(address: &Address) -> Result<PathBuf, SocketError> {
    let path = address.folder.join(format!("{}.sock", address.name));
    if path.as_os_str().len() > PATH_BYTES_MAX {
        return Err(SocketError::PathTooLong { folder: address.folder.clone(), bytes_max: PATH_BYTES_MAX });
    }
    Ok(path)
}
