//! What a record is to the store: a name, a version, sealed bytes, and the keys by which it is found.

use std::fmt;

use kura_id::{Kind, RecordId, UnitId};

/// The most keys a record may have.
pub const KEYS_MAX: usize = 16;
/// The longest value of a key, in bytes.
pub const KEY_VALUE_BYTES_MAX: usize = 128;
/// The longest sealed record, in bytes: what an office scans, it keeps in parts.
pub const SEALED_BYTES_MAX: usize = 16 << 20;

/// Kind and id: within its office it names one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordName {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: RecordId,
}

impl fmt::Display for RecordName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.kind.get(), self.id)
    }
}

/// A record of the present.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Which one.
    pub name: RecordName,
    /// Whose key seals it.
    pub unit: UnitId,
    /// 1 for the first; a deletion counts, and a version never returns.
    pub version: u64,
    /// Shape of the sealed body.
    pub schema: u16,
    /// The sealed bytes, header included.
    pub sealed: Vec<u8>,
}

impl fmt::Debug for Record {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Record({} version {}, {} bytes)", self.name, self.version, self.sealed.len())
    }
}

/// The number of an index within a kind. The desk keeps the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(u16);

impl Index {
    /// The index of this number.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// A look-up key: an id, a period, a state, in bytes that sort as their meaning does. What is personal stands here only as a keyed
/// hash with the version of its key; history leads with the period, so that new rows lie together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Of which index.
    pub index: Index,
    /// The value, compared byte by byte.
    pub value: Vec<u8>,
}

/// All keys of one version of a record, sorted, each once. They are replaced as a whole, so that no writer has to know the old ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<Key>);

/// Why a set of keys is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// More than [`KEYS_MAX`].
    #[error("一つの記録の索引は{KEYS_MAX}個までです。")]
    TooMany,
    /// A value longer than [`KEY_VALUE_BYTES_MAX`].
    #[error("索引{}の値が{KEY_VALUE_BYTES_MAX}バイトを超えています。", index.get())]
    TooLong {
        /// Of which index.
        index: Index,
    },
    /// Bytes that were not written by [`Keys::to_bytes`].
    #[error("保存された索引の形が壊れています。")]
    Malformed,
}

impl Keys {
    /// No key: the record is found by its name alone.
    pub const NONE: Self = Self(Vec::new());

    /// The set of these keys.
    ///
    /// # Errors
    /// [`KeysError`] past the limits.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Result<Self, KeysError> {
        let mut keys: Vec<Key> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() > KEYS_MAX {
            return Err(KeysError::TooMany);
        }
        match keys.iter().find(|key| key.value.len() > KEY_VALUE_BYTES_MAX) {
            Some(key) => Err(KeysError::TooLong { index: key.index }),
            None => Ok(Self(keys)),
        }
    }

    /// The keys, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.0.iter()
    }

    /// Whether the set has this key.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        self.0.binary_search(key).is_ok()
    }

    /// As they stand beside the record and in its history: for each key the index (2 bytes), the length (1), the value.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.iter().map(|key| key.value.len().saturating_add(3)).sum());
        for key in &self.0 {
            bytes.extend(key.index.get().to_be_bytes());
            // Never cut: the limit is below 255.
            bytes.push(u8::try_from(key.value.len()).unwrap_or(u8::MAX));
            bytes.extend(&key.value);
        }
        bytes
    }

    /// The set that [`Keys::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`KeysError`] for any other bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self, KeysError> {
        let mut keys = Vec::new();
        while let [high, low, length, rest @ ..] = bytes {
            let (value, rest) = rest.split_at_checked(usize::from(*length)).ok_or(KeysError::Malformed)?;
            keys.push(Key { index: Index::new(u16::from_be_bytes([*high, *low])), value: value.to_vec() });
            bytes = rest;
        }
        let sorted = keys.is_sorted_by(|one, next| one < next);
        if sorted && bytes.is_empty() { Self::new(keys) } else { Err(KeysError::Malformed) }
    }
}
