//! Where the server key lies.

use std::path::PathBuf;

use kura_platform::key_file::{self, KeyFileError, Medium};
use kura_platform::key_store::{self, KeyStoreError};
use kura_platform::secret::Secret;
use serde::{Deserialize, Serialize};

use crate::home::VaultHome;

/// From where the vault takes the server key at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// The key store of the operating system, under a name.
    SystemStore {
        /// The name.
        name: String,
    },
    /// A key file.
    File {
        /// The file.
        path: PathBuf,
        /// The closest place to the data that will do: [`Medium::Other`] unless a person said otherwise.
        worst_allowed: Medium,
    },
}

/// Where the server key lies, as far as it matters to a thief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// In the key store of the operating system.
    SystemStore,
    /// In a file on another file system than the data.
    OtherFileSystem,
    /// In a file on the file system of the data.
    SameFileSystem,
    /// In a file in the folder of the data.
    InsideHome,
}

/// Why there is no server key.
#[derive(Debug, thiserror::Error)]
pub enum KeySourceError {
    /// The key file.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// The key store.
    #[error(transparent)]
    Store(#[from] KeyStoreError),
    /// Nothing lies in the key store under this name.
    #[error(
        "鍵の保管庫に「{name}」がありません。Kuraを最初に設定した利用者で動かしているか確認してください。失われた場合は復旧シートで復元します。"
    )]
    NotInStore {
        /// The name.
        name: String,
    },
}

/// Puts a copy of the server key to another place, to be used from the next start on. The old one stays until its owner removes it: who
/// took it before still has it.
///
/// # Errors
/// [`KeySourceError`]; nothing is replaced.
pub fn copy_key(home: &VaultHome, from: &KeySource, to: &KeySource) -> Result<KeyPlace, KeySourceError> {
    let (key, _) = from.load(home)?;
    to.keep(home, &key)
}

impl KeySource {
    /// Puts a new server key there.
    pub(crate) fn keep(&self, home: &VaultHome, key: &Secret) -> Result<KeyPlace, KeySourceError> {
        match self {
            Self::SystemStore { name } => {
                key_store::store(name, key)?;
                Ok(KeyPlace::SystemStore)
            }
            Self::File { path, worst_allowed } => Ok(key_file::create(path, home.dir(), *worst_allowed, key)?.into()),
        }
    }

    /// Takes the server key from there, and says where that was.
    pub(crate) fn load(&self, home: &VaultHome) -> Result<(Secret, KeyPlace), KeySourceError> {
        match self {
            Self::SystemStore { name } => {
                let key = key_store::load(name)?.ok_or_else(|| KeySourceError::NotInStore { name: name.clone() })?;
                Ok((key, KeyPlace::SystemStore))
            }
            Self::File { path, worst_allowed } => {
                let key = key_file::load(path)?;
                Ok((key, key_file::allowed_medium(path, home.dir(), *worst_allowed)?.into()))
            }
        }
    }
}

impl From<Medium> for KeyPlace {
    fn from(medium: Medium) -> Self {
        match medium {
            Medium::Other => Self::OtherFileSystem,
            Medium::SameFileSystem => Self::SameFileSystem,
            Medium::InsideHome => Self::InsideHome,
        }
    }
}
