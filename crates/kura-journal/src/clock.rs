//! The time of entries never runs backwards. This knows no clock: the writer brings what its clock says.

use serde::{Deserialize, Serialize};

/// An instant in UTC, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(u64);

impl UnixMillis {
    /// The instant of this number.
    #[must_use]
    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// The clock jumped back (時計の後戻り).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSkew {
    /// What it said before.
    pub before: UnixMillis,
    /// What it said then.
    pub after: UnixMillis,
}

/// The time for the next entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The time of the entry: the greater of the last entry's time and now.
    pub at: UnixMillis,
    /// The clock jumped back since the last look at it: an entry that says so ([`EntryDraft::clock_skew`](crate::EntryDraft::clock_skew))
    /// comes first, at the same time.
    pub skew: Option<ClockSkew>,
}

/// The rule of time of one journal: never backwards, and each jump back is said once, however long the clock stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryClock {
    last_entry: UnixMillis,
    last_reading: UnixMillis,
}

impl EntryClock {
    /// Goes on from the time of the newest stored entry; from 0 in an empty journal.
    #[must_use]
    pub const fn after(last_entry: UnixMillis) -> Self {
        Self { last_entry, last_reading: last_entry }
    }

    /// Takes what the clock says now and gives the time of the next entry.
    pub fn stamp(&mut self, now: UnixMillis) -> Stamp {
        let skew = (now < self.last_reading).then_some(ClockSkew { before: self.last_reading, after: now });
        self.last_reading = now;
        self.last_entry = self.last_entry.max(now);
        Stamp { at: self.last_entry, skew }
    }
}
