//! The clock of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

/// The machine's clock stands before 1970, or beyond what 64 bits of milliseconds hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "このコンピューターの時計が1970年より前などの、あり得ない時刻を指しています。日付と時刻を合わせてから、もう一度実行してください。"
)]
pub struct ClockError;

/// Now: UTC, milliseconds since 1970. It may go backwards when somebody sets the clock; who writes times in order must see to that.
///
/// # Errors
/// [`ClockError`] where the clock shows a time that cannot be.
#[expect(clippy::disallowed_methods, reason = "the one place of the floor that keeps that reads the clock")]
pub fn unix_millis() -> Result<u64, ClockError> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| ClockError)?;
    u64::try_from(since.as_millis()).map_err(|_| ClockError)
}
