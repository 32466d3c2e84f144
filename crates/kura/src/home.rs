//! An installation on this machine (`--dir`): its folders, its settings, and the way to an open office.

mod settings;
mod system;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kura_desk::{Desk, Lease, Room, Scope};
use kura_id::RequestId;
use kura_journal::{Actor, LogVerifier, Purpose};
use kura_store::{Clock, Entropy, Store};
use kura_store_sqlite::{Options, SqliteStore};
use kura_vault::{By, Client, ClientError, LeaseRequest, ServeOptions, VaultHome, VaultProcess};

pub(crate) use settings::{KeySetting, Settings};
pub(crate) use system::{SystemClock, SystemEntropy, now_and_chance, os_user};

use crate::journal;
use crate::stop::Stop;

/// The folders of an installation.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    dir: PathBuf,
}

/// An office that is open, with somebody signed in. The vault it started ends with it.
pub(crate) struct OpenOffice {
    pub(crate) room: Room,
    pub(crate) scope: Scope,
    pub(crate) keys: Keys,
}

/// The vault of an open office: what lends its key and signs its journal.
pub(crate) struct Keys {
    pub(crate) home: Home,
    pub(crate) settings: Settings,
    pub(crate) vault: Client,
    /// The keyring is on its way from one data key to the next.
    pub(crate) between_data_keys: bool,
    pub(crate) _started: Option<VaultProcess>,
}

impl OpenOffice {
    /// Has the vault sign where the journal stands now, and keeps that in the office and beside it: what comes after is measured by it.
    pub(crate) fn witness(&self) -> Result<(), Stop> {
        self.keys.witness(&self.room)
    }

    /// Has the vault make the data key of the next epoch, and takes it beside the present one.
    pub(crate) fn take_next_data_key(&self) -> Result<(), Stop> {
        self.keys.vault.rotate(self.keys.settings.office, by()?).map_err(told)?;
        Ok(self.room.renew(self.keys.lease(Purpose::Maintenance)?)?)
    }

    /// The public half of the log key.
    pub(crate) fn verifier(&self) -> Result<LogVerifier, Stop> {
        self.keys.verifier()
    }
}

impl Keys {
    /// Another lease of the newest data key.
    pub(crate) fn lease(&self, purpose: Purpose) -> Result<Lease, Stop> {
        lease(&self.vault, &self.settings, purpose)
    }

    /// Has the vault sign where the journal of the room stands now, and keeps that in the office and beside it.
    pub(crate) fn witness(&self, room: &Room) -> Result<(), Stop> {
        if let Some(checkpoint) = room.checkpoint_due()? {
            let signed = self.vault.sign(&checkpoint, &self.verifier()?).map_err(told)?;
            room.keep_checkpoint(&signed)?;
            journal::keep(&self.home, &signed)?;
        }
        Ok(())
    }

    /// The public half of the log key.
    fn verifier(&self) -> Result<LogVerifier, Stop> {
        journal::verifier(&self.vault.status().map_err(told)?.log_verifier)
    }
}

impl Home {
    pub(crate) fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn settings_file(&self) -> PathBuf {
        self.dir.join("kura.toml")
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.dir.join("store")
    }

    /// The newest signed checkpoint of an office's journal, kept beside its store.
    pub(crate) fn checkpoint(&self, office: kura_id::OfficeId) -> PathBuf {
        self.checkpoints().join(format!("{office}.note"))
    }

    pub(crate) fn checkpoints(&self) -> PathBuf {
        self.dir.join("checkpoints")
    }

    /// Where outputs go that people take away.
    pub(crate) fn out(&self) -> PathBuf {
        self.dir.join("out")
    }

    /// How far each target has what is here.
    pub(crate) fn archive(&self) -> PathBuf {
        self.dir.join("archive")
    }

    pub(crate) fn vault(&self) -> VaultHome {
        VaultHome::in_dir(&self.dir)
    }

    pub(crate) fn settings(&self) -> Result<Settings, Stop> {
        Settings::read(&self.settings_file())
    }

    /// The vault of this home; one that does not run is started, and ends with what it was started for.
    pub(crate) fn vault_client(&self, settings: &Settings) -> Result<(Client, Option<VaultProcess>), Stop> {
        let client = Client::at(&self.vault());
        match client.status() {
            Ok(_) => return Ok((client, None)),
            Err(ClientError::NotRunning) => {}
            Err(error) => return Err(told(error)),
        }
        let program = std::env::current_exe()?;
        let options = ServeOptions { home: self.vault(), source: settings.key.source(), with_parent: true };
        let started = VaultProcess::start(&program, &["vault"], &options)
            .map_err(|error| Stop::named(error, "kura doctor で鍵の場所を確かめてください。"))?;
        Ok((client, Some(started)))
    }

    /// The desk over the store of this home.
    pub(crate) fn desk(&self) -> Result<(Desk, Arc<dyn Store>), Stop> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let store = SqliteStore::new(&self.store(), Options::default(), Arc::clone(&clock), Arc::clone(&entropy));
        let store: Arc<dyn Store> = Arc::new(store.map_err(|fault| Stop::named(fault, ""))?);
        Ok((Desk::new(Arc::clone(&store), clock, entropy), store))
    }

    /// Opens the office with a lease of its key, for the user of the operating system who runs this.
    pub(crate) fn open(&self, purpose: Purpose) -> Result<OpenOffice, Stop> {
        let settings = self.settings()?;
        let (vault, started) = self.vault_client(&settings)?;
        let (desk, _) = self.desk()?;
        let newest = lease(&vault, &settings, purpose)?;
        let epoch = desk.key_epoch(settings.office)?;
        let between_data_keys = epoch < newest.key.epoch();
        let former = || {
            let newest = LeaseRequest::newest(settings.office, purpose, by()?);
            lease_of(&vault, LeaseRequest { epoch: Some(epoch.get()), ..newest })
        };
        let former = between_data_keys.then(former).transpose()?;
        let room = desk.open_with(settings.office, [newest].into_iter().chain(former).collect())?;
        let scope = room.sign_in(&os_user()?)?;
        let keys = Keys { home: self.clone(), settings, vault, between_data_keys, _started: started };
        Ok(OpenOffice { room, scope, keys })
    }
}

/// A lease of the office's newest data key.
pub(crate) fn lease(vault: &Client, settings: &Settings, purpose: Purpose) -> Result<Lease, Stop> {
    lease_of(vault, LeaseRequest::newest(settings.office, purpose, by()?))
}

/// A lease of the data key that is asked for.
pub(crate) fn lease_of(vault: &Client, request: LeaseRequest) -> Result<Lease, Stop> {
    let kura_vault::Lease { key, until, entry, .. } = vault.lease(&request).map_err(told)?;
    Ok(Lease { key, until, entry })
}

/// The program itself, under a request of its own: it acts for a user whom only the office can name.
pub(crate) fn by() -> Result<By, Stop> {
    let (millis, chance) = system::now_and_chance()?;
    let request = RequestId::from_parts(millis, chance).map_err(|error| Stop::named(error, ""))?;
    Ok(By { actor: Actor::SYSTEM, device: None, request })
}

pub(crate) fn told(error: ClientError) -> Stop {
    Stop::named(error, "")
}
