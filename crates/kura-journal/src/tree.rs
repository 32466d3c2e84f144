//! The Merkle tree of RFC 6962 (RFC 9162, section 2.1) over the leaves of a journal.

mod frontier;
mod hash;
mod proof;
mod prove;

pub use frontier::{Complete, Frontier, FrontierError, SIZE_MAX, TILE_HEIGHT};
pub use hash::TreeHash;
pub use proof::{Consistency, Inclusion, ProofWrong};
pub use prove::{Nodes, ProveError, prove_consistency, prove_inclusion, root_at};
