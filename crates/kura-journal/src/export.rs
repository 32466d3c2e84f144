//! A journal as one file, for whoever has to verify it away from its store: docs/journal-file.md.

use std::io::{self, Read, Write};

use kura_id::OfficeId;

use crate::leaf::{LeafHash, PAYLOAD_BYTES_MAX, Salt};
use crate::note::NOTE_BYTES_MAX;

/// What a journal file begins with: its name and the version of the format.
pub(crate) const FIRST_LINE: &str = "kura-journal 1\n";
pub(crate) const ENTRY: u8 = b'E';
pub(crate) const CHECKPOINT: u8 = b'C';
pub(crate) const END: u8 = b'Z';
/// Salt and leaf hash in front of the payload of an entry.
pub(crate) const HASHES: usize = 32 + 32;
/// Tag and length in front of each record.
const RECORD_HEAD: usize = 1 + 4;

/// Writes a journal file from first to last, in constant memory. It writes what it is given: what was damaged in the store is for the
/// verifier to find.
#[derive(Debug)]
pub struct JournalWriter<W> {
    out: W,
    entries: u64,
}

impl<W: Write> JournalWriter<W> {
    /// Begins the file of this office's journal.
    ///
    /// # Errors
    /// Those of the output, here and below.
    pub fn new(mut out: W, office: OfficeId) -> io::Result<Self> {
        writeln!(out, "{FIRST_LINE}{office}")?;
        Ok(Self { out, entries: 0 })
    }

    /// The next entry: its payload with its head ([`SealedPayload::bytes`](crate::SealedPayload::bytes)).
    ///
    /// # Errors
    /// Those of the output; a payload that no journal takes.
    pub fn entry(&mut self, salt: &Salt, leaf: LeafHash, payload: &[u8]) -> io::Result<()> {
        self.record(ENTRY, HASHES + PAYLOAD_BYTES_MAX, &[&salt.bytes(), &leaf.bytes(), payload])?;
        self.entries += 1;
        Ok(())
    }

    /// A checkpoint: the whole note. It stands behind the last entry that it counts, and in front of the opening of a later epoch.
    ///
    /// # Errors
    /// Those of the output; a note that is longer than any note.
    pub fn checkpoint(&mut self, note: &str) -> io::Result<()> {
        self.record(CHECKPOINT, NOTE_BYTES_MAX, &[note.as_bytes()])
    }

    /// Writes the end, and gives the output back. A file without it counts as cut off.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        let entries = self.entries.to_be_bytes();
        self.record(END, entries.len(), &[&entries])?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn record(&mut self, tag: u8, length_max: usize, pieces: &[&[u8]]) -> io::Result<()> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let length_field = u32::try_from(length).ok().filter(|_| length <= length_max);
        let length_field = length_field.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.out.write_all(&[tag])?;
        self.out.write_all(&length_field.to_be_bytes())?;
        pieces.iter().try_for_each(|piece| self.out.write_all(piece))
    }
}

/// What comes next in a journal file.
pub(crate) enum Next {
    /// A record with this tag; its content was added to the buffer.
    Record(u8),
    /// Bytes that are no record.
    Malformed,
    /// The file ends here, within a record or between two.
    Ended,
}

/// Reads the first two lines; nothing where this is no journal file.
pub(crate) fn read_header(source: &mut impl Read) -> io::Result<Option<OfficeId>> {
    let mut header = Vec::new();
    let length = FIRST_LINE.len() + 36 + 1;
    source.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut header)?;
    let office = std::str::from_utf8(&header).ok().and_then(|header| header.strip_prefix(FIRST_LINE));
    Ok(office.and_then(|office| office.strip_suffix('\n')).and_then(|office| office.parse().ok()))
}

/// Reads one record and adds its content to `buffer`.
pub(crate) fn read_record(source: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Next> {
    let mut head = [0; RECORD_HEAD];
    if !filled(source, &mut head)? {
        return Ok(Next::Ended);
    }
    let [tag, length @ ..] = head;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    let allowed = match tag {
        ENTRY => HASHES..=HASHES + PAYLOAD_BYTES_MAX,
        CHECKPOINT => 0..=NOTE_BYTES_MAX,
        END => 8..=8,
        _ => return Ok(Next::Malformed),
    };
    if !allowed.contains(&length) {
        return Ok(Next::Malformed);
    }
    let start = buffer.len();
    buffer.resize(start + length, 0);
    let whole = filled(source, buffer.get_mut(start..).unwrap_or_default())?;
    Ok(if whole { Next::Record(tag) } else { Next::Ended })
}

/// Fills the whole of `bytes`; false where the source ends before.
fn filled(source: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
