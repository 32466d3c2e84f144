use crate::kana;

/// A character as a reader sees it: a base with what joins it (a combining mark, a variation selector, a half-width ﾞ).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'text> {
    /// Position from 1; joining characters without a width of their own are not counted.
    pub(crate) place: usize,
    /// Position of what follows.
    pub(crate) place_after: usize,
    pub(crate) text: &'text str,
}

pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    let mut place = 1;
    std::iter::from_fn(move || {
        let mut characters = rest.chars();
        let base = characters.next()?;
        let mut length = base.len_utf8();
        let mut width = 1;
        for joined in characters {
            if kana::is_half_width_mark(joined) && width == 1 && kana::compose(base, joined).is_some() {
                width += 1;
            } else if !joins_without_width(joined) {
                break;
            }
            length += joined.len_utf8();
        }
        let (text, after) = rest.split_at_checked(length)?;
        let piece = Piece { place, place_after: place + width, text };
        (rest, place) = (after, piece.place_after);
        Some(piece)
    })
}

pub(crate) fn joins_without_width(character: char) -> bool {
    is_combining_mark(character) || is_variation_selector(character)
}

/// Accents, and the ゛ and ゜ that some machines write apart from their kana.
pub(crate) const fn is_combining_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}' | '\u{3099}' | '\u{309A}')
}

/// 異体字セレクター.
pub(crate) const fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
