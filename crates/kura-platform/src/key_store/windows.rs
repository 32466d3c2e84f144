//! Windows: the Credential Manager, whose contents the system keeps under the user's own key (DPAPI).

use std::collections::HashMap;

use keyring_core::{Entry, Error};
use windows_native_keyring_store::Store;
use zeroize::{Zeroize, Zeroizing};

use super::KeyStoreError;
use crate::secret::Secret;

pub(super) const NAME: Option<&str> = Some("Windows 資格情報マネージャー");

/// The first half of every name we use there.
const SERVICE: &str = "kura";

pub(super) fn store(name: &str, secret: &Secret) -> Result<(), KeyStoreError> {
    let entry = entry(name)?;
    match entry.get_secret() {
        Err(Error::NoEntry) => entry.set_secret(secret.expose()).map_err(refused),
        Err(error) => Err(refused(error)),
        Ok(mut held) => {
            held.zeroize();
            Err(KeyStoreError::Exists { name: name.to_owned() })
        }
    }
}

pub(super) fn load(name: &str) -> Result<Option<Secret>, KeyStoreError> {
    let held = match entry(name)?.get_secret() {
        Ok(held) => Zeroizing::new(held),
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(refused(error)),
    };
    let bytes = held.as_slice().try_into().map_err(|_| KeyStoreError::NotASecret { name: name.to_owned() })?;
    Ok(Some(Secret::from_bytes(bytes)))
}

pub(super) fn delete(name: &str) -> Result<(), KeyStoreError> {
    match entry(name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

/// `Local`: the secret stays on this machine and does not travel with a roaming profile.
fn entry(name: &str) -> Result<Entry, KeyStoreError> {
    let store: std::sync::Arc<keyring_core::CredentialStore> = Store::new().map_err(refused)?;
    let modifiers = HashMap::from([("persistence", "Local")]);
    Entry::new_in_store_with_modifiers(&store, SERVICE, name, &modifiers).map_err(refused)
}

/// The kind of refusal in the system's words. An error may carry the bytes it read: those are wiped, not shown.
fn refused(error: Error) -> KeyStoreError {
    let reason = match error {
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            "bad data".to_owned()
        }
        other => other.to_string(),
    };
    KeyStoreError::Refused { reason }
}
