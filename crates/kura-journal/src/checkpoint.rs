//! Checkpoints (検証点): size and root of a journal, signed. C2SP tlog-checkpoint, a signed note of three lines.

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};
use kura_id::OfficeId;

use crate::epoch::LogEpoch;
use crate::key::{LogKey, LogVerifier};
use crate::note::{self, NoteError, Signature};
use crate::tree::{SIZE_MAX, TreeHash};

/// The name of one log epoch of one journal, and of the key that signs it: `kura/office/<id>/log/<epoch>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogOrigin {
    /// Whose journal.
    pub office: OfficeId,
    /// Which log epoch.
    pub epoch: LogEpoch,
}

/// Size and root of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// Of which log.
    pub origin: LogOrigin,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: TreeHash,
}

/// A checkpoint whose signature by the log key was made or verified here; there is no other way to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    /// The log's signature, and those of witnesses (証人), in the order of the note.
    signatures: Vec<Signature>,
}

/// Why a text is no checkpoint of this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A signed note, but not of origin, size and root.
    #[error("検証点の形（名前・件数・ハッシュ値の3行）ではありません。")]
    Body,
    /// No signature by the log key, or a wrong one.
    #[error("検証点にこのログの鍵の正しい署名がありません。復旧シートの検証鍵と照合してください。")]
    NotSigned,
}

impl Checkpoint {
    /// Signs it.
    #[must_use]
    pub fn sign(self, key: &LogKey) -> SignedCheckpoint {
        let name = self.origin.to_string();
        let signature = [&key.verifier().key_id(&name)[..], &key.sign(&self.to_string())].concat();
        SignedCheckpoint { checkpoint: self, signatures: vec![Signature { name, bytes: signature }] }
    }
}

impl SignedCheckpoint {
    /// Reads a note and verifies it. Signatures of keys that are not the log's are kept unread.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(note: &[u8], verifier: &LogVerifier) -> Result<Self, CheckpointError> {
        let note::Note { text, signatures } = note::parse(note)?;
        let checkpoint: Checkpoint = text.parse()?;
        let name = checkpoint.origin.to_string();
        let id = verifier.key_id(&name);
        let mut own = signatures.iter().filter(|signature| signature.name == name && signature.bytes.starts_with(&id));
        let first = own.next().ok_or(CheckpointError::NotSigned)?;
        let good = |signature: &Signature| verifier.signed(text, signature.bytes.get(id.len()..).unwrap_or_default());
        if good(first) && own.all(good) { Ok(Self { checkpoint, signatures }) } else { Err(CheckpointError::NotSigned) }
    }

    /// Adds the signature line of a witness, which is kept as it is.
    ///
    /// # Errors
    /// [`NoteError`] where it is no signature line, or there are too many.
    pub fn cosigned(mut self, line: &str) -> Result<Self, NoteError> {
        self.signatures.push(note::signature_line(line)?);
        if self.signatures.len() > note::SIGNATURES_MAX { Err(NoteError::TooLong) } else { Ok(self) }
    }

    /// What was signed.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

/// The whole note.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.checkpoint)?;
        self.signatures.iter().try_for_each(|signature| writeln!(out, "{signature}"))
    }
}

/// The text that is signed, with its last newline.
impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.size, Base64::encode_string(&self.root.bytes()))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').unwrap_or_default().split('\n');
        let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Body);
        };
        let mut bytes = [0; 32];
        let length = Base64::decode(root, &mut bytes).map_err(|_| CheckpointError::Body)?.len();
        let checkpoint = Self {
            origin: origin.parse()?,
            size: size.parse().map_err(|_| CheckpointError::Body)?,
            root: TreeHash::from_bytes(bytes),
        };
        // One spelling: no sign, no leading zero.
        let whole = length == bytes.len() && checkpoint.size <= SIZE_MAX && checkpoint.to_string() == text;
        if whole { Ok(checkpoint) } else { Err(CheckpointError::Body) }
    }
}

impl fmt::Display for LogOrigin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "kura/office/{}/log/{}", self.office, self.epoch.get())
    }
}

impl FromStr for LogOrigin {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let (office, epoch) =
            text.strip_prefix("kura/office/").and_then(|rest| rest.split_once("/log/")).ok_or(CheckpointError::Body)?;
        let office = office.parse().map_err(|_| CheckpointError::Body)?;
        let epoch = epoch.parse().ok().and_then(LogEpoch::new).ok_or(CheckpointError::Body)?;
        let origin = Self { office, epoch };
        if origin.to_string() == text { Ok(origin) } else { Err(CheckpointError::Body) }
    }
}
