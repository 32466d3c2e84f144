use std::fmt;
use std::str::FromStr;

use kura_id::OfficeId;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::holder::PublicKey;
use crate::recovery::{RecoveryKey, Words};

/// What a QR code on a recovery sheet begins with. The number is that of the form.
const QR_BEGINNING: &str = "KURA-RECOVERY-1";

/// Everything that a recovery sheet (復旧シート) says. Printing it is somebody else's work; nobody may write it to a disk.
pub struct RecoverySheet {
    /// The office whose key it is.
    pub office: OfficeId,
    /// The 24 words.
    pub words: Words,
    /// The same key for a camera; letters that a QR code packs tightly (alphanumeric mode).
    pub qr: Zeroizing<String>,
    /// To be compared with what the office's archives say they are made for.
    pub recovery_key: Fingerprint,
    /// The public log key (ログの検証鍵) as kura-journal spells it: whoever can exchange the journal cannot exchange this paper.
    pub log_key: String,
    /// The same for the eye.
    pub log_key_fingerprint: String,
}
crate::key::silent!(RecoverySheet);

/// Why a scanned text is no recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Something else than the code of a recovery sheet.
    #[error("Kuraの復旧シートのQRコードではありません。シートのQRコードを読み取るか、24語を入力してください。")]
    NotASheet,
    /// A form this program does not know.
    #[error("新しい版の復旧シートです。Kuraを更新するか、24語を入力してください。")]
    Newer,
    /// Cut or changed.
    #[error("QRコードの読み取りが途中で切れたか、誤っています。読み取り直すか、24語を入力してください。")]
    Damaged,
}

impl RecoverySheet {
    /// The sheet of this key, with the public log key and its fingerprint as kura-journal spells them.
    #[must_use]
    pub fn new(office: OfficeId, key: &RecoveryKey, log_key: String, log_key_fingerprint: String) -> Self {
        Self {
            office,
            words: key.words(),
            qr: qr(office, key),
            recovery_key: key.public_key().fingerprint(),
            log_key,
            log_key_fingerprint,
        }
    }

    /// The office and the key of a scanned QR code. Small letters and surrounding space are forgiven.
    ///
    /// # Errors
    /// [`SheetError`]: what to do instead.
    pub fn read_qr(scanned: &str) -> Result<(OfficeId, RecoveryKey), SheetError> {
        let scanned = Zeroizing::new(scanned.trim().to_ascii_uppercase());
        let fields: Vec<&str> = scanned.split('/').collect();
        match fields.first() {
            Some(&QR_BEGINNING) => {}
            Some(other) if other.starts_with("KURA-RECOVERY-") => return Err(SheetError::Newer),
            _ => return Err(SheetError::NotASheet),
        }
        let [_, office, seed, sum] = fields.as_slice() else { return Err(SheetError::Damaged) };
        let office = OfficeId::from_str(&office.to_ascii_lowercase()).map_err(|_| SheetError::Damaged)?;
        let key = RecoveryKey::from_seed(&*unhex(seed).ok_or(SheetError::Damaged)?);
        if qr_sum(office, &key) == *sum { Ok((office, key)) } else { Err(SheetError::Damaged) }
    }
}

/// A public key for the eye (指紋): the first half of the SHA-256 of its bytes, eight groups of four hexadecimal digits that two people
/// can compare over the telephone. Another key with the same half cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl PublicKey {
    /// The fingerprint of this key.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(Sha256::digest(self.bytes())) {
            *to = from;
        }
        Fingerprint(half)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if at > 0 && at % 2 == 0 {
                out.write_str(" ")?;
            }
            write!(out, "{byte:02x}")?;
        }
        Ok(())
    }
}

fn qr(office: OfficeId, key: &RecoveryKey) -> Zeroizing<String> {
    let (office_text, sum) = (office.to_string().to_ascii_uppercase(), qr_sum(office, key));
    let seed = hex(key.seed());
    let parts = [QR_BEGINNING, "/", &office_text, "/", &seed, "/", &sum];
    let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Four bytes of SHA-256 over office and seed: a code misread passes once in four thousand million.
fn qr_sum(office: OfficeId, key: &RecoveryKey) -> String {
    let hash =
        Sha256::new().chain_update(QR_BEGINNING).chain_update(office.bytes()).chain_update(key.seed()).finalize();
    hash.iter().take(4).map(|byte| format!("{byte:02X}")).collect()
}

fn hex(bytes: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(64));
    for nibble in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        text.extend(char::from_digit(u32::from(nibble), 16).map(|digit| digit.to_ascii_uppercase()));
    }
    text
}

fn unhex(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() != 64 {
        return None;
    }
    for (digit, place) in text.chars().zip(0..) {
        let digit = u8::try_from(digit.to_digit(16)?).ok()?;
        let byte: &mut u8 = bytes.get_mut(place / 2)?;
        *byte = *byte << 4 | digit;
    }
    Some(bytes)
}
