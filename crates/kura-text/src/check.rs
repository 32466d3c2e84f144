use std::ops::{Bound, RangeBounds};

use crate::piece::pieces;
use crate::proposal::proposals;
use crate::shift_jis::code_of;
use crate::{Charset, TextProblem, shift_jis_len};

/// At most so many problems are listed for one value; the longest field of a filing is shorter than that.
pub const PROBLEMS_MAX: usize = 100;

/// Checks one value of a 届書 against its field: every character the field does not take, with its place and a proposal,
/// then what is wrong with the value as a whole. `bytes` is the length the field allows in Shift_JIS: `3..=25`, `..=75`, or
/// `..` where no limit is known.
///
/// An empty value has no problem: whether it may be empty is not a question of text.
///
/// ```
/// use kura_text::{Charset, check};
/// let problems = check("髙松　﨑子", Charset::Zenkaku, 3..=24);
/// assert_eq!(problems.iter().map(|problem| problem.place()).collect::<Vec<_>>(), [Some(1), Some(4)]);
/// assert_eq!(problems.iter().flat_map(|problem| problem.proposals()).collect::<Vec<_>>(), ["高", "崎"]);
/// ```
pub fn check(text: &str, charset: Charset, bytes: impl RangeBounds<usize>) -> Vec<TextProblem> {
    if text.is_empty() || is_clean(text, charset, &bytes) {
        return Vec::new();
    }
    let mut problems = refused_characters(text, charset);
    problems.extend(mixed_kinds(text, charset));
    problems.extend(repeated_space(text, charset));
    problems.extend(wrong_length(shift_jis_len(text), bytes));
    problems
}

/// The value with the first proposal in place of each character the field does not take, to be shown beside a finding and
/// accepted by a person. `None` where some character has no proposal. Its length may still be wrong.
pub fn propose(text: &str, charset: Charset) -> Option<String> {
    let mut proposed = String::with_capacity(text.len());
    for piece in pieces(text) {
        if piece.text.chars().all(|character| charset.takes(character)) {
            proposed.push_str(piece.text);
        } else {
            proposed.push_str(proposals(piece.text, charset).first()?);
        }
    }
    Some(proposed)
}

/// The common case, decided in one pass: characters the field takes, of one kind, no two spaces in a row, in the length.
fn is_clean(text: &str, charset: Charset, bytes: &impl RangeBounds<usize>) -> bool {
    let space = charset.repeated_space().and_then(|spaces| spaces.chars().next());
    let (mut length, mut kind, mut before) = (0_usize, None, None);
    for character in text.chars() {
        let Some(code) = code_of(character).filter(|code| charset.takes_code(*code)) else { return false };
        let its_kind = charset.is_kana_kind_of(code);
        if its_kind != *kind.get_or_insert(its_kind) || (before == Some(character) && before == space) {
            return false;
        }
        (length, before) = (length.saturating_add(code.bytes()), Some(character));
    }
    bytes.contains(&length)
}

fn refused_characters(text: &str, charset: Charset) -> Vec<TextProblem> {
    if text.chars().all(|character| charset.takes(character)) {
        return Vec::new();
    }
    pieces(text).filter_map(|piece| TextProblem::refused(piece, charset)).take(PROBLEMS_MAX).collect()
}

fn mixed_kinds(text: &str, charset: Charset) -> Option<TextProblem> {
    let mut kinds = pieces(text).filter_map(|piece| {
        let character = piece.text.chars().next()?;
        charset.is_kana_kind(character).map(|is_kana| (is_kana, piece.place, character))
    });
    let (first_is_kana, ..) = kinds.next()?;
    let (_, place, character) = kinds.find(|(is_kana, ..)| *is_kana != first_is_kana)?;
    Some(TextProblem::MixedKinds { place, character, charset })
}

fn repeated_space(text: &str, charset: Charset) -> Option<TextProblem> {
    let (before, _) = text.split_once(charset.repeated_space()?)?;
    Some(TextProblem::RepeatedSpace { place: pieces(before).last().map_or(1, |piece| piece.place_after) + 1 })
}

fn wrong_length(bytes: usize, allowed: impl RangeBounds<usize>) -> Option<TextProblem> {
    let bytes_min = match allowed.start_bound() {
        Bound::Included(least) => *least,
        Bound::Excluded(below) => below.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let bytes_max = match allowed.end_bound() {
        Bound::Included(most) => *most,
        Bound::Excluded(above) => above.saturating_sub(1),
        Bound::Unbounded => usize::MAX,
    };
    if bytes > bytes_max {
        Some(TextProblem::TooLong { bytes, bytes_max })
    } else if bytes < bytes_min {
        Some(TextProblem::TooShort { bytes, bytes_min })
    } else {
        None
    }
}
