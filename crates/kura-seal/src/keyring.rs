//! Keys under keys. A wrapped key is bound to its office, its unit and the epoch of the key above it.

use kura_id::{OfficeId, UnitId};
use rand_core::CryptoRng;

use crate::envelope::{self, HEADER_BYTES, Header, Label, SUITE, Shut, TAG_BYTES, Unable};
use crate::key::{DataKey, KeyEpoch, Secret, ServerKey, UnitKey};
use crate::place::Schema;
use crate::unit_keys::UnitKeys;

const KEY_BYTES: usize = 32;

/// The form of wrapped keys: their 32 bytes, the newest first, and nothing else.
const KEY_SCHEMA: Schema = Schema::new(1);

/// Why a key could not be wrapped or unwrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// Too few bytes, or too many.
    #[error("包まれた鍵の長さが正しくありません。鍵束を控えから戻してください。")]
    Length,
    /// Primitives that this program does not know.
    #[error(
        "この鍵の包み方{found}は、このKuraでは開けません（開けるのは{SUITE}）。新しい版のKuraで書かれていないか確かめ、Kuraを更新してください。"
    )]
    UnknownSuite {
        /// The suite of the wrapped key.
        found: u16,
    },
    /// Wrapped under the data key of another epoch.
    #[error(
        "この鍵は第{wrapped}期のデータ鍵で包まれています（使ったのは第{used}期）。その期のデータ鍵で開いてください。"
    )]
    OtherEpoch {
        /// The epoch of the wrapped key.
        wrapped: KeyEpoch,
        /// The epoch of the key that was tried.
        used: KeyEpoch,
    },
    /// Wrapped under another key or for another holder, or damaged.
    #[error("この鍵では開けない包みです。鍵の取り違えか、鍵束の破損です。鍵束を控えから戻してください。")]
    OtherKey,
    /// Changed, or meant for another office or unit.
    #[error("包まれた鍵が書き換えられたか、別の事務所・別の持ち主のものです。鍵束を控えから戻してください。")]
    Altered,
    /// A public key that is none.
    #[error("公開鍵の形が正しくありません。相手の機器で公開鍵を表示し直して、登録し直してください。")]
    NoPublicKey,
    /// A primitive refused to work: no memory.
    #[error("鍵を包めませんでした。メモリの空きを確かめて、もう一度実行してください。")]
    Unable,
}

impl DataKey {
    /// A unit's row of the keyring: its key, wrapped.
    ///
    /// # Errors
    /// [`WrapError::Unable`].
    pub fn wrap_unit_key(
        &self,
        unit_key: &UnitKey,
        office: OfficeId,
        unit: UnitId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, WrapError> {
        wrap(&self.secret, Label::UnitKey, self.epoch, &unit_context(office, unit), [&unit_key.0], rng)
    }

    /// The key with which a unit's records are sealed, from the unit's row of the keyring.
    ///
    /// # Errors
    /// [`WrapError`]: another epoch, key, office or unit, or changed bytes.
    pub fn unwrap_unit_key(&self, office: OfficeId, unit: UnitId, wrapped: &[u8]) -> Result<UnitKey, WrapError> {
        self.unwrap_unit_keys(office, unit, wrapped).map(UnitKeys::into_newest)
    }

    /// A unit's row of the keyring that holds former keys as well.
    ///
    /// # Errors
    /// [`WrapError::Unable`].
    pub fn wrap_unit_keys(
        &self,
        unit_keys: &UnitKeys,
        office: OfficeId,
        unit: UnitId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, WrapError> {
        let secrets = unit_keys.iter().map(|key| &key.0);
        wrap(&self.secret, Label::UnitKey, self.epoch, &unit_context(office, unit), secrets, rng)
    }

    /// The unit's keys, former ones too, from its row of the keyring.
    ///
    /// # Errors
    /// [`WrapError`]: another epoch, key, office or unit, or changed bytes.
    pub fn unwrap_unit_keys(&self, office: OfficeId, unit: UnitId, wrapped: &[u8]) -> Result<UnitKeys, WrapError> {
        if let Some(header) = Header::read(wrapped)
            && header.suite == SUITE
            && header.epoch != self.epoch
        {
            return Err(WrapError::OtherEpoch { wrapped: header.epoch, used: self.epoch });
        }
        let (_, secrets) = unwrap(&self.secret, Label::UnitKey, &unit_context(office, unit), wrapped)?;
        UnitKeys::newest_first(secrets.into_iter().map(UnitKey)).ok_or(WrapError::Length)
    }

    /// A row of the keyring at this key's epoch, from a row at the epoch of `old`: what the rotation of a data key does to every unit.
    /// The unit's keys stay the same, so no record changes.
    ///
    /// # Errors
    /// As [`unwrap_unit_keys`](Self::unwrap_unit_keys) of the old key.
    pub fn rewrap_unit_key(
        &self,
        old: &Self,
        office: OfficeId,
        unit: UnitId,
        wrapped: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, WrapError> {
        self.wrap_unit_keys(&old.unwrap_unit_keys(office, unit, wrapped)?, office, unit, rng)
    }

    /// The key of the next epoch, new from chance and not from this one. The last epoch has none.
    pub fn next(&self, rng: &mut (impl CryptoRng + ?Sized)) -> Option<Self> {
        Some(Self::generate(self.epoch.next()?, rng))
    }
}

impl ServerKey {
    /// An office's data key, wrapped for this installation.
    ///
    /// # Errors
    /// [`WrapError::Unable`].
    pub fn wrap_data_key(
        &self,
        data_key: &DataKey,
        office: OfficeId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, WrapError> {
        wrap(&self.0, Label::DataKey, data_key.epoch, &office.bytes(), [&data_key.secret], rng)
    }

    /// The data key that was wrapped for this installation, with its epoch.
    ///
    /// # Errors
    /// [`WrapError`]: another key or office, or changed bytes.
    pub fn unwrap_data_key(&self, office: OfficeId, wrapped: &[u8]) -> Result<DataKey, WrapError> {
        let (epoch, secrets) = unwrap(&self.0, Label::DataKey, &office.bytes(), wrapped)?;
        let [secret] = <[Secret; 1]>::try_from(secrets).map_err(|_| WrapError::Length)?;
        Ok(DataKey { secret, epoch })
    }
}

fn wrap<'k>(
    above: &Secret,
    label: Label,
    epoch: KeyEpoch,
    context: &[u8],
    keys: impl IntoIterator<Item = &'k Secret>,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, WrapError> {
    let keys: Vec<&Secret> = keys.into_iter().collect();
    // The whole room at once: a buffer that grew would leave a copy of the keys behind.
    let mut packed = Vec::with_capacity(HEADER_BYTES + KEY_BYTES * keys.len() + TAG_BYTES);
    packed.resize(HEADER_BYTES, 0);
    for key in keys {
        packed.extend_from_slice(key.bytes());
    }
    let header = Header { suite: SUITE, schema: KEY_SCHEMA, epoch };
    envelope::close(above, label, header, context, packed, rng).map_err(|Unable| WrapError::Unable)
}

fn unwrap(above: &Secret, label: Label, context: &[u8], wrapped: &[u8]) -> Result<(KeyEpoch, Vec<Secret>), WrapError> {
    let (header, body) = envelope::open(above, label, context, wrapped)?;
    if (header.suite, header.schema) != (SUITE, KEY_SCHEMA) {
        return Err(WrapError::Altered);
    }
    match body.as_chunks::<KEY_BYTES>() {
        (keys, []) => Ok((header.epoch, keys.iter().map(Secret::copy_of).collect())),
        _ => Err(WrapError::Length),
    }
}

fn unit_context(office: OfficeId, unit: UnitId) -> Vec<u8> {
    [office.bytes(), unit.bytes()].concat()
}

impl From<Shut> for WrapError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::TooShort => Self::Length,
            Shut::UnknownSuite(found) => Self::UnknownSuite { found },
            Shut::OtherKey => Self::OtherKey,
            Shut::Altered => Self::Altered,
        }
    }
}
