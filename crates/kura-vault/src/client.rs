//! Asks the vault.

use std::io;
use std::thread;
use std::time::Duration;

use kura_id::OfficeId;
use kura_journal::{
    Action, Checkpoint, CheckpointError, ContentHash, Detail, EntryDraft, LogVerifier, SignedCheckpoint, UnixMillis,
};
use kura_platform::socket::{Address, Line, SocketError};
use kura_seal::{DataKey, KeyEpoch, PublicKey};
use zeroize::Zeroizing;

use crate::frame::{self, FrameError};
use crate::home::VaultHome;
use crate::message::{By, JournalLine, KeyMade, LeaseRequest, Refusal, Reply, Request, Status};

/// How long an answer may take: somebody else's passphrase may be stretched meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);

/// A line to the vault of an installation. Each call is a connection of its own, so it works again when the vault does.
#[derive(Debug, Clone)]
pub struct Client {
    address: Address,
}

/// A data key on loan (鍵の貸出し).
#[derive(Debug)]
pub struct Lease {
    /// The key. Wiped when dropped, which is due at `until`.
    pub key: DataKey,
    /// When the lease ends.
    pub until: UnixMillis,
    /// What the office's journal must record before the key is used. Its artefact is the leaf hash of the vault's line.
    pub entry: EntryDraft,
    /// The vault's line.
    pub line: JournalLine,
}

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No vault runs.
    #[error("金庫が動いていません。金庫（または kura serve）を起動してください。")]
    NotRunning,
    /// The vault went away in the middle: whether it did what was asked is not known. Asking again under the same request is safe.
    #[error("金庫が途中で終わりました。起動し直してから、もう一度実行してください。")]
    Died,
    /// It said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No line.
    #[error(transparent)]
    Line(SocketError),
    /// It speaks otherwise than we do.
    #[error(transparent)]
    Frame(FrameError),
    /// Not an answer to what was asked.
    #[error("金庫の返事が分かりません。Kuraを更新したあとは、金庫も起動し直してください。")]
    Answer,
    /// A signature that is not the log key's.
    #[error(transparent)]
    Signature(#[from] CheckpointError),
}

impl Client {
    /// To the vault of this home.
    #[must_use]
    pub fn at(home: &VaultHome) -> Self {
        Self { address: home.address() }
    }

    /// How it stands.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn status(&self) -> Result<Status, ClientError> {
        match self.ask(&Request::Status, &[])? {
            (Reply::Status(status), _) => Ok(*status),
            _ => Err(ClientError::Answer),
        }
    }

    /// Makes the first data key of an office, wrapped to its recovery key as well.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn create_office(&self, office: OfficeId, recovery: &PublicKey, by: By) -> Result<KeyMade, ClientError> {
        self.made(&Request::CreateOffice { office, recovery: recovery.bytes().to_vec(), by })
    }

    /// Takes a data key that the recovery sheet opened, on the machine to which the office was restored.
    ///
    /// # Errors
    /// [`ClientError`]; [`Refusal::OfficeExists`] where a key of this epoch is here.
    pub fn adopt(&self, office: OfficeId, key: &DataKey, recovery: &PublicKey, by: By) -> Result<KeyMade, ClientError> {
        let request = Request::Adopt { office, epoch: key.epoch().get(), recovery: recovery.bytes().to_vec(), by };
        match self.ask(&request, key.expose())? {
            (Reply::KeyMade(made), _) => Ok(made),
            _ => Err(ClientError::Answer),
        }
    }

    /// Makes the data key of the next epoch. Then the keyring is rewrapped with a lease of each, then the old key is retired.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn rotate(&self, office: OfficeId, by: By) -> Result<KeyMade, ClientError> {
        self.made(&Request::Rotate { office, by })
    }

    /// Destroys the data key of an epoch before the newest. Nothing sealed under it opens here any more.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn retire(&self, office: OfficeId, epoch: KeyEpoch, by: By) -> Result<JournalLine, ClientError> {
        self.done(&Request::Retire { office, epoch: epoch.get(), by }, &[])
    }

    /// Borrows a data key.
    ///
    /// # Errors
    /// [`ClientError`]; [`Refusal::Locked`] where somebody has to unlock the vault first.
    pub fn lease(&self, request: &LeaseRequest) -> Result<Lease, ClientError> {
        let (reply, secret) = self.ask(&Request::Lease(*request), &[])?;
        let Reply::Leased { epoch, until, line } = reply else {
            return Err(ClientError::Answer);
        };
        let mut bytes = Zeroizing::new([0; 32]);
        if secret.len() != bytes.len() {
            return Err(ClientError::Answer);
        }
        bytes.copy_from_slice(&secret);
        let key = DataKey::from_bytes(KeyEpoch::new(epoch), &bytes);
        Ok(Lease { key, until, entry: entry(request, epoch, until, &line), line })
    }

    /// Borrows a data key as soon as somebody has unlocked the vault. Asks again every `pause` for as long as `goes_on` says so, and
    /// stands in [`Status::waiting`] meanwhile. A vault that is gone is waited for as well.
    ///
    /// # Errors
    /// [`ClientError`], the last one when `goes_on` gives up.
    pub fn lease_when_open(
        &self,
        request: &LeaseRequest,
        pause: Duration,
        mut goes_on: impl FnMut(&ClientError) -> bool,
    ) -> Result<Lease, ClientError> {
        loop {
            match self.lease(request) {
                Err(error) if error.passes() && goes_on(&error) => thread::sleep(pause),
                other => return other,
            }
        }
    }

    /// Unlocks the vault of the strict setting for twelve hours.
    ///
    /// # Errors
    /// [`ClientError`]; [`Refusal::WrongPassphrase`] and [`Refusal::TooSoon`] say how long to wait.
    pub fn unlock(&self, passphrase: &Zeroizing<String>, by: By) -> Result<JournalLine, ClientError> {
        self.done(&Request::Unlock { by }, passphrase.as_bytes())
    }

    /// Locks it again.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn lock(&self, by: By) -> Result<JournalLine, ClientError> {
        self.done(&Request::Lock { by }, &[])
    }

    /// The strict setting from now on, or another passphrase. The vault must be open.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn ask_a_person(&self, passphrase: &Zeroizing<String>, by: By) -> Result<JournalLine, ClientError> {
        self.done(&Request::AskAPerson { by }, passphrase.as_bytes())
    }

    /// Unattended from now on.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn unattended(&self, passphrase: &Zeroizing<String>, by: By) -> Result<JournalLine, ClientError> {
        self.done(&Request::Unattended { by }, passphrase.as_bytes())
    }

    /// Has a checkpoint signed by the log key, and verifies the signature.
    ///
    /// # Errors
    /// [`ClientError`]; [`Refusal::NotSigned`] where the log would shrink or fork.
    pub fn sign(&self, checkpoint: &Checkpoint, verifier: &LogVerifier) -> Result<SignedCheckpoint, ClientError> {
        let (Reply::Signed { note }, _) = self.ask(&Request::Sign { checkpoint: checkpoint.to_string() }, &[])? else {
            return Err(ClientError::Answer);
        };
        let signed = SignedCheckpoint::open(note.as_bytes(), verifier)?;
        if signed.checkpoint() == checkpoint { Ok(signed) } else { Err(ClientError::Answer) }
    }

    fn made(&self, request: &Request) -> Result<KeyMade, ClientError> {
        match self.ask(request, &[])? {
            (Reply::KeyMade(made), _) => Ok(made),
            _ => Err(ClientError::Answer),
        }
    }

    fn done(&self, request: &Request, secret: &[u8]) -> Result<JournalLine, ClientError> {
        match self.ask(request, secret)? {
            (Reply::Done(line), _) => Ok(line),
            _ => Err(ClientError::Answer),
        }
    }

    fn ask(&self, request: &Request, secret: &[u8]) -> Result<(Reply, Zeroizing<Vec<u8>>), ClientError> {
        let message = serde_json::to_vec(request).map_err(|_| ClientError::Answer)?;
        let mut line = Line::connect(&self.address)?;
        line.set_patience(PATIENCE).map_err(died)?;
        frame::write(&mut line, &message, secret)?;
        let answer = frame::read(&mut line)?;
        match serde_json::from_slice(&answer.message).map_err(|_| ClientError::Answer)? {
            Reply::Refused(refusal) => Err(refusal.into()),
            reply => Ok((reply, answer.secret)),
        }
    }
}

impl ClientError {
    /// It may be otherwise in a while, without anybody changing the question.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(self, Self::NotRunning | Self::Died | Self::Refused(Refusal::Locked | Refusal::Busy))
    }
}

/// What the office's journal has to say about a lease.
fn entry(request: &LeaseRequest, key_epoch: u32, until: UnixMillis, line: &JournalLine) -> EntryDraft {
    let By { actor, device, request: id } = request.by;
    let mut entry = EntryDraft::new(request.office, actor, Action::Lease, request.purpose);
    entry.device = device;
    entry.request = Some(id);
    entry.artefact = Some(ContentHash::from_bytes(line.leaf().bytes()));
    entry.detail = Some(Detail::Lease { key_epoch, until });
    entry
}

impl From<SocketError> for ClientError {
    fn from(error: SocketError) -> Self {
        match error {
            SocketError::NobodyListens { .. } => Self::NotRunning,
            other => Self::Line(other),
        }
    }
}

impl From<FrameError> for ClientError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::Line(error) => died(error),
            other => Self::Frame(other),
        }
    }
}

/// Whatever breaks a line that stood is the end of the other side, for us.
fn died(_: io::Error) -> ClientError {
    ClientError::Died
}
