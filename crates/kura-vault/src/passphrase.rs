//! The strict setting: what a passphrase opens, and what a wrong one costs.

use argon2::{Algorithm, Argon2, Params, Version};
use kura_platform::secret::Secret;
use kura_seal::ServerKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::text;

/// The least number of characters of a passphrase.
pub(crate) const CHARACTERS_MIN: usize = 12;
/// The longest wait after wrong passphrases.
const WAIT_SECONDS_MAX: u64 = 300;
/// The most memory that a file may ask us to take, in KiB: 1 GiB.
const MEMORY_KIB_MAX: u32 = 1 << 20;
/// The most passes that a file may ask for.
const PASSES_MAX: u32 = 16;

/// How a passphrase becomes a key: Argon2id with the server key as its secret, so that neither opens anything without the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stretching {
    #[serde(with = "text::base64")]
    salt: Vec<u8>,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The numbers of a file cannot be, or there is no memory.
#[derive(Debug)]
pub(crate) struct CannotStretch;

impl Stretching {
    /// The second recommendation of RFC 9106 (64 MiB, three passes), on one lane.
    pub(crate) fn with_salt(salt: [u8; 16]) -> Self {
        Self { salt: salt.to_vec(), memory_kib: 64 * 1024, passes: 3, lanes: 1 }
    }

    /// The key above the vault key.
    pub(crate) fn key(&self, server_key: &Secret, passphrase: &[u8]) -> Result<ServerKey, CannotStretch> {
        if self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX {
            return Err(CannotStretch);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| CannotStretch)?;
        let argon2 = Argon2::new_with_secret(server_key.expose(), Algorithm::Argon2id, Version::V0x13, params)
            .map_err(|_| CannotStretch)?;
        let mut key = Zeroizing::new([0; 32]);
        argon2.hash_password_into(passphrase, &self.salt, key.as_mut_slice()).map_err(|_| CannotStretch)?;
        Ok(ServerKey::from_bytes(&key))
    }
}

/// Wrong passphrases in a row, and when the last one was (UTC, milliseconds).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Attempts {
    wrong: u32,
    last: u64,
}

impl Attempts {
    /// How many seconds from `now` no passphrase is tried; 0 when one may be tried. Where the clock was set back, the wait begins now:
    /// nobody waits longer than the whole wait.
    pub(crate) fn wait_seconds(&mut self, now: u64) -> u64 {
        self.last = self.last.min(now);
        let passed = now.saturating_sub(self.last) / 1000;
        self.whole_wait().saturating_sub(passed)
    }

    pub(crate) fn failed(self, now: u64) -> Self {
        Self { wrong: self.wrong.saturating_add(1), last: now }
    }

    fn whole_wait(self) -> u64 {
        match self.wrong {
            0 => 0,
            wrong => 1_u64.checked_shl(wrong.saturating_sub(1)).unwrap_or(u64::MAX).min(WAIT_SECONDS_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_passphrase_doubles_the_wait_and_none_lasts_for_ever() {
        let mut attempts = Attempts::default();
        assert_eq!(attempts.wait_seconds(1_000_000), 0);
        let waits: Vec<_> = (0..70)
            .map(|_| {
                attempts = attempts.failed(1_000_000);
                attempts.wait_seconds(1_000_000)
            })
            .collect();
        assert_eq!(waits[..10], [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(waits[69], 300);
        assert_eq!(attempts.wait_seconds(1_000_000 + 299_000), 1);
        assert_eq!(attempts.wait_seconds(1_000_000 + 300_000), 0);
        attempts = attempts.failed(2_000_000);
        assert_eq!(attempts.wait_seconds(1_000_000), 300, "the clock was set back");
        assert_eq!(attempts.wait_seconds(1_000_000 + 300_000), 0, "and the wait ends all the same");
    }

    #[test]
    fn a_passphrase_opens_with_its_server_key_and_salt_alone() {
        let secret = |byte| Secret::from_bytes([byte; 32]);
        let quick = |salt| Stretching { salt: vec![salt; 16], memory_kib: 64, passes: 1, lanes: 1 };
        let key = quick(1).key(&secret(1), b"correct horse").unwrap();
        assert!(key == quick(1).key(&secret(1), b"correct horse").unwrap());
        assert!(key != quick(1).key(&secret(1), b"correct horsf").unwrap());
        assert!(key != quick(1).key(&secret(2), b"correct horse").unwrap());
        assert!(key != quick(2).key(&secret(1), b"correct horse").unwrap());
        let greedy = Stretching { memory_kib: MEMORY_KIB_MAX + 1, ..quick(1) };
        assert!(greedy.key(&secret(1), b"correct horse").is_err());
    }
}
