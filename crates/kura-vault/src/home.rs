//! The places of the vault's files.

use std::path::{Path, PathBuf};

use kura_id::OfficeId;
use kura_platform::socket::Address;
use kura_seal::KeyEpoch;

/// Where the vault of an installation lives: `DIR/vault`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultHome {
    dir: PathBuf,
    folder: PathBuf,
}

impl VaultHome {
    /// The vault of the installation in `dir`.
    #[must_use]
    pub fn in_dir(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), folder: dir.join("vault") }
    }

    /// The installation's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The vault's own folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> Address {
        Address::in_folder(&self.folder, "vault")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.folder.join("vault.json")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.folder.join("journal.checkpoint")
    }

    pub(crate) fn custody(&self) -> PathBuf {
        self.folder.join("custody.jsonl")
    }

    pub(crate) fn offices(&self) -> PathBuf {
        self.folder.join("offices")
    }

    pub(crate) fn office(&self, office: OfficeId) -> PathBuf {
        self.offices().join(office.to_string())
    }

    pub(crate) fn data_key(&self, office: OfficeId, epoch: KeyEpoch) -> PathBuf {
        self.office(office).join(format!("{epoch}.key"))
    }
}
