//! The recovery key on paper: words typed back by a tired person, a code read by a camera.

use std::collections::HashSet;

use bip39::{Language, Mnemonic};
use kura_seal::{RecoveryKey, RecoverySheet, SheetError, WordsError};
use proptest::prelude::*;

use crate::given::{chance, office};

fn words(key: &RecoveryKey) -> Vec<&'static str> {
    key.words().iter().collect()
}

fn sheet(key: &RecoveryKey) -> RecoverySheet {
    RecoverySheet::new(office(1), key, "ed25519:...".to_owned(), "0000 0001".to_owned())
}

fn key() -> RecoveryKey {
    RecoveryKey::generate(&mut chance(1))
}

#[test]
fn words_are_those_of_bip_39() {
    // BIP-39's own vectors for 32 bytes: all zero, all one.
    let zero = [["abandon"; 23].as_slice(), &["art"]].concat();
    let one = [["zoo"; 23].as_slice(), &["vote"]].concat();
    for (words, byte) in [(zero, 0), (one, 0xff)] {
        let key = RecoveryKey::from_words(&words.join(" ")).unwrap();
        assert_eq!(self::words(&key), words);
        let by_the_crate = Mnemonic::from_entropy(&[byte; 32]).unwrap();
        assert_eq!(by_the_crate.words().collect::<Vec<_>>(), words);
    }
}

#[test]
fn four_letters_tell_the_words_apart() {
    let beginnings: HashSet<&str> =
        Language::English.word_list().iter().map(|word| word.get(..4).unwrap_or(word)).collect();
    assert_eq!(beginnings.len(), 2048);
}

#[test]
fn words_are_forgiven_what_a_tired_person_types() {
    let (key, words) = (key(), words(&key()));
    let numbered: String = words.iter().zip(1..).map(|(word, number)| format!("{number}. {word}\n")).collect();
    let beginnings: Vec<&str> = words.iter().map(|word| word.get(..4).unwrap_or(word)).collect();
    let full_width: String = words
        .join(" ")
        .chars()
        .map(|letter| match letter {
            'a'..='z' => char::from_u32(u32::from('ａ') + u32::from(letter) - u32::from('a')).unwrap(),
            _ => '\u{3000}',
        })
        .collect();
    for typed in [
        words.join(" "),
        format!("  {}\r\n", words.join("  ")),
        words.join("、"),
        words.join(" ").to_uppercase(),
        numbered,
        beginnings.join(" "),
        full_width,
    ] {
        assert!(RecoveryKey::from_words(&typed).unwrap() == key, "{typed}");
    }
}

#[test]
fn an_error_names_the_place_and_never_the_word() {
    let words = words(&key());
    let mut wrong = words.clone();
    wrong[4] = "himitsu";
    let error = RecoveryKey::from_words(&wrong.join(" ")).unwrap_err();
    assert_eq!(error, WordsError::NotInList { position: 5 });
    assert!(error.to_string().contains("5番目"));
    // Three letters are no beginning, and nothing may be appended.
    for near in ["a", "aba", "abandonx"] {
        wrong[4] = near;
        assert_eq!(RecoveryKey::from_words(&wrong.join(" ")).unwrap_err(), WordsError::NotInList { position: 5 });
    }

    assert_eq!(RecoveryKey::from_words("").unwrap_err(), WordsError::Count { found: 0 });
    assert_eq!(RecoveryKey::from_words(&words[1..].join(" ")).unwrap_err(), WordsError::Count { found: 23 });
    let one_more = [words.as_slice(), &["zoo"]].concat().join(" ");
    assert_eq!(RecoveryKey::from_words(&one_more).unwrap_err(), WordsError::Count { found: 25 });
    for error in [WordsError::Count { found: 3 }, WordsError::NotInList { position: 5 }, WordsError::Checksum] {
        let said = format!("{error} {error:?}");
        assert!(!words.iter().any(|word| said.contains(word)) && !said.contains("himitsu"));
    }
}

#[test]
fn of_all_last_words_those_with_the_checksum_alone_are_taken() {
    let words = words(&key());
    let taken = Language::English.word_list().iter().filter(|last| {
        let typed = [&words[..23], &[last]].concat().join(" ");
        match RecoveryKey::from_words(&typed) {
            Ok(key) => self::words(&key)[23] == **last,
            Err(error) => {
                assert_eq!(error, WordsError::Checksum);
                false
            }
        }
    });
    // Three bits of the last word are key, eight are checksum.
    assert_eq!(taken.count(), 8);
}

#[test]
fn a_sheet_holds_the_key_twice_and_both_come_back() {
    let (key, sheet) = (key(), sheet(&key()));
    assert_eq!(sheet.words.iter().collect::<Vec<_>>(), words(&key));
    assert_eq!(sheet.recovery_key, key.public_key().fingerprint());
    assert_eq!((sheet.log_key.as_str(), sheet.log_key_fingerprint.as_str()), ("ed25519:...", "0000 0001"));
    assert_eq!(format!("{sheet:?}"), "RecoverySheet(..)");

    let alphanumeric = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || "-/".contains(letter);
    assert!(sheet.qr.chars().all(alphanumeric), "else the code is twice as dense");
    for scanned in [sheet.qr.to_string(), sheet.qr.to_lowercase(), format!(" {}\n", *sheet.qr)] {
        let (office, back) = RecoverySheet::read_qr(&scanned).unwrap();
        assert!(office == sheet.office && back == key);
    }
}

#[test]
fn what_a_camera_misreads_is_refused() {
    let sheet = sheet(&key());
    for at in "KURA-RECOVERY-1/".len()..sheet.qr.len() {
        let mut misread = sheet.qr.as_bytes().to_vec();
        misread[at] = if misread[at] == b'7' { b'3' } else { b'7' };
        let misread = String::from_utf8(misread).unwrap();
        assert_eq!(RecoverySheet::read_qr(&misread).unwrap_err(), SheetError::Damaged, "letter {at}");
        assert_eq!(
            RecoverySheet::read_qr(sheet.qr.get(..at).unwrap()).unwrap_err(),
            SheetError::Damaged,
            "{at} letters"
        );
    }
    let newer = sheet.qr.replacen("-1/", "-2/", 1);
    assert_eq!(RecoverySheet::read_qr(&newer).unwrap_err(), SheetError::Newer);
    for other in ["", "https://example.jp/", "KURA", "WIFI:S:kura;;"] {
        assert_eq!(RecoverySheet::read_qr(other).unwrap_err(), SheetError::NotASheet);
    }
}

#[test]
fn a_fingerprint_is_eight_groups_that_two_people_can_compare() {
    let fingerprint = key().public_key().fingerprint().to_string();
    let groups: Vec<&str> = fingerprint.split(' ').collect();
    assert_eq!(groups.len(), 8);
    assert!(groups.iter().all(|group| group.len() == 4 && u16::from_str_radix(group, 16).is_ok()));
    assert_ne!(RecoveryKey::generate(&mut chance(2)).public_key().fingerprint().to_string(), fingerprint);
}

proptest! {
    #[test]
    fn every_key_comes_back_from_its_words_and_its_code(seed: [u8; 32]) {
        let by_the_crate = Mnemonic::from_entropy(&seed).unwrap();
        let key = RecoveryKey::from_words(&by_the_crate.to_string()).unwrap();
        prop_assert_eq!(words(&key), by_the_crate.words().collect::<Vec<_>>());
        prop_assert!(RecoveryKey::from_words(&words(&key).join(" ")).unwrap() == key);
        prop_assert!(RecoverySheet::read_qr(&sheet(&key).qr).unwrap().1 == key);
    }

    #[test]
    fn no_text_panics(typed: String) {
        prop_assert!(RecoveryKey::from_words(&typed).is_err());
        prop_assert!(RecoverySheet::read_qr(&typed).is_err());
    }
}
