use std::fmt;

use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

/// 32 secret bytes. They lie on the heap, so that moving a key leaves no copy behind, and are wiped when it is dropped.
pub(crate) struct Secret(Box<Zeroizing<[u8; 32]>>);

impl Secret {
    pub(crate) fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self::fill(|bytes| rng.fill_bytes(bytes))
    }

    pub(crate) fn copy_of(bytes: &[u8; 32]) -> Self {
        Self::fill(|own| own.copy_from_slice(bytes))
    }

    pub(crate) fn fill(write: impl FnOnce(&mut [u8; 32])) -> Self {
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        write(&mut bytes);
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key that follows from this one: HKDF-Extract with SHA-256, the label as salt.
    pub(crate) fn extract(&self, label: &[u8]) -> Self {
        let (mut extracted, _) = Hkdf::<Sha256>::extract(Some(label), self.bytes());
        let key = Self::copy_of(extracted.as_ref());
        extracted.as_mut_slice().zeroize();
        key
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().ct_eq(other.bytes()).into()
    }
}

/// Says which key it is and nothing of it. No `Clone`, no `Display`, no serde: a key goes where it is meant to, or wrapped.
macro_rules! silent {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
pub(crate) use silent;

/// The number of an office's data key, counted from 1 and stored with everything sealed under it. (The *log epoch* after a restore
/// and the *number epoch* of the My Number key are other counts.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyEpoch(u32);

impl KeyEpoch {
    /// The epoch of an office's first day.
    pub const FIRST: Self = Self(1);

    /// The epoch of this number, as it was stored.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The epoch after a rotation. The last one has none, after four thousand million.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }
}

impl fmt::Display for KeyEpoch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// The key of one unit (a client, a person, the office itself). Outside its process it exists only wrapped, in the keyring; when the
/// wrap is destroyed, everything sealed with it is unreadable for ever.
#[derive(PartialEq)]
pub struct UnitKey(pub(crate) Secret);
silent!(UnitKey);

impl UnitKey {
    /// A new key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Secret::generate(rng))
    }
}

/// An office's data key of one epoch: it opens the keyring, and so everything the office stores.
#[derive(PartialEq)]
pub struct DataKey {
    pub(crate) secret: Secret,
    pub(crate) epoch: KeyEpoch,
}
silent!(DataKey);

impl DataKey {
    /// A new key for this epoch.
    pub fn generate(epoch: KeyEpoch, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self { secret: Secret::generate(rng), epoch }
    }

    /// The key as it came by a lease.
    #[must_use]
    pub fn from_bytes(epoch: KeyEpoch, bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self { secret: Secret::copy_of(bytes), epoch }
    }

    /// Its epoch.
    #[must_use]
    pub const fn epoch(&self) -> KeyEpoch {
        self.epoch
    }

    /// The bytes, for a lease over the vault's local socket and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        self.secret.bytes()
    }
}

/// The key of one installation. It wraps the data keys of its offices and opens the house store.
#[derive(PartialEq)]
pub struct ServerKey(pub(crate) Secret);
silent!(ServerKey);

impl ServerKey {
    /// A new key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Secret::generate(rng))
    }

    /// The key as the operating system's key store or a key file gave it.
    #[must_use]
    pub fn from_bytes(bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self(Secret::copy_of(bytes))
    }

    /// The bytes, for the operating system's key store or a key file and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The key under which the house store seals its records.
    #[must_use]
    pub fn house_key(&self) -> UnitKey {
        UnitKey(self.0.extract(b"kura/1/house key"))
    }
}
