//! UUIDv7: the mechanism behind every id of the registry.

use uuid::{Builder, Uuid, Variant, Version};

/// The last millisecond an id can hold (48 bits, the year 10889).
const MILLIS_MAX: u64 = (1 << 48) - 1;

/// Why something is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not 32 hexadecimal digits in the form 8-4-4-4-12, in small letters.
    #[error("IDの形（8-4-4-4-12桁の小文字の16進数）ではありません。")]
    Spelling,
    /// Sixteen bytes, but of another version of UUID: they would not sort by time.
    #[error("時刻順のID（UUIDv7）ではありません。")]
    NotByTime,
    /// The time lies after the last one an id can hold.
    #[error("IDに入れられる時刻を超えています。")]
    TooLate,
}

/// The sixteen bytes of an id made at `unix_millis` (UTC, milliseconds since 1970) with ten bytes of chance.
pub(crate) fn from_parts(unix_millis: u64, chance: [u8; 10]) -> Result<[u8; 16], IdError> {
    if unix_millis > MILLIS_MAX {
        return Err(IdError::TooLate);
    }
    Ok(Builder::from_unix_timestamp_millis(unix_millis, &chance).into_uuid().into_bytes())
}

/// Sixteen bytes as they were stored.
pub(crate) fn from_bytes(bytes: [u8; 16]) -> Result<[u8; 16], IdError> {
    let id = Uuid::from_bytes(bytes);
    let by_time = id.get_version() == Some(Version::SortRand) && id.get_variant() == Variant::RFC4122;
    if by_time { Ok(bytes) } else { Err(IdError::NotByTime) }
}

/// The one spelling an id has: no braces, no capitals, hyphens in their places. Two spellings of one id would be two names.
pub(crate) fn parse(text: &str) -> Result<[u8; 16], IdError> {
    let id = Uuid::try_parse(text).map_err(|_| IdError::Spelling)?;
    let mut own = Uuid::encode_buffer();
    if id.hyphenated().encode_lower(&mut own) != text {
        return Err(IdError::Spelling);
    }
    from_bytes(id.into_bytes())
}

pub(crate) fn unix_millis([a, b, c, d, e, f, ..]: [u8; 16]) -> u64 {
    u64::from_be_bytes([0, 0, a, b, c, d, e, f])
}
