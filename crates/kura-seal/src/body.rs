//! Bodies lie compressed: one zstd frame that says its size.

use std::cell::RefCell;
use std::io;

use zeroize::Zeroizing;
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{compress_bound, find_frame_compressed_size, get_frame_content_size};

use crate::envelope::{HEADER_BYTES, TAG_BYTES};

/// The longest body there can be, before compression: 16 MiB. Longer things are cut into records; nothing sealed can swell to more
/// than this when it is opened.
pub const BODY_MAX_BYTES: usize = 16 << 20;

/// zstd's level: the quickest that still finds the repetitions of a slip's JSON (measured: benches/seal.rs).
const LEVEL: i32 = 1;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BodyError {
    TooLong,
    /// Not one whole frame with its size, or no memory.
    Frame,
}

thread_local! {
    // Making a compressor costs more than sealing a slip: each thread keeps its own.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Room for the header, then the compressed body; room for the tag is kept behind it, so that the buffer never moves and leaves no
/// copy of the body.
pub(crate) fn pack(body: &[u8]) -> Result<Vec<u8>, BodyError> {
    if body.len() > BODY_MAX_BYTES {
        return Err(BodyError::TooLong);
    }
    let mut packed = vec![0; HEADER_BYTES + compress_bound(body.len()) + TAG_BYTES];
    let room = packed.get_mut(HEADER_BYTES..).unwrap_or_default();
    let written = with(&COMPRESSOR, || Compressor::new(LEVEL), |zstd| zstd.compress_to_buffer(body, room))?;
    packed.truncate(HEADER_BYTES + written);
    Ok(packed)
}

pub(crate) fn unpack(packed: &[u8]) -> Result<Zeroizing<Vec<u8>>, BodyError> {
    let size = get_frame_content_size(packed).ok().flatten().ok_or(BodyError::Frame)?;
    let size = usize::try_from(size).map_err(|_| BodyError::TooLong)?;
    if size > BODY_MAX_BYTES {
        return Err(BodyError::TooLong);
    }
    if find_frame_compressed_size(packed) != Ok(packed.len()) {
        return Err(BodyError::Frame);
    }
    let mut body = Zeroizing::new(Vec::with_capacity(size));
    let written = with(&DECOMPRESSOR, Decompressor::new, |zstd| zstd.decompress_to_buffer(packed, &mut *body))?;
    if written == size { Ok(body) } else { Err(BodyError::Frame) }
}

fn with<Z, T>(
    kept: &'static std::thread::LocalKey<RefCell<Option<Z>>>,
    make: impl FnOnce() -> io::Result<Z>,
    work: impl FnOnce(&mut Z) -> io::Result<T>,
) -> Result<T, BodyError> {
    kept.with_borrow_mut(|kept| {
        let mut zstd = match kept.take() {
            Some(zstd) => zstd,
            None => make()?,
        };
        let done = work(&mut zstd)?;
        *kept = Some(zstd);
        Ok(done)
    })
    .map_err(|_: io::Error| BodyError::Frame)
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
        assert_eq!(**unpack(&honest).unwrap(), [7; 1000]);
        for size in [u64::try_from(BODY_MAX_BYTES).unwrap() + 1, 1 << 40, u64::MAX - 2] {
            assert_eq!(unpack(&[beginning(size), run(1000, 7)].concat()).unwrap_err(), BodyError::TooLong);
        }
    }

    #[test]
    fn a_frame_that_lies_about_its_size_is_refused() {
        for size in [0, 1, 999, 1001, 100_000] {
            let lying = [beginning(size), run(1000, 7)].concat();
            assert_eq!(unpack(&lying).unwrap_err(), BodyError::Frame, "{size}");
        }
    }

    #[test]
    fn anything_but_one_whole_frame_is_refused() {
        let frame = compress(b"a body", LEVEL).unwrap();
        assert_eq!(**unpack(&frame).unwrap(), *b"a body");
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0];
        for more in [frame.as_slice(), &skippable, &[0]] {
            assert_eq!(unpack(&[frame.as_slice(), more].concat()).unwrap_err(), BodyError::Frame);
            assert_eq!(unpack(&[more, frame.as_slice()].concat()).unwrap_err(), BodyError::Frame);
        }
        for length in 0..frame.len() {
            assert_eq!(unpack(&frame[..length]).unwrap_err(), BodyError::Frame);
        }
        // A frame without its size, as a stream writes it.
        let sizeless = [&[0x28, 0xb5, 0x2f, 0xfd, 0, 0], run(6, b'a').as_slice()].concat();
        assert_eq!(zstd::stream::decode_all(sizeless.as_slice()).unwrap(), b"aaaaaa");
        assert_eq!(unpack(&sizeless).unwrap_err(), BodyError::Frame);
    }

    #[test]
    fn a_failure_does_not_spoil_the_next_body() {
        let frame = compress(&[7; 5000], LEVEL).unwrap();
        for at in 4..frame.len() {
            let mut damaged = frame.clone();
            damaged[at] ^= 0x55;
            let _failed_or_other = unpack(&damaged);
            assert_eq!(**unpack(&frame).unwrap(), [7; 5000]);
        }
    }
}
