//! A line between two processes of one user on one machine: a unix socket in a folder of its owner, or a named pipe.
//!
//! Whoever listens holds a lock on the folder first (`File::try_lock`): a socket that a killed process left behind is taken over.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(unix)]
#[path = "socket/unix.rs"]
mod system;

#[cfg(windows)]
#[path = "socket/windows.rs"]
mod system;

/// Why there is no line.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// The folder's path is too long for a unix socket.
    #[error(
        "フォルダーのパス {folder} が長すぎて、プロセス間の通信口を作れません（{bytes_max}バイトまで）。短いパスのフォルダーを指定してください。"
    )]
    PathTooLong {
        /// The folder.
        folder: PathBuf,
        /// How long the path of the socket may be.
        bytes_max: usize,
    },
    /// Others may enter the folder of the socket.
    #[error("フォルダー {folder} に、ほかの利用者が入れます。所有者だけが入れるようにしてください（chmod 700）。")]
    FolderNotPrivate {
        /// The folder.
        folder: PathBuf,
    },
    /// Nobody listens: the process is not there.
    #[error("通信の相手が動いていません（{folder}）。")]
    NobodyListens {
        /// The folder.
        folder: PathBuf,
    },
    /// Somebody else's process is at the other end.
    #[error("通信の相手が、ほかの利用者のプロセスです。応じません。")]
    AnotherUser,
    /// The system refused.
    #[error("プロセス間の通信口を使えません（{folder}: {reason}）。")]
    System {
        /// The folder.
        folder: PathBuf,
        /// What it said.
        reason: io::Error,
    },
}

/// Where a process listens: a name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    folder: PathBuf,
    name: String,
}

/// Hears who calls. Dropping it removes the address.
pub struct Ear {
    listener: system::Listener,
    address: Address,
}

/// One call, from either side.
pub struct Line {
    stream: system::Stream,
}

impl Address {
    /// The address `name` (letters and digits, without a path) in a folder that its owner alone may enter.
    #[must_use]
    pub fn in_folder(folder: &Path, name: &str) -> Self {
        Self { folder: folder.to_owned(), name: name.to_owned() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn system(&self) -> impl Fn(io::Error) -> SocketError {
        let folder = self.folder.clone();
        move |reason| match reason.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
                SocketError::NobodyListens { folder: folder.clone() }
            }
            _ => SocketError::System { folder: folder.clone(), reason },
        }
    }
}

impl Ear {
    /// Begins to listen. What a killed process left of the address is taken over.
    ///
    /// # Errors
    /// [`SocketError`].
    pub fn listen(address: &Address) -> Result<Self, SocketError> {
        Ok(Self { listener: system::listen(address)?, address: address.clone() })
    }

    /// Waits for the next call. A call of another user is refused, and is an error of that call alone.
    ///
    /// # Errors
    /// [`SocketError`].
    pub fn accept(&self) -> Result<Line, SocketError> {
        let stream = system::accept(&self.listener).map_err(self.address.system())?;
        Line::checked(stream, &self.address)
    }
}

impl Line {
    /// Calls the process that listens.
    ///
    /// # Errors
    /// [`SocketError::NobodyListens`] where there is none, and the others.
    pub fn connect(address: &Address) -> Result<Self, SocketError> {
        Self::checked(system::connect(address)?, address)
    }

    /// How long a read or a write may take. Windows' pipes know no such limit, and there it is none.
    ///
    /// # Errors
    /// What the system says.
    pub fn set_patience(&self, patience: Duration) -> io::Result<()> {
        system::set_patience(&self.stream, patience)
    }

    fn checked(stream: system::Stream, address: &Address) -> Result<Self, SocketError> {
        if !system::same_user(&stream).map_err(address.system())? {
            return Err(SocketError::AnotherUser);
        }
        Ok(Self { stream })
    }
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.read(into)
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
