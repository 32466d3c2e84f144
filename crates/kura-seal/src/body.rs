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
