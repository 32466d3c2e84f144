//! The journal as a file for a verifier. Nothing in it opens: who verifies it may not read it.

use std::io::Write;

use kura_journal::{Action, LogVerifier, Purpose, SignedCheckpoint};
use kura_store::{JournalFileError, write_journal};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};

impl Room {
    /// 記録簿の書出し: the whole journal with the checkpoints that are kept, for `kura journal verify` or another verifier. That it leaves is an
    /// entry, and stands in the file. Checkpoints that another log key signed are left out: this one cannot vouch for them.
    ///
    /// # Errors
    /// No right, or the output does not take it.
    pub fn export_journal<W: Write>(&self, scope: &Scope, verifier: &LogVerifier, out: W) -> Result<W, DeskError> {
        let actor = scope.may(Resource::Journal, Operation::Export, Over::Office, self.now()?)?;
        let told = scope.entry(actor, Action::Export, Purpose::Audit);
        Work::new(self).commit(self.new_request()?, told)?;
        let reads = self.office.snapshot()?;
        let notes = self.notes(reads.as_ref())?;
        let signed = notes.iter().filter_map(|note| SignedCheckpoint::open(note.text.as_bytes(), verifier).ok());
        let signed: Vec<SignedCheckpoint> = signed.collect();
        write_journal(reads.as_ref(), self.id(), &signed, out).map_err(|error| match error {
            JournalFileError::Read(error) => error.into(),
            JournalFileError::Write(error) => DeskError::Write(error.kind()),
        })
    }
}
