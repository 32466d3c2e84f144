//! An invented office in memory, the keys it is lent, and a folder to ship to.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use kura_archive::{
    ArchiveError, Chain, Cursor, DataKeyOnPaper, Demand, Folder, Given, Proven, Restored, ShipError, Shipped, Source,
    prove, restore, ship,
};
use kura_id::UnitId;
use kura_journal::{Action, Checkpoint, Entry, EntryDraft, LogKey, SignedCheckpoint, UnixMillis};
use kura_seal::{PublicKey, RecoveryKey};
use kura_store::contract::Lent;
use kura_store::contract::world::{SEALED, draft, office, request, told, unit};
use kura_store::{Beginning, Change, Commit, KeyringChange, Limit, MemoryStore, Office, Store, StoredChange};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;
use zeroize::Zeroizing;

pub(crate) const DAY: u64 = 86_400_000;

/// An office, and where it ships to.
pub(crate) struct World {
    pub(crate) lent: Lent,
    pub(crate) office: Arc<dyn Office>,
    pub(crate) folder: TempDir,
    requests: std::cell::Cell<u64>,
}

pub(crate) fn log_key() -> LogKey {
    LogKey::from_seed(&Zeroizing::new([3; 32]))
}

pub(crate) fn recovery() -> PublicKey {
    RecoveryKey::generate(&mut ChaCha20Rng::from_seed([5; 32])).public_key()
}

/// The contract's seal only marks.
pub(crate) fn opens(_seq: u64, sealed: &[u8]) -> Option<Entry> {
    Entry::decode(sealed.strip_prefix(SEALED)?).ok()
}

impl World {
    pub(crate) fn new(number: u64) -> Self {
        let lent = Lent::new(number);
        let store = MemoryStore::new(lent.clock(), lent.entropy());
        store.create_office(office(number), Beginning::Empty).unwrap();
        let office = store.open_office(office(number), lent.seal()).unwrap();
        Self { lent, office, folder: TempDir::new().unwrap(), requests: std::cell::Cell::new(0) }
    }

    pub(crate) fn target(&self) -> Folder {
        Folder::at(&self.folder.path().join("target"))
    }

    pub(crate) fn cursor_file(&self) -> PathBuf {
        self.folder.path().join("cursor.json")
    }

    /// Commits changes, and gives their units keys.
    pub(crate) fn commit(&self, changes: Vec<Change>) {
        let mut entry = draft(self.office.id());
        entry.records = told(&changes);
        let mut keyring = Vec::new();
        for change in &changes {
            if self.office.wrap(change.unit).unwrap().is_none() {
                keyring.push(KeyringChange::Wrap { unit: change.unit, wrapped: b"wrapped".to_vec() });
            }
        }
        self.write(changes, keyring, entry);
    }

    /// Forgets a unit; its records stay, as in a copy from before.
    pub(crate) fn erase(&self, number: u64) {
        let mut entry = EntryDraft { action: Action::DestroyKey, ..draft(self.office.id()) };
        entry.subjects = vec![unit(number)];
        self.write(Vec::new(), vec![KeyringChange::Destroy { unit: unit(number) }], entry);
    }

    fn write(&self, changes: Vec<Change>, keyring: Vec<KeyringChange>, entry: EntryDraft) {
        let number = self.requests.get() + 1;
        self.requests.set(number);
        let request = request(number);
        let entry = EntryDraft { request: Some(request), ..entry };
        self.office.commit(Commit { request, changes, keyring, entries: entry.split() }).unwrap();
    }

    pub(crate) fn pass(&self, millis: u64) {
        self.lent.now.fetch_add(millis, std::sync::atomic::Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> UnixMillis {
        UnixMillis::new(self.lent.now.load(std::sync::atomic::Ordering::SeqCst))
    }

    pub(crate) fn ship(&self) -> Result<Shipped, ShipError> {
        self.ship_to(&self.target())
    }

    pub(crate) fn ship_to(&self, target: &dyn kura_archive::Target) -> Result<Shipped, ShipError> {
        let mut cursor = Cursor::open(&self.cursor_file(), "a stick")?;
        let given = Given {
            now: self.now(),
            sign: &|checkpoint: &Checkpoint| -> Option<SignedCheckpoint> { Some(checkpoint.sign(&log_key())) },
            log_key: log_key().verifier(),
            recovery_key: recovery(),
            data_keys: vec![DataKeyOnPaper { epoch: 1, wrapped: b"for the sheet".to_vec() }],
        };
        ship(&*self.office, target, &mut cursor, &given)
    }

    pub(crate) fn prove(&self, demand: &Demand<'_>) -> Result<Proven, ArchiveError> {
        let target = self.target();
        prove(&target, &Chain::read(&target, self.office.id(), None)?, demand)
    }

    /// Proves everything, with the key.
    pub(crate) fn proven(&self) -> Result<Proven, ArchiveError> {
        self.prove(&Demand { open: Some(&opens), ..Demand::default() })
    }

    /// Proves, restores, and gives the new office.
    pub(crate) fn restored(&self, demand: &Demand<'_>) -> Result<(Arc<dyn Office>, Restored), ArchiveError> {
        let proven = self.prove(demand)?;
        restored_from(&self.target(), &proven, &self.office.id(), &self.lent)
    }
}

pub(crate) fn restored_from(
    source: &dyn Source,
    proven: &Proven,
    id: &kura_id::OfficeId,
    lent: &Lent,
) -> Result<(Arc<dyn Office>, Restored), ArchiveError> {
    let store = MemoryStore::new(lent.clock(), lent.entropy());
    store.create_office(*id, Beginning::Restored).unwrap();
    let to = store.open_office(*id, lent.seal()).unwrap();
    let restored = restore(source, proven, &*to)?;
    Ok((to, restored))
}

/// A change of a unit of its own.
pub(crate) fn of_unit(number: u64, change: Change) -> Change {
    Change { unit: unit(number), ..change }
}

pub(crate) fn present(of: &dyn Office) -> Vec<StoredChange> {
    of.present_from(None, Limit::MAX).unwrap()
}

pub(crate) fn wraps(of: &dyn Office) -> Vec<(UnitId, kura_store::Wrap)> {
    of.wraps(None, Limit::MAX).unwrap()
}

/// All files below the target.
pub(crate) fn files(world: &World) -> Vec<PathBuf> {
    let mut open = vec![world.folder.path().join("target")];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
