//! The one form of everything sealed under a symmetric key: header in clear, AES-256-GCM under a key of its own.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::key::{KeyEpoch, Secret};
use crate::place::Schema;

/// HKDF-SHA-256, AES-256-GCM, key commitment; the body by itself.
pub(crate) const SUITE: u16 = 1;
/// The same, the body compressed with the dictionary of its kind and schema.
pub(crate) const SUITE_WITH_DICTIONARY: u16 = 2;
pub(crate) const HEADER_BYTES: usize = 72;
pub(crate) const TAG_BYTES: usize = 16;

/// What is sealed: the label of the key derivation. What is sealed as one thing never opens as another.
#[derive(Clone, Copy)]
pub(crate) enum Label {
    Record,
    Entry,
    UnitKey,
    DataKey,
}

impl Label {
    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Record => b"kura/1/record",
            Self::Entry => b"kura/1/entry",
            Self::UnitKey => b"kura/1/unit key",
            Self::DataKey => b"kura/1/data key",
        }
    }
}

/// What sealed bytes say without a key. It is true only once they have opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Which primitives, which form. This program knows 1 and 2.
    pub suite: u16,
    /// The form of the body.
    pub schema: Schema,
    /// The epoch of the office's data key on the day of sealing.
    pub epoch: KeyEpoch,
}

impl Header {
    /// The header of sealed bytes; nothing where they are too short to have one.
    #[must_use]
    pub fn read(sealed: &[u8]) -> Option<Self> {
        let (&[s0, s1, f0, f1, e0, e1, e2, e3], _) = sealed.split_first_chunk::<8>()?;
        Some(Self {
            suite: u16::from_be_bytes([s0, s1]),
            schema: Schema::new(u16::from_be_bytes([f0, f1])),
            epoch: KeyEpoch::new(u32::from_be_bytes([e0, e1, e2, e3])),
        })
    }

    fn bytes(self, salt: &[u8; 32], commitment: &[u8; 32]) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        let numbers = [self.suite.to_be_bytes(), self.schema.get().to_be_bytes()];
        let parts = numbers.into_iter().flatten().chain(self.epoch.get().to_be_bytes()).chain(*salt).chain(*commitment);
        for (to, from) in bytes.iter_mut().zip(parts) {
            *to = from;
        }
        bytes
    }
}

/// A primitive refused to work. It does so for messages of 64 GiB, and none of ours is that long.
#[derive(Debug)]
pub(crate) struct Unable;

/// Why bytes did not open.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shut {
    TooShort,
    UnknownSuite(u16),
    OtherKey,
    Altered,
}

/// Fills in the header and encrypts in place. `packed` is [`HEADER_BYTES`] of room and then the body.
pub(crate) fn close(
    secret: &Secret,
    label: Label,
    header: Header,
    context: &[u8],
    mut packed: Vec<u8>,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, Unable> {
    let mut salt = [0; 32];
    rng.fill_bytes(&mut salt);
    let derived = derive(secret, &salt, label)?;
    let (room, body) = packed.split_first_chunk_mut::<HEADER_BYTES>().ok_or(Unable)?;
    *room = header.bytes(&salt, derived.commitment());
    let tag = derived
        .cipher()
        .encrypt_inout_detached(&Nonce::default(), &associated(room, context), body.into())
        .map_err(|_| Unable)?;
    packed.extend_from_slice(&tag);
    Ok(packed)
}

/// The header and the body, if everything is as it was sealed.
pub(crate) fn open(
    secret: &Secret,
    label: Label,
    context: &[u8],
    sealed: &[u8],
) -> Result<(Header, Zeroizing<Vec<u8>>), Shut> {
    let header = Header::read(sealed).ok_or(Shut::TooShort)?;
    if ![SUITE, SUITE_WITH_DICTIONARY].contains(&header.suite) {
        return Err(Shut::UnknownSuite(header.suite));
    }
    let (clear, rest) = sealed.split_first_chunk::<HEADER_BYTES>().ok_or(Shut::TooShort)?;
    let (text, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(Shut::TooShort)?;
    let (_, salt_and_commitment) = clear.split_first_chunk::<8>().ok_or(Shut::TooShort)?;
    let (salt, commitment) = salt_and_commitment.split_first_chunk::<32>().ok_or(Shut::TooShort)?;
    let derived = derive(secret, salt, label).map_err(|Unable| Shut::Altered)?;
    if !bool::from(derived.commitment().as_slice().ct_eq(commitment)) {
        return Err(Shut::OtherKey);
    }
    let mut body = Zeroizing::new(text.to_vec());
    derived
        .cipher()
        .decrypt_inout_detached(
            &Nonce::default(),
            &associated(clear, context),
            body.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .map_err(|_| Shut::Altered)?;
    Ok((header, body))
}

/// The key for one message, and its commitment.
struct Derived(Zeroizing<[[u8; 32]; 2]>);

impl Derived {
    /// The nonce beside it is always zero: the key is never used for a second message, because its salt is not.
    fn cipher(&self) -> Aes256Gcm {
        let [key, _] = &*self.0;
        Aes256Gcm::new(key.into())
    }

    fn commitment(&self) -> &[u8; 32] {
        let [_, commitment] = &*self.0;
        commitment
    }
}

fn derive(secret: &Secret, salt: &[u8; 32], label: Label) -> Result<Derived, Unable> {
    let mut both = Zeroizing::new([[0; 32]; 2]);
    Hkdf::<Sha256>::new(Some(salt), secret.bytes())
        .expand(label.bytes(), both.as_flattened_mut())
        .map_err(|_| Unable)?;
    Ok(Derived(both))
}

fn associated(header: &[u8; HEADER_BYTES], context: &[u8]) -> Vec<u8> {
    [header.as_slice(), context].concat()
}
