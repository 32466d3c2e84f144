use std::borrow::Cow;
use std::fmt;

use encoding_rs::{DecoderResult, SHIFT_JIS};

/// 文字コード of an input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 behind a byte order mark, as Excel writes it.
    Utf8WithBom,
    /// CP932, the Shift_JIS of Windows.
    Cp932,
}

/// Why a file could not be read as text. Places, never content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// A byte sequence that is no character.
    #[error(
        "{line}行目の{column}文字目（先頭から{byte_offset}バイトの後）が{encoding}の文字として読めません。ファイルが途中で切れたり壊れたりしていないか確かめ、UTF-8かシフトJISで保存し直してください。"
    )]
    Broken {
        /// What the file was taken for.
        encoding: Encoding,
        /// Bytes before the broken sequence.
        byte_offset: usize,
        /// Line, from 1.
        line: usize,
        /// Character of the line, from 1.
        column: usize,
    },
    /// UTF-16, Excel's "Unicode text".
    #[error(
        "UTF-16（Excelの「Unicodeテキスト」）のファイルは読めません。「CSV UTF-8（コンマ区切り）」で保存し直してください。"
    )]
    Utf16,
}

/// Reads a file as UTF-8, with or without byte order mark, else as CP932. Nothing is replaced or dropped.
///
/// What CP932 holds beyond JIS X 0208 is read too (髙, ①, 外字 as private-use characters): [`check`](crate::check) names it later.
/// A damaged UTF-8 file is not taken for CP932: three Japanese characters before the damage tell it.
///
/// # Errors
/// The place of the first broken sequence.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), DecodeProblem> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(DecodeProblem::Utf16);
    }
    let (content, bom_len, encoding) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(content) => (content, BYTE_ORDER_MARK.len(), Encoding::Utf8WithBom),
        None => (bytes, 0, Encoding::Utf8),
    };
    let before_damage = match std::str::from_utf8(content) {
        Ok(text) => return Ok((Cow::Borrowed(text), encoding)),
        Err(error) => {
            content.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or("")
        }
    };
    let as_utf8 = broken(encoding, before_damage, bom_len + before_damage.len());
    if encoding == Encoding::Utf8WithBom || is_surely_utf8(before_damage) {
        return Err(as_utf8);
    }
    match decode_cp932(bytes) {
        Ok(text) => Ok((Cow::Owned(text), Encoding::Cp932)),
        Err((text, offset)) if offset >= before_damage.len() => Err(broken(Encoding::Cp932, &text, offset)),
        Err(_) => Err(as_utf8),
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Kana, kanji and full-width signs take three bytes in UTF-8; three of them in a row of one-and-two-byte text are no accident.
fn is_surely_utf8(valid: &str) -> bool {
    let mut beyond_ascii = valid.chars().filter(|character| !character.is_ascii()).take(3);
    let mut count = 0;
    beyond_ascii.all(|character| {
        count += 1;
        matches!(character, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    }) && count == 3
}

/// The text, or what could be read before the first broken sequence and its byte offset.
fn decode_cp932(bytes: &[u8]) -> Result<String, (String, usize)> {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let offset = match result {
        DecoderResult::InputEmpty => None,
        DecoderResult::Malformed(broken_len, after_len) => {
            Some(read.saturating_sub(usize::from(broken_len) + usize::from(after_len)))
        }
        DecoderResult::OutputFull => Some(read),
    };
    match (text.find(BYTE_80), offset) {
        (Some(position), _) => {
            text.truncate(position);
            let offset = cp932_len(&text);
            Err((text, offset))
        }
        (None, Some(offset)) => Err((text, offset)),
        (None, None) => Ok(text),
    }
}

/// The byte 0x80 alone, which the decoder lets pass and no Japanese file holds.
const BYTE_80: char = '\u{80}';

/// Bytes of CP932 a decoded text came from: each character has one or two.
fn cp932_len(text: &str) -> usize {
    text.chars()
        .map(|character| if matches!(character, '\0'..='\u{7F}' | '\u{FF61}'..='\u{FF9F}') { 1 } else { 2 })
        .sum()
}

fn broken(encoding: Encoding, before: &str, byte_offset: usize) -> DecodeProblem {
    let after_line_end = |position: usize| position + 1;
    let line_start = before.rfind('\n').map_or(0, after_line_end);
    let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
    DecodeProblem::Broken { encoding, byte_offset, line: before.matches('\n').count() + 1, column }
}

impl fmt::Display for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Encoding::Utf8 | Encoding::Utf8WithBom => "UTF-8",
            Encoding::Cp932 => "シフトJIS",
        })
    }
}
