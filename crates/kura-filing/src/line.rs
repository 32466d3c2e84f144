use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;
use kura_text::Charset;

/// A line longer than this is no record of any form (the longest holds some 3,000 bytes) and is not read.
pub(crate) const LINE_BYTES_MAX: usize = 16 * 1_024;

/// A line of a file and whether CR LF ends it.
pub(crate) struct Line<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_ended: bool,
}

/// The lines of a file. What stands behind the last line break is a line when there is anything.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(|line| match line.strip_suffix(b"\r\n") {
        Some(bytes) => Line { bytes, is_ended: true },
        None => Line { bytes: line.strip_suffix(b"\n").unwrap_or(line), is_ended: false },
    })
}

/// The text of a line. U+FFFD stands for bytes that are no character, and for those CP932 reads as a character that has
/// another place in JIS X 0208: neither may stand in a filing.
pub(crate) fn decode_line(bytes: &[u8]) -> Cow<'_, str> {
    match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !has_foreign_pair(bytes) => text,
        _ => Cow::Owned(decode_by_unit(bytes)),
    }
}

fn has_foreign_pair(mut bytes: &[u8]) -> bool {
    while let Some((unit, rest)) = split_unit(bytes) {
        if is_foreign_pair(unit) {
            return true;
        }
        bytes = rest;
    }
    false
}

fn decode_by_unit(mut bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    while let Some((unit, rest)) = split_unit(bytes) {
        bytes = rest;
        match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(unit) {
            Some(decoded) if !(is_foreign_pair(unit) && decoded.chars().all(|c| Charset::Any.takes(c))) => {
                text.push_str(&decoded);
            }
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

/// One character, as far as its bytes tell: a lead byte takes the byte behind it unless that is ASCII below `@`.
fn split_unit(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let unit_len = match bytes {
        [] => return None,
        [0x81..=0x9F | 0xE0..=0xFC, trail, ..] if *trail >= 0x40 => 2,
        _ => 1,
    };
    bytes.split_at_checked(unit_len)
}

/// Two bytes outside the rows of JIS X 0208 level 1 and 2 and the non-kanji before them.
fn is_foreign_pair(unit: &[u8]) -> bool {
    match unit {
        [lead, trail] => {
            let pair = u16::from_be_bytes([*lead, *trail]);
            !matches!(pair, 0x8140..=0x84BE | 0x889F..=0x9FFC | 0xE040..=0xEAA4)
        }
        _ => false,
    }
}
