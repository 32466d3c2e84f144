use kura_id::OfficeId;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::body::{self, BODY_MAX_BYTES, BodyError, Dictionary};
use crate::envelope::{self, Header, Label, SUITE, SUITE_WITH_DICTIONARY, Shut, Unable};
use crate::key::{KeyEpoch, UnitKey};
use crate::place::{Form, Place, Schema};

/// A body that opened, with what its header said; all of it is now known to be as it was sealed.
pub struct Opened {
    /// The form of the body.
    pub schema: Schema,
    /// The epoch of the office's data key on the day of sealing.
    pub epoch: KeyEpoch,
    /// The body, wiped when dropped.
    pub body: Zeroizing<Vec<u8>>,
}
crate::key::silent!(Opened);

/// Why a body could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than [`BODY_MAX_BYTES`].
    #[error("一つの記録が大きすぎます（上限{}MiB）。分けて保存してください。", BODY_MAX_BYTES >> 20)]
    TooLong,
    /// There are no more version numbers.
    #[error("この記録の版番号が上限に達しています。新しい記録として保存してください。")]
    LastVersion,
    /// Compression or encryption refused: no memory.
    #[error("記録を封印できませんでした。メモリの空きを確かめて、もう一度実行してください。")]
    Unable,
}

/// Why sealed bytes did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Too few bytes to be sealed ones.
    #[error("封印された記録が途中で切れています。控えから戻してください。")]
    TooShort,
    /// Primitives that this program does not know: a newer one sealed it, or the first bytes are damaged.
    #[error(
        "この記録の封印方式{found}は、このKuraでは開けません（開けるのは{SUITE}と{SUITE_WITH_DICTIONARY}）。新しい版のKuraで書かれていないか確かめ、Kuraを更新してください。"
    )]
    UnknownSuite {
        /// The suite of the header.
        found: u16,
    },
    /// Sealed with another key, or salt or commitment are damaged.
    #[error("この鍵では開けない記録です。鍵の取り違えか、記録の破損です。kura journal verifyで確かめてください。")]
    OtherKey,
    /// The key is right: something of the bytes is changed, or they lie in a place they were not sealed for, or the dictionary is not the
    /// one they were sealed with.
    #[error("記録が書き換えられたか、別の場所へ移されています。kura journal verifyで確かめ、控えから戻してください。")]
    Altered,
    /// Its body was compressed with a dictionary that this program does not have.
    #[error(
        "記録の様式{schema}を展開する辞書が、このKuraにありません。この記録を書いた版のKuraか、より新しい版で開いてください。"
    )]
    NoDictionary {
        /// The form of the body.
        schema: Schema,
    },
    /// It opened, but what was sealed is no compressed body of at most [`BODY_MAX_BYTES`]: a fault of the program that sealed it.
    #[error("記録は開きましたが、中身を展開できません。この記録を書いた版のKuraで書き出してください。")]
    Body,
}

/// Seals a body for its place. Two seals of the same body differ in every part but the first eight bytes. `form` is a [`Schema`], or
/// a schema with its dictionary.
///
/// # Errors
/// [`SealError`]: the body is too long, or memory is short.
pub fn seal<'d>(
    key: &UnitKey,
    epoch: KeyEpoch,
    place: &Place,
    form: impl Into<Form<'d>>,
    body: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let form = form.into();
    let packed = body::pack(body, form.dictionary)?;
    let context = record_context(place, form.dictionary);
    Ok(envelope::close(&key.0, Label::Record, form.header(epoch), &context, packed, rng)?)
}

/// Opens what [`seal`] sealed for this place.
///
/// # Errors
/// [`OpenError`]: nothing of the body is known then.
pub fn open(key: &UnitKey, place: &Place, sealed: &[u8]) -> Result<Opened, OpenError> {
    open_with(key, place, sealed, |_| None)
}

/// Opens what [`seal`] sealed for this place with a dictionary or without. `dictionary` is asked for the one of this kind of record in
/// the schema found; with another one nothing opens.
///
/// # Errors
/// [`OpenError`]: nothing of the body is known then.
pub fn open_with<'d>(
    key: &UnitKey,
    place: &Place,
    sealed: &[u8],
    dictionary: impl FnOnce(Schema) -> Option<&'d Dictionary>,
) -> Result<Opened, OpenError> {
    let dictionary = match Header::read(sealed) {
        Some(Header { suite: SUITE_WITH_DICTIONARY, schema, .. }) => {
            Some(dictionary(schema).ok_or(OpenError::NoDictionary { schema })?)
        }
        _ => None,
    };
    let context = record_context(place, dictionary);
    unpacked(envelope::open(&key.0, Label::Record, &context, sealed)?, dictionary)
}

/// Rotates a record to another unit key: opened where it lies, sealed as its next version, to be committed as such (action `reseal`).
/// Body and schema stay as they are, and so does the dictionary, which is asked for as by [`open_with`].
///
/// # Errors
/// [`ResealError`]: the record did not open, or could not be sealed.
pub fn reseal<'d>(
    old: &UnitKey,
    new: &UnitKey,
    epoch: KeyEpoch,
    place: &Place,
    sealed: &[u8],
    dictionary: impl Fn(Schema) -> Option<&'d Dictionary>,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(Place, Vec<u8>), ResealError> {
    let opened = open_with(old, place, sealed, &dictionary)?;
    let form = Form { schema: opened.schema, dictionary: dictionary(opened.schema) };
    let next = Place { version: place.version.checked_add(1).ok_or(SealError::LastVersion)?, ..*place };
    let sealed = seal(new, epoch, &next, form, &opened.body, rng)?;
    Ok((next, sealed))
}

/// Why a record could not be resealed. It is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResealError {
    /// It did not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opened and could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Seals the payload of the journal's entry `seq`. The key is that of the office itself.
///
/// # Errors
/// [`SealError`]: the payload is too long, or memory is short.
pub fn seal_entry(
    key: &UnitKey,
    epoch: KeyEpoch,
    office: OfficeId,
    seq: u64,
    schema: Schema,
    payload: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let header = Form::from(schema).header(epoch);
    let packed = body::pack(payload, None)?;
    Ok(envelope::close(&key.0, Label::Entry, header, &entry_context(office, seq), packed, rng)?)
}

/// Opens what [`seal_entry`] sealed for this entry.
///
/// # Errors
/// [`OpenError`]: nothing of the payload is known then.
pub fn open_entry(key: &UnitKey, office: OfficeId, seq: u64, sealed: &[u8]) -> Result<Opened, OpenError> {
    unpacked(envelope::open(&key.0, Label::Entry, &entry_context(office, seq), sealed)?, None)
}

fn entry_context(office: OfficeId, seq: u64) -> Vec<u8> {
    [office.bytes().as_slice(), &seq.to_be_bytes()].concat()
}

fn record_context(place: &Place, dictionary: Option<&Dictionary>) -> Vec<u8> {
    let mut context = place.context();
    context.extend(dictionary.into_iter().flat_map(Dictionary::digest));
    context
}

fn unpacked(
    (header, packed): (Header, Zeroizing<Vec<u8>>),
    dictionary: Option<&Dictionary>,
) -> Result<Opened, OpenError> {
    let body = body::unpack(&packed, dictionary).map_err(|_| OpenError::Body)?;
    Ok(Opened { schema: header.schema, epoch: header.epoch, body })
}

impl From<Shut> for OpenError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::TooShort => Self::TooShort,
            Shut::UnknownSuite(found) => Self::UnknownSuite { found },
            Shut::OtherKey => Self::OtherKey,
            Shut::Altered => Self::Altered,
        }
    }
}

impl From<Unable> for SealError {
    fn from(Unable: Unable) -> Self {
        Self::Unable
    }
}

impl From<BodyError> for SealError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLong => Self::TooLong,
            BodyError::Frame => Self::Unable,
        }
    }
}
