//! The vault itself: what it holds while it runs, and what it does at a request. It knows no line and no process (`server`, `run`).

mod keys;
mod opening;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io;

use kura_id::{IdError, OfficeId};
use kura_journal::{
    Action, Actor, Checkpoint, EntryDraft, LogKey, LogOrigin, LogVerifier, Purpose, SignedCheckpoint, TreeHash,
    UnixMillis,
};
use kura_platform::confine::{Confinement, Reached};
use kura_platform::files::{self, Privacy};
use kura_platform::lock::FileLock;
use kura_platform::random::{self, OsRandom, RandomError};
use kura_platform::secret::Secret;
use zeroize::Zeroizing;

use crate::custody::{self, CustodyFact};
use crate::data_keys::{DataKeyError, count_offices};
use crate::home::VaultHome;
use crate::journal::{Journal, JournalError, NotWritten};
use crate::key_source::{KeyPlace, KeySource, KeySourceError};
use crate::message::{By, JournalLine, Refusal, Reply, Request, Status, Waiting};
use crate::passphrase::Attempts;
use crate::state::{State, StateError, server_key_of};

/// The most that are listed as waiting.
const WAITING_MAX: usize = 100;
/// Who has not asked for so long waits no more: two minutes.
const WAITING_MILLIS: u64 = 2 * 60 * 1000;

/// A vault that runs.
pub struct Vault {
    home: VaultHome,
    /// Held as long as the vault runs; another vault on the same folder stops at it.
    _lock: FileLock,
    server_key: Secret,
    key_place: KeyPlace,
    state: State,
    log_key: LogKey,
    /// The vault key; nothing while it is locked.
    vault_key: Option<Secret>,
    /// When the strict setting takes the vault key away again (UTC, milliseconds).
    open_until: Option<u64>,
    attempts: Attempts,
    waiting: Vec<Waiting>,
    /// The newest checkpoint signed for each log since the start.
    signed: HashMap<LogOrigin, (u64, TreeHash)>,
    journal: Journal,
    chance: OsRandom,
    confinement: Option<Confinement>,
}

/// Why there is no vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is one already.
    #[error("{folder} には、すでに金庫があります。作り直すと、いまある鍵が失われます。")]
    Exists {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// There is none.
    #[error("{folder} に金庫がありません。最初の設定（kura init）をしてください。")]
    Missing {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// Another vault runs on this folder.
    #[error("{folder} の金庫は、すでに動いています。")]
    Runs {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// Others may enter the folder.
    #[error("{folder} に、ほかの利用者が入れます。所有者だけが入れるようにしてください（chmod 700）。")]
    NotPrivate {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// `vault.json` is damaged.
    #[error("{folder} の vault.json が壊れています。控えから戻してください。")]
    Damaged {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// The server key is that of another installation.
    #[error(
        "このサーバー鍵では {folder} の金庫を開けません。別の設置の鍵です。鍵の媒体を取り違えていないか確認してください。"
    )]
    OtherKey {
        /// The folder.
        folder: std::path::PathBuf,
    },
    /// No server key.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// No chance.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// No time.
    #[error(transparent)]
    Clock(#[from] IdError),
    /// The vault's journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The system refused.
    #[error("{folder} を読み書きできません（{reason}）。ディスクの空きと権限を確認してください。")]
    Disk {
        /// The folder.
        folder: std::path::PathBuf,
        /// What it said.
        reason: io::Error,
    },
}

/// The first day of an installation: makes the server key, puts it where it shall lie, and makes the vault's files. The vault opens
/// unattended; gives the public log key for the recovery sheet.
///
/// # Errors
/// [`VaultError`]; a vault or a key that is there is never replaced.
pub fn create(home: &VaultHome, source: &KeySource, now: UnixMillis) -> Result<LogVerifier, VaultError> {
    let disk = |reason| VaultError::Disk { folder: home.folder().to_owned(), reason };
    if home.state().exists() {
        return Err(VaultError::Exists { folder: home.folder().to_owned() });
    }
    for folder in [home.folder(), &home.offices()] {
        files::create_private_folder(folder).map_err(disk)?;
    }
    let mut chance = random::source()?;
    let [server_key, vault_key, log_seed] =
        [random::bytes()?, random::bytes()?, random::bytes()?].map(Secret::from_bytes);
    let verifier = LogKey::from_seed(&Zeroizing::new(*log_seed.expose())).verifier();
    let vault = OfficeId::from_parts(now.get(), random::bytes()?)?;
    let state = State::create(vault, &server_key, &vault_key, &log_seed, verifier.to_string(), &mut chance)
        .map_err(|error| state_error(home, error))?;
    // The key first: a vault whose key was never kept would be lost, a key without a vault opens nothing.
    source.keep(home, &server_key)?;
    state.write(home).map_err(|error| state_error(home, error))?;
    Ok(verifier)
}

impl Vault {
    /// Takes the folder for itself, the server key from its source, and reads what is there. Unattended, it can lease at once.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn open(home: &VaultHome, source: &KeySource) -> Result<Self, VaultError> {
        let lock = take(home)?;
        let (server_key, key_place) = source.load(home)?;
        let state = State::read(home).map_err(|error| state_error(home, error))?;
        let log_key = state.log_seed(&server_key).map_err(|error| state_error(home, error))?;
        let log_key = LogKey::from_seed(&log_key);
        let vault_key = match &state.ask {
            Some(_) => None,
            None => Some(state.vault_key(&server_key, &[]).map_err(|error| state_error(home, error))?),
        };
        let journal_key = server_key_of(&server_key).house_key();
        let (journal, attempts) = Journal::open(home, state.vault, journal_key, &log_key.verifier())?;
        Ok(Self {
            home: home.clone(),
            _lock: lock,
            server_key,
            key_place,
            state,
            log_key,
            vault_key,
            open_until: None,
            attempts,
            waiting: Vec::new(),
            signed: HashMap::new(),
            journal,
            chance: random::source()?,
            confinement: None,
        })
    }

    /// Notes what the process gave up, and where the keys lie from now on.
    ///
    /// # Errors
    /// [`Refusal`]: the fact could not be written.
    pub fn begin(&mut self, confinement: Confinement, now: UnixMillis) -> Result<(), Refusal> {
        self.confinement = Some(confinement);
        self.observe_custody(now.get())
    }

    /// Does what is asked. `secret` came with the request; the second part of the answer is a secret as well.
    pub(crate) fn answer(&mut self, request: &Request, secret: &[u8], now: u64) -> (Reply, Zeroizing<Vec<u8>>) {
        let answered = match (self.lock_when_due(now), request) {
            (Err(refusal), _) => Err(refusal),
            (Ok(()), Request::Lease(lease)) => self.lease(lease, now),
            (Ok(()), other) => self.without_secret(other, secret, now).map(|reply| (reply, Zeroizing::default())),
        };
        answered.unwrap_or_else(|refusal| (Reply::Refused(refusal), Zeroizing::default()))
    }

    fn without_secret(&mut self, request: &Request, secret: &[u8], now: u64) -> Result<Reply, Refusal> {
        match request {
            Request::Lease(_) => Err(Refusal::NotUnderstood),
            Request::Status => self.status(now).map(|status| Reply::Status(Box::new(status))),
            Request::CreateOffice { office, recovery, by } => {
                self.create_office(*office, recovery, by, now).map(Reply::KeyMade)
            }
            Request::Adopt { office, epoch, recovery, by } => {
                self.adopt(*office, *epoch, secret, recovery, by, now).map(Reply::KeyMade)
            }
            Request::Rotate { office, by } => self.rotate(*office, by, now).map(Reply::KeyMade),
            Request::Retire { office, epoch, by } => self.retire(*office, *epoch, by, now).map(Reply::Done),
            Request::Unlock { by } => self.unlock(secret, by, now).map(Reply::Done),
            Request::Lock { by } => self.lock(by, now).map(Reply::Done),
            Request::AskAPerson { by } => self.ask_a_person(secret, by, now).map(Reply::Done),
            Request::Unattended { by } => self.unattended(secret, by, now).map(Reply::Done),
            Request::Sign { checkpoint } => self.sign(checkpoint).map(|note| Reply::Signed { note }),
        }
    }

    fn status(&mut self, now: u64) -> Result<Status, Refusal> {
        self.waiting.retain(|waiting| now.saturating_sub(waiting.asked.get()) <= WAITING_MILLIS);
        let custody = custody::custody(&self.home).map_err(|_| Refusal::Damaged)?;
        let each = self.confinement.iter().flat_map(Confinement::each);
        Ok(Status {
            vault: self.state.vault,
            open: self.vault_key.is_some(),
            asks_a_person: self.state.ask.is_some(),
            open_until: self.open_until.map(UnixMillis::new),
            waiting: self.waiting.clone(),
            offices: count_offices(&self.home)?,
            journal_size: self.journal.size(),
            log_verifier: self.state.log_verifier.clone(),
            confinement: each.map(|(name, reached)| (name.to_owned(), reached.to_string())).collect(),
            custody: custody.last().cloned(),
        })
    }

    /// Signs a checkpoint of an office's log, unless it shrinks or forks what was signed before.
    fn sign(&mut self, checkpoint: &str) -> Result<String, Refusal> {
        let checkpoint: Checkpoint = checkpoint.parse().map_err(|_| Refusal::NotSigned)?;
        let Checkpoint { origin, size, root } = checkpoint;
        // The vault's own log is signed by the vault alone.
        let contradicts =
            self.signed.get(&origin).is_some_and(|(old, known)| size < *old || (size == *old && root != *known));
        if contradicts || origin.office == self.state.vault {
            return Err(Refusal::NotSigned);
        }
        self.signed.insert(origin, (size, root));
        let note: SignedCheckpoint = checkpoint.sign(&self.log_key);
        Ok(note.to_string())
    }

    fn observe_custody(&mut self, now: u64) -> Result<(), Refusal> {
        let whole = |reached: &(&str, Reached)| reached.1 == Reached::Fully;
        let protections = self.confinement.iter().flat_map(Confinement::each).filter(whole).count();
        let fact = CustodyFact {
            since: UnixMillis::new(now),
            server_key: self.key_place,
            asks_a_person: self.state.ask.is_some(),
            system: std::env::consts::OS.to_owned(),
            protections: u8::try_from(protections).unwrap_or(u8::MAX),
        };
        if let Some(hash) = custody::observe(&self.home, &fact).map_err(|_| Refusal::Disk)? {
            let mut draft = EntryDraft::new(self.state.vault, Actor::SYSTEM, Action::Custody, Purpose::Maintenance);
            draft.artefact = Some(hash);
            self.record(&draft, now)?;
        }
        Ok(())
    }

    /// An entry about what somebody asked for.
    fn draft(&self, by: &By, action: Action, purpose: Purpose) -> EntryDraft {
        let mut draft = EntryDraft::new(self.state.vault, by.actor, action, purpose);
        draft.device = by.device;
        draft.request = Some(by.request);
        draft
    }

    fn record(&mut self, draft: &EntryDraft, now: u64) -> Result<JournalLine, Refusal> {
        Ok(self.journal.append(draft, now, &self.log_key, &mut self.chance)?)
    }
}

/// Takes the folder: it has to be private, and nobody else's.
fn take(home: &VaultHome) -> Result<FileLock, VaultError> {
    let folder = || home.folder().to_owned();
    let disk = |reason| VaultError::Disk { folder: folder(), reason };
    if !home.state().is_file() {
        return Err(VaultError::Missing { folder: folder() });
    }
    match files::privacy(home.folder()).map_err(disk)? {
        Privacy::OwnerOnly | Privacy::NotChecked => {}
        Privacy::Others { .. } | Privacy::AnotherOwner => return Err(VaultError::NotPrivate { folder: folder() }),
    }
    FileLock::take(&home.lock()).map_err(disk)?.ok_or_else(|| VaultError::Runs { folder: folder() })
}

fn state_error(home: &VaultHome, error: StateError) -> VaultError {
    let folder = home.folder().to_owned();
    match error {
        StateError::Disk(reason) => VaultError::Disk { folder, reason },
        StateError::Damaged => VaultError::Damaged { folder },
        StateError::OtherKey => VaultError::OtherKey { folder },
    }
}

impl From<NotWritten> for Refusal {
    fn from(NotWritten: NotWritten) -> Self {
        Self::JournalFailed
    }
}

impl From<DataKeyError> for Refusal {
    fn from(error: DataKeyError) -> Self {
        match error {
            DataKeyError::Disk => Self::Disk,
            DataKeyError::Damaged => Self::Damaged,
            DataKeyError::NoPublicKey => Self::NoPublicKey,
        }
    }
}
