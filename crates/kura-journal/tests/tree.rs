//! The tree: the vectors of Certificate Transparency, then every size up to 300 against the text of the RFC.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod common;

use common::{leaf, leaves, root};
use kura_journal::{Frontier, FrontierError, LeafHash, TreeHash};

/// The eight inputs of the reference implementation's tests.
const INPUTS: [&[u8]; 8] =
    [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"PQRSTUVW", b"`abcdefghijklmno"];

/// The roots of the first one to eight of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hex(hash: TreeHash) -> String {
    hash.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn grown(leaves: &[LeafHash]) -> Frontier {
    let mut tree = Frontier::default();
    for leaf in leaves {
        tree.push(*leaf).unwrap();
    }
    tree
}

#[test]
fn the_roots_are_those_of_the_reference() {
    let leaves: Vec<_> = INPUTS.into_iter().map(leaf).collect();
    assert_eq!(hex(Frontier::default().root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size, expected) in (1..).zip(ROOTS) {
        assert_eq!(hex(grown(&leaves[..size]).root()), expected, "{size}");
    }
}

#[test]
fn a_frontier_grows_as_the_rfc_says_and_survives_storage() {
    let leaves = leaves(300);
    let mut tree = Frontier::default();
    for size in 0..=300 {
        assert_eq!(tree.size(), u64::try_from(size).unwrap());
        assert_eq!(tree.root(), root(&leaves[..size]), "{size}");
        let bytes = tree.to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes).unwrap(), tree);
        for cut in 0..bytes.len() {
            assert_eq!(Frontier::from_bytes(&bytes[..cut]), Err(FrontierError::Damaged));
        }
        if let Some(leaf) = leaves.get(size) {
            tree.push(*leaf).unwrap();
        }
    }
}

#[test]
fn a_store_is_told_of_every_full_tile() {
    let leaves = leaves(66_000);
    let mut tree = Frontier::default();
    let complete: Vec<_> = leaves.iter().flat_map(|leaf| tree.push(*leaf).unwrap()).collect();
    assert_eq!(complete.len(), 66_000 / 256 + 1);
    let of_level = |level| complete.iter().filter(move |complete| complete.level == level);
    for (index, (chunk, complete)) in (0..).zip(leaves.chunks_exact(256).zip(of_level(1))) {
        assert_eq!((complete.index, complete.hash), (index, root(chunk)));
    }
    let highest: Vec<_> = of_level(2).collect();
    assert_eq!((highest[0].index, highest[0].hash), (0, root(&leaves[..65_536])));
}

#[test]
fn a_full_journal_takes_no_more() {
    let bytes = [&kura_journal::SIZE_MAX.to_be_bytes()[..], &[7; 32]].concat();
    let mut full = Frontier::from_bytes(&bytes).unwrap();
    assert_eq!(full.push(leaf(b"one more")), Err(FrontierError::Full));
    assert_eq!(full.to_bytes(), bytes);
}
