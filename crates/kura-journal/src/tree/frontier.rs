use super::TreeHash;
use crate::leaf::LeafHash;

/// A store keeps the hashes of all complete subtrees whose height is a multiple of this: of 256, 65,536, ... entries.
pub const TILE_HEIGHT: u8 = 8;

/// The most entries a journal can have: 281 million million.
pub const SIZE_MAX: u64 = 1 << 48;

/// The right edge of a tree (前線): all that is needed to go on appending, and the root. At most 48 hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// The roots of the complete subtrees that the size is made of, the greatest first: one for each bit of the size.
    peaks: Vec<TreeHash>,
}

/// A complete subtree that a store has to write down, in the transaction that writes the entry which completed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete {
    /// How many times [`TILE_HEIGHT`] it is high: 1 stands for 256 entries, 2 for 65,536.
    pub level: u8,
    /// Its place among those of its level, from 0.
    pub index: u64,
    /// Its hash.
    pub hash: TreeHash,
}

/// Why a frontier cannot be read or grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// [`SIZE_MAX`] entries.
    #[error("この記録簿にはこれ以上書けません（{SIZE_MAX}件）。")]
    Full,
    /// The length of the bytes does not fit the size they begin with.
    #[error("記録簿の末端の控えが壊れています。記録簿の全体から作り直してください。")]
    Damaged,
}

impl Frontier {
    /// The number of entries.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends an entry; gives the subtrees it completes that a store keeps, the lowest first: none for 255 of 256 entries.
    ///
    /// # Errors
    /// [`FrontierError::Full`]; nothing is changed.
    pub fn push(&mut self, leaf: LeafHash) -> Result<Vec<Complete>, FrontierError> {
        if self.size >= SIZE_MAX {
            return Err(FrontierError::Full);
        }
        let mut kept = Vec::new();
        let mut hash = TreeHash::from(leaf);
        let completed = self.size.trailing_ones();
        for height in 1..=completed {
            let Some(left) = self.peaks.pop() else { break };
            hash = TreeHash::over(left, hash);
            if height % u32::from(TILE_HEIGHT) == 0 {
                let level = u8::try_from(height / u32::from(TILE_HEIGHT)).unwrap_or(u8::MAX);
                kept.push(Complete { level, index: self.size >> height, hash });
            }
        }
        self.peaks.push(hash);
        self.size += 1;
        Ok(kept)
    }

    /// The root of the tree at this size.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        self.peaks.iter().rev().copied().reduce(|right, left| TreeHash::over(left, right)).unwrap_or(TreeHash::EMPTY)
    }

    /// Size (8 bytes, the highest first), then the hashes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let hashes = self.peaks.iter().flat_map(|peak| peak.bytes());
        self.size.to_be_bytes().into_iter().chain(hashes).collect()
    }

    /// Reads a frontier that was kept.
    ///
    /// # Errors
    /// [`FrontierError::Damaged`] where length and size do not agree. A changed hash shows at the next checkpoint, not here.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(FrontierError::Damaged)?;
        let size = u64::from_be_bytes(*size);
        let (hashes, rest) = hashes.as_chunks::<32>();
        let fits = hashes.len() == usize::try_from(size.count_ones()).unwrap_or(usize::MAX);
        if !rest.is_empty() || !fits || size > SIZE_MAX {
            return Err(FrontierError::Damaged);
        }
        Ok(Self { size, peaks: hashes.iter().copied().map(TreeHash::from_bytes).collect() })
    }
}
