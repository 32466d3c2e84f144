//! パスワード: long, not known to everybody, and kept only in a form that costs 64 MiB of memory to try.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Params, Version};
use kura_store::Entropy;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::DeskError;

/// So many letters a password has at least.
pub(super) const LETTERS_MIN: usize = 12;

/// No password is longer: it is stretched, and who sends a megabyte wants something else.
const LETTERS_MAX: usize = 256;

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too short.
    #[error("パスワードは{LETTERS_MIN}文字以上にしてください。いくつかの言葉をつなげた文が覚えやすく、強くなります。")]
    Short,
    /// Too long.
    #[error("パスワードは{LETTERS_MAX}文字以内にしてください。")]
    Long,
    /// It stands in lists of passwords that leaked elsewhere, or is made of one pattern.
    #[error("このパスワードは、漏えいした一覧にあるか、推測されやすい並びです。別のものにしてください。")]
    Common,
    /// It holds the user's name or the product's.
    #[error("利用者名や「kura」を除くと、パスワードが短すぎます。別のものにしてください。")]
    OwnName,
}

/// Passwords of twelve letters and more that stand in lists of leaked ones (from zxcvbn, MIT; licence beside it).
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Whether a password will do for this user.
pub(super) fn acceptable(password: &str, user: &str) -> Result<(), PasswordFault> {
    let lower = Zeroizing::new(password.to_lowercase());
    let letters = password.chars().count();
    if letters < LETTERS_MIN {
        return Err(PasswordFault::Short);
    }
    if letters > LETTERS_MAX {
        return Err(PasswordFault::Long);
    }
    if COMMON.contains(lower.as_str()) || is_one_pattern(&lower) {
        return Err(PasswordFault::Common);
    }
    let mut without_names = Zeroizing::new(lower.replace("kura", ""));
    if !user.is_empty() {
        without_names = Zeroizing::new(without_names.replace(&user.to_lowercase(), ""));
    }
    if without_names.chars().count() < LETTERS_MIN.saturating_sub(4) {
        return Err(PasswordFault::OwnName);
    }
    Ok(())
}

/// A short piece again and again, or letters that follow one another.
fn is_one_pattern(password: &str) -> bool {
    let letters: Zeroizing<Vec<char>> = Zeroizing::new(password.chars().collect());
    let repeats =
        (1..=4).any(|period| letters.iter().zip(letters.iter().skip(period)).all(|(one, other)| one == other));
    let distance =
        |(one, other): (&char, &char)| i64::from(u32::from(*other)).saturating_sub(i64::from(u32::from(*one)));
    let steps = letters.iter().zip(letters.iter().skip(1)).map(distance);
    let in_order = steps.filter(|step| step.abs() <= 1).count();
    repeats || in_order.saturating_mul(4) >= letters.len().saturating_mul(3)
}

/// A password as it is kept: Argon2id, the second recommendation of RFC 9106 on one lane.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretched {
    salt: [u8; 16],
    memory_kib: u32,
    passes: u32,
    key: [u8; 32],
}

const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// One at a time: many who guess together shall not take the machine's memory.
static STRETCHING: Mutex<()> = Mutex::new(());

impl Stretched {
    pub(super) fn of(password: &str, entropy: &dyn Entropy) -> Result<Self, DeskError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt)?;
        let key = stretch(password, &salt, MEMORY_KIB, PASSES).ok_or(DeskError::NotProved)?;
        Ok(Self { salt, memory_kib: MEMORY_KIB, passes: PASSES, key: *key })
    }

    /// Whether this is the password.
    pub(super) fn is(&self, password: &str) -> bool {
        stretch(password, &self.salt, self.memory_kib, self.passes).is_some_and(|key| bool::from(key.ct_eq(&self.key)))
    }

    /// Takes as long as [`is`](Self::is), for nobody.
    pub(super) fn waste(password: &str) {
        drop(stretch(password, &[0; 16], MEMORY_KIB, PASSES));
    }
}

fn stretch(password: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Option<Zeroizing<[u8; 32]>> {
    if password.chars().count() > LETTERS_MAX {
        return None;
    }
    let _alone = STRETCHING.lock().unwrap_or_else(PoisonError::into_inner);
    let params = Params::new(memory_kib, passes, 1, Some(32)).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(password.as_bytes(), salt, key.as_mut_slice()).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_unknown_passwords_will_do() {
        for (password, verdict) in [
            ("ame no hi no kura", Ok(())),
            ("雨の日は蔵で本を読む夜", Err(PasswordFault::Short)),
            ("雨の日は蔵で本を読む夜更け", Ok(())),
            ("short-pass1", Err(PasswordFault::Short)),
            ("1qaz2wsx3edc4rfv", Err(PasswordFault::Common)),
            ("JustinBieber", Err(PasswordFault::Common)),
            ("aaaaaaaaaaaaaaaa", Err(PasswordFault::Common)),
            ("abcabcabcabcabc", Err(PasswordFault::Common)),
            ("abcdefghijklmnop", Err(PasswordFault::Common)),
            ("9876543210987654", Err(PasswordFault::Common)),
            ("kurakura-hanako7", Err(PasswordFault::OwnName)),
        ] {
            assert_eq!(acceptable(password, "hanako"), verdict, "{password}");
        }
        assert_eq!(acceptable(&"x1".repeat(129), "hanako"), Err(PasswordFault::Long));
    }

    #[test]
    fn every_listed_password_is_refused() {
        assert!(COMMON.len() > 200);
        for listed in COMMON.iter() {
            assert_eq!(acceptable(listed, "hanako"), Err(PasswordFault::Common), "{listed}");
        }
    }
}
