//! How far an office was shipped to one target: a small file, replaced whole.

use std::io;
use std::path::{Path, PathBuf};

use kura_platform::files;

use crate::manifest::{Manifest, ManifestError};
use crate::object::{Class, OBJECT_BYTES_MAX, ObjectName};
use serde::{Deserialize, Serialize};

use crate::text;

/// The newest manifest a target acknowledged, and one that is on its way.
#[derive(Debug, Clone)]
pub struct Cursor {
    path: PathBuf,
    state: State,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    /// The target, as a person names it.
    target: String,
    acknowledged: Option<Kept>,
    /// All that it lists is at the target; whether it is itself is not known.
    pending: Option<Kept>,
}

/// A manifest as it was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    #[serde(with = "text")]
    name: ObjectName,
    #[serde(with = "text::base64")]
    bytes: Vec<u8>,
}

/// Why a cursor cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CursorError {
    /// The file.
    #[error("保全の控え {path} を読み書きできません（{reason}）。空き容量と権限を確かめてください。")]
    Disk {
        /// Where.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// Not what was written.
    #[error("保全の控え {path} が壊れています。このファイルを消し、新しい保全先へ送り直してください。")]
    Damaged {
        /// Where.
        path: PathBuf,
    },
}

impl Cursor {
    /// The cursor in this file, of this target; at the beginning where there is none.
    ///
    /// # Errors
    /// [`CursorError`].
    pub fn open(path: &Path, target: &str) -> Result<Self, CursorError> {
        let beginning = State { target: target.to_owned(), acknowledged: None, pending: None };
        Ok(Self::read_file(path)?.unwrap_or(Self { path: path.to_owned(), state: beginning }))
    }

    /// The cursor in this file; nothing where there is none.
    ///
    /// # Errors
    /// [`CursorError`].
    pub fn read_file(path: &Path) -> Result<Option<Self>, CursorError> {
        let path = path.to_owned();
        let state = match files::read_limited(&path, 4 * OBJECT_BYTES_MAX) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| CursorError::Damaged { path: path.clone() })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(reason) => return Err(CursorError::Disk { path, reason }),
        };
        Ok(Some(Self { path, state }))
    }

    /// The target, as a person names it.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.state.target
    }

    /// The newest manifest the target acknowledged, with its name.
    ///
    /// # Errors
    /// [`CursorError::Damaged`].
    pub fn acknowledged(&self) -> Result<Option<(ObjectName, Manifest)>, CursorError> {
        let kept = self.state.acknowledged.as_ref();
        kept.map(|kept| Ok((kept.name, self.read(kept)?))).transpose()
    }

    pub(crate) fn pending(&self) -> Option<(ObjectName, &[u8])> {
        self.state.pending.as_ref().map(|kept| (kept.name, kept.bytes.as_slice()))
    }

    /// Remembers a manifest before it is sent.
    pub(crate) fn send(&mut self, name: ObjectName, bytes: Vec<u8>) -> Result<(), CursorError> {
        self.state.pending = Some(Kept { name, bytes });
        self.write()
    }

    /// The target has it.
    pub(crate) fn sent(&mut self) -> Result<(), CursorError> {
        if let Some(kept) = self.state.pending.take() {
            self.state.acknowledged = Some(kept);
        }
        self.write()
    }

    fn read(&self, kept: &Kept) -> Result<Manifest, CursorError> {
        let right = kept.name.class == Class::Manifest && kept.name.is_of(&kept.bytes);
        let manifest: Result<Manifest, ManifestError> = Manifest::read(&kept.name, &kept.bytes);
        manifest.ok().filter(|_| right).ok_or_else(|| CursorError::Damaged { path: self.path.clone() })
    }

    fn write(&self) -> Result<(), CursorError> {
        let damaged = || CursorError::Damaged { path: self.path.clone() };
        let bytes = serde_json::to_vec(&self.state).map_err(|_| damaged())?;
        let written = files::replace_private(&self.path, &bytes);
        written.map_err(|reason| CursorError::Disk { path: self.path.clone(), reason })
    }
}
