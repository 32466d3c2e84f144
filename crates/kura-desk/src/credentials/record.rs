//! A user's credential as a record: it has the bytes of the user's id.

use kura_id::{RecordId, UserId};
use kura_journal::ContentHash;
use kura_store::{Entropy, Keys, RecordName, Values};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::one_time::CodeSecret;
use super::password::Stretched;
use crate::error::DeskError;
use crate::kinds::{self, CREDENTIAL};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::shelf::find_all;

/// The body.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credential {
    #[serde(with = "crate::text")]
    pub(super) user: UserId,
    pub(super) slip: Option<Slip>,
    pub(super) enrolled: Option<Enrolled>,
}

/// A slip that was not used yet.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slip {
    #[serde(with = "crate::text")]
    pub(super) code: ContentHash,
    pub(super) until: u64,
}

/// What was chosen with a slip.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Enrolled {
    pub(super) password: Stretched,
    pub(super) secret: CodeSecret,
    /// The thirty seconds of the last code that was taken: this code and earlier ones work no more.
    pub(super) last_step: u64,
}

/// A credential with the version it was read with; 0 where there is none yet.
pub(super) struct Known {
    pub(super) body: Credential,
    version: u64,
}

impl Known {
    pub(super) const fn none(user: UserId) -> Self {
        Self { body: Credential { user, slip: None, enrolled: None }, version: 0 }
    }

    pub(super) fn put(&self, work: &mut Work<'_>, room: &Room) -> Result<(), DeskError> {
        let unit = room.own_unit()?;
        let name = RecordName { kind: CREDENTIAL, id: RecordId::from_bytes(self.body.user.bytes())? };
        let keys = Keys::new([kinds::of_client(None, unit)])?;
        let body = serde_json::to_vec(&self.body).map_err(|_| DeskError::Shape { name })?;
        work.put(Draft { name, unit, expected: self.version, body, keys });
        Ok(())
    }
}

impl Room {
    pub(super) fn credentials(&self) -> Result<Vec<Known>, DeskError> {
        let reads = self.office.snapshot()?;
        let values = Values::exactly(&kinds::of_client(None, self.own_unit()?).value);
        let mut all = Vec::new();
        for hit in find_all(reads.as_ref(), CREDENTIAL, values)? {
            if let Some(record) = reads.get(RecordName { kind: CREDENTIAL, id: hit.id })? {
                all.push(Known { body: self.unseal_json(reads.as_ref(), &record)?, version: record.version });
            }
        }
        Ok(all)
    }
}

/// Letters and digits that nobody mistakes for one another, 32 of them.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Eighty bits of chance in four groups of four.
pub(super) fn slip_code(entropy: &dyn Entropy) -> Result<Zeroizing<String>, DeskError> {
    let mut chance = Zeroizing::new([0_u8; 16]);
    entropy.fill(chance.as_mut_slice())?;
    let mut code = Zeroizing::new(String::with_capacity(19));
    for (at, byte) in chance.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'2');
        code.push(char::from(letter));
    }
    Ok(code)
}

/// The hash of a code as it was typed: without what people put between the letters, and in capitals.
pub(super) fn slip_hash(typed: &str) -> ContentHash {
    let letters: Zeroizing<String> = Zeroizing::new(
        typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect(),
    );
    ContentHash::of(letters.as_bytes())
}
