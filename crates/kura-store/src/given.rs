//! What the writer is lent: it has no key, no clock and no source of chance of its own.

use kura_id::OfficeId;

/// Seals the payload of an entry. The desk hands it over when it opens an office; the store never sees the key.
pub trait SealEntry: Send + Sync {
    /// The sealed bytes of the payload that becomes entry `seq` of this office.
    ///
    /// # Errors
    /// [`NotSealed`], for example when a lease has run out.
    fn seal(&self, office: OfficeId, seq: u64, payload: &[u8]) -> Result<Vec<u8>, NotSealed>;
}

/// An entry could not be sealed, so nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSealed {
    /// The key is not at hand, or not any more.
    #[error("記帳用の鍵が使えません。鍵を借り直してから、もう一度お試しください。")]
    NoKey,
    /// The primitive refused.
    #[error("記帳内容を封印できませんでした。")]
    Refused,
}

/// The time of an entry.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC.
    ///
    /// # Errors
    /// [`NotLent::Time`] where the system has none; nothing is written then.
    fn unix_millis(&self) -> Result<u64, NotLent>;
}

/// Chance, for salts.
pub trait Entropy: Send + Sync {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    /// [`NotLent::Chance`] where the system gives none; nothing is written then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent>;
}

/// The system does not give what an entry needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotLent {
    /// No time.
    #[error("システムの時刻が得られません。時計の設定を確かめてください。")]
    Time,
    /// No chance.
    #[error("システムの乱数が得られません。")]
    Chance,
}
