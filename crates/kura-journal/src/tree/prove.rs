//! Proofs, made: RFC 9162, sections 2.1.3.1 and 2.1.4.1, from what a store keeps.

use std::collections::HashMap;

use super::{Consistency, Inclusion, SIZE_MAX, TILE_HEIGHT, TreeHash};
use crate::leaf::LeafHash;

/// The nodes of a tree as a store keeps them. A proof asks for few and long runs: never more than 256 hashes at a time, about six
/// times in a journal of a million entries.
pub trait Nodes {
    /// Why the store cannot answer.
    type Error;

    /// The leaf hashes of `count` entries from number `first` (from 1) on.
    ///
    /// # Errors
    /// The store's own.
    fn leaves(&self, first: u64, count: usize) -> Result<Vec<LeafHash>, Self::Error>;

    /// The hashes of `count` complete subtrees of this level from index `first` (from 0) on: what [`Frontier::push`](crate::Frontier)
    /// gave as [`Complete`](crate::Complete).
    ///
    /// # Errors
    /// The store's own.
    fn complete(&self, level: u8, first: u64, count: usize) -> Result<Vec<TreeHash>, Self::Error>;
}

/// Why there is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The number is 0 or lies behind the size, or the sizes stand the wrong way round.
    #[error("記録簿にない番号の証明は作れません。")]
    OutOfRange,
    /// The store gave fewer or more hashes than asked for.
    #[error("記録簿のハッシュ値が欠けています。`kura journal verify` で確かめてください。")]
    Missing,
    /// The store could not answer.
    #[error(transparent)]
    Store(E),
}

/// The proof that entry `seq` stands in the tree of the first `size` entries.
///
/// # Errors
/// [`ProveError`].
pub fn prove_inclusion<N: Nodes + ?Sized>(nodes: &N, seq: u64, size: u64) -> Result<Inclusion, ProveError<N::Error>> {
    if seq == 0 || seq > size || size > SIZE_MAX {
        return Err(ProveError::OutOfRange);
    }
    let mut tree = Tree::new(nodes, size);
    let place = seq - 1;
    let (mut begin, mut end) = (0, size);
    let mut path = Vec::new();
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if place < middle {
            path.push(tree.hash(middle, end)?);
            end = middle;
        } else {
            path.push(tree.hash(begin, middle)?);
            begin = middle;
        }
    }
    path.reverse();
    Ok(Inclusion { seq, size, path })
}

/// The proof that the tree of `to` entries begins with that of `from` entries.
///
/// # Errors
/// [`ProveError`].
pub fn prove_consistency<N: Nodes + ?Sized>(
    nodes: &N,
    from: u64,
    to: u64,
) -> Result<Consistency, ProveError<N::Error>> {
    if from > to || to > SIZE_MAX {
        return Err(ProveError::OutOfRange);
    }
    let mut path = Vec::new();
    if from > 0 && from < to {
        let mut tree = Tree::new(nodes, to);
        let (mut begin, mut end) = (0, to);
        while end != from {
            let middle = begin + split(end - begin);
            if from <= middle {
                path.push(tree.hash(middle, end)?);
                end = middle;
            } else {
                path.push(tree.hash(begin, middle)?);
                begin = middle;
            }
        }
        // The old tree itself is the verifier's; a part of it has to be told.
        if begin > 0 {
            path.push(tree.hash(begin, end)?);
        }
        path.reverse();
    }
    Ok(Consistency { from, to, path })
}

/// The root of the first `size` entries.
///
/// # Errors
/// [`ProveError`].
pub fn root_at<N: Nodes + ?Sized>(nodes: &N, size: u64) -> Result<TreeHash, ProveError<N::Error>> {
    match size {
        0 => Ok(TreeHash::EMPTY),
        size if size > SIZE_MAX => Err(ProveError::OutOfRange),
        size => Tree::new(nodes, size).hash(0, size),
    }
}

/// The greatest power of two below `length`, which is at least 2.
const fn split(length: u64) -> u64 {
    1 << (u64::BITS - 1 - (length - 1).leading_zeros())
}

/// Level and index of a tile: 256 nodes beside each other on a stored level.
type TileName = (u8, u64);

/// The tree at one size; remembers each tile that it had to read.
struct Tree<'a, N: ?Sized> {
    nodes: &'a N,
    size: u64,
    tiles: HashMap<TileName, Vec<TreeHash>>,
}

impl<'a, N: Nodes + ?Sized> Tree<'a, N> {
    fn new(nodes: &'a N, size: u64) -> Self {
        Self { nodes, size, tiles: HashMap::new() }
    }

    /// MTH of the leaves `begin..end`, a subtree of this tree: whole, or at its right edge.
    fn hash(&mut self, begin: u64, end: u64) -> Result<TreeHash, ProveError<N::Error>> {
        let length = end - begin;
        if length.is_power_of_two() {
            return self.complete(length.trailing_zeros(), begin >> length.trailing_zeros());
        }
        let middle = begin + split(length);
        Ok(TreeHash::over(self.hash(begin, middle)?, self.hash(middle, end)?))
    }

    /// The complete subtree of this height and index, from the nodes of the stored level below it.
    fn complete(&mut self, height: u32, index: u64) -> Result<TreeHash, ProveError<N::Error>> {
        let level = height / u32::from(TILE_HEIGHT);
        let above = height % u32::from(TILE_HEIGHT);
        let first = index << above;
        let tile = self.tile(u8::try_from(level).map_err(|_| ProveError::OutOfRange)?, first >> TILE_HEIGHT)?;
        let offset = usize::try_from(first & ((1 << TILE_HEIGHT) - 1)).map_err(|_| ProveError::Missing)?;
        let mut row = tile.get(offset..offset + (1 << above)).ok_or(ProveError::Missing)?.to_vec();
        while row.len() > 1 {
            row = row.as_chunks().0.iter().map(|&[left, right]| TreeHash::over(left, right)).collect();
        }
        row.first().copied().ok_or(ProveError::Missing)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<&[TreeHash], ProveError<N::Error>> {
        if !self.tiles.contains_key(&(level, index)) {
            let hashes = self.read(level, index)?;
            self.tiles.insert((level, index), hashes);
        }
        self.tiles.get(&(level, index)).map(Vec::as_slice).ok_or(ProveError::Missing)
    }

    fn read(&self, level: u8, index: u64) -> Result<Vec<TreeHash>, ProveError<N::Error>> {
        let first = index << TILE_HEIGHT;
        let on_level = self.size >> (u32::from(level) * u32::from(TILE_HEIGHT));
        let count = on_level.saturating_sub(first).min(1 << TILE_HEIGHT);
        let count = usize::try_from(count).map_err(|_| ProveError::OutOfRange)?;
        let hashes = if level == 0 {
            let leaves = self.nodes.leaves(first + 1, count).map_err(ProveError::Store)?;
            leaves.into_iter().map(TreeHash::from).collect()
        } else {
            self.nodes.complete(level, first, count).map_err(ProveError::Store)?
        };
        if hashes.len() == count { Ok(hashes) } else { Err(ProveError::Missing) }
    }
}
