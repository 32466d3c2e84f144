//! Proofs, checked: RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use super::TreeHash;
use crate::leaf::LeafHash;

/// Entry `seq` stands in the tree of `size` entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The number of the entry, from 1.
    pub seq: u64,
    /// The size of the tree.
    pub size: u64,
    /// The hashes beside the way from the leaf to the root, the lowest first.
    pub path: Vec<TreeHash>,
}

/// The tree of `to` entries begins with the tree of `from` entries: nothing was changed or taken back in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The smaller size.
    pub from: u64,
    /// The greater size, or the same.
    pub to: u64,
    /// The hashes from which both roots follow.
    pub path: Vec<TreeHash>,
}

/// A proof that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("証明が合いません。記録簿が書き換えられたか、証明が壊れています。")]
pub struct ProofWrong;

impl Inclusion {
    /// Checks that this leaf stands there in the tree with this root.
    ///
    /// # Errors
    /// [`ProofWrong`].
    pub fn check(&self, leaf: LeafHash, root: TreeHash) -> Result<(), ProofWrong> {
        let mut place = self.seq.checked_sub(1).ok_or(ProofWrong)?;
        let mut last = self.size.checked_sub(1).ok_or(ProofWrong)?;
        if place > last {
            return Err(ProofWrong);
        }
        let mut hash = TreeHash::from(leaf);
        for &beside in &self.path {
            if last == 0 {
                return Err(ProofWrong);
            }
            if is_odd(place) || place == last {
                hash = TreeHash::over(beside, hash);
                let up = if place == 0 { 0 } else { place.trailing_zeros() };
                (place, last) = (place >> up, last >> up);
            } else {
                hash = TreeHash::over(hash, beside);
            }
            (place, last) = (place >> 1, last >> 1);
        }
        if last == 0 && hash == root { Ok(()) } else { Err(ProofWrong) }
    }
}

impl Consistency {
    /// Checks that the tree with root `to` continues the tree with root `from`.
    ///
    /// # Errors
    /// [`ProofWrong`].
    pub fn check(&self, from: TreeHash, to: TreeHash) -> Result<(), ProofWrong> {
        match self.from {
            0 => return (self.path.is_empty() && from == TreeHash::EMPTY).then_some(()).ok_or(ProofWrong),
            same if same == self.to => return (self.path.is_empty() && from == to).then_some(()).ok_or(ProofWrong),
            _ => {}
        }
        let (mut old, mut new) = (self.from - 1, self.to.checked_sub(1).ok_or(ProofWrong)?);
        if old >= new {
            return Err(ProofWrong);
        }
        let up = old.trailing_ones();
        (old, new) = (old >> up, new >> up);
        let mut path = self.path.iter().copied();
        // A whole subtree needs no hash in the proof: it is the old root.
        let first = if self.from.is_power_of_two() { from } else { path.next().ok_or(ProofWrong)? };
        let (mut old_hash, mut new_hash) = (first, first);
        for beside in path {
            if new == 0 {
                return Err(ProofWrong);
            }
            if is_odd(old) || old == new {
                old_hash = TreeHash::over(beside, old_hash);
                new_hash = TreeHash::over(beside, new_hash);
                let up = if old == 0 { 0 } else { old.trailing_zeros() };
                (old, new) = (old >> up, new >> up);
            } else {
                new_hash = TreeHash::over(new_hash, beside);
            }
            (old, new) = (old >> 1, new >> 1);
        }
        if new == 0 && old_hash == from && new_hash == to { Ok(()) } else { Err(ProofWrong) }
    }
}

const fn is_odd(number: u64) -> bool {
    number & 1 == 1
}
