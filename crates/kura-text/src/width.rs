use crate::kana::{half_form, to_full_width_kana};
use crate::piece::pieces;
use crate::{Charset, TextProblem};

/// Writes a value in the width its field takes: 「ヒナタ　ミズキ」 becomes 「ﾋﾅﾀ ﾐｽﾞｷ」 for a kana field, 「Smith」 becomes
/// 「Ｓｍｉｔｈ」 for a full-width one. Width alone is changed, and only of characters the field does not take as they are.
/// Afterwards [`check`](crate::check) still has to look at length and spaces.
///
/// # Errors
/// Every character that no change of width makes acceptable, with its place in `text`.
pub fn convert_width(text: &str, charset: Charset) -> Result<String, Vec<TextProblem>> {
    let mut converted = String::with_capacity(text.len());
    for piece in pieces(text) {
        match in_either_width(piece.text, |character| charset.takes(character)) {
            Some(form) => converted.push_str(&form),
            None => return Err(problems_of_width(text, charset)),
        }
    }
    Ok(converted)
}

fn problems_of_width(text: &str, charset: Charset) -> Vec<TextProblem> {
    pieces(text)
        .filter(|piece| in_either_width(piece.text, |character| charset.takes(character)).is_none())
        .filter_map(|piece| TextProblem::refused(piece, charset))
        .take(crate::PROBLEMS_MAX)
        .collect()
}

/// The text itself, else its half-width form, else its full-width form: the first whose characters are all taken.
pub(crate) fn in_either_width(text: &str, takes: impl Fn(char) -> bool) -> Option<String> {
    if text.chars().all(&takes) {
        return Some(text.to_owned());
    }
    [half_width(text), full_width(text)].into_iter().find(|form| form.chars().all(&takes))
}

/// ASCII and kana in half width; everything else stays.
pub(crate) fn half_width(text: &str) -> String {
    let mut half = String::with_capacity(text.len());
    for character in text.chars() {
        match half_form(character) {
            Some(form) => half.push_str(form),
            None => half.push(ascii_of(character).unwrap_or(character)),
        }
    }
    half
}

/// ASCII and kana in full width; everything else stays.
pub(crate) fn full_width(text: &str) -> String {
    let widened = |character| match character {
        '!'..='~' => char::from_u32(u32::from(character) + FULL_WIDTH_ASCII).unwrap_or(character),
        _ => character,
    };
    to_full_width_kana(text).chars().map(widened).collect()
}

/// The ASCII character a full-width one stands for.
pub(crate) fn ascii_of(character: char) -> Option<char> {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - FULL_WIDTH_ASCII),
        '\u{2212}' => Some('-'),
        '\u{301C}' => Some('~'),
        _ => None,
    }
}

/// U+FF01 is the full-width form of U+0021.
const FULL_WIDTH_ASCII: u32 = 0xFF01 - 0x21;
