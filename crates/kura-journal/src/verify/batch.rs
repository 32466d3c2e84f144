//! Records read ahead, so that their hashes and signatures are computed on all cores.

use std::io::{self, BufRead};
use std::ops::Range;

use rayon::prelude::*;

use crate::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::clock::UnixMillis;
use crate::epoch::Opening;
use crate::export::{self, CHECKPOINT, END, HASHES, Next};
use crate::key::LogVerifier;
use crate::leaf::{LeafHash, Salt, read_head};

/// A batch ends when it holds so many bytes.
const BYTES: usize = 4 << 20;

/// A record of a journal file, checked as far as it can be alone.
pub(super) enum Record {
    /// An entry.
    Entry(ReadEntry),
    /// A checkpoint, verified or not.
    Checkpoint(Result<SignedCheckpoint, CheckpointError>),
    /// The end.
    End {
        /// The number of entries.
        entries: u64,
    },
    /// Bytes that are no record.
    Malformed,
    /// The file ends before its end.
    Ended,
}

/// An entry as far as it can be checked alone.
pub(super) struct ReadEntry {
    /// Its hash, as the file says.
    pub(super) leaf: LeafHash,
    /// Whether that is the hash of its content.
    pub(super) fits: bool,
    /// Number, time and opening; nothing where they cannot be read.
    pub(super) head: Option<(u64, UnixMillis, Option<Opening>)>,
}

/// Some records as they were read.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    records: Vec<(u8, Range<usize>)>,
    /// What ended the batch, where it was not its size.
    last: Option<Record>,
}

impl Batch {
    /// Reads the next records; ends behind the end of the journal, and where nothing more can be read.
    pub(super) fn fill(&mut self, source: &mut impl BufRead) -> io::Result<()> {
        self.bytes.clear();
        self.records.clear();
        self.last = None;
        while self.bytes.len() < BYTES {
            let start = self.bytes.len();
            match export::read_record(source, &mut self.bytes)? {
                Next::Record(tag) => {
                    self.records.push((tag, start..self.bytes.len()));
                    if tag == END {
                        break;
                    }
                }
                Next::Malformed => {
                    self.last = Some(Record::Malformed);
                    break;
                }
                Next::Ended => {
                    self.last = Some(Record::Ended);
                    break;
                }
            }
        }
        Ok(())
    }

    /// Checks each record alone, in the order of the file.
    pub(super) fn check(&mut self, verifier: &LogVerifier) -> Vec<Record> {
        let bytes = &self.bytes;
        let checked = self.records.par_iter().with_min_len(64).map(|(tag, range)| {
            let content = bytes.get(range.clone()).unwrap_or_default();
            match *tag {
                CHECKPOINT => Record::Checkpoint(SignedCheckpoint::open(content, verifier)),
                END => content
                    .try_into()
                    .map_or(Record::Malformed, |entries| Record::End { entries: u64::from_be_bytes(entries) }),
                _ => entry(content).map_or(Record::Malformed, Record::Entry),
            }
        });
        let mut checked: Vec<_> = checked.collect();
        checked.extend(self.last.take());
        checked
    }
}

fn entry(content: &[u8]) -> Option<ReadEntry> {
    let (hashes, payload) = content.split_first_chunk::<HASHES>()?;
    let (salt, leaf) = hashes.split_first_chunk::<32>()?;
    let leaf = LeafHash::from_bytes(leaf.try_into().ok()?);
    let fits = LeafHash::of(&Salt::from_bytes(*salt), payload) == leaf;
    Some(ReadEntry { leaf, fits, head: read_head(payload) })
}

pub(super) fn is_at_end(source: &mut impl BufRead) -> io::Result<bool> {
    Ok(source.fill_buf()?.is_empty())
}
