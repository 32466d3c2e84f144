use std::sync::LazyLock;

use encoding_rs::SHIFT_JIS;

use crate::{Charset, TextProblem, check};

/// Writes one value in the Shift_JIS of the authority: one byte JIS X 0201, two bytes JIS X 0208-1990 level 1 and 2 with the
/// non-kanji rows. It succeeds exactly when `check(text, Charset::Any, ..)` finds nothing, so a comma, a quotation mark or a
/// line break is refused too: separators are the business of whoever writes the record.
///
/// Look-alikes that two mappings give to one JIS cell all become that cell: U+2212 and U+FF0D, U+301C and U+FF5E, U+2016 and
/// U+2225, U+2014 and U+2015, and the two forms of ￠ ￡ ￢.
///
/// # Errors
/// Every character that has no place in it. Nothing is ever replaced.
pub fn encode_shift_jis(text: &str) -> Result<Vec<u8>, Vec<TextProblem>> {
    let mut bytes = Vec::with_capacity(text.len());
    append_shift_jis(text, &mut bytes)?;
    Ok(bytes)
}

/// What [`encode_shift_jis`] writes, behind what stands in `bytes`. After an error nothing is added.
///
/// # Errors
/// Every character that has no place in it.
pub fn append_shift_jis(text: &str, bytes: &mut Vec<u8>) -> Result<(), Vec<TextProblem>> {
    let before = bytes.len();
    for character in text.chars() {
        match code_of(character) {
            Some(code) if Charset::Any.takes_code(code) => code.append_to(bytes),
            _ => {
                bytes.truncate(before);
                return Err(check(text, Charset::Any, ..));
            }
        }
    }
    Ok(())
}

/// Length of a text in bytes of Shift_JIS: half-width 1, full-width 2. A character that cannot be encoded counts 2, what its
/// replacement will most likely take.
pub fn shift_jis_len(text: &str) -> usize {
    text.chars().map(|character| code_of(character).map_or(2, Code::bytes)).sum()
}

/// The place of a character in JIS X 0201 (printable) or JIS X 0208.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    One(u8),
    Two(u16),
}

impl Code {
    pub(crate) const fn bytes(self) -> usize {
        match self {
            Code::One(_) => 1,
            Code::Two(_) => 2,
        }
    }

    fn append_to(self, bytes: &mut Vec<u8>) {
        match self {
            Code::One(byte) => bytes.push(byte),
            Code::Two(pair) => bytes.extend(pair.to_be_bytes()),
        }
    }
}

/// The code of a character, `None` for controls and for everything outside the two standards.
pub(crate) fn code_of(character: char) -> Option<Code> {
    let scalar = u32::from(character);
    match character {
        ' '..='~' => u8::try_from(scalar).ok().map(Code::One),
        '\u{FF61}'..='\u{FF9F}' => u8::try_from(scalar - HALF_WIDTH_KANA_OFFSET).ok().map(Code::One),
        _ => match JIS_X_0208.get(usize::try_from(scalar).ok()?) {
            None | Some(0) => None,
            Some(pair) => Some(Code::Two(*pair)),
        },
    }
}

/// U+FF61 is byte 0xA1.
const HALF_WIDTH_KANA_OFFSET: u32 = 0xFF61 - 0xA1;

/// What CP932 reads from these cells differs from the mapping of JIS; both characters mean the cell.
const JIS_LOOK_ALIKES: [(char, u16); 7] = [
    ('\u{2014}', 0x815C),
    ('\u{301C}', 0x8160),
    ('\u{2016}', 0x8161),
    ('\u{2212}', 0x817C),
    ('\u{00A2}', 0x8191),
    ('\u{00A3}', 0x8192),
    ('\u{00AC}', 0x81CA),
];

/// Shift_JIS by code point of the basic plane, 0 where JIS X 0208 has nothing. A table, because the encoder of the crate
/// below searches for kanji one by one and takes what only CP932 knows.
static JIS_X_0208: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut codes = vec![0; 0x1_0000];
    let cells = (0x8140..=0x84BE).chain(0x889F..=0x9FFC).chain(0xE040..=0xEAA4_u16);
    let characters = cells.filter_map(|pair| character_at(pair).map(|character| (character, pair)));
    for (character, pair) in characters.chain(JIS_LOOK_ALIKES) {
        if let Some(code) = usize::try_from(u32::from(character)).ok().and_then(|scalar| codes.get_mut(scalar)) {
            *code = pair;
        }
    }
    codes
});

fn character_at(pair: u16) -> Option<char> {
    let bytes = pair.to_be_bytes();
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}
