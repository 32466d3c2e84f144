//! 目録: what was shipped together, and how it goes on from what was shipped before.

use kura_id::OfficeId;
use kura_journal::UnixMillis;
use serde::{Deserialize, Serialize};

use crate::object::{Class, ObjectName};
use crate::text;

/// The number of this form.
const FORM: u16 = 1;

/// What was shipped together. Each names the one before it, so that none can be dropped or put in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    kura_archive: u16,
    /// Whose.
    #[serde(with = "text")]
    pub office: OfficeId,
    /// From 1, without a gap.
    pub number: u64,
    /// The one before; nothing for the first.
    #[serde(with = "text::option")]
    pub previous: Option<ObjectName>,
    /// When it was made, UTC.
    pub made_at: UnixMillis,
    /// The release of Kura that made it.
    pub release: String,
    /// Up to this number the journal is shipped.
    pub entries: u64,
    /// The signed checkpoint over these entries.
    pub checkpoint: String,
    /// The public log key that signed it.
    pub log_key: String,
    /// The public half of the recovery key on the office's sheet.
    #[serde(with = "text::base64")]
    pub recovery_key: Vec<u8>,
    /// The office's data keys, wrapped for the sheet.
    pub data_keys: Vec<DataKeyOnPaper>,
    /// Entries and changes that are new since the one before.
    pub objects: Vec<Listed>,
    /// The keyring of now.
    pub keyring: Listed,
    /// The newest generation.
    pub generation: GenerationNote,
    /// The parts of the generation, where it was made with this manifest.
    pub state: Vec<Listed>,
}

/// A data key that the sheet opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataKeyOnPaper {
    /// Its key epoch.
    pub epoch: u32,
    /// Wrapped to the recovery key.
    #[serde(with = "text::base64")]
    pub wrapped: Vec<u8>,
}

/// Where the newest generation (世代) stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenerationNote {
    /// The manifest that lists its parts.
    pub manifest: u64,
    /// The size of the journal in its moment.
    pub entries: u64,
    /// When it was made.
    pub made_at: UnixMillis,
}

/// An object with what must be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name.
    #[serde(with = "text")]
    pub name: ObjectName,
    /// Its length.
    pub bytes: u64,
    /// Its rows.
    pub count: u64,
}

/// Bytes that are no manifest of this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// No manifest at all.
    #[error("目録の形ではありません。")]
    Form,
    /// Of a newer release.
    #[error("新しい版のKuraの目録です。Kuraを更新してください。")]
    Newer,
    /// It contradicts itself: numbers that cannot be, or names of another office or class.
    #[error("目録の中身が食い違っています。")]
    Contradiction,
}

/// All but the form's number, which this program gives.
pub(crate) struct Draft {
    pub(crate) office: OfficeId,
    pub(crate) number: u64,
    pub(crate) previous: Option<ObjectName>,
    pub(crate) made_at: UnixMillis,
    pub(crate) entries: u64,
    pub(crate) checkpoint: String,
    pub(crate) log_key: String,
    pub(crate) recovery_key: Vec<u8>,
    pub(crate) data_keys: Vec<DataKeyOnPaper>,
    pub(crate) objects: Vec<Listed>,
    pub(crate) keyring: Listed,
    pub(crate) generation: GenerationNote,
    pub(crate) state: Vec<Listed>,
}

impl From<Draft> for Manifest {
    fn from(draft: Draft) -> Self {
        Self {
            kura_archive: FORM,
            office: draft.office,
            number: draft.number,
            previous: draft.previous,
            made_at: draft.made_at,
            release: env!("CARGO_PKG_VERSION").to_owned(),
            entries: draft.entries,
            checkpoint: draft.checkpoint,
            log_key: draft.log_key,
            recovery_key: draft.recovery_key,
            data_keys: draft.data_keys,
            objects: draft.objects,
            keyring: draft.keyring,
            generation: draft.generation,
            state: draft.state,
        }
    }
}

impl Manifest {
    /// Its bytes, and their name.
    pub(crate) fn close(&self) -> Result<(ObjectName, Vec<u8>), ManifestError> {
        let bytes = serde_json::to_vec(self).map_err(|_| ManifestError::Form)?;
        Ok((ObjectName::of(self.office, Class::Manifest, self.number, self.entries, &bytes), bytes))
    }

    /// Reads what stands under this name; its hash was compared.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn read(name: &ObjectName, bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Form {
            kura_archive: u16,
        }
        let form: Form = serde_json::from_slice(bytes).map_err(|_| ManifestError::Form)?;
        if form.kura_archive > FORM {
            return Err(ManifestError::Newer);
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| ManifestError::Form)?;
        if manifest.fits(name) { Ok(manifest) } else { Err(ManifestError::Contradiction) }
    }

    fn fits(&self, name: &ObjectName) -> bool {
        let own = (self.office, self.number, self.entries) == (name.office, name.first, name.last);
        let follows = match &self.previous {
            None => self.number == 1,
            Some(previous) => {
                previous.office == self.office
                    && previous.class == Class::Manifest
                    && previous.first.checked_add(1) == Some(self.number)
                    && previous.last <= self.entries
            }
        };
        let shipped = |listed: &Listed| {
            matches!(listed.name.class, Class::Journal | Class::Changes) && listed.name.last <= self.entries
        };
        let here = |listed: &Listed| listed.name.office == self.office;
        let generation = self.generation;
        let in_order = generation.manifest <= self.number && generation.entries <= self.entries;
        own && follows
            && in_order
            && self.objects.iter().all(|listed| here(listed) && shipped(listed))
            && here(&self.keyring)
            && self.keyring.name.class == Class::Keyring
            && self.state.iter().all(|listed| here(listed) && listed.name.class == Class::State)
            && (self.state.is_empty() || generation.manifest == self.number)
    }
}
