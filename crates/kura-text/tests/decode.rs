//! Input files: both encodings, the place of a break, and never a panic or a lost byte.

use kura_text::{Charset, DecodeProblem, Encoding, decode, encode_shift_jis};
use proptest::prelude::*;

fn broken(encoding: Encoding, byte_offset: usize, line: usize, column: usize) -> DecodeProblem {
    DecodeProblem::Broken { encoding, byte_offset, line, column }
}

#[test]
fn official_examples_read_as_the_lines_they_print() {
    let files: [(&[u8], &str); 2] = [
        (include_bytes!("vectors/2200700_SHFD0006.CSV"), include_str!("vectors/2200700_expected_lines.txt")),
        (include_bytes!("vectors/10191_soshitsu.CSV"), include_str!("vectors/10191_expected_lines.txt")),
    ];
    for (bytes, expected) in files {
        let (text, encoding) = decode(bytes).unwrap();
        assert_eq!(encoding, Encoding::Cp932);
        assert_eq!(text.lines().collect::<Vec<_>>(), expected.lines().collect::<Vec<_>>());
        let encode_line =
            |line: &str| line.split(',').map(|value| encode_shift_jis(value).unwrap()).collect::<Vec<_>>().join(&b',');
        let written: Vec<u8> = text.lines().flat_map(|line| [encode_line(line), b"\r\n".to_vec()].concat()).collect();
        assert_eq!(written, bytes, "every value encodes to the very bytes");
    }
}

#[test]
fn utf8_with_and_without_byte_order_mark() {
    assert_eq!(decode("氏名,髙松".as_bytes()).unwrap(), ("氏名,髙松".into(), Encoding::Utf8));
    assert_eq!(decode("\u{FEFF}氏名".as_bytes()).unwrap(), ("氏名".into(), Encoding::Utf8WithBom));
    assert_eq!(decode(b"").unwrap(), ("".into(), Encoding::Utf8));
}

#[test]
fn cp932_keeps_what_windows_wrote() {
    let bytes = b"\x8E\x81\x96\xBC,\xFB\xFC\x8F\xBC\x81\x40\xED\x95\x8E\x71\x87\x40\x81\x60\x81\x7C";
    assert_eq!(decode(bytes).unwrap(), ("氏名,髙松　﨑子①～－".into(), Encoding::Cp932));
    assert_eq!(decode(b"\x8E\x81\xF0\x40").unwrap().0, "氏\u{E000}", "外字");
}

#[test]
fn the_place_of_the_first_break() {
    let cp932 = |text: &str| encode_shift_jis(text).unwrap();
    let file = [cp932("氏名"), b"\r\n".to_vec(), cp932("山田"), b"\xFF".to_vec(), cp932("子")].concat();
    assert_eq!(decode(&file), Err(broken(Encoding::Cp932, 10, 2, 3)));
    let cut = [cp932("氏名"), b"\n\x8E".to_vec()].concat();
    assert_eq!(decode(&cut), Err(broken(Encoding::Cp932, 5, 2, 1)));
    let byte_80 = [cp932("氏ｱ"), b"\x80".to_vec(), cp932("名")].concat();
    assert_eq!(decode(&byte_80), Err(broken(Encoding::Cp932, 3, 1, 3)));
}

#[test]
fn damaged_utf8_is_not_taken_for_cp932() {
    let mut cut = "会社コード\n氏名,山".as_bytes().to_vec();
    cut.pop();
    assert_eq!(decode(&cut), Err(broken(Encoding::Utf8, 23, 2, 4)));
    assert_eq!(decode(b"\xEF\xBB\xBFa\x82\xA0"), Err(broken(Encoding::Utf8WithBom, 4, 1, 2)));
    assert_eq!(decode(b"\xFF\xFEa\0"), Err(DecodeProblem::Utf16));
}

#[test]
fn the_sentence_gives_place_and_remedy() {
    assert_eq!(
        decode(b"\x8E\x81\x0A\xFF").unwrap_err().to_string(),
        "2行目の1文字目（先頭から3バイトの後）がシフトJISの文字として読めません。ファイルが途中で切れたり壊れたりしていないか確かめ、UTF-8かシフトJISで保存し直してください。"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_whole_or_refused_with_a_place(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok((text, Encoding::Utf8)) => prop_assert_eq!(text.as_bytes(), bytes.as_slice()),
            Ok((text, Encoding::Utf8WithBom)) => prop_assert_eq!(text.as_bytes(), &bytes[3..]),
            Ok((text, Encoding::Cp932)) => {
                prop_assert!(!text.contains(char::REPLACEMENT_CHARACTER));
                let one_byte = |character: char| character.is_ascii() || matches!(character, '｡'..='ﾟ');
                let len: usize = text.chars().map(|character| if one_byte(character) { 1 } else { 2 }).sum();
                prop_assert_eq!(len, bytes.len());
            }
            Err(DecodeProblem::Broken { byte_offset, line, column, .. }) => {
                prop_assert!(byte_offset < bytes.len());
                prop_assert!(line >= 1 && column >= 1);
            }
            Err(DecodeProblem::Utf16) => prop_assert!(bytes.len() >= 2),
        }
    }

    #[test]
    fn half_broken_cp932_is_never_a_panic(pairs in proptest::collection::vec((0x81_u8..=0xFC, 0x30_u8..=0xFF), 0..60)) {
        let bytes: Vec<u8> = pairs.into_iter().flat_map(|(lead, trail)| [lead, trail]).collect();
        if let Err(DecodeProblem::Broken { byte_offset, .. }) = decode(&bytes) {
            prop_assert!(byte_offset < bytes.len());
        }
    }

    #[test]
    fn filed_bytes_read_back(text in "[一-龥ぁ-んァ-ヶｱ-ﾟ]{0,30}") {
        let taken: String = text.chars().filter(|character| Charset::Any.takes(*character)).collect();
        let line = format!("氏名{taken}");
        let bytes = encode_shift_jis(&line).unwrap();
        prop_assert_eq!(decode(&bytes).unwrap(), (line.into(), Encoding::Cp932));
    }
}
