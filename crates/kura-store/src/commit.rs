//! What is written, all of it or nothing: changes, wraps, and the entries that tell of them.

use std::fmt;

use kura_id::{RequestId, UnitId};
use kura_journal::{EntryDraft, LeafHash};

use crate::record::{Keys, RecordName};

/// The most changes in one commit: what must be true in one moment, such as the pay of a large client that is published. What may come
/// bit by bit comes in smaller commits, so that others get their turn.
pub const CHANGES_MAX: usize = 50_000;

/// One commit.
#[derive(Debug, Clone)]
pub struct Commit {
    /// A repeat of it gets the receipt of the first time, whatever it carries.
    pub request: RequestId,
    /// Each record at most once.
    pub changes: Vec<Change>,
    /// Wraps that come and go in the same moment.
    pub keyring: Vec<KeyringChange>,
    /// At least one. Together they name every change with its version and the SHA-256 of its sealed bytes.
    pub entries: Vec<EntryDraft>,
}

/// A new version of a record.
#[derive(Debug, Clone)]
pub struct Change {
    /// Of which record.
    pub name: RecordName,
    /// Whose key seals it; it may change with a version.
    pub unit: UnitId,
    /// The version it replaces; 0 where there must be none yet. The new one is one higher.
    pub expected: u64,
    /// What it becomes.
    pub becomes: Becomes,
}

impl Change {
    /// The version this change makes.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.expected.saturating_add(1)
    }
}

/// What a record becomes.
#[derive(Clone, PartialEq, Eq)]
pub enum Becomes {
    /// These sealed bytes, found by these keys alone.
    Sealed {
        /// Shape of the sealed body.
        schema: u16,
        /// Header and sealed body.
        bytes: Vec<u8>,
        /// All its keys.
        keys: Keys,
    },
    /// Nothing. The version stays taken; whoever expects it may bring the record back.
    Deleted,
}

static NO_KEYS: Keys = Keys::NONE;

impl Becomes {
    /// The keys: none of what is deleted.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        match self {
            Self::Sealed { keys, .. } => keys,
            Self::Deleted => &NO_KEYS,
        }
    }

    /// The sealed bytes, where there are any.
    #[must_use]
    pub fn sealed(&self) -> Option<&[u8]> {
        match self {
            Self::Sealed { bytes, .. } => Some(bytes),
            Self::Deleted => None,
        }
    }
}

impl fmt::Debug for Becomes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sealed { schema, bytes, keys } => {
                write!(out, "Sealed(schema {schema}, {} bytes, {} keys)", bytes.len(), keys.iter().count())
            }
            Self::Deleted => write!(out, "Deleted"),
        }
    }
}

/// A change of the keyring: neither journal nor history holds what it carries.
#[derive(Clone, PartialEq, Eq)]
pub enum KeyringChange {
    /// A unit gets its wrap, or a new one in its place.
    Wrap {
        /// Which unit.
        unit: UnitId,
        /// Its key, wrapped under the office's data key.
        wrapped: Vec<u8>,
    },
    /// The wrap is destroyed. The unit never gets another.
    Destroy {
        /// Which unit.
        unit: UnitId,
    },
}

impl KeyringChange {
    /// Whose wrap it is.
    #[must_use]
    pub const fn unit(&self) -> UnitId {
        match self {
            Self::Wrap { unit, .. } | Self::Destroy { unit } => *unit,
        }
    }
}

impl fmt::Debug for KeyringChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrap { unit, .. } => write!(out, "Wrap({unit})"),
            Self::Destroy { unit } => write!(out, "Destroy({unit})"),
        }
    }
}

/// What a unit has in the keyring.
#[derive(Clone, PartialEq, Eq)]
pub enum Wrap {
    /// Its wrapped key.
    Held(Vec<u8>),
    /// Nothing any more, for ever: it was erased.
    Destroyed,
}

impl fmt::Debug for Wrap {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Held(_) => "Held",
            Self::Destroyed => "Destroyed",
        })
    }
}

/// That a commit is on the disk, and where the journal tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Number of its first entry.
    pub first_seq: u64,
    /// Number of its last entry: once the archive has it, it has all of the commit.
    pub seq: u64,
    /// Leaf hash of the last entry.
    pub leaf: LeafHash,
}
