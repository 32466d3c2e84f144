use kura_id::OfficeId;
use rand_core::CryptoRng;

use crate::body::Dictionary;
use crate::key::{KeyEpoch, UnitKey, silent};
use crate::lookup::LookupKey;
use crate::place::{Place, Schema};
use crate::record::{OpenError, Opened, ResealError, open_entry, open_with, reseal};

/// A unit's keys: the newest, which seals, and the former ones, under which older versions lie in history and archive.
#[derive(PartialEq)]
pub struct UnitKeys {
    newest: UnitKey,
    former: Vec<UnitKey>,
}
silent!(UnitKeys);

impl From<UnitKey> for UnitKeys {
    fn from(newest: UnitKey) -> Self {
        Self { newest, former: Vec::new() }
    }
}

impl UnitKeys {
    pub(crate) fn newest_first(keys: impl IntoIterator<Item = UnitKey>) -> Option<Self> {
        let mut keys = keys.into_iter();
        Some(Self { newest: keys.next()?, former: keys.collect() })
    }

    /// The key that seals from now on.
    #[must_use]
    pub const fn newest(&self) -> &UnitKey {
        &self.newest
    }

    /// The same, when the former ones are not needed.
    #[must_use]
    pub fn into_newest(self) -> UnitKey {
        self.newest
    }

    /// The key of the look-ups of the office whose own unit these keys are. It stays that of the first key: what was found by it is found
    /// after a rotation.
    #[must_use]
    pub fn lookup_key(&self) -> LookupKey {
        self.former.last().unwrap_or(&self.newest).lookup_key()
    }

    /// The newest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &UnitKey> {
        std::iter::once(&self.newest).chain(&self.former)
    }

    /// A new key in front. The records of the unit are to be resealed with it.
    #[must_use]
    pub fn rotate(self, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let former = std::iter::once(self.newest).chain(self.former).collect();
        Self { newest: UnitKey::generate(rng), former }
    }

    /// Opens a record with whichever of the keys sealed it. The commitment tells; trying one costs a key derivation.
    ///
    /// # Errors
    /// [`OpenError`] as [`open`](crate::open); [`OpenError::OtherKey`] where none of the keys is the one.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Opened, OpenError> {
        self.open_with(place, sealed, |_| None)
    }

    /// Opens a record sealed with a dictionary or without, as [`open_with`](crate::open_with) does.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with<'d>(
        &self,
        place: &Place,
        sealed: &[u8],
        dictionary: impl Fn(Schema) -> Option<&'d Dictionary>,
    ) -> Result<Opened, OpenError> {
        self.try_each(|key| open_with(key, place, sealed, &dictionary))
    }

    /// Reseals a record with the newest key as its next version ([`reseal`]); nothing where the newest key sealed it already.
    ///
    /// # Errors
    /// [`ResealError`]: none of the keys opens it, or it cannot be sealed.
    pub fn reseal<'d>(
        &self,
        epoch: KeyEpoch,
        place: &Place,
        sealed: &[u8],
        dictionary: impl Fn(Schema) -> Option<&'d Dictionary>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Option<(Place, Vec<u8>)>, ResealError> {
        let other = ResealError::Open(OpenError::OtherKey);
        match open_with(&self.newest, place, sealed, &dictionary) {
            Ok(_) => return Ok(None),
            Err(OpenError::OtherKey) => {}
            Err(error) => return Err(error.into()),
        }
        for former in &self.former {
            match reseal(former, &self.newest, epoch, place, sealed, &dictionary, rng) {
                Err(error) if error == other => {}
                done => return done.map(Some),
            }
        }
        Err(other)
    }

    /// Opens the payload of a journal entry with whichever of the keys sealed it.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_entry(&self, office: OfficeId, seq: u64, sealed: &[u8]) -> Result<Opened, OpenError> {
        self.try_each(|key| open_entry(key, office, seq, sealed))
    }

    fn try_each(&self, open: impl Fn(&UnitKey) -> Result<Opened, OpenError>) -> Result<Opened, OpenError> {
        let other = |result: &Result<Opened, OpenError>| matches!(result, Err(OpenError::OtherKey));
        self.iter().map(open).find(|result| !other(result)).unwrap_or(Err(OpenError::OtherKey))
    }
}
