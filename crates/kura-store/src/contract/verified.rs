//! What a store gives to those who verify: proofs, and the journal as a file.

use kura_journal::{
    Action, Checkpoint, EntryDraft, Frontier, LogEpoch, LogKey, LogOrigin, Opening, SignedCheckpoint,
    prove_consistency, prove_inclusion, root_at, verify,
};
use zeroize::Zeroizing;

use super::journal::all_entries;
use super::world::{World, commit, draft, office};
use super::{Fresh, Lent};
use crate::{Beginning, Commit, Office, Reads, Replay, write_journal};

/// Entries that change nothing, `count` of them in one commit.
fn told(office: &dyn Office, request: u64, count: usize) {
    let entries = vec![draft(office.id()); count];
    office.commit(Commit { entries, ..commit(office, request, Vec::new()) }).unwrap();
}

fn key() -> LogKey {
    LogKey::from_seed(&Zeroizing::new([1; 32]))
}

fn signed(office: &dyn Office) -> SignedCheckpoint {
    let head = office.head().unwrap();
    let origin = LogOrigin { office: office.id(), epoch: head.epoch };
    Checkpoint { origin, size: head.size(), root: head.root() }.sign(&key())
}

/// Any entry at any size, any size to any other: leaf hashes and full subtrees are enough.
pub fn proofs_come_from_what_is_kept(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    told(&*world.office, 1, 500);
    told(&*world.office, 2, 200);
    let snapshot = world.office.snapshot().unwrap();
    let reads: &dyn Reads = &*snapshot;
    let leaves: Vec<_> = all_entries(reads).iter().map(|entry| entry.leaf).collect();
    let mut tree = Frontier::default();
    let mut roots = vec![tree.root()];
    for leaf in &leaves {
        tree.push(*leaf).unwrap();
        roots.push(tree.root());
    }
    let sizes = [1, 2, 255, 256, 257, 511, 512, 513, 700];
    for size in sizes {
        let root = roots[usize::try_from(size).unwrap()];
        assert_eq!(root_at(reads, size).unwrap(), root);
        for seq in sizes.into_iter().filter(|seq| *seq <= size) {
            let proof = prove_inclusion(reads, seq, size).unwrap();
            proof.check(leaves[usize::try_from(seq).unwrap() - 1], root).unwrap();
            let proof = prove_consistency(reads, seq, size).unwrap();
            proof.check(roots[usize::try_from(seq).unwrap()], root).unwrap();
        }
    }
}

/// With the checkpoints somebody kept, over a restore and the gap it declares.
pub fn a_journal_leaves_as_a_file_and_is_verified(fresh: &dyn Fn(&Lent) -> Fresh) {
    let world = World::new(fresh);
    told(&*world.office, 1, 1_200);
    let first = signed(&*world.office);
    told(&*world.office, 2, 30);
    let lost = signed(&*world.office);
    let judged = |office: &dyn Office, checkpoints: &[SignedCheckpoint], witnessed: &[SignedCheckpoint]| {
        let snapshot = office.snapshot().unwrap();
        let file = write_journal(&*snapshot, office.id(), checkpoints, Vec::new()).unwrap();
        let line = verify(&mut file.as_slice(), &key().verifier(), witnessed).unwrap().line();
        line.split(' ').filter(|word| !word.starts_with("root=")).collect::<Vec<_>>().join(" ")
    };
    let both = [first.clone(), lost.clone()];
    assert_eq!(judged(&*world.office, &[], &both), "good entries=1230 signed=0 epoch=1");
    assert_eq!(judged(&*world.office, &both, &[]), "good entries=1230 signed=1230 epoch=1");

    // The same office in another store, from a copy of its first 1,200 entries.
    let lent = Lent::new(2);
    let (store, _keep) = fresh(&lent);
    store.create_office(office(1), Beginning::Restored).unwrap();
    let restored = store.open_office(office(1), lent.seal()).unwrap();
    let entries = all_entries(&*world.office.snapshot().unwrap())[..1_200].to_vec();
    restored.replay(Replay { entries, ..Replay::default() }).unwrap();
    let Checkpoint { size: witnessed_size, root: witnessed_root, .. } = *lost.checkpoint();
    let opening = Opening { epoch: LogEpoch::new(2).unwrap(), witnessed_size, witnessed_root, gap_end: None };
    restored.promote(opening, EntryDraft { action: Action::NewLogEpoch, ..draft(restored.id()) }).unwrap();
    let all = [first, lost.clone(), signed(&*restored)];
    assert_eq!(
        judged(&*restored, &all, &[lost]),
        "good entries=1201 signed=1201 epoch=2 gap=2:1201..? witness-lost=1230"
    );
}
