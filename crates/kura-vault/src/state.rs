//! `vault.json`: the vault's id, its setting, and the keys it keeps wrapped.

use std::io;

use kura_id::OfficeId;
use kura_platform::files;
use kura_platform::secret::Secret;
use kura_seal::{DataKey, KeyEpoch, ServerKey, WrapError};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::home::VaultHome;
use crate::passphrase::{CannotStretch, Stretching};
use crate::text;

const VERSION: u16 = 1;
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// The vault key and the log key are wrapped as data keys of the vault's own id. The epoch, which is authenticated, tells which is
/// which, so that one cannot be put in the place of the other.
const VAULT_KEY: KeyEpoch = KeyEpoch::new(1);
const LOG_KEY: KeyEpoch = KeyEpoch::new(2);

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    version: u16,
    #[serde(with = "text")]
    pub(crate) vault: OfficeId,
    /// How a passphrase opens the vault key; nothing where the server key alone does.
    pub(crate) ask: Option<Stretching>,
    #[serde(with = "text::base64")]
    vault_key: Vec<u8>,
    #[serde(with = "text::base64")]
    log_key: Vec<u8>,
    /// The public log key.
    pub(crate) log_verifier: String,
}

/// Why the file does not serve.
#[derive(Debug)]
pub(crate) enum StateError {
    Disk(io::Error),
    Damaged,
    /// The vault key does not open: another server key or passphrase.
    OtherKey,
}

impl State {
    /// A new vault that opens unattended.
    pub(crate) fn create(
        vault: OfficeId,
        server_key: &Secret,
        vault_key: &Secret,
        log_seed: &Secret,
        log_verifier: String,
        chance: &mut impl CryptoRng,
    ) -> Result<Self, StateError> {
        let above = server_key_of(server_key);
        Ok(Self {
            version: VERSION,
            vault,
            ask: None,
            vault_key: wrap(&above, vault, VAULT_KEY, vault_key, chance)?,
            log_key: wrap(&above, vault, LOG_KEY, log_seed, chance)?,
            log_verifier,
        })
    }

    pub(crate) fn read(home: &VaultHome) -> Result<Self, StateError> {
        let bytes = files::read_limited(&home.state(), FILE_BYTES_MAX)?;
        let state: Self = serde_json::from_slice(&bytes).map_err(|_| StateError::Damaged)?;
        if state.version == VERSION { Ok(state) } else { Err(StateError::Damaged) }
    }

    pub(crate) fn write(&self, home: &VaultHome) -> Result<(), StateError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| StateError::Damaged)?;
        Ok(files::replace_private(&home.state(), &bytes)?)
    }

    /// The seed of the log key, which the server key alone opens.
    pub(crate) fn log_seed(&self, server_key: &Secret) -> Result<Zeroizing<[u8; 32]>, StateError> {
        let key = unwrap(&server_key_of(server_key), self.vault, LOG_KEY, &self.log_key)?;
        Ok(Zeroizing::new(*key.expose()))
    }

    /// The vault key. The passphrase counts in the strict setting alone.
    pub(crate) fn vault_key(&self, server_key: &Secret, passphrase: &[u8]) -> Result<Secret, StateError> {
        unwrap(&above(self.ask.as_ref(), server_key, passphrase)?, self.vault, VAULT_KEY, &self.vault_key)
    }

    /// The same vault under another setting.
    pub(crate) fn opened_by(
        &self,
        ask: Option<Stretching>,
        server_key: &Secret,
        passphrase: &[u8],
        vault_key: &Secret,
        chance: &mut impl CryptoRng,
    ) -> Result<Self, StateError> {
        let above = above(ask.as_ref(), server_key, passphrase)?;
        let vault_key = wrap(&above, self.vault, VAULT_KEY, vault_key, chance)?;
        Ok(Self { ask, vault_key, ..self.clone() })
    }
}

/// A key of kura-seal from a locked page, for one use: it is wiped when dropped.
pub(crate) fn server_key_of(key: &Secret) -> ServerKey {
    ServerKey::from_bytes(&Zeroizing::new(*key.expose()))
}

fn above(ask: Option<&Stretching>, server_key: &Secret, passphrase: &[u8]) -> Result<ServerKey, StateError> {
    match ask {
        None => Ok(server_key_of(server_key)),
        Some(stretching) => Ok(stretching.key(server_key, passphrase)?),
    }
}

fn wrap(
    above: &ServerKey,
    vault: OfficeId,
    place: KeyEpoch,
    key: &Secret,
    chance: &mut impl CryptoRng,
) -> Result<Vec<u8>, StateError> {
    let key = DataKey::from_bytes(place, &Zeroizing::new(*key.expose()));
    Ok(above.wrap_data_key(&key, vault, chance)?)
}

fn unwrap(above: &ServerKey, vault: OfficeId, place: KeyEpoch, wrapped: &[u8]) -> Result<Secret, StateError> {
    let key = above.unwrap_data_key(vault, wrapped)?;
    if key.epoch() == place { Ok(Secret::from_bytes(*key.expose())) } else { Err(StateError::Damaged) }
}

impl From<io::Error> for StateError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<WrapError> for StateError {
    fn from(error: WrapError) -> Self {
        match error {
            WrapError::OtherKey => Self::OtherKey,
            _ => Self::Damaged,
        }
    }
}

impl From<CannotStretch> for StateError {
    fn from(CannotStretch: CannotStretch) -> Self {
        Self::Damaged
    }
}
