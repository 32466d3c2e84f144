//! The folder of the files: names, permissions, and a new file that is there whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kura_id::OfficeId;
use kura_platform::files;
use kura_store::Fault;

use crate::fault::of_system;

const DATABASE: &str = ".sqlite";

/// Where the office files lie.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder, made where it is missing; for its owner alone.
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        files::create_private_folder(path).map_err(|error| of_system(&error))?;
        Ok(Self(path.to_path_buf()))
    }

    pub(crate) fn database(&self, office: OfficeId) -> PathBuf {
        self.0.join(format!("{office}{DATABASE}"))
    }

    pub(crate) fn lock(&self, office: OfficeId) -> PathBuf {
        self.0.join(format!("{office}.lock"))
    }

    fn unfinished(&self, office: OfficeId) -> PathBuf {
        self.0.join(format!("{office}{DATABASE}.new"))
    }

    /// Whether the office has a file.
    pub(crate) fn has(&self, office: OfficeId) -> Result<bool, Fault> {
        self.database(office).try_exists().map_err(|error| of_system(&error))
    }

    /// Whether a process ended without copying the office's write-ahead log.
    pub(crate) fn has_log(&self, office: OfficeId) -> bool {
        let log = self.0.join(format!("{office}{DATABASE}-wal"));
        fs::metadata(log).is_ok_and(|log| log.len() > 0)
    }

    /// The offices that have a file, oldest first.
    pub(crate) fn offices(&self) -> Result<Vec<OfficeId>, Fault> {
        let mut offices = Vec::new();
        for file in fs::read_dir(&self.0).map_err(|error| of_system(&error))? {
            let name = file.map_err(|error| of_system(&error))?.file_name();
            let office = name
                .to_str()
                .and_then(|name| name.strip_suffix(DATABASE))
                .and_then(|name| name.parse::<OfficeId>().ok());
            offices.extend(office);
        }
        offices.sort_unstable();
        Ok(offices)
    }

    /// Makes the file of an office: `fill` fills it under another name, and it gets its own when it is on the disk. The caller holds
    /// the office's lock. What an earlier, broken attempt left is thrown away.
    pub(crate) fn make<E: From<Fault>>(
        &self,
        office: OfficeId,
        fill: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let unfinished = self.unfinished(office);
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(of_system(&error).into()),
            _ => {}
        }
        // SQLite gives its own files the permissions of the database.
        files::create_private(&unfinished).map_err(|error| of_system(&error))?;
        fill(&unfinished)?;
        fs::rename(&unfinished, self.database(office)).map_err(|error| of_system(&error))?;
        files::sync_folder(&self.0).map_err(|error| Fault::Io { reason: error.kind().to_string() }.into())
    }
}
