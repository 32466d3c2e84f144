//! The recovery key (復旧キー): 32 bytes of chance as 24 words on paper, never on a disk.

use bip39::Language;
use kura_id::OfficeId;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::holder::{self, PublicKey};
use crate::key::{DataKey, Secret, silent};
use crate::keyring::WrapError;

const LIST: Language = Language::English;
const WORDS: usize = 24;
const BITS_A_WORD: usize = 11;

/// So many letters tell any two words of the list apart.
const LETTERS_ENOUGH: usize = 4;

/// The office's own way to its data, alone and anywhere. It is made on the office's first day, printed, typed back, and dropped.
#[derive(PartialEq)]
pub struct RecoveryKey(Secret);
silent!(RecoveryKey);

/// Why typed words are no recovery key. Positions count from 1, as on the sheet; the words themselves are never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Not 24.
    #[error("復旧キーは{WORDS}語です（入力は{found}語）。抜けや重なりがないか、シートの番号と見比べてください。")]
    Count {
        /// How many were typed.
        found: usize,
    },
    /// One is not in the list.
    #[error(
        "{position}番目の語が単語表にありません。シートの{position}番の語を見直してください（先頭の4文字だけでもかまいません）。"
    )]
    NotInList {
        /// Which one, from 1.
        position: usize,
    },
    /// All are in the list, but do not belong together: one is another word of the list, or two changed places.
    #[error(
        "語はすべて単語表にありますが、組み合わせが正しくありません。似た語との取り違えと、語の順番を見直してください。"
    )]
    Checksum,
}

impl RecoveryKey {
    /// A new key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Secret::generate(rng))
    }

    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Secret::copy_of(seed))
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The key of typed words. Capitals, full-width letters, line breaks and everything that is no letter (the sheet's numbers, commas)
    /// are forgiven; of each word the first four letters are enough.
    ///
    /// # Errors
    /// [`WordsError`] names the first place where it fails.
    pub fn from_words(typed: &str) -> Result<Self, WordsError> {
        let letters: Zeroizing<String> = Zeroizing::new(typed.chars().map(letter_or_space).collect());
        let found = letters.split_whitespace().count();
        if found != WORDS {
            return Err(WordsError::Count { found });
        }
        let mut words = Words(Zeroizing::new([0; WORDS]));
        for ((word, number), position) in letters.split_whitespace().zip(words.0.iter_mut()).zip(1..) {
            *number = listed(word).ok_or(WordsError::NotInList { position })?;
        }
        words.key().ok_or(WordsError::Checksum)
    }

    /// The words, for the sheet.
    #[must_use]
    pub fn words(&self) -> Words {
        let mut words = Words(Zeroizing::new([0; WORDS]));
        let sum = [checksum(self.seed())];
        let bits = self.seed().iter().chain(&sum).flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        for (bit, place) in bits.zip(0..) {
            if let Some(number) = words.0.get_mut(place / BITS_A_WORD) {
                *number = *number << 1 | u16::from(bit);
            }
        }
        words
    }

    /// The public half: archives are made for it without the sheet.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        holder::public_key(&self.0)
    }

    /// The data key that was wrapped to this key, with its epoch.
    ///
    /// # Errors
    /// [`WrapError`]: another key or office, or changed bytes.
    pub fn unwrap_data_key(&self, office: OfficeId, wrapped: &[u8]) -> Result<DataKey, WrapError> {
        holder::unwrap_data_key(&self.0, office, wrapped)
    }
}

/// The 24 words of a recovery key, by their numbers in the list. Wiped when dropped.
pub struct Words(Zeroizing<[u16; WORDS]>);
silent!(Words);

impl Words {
    /// The words in their order. What is made of them is to be wiped as well.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter_map(|number| LIST.word_list().get(usize::from(*number)).copied())
    }

    /// The key, if the checksum in the last word is that of the others.
    fn key(&self) -> Option<RecoveryKey> {
        let mut bytes = Zeroizing::new([0_u8; 33]);
        let bits = self.0.iter().flat_map(|number| (0..BITS_A_WORD).rev().map(move |bit| number >> bit & 1 == 1));
        for (bit, place) in bits.zip(0..) {
            if let Some(byte) = bytes.get_mut(place / 8) {
                *byte = *byte << 1 | u8::from(bit);
            }
        }
        let (seed, sum) = bytes.split_first_chunk::<32>()?;
        (sum == [checksum(seed)]).then(|| RecoveryKey::from_seed(seed))
    }
}

/// The first byte of the seed's SHA-256, as BIP-39 says.
fn checksum(seed: &[u8; 32]) -> u8 {
    let [first, ..] = <[u8; 32]>::from(Sha256::digest(seed));
    first
}

/// The number of a word in the list, by all its letters or by enough of them.
fn listed(word: &str) -> Option<u16> {
    let by_beginning = || {
        let enough = word.len() >= LETTERS_ENOUGH;
        LIST.words_by_prefix_iter(word).next().filter(|_| enough).and_then(|whole| LIST.find_word(whole))
    };
    LIST.find_word(word).or_else(by_beginning)
}

fn letter_or_space(typed: char) -> char {
    /// From a letter to its full-width form.
    const FULL_WIDTH: u32 = 0xfee0;
    let narrow = match typed {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(typed) - FULL_WIDTH).unwrap_or(' '),
        other => other,
    };
    if narrow.is_ascii_alphabetic() { narrow.to_ascii_lowercase() } else { ' ' }
}
