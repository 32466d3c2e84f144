//! 組合せ: the secret that an office's machine and the one that receives its archive share, in a file of one's own on each side.

use std::fmt;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use kura_id::OfficeId;
use kura_platform::files;
use sha2::Sha256;
use zeroize::Zeroizing;

const FIRST_LINE: &str = "kura-pairing 1";
const FILE_BYTES_MAX: u64 = 4_096;

/// A pairing: for one office, and for nothing but adding to its archive.
pub struct Pairing {
    office: OfficeId,
    secret: Zeroizing<[u8; 32]>,
}

/// A file that is no pairing.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The file.
    #[error("組合せのファイル {path} を読み書きできません（{reason}）。")]
    Disk {
        /// Where.
        path: String,
        /// What the system said.
        reason: std::io::Error,
    },
    /// Something else.
    #[error("{path} は組合せのファイルではありません。kura archive pair で作り直してください。")]
    Form {
        /// Where.
        path: String,
    },
}

impl Pairing {
    /// A pairing for an office, of 32 bytes of chance.
    #[must_use]
    pub const fn new(office: OfficeId, secret: Zeroizing<[u8; 32]>) -> Self {
        Self { office, secret }
    }

    /// Whose archive.
    #[must_use]
    pub const fn office(&self) -> OfficeId {
        self.office
    }

    /// Reads the file of one side.
    ///
    /// # Errors
    /// [`PairingError`].
    pub fn read(path: &Path) -> Result<Self, PairingError> {
        let place = path.display().to_string();
        let bytes = files::read_limited(path, FILE_BYTES_MAX)
            .map_err(|reason| PairingError::Disk { path: place.clone(), reason })?;
        let bytes = Zeroizing::new(bytes);
        Self::from_text(&bytes).ok_or(PairingError::Form { path: place })
    }

    /// Writes the file, for its owner alone; never over another.
    ///
    /// # Errors
    /// [`PairingError`].
    pub fn write_new(&self, path: &Path) -> Result<(), PairingError> {
        let disk = |reason| PairingError::Disk { path: path.display().to_string(), reason };
        let mut text = Zeroizing::new(format!("{FIRST_LINE}\n{}\n", self.office));
        for byte in self.secret.iter() {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push('\n');
        let mut file = files::create_private(path).map_err(disk)?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(disk)?;
        file.sync_all().map_err(disk)
    }

    fn from_text(bytes: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(bytes).ok()?.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let office = lines.next()?.parse().ok()?;
        let mut secret = Zeroizing::new([0; 32]);
        let digits = lines.next()?.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        for (to, pair) in secret.iter_mut().zip(digits.chunks(2)) {
            *to = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self { office, secret })
    }

    /// HMAC-SHA-256 under the secret, over a label and what follows it.
    pub(super) fn mac(&self, label: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        tagged(self.secret.as_slice(), label, parts)
    }
}

/// HMAC-SHA-256 over a label and what follows it.
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
pub(super) fn tagged(key: &[u8], label: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(label.as_bytes());
    for part in parts {
        mac.update(part);
    }
    mac
}

impl fmt::Debug for Pairing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Pairing({})", self.office)
    }
}
