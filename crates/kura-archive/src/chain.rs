//! The manifests of an office, from the first to the one that is wanted, each proven by the name the next one gives it.

use kura_id::{OfficeId, UnitId};
use kura_journal::{LogVerifier, SignedCheckpoint};
use kura_seal::PublicKey;
use kura_store::Wrap;

use crate::contents;
use crate::error::ArchiveError;
use crate::manifest::{Manifest, ManifestError};
use crate::object::ObjectName;
use crate::prove::rows_of;
use crate::target::Source;

/// An unbroken chain of manifests, the oldest first.
#[derive(Debug, Clone)]
pub struct Chain {
    links: Vec<Link>,
    newest: Manifest,
    log_key: LogVerifier,
    recovery_key: PublicKey,
}

/// A manifest with what its texts say.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) manifest: Manifest,
    pub(crate) signed: SignedCheckpoint,
}

impl Chain {
    /// Reads the chain that ends with manifest `upto`, or with the newest one. That an older one was wanted is the caller's to know:
    /// everything behind it is given up.
    ///
    /// # Errors
    /// [`ArchiveError`]: the first thing that does not fit, by name.
    pub fn read(source: &dyn Source, office: OfficeId, upto: Option<u64>) -> Result<Self, ArchiveError> {
        let names = source.manifests(office)?;
        let number = upto.or(names.last().map(|name| name.first)).ok_or(ArchiveError::NoArchive { office })?;
        let mut candidates = names.into_iter().filter(|name| name.first == number);
        let last = candidates.next().ok_or(ArchiveError::NoManifest { number })?;
        if candidates.next().is_some() {
            return Err(ArchiveError::Forked { number });
        }
        let newest = manifest(source, &last)?;
        let log_key = log_key(&last, &newest)?;
        let recovery_key = recovery_key(&last, &newest)?;
        let mut links = vec![link(&last, newest.clone(), &log_key)?];
        let mut previous = newest.previous;
        while let Some(name) = previous {
            let manifest = manifest(source, &name)?;
            previous = manifest.previous;
            links.push(link(&name, manifest, &log_key)?);
        }
        links.reverse();
        Ok(Self { links, newest, log_key, recovery_key })
    }

    /// The last manifest.
    #[must_use]
    pub const fn newest(&self) -> &Manifest {
        &self.newest
    }

    /// The public log key that signed all checkpoints of the chain.
    #[must_use]
    pub const fn log_key(&self) -> &LogVerifier {
        &self.log_key
    }

    /// The public half of the recovery key on the office's sheet.
    #[must_use]
    pub const fn recovery_key(&self) -> &PublicKey {
        &self.recovery_key
    }

    /// The last signed checkpoint.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&SignedCheckpoint> {
        self.links.last().map(|link| &link.signed)
    }

    /// What a unit has in the newest keyring; nothing where it stands in none.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn wrap(&self, source: &dyn Source, unit: UnitId) -> Result<Option<Wrap>, ArchiveError> {
        let rows = rows_of(source, &self.newest.keyring, contents::wraps)?;
        Ok(rows.into_iter().find(|(of, _)| *of == unit).map(|(_, wrap)| wrap))
    }

    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }
}

fn link(name: &ObjectName, manifest: Manifest, log_key: &LogVerifier) -> Result<Link, ArchiveError> {
    let signed = SignedCheckpoint::open(manifest.checkpoint.as_bytes(), log_key)
        .map_err(|error| ArchiveError::Checkpoint { name: *name, error })?;
    let checkpoint = signed.checkpoint();
    if (checkpoint.origin.office, checkpoint.size) != (manifest.office, manifest.entries) {
        return Err(ArchiveError::Manifest { name: *name, error: ManifestError::Contradiction });
    }
    Ok(Link { manifest, signed })
}

/// Whether the log key that a manifest names signed its checkpoint.
pub(crate) fn is_signed(name: &ObjectName, manifest: &Manifest) -> Result<(), ArchiveError> {
    link(name, manifest.clone(), &log_key(name, manifest)?).map(drop)
}

fn log_key(name: &ObjectName, manifest: &Manifest) -> Result<LogVerifier, ArchiveError> {
    let error = ArchiveError::Manifest { name: *name, error: ManifestError::Contradiction };
    manifest.log_key.parse().map_err(|_| error)
}

fn manifest(source: &dyn Source, name: &ObjectName) -> Result<Manifest, ArchiveError> {
    let bytes = object(source, name)?;
    Manifest::read(name, &bytes).map_err(|error| ArchiveError::Manifest { name: *name, error })
}

fn recovery_key(name: &ObjectName, manifest: &Manifest) -> Result<PublicKey, ArchiveError> {
    let bytes = manifest.recovery_key.as_slice().try_into().ok();
    bytes
        .and_then(|bytes| PublicKey::from_bytes(bytes).ok())
        .ok_or(ArchiveError::Manifest { name: *name, error: ManifestError::Contradiction })
}

/// The bytes of an object, which are those its name says, or an error that tells what stands there.
pub(crate) fn object(source: &dyn Source, name: &ObjectName) -> Result<Vec<u8>, ArchiveError> {
    let bytes = source.get(name)?;
    if name.is_of(&bytes) {
        return Ok(bytes);
    }
    match contents::office_of(name.class, &bytes) {
        Some(other) if other != name.office => Err(ArchiveError::OtherOffice { name: *name }),
        _ => Err(ArchiveError::Damaged { name: *name }),
    }
}
