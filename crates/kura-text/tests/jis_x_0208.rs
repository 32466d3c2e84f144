//! The character set itself, against an independent table and against everything CP932 knows beyond it.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::SHIFT_JIS;
use kura_text::{Charset, Refusal, TextProblem, check, decode, encode_shift_jis, shift_jis_len};

/// Characters that reach a cell of JIS X 0208 by another mapping than that of JIS: those of CP932, and the em dash.
const OTHER_MAPPING: [char; 7] = ['\u{2014}', '\u{FF0D}', '\u{FF5E}', '\u{2225}', '\u{FFE0}', '\u{FFE1}', '\u{FFE2}'];

fn all_characters() -> impl Iterator<Item = char> {
    '\0'..='\u{10FFFF}'
}

/// The bytes of a character that a field of any characters takes; asked first, because a refusal also looks for proposals.
fn encoded(character: char) -> Option<Vec<u8>> {
    if !Charset::Any.takes(character) {
        return None;
    }
    let bytes = encode_shift_jis(&character.to_string()).ok();
    assert!(bytes.is_some(), "{character} is taken and has bytes");
    bytes
}

/// The sum is FNV-1a over (cell, code point) of all cells in order, computed with another implementation of JIS X 0208:
/// the strict `shift_jis` codec of Python.
#[test]
fn two_byte_cells_are_those_of_jis_x_0208() {
    let cells: BTreeMap<u16, u16> = all_characters()
        .filter(|character| !OTHER_MAPPING.contains(character))
        .filter_map(|character| match encoded(character)?.as_slice() {
            [lead, trail] => Some((u16::from_be_bytes([*lead, *trail]), u16::try_from(u32::from(character)).unwrap())),
            _ => None,
        })
        .collect();
    assert_eq!(cells.len(), 524 + 2_965 + 3_390, "non-kanji, level 1, level 2 of 1990");
    let bytes = cells.iter().flat_map(|(cell, scalar)| cell.to_be_bytes().into_iter().chain(scalar.to_be_bytes()));
    let sum = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    assert_eq!(sum, 0xDF19_7C9A_2829_5C58);
}

#[test]
fn one_byte_characters_are_those_of_jis_x_0201_without_separators() {
    let one_byte: BTreeSet<u8> = all_characters()
        .filter_map(|character| match encoded(character)?.as_slice() {
            [byte] => Some(*byte),
            _ => None,
        })
        .collect();
    let expected = (0x20..=0x7E).chain(0xA1..=0xDF).filter(|byte| !b",\"".contains(byte)).collect();
    assert_eq!(one_byte, expected);
}

#[test]
fn every_character_reads_back_from_its_bytes() {
    let read_back =
        |bytes: &[u8]| SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes).unwrap().into_owned();
    let mut changed = BTreeSet::new();
    for character in all_characters() {
        let Some(bytes) = encoded(character) else { continue };
        assert_eq!(bytes.len(), shift_jis_len(&character.to_string()));
        if read_back(&bytes) != character.to_string() {
            changed.insert(character);
        }
    }
    let look_alikes = ['\u{A2}', '\u{A3}', '\u{AC}', '\u{2014}', '\u{2016}', '\u{2212}', '\u{301C}'];
    assert_eq!(changed, BTreeSet::from(look_alikes), "only these become their look-alike");
}

#[test]
fn look_alikes_share_one_cell() {
    for (characters, bytes) in [
        (['\u{2212}', '\u{FF0D}'], [0x81, 0x7C]),
        (['\u{301C}', '\u{FF5E}'], [0x81, 0x60]),
        (['\u{2016}', '\u{2225}'], [0x81, 0x61]),
        (['\u{2014}', '\u{2015}'], [0x81, 0x5C]),
        (['\u{00A2}', '\u{FFE0}'], [0x81, 0x91]),
        (['\u{00A3}', '\u{FFE1}'], [0x81, 0x92]),
        (['\u{00AC}', '\u{FFE2}'], [0x81, 0xCA]),
    ] {
        assert_eq!(characters.map(encoded), [Some(bytes.to_vec()), Some(bytes.to_vec())]);
    }
}

/// NEC row 13, NEC-selected and IBM kanji, and the user-defined area: all of it can be read from a file and none filed.
#[test]
fn everything_cp932_knows_beyond_jis_is_read_and_refused() {
    let mut refused = BTreeMap::<char, Refusal>::new();
    for pair in 0x8140..=0xFCFC_u16 {
        let cell_of_jis = matches!(pair, 0x8140..=0x84BE | 0x889F..=0x9FFC | 0xE040..=0xEAA4);
        let mut line = b"\x8E\x81\x96\xBC,".to_vec();
        let bytes = pair.to_be_bytes();
        line.extend(bytes);
        let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes) else {
            continue;
        };
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { continue };
        assert_eq!(decode(&line).unwrap().0.strip_prefix("氏名,"), Some(character.to_string().as_str()));
        let problems = check(&character.to_string(), Charset::Any, ..);
        if cell_of_jis {
            assert_eq!(problems, [], "{pair:04X}");
            continue;
        }
        match problems.as_slice() {
            [] => assert!(
                encoded(character).is_some_and(|bytes| bytes != pair.to_be_bytes()),
                "{pair:04X}: a second cell"
            ),
            [TextProblem::Refused { place: 1, character: named, reason, .. }] if *named == character => {
                refused.insert(character, *reason);
            }
            other => panic!("{pair:04X}: {other:?}"),
        }
    }
    let count = |wanted| refused.values().filter(|reason| **reason == wanted).count();
    assert_eq!(count(Refusal::PrivateUse), 1_880);
    assert_eq!(count(Refusal::KanjiBeyondLevel2), 360, "IBM kanji");
    assert_eq!(count(Refusal::BeyondJisX0208), 74 + 10 + 3, "NEC row 13, small roman numerals, three signs of IBM");
    assert_eq!(refused.len(), 1_880 + 360 + 87);
}

#[test]
fn nothing_is_ever_replaced() {
    for text in
        ["髙", "①", "㈱", "é", "🈁", "\u{FFFD}", "한", "あ\nい", "あ,い", "\u{E000}", "葛\u{E0100}", "か\u{3099}"]
    {
        let problems = encode_shift_jis(text).unwrap_err();
        assert_eq!(problems, check(text, Charset::Any, ..));
        assert_eq!(problems.len(), 1, "{text:?}");
    }
}
