use std::fmt;
use std::ops::RangeInclusive;

use kura_id::{Kind, OfficeId, RecordId, UnitId};

use crate::body::Dictionary;
use crate::envelope::{Header, SUITE, SUITE_WITH_DICTIONARY};
use crate::key::KeyEpoch;

/// Where a sealed record lies. It opens nowhere else: no field can be changed without its key noticing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The office (事務所).
    pub office: OfficeId,
    /// Whose record it is: the client, the person, or the office itself; the owner of the key.
    pub unit: UnitId,
    /// What kind of record.
    pub kind: Kind,
    /// Which record.
    pub id: RecordId,
    /// Which version of it; the first is 1.
    pub version: u64,
}

impl Place {
    /// The place as associated data: office 16, unit 16, kind 2, id 16, version 8 bytes, nothing of variable length.
    pub(crate) fn context(&self) -> Vec<u8> {
        [
            self.office.bytes().as_slice(),
            &self.unit.bytes(),
            &self.kind.get().to_be_bytes(),
            &self.id.bytes(),
            &self.version.to_be_bytes(),
        ]
        .concat()
    }
}

/// The number of a body's form. Upcasting happens on reading, never in bulk; each kind of record counts its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Schema(u16);

impl Schema {
    /// The schema of this number.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether this program can read a body of this form: `known` is the oldest and the newest it reads.
    ///
    /// # Errors
    /// [`SchemaError`] names both numbers and what to do.
    pub fn check(self, known: RangeInclusive<Self>) -> Result<(), SchemaError> {
        if self > *known.end() {
            return Err(SchemaError::Newer { found: self, newest: *known.end() });
        }
        if self < *known.start() {
            return Err(SchemaError::TooOld { found: self, oldest: *known.start() });
        }
        Ok(())
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// The form of a body that is being sealed: its schema, and the dictionary of that schema where there is one.
#[derive(Debug, Clone, Copy)]
pub struct Form<'d> {
    /// The schema.
    pub schema: Schema,
    /// The dictionary of this kind of record in this schema.
    pub dictionary: Option<&'d Dictionary>,
}

impl From<Schema> for Form<'_> {
    fn from(schema: Schema) -> Self {
        Self { schema, dictionary: None }
    }
}

impl Form<'_> {
    pub(crate) fn header(&self, epoch: KeyEpoch) -> Header {
        let suite = if self.dictionary.is_some() { SUITE_WITH_DICTIONARY } else { SUITE };
        Header { suite, schema: self.schema, epoch }
    }
}

/// Why a body that opened cannot be read by this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// It was written by a newer program.
    #[error(
        "この記録は新しい版のKuraで書かれています（様式{found}、このKuraが読めるのは{newest}まで）。Kuraを更新してから開いてください。"
    )]
    Newer {
        /// The record's schema.
        found: Schema,
        /// The newest this program reads.
        newest: Schema,
    },
    /// It was written by a program more than one release back.
    #[error(
        "この記録の様式{found}は古く、このKuraでは読めません（読めるのは{oldest}から）。一つ前の版のKuraで移行（kura upgrade --finish）を済ませてから更新してください。"
    )]
    TooOld {
        /// The record's schema.
        found: Schema,
        /// The oldest this program reads.
        oldest: Schema,
    },
}
