use crate::Charset;
use crate::kana::{compose, hiragana_to_katakana};
use crate::piece::joins_without_width;
use crate::proposal_tables::{ALIGNED, NO_KANJI, ROMAN_NUMERALS, SINGLE_KANJI, VARIANT_GLYPHS, WORDS};
use crate::width::{full_width, in_either_width};

/// What may stand in a field instead of a piece of text it does not take, best first: each one the field takes.
pub(crate) fn proposals(text: &str, charset: Charset) -> Vec<String> {
    if charset == Charset::Nothing {
        return vec![String::new()];
    }
    proposals_for(text, |character| charset.takes(character))
}

/// The same for any rule of characters.
pub(crate) fn proposals_for(text: &str, takes: impl Fn(char) -> bool) -> Vec<String> {
    let mut proposals: Vec<String> = Vec::new();
    for candidate in candidates(text) {
        let katakana = hiragana_to_katakana(&candidate);
        let fitting = in_either_width(&candidate, &takes).or_else(|| in_either_width(&katakana, &takes));
        proposals.extend(fitting.filter(|form| form != text && !proposals.contains(form)));
    }
    proposals
}

/// Characters nobody sees: zero-width spaces and joiners, direction marks, the soft hyphen, the byte order mark.
pub(crate) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
    )
}

/// The text in other forms, before anybody asked whether a field takes them.
fn candidates(text: &str) -> Vec<String> {
    let mut candidates = vec![text.to_owned()];
    let mut characters = text.chars();
    let Some(base) = characters.next() else { return candidates };
    if let Some(composed) = characters.next().and_then(|mark| compose(base, mark)) {
        candidates.push(composed.to_string());
    } else if text.chars().any(joins_without_width) && !joins_without_width(base) {
        candidates.push(base.to_string());
    }
    if is_invisible(base) || base == '\r' || joins_without_width(base) {
        candidates.push(String::new());
    } else if base.is_whitespace() {
        candidates.push("\u{3000}".to_owned());
    }
    candidates.extend(numbered(base));
    candidates.extend(WORDS.iter().filter(|(character, _)| *character == base).map(|(_, word)| (*word).to_owned()));
    candidates.extend(variants(base).map(|kanji| kanji.to_string()));
    candidates
}

/// 異体字: kanji of JIS X 0208 that stand for one outside it.
fn variants(character: char) -> impl Iterator<Item = char> {
    let group = VARIANT_GLYPHS
        .iter()
        .flat_map(|groups| groups.split_whitespace())
        .find_map(|group| group.strip_prefix(character))
        .unwrap_or_default();
    let aligned = ALIGNED.iter().filter_map(move |(first, kanji)| {
        let index = u32::from(character).checked_sub(u32::from(*first))?;
        kanji.chars().nth(usize::try_from(index).ok()?).filter(|kanji| *kanji != NO_KANJI)
    });
    let single = SINGLE_KANJI.iter().filter(move |(from, _)| *from == character).map(|(_, kanji)| *kanji);
    group.chars().chain(aligned).chain(single)
}

/// ① and Ⅲ: the number as digits, in brackets, as letters.
fn numbered(character: char) -> Vec<String> {
    let digits_from = |first: char| full_width(&(u32::from(character) - u32::from(first) + 1).to_string());
    let letters_from = |first: char| {
        let index = usize::try_from(u32::from(character) - u32::from(first)).unwrap_or(usize::MAX);
        ROMAN_NUMERALS.get(index).copied().unwrap_or_default()
    };
    let bracketed = |digits: String| vec![format!("（{digits}）"), digits];
    match character {
        '①'..='⑳' => bracketed(digits_from('①')).into_iter().rev().collect(),
        '⑴'..='⒇' => bracketed(digits_from('⑴')),
        '⒈'..='⒛' => vec![digits_from('⒈')],
        'Ⅰ'..='Ⅻ' => vec![letters_from('Ⅰ').to_owned(), digits_from('Ⅰ')],
        'ⅰ'..='ⅻ' => vec![letters_from('ⅰ').to_lowercase(), digits_from('ⅰ')],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kanji_of_the_tables_is_refused_and_every_counterpart_taken() {
        let groups = VARIANT_GLYPHS.iter().flat_map(|groups| groups.split_whitespace());
        let grouped = groups.map(|group| (group.chars().next().unwrap(), group.chars().skip(1).collect::<String>()));
        let single = SINGLE_KANJI.iter().map(|(from, to)| (*from, to.to_string()));
        let mut seen = BTreeSet::new();
        for (kanji, counterparts) in grouped.chain(single) {
            assert!(seen.insert(kanji), "{kanji} twice");
            assert!(!Charset::Any.takes(kanji), "{kanji} is in the standard");
            assert!(!counterparts.is_empty() && counterparts.chars().all(|to| Charset::Zenkaku.takes(to)), "{kanji}");
        }
        assert!(seen.len() > 380, "{}", seen.len());
    }

    #[test]
    fn consecutive_tables_are_whole_and_refused() {
        for (first, kanji) in ALIGNED {
            let first = u32::from(first);
            for (offset, counterpart) in (0..).zip(kanji.chars()) {
                let refused = char::from_u32(first + offset).unwrap();
                assert!(!Charset::Any.takes(refused) && Charset::Zenkaku.takes(counterpart), "{refused}");
            }
        }
        let lengths = ALIGNED.map(|(_, kanji)| kanji.chars().count());
        assert_eq!(lengths, [0x2FD6 - 0x2F00, 0xFA2E - 0xFA0E, 0xFA6B - 0xFA30]);
    }

    #[test]
    fn every_word_is_taken_and_differs() {
        for (character, word) in WORDS {
            assert!(word.chars().all(|part| Charset::Zenkaku.takes(part)), "{character:?} {word:?}");
            assert_ne!(character.to_string(), word);
        }
    }
}
