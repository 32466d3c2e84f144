//! Log epochs (ログの世代). Not to be mixed up with key epochs.
//!
//! A journal is one tree. An office restored from a copy continues the tree of that copy, and so contradicts everything that was
//! signed after the copy was made. It says so: from its next entry on, checkpoints carry another origin, and that entry, the opening,
//! names the last checkpoint a witness saw and how much is lost.

use crate::tree::TreeHash;

/// The number of a log epoch: 1 for the first, one more or greater for each after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogEpoch(u32);

impl LogEpoch {
    /// The epoch of a new office.
    pub const FIRST: Self = Self(1);

    /// The epoch of this number; there is none of number 0.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number == 0 { None } else { Some(Self(number)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// What the first entry of a new log epoch says in the clear, so that it can be verified without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The epoch that begins.
    pub epoch: LogEpoch,
    /// The size of the last checkpoint that a witness saw; 0 where there was none.
    pub witnessed_size: u64,
    /// The root of that checkpoint; of the empty tree where there was none.
    pub witnessed_root: TreeHash,
    /// Up to which entry something was lost. The gap begins where this entry stands; where it ends is known only after a move in
    /// order. Nothing: unknown.
    pub gap_end: Option<u64>,
}

impl Opening {
    /// The length of its bytes.
    pub(crate) const LENGTH: usize = 4 + 8 + 32 + 1 + 8;

    /// epoch, size, root, 0 or 1, end of the gap or 0; numbers with the highest byte first.
    pub(crate) fn bytes(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        let parts = [
            &self.epoch.0.to_be_bytes()[..],
            &self.witnessed_size.to_be_bytes(),
            &self.witnessed_root.bytes(),
            &[u8::from(self.gap_end.is_some())],
            &self.gap_end.unwrap_or(0).to_be_bytes(),
        ];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Option<Self> {
        let (epoch, rest) = bytes.split_first_chunk::<4>()?;
        let (size, rest) = rest.split_first_chunk::<8>()?;
        let (root, rest) = rest.split_first_chunk::<32>()?;
        let (known, end) = rest.split_first()?;
        let end = u64::from_be_bytes(end.try_into().ok()?);
        let gap_end = match (known, end) {
            (0, 0) => None,
            (1, end) => Some(end),
            _ => return None,
        };
        Some(Self {
            epoch: LogEpoch::new(u32::from_be_bytes(*epoch))?,
            witnessed_size: u64::from_be_bytes(*size),
            witnessed_root: TreeHash::from_bytes(*root),
            gap_end,
        })
    }
}
