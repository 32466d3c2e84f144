//! Lists that stand in stored bytes: each word has a number that never changes its meaning.

/// A number that a closed list does not have: written by a newer program, or damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("番号{number}は{list}の一覧にありません。新しい版のKuraで書かれた記録であれば、その版で開いてください。")]
pub struct UnknownNumber {
    /// The list, by its English name.
    pub list: &'static str,
    /// The number.
    pub number: u16,
}

macro_rules! closed_list {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $word:literal])+ $variant:ident = $number:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "u16", try_from = "u16")]
        pub enum $name {
            $($(#[doc = $word])+ $variant,)+
        }

        impl $name {
            /// All words, by rising number.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The number that stands in the bytes.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $(Self::$variant => $number,)+ }
            }
        }

        impl From<$name> for u16 {
            fn from(word: $name) -> Self {
                word.number()
            }
        }

        impl TryFrom<u16> for $name {
            type Error = $crate::closed_list::UnknownNumber;

            fn try_from(number: u16) -> Result<Self, Self::Error> {
                match number {
                    $($number => Ok(Self::$variant),)+
                    number => Err($crate::closed_list::UnknownNumber { list: stringify!($name), number }),
                }
            }
        }
    };
}

pub(crate) use closed_list;
