//! An office that serves, as the program that people have.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The built program lies beside the folder of the tests.
fn program() -> PathBuf {
    let mut folder = std::env::current_exe().unwrap();
    folder.pop();
    folder.pop();
    let program = folder.join("kura");
    assert!(program.exists(), "{} is not built: cargo test --workspace builds it", program.display());
    program
}

/// The demonstration's office, in a folder of its own.
pub struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    /// `kura demo`: the four invented clients, with a month, a bonus and 算定 behind them.
    ///
    /// # Panics
    /// Where it fails.
    #[must_use]
    pub fn demo() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Command::new(program())
            .args(["demo", "--no-serve", "--no-pdf", "--dir"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
        Self { folder }
    }

    /// `kura serve` on a free port.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn serve(&self) -> Served {
        Served::start(&self.folder.path().join("kura-home"))
    }
}

/// A server that runs until this is dropped.
pub struct Served {
    child: Child,
    /// The first page, without a slash at its end.
    pub address: String,
    /// The administrator's name and one-time code, where nobody has begun yet.
    pub beginning: Option<(String, String)>,
}

impl Served {
    fn start(home: &Path) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "--listen", "127.0.0.1:0", "--dir"])
            .arg(home)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut words = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Ctrl-C") {
            assert!(words.read_line(&mut said).unwrap() > 0, "kura serve ended: {said}");
        }
        // The rest is read until the end, so that the server never waits for somebody who listens.
        std::thread::spawn(move || words.read_to_end(&mut Vec::new()));
        let after = |word: &str| {
            said.split_once(word).and_then(|(_, rest)| rest.lines().next()).map(|rest| rest.trim().to_owned())
        };
        Self {
            child,
            address: after("机を開きました:").unwrap(),
            beginning: after("最初の管理者の利用者名:").zip(after("登録コード:")),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Asked to end, so that the vault it started ends with it.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
