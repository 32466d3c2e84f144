//! The tree as the checks see it: every file that is tracked or about to be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::manifest::Manifest;

/// One file of the tree.
pub(crate) struct TreeFile {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl TreeFile {
    /// The file as text; `None` for what is not UTF-8 (fonts, CP932 examples).
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// All files of the tree.
pub(crate) struct House {
    pub(crate) files: Vec<TreeFile>,
}

impl House {
    /// Reads the tree that git knows: tracked files, and new ones that no .gitignore excludes.
    pub(crate) fn read() -> Result<Self, String> {
        let root = root();
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .map_err(|error| format!("git is needed to list the tree: {error}"))?;
        if !listed.status.success() {
            return Err(format!("git could not list the tree: {}", String::from_utf8_lossy(&listed.stderr).trim()));
        }
        let mut files = Vec::new();
        for name in listed.stdout.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
            let path = String::from_utf8_lossy(name).into_owned();
            let on_disk = root.join(&path);
            // A file that is tracked and just deleted is no longer part of the tree.
            if on_disk.is_file() {
                let bytes = fs::read(&on_disk).map_err(|error| format!("{path}: {error}"))?;
                files.push(TreeFile { path, bytes });
            }
        }
        Ok(Self { files })
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path)?.text()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    /// Whether a folder of the tree has this path (without a trailing `/`).
    pub(crate) fn has_folder(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Every Cargo.toml, read.
    pub(crate) fn manifests(&self) -> Result<Vec<Manifest>, String> {
        self.files
            .iter()
            .filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"))
            .map(|file| Manifest::parse(&file.path, file.text().unwrap_or_default()))
            .collect()
    }

    /// The manifests of the rooms of the house: the folders of `crates/`.
    pub(crate) fn rooms(&self) -> Result<Vec<Manifest>, String> {
        Ok(self.manifests()?.into_iter().filter(|manifest| manifest.path.starts_with("crates/")).collect())
    }

    #[cfg(test)]
    pub(crate) fn invented(files: &[(&str, &str)]) -> Self {
        let files =
            files.iter().map(|(path, text)| TreeFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() });
        Self { files: files.collect() }
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}
