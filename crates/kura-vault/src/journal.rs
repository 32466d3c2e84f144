//! The vault's own journal: one line for each lease, unlock and change, durable before anything leaves.
//!
//! A frame is `length 4 | salt 32 | payload`; the length is that of the payload. The payload is kura-journal's, sealed under the server
//! key. After each line the checkpoint is signed anew, and only then is anything answered: so what a killed vault or a power cut left
//! damaged behind the checkpoint was never answered for, and is cut off; damage before it is an error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use kura_id::OfficeId;
use kura_journal::{
    Action, Checkpoint, Entry, EntryClock, EntryDraft, Frontier, JournalWriter, LeafHash, LogEpoch, LogKey, LogOrigin,
    LogVerifier, PAYLOAD_BYTES_MAX, Salt, SealedPayload, SignedCheckpoint, TreeHash, UnixMillis,
};
use kura_platform::files;
use kura_seal::{KeyEpoch, Schema, UnitKey, open_entry, seal_entry};
use rand_core::CryptoRng;

use crate::home::VaultHome;
use crate::message::JournalLine;
use crate::passphrase::Attempts;
use crate::state::State;

const SCHEMA: Schema = Schema::new(1);
const CHECKPOINT_BYTES_MAX: u64 = 16 * 1024;
const SALT_BYTES: usize = 32;
/// Length and salt.
const HEAD_BYTES: u64 = 4 + 32;
/// A line, and before it the one that says that the clock jumped back: more is never written before the checkpoint is.
const UNSIGNED_MAX: u64 = 2;

/// The journal, at its end.
pub(crate) struct Journal {
    file: File,
    home: VaultHome,
    vault: OfficeId,
    key: UnitKey,
    frontier: Frontier,
    clock: EntryClock,
    /// A write failed: what is on the disk is not known, and nothing is written any more.
    failed: bool,
}

/// Why the journal does not serve.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// An entry that is not what was written.
    #[error("金庫の記録の{seq}件目が壊れているか、書き換えられています。控えと比べて、原因を調べてください。")]
    Damaged {
        /// The entry, from 1.
        seq: u64,
    },
    /// Fewer entries than the last checkpoint says, or others.
    #[error(
        "金庫の記録（{found}件）が、署名された検証点（{signed}件）と合いません。記録が削られたか、差し替えられています。"
    )]
    NotAsSigned {
        /// How many there are.
        found: u64,
        /// How many were signed.
        signed: u64,
    },
    /// The checkpoint is not ours.
    #[error("金庫の記録の検証点が壊れているか、別の鍵のものです。控えから戻してください。")]
    Checkpoint,
    /// The system refused.
    #[error("金庫の記録を読み書きできません（{0}）。ディスクの空きと権限を確認してください。")]
    Disk(#[from] io::Error),
}

/// A line could not be written.
#[derive(Debug)]
pub(crate) struct NotWritten;

impl Journal {
    /// Reads the journal to its end and compares it with its newest checkpoint. Gives the wrong passphrases at its end as well.
    pub(crate) fn open(
        home: &VaultHome,
        vault: OfficeId,
        key: UnitKey,
        verifier: &LogVerifier,
    ) -> Result<(Self, Attempts), JournalError> {
        let signed = signed_before(home, verifier)?.map(|signed| *signed.checkpoint());
        let signed_size = signed.map_or(0, |checkpoint| checkpoint.size);
        let mut file = files::append_private(&home.journal())?;
        let mut read = Reading::default();
        let whole = read.through(&mut file, vault, &key, signed_size)?;
        let found = read.frontier.size();
        let as_signed = signed.is_none_or(|checkpoint| read.root_when_signed == Some(checkpoint.root));
        if !as_signed || found.saturating_sub(signed_size) > UNSIGNED_MAX {
            return Err(JournalError::NotAsSigned { found, signed: signed_size });
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        let (frontier, clock) = (read.frontier, EntryClock::after(read.last));
        Ok((Self { file, home: home.clone(), vault, key, frontier, clock, failed: false }, read.attempts))
    }

    /// Every write from now on fails, as on a full disk.
    #[cfg(test)]
    pub(crate) fn break_disk(&mut self) {
        self.file = std::fs::OpenOptions::new().read(true).open(self.home.journal()).unwrap();
    }

    /// How many entries.
    pub(crate) const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Writes an entry, and before it the one that says that the clock jumped back. On the disk and signed when this returns.
    pub(crate) fn append(
        &mut self,
        draft: &EntryDraft,
        now: u64,
        log_key: &LogKey,
        chance: &mut impl CryptoRng,
    ) -> Result<JournalLine, NotWritten> {
        if self.failed {
            return Err(NotWritten);
        }
        let stamp = self.clock.stamp(UnixMillis::new(now));
        let written = stamp
            .skew
            .map(|skew| self.write(&EntryDraft::clock_skew(self.vault, skew), stamp.at, chance))
            .transpose()
            .and_then(|_| self.write(draft, stamp.at, chance));
        let line = written.and_then(|line| self.sign(log_key).map(|()| line));
        self.failed = line.is_err();
        line
    }

    fn write(
        &mut self,
        draft: &EntryDraft,
        at: UnixMillis,
        chance: &mut impl CryptoRng,
    ) -> Result<JournalLine, NotWritten> {
        let seq = self.frontier.size().checked_add(1).ok_or(NotWritten)?;
        let entry = draft.encode().map_err(|_| NotWritten)?.at(at);
        let sealed = seal_entry(&self.key, KeyEpoch::FIRST, self.vault, seq, SCHEMA, &entry, chance);
        let payload = SealedPayload::new(seq, at, &sealed.map_err(|_| NotWritten)?).map_err(|_| NotWritten)?;
        let mut salt = [0; SALT_BYTES];
        chance.fill_bytes(&mut salt);
        let length = u32::try_from(payload.bytes().len()).map_err(|_| NotWritten)?;
        let frame = [&length.to_be_bytes()[..], &salt, payload.bytes()].concat();
        self.file.write_all(&frame).and_then(|()| self.file.sync_data()).map_err(|_| NotWritten)?;
        let leaf = payload.leaf(&Salt::from_bytes(salt));
        self.frontier.push(leaf).map_err(|_| NotWritten)?;
        Ok(JournalLine::new(seq, at, leaf))
    }

    fn sign(&self, log_key: &LogKey) -> Result<(), NotWritten> {
        let origin = LogOrigin { office: self.vault, epoch: LogEpoch::FIRST };
        let checkpoint = Checkpoint { origin, size: self.frontier.size(), root: self.frontier.root() };
        let note = checkpoint.sign(log_key).to_string();
        files::replace_private(&self.home.checkpoint(), note.as_bytes()).map_err(|_| NotWritten)
    }
}

/// Writes the vault's journal as a file that both verifiers read (docs/journal-file.md). Needs no key, and the vault may run meanwhile.
///
/// # Errors
/// [`JournalError`]; damage inside is for the verifier to find.
pub fn export_journal(home: &VaultHome, out: impl Write) -> Result<(), JournalError> {
    let state = State::read(home).map_err(|_| JournalError::Checkpoint)?;
    let verifier = state.log_verifier.parse().map_err(|_| JournalError::Checkpoint)?;
    // Before the entries: so they reach at least as far as it does.
    let note = signed_before(home, &verifier)?;
    let mut source = BufReader::new(files::append_private(&home.journal())?);
    let mut written = JournalWriter::new(out, state.vault)?;
    let mut seq = 0_u64;
    while let Next::Frame { salt, payload, .. } = next_frame(&mut source)? {
        written.entry(&salt, LeafHash::of(&salt, &payload), &payload)?;
        seq = seq.saturating_add(1);
        if let Some(signed) = note.as_ref().filter(|signed| signed.checkpoint().size == seq) {
            written.checkpoint(&signed.to_string())?;
        }
    }
    written.finish()?.flush()?;
    Ok(())
}

fn signed_before(home: &VaultHome, verifier: &LogVerifier) -> Result<Option<SignedCheckpoint>, JournalError> {
    match files::read_limited(&home.checkpoint(), CHECKPOINT_BYTES_MAX) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(note) => SignedCheckpoint::open(&note, verifier).map(Some).map_err(|_| JournalError::Checkpoint),
    }
}

/// What is known while the journal is read.
struct Reading {
    frontier: Frontier,
    last: UnixMillis,
    attempts: Attempts,
    root_when_signed: Option<TreeHash>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            frontier: Frontier::default(),
            last: UnixMillis::new(0),
            attempts: Attempts::default(),
            root_when_signed: None,
        }
    }
}

impl Reading {
    /// The length of the file up to the end of the last good frame.
    fn through(
        &mut self,
        file: &mut File,
        vault: OfficeId,
        key: &UnitKey,
        signed_size: u64,
    ) -> Result<u64, JournalError> {
        file.seek(SeekFrom::Start(0))?;
        let mut source = BufReader::new(file);
        let mut whole = 0_u64;
        loop {
            let seq = self.frontier.size().saturating_add(1);
            let taken = match next_frame(&mut source)? {
                Next::End => return Ok(whole),
                Next::Damaged => None,
                Next::Frame { salt, payload, bytes } => self.take(&salt, payload, vault, key, seq).then_some(bytes),
            };
            match taken {
                Some(bytes) => whole = whole.saturating_add(bytes),
                None if seq > signed_size => return Ok(whole),
                None => return Err(JournalError::Damaged { seq }),
            }
            if seq == signed_size {
                self.root_when_signed = Some(self.frontier.root());
            }
        }
    }

    /// Whether it is the entry that was written there.
    fn take(&mut self, salt: &Salt, payload: Vec<u8>, vault: OfficeId, key: &UnitKey, seq: u64) -> bool {
        let Ok(payload) = SealedPayload::from_bytes(payload) else { return false };
        let opened = open_entry(key, vault, seq, payload.sealed()).ok();
        let Some(entry) = opened.and_then(|opened| Entry::decode(&opened.body).ok()) else { return false };
        let in_place = payload.seq() == seq && entry.at == payload.at() && entry.at >= self.last;
        if !in_place || self.frontier.push(payload.leaf(salt)).is_err() {
            return false;
        }
        self.note(&entry);
        true
    }

    fn note(&mut self, entry: &Entry) {
        self.last = entry.at;
        self.attempts = match entry.draft.action {
            Action::SignIn | Action::Configure => Attempts::default(),
            Action::SignInRefused => self.attempts.failed(entry.at.get()),
            _ => self.attempts,
        };
    }
}

/// What comes next in the file.
enum Next {
    Frame {
        salt: Salt,
        payload: Vec<u8>,
        bytes: u64,
    },
    /// Cut off in the middle, or of a length that cannot be.
    Damaged,
    End,
}

fn next_frame(source: &mut impl BufRead) -> Result<Next, io::Error> {
    if source.fill_buf()?.is_empty() {
        return Ok(Next::End);
    }
    let mut head = [0; 4];
    let mut salt = [0; SALT_BYTES];
    if !filled(source, &mut head)? || !filled(source, &mut salt)? {
        return Ok(Next::Damaged);
    }
    let length = u32::from_be_bytes(head);
    let room = usize::try_from(length).unwrap_or(usize::MAX);
    if room > PAYLOAD_BYTES_MAX {
        return Ok(Next::Damaged);
    }
    let mut payload = vec![0; room];
    if !filled(source, &mut payload)? {
        return Ok(Next::Damaged);
    }
    Ok(Next::Frame { salt: Salt::from_bytes(salt), payload, bytes: u64::from(length).saturating_add(HEAD_BYTES) })
}

fn filled(source: &mut impl Read, into: &mut [u8]) -> Result<bool, io::Error> {
    match source.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
