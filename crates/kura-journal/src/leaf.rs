//! What of an entry is hashed: a salt, a clear head and the sealed payload.

use std::fmt;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::clock::UnixMillis;
use crate::epoch::Opening;

/// The longest payload, with its head, that a journal takes: a full entry is a quarter of it.
pub const PAYLOAD_BYTES_MAX: usize = 1 << 20;

const ORDINARY: u8 = 1;
const OPENING: u8 = 2;
/// Tag, number, time.
const HEAD: usize = 1 + 8 + 8;

/// 32 bytes of chance, a fresh one for each entry: who holds a hash alone cannot guess what it is the hash of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// The salt of these bytes: chance, or as they were stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 32] {
        self.0
    }
}

/// The payload as the journal keeps and hashes it: a clear head (number, time, and the opening of a log epoch), then what the desk
/// sealed. The head is part of the hash, so that number and time are proven to somebody who can open nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedPayload {
    seq: u64,
    at: UnixMillis,
    opening: Option<Opening>,
    bytes: Vec<u8>,
}

/// Bytes that are no [`SealedPayload`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// The head is cut off, of an unknown kind, or says what cannot be.
    #[error("記録の見出し（番号と時刻）が壊れています。")]
    Head,
    /// Longer than [`PAYLOAD_BYTES_MAX`].
    #[error("1件の記録は{PAYLOAD_BYTES_MAX}バイトまでです。")]
    TooLong,
}

impl SealedPayload {
    /// The payload of entry `seq` (from 1), sealed.
    ///
    /// # Errors
    /// [`PayloadError`] where it is too long, or `seq` is 0.
    pub fn new(seq: u64, at: UnixMillis, sealed: &[u8]) -> Result<Self, PayloadError> {
        let head = [&[ORDINARY][..], &seq.to_be_bytes(), &at.get().to_be_bytes()].concat();
        Self::joined(seq, at, None, head, sealed)
    }

    /// The payload of the first entry of a new log epoch.
    ///
    /// # Errors
    /// [`PayloadError`] where it is too long, or `seq` is 0.
    pub fn opening_epoch(seq: u64, at: UnixMillis, opening: &Opening, sealed: &[u8]) -> Result<Self, PayloadError> {
        let head = [&[OPENING][..], &seq.to_be_bytes(), &at.get().to_be_bytes(), &opening.bytes()].concat();
        Self::joined(seq, at, Some(*opening), head, sealed)
    }

    fn joined(
        seq: u64,
        at: UnixMillis,
        opening: Option<Opening>,
        head: Vec<u8>,
        sealed: &[u8],
    ) -> Result<Self, PayloadError> {
        let mut bytes = head;
        bytes.extend_from_slice(sealed);
        if seq == 0 {
            return Err(PayloadError::Head);
        }
        if bytes.len() > PAYLOAD_BYTES_MAX {
            return Err(PayloadError::TooLong);
        }
        Ok(Self { seq, at, opening, bytes })
    }

    /// Reads a payload with its head, as it was stored.
    ///
    /// # Errors
    /// [`PayloadError`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, PayloadError> {
        if bytes.len() > PAYLOAD_BYTES_MAX {
            return Err(PayloadError::TooLong);
        }
        let (seq, at, opening) = read_head(&bytes).ok_or(PayloadError::Head)?;
        Ok(Self { seq, at, opening, bytes })
    }

    /// The number of the entry: from 1, without gaps. A tree of size n holds the entries 1 to n.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// When it was made.
    #[must_use]
    pub const fn at(&self) -> UnixMillis {
        self.at
    }

    /// What it says about a log epoch that begins with it.
    #[must_use]
    pub const fn opening(&self) -> Option<&Opening> {
        self.opening.as_ref()
    }

    /// What the desk sealed.
    #[must_use]
    pub fn sealed(&self) -> &[u8] {
        let head = if self.opening.is_some() { HEAD + Opening::LENGTH } else { HEAD };
        self.bytes.get(head..).unwrap_or_default()
    }

    /// Head and sealed bytes, as they are hashed and kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The leaf hash of this payload.
    #[must_use]
    pub fn leaf(&self, salt: &Salt) -> LeafHash {
        LeafHash::of(salt, &self.bytes)
    }
}

impl fmt::Debug for SealedPayload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SealedPayload(seq {}, at {}, {} bytes)", self.seq, self.at.get(), self.bytes.len())
    }
}

impl Opening {
    /// What the head of a payload says about a log epoch that begins with it; nothing where it is ordinary or damaged.
    #[must_use]
    pub fn of_payload(payload: &[u8]) -> Option<Self> {
        read_head(payload).and_then(|(_, _, opening)| opening)
    }
}

/// Number, time and opening of a payload; nothing where the head cannot be.
pub(crate) fn read_head(payload: &[u8]) -> Option<(u64, UnixMillis, Option<Opening>)> {
    let (&tag, rest) = payload.split_first()?;
    let (seq, rest) = rest.split_first_chunk::<8>()?;
    let (at, rest) = rest.split_first_chunk::<8>()?;
    let opening = match tag {
        ORDINARY => None,
        OPENING => Some(Opening::from_bytes(rest.first_chunk()?)?),
        _ => return None,
    };
    let seq = u64::from_be_bytes(*seq);
    (seq != 0).then_some((seq, UnixMillis::new(u64::from_be_bytes(*at)), opening))
}

/// The hash of an entry: SHA-256(0x00 || salt || payload), a leaf of RFC 6962.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeafHash([u8; 32]);

impl LeafHash {
    /// The hash of a payload with its head.
    #[must_use]
    pub fn of(salt: &Salt, payload: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(salt.0).chain_update(payload).finalize().into())
    }

    /// A hash as it was stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Debug for LeafHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "LeafHash({})", Base64::encode_string(&self.0))
    }
}
