//! The Merkle tree of RFC 6962 (RFC 9162, section 2.1) over the leaves of a journal.

mod frontier;
mod hash;

pub use frontier::{Complete, Frontier, FrontierError, SIZE_MAX, TILE_HEIGHT};
pub use hash::TreeHash;
