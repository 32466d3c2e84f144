//! Bodies lie compressed: one zstd frame that says its size, with or without a dictionary.

use std::cell::RefCell;
use std::thread::LocalKey;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;
use zstd::zstd_safe::get_frame_content_size;
use zstd::zstd_safe::{CCtx, CDict, DCtx, DDict, SafeResult, compress_bound, find_frame_compressed_size};

use crate::envelope::{HEADER_BYTES, TAG_BYTES};

/// The longest body there can be, before compression: 16 MiB. Longer things are cut into records; nothing sealed can swell to more
/// than this when it is opened.
pub const BODY_MAX_BYTES: usize = 16 << 20;

/// zstd's level: the quickest that still finds the repetitions of a slip's JSON (measured: benches/seal.rs).
const LEVEL: i32 = 1;

/// What bodies of one form have in common: field names, in the order in which they are written. A body compressed with it takes a half
/// to a third of the bytes, and is compressed quicker.
///
/// It belongs to the form: to another kind or [`Schema`](crate::Schema) belongs another dictionary, and none ever changes.
pub struct Dictionary {
    packs: CDict<'static>,
    unpacks: DDict<'static>,
    /// SHA-256 of the sample. zstd does not notice another dictionary and gives another body: so the seal has to.
    digest: [u8; 32],
}
crate::key::silent!(Dictionary);

impl Dictionary {
    /// The dictionary of a sample: a typical body, everything that is usual at its end, nobody real in it. Nothing where memory is short.
    #[must_use]
    pub fn new(sample: &[u8]) -> Option<Self> {
        let (packs, unpacks) = (CDict::try_create(sample, LEVEL)?, DDict::try_create(sample)?);
        Some(Self { packs, unpacks, digest: Sha256::digest(sample).into() })
    }

    pub(crate) const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BodyError {
    TooLong,
    /// Not one whole frame with its size, or no memory.
    Frame,
}

thread_local! {
    // Making a compressor costs more than sealing a slip: each thread keeps its own.
    static PACKER: RefCell<Option<CCtx<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// Room for the header, then the compressed body; room for the tag is kept behind it, so that the buffer never moves and leaves no
/// copy of the body.
pub(crate) fn pack(body: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, BodyError> {
    if body.len() > BODY_MAX_BYTES {
        return Err(BodyError::TooLong);
    }
    let mut packed = vec![0; HEADER_BYTES + compress_bound(body.len()) + TAG_BYTES];
    let room = packed.get_mut(HEADER_BYTES..).unwrap_or_default();
    let written = with(&PACKER, CCtx::try_create, |zstd| match dictionary {
        None => zstd.compress(room, body, LEVEL),
        Some(dictionary) => zstd.compress_using_cdict(room, body, &dictionary.packs),
    })?;
    packed.truncate(HEADER_BYTES + written);
    Ok(packed)
}

pub(crate) fn unpack(packed: &[u8], dictionary: Option<&Dictionary>) -> Result<Zeroizing<Vec<u8>>, BodyError> {
    let size = get_frame_content_size(packed).ok().flatten().ok_or(BodyError::Frame)?;
    let size = usize::try_from(size).map_err(|_| BodyError::TooLong)?;
    if size > BODY_MAX_BYTES {
        return Err(BodyError::TooLong);
    }
    if find_frame_compressed_size(packed) != Ok(packed.len()) {
        return Err(BodyError::Frame);
    }
    let mut body = Zeroizing::new(Vec::with_capacity(size));
    let written = with(&UNPACKER, DCtx::try_create, |zstd| match dictionary {
        None => zstd.decompress(&mut *body, packed),
        Some(dictionary) => zstd.decompress_using_ddict(&mut *body, packed, &dictionary.unpacks),
    })?;
    if written == size { Ok(body) } else { Err(BodyError::Frame) }
}

/// Works with what the thread keeps. After a failure it is thrown away.
fn with<Z>(
    kept: &'static LocalKey<RefCell<Option<Z>>>,
    make: impl FnOnce() -> Option<Z>,
    work: impl FnOnce(&mut Z) -> SafeResult,
) -> Result<usize, BodyError> {
    kept.with_borrow_mut(|kept| {
        let mut zstd = kept.take().or_else(make).ok_or(BodyError::Frame)?;
        let written = work(&mut zstd).map_err(|_| BodyError::Frame)?;
        *kept = Some(zstd);
        Ok(written)
    })
}

#[cfg(test)]
mod tests {
    use zstd::bulk::compress;

    use super::*;

    /// RFC 8878: magic number, then a frame header that is a single segment with its size in eight bytes.
    fn beginning(size: u64) -> Vec<u8> {
        [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0], size.to_le_bytes().as_slice()].concat()
    }

    /// The last block: one byte, repeated so many times.
    fn run(length: usize, byte: u8) -> Vec<u8> {
        let header = u32::try_from(length << 3 | 3).unwrap().to_le_bytes();
        [&header[..3], &[byte]].concat()
    }

    #[test]
    fn a_body_that_would_swell_past_the_limit_is_refused_by_its_size_alone() {
        let honest = [beginning(1000), run(1000, 7)].concat();
        assert_eq!(**unpack(&honest, None).unwrap(), [7; 1000]);
        for size in [u64::try_from(BODY_MAX_BYTES).unwrap() + 1, 1 << 40, u64::MAX - 2] {
            assert_eq!(unpack(&[beginning(size), run(1000, 7)].concat(), None).unwrap_err(), BodyError::TooLong);
        }
    }

    #[test]
    fn a_frame_that_lies_about_its_size_is_refused() {
        for size in [0, 1, 999, 1001, 100_000] {
            let lying = [beginning(size), run(1000, 7)].concat();
            assert_eq!(unpack(&lying, None).unwrap_err(), BodyError::Frame, "{size}");
        }
    }

    #[test]
    fn anything_but_one_whole_frame_is_refused() {
        let frame = compress(b"a body", LEVEL).unwrap();
        assert_eq!(**unpack(&frame, None).unwrap(), *b"a body");
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0];
        for more in [frame.as_slice(), &skippable, &[0]] {
            assert_eq!(unpack(&[frame.as_slice(), more].concat(), None).unwrap_err(), BodyError::Frame);
            assert_eq!(unpack(&[more, frame.as_slice()].concat(), None).unwrap_err(), BodyError::Frame);
        }
        for length in 0..frame.len() {
            assert_eq!(unpack(&frame[..length], None).unwrap_err(), BodyError::Frame);
        }
        // A frame without its size, as a stream writes it.
        let sizeless = [&[0x28, 0xb5, 0x2f, 0xfd, 0, 0], run(6, b'a').as_slice()].concat();
        assert_eq!(zstd::stream::decode_all(sizeless.as_slice()).unwrap(), b"aaaaaa");
        assert_eq!(unpack(&sizeless, None).unwrap_err(), BodyError::Frame);
    }

    #[test]
    fn a_failure_does_not_spoil_the_next_body() {
        let frame = compress(&[7; 5000], LEVEL).unwrap();
        for at in 4..frame.len() {
            let mut damaged = frame.clone();
            damaged[at] ^= 0x55;
            let _failed_or_other = unpack(&damaged, None);
            assert_eq!(**unpack(&frame, None).unwrap(), [7; 5000]);
        }
    }
}
