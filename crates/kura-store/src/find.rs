//! A question for records by a key, answered in pages.

use std::ops::Bound;

use kura_id::{Kind, RecordId};

use crate::record::Index;

/// The most rows one page may have: no answer grows with an office.
pub const PAGE_ROWS_MAX: u16 = 10_000;

/// How many rows a page may have, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u16);

impl Limit {
    /// The largest page.
    pub const MAX: Self = Self(PAGE_ROWS_MAX);

    /// A page of this many rows; what lies outside 1 to [`PAGE_ROWS_MAX`] is taken to the nearest.
    #[must_use]
    pub fn rows(rows: u16) -> Self {
        Self(rows.clamp(1, PAGE_ROWS_MAX))
    }

    /// Rows.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// The values asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    from: Vec<u8>,
    to: Bound<Vec<u8>>,
}

impl Values {
    /// Every value.
    #[must_use]
    pub fn all() -> Self {
        Self { from: Vec::new(), to: Bound::Unbounded }
    }

    /// One value.
    #[must_use]
    pub fn exactly(value: &[u8]) -> Self {
        Self { from: value.to_vec(), to: Bound::Included(value.to_vec()) }
    }

    /// All values from `from` on and below `to_excl`, as dated things are asked for.
    #[must_use]
    pub fn range(from: &[u8], to_excl: &[u8]) -> Self {
        Self { from: from.to_vec(), to: Bound::Excluded(to_excl.to_vec()) }
    }

    /// All values that begin with `prefix`: a period without the person behind it.
    #[must_use]
    pub fn beginning_with(prefix: &[u8]) -> Self {
        let mut after = prefix.to_vec();
        while after.pop_if(|byte| *byte == u8::MAX).is_some() {}
        let to = match after.last_mut() {
            Some(last) => {
                *last = last.saturating_add(1);
                Bound::Excluded(after)
            }
            None => Bound::Unbounded,
        };
        Self { from: prefix.to_vec(), to }
    }

    /// The first value that belongs to it.
    #[must_use]
    pub fn from(&self) -> &[u8] {
        &self.from
    }

    /// Whether a value, not before the first, still belongs to it.
    #[must_use]
    pub fn reach(&self, value: &[u8]) -> bool {
        match &self.to {
            Bound::Included(to) => value <= to,
            Bound::Excluded(to) => value < to,
            Bound::Unbounded => true,
        }
    }

    /// Where it ends.
    #[must_use]
    pub fn to(&self) -> Bound<&[u8]> {
        match &self.to {
            Bound::Included(to) => Bound::Included(to),
            Bound::Excluded(to) => Bound::Excluded(to),
            Bound::Unbounded => Bound::Unbounded,
        }
    }
}

/// Which records: those of a kind whose key of an index lies in a range, in the order of value, then id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// Of which kind.
    pub kind: Kind,
    /// By which index.
    pub index: Index,
    /// With which values.
    pub values: Values,
    /// Behind this hit, which the page before ended with; from the start where there was none.
    pub after: Option<Hit>,
    /// At most this many.
    pub limit: Limit,
}

/// One row of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The key's value.
    pub value: Vec<u8>,
    /// The record that has it.
    pub id: RecordId,
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// In the order of value, then id.
    pub hits: Vec<Hit>,
    /// Whether there are more behind the last one.
    pub more: bool,
}
