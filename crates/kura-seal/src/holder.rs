//! A data key wrapped to somebody who is not there: the sheet of paper, the office's PC. HPKE (RFC 9180) with P-256.

use std::fmt;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use kura_id::OfficeId;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::envelope::SUITE;
use crate::key::{DataKey, KeyEpoch, Secret, silent};
use crate::keyring::WrapError;

const INFO: &[u8] = b"kura/1/data key to holder";

/// A point of P-256 as SEC 1 writes it without compression.
const POINT_BYTES: usize = 65;

/// The public half of a recovery or agent key: whoever has it can wrap, and cannot open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; POINT_BYTES]);

impl PublicKey {
    /// The key of these bytes, as they were stored: a point of P-256, not compressed (SEC 1).
    ///
    /// # Errors
    /// [`WrapError::NoPublicKey`] where they are no point of the curve.
    pub fn from_bytes(bytes: &[u8; POINT_BYTES]) -> Result<Self, WrapError> {
        let key = Self(*bytes);
        key.point().map(|_| key)
    }

    /// The bytes, to be stored.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; POINT_BYTES] {
        &self.0
    }

    /// An office's data key, wrapped so that only the holder of the private half can unwrap it.
    ///
    /// # Errors
    /// [`WrapError::Unable`].
    pub fn wrap_data_key(
        &self,
        data_key: &DataKey,
        office: OfficeId,
        mut rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, WrapError> {
        let head = head(data_key.epoch);
        let (encapsulated, text) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &self.point()?,
            INFO,
            data_key.secret.bytes(),
            &associated(head, office),
            &mut rng,
        )
        .map_err(|_| WrapError::Unable)?;
        Ok([head.as_slice(), &encapsulated.to_bytes(), &text].concat())
    }

    fn point(&self) -> Result<<DhP256HkdfSha256 as Kem>::PublicKey, WrapError> {
        Deserializable::from_bytes(&self.0).map_err(|_| WrapError::NoPublicKey)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({})", self.fingerprint())
    }
}

/// The key of the office's PC, which holds the office's own archive: read access for the nightly rehearsal.
#[derive(PartialEq)]
pub struct AgentKey(Secret);
silent!(AgentKey);

impl AgentKey {
    /// A new key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Secret::generate(rng))
    }

    /// The key as the operating system's key store gave it.
    #[must_use]
    pub fn from_bytes(bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self(Secret::copy_of(bytes))
    }

    /// The bytes, for the operating system's key store and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        public_key(&self.0)
    }

    /// The data key that was wrapped to this key, with its epoch.
    ///
    /// # Errors
    /// [`WrapError`]: another key or office, or changed bytes.
    pub fn unwrap_data_key(&self, office: OfficeId, wrapped: &[u8]) -> Result<DataKey, WrapError> {
        unwrap_data_key(&self.0, office, wrapped)
    }
}

pub(crate) fn public_key(seed: &Secret) -> PublicKey {
    let (_, public) = DhP256HkdfSha256::derive_keypair(seed.bytes());
    PublicKey(public.to_bytes().into())
}

pub(crate) fn unwrap_data_key(seed: &Secret, office: OfficeId, wrapped: &[u8]) -> Result<DataKey, WrapError> {
    let (head, rest) = wrapped.split_first_chunk::<6>().ok_or(WrapError::Length)?;
    let &[s0, s1, e0, e1, e2, e3] = head;
    let (suite, epoch) = (u16::from_be_bytes([s0, s1]), u32::from_be_bytes([e0, e1, e2, e3]));
    if suite != SUITE {
        return Err(WrapError::UnknownSuite { found: suite });
    }
    let (encapsulated, text) = rest.split_first_chunk::<POINT_BYTES>().ok_or(WrapError::Length)?;
    let encapsulated = Deserializable::from_bytes(encapsulated).map_err(|_| WrapError::Altered)?;
    let (private, _) = DhP256HkdfSha256::derive_keypair(seed.bytes());
    let body = hpke::single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        INFO,
        text,
        &associated(*head, office),
    )
    .map(Zeroizing::new)
    .map_err(|_| WrapError::OtherKey)?;
    let key = <&[u8; 32]>::try_from(body.as_slice()).map_err(|_| WrapError::Length)?;
    Ok(DataKey { secret: Secret::copy_of(key), epoch: KeyEpoch::new(epoch) })
}

fn head(epoch: KeyEpoch) -> [u8; 6] {
    let ([s0, s1], [e0, e1, e2, e3]) = (SUITE.to_be_bytes(), epoch.get().to_be_bytes());
    [s0, s1, e0, e1, e2, e3]
}

fn associated(head: [u8; 6], office: OfficeId) -> Vec<u8> {
    [head.as_slice(), &office.bytes()].concat()
}
