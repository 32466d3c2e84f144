//! 確認コード: the six digits of RFC 6238 (SHA-1, thirty seconds), as every phone makes them.

use kura_store::Entropy;
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::DeskError;

/// What phone and office share: 160 bits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeSecret([u8; 20]);

impl Drop for CodeSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for CodeSecret {}

impl CodeSecret {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no chance.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, DeskError> {
        let mut bytes = [0; 20];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// As phones take it: base 32, 32 letters and digits.
    #[must_use]
    pub fn to_base32(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// From base 32; nothing where it is no secret of ours.
    #[must_use]
    pub fn from_base32(text: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(text).ok()?;
        secret.as_bytes().try_into().ok().map(Self)
    }

    /// The digits of an instant (UTC, milliseconds since 1970): what the phone shows.
    ///
    /// # Errors
    /// Never for a secret of this length; it is told all the same.
    pub fn code_at(&self, unix_millis: u64) -> Result<String, DeskError> {
        let totp = Builder::new().with_secret(Secret::new_stack(self.0)).build().map_err(|_| DeskError::NotProved)?;
        Ok(totp.generate(unix_millis / 1000).to_string())
    }

    /// To which thirty seconds a code belongs; one step before and after now is taken, because clocks of phones differ.
    pub(super) fn step_of(&self, typed: &str, unix_millis: u64) -> Option<u64> {
        let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).map(half_width).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let totp = Builder::new().with_secret(Secret::new_stack(self.0)).build().ok()?;
        totp.check(&digits, unix_millis / 1000)
    }
}

/// A full-width digit as the digit: an input method may have been on.
fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => u32::from(letter).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(letter),
        other => other,
    }
}
