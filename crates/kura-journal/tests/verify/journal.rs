//! An invented journal that can be built, broken and forged, record by record.

use kura_id::OfficeId;
use kura_journal::{
    Checkpoint, Frontier, JournalWriter, LeafHash, LogEpoch, LogKey, LogOrigin, Opening, Salt, SealedPayload,
    SignedCheckpoint, UnixMillis,
};
use zeroize::Zeroizing;

/// A checkpoint is signed whenever the size is a multiple of this, and at the end.
pub(crate) const CHECKPOINT_EVERY: u64 = 7;

pub(crate) fn key() -> LogKey {
    LogKey::from_seed(&Zeroizing::new([1; 32]))
}

pub(crate) fn office() -> OfficeId {
    OfficeId::from_parts(1_790_000_000_000, [7; 10]).unwrap()
}

/// One entry as a store keeps it.
#[derive(Clone)]
pub(crate) struct Kept {
    pub salt: Salt,
    pub payload: SealedPayload,
}

impl Kept {
    pub(crate) fn leaf(&self) -> LeafHash {
        self.payload.leaf(&self.salt)
    }

    /// The same content under another number and time, with its hash made anew: what a forger can do.
    pub(crate) fn renumbered(&self, seq: u64) -> Self {
        let payload = SealedPayload::new(seq, self.payload.at(), self.payload.sealed()).unwrap();
        Self { salt: self.salt, payload }
    }

    pub(crate) fn at(&self, at: UnixMillis) -> Self {
        Self { salt: self.salt, payload: SealedPayload::new(self.payload.seq(), at, self.payload.sealed()).unwrap() }
    }
}

/// Entry `seq`; every third has the time of the one in front.
pub(crate) fn entry(seq: u64) -> Kept {
    other_entry(seq, "honest")
}

pub(crate) fn other_entry(seq: u64, what: &str) -> Kept {
    let payload = SealedPayload::new(seq, time(seq), format!("{what} {seq}").as_bytes()).unwrap();
    Kept { salt: Salt::from_bytes([u8::try_from(seq % 251).unwrap(); 32]), payload }
}

pub(crate) fn time(seq: u64) -> UnixMillis {
    UnixMillis::new(1_790_000_000_000 + seq / 3 * 1_000)
}

/// The first entry of an epoch.
pub(crate) fn opening(seq: u64, opening: &Opening) -> Kept {
    let payload = SealedPayload::opening_epoch(seq, time(seq), opening, b"a new epoch").unwrap();
    Kept { salt: Salt::from_bytes([0xee; 32]), payload }
}

pub(crate) fn honest(size: u64) -> Vec<Kept> {
    (1..=size).map(entry).collect()
}

/// The checkpoint over the first `size` of these entries.
pub(crate) fn checkpoint(entries: &[Kept], size: u64) -> SignedCheckpoint {
    let mut tree = Frontier::default();
    let mut epoch = LogEpoch::FIRST;
    for entry in entries.iter().take(usize::try_from(size).unwrap()) {
        tree.push(entry.leaf()).unwrap();
        epoch = entry.payload.opening().map_or(epoch, |opening| opening.epoch);
    }
    Checkpoint { origin: LogOrigin { office: office(), epoch }, size, root: tree.root() }.sign(&key())
}

/// Behind which sizes a checkpoint stands.
pub(crate) fn checkpoint_sizes(size: u64) -> Vec<u64> {
    (1..=size).filter(|at| at % CHECKPOINT_EVERY == 0 || *at == size).collect()
}

/// The last checkpoint in front of entry `seq`, and the first that covers it: what can be known of a consistent forgery.
pub(crate) fn interval(seq: u64, size: u64) -> (u64, u64) {
    let sizes = checkpoint_sizes(size);
    let good = sizes.iter().filter(|at| **at < seq).max().copied().unwrap_or(0);
    (good + 1, sizes.into_iter().find(|at| *at >= seq).unwrap())
}

/// The file of these entries, each checkpoint behind its entry: the header, one piece for each record, the end.
pub(crate) fn pieces(entries: &[Kept], checkpoints: &[SignedCheckpoint]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut out = JournalWriter::new(Pieces(&mut pieces), office()).unwrap();
    for (count, entry) in (1..).zip(entries) {
        out.entry(&entry.salt, entry.leaf(), entry.payload.bytes()).unwrap();
        for signed in checkpoints.iter().filter(|signed| signed.checkpoint().size == count) {
            out.checkpoint(&signed.to_string()).unwrap();
        }
    }
    out.finish().unwrap();
    pieces
}

/// An output that begins a new piece with each record. The writer hands a record over with its tag first, alone.
struct Pieces<'a>(&'a mut Vec<Vec<u8>>);

impl std::io::Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() == 1 && !matches!(bytes, b"\n") || self.0.is_empty() {
            self.0.push(Vec::new());
        }
        self.0.last_mut().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
