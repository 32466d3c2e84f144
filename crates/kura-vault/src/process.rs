//! The vault as a child of this process.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::run::{READY, ServeOptions};

/// How long a vault may take to end by itself: a hundred times 50 ms.
const LOOKS_MAX: u32 = 100;
const LOOK: Duration = Duration::from_millis(50);

/// A vault that this process started. It ends with this value, and with this process however that ends.
#[derive(Debug)]
pub struct VaultProcess {
    child: Child,
    /// The vault ends when this is closed.
    pipe: Option<ChildStdin>,
}

/// The vault did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The program could not be started.
    #[error("金庫のプロセスを起動できません（{0}）。")]
    Program(#[from] io::Error),
    /// It ended before it was ready; it has said why.
    #[error("金庫のプロセスが起動の途中で終わりました。直前に表示された理由を確認してください。")]
    Ended,
}

impl VaultProcess {
    /// Starts `program first... serve ...` and waits until it can be asked. For the binary itself: its own path and `["vault"]`.
    ///
    /// # Errors
    /// [`StartError`]; what the vault says about it stands on the standard error of both.
    pub fn start(program: &Path, first: &[&str], options: &ServeOptions) -> Result<Self, StartError> {
        let options = ServeOptions { with_parent: true, ..options.clone() };
        let mut command = Command::new(program);
        command.args(first).args(options.arguments()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (pipe, said) = (child.stdin.take(), child.stdout.take());
        let mut started = Self { child, pipe };
        let mut line = String::new();
        if let Some(said) = said {
            BufReader::new(said).read_line(&mut line)?;
        }
        if line.trim_end() == READY {
            return Ok(started);
        }
        started.end();
        Err(StartError::Ended)
    }

    /// The number of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Closes the pipe, and waits until the vault is gone; after five seconds it is made to go. Whether it went by itself, and well.
    pub fn end(&mut self) -> bool {
        drop(self.pipe.take());
        for _ in 0..LOOKS_MAX {
            match self.child.try_wait() {
                Ok(None) => thread::sleep(LOOK),
                Ok(Some(status)) => return status.success(),
                Err(_) => break,
            }
        }
        // It is gone already, or it is made to go: either way there is nothing left to do about a failure.
        let _ = self.child.kill();
        let _ = self.child.wait();
        false
    }
}

impl Drop for VaultProcess {
    fn drop(&mut self) {
        self.end();
    }
}
