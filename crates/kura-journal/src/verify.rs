//! The verifier: reads a journal file once, from first to last, and names the first thing that does not fit. It needs no key but the
//! public one of the log. tools/verify_journal.py does the same and shares nothing with it.

mod batch;
mod verdict;

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use kura_id::OfficeId;

use crate::checkpoint::{Checkpoint, CheckpointError, LogOrigin, SignedCheckpoint};
use crate::clock::UnixMillis;
use crate::epoch::{LogEpoch, Opening};
use crate::export;
use crate::key::LogVerifier;
use crate::tree::{Frontier, TreeHash};

use batch::{Batch, ReadEntry, Record};
pub use verdict::{Gap, Place, Verdict, Whole, Wrong};

/// Verifies a journal file. `witnessed` are checkpoints that somebody kept elsewhere; each must be found again, or lie in a gap that
/// was declared. Hashes and signatures are computed on all cores, in constant memory.
///
/// # Errors
/// Those of the source. What is wrong with the journal is a [`Verdict`].
pub fn verify(
    source: &mut impl BufRead,
    verifier: &LogVerifier,
    witnessed: &[SignedCheckpoint],
) -> io::Result<Verdict> {
    let Some(office) = export::read_header(source)? else {
        return Ok(Verdict::Wrong { place: Place::After(0), wrong: Wrong::NotAJournal });
    };
    let mut journal = Journal::new(office, witnessed);
    let mut batch = Batch::default();
    loop {
        batch.fill(source)?;
        for record in batch.check(verifier) {
            match journal.take(record) {
                Ok(None) => {}
                Ok(Some(whole)) if batch::is_at_end(source)? => return Ok(Verdict::Good(whole)),
                Ok(Some(whole)) => {
                    return Ok(Verdict::Wrong { place: Place::After(whole.entries), wrong: Wrong::Trailing });
                }
                Err((place, wrong)) => return Ok(Verdict::Wrong { place, wrong }),
            }
        }
    }
}

/// What is wrong, and where.
type Finding = (Place, Wrong);

/// A journal as far as it was read.
struct Journal<'a> {
    office: OfficeId,
    epoch: LogEpoch,
    tree: Frontier,
    last_time: UnixMillis,
    /// The checkpoints of the file that fit.
    signed: BTreeMap<u64, TreeHash>,
    /// Those kept elsewhere, by rising size, that have not been compared yet.
    witnessed: Vec<&'a Checkpoint>,
    /// The size of the greatest witnessed checkpoint that fits.
    witnessed_good: u64,
    gaps: Vec<Gap>,
    /// Of each witnessed checkpoint that lies in a gap: the number of the opening that declares it, and its size.
    lost: Vec<(u64, u64)>,
}

impl<'a> Journal<'a> {
    fn new(office: OfficeId, witnessed: &'a [SignedCheckpoint]) -> Self {
        let mut witnessed: Vec<_> = witnessed.iter().map(SignedCheckpoint::checkpoint).collect();
        witnessed.sort_by_key(|checkpoint| (checkpoint.size, checkpoint.origin.epoch));
        Self {
            office,
            epoch: LogEpoch::FIRST,
            tree: Frontier::default(),
            last_time: UnixMillis::new(0),
            signed: BTreeMap::new(),
            witnessed,
            witnessed_good: 0,
            gaps: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// Takes the next record; gives the whole journal at its end.
    fn take(&mut self, record: Record) -> Result<Option<Whole>, Finding> {
        let next = Place::Entry(self.tree.size() + 1);
        match record {
            Record::Entry(entry) => self.entry(&entry).map(|()| None),
            Record::Checkpoint(opened) => self.checkpoint(opened).map(|()| None),
            Record::End { entries } => self.end(entries).map(Some),
            Record::Malformed => Err((next, Wrong::Form)),
            Record::Ended => Err((next, Wrong::Truncated)),
        }
    }

    fn entry(&mut self, &ReadEntry { leaf, fits, head }: &ReadEntry) -> Result<(), Finding> {
        let seq = self.tree.size() + 1;
        let wrong = |wrong| (Place::Entry(seq), wrong);
        if !fits {
            return Err(wrong(Wrong::LeafHash));
        }
        let (found, at, opening) = head.ok_or(wrong(Wrong::Head))?;
        if found > seq {
            return Err(wrong(Wrong::Gap { until: found - 1 }));
        }
        if found < seq {
            return Err(wrong(Wrong::Order { found }));
        }
        if at < self.last_time {
            return Err(wrong(Wrong::TimeBackwards));
        }
        self.compare_witnessed()?;
        if let Some(opening) = opening {
            self.open_epoch(&opening)?;
        }
        self.tree.push(leaf).map_err(|_| wrong(Wrong::Form))?;
        self.last_time = at;
        Ok(())
    }

    /// The entry that comes next begins a new epoch.
    fn open_epoch(&mut self, opening: &Opening) -> Result<(), Finding> {
        let size = self.tree.size();
        let place = Place::Entry(size + 1);
        let contradicts = self.signed.get(&opening.witnessed_size).is_some_and(|root| *root != opening.witnessed_root);
        let impossible = opening.gap_end.is_some_and(|end| end < size.max(opening.witnessed_size));
        if opening.epoch <= self.epoch || contradicts || impossible {
            return Err((place, Wrong::Epoch));
        }
        // All that are still here lie behind this size. Those of this epoch or a later one are yet to come.
        let witnessed = std::mem::take(&mut self.witnessed);
        let (lost, to_come): (Vec<&Checkpoint>, Vec<&Checkpoint>) =
            witnessed.into_iter().partition(|checkpoint| checkpoint.origin.epoch < opening.epoch);
        let concealed =
            lost.iter().filter(|checkpoint| conceals(opening, checkpoint)).map(|checkpoint| checkpoint.size);
        if let Some(until) = concealed.max() {
            return Err((place, Wrong::Undeclared { until }));
        }
        self.lost.extend(lost.iter().map(|checkpoint| (size + 1, checkpoint.size)));
        self.witnessed = to_come;
        self.gaps.push(Gap { epoch: opening.epoch, first: size + 1, last: opening.gap_end });
        self.epoch = opening.epoch;
        Ok(())
    }

    fn checkpoint(&mut self, opened: Result<SignedCheckpoint, CheckpointError>) -> Result<(), Finding> {
        let size = self.tree.size();
        let behind = Place::After(size);
        let signed = opened.map_err(|error| match error {
            CheckpointError::NotSigned => (behind, Wrong::Signature),
            CheckpointError::Note(_) | CheckpointError::Body => (behind, Wrong::CheckpointForm),
        })?;
        let checkpoint = signed.checkpoint();
        if checkpoint.origin != (LogOrigin { office: self.office, epoch: self.epoch }) {
            return Err((behind, Wrong::CheckpointOrigin));
        }
        if checkpoint.size > size {
            return Err((Place::Entry(size + 1), Wrong::Gap { until: checkpoint.size }));
        }
        if checkpoint.size < size {
            return Err((behind, Wrong::CheckpointPlace { size: checkpoint.size }));
        }
        if checkpoint.root != self.tree.root() {
            let good = self.signed.range(..size).next_back().map_or(0, |(size, _)| *size);
            return Err((Place::Between { first: good + 1, last: size }, Wrong::Checkpoint));
        }
        self.signed.insert(size, checkpoint.root);
        Ok(())
    }

    /// Compares the witnessed checkpoints of the present size, after all that the file itself says about it.
    fn compare_witnessed(&mut self) -> Result<(), Finding> {
        let size = self.tree.size();
        while let Some(checkpoint) = self.witnessed.first().filter(|checkpoint| checkpoint.size == size) {
            let origin = LogOrigin { office: self.office, epoch: self.epoch };
            if checkpoint.origin != origin || checkpoint.root != self.tree.root() {
                return Err((Place::Between { first: self.witnessed_good + 1, last: size }, Wrong::Fork));
            }
            self.witnessed_good = size;
            self.witnessed.remove(0);
        }
        Ok(())
    }

    fn end(&mut self, entries: u64) -> Result<Whole, Finding> {
        let size = self.tree.size();
        if entries != size {
            let wrong = if entries > size {
                (Place::Entry(size + 1), Wrong::Gap { until: entries })
            } else {
                (Place::After(size), Wrong::Form)
            };
            return Err(wrong);
        }
        self.compare_witnessed()?;
        let signed = self.signed.last_key_value().map_or(0, |(size, _)| *size);
        // Anybody can write that everything was lost. Only the log key can declare it.
        if let Some(&(opening, _)) = self.lost.iter().find(|(opening, _)| *opening > signed) {
            let concealed = self.lost.iter().filter(|(declared_by, _)| *declared_by == opening).map(|(_, size)| *size);
            return Err((Place::Entry(opening), Wrong::Undeclared { until: concealed.max().unwrap_or(0) }));
        }
        if let Some(until) = self.witnessed.last().map(|checkpoint| checkpoint.size) {
            return Err((Place::Entry(size + 1), Wrong::Short { until }));
        }
        Ok(Whole {
            entries: size,
            signed,
            epoch: self.epoch,
            root: self.tree.root(),
            gaps: std::mem::take(&mut self.gaps),
            witnesses_lost: self.lost.iter().map(|(_, size)| *size).collect(),
        })
    }
}

/// An epoch declares what a witness saw where it commits to that checkpoint or to a greater one: its gap reaches as far.
fn conceals(opening: &Opening, witnessed: &Checkpoint) -> bool {
    let declared = opening.witnessed_size > witnessed.size
        || (opening.witnessed_size == witnessed.size && opening.witnessed_root == witnessed.root);
    !declared
}
