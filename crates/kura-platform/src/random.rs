//! The random source of the operating system.

use std::convert::Infallible;
use std::process;

use rand_core::{TryCryptoRng, TryRng};

/// The operating system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "オペレーティングシステムから乱数を得られません。鍵を作れないため中止しました。コンピューターを再起動してください。"
)]
pub struct RandomError;

/// The system's random source as `rand_core`'s `CryptoRng`, which the crates below take as an argument. That trait cannot fail:
/// should a source that was seen to work stop working, the process ends at once, before anything is sealed with bytes that are
/// not random.
#[derive(Debug, Clone, Copy)]
pub struct OsRandom(());

/// The random source, after it was seen to work.
///
/// # Errors
/// [`RandomError`] where the system gives none.
pub fn source() -> Result<OsRandom, RandomError> {
    bytes::<32>().map(|_| OsRandom(()))
}

/// `N` random bytes.
///
/// # Errors
/// [`RandomError`] where the system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| RandomError)?;
    Ok(bytes)
}

impl TryRng for OsRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(getrandom::u32().unwrap_or_else(|_| process::abort()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(getrandom::u64().unwrap_or_else(|_| process::abort()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        getrandom::fill(bytes).unwrap_or_else(|_| process::abort());
        Ok(())
    }
}

impl TryCryptoRng for OsRandom {}

/// Fills all of `bytes`.
///
/// # Errors
/// [`RandomError`] where the system gives none.
pub fn fill(bytes: &mut [u8]) -> Result<(), RandomError> {
    getrandom::fill(bytes).map_err(|_| RandomError)
}
