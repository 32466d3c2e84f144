use std::collections::HashMap;

use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

use super::Length;

/// The printer's mark for a character that the typeface does not have (下駄).
const GETA: char = '〓';
/// Characters of the basic plane, in which nearly all writing is done.
const BASIC: usize = 0x1_0000;

/// The weight of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Regular,
    Bold,
}

/// BIZ UDPGothic in both weights, with the measures of its characters.
pub(crate) struct Typeface {
    regular: Face,
    bold: Face,
}

/// One weight.
pub(crate) struct Face {
    pub(super) font: FontInstance,
    units_per_em: i64,
    basic: Vec<Form>,
    beyond: HashMap<char, Form>,
    geta: Form,
}

/// How a character is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Form {
    /// 0 where there is none.
    pub(super) glyph: u16,
    /// In units of the face.
    pub(super) advance: u16,
}

impl Typeface {
    pub(crate) fn new(regular: &Font, bold: &Font) -> Option<Self> {
        Some(Self { regular: Face::new(regular)?, bold: Face::new(bold)? })
    }

    pub(super) fn face(&self, face: Type) -> &Face {
        match face {
            Type::Regular => &self.regular,
            Type::Bold => &self.bold,
        }
    }

    /// Whether there is such a character in both weights.
    pub(crate) fn has(&self, character: char) -> bool {
        [&self.regular, &self.bold].iter().all(|face| face.own_form(character).is_some())
    }

    /// The width of a text in one line.
    pub(crate) fn width(&self, face: Type, size: Length, words: &str) -> Length {
        let face = self.face(face);
        face.scaled(words.chars().map(|character| face.advance(character)).sum(), size)
    }

    /// The text in lines no wider than `room`, unless one character is.
    pub(crate) fn lines<'text>(&self, face: Type, size: Length, room: Length, words: &'text str) -> Vec<&'text str> {
        // Nearly everything fits.
        if self.width(face, size, words) <= room {
            let words = words.trim_end();
            return if words.is_empty() { Vec::new() } else { vec![words] };
        }
        let face = self.face(face);
        let mut lines = Vec::new();
        let mut rest = words;
        while let Some((line, after)) = face.first_line(size, room, rest) {
            lines.push(line.trim_end());
            rest = after.trim_start();
        }
        lines
    }

    /// The text in as few lines as fit, of about the same length.
    pub(crate) fn even_lines<'text>(
        &self,
        face: Type,
        size: Length,
        room: Length,
        words: &'text str,
    ) -> Vec<&'text str> {
        let mut lines = self.lines(face, size, room, words);
        let mut narrower = room.saturating_sub(size / 2);
        while lines.len() > 1 && narrower > size {
            let next = self.lines(face, size, narrower, words);
            if next.len() > lines.len() {
                break;
            }
            lines = next;
            narrower = narrower.saturating_sub(size / 2);
        }
        lines
    }
}

impl Face {
    fn new(font: &Font) -> Option<Self> {
        let instance = font.clone().instantiate(font.info().variant, Abs::pt(10.0), &FontVariations::default());
        let ttf = instance.ttf();
        let form = |character: char| {
            let glyph = ttf.glyph_index(character)?;
            Some(Form { glyph: glyph.0, advance: ttf.glyph_hor_advance(glyph)? })
        };
        let mut basic = vec![Form::default(); BASIC];
        let mut beyond = HashMap::new();
        for character in font.info().coverage.iter().filter_map(char::from_u32) {
            let Some(form) = form(character) else { continue };
            match usize::try_from(u32::from(character)).ok().and_then(|code| basic.get_mut(code)) {
                Some(place) => *place = form,
                None => _ = beyond.insert(character, form),
            }
        }
        let (units_per_em, geta) = (i64::from(ttf.units_per_em()), form(GETA)?);
        Some(Self { font: instance, units_per_em, basic, beyond, geta })
    }

    fn own_form(&self, character: char) -> Option<Form> {
        let form = match usize::try_from(u32::from(character)).ok().and_then(|code| self.basic.get(code)) {
            Some(form) => form,
            None => self.beyond.get(&character)?,
        };
        (form.glyph != 0).then_some(*form)
    }

    /// The character as it is printed, with its form.
    pub(super) fn form(&self, character: char) -> (char, Form) {
        self.own_form(character).map_or((GETA, self.geta), |form| (character, form))
    }

    /// The form of a character that the selector behind it asks for (異体字), where the typeface has it.
    pub(super) fn variant(&self, character: char, selector: char) -> Option<Form> {
        let ttf = self.font.ttf();
        let glyph = ttf.glyph_variation_index(character, selector)?;
        Some(Form { glyph: glyph.0, advance: ttf.glyph_hor_advance(glyph)? })
    }

    /// A selector has no width: the forms it selects are as wide as the usual ones.
    fn advance(&self, character: char) -> i64 {
        if is_variation_selector(character) { 0 } else { i64::from(self.form(character).1.advance) }
    }

    /// Units of the face at a size.
    pub(super) fn scaled(&self, units: i64, size: Length) -> Length {
        units.saturating_mul(size).checked_div(self.units_per_em).unwrap_or(0)
    }

    /// As much of the text as fits, and what is left of it. None where nothing is left.
    fn first_line<'text>(&self, size: Length, room: Length, words: &'text str) -> Option<(&'text str, &'text str)> {
        let (mut width, mut place, mut before) = (0_i64, 0_usize, None);
        for (at, character) in words.char_indices() {
            if before.is_some_and(|before| may_break(before, character)) {
                place = at;
            }
            width = width.saturating_add(self.advance(character));
            let ends_here = before.is_some() && !character.is_whitespace() && !is_variation_selector(character);
            if ends_here && self.scaled(width, size) > room {
                return words.split_at_checked(if place > 0 { place } else { at });
            }
            before = Some(character);
        }
        (!words.is_empty()).then_some((words, ""))
    }
}

/// Selects a form of the kanji before it (異体字セレクタ) and is not printed itself.
pub(crate) fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a line may end between the two: around Japanese characters and after spaces, but no line begins with a mark that
/// closes or ends with one that opens (禁則).
fn may_break(before: char, after: char) -> bool {
    const NEVER_FIRST: &str =
        "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.)]}%～";
    const NEVER_LAST: &str = "（〔［｛〈《「『【([{";
    let is_japanese = |character: char| character >= '\u{2E80}';
    (before.is_whitespace() || is_japanese(before) || is_japanese(after))
        && !NEVER_FIRST.contains(after)
        && !is_variation_selector(after)
        // 5件 stays together.
        && !(before.is_ascii_digit() && is_japanese(after))
        && !NEVER_LAST.contains(before)
}
