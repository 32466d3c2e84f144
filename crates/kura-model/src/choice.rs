/// Writes one list of choices: the enum, its spellings, and its place among the facts.
macro_rules! choice {
    ($about:literal $name:ident $schema:ident { $($at:literal $japanese:literal $variant:ident $identifier:literal [$($also:literal)*] $meaning:literal)+ }) => {
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!($japanese, " ", $meaning)] $variant,)+
        }

        impl $name {
            /// Every choice, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands in a cell.
            pub const fn japanese(self) -> &'static str {
                match self { $(Self::$variant => $japanese),+ }
            }

            /// The identifier, in snake case.
            pub const fn identifier(self) -> &'static str {
                match self { $(Self::$variant => $identifier),+ }
            }
        }

        impl crate::FactValue for $name {
            fn from_value(value: crate::Value) -> Option<Self> {
                match value {
                    $(crate::Value::Choice($at) => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn to_value(&self) -> crate::Value {
                crate::Value::Choice(match self { $(Self::$variant => $at),+ })
            }
        }

        pub(crate) static $schema: crate::ChoiceSchema = crate::ChoiceSchema {
            name: stringify!($name),
            about: $about,
            values: &[$(crate::ChoiceValue {
                japanese: $japanese,
                identifier: $identifier,
                also: &[$($also),*],
                about: $meaning,
            }),+],
        };
    };
}

include!(concat!(env!("OUT_DIR"), "/choices.rs"));
