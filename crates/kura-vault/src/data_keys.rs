//! `offices/<office>/<epoch>.key`: the data keys of the offices, wrapped under the vault key and beside it for the recovery key.

use std::fs;
use std::io;

use kura_id::{OfficeId, RequestId};
use kura_platform::files;
use kura_platform::secret::Secret;
use kura_seal::{DataKey, KeyEpoch, PublicKey, WrapError};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::home::VaultHome;
use crate::state::server_key_of;
use crate::text;

const VERSION: u16 = 1;
const FILE_BYTES_MAX: u64 = 16 * 1024;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyFile {
    version: u16,
    #[serde(with = "text")]
    office: OfficeId,
    pub(crate) epoch: u32,
    /// UTC, milliseconds.
    made_at: u64,
    /// The request that made it: asked again under it, the answer is the same.
    #[serde(with = "text")]
    pub(crate) request: RequestId,
    #[serde(with = "text::base64")]
    wrapped: Vec<u8>,
    /// The recovery key's public half.
    #[serde(with = "text::base64")]
    recovery: Vec<u8>,
    #[serde(with = "text::base64")]
    pub(crate) for_recovery: Vec<u8>,
}

/// Why a key is not there.
#[derive(Debug)]
pub(crate) enum DataKeyError {
    Disk,
    Damaged,
    NoPublicKey,
}

/// What makes a new key file.
pub(crate) struct NewKey {
    pub(crate) office: OfficeId,
    pub(crate) key: DataKey,
    pub(crate) recovery: PublicKey,
    pub(crate) request: RequestId,
    pub(crate) now: u64,
}

impl KeyFile {
    /// The file of a data key, not yet on the disk.
    pub(crate) fn make(vault_key: &Secret, new: &NewKey, chance: &mut impl CryptoRng) -> Result<Self, DataKeyError> {
        Ok(Self {
            version: VERSION,
            office: new.office,
            epoch: new.key.epoch().get(),
            made_at: new.now,
            request: new.request,
            wrapped: server_key_of(vault_key).wrap_data_key(&new.key, new.office, chance)?,
            recovery: new.recovery.bytes().to_vec(),
            for_recovery: new.recovery.wrap_data_key(&new.key, new.office, chance)?,
        })
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, DataKeyError> {
        serde_json::to_vec_pretty(self).map_err(|_| DataKeyError::Damaged)
    }

    /// Puts the bytes of the file on the disk.
    pub(crate) fn write(&self, home: &VaultHome, bytes: &[u8]) -> Result<(), DataKeyError> {
        files::create_private_folder(&home.office(self.office))?;
        Ok(files::replace_private(&home.data_key(self.office, KeyEpoch::new(self.epoch)), bytes)?)
    }

    /// The key file of an epoch; nothing where there is none.
    pub(crate) fn read(home: &VaultHome, office: OfficeId, epoch: KeyEpoch) -> Result<Option<Self>, DataKeyError> {
        let bytes = match files::read_limited(&home.data_key(office, epoch), FILE_BYTES_MAX) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let file: Self = serde_json::from_slice(&bytes).map_err(|_| DataKeyError::Damaged)?;
        let right = file.version == VERSION && file.office == office && file.epoch == epoch.get();
        if right { Ok(Some(file)) } else { Err(DataKeyError::Damaged) }
    }

    /// The newest key file of an office; nothing where the office has none.
    pub(crate) fn newest(home: &VaultHome, office: OfficeId) -> Result<Option<Self>, DataKeyError> {
        let entries = match fs::read_dir(home.office(office)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut newest = None;
        for entry in entries {
            newest = newest.max(epoch_of(&entry?.file_name()));
        }
        newest.map_or(Ok(None), |epoch| Self::read(home, office, epoch))
    }

    /// Destroys a key file.
    pub(crate) fn destroy(home: &VaultHome, office: OfficeId, epoch: KeyEpoch) -> Result<(), DataKeyError> {
        fs::remove_file(home.data_key(office, epoch))?;
        Ok(files::sync_folder(&home.office(office))?)
    }

    /// The data key.
    pub(crate) fn open(&self, vault_key: &Secret) -> Result<DataKey, DataKeyError> {
        let key = server_key_of(vault_key).unwrap_data_key(self.office, &self.wrapped)?;
        if key.epoch().get() == self.epoch { Ok(key) } else { Err(DataKeyError::Damaged) }
    }

    /// The public half of the recovery key, for the key of the next epoch.
    pub(crate) fn recovery(&self) -> &[u8] {
        &self.recovery
    }
}

/// The data keys of an office as its recovery sheet opens them: what an archive carries. It needs no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForRecovery {
    /// The public half of the recovery key.
    pub recovery: PublicKey,
    /// Each data key that is kept: its epoch, and the key wrapped to the recovery key. By rising epoch.
    pub data_keys: Vec<(KeyEpoch, Vec<u8>)>,
}

/// What an archive carries of an office's keys; nothing where the office has none here, or the files do not read.
#[must_use]
pub fn for_recovery(home: &VaultHome, office: OfficeId) -> Option<ForRecovery> {
    let newest = KeyFile::newest(home, office).ok()??;
    let mut data_keys = Vec::new();
    for epoch in (1..=newest.epoch).map(KeyEpoch::new) {
        let file = KeyFile::read(home, office, epoch).ok()?;
        data_keys.extend(file.map(|file| (epoch, file.for_recovery)));
    }
    Some(ForRecovery { recovery: public_key(&newest.recovery).ok()?, data_keys })
}

/// How many offices have a key here.
pub(crate) fn count_offices(home: &VaultHome) -> Result<u32, DataKeyError> {
    let folders = fs::read_dir(home.offices())?;
    let offices = folders.filter_map(Result::ok).filter(|folder| is_office(&folder.file_name()));
    u32::try_from(offices.count()).map_err(|_| DataKeyError::Disk)
}

fn is_office(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name.parse::<OfficeId>().is_ok())
}

fn epoch_of(name: &std::ffi::OsStr) -> Option<KeyEpoch> {
    name.to_str()?.strip_suffix(".key")?.parse().ok().map(KeyEpoch::new)
}

/// The public half of a recovery key.
pub(crate) fn public_key(bytes: &[u8]) -> Result<PublicKey, DataKeyError> {
    let bytes = bytes.try_into().map_err(|_| DataKeyError::NoPublicKey)?;
    PublicKey::from_bytes(bytes).map_err(|_| DataKeyError::NoPublicKey)
}

impl From<io::Error> for DataKeyError {
    fn from(_: io::Error) -> Self {
        Self::Disk
    }
}

impl From<WrapError> for DataKeyError {
    fn from(_: WrapError) -> Self {
        Self::Damaged
    }
}
