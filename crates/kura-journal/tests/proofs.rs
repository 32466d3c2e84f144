//! Proofs: the vectors of Certificate Transparency, then every entry of every size up to 300 against the text of the RFC; what is
//! proven is only what is true.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod common;

use std::cell::RefCell;

use common::{leaf, leaves, root};
use kura_journal::{
    Complete, Consistency, Frontier, Inclusion, LeafHash, Nodes, ProofWrong, ProveError, TreeHash, prove_consistency,
    prove_inclusion, root_at,
};
use proptest::prelude::*;

/// A store as the README asks for it, which counts its reads.
#[derive(Default)]
struct Kept {
    leaves: Vec<LeafHash>,
    complete: Vec<Complete>,
    reads: RefCell<Vec<usize>>,
}

impl Kept {
    fn of(leaves: Vec<LeafHash>) -> Self {
        let mut tree = Frontier::default();
        let complete = leaves.iter().flat_map(|leaf| tree.push(*leaf).unwrap()).collect();
        Self { leaves, complete, reads: RefCell::default() }
    }
}

impl Nodes for Kept {
    type Error = std::convert::Infallible;

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<LeafHash>, Self::Error> {
        self.reads.borrow_mut().push(count);
        Ok(self.leaves.iter().skip(usize::try_from(first).unwrap() - 1).take(count).copied().collect())
    }

    fn complete(&self, level: u8, first: u64, count: usize) -> Result<Vec<TreeHash>, Self::Error> {
        self.reads.borrow_mut().push(count);
        let wanted = first..first + u64::try_from(count).unwrap();
        let of_level =
            self.complete.iter().filter(|complete| complete.level == level && wanted.contains(&complete.index));
        Ok(of_level.map(|complete| complete.hash).collect())
    }
}

fn hex(path: &[TreeHash]) -> Vec<String> {
    path.iter().map(|hash| hash.bytes().iter().take(4).map(|byte| format!("{byte:02x}")).collect()).collect()
}

/// The proofs of the reference implementation's tests, each hash by its first four bytes.
#[test]
fn the_proofs_are_those_of_the_reference() {
    let inputs: [&[u8]; 8] =
        [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"PQRSTUVW", b"`abcdefghijklmno"];
    let kept = Kept::of(inputs.into_iter().map(leaf).collect());
    for (seq, size, expected) in [
        (1, 1, &[][..]),
        (1, 8, &["96a296d2", "5f083f0a", "6b47aaf2"]),
        (6, 8, &["bc1a0643", "ca854ea1", "d37ee418"]),
        (3, 3, &["fac54203"]),
        (2, 5, &["6e340b9c", "5f083f0a", "bc1a0643"]),
    ] {
        assert_eq!(hex(&prove_inclusion(&kept, seq, size).unwrap().path), expected, "{seq} in {size}");
    }
    for (from, to, expected) in [
        (1, 1, &[][..]),
        (1, 8, &["96a296d2", "5f083f0a", "6b47aaf2"]),
        (6, 8, &["0ebc5d34", "ca854ea1", "d37ee418"]),
        (2, 5, &["5f083f0a", "bc1a0643"]),
    ] {
        assert_eq!(hex(&prove_consistency(&kept, from, to).unwrap().path), expected, "{from} to {to}");
    }
}

#[test]
fn every_proof_up_to_300_is_the_one_of_the_rfc_and_checks() {
    let leaves = leaves(300);
    let kept = Kept::of(leaves.clone());
    let roots: Vec<_> = (0..=300).map(|size| root(&leaves[..size])).collect();
    for size in 1..=300_usize {
        let to = u64::try_from(size).unwrap();
        assert_eq!(root_at(&kept, to).unwrap(), roots[size]);
        // All entries of some sizes, and of every size those at its corners.
        let all = size % 37 == 0 || size < 20 || size == 256 || size == 300;
        for seq in (1..=size).filter(|seq| all || *seq < 3 || size - seq < 3 || seq.is_power_of_two()) {
            let made = prove_inclusion(&kept, u64::try_from(seq).unwrap(), to).unwrap();
            assert_eq!(made.path, path(seq, &leaves[..size]), "{seq} in {size}");
            assert_eq!(made.check(leaves[seq - 1], roots[size]), Ok(()), "{seq} in {size}");
        }
        for from in (0..=size).filter(|from| all || *from < 3 || size - from < 3 || from.is_power_of_two()) {
            let made = prove_consistency(&kept, u64::try_from(from).unwrap(), to).unwrap();
            if from > 0 {
                assert_eq!(made.path, proof(from, &leaves[..size]), "{from} to {size}");
            }
            assert_eq!(made.check(roots[from], roots[size]), Ok(()), "{from} to {size}");
        }
    }
}

#[test]
fn a_proof_in_a_large_journal_takes_few_reads() {
    let count = 70_000;
    let leaves = leaves(count);
    let kept = Kept::of(leaves.clone());
    let root = root(&leaves);
    for seq in [1, 255, 256, 257, 65_536, 65_537, 69_888, 69_999, count] {
        kept.reads.borrow_mut().clear();
        let made = prove_inclusion(&kept, seq, count).unwrap();
        assert_eq!(made.check(leaves[usize::try_from(seq).unwrap() - 1], root), Ok(()));
        assert!(made.path.len() <= 17);
        let reads = kept.reads.borrow();
        assert!(reads.len() <= 6 && reads.iter().all(|count| *count <= 256), "{reads:?}");
    }
}

#[test]
fn what_is_out_of_range_or_missing_has_no_proof() {
    let mut kept = Kept::of(leaves(600));
    assert_eq!(prove_inclusion(&kept, 0, 600).unwrap_err(), ProveError::OutOfRange);
    assert_eq!(prove_inclusion(&kept, 601, 600).unwrap_err(), ProveError::OutOfRange);
    assert_eq!(prove_consistency(&kept, 3, 2).unwrap_err(), ProveError::OutOfRange);
    assert_eq!(root_at(&kept, 601).unwrap_err(), ProveError::Missing);
    kept.complete.clear();
    assert_eq!(prove_inclusion(&kept, 1, 600).unwrap_err(), ProveError::Missing);
    assert_eq!(root_at(&kept, 0), Ok(TreeHash::EMPTY));
}

/// PATH(m, D\[n\]), for entry `seq` (from 1).
fn path(seq: usize, leaves: &[LeafHash]) -> Vec<TreeHash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let middle = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(middle);
    let (mut path, beside) =
        if seq <= middle { (path(seq, left), root(right)) } else { (path(seq - middle, right), root(left)) };
    path.push(beside);
    path
}

/// PROOF(m, D\[n\]).
fn proof(from: usize, leaves: &[LeafHash]) -> Vec<TreeHash> {
    subproof(from, leaves, true)
}

fn subproof(from: usize, leaves: &[LeafHash], whole: bool) -> Vec<TreeHash> {
    if from == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let middle = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(middle);
    let (mut path, beside) = if from <= middle {
        (subproof(from, left, whole), root(right))
    } else {
        (subproof(from - middle, right, false), root(left))
    };
    path.push(beside);
    path
}

proptest! {
    #[test]
    fn a_changed_inclusion_proves_nothing(size in 1_usize..300, at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let leaves = leaves(300);
        let at = at.index(size);
        let root = root(&leaves[..size]);
        let seq = u64::try_from(at).unwrap() + 1;
        let good = Inclusion { seq, size: u64::try_from(size).unwrap(), path: path(at + 1, &leaves[..size]) };
        prop_assert_eq!(good.check(leaves[at], root), Ok(()));
        prop_assert_eq!(good.check(leaves[(at + 1) % 300], root), Err(ProofWrong));
        let other_seq = u64::try_from(other.index(size)).unwrap() + 1;
        if other_seq != seq {
            prop_assert_eq!(Inclusion { seq: other_seq, ..good.clone() }.check(leaves[at], root), Err(ProofWrong));
        }
        let mut longer = good.clone();
        longer.path.push(root);
        prop_assert_eq!(longer.check(leaves[at], root), Err(ProofWrong));
        for wrong in 0..good.path.len() {
            let mut changed = good.clone();
            changed.path[wrong] = TreeHash::EMPTY;
            prop_assert_eq!(changed.check(leaves[at], root), Err(ProofWrong));
            let mut shorter = good.clone();
            shorter.path.remove(wrong);
            prop_assert_eq!(shorter.check(leaves[at], root), Err(ProofWrong));
        }
    }

    #[test]
    fn a_fork_has_no_consistency(from in 1_usize..299, to in 2_usize..300, fork in any::<prop::sample::Index>()) {
        prop_assume!(from < to);
        let honest = leaves(300);
        let mut forked = honest.clone();
        forked[fork.index(from)] = leaf(b"another");
        let path = proof(from, &forked[..to]);
        let made = Consistency { from: u64::try_from(from).unwrap(), to: u64::try_from(to).unwrap(), path };
        prop_assert_eq!(made.check(root(&forked[..from]), root(&forked[..to])), Ok(()));
        prop_assert_eq!(made.check(root(&honest[..from]), root(&forked[..to])), Err(ProofWrong));
    }

    #[test]
    fn no_proof_of_any_shape_panics(seq in any::<u64>(), size in any::<u64>(), length in 0_usize..70) {
        let path = vec![TreeHash::EMPTY; length];
        let found = Inclusion { seq, size, path: path.clone() }.check(leaf(b""), TreeHash::EMPTY);
        prop_assert_eq!(found, Err(ProofWrong));
        let found = Consistency { from: seq.max(1), to: size, path }.check(TreeHash::EMPTY, leaf(b"").into());
        prop_assert_eq!(found, Err(ProofWrong));
    }
}
