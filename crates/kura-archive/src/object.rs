//! Objects of an archive, and their names: what they hold, first and last number, hash.

use std::fmt;
use std::str::FromStr;

use kura_id::OfficeId;
use kura_journal::ContentHash;

/// The longest object a target takes or gives: a full one is an eighth of it, and one record may be a quarter.
pub const OBJECT_BYTES_MAX: u64 = 64 << 20;

/// What an object holds. Each class may have a time of its own for which a target keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Entries of the journal, kept for ever.
    Journal,
    /// Versions of records.
    Changes,
    /// A part of a generation (世代): the present of records in one moment.
    State,
    /// The keyring of a day (鍵束), kept for 35 days.
    Keyring,
    /// What was shipped together (目録), kept for ever.
    Manifest,
}

/// The name of an object: it says what must be inside, so that nothing can be put in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// Whose.
    pub office: OfficeId,
    /// What it holds.
    pub class: Class,
    /// The first number of the journal inside; of a keyring the day (days since 1970), of a manifest its own number.
    pub first: u64,
    /// The last number of the journal inside; of a keyring and a manifest the size of the journal at that time.
    pub last: u64,
    /// SHA-256 of its bytes.
    pub hash: ContentHash,
}

/// Text that names no object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("保全の部品の名前ではありません。")]
pub struct NotAnObjectName;

impl Class {
    /// All classes, in the order in which they are shipped.
    pub const ALL: [Self; 5] = [Self::Journal, Self::Changes, Self::State, Self::Keyring, Self::Manifest];

    /// Its name: a folder of the target, and the first line of each object.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Changes => "changes",
            Self::State => "state",
            Self::Keyring => "keyring",
            Self::Manifest => "manifest",
        }
    }
}

impl ObjectName {
    /// The name of these bytes.
    #[must_use]
    pub fn of(office: OfficeId, class: Class, first: u64, last: u64, bytes: &[u8]) -> Self {
        Self { office, class, first, last, hash: ContentHash::of(bytes) }
    }

    /// Whether these are its bytes.
    #[must_use]
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.hash == ContentHash::of(bytes)
    }

    /// The last part of the name.
    #[must_use]
    pub fn file_name(&self) -> String {
        let hash: String = self.hash.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{:015}-{:015}-{hash}", self.first, self.last)
    }

    /// The name whose last part is this; nothing where it is spelled otherwise.
    #[must_use]
    pub fn from_file_name(office: OfficeId, class: Class, text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (first, last, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let mut bytes = [0; 32];
        let digits: Vec<char> = hash.chars().collect();
        for (to, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let [high, low] = pair else { return None };
            *to = u8::try_from(high.to_digit(16)? << 4 | low.to_digit(16)?).ok()?;
        }
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        let name = Self { office, class, first, last, hash: ContentHash::from_bytes(bytes) };
        // One spelling.
        (name.file_name() == text).then_some(name)
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}", self.office, self.class.name(), self.file_name())
    }
}

impl FromStr for ObjectName {
    type Err = NotAnObjectName;

    fn from_str(text: &str) -> Result<Self, NotAnObjectName> {
        let mut parts = text.split('/');
        let (Some(office), Some(class), Some(name), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAnObjectName);
        };
        let office = office.parse().map_err(|_| NotAnObjectName)?;
        let class = Class::ALL.into_iter().find(|known| known.name() == class).ok_or(NotAnObjectName)?;
        Self::from_file_name(office, class, name).ok_or(NotAnObjectName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        let office = OfficeId::from_parts(1_790_000_000_000, [7; 10]).unwrap();
        let name = ObjectName::of(office, Class::Journal, 1, 4096, b"bytes");
        let text = name.to_string();
        assert_eq!(text.parse::<ObjectName>(), Ok(name));
        let wrong = [
            text.to_uppercase(),
            text.replace("journal", "diary"),
            text.replace("000000000000001-", "1-"),
            text.replace("000000000000001-", "+00000000000001-"),
            format!("{text}0"),
            text.strip_suffix(|_: char| true).unwrap().to_owned(),
            format!("../{text}"),
            String::new(),
        ];
        for text in wrong {
            assert_eq!(text.parse::<ObjectName>(), Err(NotAnObjectName), "{text}");
        }
    }
}
