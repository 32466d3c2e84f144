//! The log key: it signs checkpoints, opens nothing, and its public half stands on the recovery sheet (復旧シート).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The identifier of Ed25519 in signed notes.
const ED25519: u8 = 1;
const PREFIX: &str = "ed25519:";

/// The private half (ログの署名鍵), held by the vault. Wiped from memory when dropped.
pub struct LogKey(SigningKey);

impl LogKey {
    /// The key of this seed: 32 bytes of chance, or a stored key.
    #[must_use]
    pub fn from_seed(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// What has to be kept, wrapped, to have the key again.
    #[must_use]
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> LogVerifier {
        LogVerifier(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, text: &str) -> [u8; 64] {
        self.0.sign(text.as_bytes()).to_bytes()
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LogKey")
    }
}

/// The public half (ログの検証鍵). Its text is `ed25519:` and 32 bytes in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogVerifier(VerifyingKey);

/// Text that is no public key of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ログの検証鍵（ed25519:で始まる文字列）ではありません。復旧シートのとおりに入力してください。")]
pub struct NotALogVerifier;

impl LogVerifier {
    /// The key for the eye (指紋): the first half of the SHA-256 of its 32 bytes, eight groups of four. To compare with the sheet.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        let (groups, _) = hash.as_chunks::<2>();
        let groups: Vec<_> = groups.iter().take(8).map(|[high, low]| format!("{high:02x}{low:02x}")).collect();
        groups.join(" ")
    }

    /// The key as other programs for signed notes read it (vkey), under the name with which it signs.
    #[must_use]
    pub fn note_key(&self, name: &str) -> String {
        let id = u32::from_be_bytes(self.key_id(name));
        let key: Vec<u8> = std::iter::once(ED25519).chain(self.0.to_bytes()).collect();
        format!("{name}+{id:08x}+{}", Base64::encode_string(&key))
    }

    /// SHA-256(name || newline || 0x01 || key), the first four bytes.
    pub(crate) fn key_id(&self, name: &str) -> [u8; 4] {
        let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(self.0.as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
        [a, b, c, d]
    }

    pub(crate) fn signed(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for LogVerifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{PREFIX}{}", Base64::encode_string(self.0.as_bytes()))
    }
}

impl FromStr for LogVerifier {
    type Err = NotALogVerifier;

    fn from_str(text: &str) -> Result<Self, NotALogVerifier> {
        let mut bytes = [0; 32];
        let text = text.strip_prefix(PREFIX).ok_or(NotALogVerifier)?;
        let length = Base64::decode(text, &mut bytes).map_err(|_| NotALogVerifier)?.len();
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NotALogVerifier)?;
        if length == bytes.len() && !key.is_weak() { Ok(Self(key)) } else { Err(NotALogVerifier) }
    }
}
