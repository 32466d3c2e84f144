//! Proofs from a store: to a device that its journal only grew, to a person that an entry stands in it.
//!
//! `prove_inclusion` and `prove_consistency` of kura-journal take any [`Reads`]; best a snapshot, or the tree grows between two reads.

use kura_journal::{LeafHash, Nodes, TreeHash};

use crate::error::ReadError;
use crate::find::Limit;
use crate::seam::Reads;

impl Nodes for dyn Reads + '_ {
    type Error = ReadError;

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<LeafHash>, ReadError> {
        rows(count).map_or(Ok(Vec::new()), |limit| Reads::leaves(self, first, limit))
    }

    fn complete(&self, level: u8, first: u64, count: usize) -> Result<Vec<TreeHash>, ReadError> {
        rows(count).map_or(Ok(Vec::new()), |limit| self.subtrees(level, first, limit))
    }
}

/// So many rows; a limit has no zero.
fn rows(count: usize) -> Option<Limit> {
    let rows = u16::try_from(count).unwrap_or(u16::MAX);
    (rows > 0).then(|| Limit::rows(rows))
}
