//! The journal of an office as one file, to be verified elsewhere (docs/journal-file.md).

use std::collections::BTreeMap;
use std::io::{self, Write};

use kura_id::OfficeId;
use kura_journal::{JournalWriter, LogEpoch, Opening, SignedCheckpoint};

use crate::error::ReadError;
use crate::find::Limit;
use crate::head::FIRST_SEQ;
use crate::seam::Reads;

/// Entries read at a time.
const PAGE: u16 = 1_000;

/// Why a journal could not be written into a file.
#[derive(Debug, thiserror::Error)]
pub enum JournalFileError {
    /// The store.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file.
    #[error("記録簿のファイルを書けません（{0}）。空き容量と権限を確認してください。")]
    Write(#[from] io::Error),
}

/// Writes the whole journal, in constant memory: entries as they lie there, damaged or not, and each checkpoint behind the last entry that
/// it counts. A checkpoint of an earlier epoch than the entries at its size, and one of more entries than there are, is left out: it is
/// for the verifier's other hand. `reads` is best a snapshot.
///
/// # Errors
/// [`JournalFileError`].
pub fn write_journal<W: Write>(
    reads: &dyn Reads,
    office: OfficeId,
    checkpoints: &[SignedCheckpoint],
    out: W,
) -> Result<W, JournalFileError> {
    let mut by_size: BTreeMap<u64, Vec<&SignedCheckpoint>> = BTreeMap::new();
    for signed in checkpoints {
        by_size.entry(signed.checkpoint().size).or_default().push(signed);
    }
    let mut out = JournalWriter::new(out, office)?;
    let mut epoch = LogEpoch::FIRST;
    let mut next = FIRST_SEQ;
    loop {
        let page = reads.journal_from(next, Limit::rows(PAGE))?;
        let Some(last) = page.last() else { return Ok(out.finish()?) };
        next = last.seq.saturating_add(1);
        for entry in page {
            epoch = Opening::of_payload(&entry.payload).map_or(epoch, |opening| opening.epoch);
            out.entry(&entry.salt, entry.leaf, &entry.payload)?;
            let here = by_size.get(&entry.seq).into_iter().flatten();
            for signed in here.filter(|signed| signed.checkpoint().origin.epoch == epoch) {
                out.checkpoint(&signed.to_string())?;
            }
        }
    }
}
