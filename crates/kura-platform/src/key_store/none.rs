//! Systems whose key stores do not outlive a restart or need somebody's desktop session: the README says why.

use super::KeyStoreError;
use crate::secret::Secret;

pub(super) const NAME: Option<&str> = None;

pub(super) fn store(_: &str, _: &Secret) -> Result<(), KeyStoreError> {
    Err(KeyStoreError::NotHere)
}

pub(super) fn load(_: &str) -> Result<Option<Secret>, KeyStoreError> {
    Err(KeyStoreError::NotHere)
}

pub(super) fn delete(_: &str) -> Result<(), KeyStoreError> {
    Err(KeyStoreError::NotHere)
}
