//! An installation in a folder of its own, and its vault as a process.

use std::path::{Path, PathBuf};

use kura_id::{OfficeId, RequestId};
use kura_journal::{Actor, LogVerifier, Purpose, UnixMillis};
use kura_platform::key_file::Medium;
use kura_platform::{clock, files, random};
use kura_seal::RecoveryKey;
use kura_vault::{By, Client, KeySource, LeaseRequest, ServeOptions, VaultHome, VaultProcess};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_kura-vault");

/// An installation in a folder of its own, its key beside it.
pub(crate) struct House {
    _folder: tempfile::TempDir,
    pub(crate) home: VaultHome,
    pub(crate) key: PathBuf,
    pub(crate) verifier: LogVerifier,
}

impl House {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("home");
        files::create_private_folder(&dir).unwrap();
        let home = VaultHome::in_dir(&dir);
        let key = folder.path().join("server.key");
        let source = KeySource::File { path: key.clone(), worst_allowed: Medium::SameFileSystem };
        let verifier = kura_vault::create(&home, &source, UnixMillis::new(clock::unix_millis().unwrap())).unwrap();
        Self { _folder: folder, home, key, verifier }
    }

    pub(crate) fn options(&self) -> ServeOptions {
        let source = KeySource::File { path: self.key.clone(), worst_allowed: Medium::SameFileSystem };
        ServeOptions { home: self.home.clone(), source, with_parent: true }
    }

    pub(crate) fn start(&self) -> VaultProcess {
        VaultProcess::start(Path::new(PROGRAM), &[], &self.options()).unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        Client::at(&self.home)
    }

    /// An office with its first key.
    pub(crate) fn office(&self) -> (OfficeId, RecoveryKey) {
        let recovery = RecoveryKey::generate(&mut random::source().unwrap());
        let office = OfficeId::from_parts(clock::unix_millis().unwrap(), random::bytes().unwrap()).unwrap();
        self.client().create_office(office, &recovery.public_key(), by()).unwrap();
        (office, recovery)
    }
}

pub(crate) fn by() -> By {
    let request = RequestId::from_parts(clock::unix_millis().unwrap(), random::bytes().unwrap()).unwrap();
    By { actor: Actor::SYSTEM, device: None, request }
}

pub(crate) fn payroll(office: OfficeId) -> LeaseRequest {
    LeaseRequest::newest(office, Purpose::Payroll, by())
}
