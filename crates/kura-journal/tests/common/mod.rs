//! The tree of RFC 6962, section 2.1, word for word: slow, recursive, over all leaves. What the crate is measured against.

use kura_journal::{LeafHash, TreeHash};
use sha2::{Digest, Sha256};

pub(crate) fn leaf(data: &[u8]) -> LeafHash {
    LeafHash::from_bytes(Sha256::new().chain_update([0]).chain_update(data).finalize().into())
}

pub(crate) fn leaves(count: u64) -> Vec<LeafHash> {
    (0..count).map(|number| leaf(&number.to_be_bytes())).collect()
}

/// MTH(D\[n\]).
pub(crate) fn root(leaves: &[LeafHash]) -> TreeHash {
    match leaves {
        [] => TreeHash::from_bytes(Sha256::digest([]).into()),
        [one] => TreeHash::from_bytes(one.bytes()),
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            let hash =
                Sha256::new().chain_update([1]).chain_update(root(left).bytes()).chain_update(root(right).bytes());
            TreeHash::from_bytes(hash.finalize().into())
        }
    }
}
