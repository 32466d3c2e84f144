use std::borrow::Cow;

use crate::kana::to_full_width_kana;
use crate::width::ascii_of;

/// 見出しの照合: a header of a sheet as it is compared, not as it is shown. Every space and line break goes, full-width
/// letters, digits, brackets and signs become ASCII, half-width kana become full-width. Never for names.
///
/// ```
/// use kura_text::fold_header;
/// assert_eq!(fold_header("電話（局番 １）"), fold_header("電話(局番1)"));
/// ```
pub fn fold_header(header: &str) -> String {
    let seen: String = header.chars().filter(|character| !is_blank(*character)).collect();
    to_full_width_kana(&seen).chars().map(|character| ascii_of(character).unwrap_or(character)).collect()
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || crate::proposal::is_invisible(character)
}

/// コードと番号 typed in full width, in half width: digits, letters and signs become ASCII, and a dash of any kind or a long
/// vowel between two digits becomes a hyphen (０３ー００００). Never for names.
pub fn half_width_code(code: &str) -> Cow<'_, str> {
    if code.is_ascii() {
        return Cow::Borrowed(code);
    }
    let narrow = |character| ascii_of(character).unwrap_or(character);
    let mut half = String::with_capacity(code.len());
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        let between_digits = half.ends_with(|before: char| before.is_ascii_digit())
            && characters.peek().is_some_and(|after| narrow(*after).is_ascii_digit());
        half.push(if between_digits && is_dash(character) { '-' } else { narrow(character) });
    }
    Cow::Owned(half)
}

const fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{FF0D}' | 'ー' | 'ｰ')
}
