//! The list of all ids. A new thing that is stored gets its line here, and so a type that no other can stand in for.

use std::fmt;
use std::str::FromStr;

use crate::id::{self, IdError};

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id made at `unix_millis` (UTC, milliseconds since 1970) with ten bytes of chance.
            ///
            /// # Errors
            /// [`IdError::TooLate`] past the 48 bits an id has for its time.
            pub fn from_parts(unix_millis: u64, chance: [u8; 10]) -> Result<Self, IdError> {
                id::from_parts(unix_millis, chance).map(Self)
            }

            /// The id of these bytes, as they were stored.
            ///
            /// # Errors
            /// [`IdError::NotByTime`] where they are no UUIDv7.
            pub fn from_bytes(bytes: [u8; 16]) -> Result<Self, IdError> {
                id::from_bytes(bytes).map(Self)
            }

            /// The sixteen bytes, in the order in which ids sort.
            #[must_use]
            pub const fn bytes(self) -> [u8; 16] {
                self.0
            }

            /// When it was made (UTC, milliseconds since 1970).
            #[must_use]
            pub fn unix_millis(self) -> u64 {
                id::unix_millis(self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}", uuid::Uuid::from_bytes(self.0).hyphenated())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                id::parse(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// An office (事務所): the unit of key, backup, restore and tenancy. It leads every key and every query.
    OfficeId;
    /// What has a sealing key of its own and can be erased alone: a client (会社), a person (従業員), or the office itself.
    UnitId;
    /// A record. Together with its kind and its office it names one thing.
    RecordId;
    /// A user: somebody who signs in, or the operating system's user on the command line.
    UserId;
    /// A device from which somebody acts.
    DeviceId;
    /// A request: repeating it gives the answer of the first time.
    RequestId;
    /// A run of pay, bonus or correction.
    RunId;
}
