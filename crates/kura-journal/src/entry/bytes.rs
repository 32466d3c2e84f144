//! The bytes of a payload: JSON of fixed order, without white space, absent where nothing is known.
//!
//! `{"v":1,"at":1790000000000,"office":"...", ...}`. Version and time stand in front, so that the writer of an office, which alone
//! knows the time and serves everybody, joins two pieces and encodes nothing.

use std::fmt;

use super::{Class, Entry, EntryDraft, LIST_MAX};
use crate::clock::UnixMillis;

const HEAD: &str = r#"{"v":1,"at":"#;

/// Why something is not an entry, or may not become one. Names no value of an entry: those are personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Of another version than this program reads.
    #[error("記録の版がこのプログラムで読める版（1）ではありません。新しい版のKuraで開いてください。")]
    Version,
    /// Not JSON, a field missing or unknown, a number outside its list.
    #[error("記録の形が正しくありません（{column}文字目）。")]
    Form {
        /// Where in the payload, from 1.
        column: usize,
    },
    /// Right but for its spelling: white space, another order, a field that says nothing.
    #[error("記録は正しい内容ですが、決められた書き方ではありません。")]
    NotCanonical,
    /// More than [`LIST_MAX`] records or people: [`EntryDraft::split`] comes first.
    #[error("1件の記録に書ける対象者と項目は{LIST_MAX}件までです。分割してください。")]
    TooLong,
    /// A list that is not in rising order, or names something twice.
    #[error("記録の一覧は重複のない昇順で書きます。")]
    Order,
    /// What was only computed names no people: no one saw them.
    #[error("計算のための参照の記録には対象者を書きません。")]
    ComputedNamesPeople,
    /// Parts are counted from 1 to the number of parts.
    #[error("分割した記録の番号が正しくありません。")]
    Part,
}

/// A draft in bytes: all the writer has to do is to put the time in front.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodedDraft(Vec<u8>);

impl fmt::Debug for EncodedDraft {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "EncodedDraft({} bytes)", self.0.len())
    }
}

impl EncodedDraft {
    /// The payload of an entry made at this time. To be sealed, then hashed as [`SealedPayload`](crate::SealedPayload).
    #[must_use]
    pub fn at(&self, time: UnixMillis) -> Vec<u8> {
        let time = time.get().to_string();
        [HEAD.as_bytes(), time.as_bytes(), b",", &self.0].concat()
    }
}

impl EntryDraft {
    /// Checks the draft and encodes it, on the thread of whoever acts.
    ///
    /// # Errors
    /// [`EntryError`] where a list is too long or out of order, or the class names people it must not name.
    pub fn encode(&self) -> Result<EncodedDraft, EntryError> {
        self.check()?;
        let mut bytes = serde_json::to_vec(self).map_err(|_| EntryError::Form { column: 0 })?;
        bytes.remove(0); // the brace: HEAD has it
        Ok(EncodedDraft(bytes))
    }

    fn check(&self) -> Result<(), EntryError> {
        if self.subjects.len() > LIST_MAX || self.records.len() > LIST_MAX {
            return Err(EntryError::TooLong);
        }
        if !(rises(&self.subjects) && rises(&self.items) && rises(&self.records)) {
            return Err(EntryError::Order);
        }
        if self.class == Some(Class::Computed) && !self.subjects.is_empty() {
            return Err(EntryError::ComputedNamesPeople);
        }
        match self.part {
            Some(part) if part.number == 0 || part.number > part.of => Err(EntryError::Part),
            _ => Ok(()),
        }
    }
}

impl Entry {
    /// Reads a payload that was opened. It is refused unless encoding it again gives the same bytes.
    ///
    /// # Errors
    /// [`EntryError`]; the place, never the value.
    pub fn decode(payload: &[u8]) -> Result<Self, EntryError> {
        let Some(rest) = payload.strip_prefix(HEAD.as_bytes()) else {
            return Err(if payload.starts_with(br#"{"v":"#) {
                EntryError::Version
            } else {
                EntryError::Form { column: 1 }
            });
        };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (time, rest) = rest.split_at_checked(digits).unwrap_or((rest, &[]));
        let at = std::str::from_utf8(time).ok().and_then(|time| time.parse().ok()).map(UnixMillis::new);
        let (Some(at), Some(rest)) = (at, rest.strip_prefix(b",")) else {
            return Err(EntryError::Form { column: HEAD.len() + digits + 1 });
        };
        let draft: EntryDraft = serde_json::from_slice(&[b"{", rest].concat())
            .map_err(|error| EntryError::Form { column: HEAD.len() + digits + error.column() })?;
        if draft.encode()?.at(at) == payload { Ok(Self { at, draft }) } else { Err(EntryError::NotCanonical) }
    }
}

fn rises<T: Ord>(list: &[T]) -> bool {
    list.is_sorted_by(|before, after| before < after)
}
