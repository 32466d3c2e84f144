//! Keyed hashes by which a record is found without its words standing in the clear.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key::{Secret, UnitKey, silent};

/// Bytes of a hash: the version of its key, then 16 bytes, so that among a thousand million records two collide with a chance below one
/// in a million million million.
pub const LOOKUP_BYTES: usize = 17;

/// The version of the lookup key that stands in front of its hashes. A rotation of the office's unit key leaves it as it is.
const VERSION: u8 = 1;

/// The key of an office's look-ups (索引), derived from the key of the office's own unit. Equal words give equal hashes: whoever has the
/// store can count equals and learns no more.
pub struct LookupKey(Secret);
silent!(LookupKey);

impl UnitKey {
    /// The key of the look-ups of the office whose own unit this key is.
    #[must_use]
    pub fn lookup_key(&self) -> LookupKey {
        LookupKey(self.0.extract(b"kura/1/lookup key"))
    }
}

impl LookupKey {
    /// The hash of these words: HMAC-SHA-256, cut to 16 bytes, behind the version of the key.
    #[must_use]
    pub fn hash(&self, words: &[u8]) -> [u8; LOOKUP_BYTES] {
        let mut padded = Zeroizing::new([0; 64]);
        for (to, from) in padded.iter_mut().zip(self.0.bytes()) {
            *to = *from;
        }
        let mac = Hmac::<Sha256>::new((&*padded).into()).chain_update(words);
        let mut hash = [VERSION; LOOKUP_BYTES];
        for (to, from) in hash.iter_mut().skip(1).zip(mac.finalize().into_bytes()) {
            *to = from;
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_what_another_implementation_computes() {
        // hmac.new(hmac.new(b"kura/1/lookup key", b"\x11" * 32, "sha256").digest(), b"002|07", "sha256"), in Python.
        let key = UnitKey(Secret::copy_of(&[0x11; 32])).lookup_key();
        let expected =
            [1, 0xcf, 0x3b, 0x44, 0xf0, 0xa4, 0x8b, 0x3b, 0xa8, 0x49, 0xb6, 0x40, 0xae, 0x99, 0x21, 0xe4, 0x26];
        assert_eq!(key.hash(b"002|07"), expected);
        assert_ne!(key.hash(b"002|08"), expected);
        assert_ne!(UnitKey(Secret::copy_of(&[0x12; 32])).lookup_key().hash(b"002|07"), expected);
    }
}
