//! The journal: a million entries verified, appended and proven. Promised on two cores: a million verified in 2 s.

#![expect(clippy::expect_used, reason = "a bench that cannot run has nothing to measure")]

use std::cell::Cell;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use kura_id::{OfficeId, UnitId};
use kura_journal::{
    Action, Actor, Checkpoint, Class, Complete, EntryDraft, Frontier, Item, JournalWriter, LeafHash, LogEpoch, LogKey,
    LogOrigin, Nodes, Purpose, Salt, SealedPayload, TreeHash, UnixMillis, Verdict, prove_consistency, prove_inclusion,
    verify,
};
use zeroize::Zeroizing;

const ENTRIES: u64 = 1_000_000;
/// A look at one person, sealed.
const SEALED_BYTES: usize = 300;
/// An entry in five milliseconds, a checkpoint every ten seconds.
const CHECKPOINT_EVERY: u64 = 2_000;

static JOURNAL: LazyLock<Journal> = LazyLock::new(Journal::new);

fn main() {
    divan::main();
}

struct Journal {
    file: Vec<u8>,
    leaves: Vec<LeafHash>,
    complete: Vec<Complete>,
    root: TreeHash,
}

fn office() -> OfficeId {
    OfficeId::from_parts(1_790_000_000_000, [7; 10]).expect("an id")
}

fn key() -> LogKey {
    LogKey::from_seed(&Zeroizing::new([1; 32]))
}

fn payload(seq: u64) -> SealedPayload {
    let time = UnixMillis::new(1_790_000_000_000 + seq * 5);
    SealedPayload::new(seq, time, &[u8::try_from(seq % 251).expect("a byte"); SEALED_BYTES]).expect("a payload")
}

impl Journal {
    fn new() -> Self {
        let origin = LogOrigin { office: office(), epoch: LogEpoch::FIRST };
        let mut tree = Frontier::default();
        let mut out = JournalWriter::new(Vec::with_capacity(400 << 20), office()).expect("an output");
        let (mut leaves, mut complete) = (Vec::new(), Vec::new());
        for seq in 1..=ENTRIES {
            let (salt, payload) = (Salt::from_bytes([3; 32]), payload(seq));
            let leaf = payload.leaf(&salt);
            out.entry(&salt, leaf, payload.bytes()).expect("an entry");
            leaves.push(leaf);
            complete.extend(tree.push(leaf).expect("room"));
            if seq % CHECKPOINT_EVERY == 0 {
                let checkpoint = Checkpoint { origin, size: seq, root: tree.root() };
                out.checkpoint(&checkpoint.sign(&key()).to_string()).expect("a checkpoint");
            }
        }
        Self { file: out.finish().expect("an end"), leaves, complete, root: tree.root() }
    }
}

impl Nodes for Journal {
    type Error = std::convert::Infallible;

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<LeafHash>, Self::Error> {
        let first = usize::try_from(first - 1).expect("a place");
        Ok(self.leaves.iter().skip(first).take(count).copied().collect())
    }

    fn complete(&self, level: u8, first: u64, count: usize) -> Result<Vec<TreeHash>, Self::Error> {
        let of_level = self.complete.iter().filter(|complete| complete.level == level);
        let first = usize::try_from(first).expect("a place");
        Ok(of_level.skip(first).take(count).map(|complete| complete.hash).collect())
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_a_million_entries(bencher: Bencher) {
    let journal = &*JOURNAL;
    let verifier = key().verifier();
    bencher.counter(ItemsCount::new(ENTRIES)).counter(BytesCount::new(journal.file.len())).bench_local(|| {
        let verdict = verify(&mut journal.file.as_slice(), &verifier, &[]).expect("memory can be read");
        assert!(matches!(verdict, Verdict::Good(whole) if whole.entries == ENTRIES && whole.root == journal.root));
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn hash_and_append_100_000_entries(bencher: Bencher) {
    let payloads: Vec<_> = (1..=100_000).map(payload).collect();
    bencher.counter(ItemsCount::new(payloads.len())).bench_local(|| {
        let mut tree = Frontier::default();
        for payload in &payloads {
            tree.push(payload.leaf(&Salt::from_bytes([3; 32]))).expect("room");
        }
        tree.root()
    });
}

#[divan::bench]
fn encode_a_look_at_one_person(bencher: Bencher) {
    let mut draft = EntryDraft::new(office(), Actor::SYSTEM, Action::Read, Purpose::Inquiry);
    draft.class = Some(Class::Shown);
    draft.subjects = vec![UnitId::from_parts(1_790_000_000_000, [2; 10]).expect("an id")];
    draft.items = vec![Item::Name, Item::Address, Item::Pay];
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| draft.encode().expect("a draft in order").at(UnixMillis::new(1_790_000_000_000)).len());
}

#[divan::bench]
fn prove_an_entry_of_a_million(bencher: Bencher) {
    let journal = &*JOURNAL;
    let seq = Cell::new(1);
    bencher.bench_local(|| {
        seq.set(seq.get() * 48_271 % ENTRIES + 1);
        prove_inclusion(journal, seq.get(), ENTRIES).expect("a proof")
    });
}

#[divan::bench]
fn prove_a_device_up_to_date_at_a_million(bencher: Bencher) {
    let journal = &*JOURNAL;
    bencher.bench_local(|| prove_consistency(journal, 987_654, ENTRIES).expect("a proof"));
}

#[divan::bench]
fn check_a_proof_of_a_million(bencher: Bencher) {
    let journal = &*JOURNAL;
    let proof = prove_inclusion(journal, 777_777, ENTRIES).expect("a proof");
    let leaf = payload(777_777).leaf(&Salt::from_bytes([3; 32]));
    bencher.bench_local(|| proof.check(leaf, journal.root).expect("a good proof"));
}
