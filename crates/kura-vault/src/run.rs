//! The command line of the process: `serve --dir DIR (--key-store NAME | --key-file FILE [--key-on-same-disk | --key-inside-home])
//! [--with-parent]`.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;

use kura_journal::UnixMillis;
use kura_platform::clock::{self, ClockError};
use kura_platform::confine;
use kura_platform::key_file::Medium;
use kura_platform::socket::{Ear, SocketError};
use kura_platform::stop::{self, StopError};

use crate::home::VaultHome;
use crate::key_source::KeySource;
use crate::message::Refusal;
use crate::server::{Stop, serve};
use crate::vault::{Vault, VaultError};

/// What the process says on its standard output once it can be asked.
pub(crate) const READY: &str = "kura-vault ready";

/// Why the process did not run, or ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Wrong use.
    #[error(
        "使い方: vault serve --dir フォルダー (--key-store 名前 | --key-file ファイル [--key-on-same-disk | --key-inside-home]) [--with-parent]"
    )]
    Usage,
    /// No vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// It could not begin.
    #[error(transparent)]
    Begin(#[from] Refusal),
    /// No socket.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// No clock.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// No signals.
    #[error(transparent)]
    Stop(#[from] StopError),
    /// Nobody to tell that it is ready.
    #[error("金庫を起動した側に、準備ができたことを伝えられません（{0}）。")]
    Ready(io::Error),
}

impl RunError {
    /// The exit status: 2 for wrong use, else 1.
    #[must_use]
    pub const fn status(&self) -> u8 {
        if matches!(self, Self::Usage) { 2 } else { 1 }
    }
}

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// Where the vault is.
    pub home: VaultHome,
    /// Where the server key lies.
    pub source: KeySource,
    /// Ends when its standard input is closed: whoever started it holds the other end.
    pub with_parent: bool,
}

/// Runs the process with the arguments after its name (`serve ...`), to its end.
///
/// # Errors
/// [`RunError`], for the caller to tell and to exit with [`RunError::status`].
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), RunError> {
    serve_here(&ServeOptions::read(arguments).ok_or(RunError::Usage)?)
}

/// Takes the vault, gives up what a vault does not need, and serves. To be called before the process starts a thread.
fn serve_here(options: &ServeOptions) -> Result<(), RunError> {
    let ServeOptions { home, source, with_parent } = options;
    let mut vault = Vault::open(home, source)?;
    let ear = Ear::listen(&home.address())?;
    let confinement = confine::confine(&[home.folder()]);
    vault.begin(confinement, UnixMillis::new(clock::unix_millis()?))?;
    let stop = Stop::at(home.address());
    let asked = stop.clone();
    stop::when_asked(move || asked.now())?;
    if *with_parent {
        let gone = stop.clone();
        let _ = thread::Builder::new().name("parent".to_owned()).spawn(move || when_parent_is_gone(&gone));
    }
    writeln!(io::stdout(), "{READY}").and_then(|()| io::stdout().flush()).map_err(RunError::Ready)?;
    Ok(serve(vault, &ear, &stop)?)
}

/// The parent never writes; the end of the pipe is the end of the parent.
fn when_parent_is_gone(stop: &Stop) {
    let mut heard = [0; 64];
    while io::stdin().read(&mut heard).is_ok_and(|bytes| bytes > 0) {}
    stop.now();
}

impl ServeOptions {
    /// From a command line.
    fn read(arguments: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let mut arguments = arguments.into_iter();
        let (mut dir, mut file, mut name) = (None::<PathBuf>, None::<PathBuf>, None::<String>);
        let (mut worst_allowed, mut with_parent) = (Medium::Other, false);
        if arguments.next()? != "serve" {
            return None;
        }
        while let Some(argument) = arguments.next() {
            match argument.to_str()? {
                "--dir" => dir = Some(arguments.next()?.into()),
                "--key-file" => file = Some(arguments.next()?.into()),
                "--key-store" => name = Some(arguments.next()?.into_string().ok()?),
                "--key-on-same-disk" => worst_allowed = Medium::SameFileSystem,
                "--key-inside-home" => worst_allowed = Medium::InsideHome,
                "--with-parent" => with_parent = true,
                _ => return None,
            }
        }
        let source = match (file, name) {
            (Some(path), None) => KeySource::File { path, worst_allowed },
            (None, Some(name)) => KeySource::SystemStore { name },
            _ => return None,
        };
        Some(Self { home: VaultHome::in_dir(&dir?), source, with_parent })
    }

    /// As a command line, for [`run`] in another process.
    #[must_use]
    pub fn arguments(&self) -> Vec<OsString> {
        let text = |text: &str| OsString::from(text);
        let path = |path: &Path| path.as_os_str().to_owned();
        let mut arguments = vec![text("serve"), text("--dir"), path(self.home.dir())];
        match &self.source {
            KeySource::SystemStore { name } => arguments.extend([text("--key-store"), text(name)]),
            KeySource::File { path: file, worst_allowed } => {
                arguments.extend([text("--key-file"), path(file)]);
                arguments.extend(allowed(*worst_allowed).map(OsStr::to_owned));
            }
        }
        if self.with_parent {
            arguments.push(text("--with-parent"));
        }
        arguments
    }
}

fn allowed(medium: Medium) -> Option<&'static OsStr> {
    match medium {
        Medium::Other => None,
        Medium::SameFileSystem => Some(OsStr::new("--key-on-same-disk")),
        Medium::InsideHome => Some(OsStr::new("--key-inside-home")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_their_own_command_line() {
        let home = VaultHome::in_dir(Path::new("some where"));
        for worst_allowed in [Medium::Other, Medium::SameFileSystem, Medium::InsideHome] {
            let source = KeySource::File { path: "/media/key".into(), worst_allowed };
            let options = ServeOptions { home: home.clone(), source, with_parent: true };
            assert_eq!(ServeOptions::read(options.arguments()), Some(options));
        }
        let source = KeySource::SystemStore { name: "server".to_owned() };
        let options = ServeOptions { home, source, with_parent: false };
        assert_eq!(ServeOptions::read(options.arguments()), Some(options));
    }

    #[test]
    fn wrong_use_is_told() {
        for line in [
            "",
            "serve",
            "serve --dir a",
            "serve --dir",
            "serve --dir a --key-file b --key-store c",
            "stop --dir a --key-file b",
            "serve --dir a --key-file b --key c",
        ] {
            assert_eq!(run(line.split_whitespace().map(OsString::from)).unwrap_err().status(), 2, "{line}");
        }
    }
}
