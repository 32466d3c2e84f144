//! The process under test, with or without the disk that fails under it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use crate::part;

/// A part about to be played.
pub(crate) struct Play {
    command: Command,
    folder: PathBuf,
}

impl Play {
    pub(crate) fn new(part: &str, folder: &Path, round: u64) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env(part::PART, part).env(part::FOLDER, folder).env(part::ROUND, round.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        Self { command, folder: folder.to_owned() }
    }

    /// On the disk that fails, with this fault of it (see disk.c).
    pub(crate) fn with(mut self, faults: &[(&str, u64)]) -> Self {
        let folder = self.folder.clone();
        self.command.env("LD_PRELOAD", library()).env("KURA_DISK_FOLDER", folder);
        for (fault, value) in faults {
            self.command.env(format!("KURA_DISK_{fault}"), value.to_string());
        }
        self
    }

    /// Counts the steps of the disk into this file.
    pub(crate) fn counting(mut self, file: &Path) -> Self {
        self.command.env("KURA_DISK_STEPS", file);
        self
    }

    pub(crate) fn begin(mut self) -> Child {
        self.command.spawn().unwrap()
    }

    /// Plays it to its end.
    pub(crate) fn end(mut self) -> Output {
        self.command.output().unwrap()
    }
}

/// disk.c, built once.
fn library() -> &'static Path {
    static BUILT: OnceLock<(PathBuf, tempfile::TempDir)> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/disk.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(compiler.status().unwrap().success(), "cc builds disk.c");
        (library, folder)
    });
    &built.0
}
