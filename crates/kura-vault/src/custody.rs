//! Custody of the keys (鍵の保管状況) over time: where the server key lay, how the vault opened, since when. What a report of an incident
//! has to say about "was the key safe" is read off here, years later, without a key.

use std::fmt;
use std::io;

use kura_journal::{ContentHash, UnixMillis};
use kura_platform::files;
use serde::{Deserialize, Serialize};

use crate::home::VaultHome;
use crate::key_source::KeyPlace;

/// Ten thousand changes.
const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// From `since` on it was so, until the next fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodyFact {
    /// UTC.
    pub since: UnixMillis,
    /// Where the server key lies.
    pub server_key: KeyPlace,
    /// The strict setting.
    pub asks_a_person: bool,
    /// The operating system, as Rust names it (`linux`, `windows`).
    pub system: String,
    /// The protections of the process that hold wholly, of the four of `kura_platform::confine`.
    pub protections: u8,
}

/// What somebody can open who steals this machine, or its disk (盗難時に開かれるもの).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theft {
    /// Whoever has a copy of the data has the key.
    CopyOpens,
    /// Whoever has the disk has the key.
    DiskOpens,
    /// The disk alone opens nothing; with the medium of the key it opens everything.
    DiskAndMediumOpen,
    /// The disk alone opens nothing; who can sign in to the system as its user opens everything.
    SignInOpens,
    /// A passphrase is needed besides: as strong as it is.
    PassphraseNeeded,
}

/// All facts, the oldest first.
///
/// # Errors
/// What the system says; `InvalidData` where a line is damaged.
pub fn custody(home: &VaultHome) -> io::Result<Vec<CustodyFact>> {
    facts(&bytes(home)?)
}

impl CustodyFact {
    /// What a theft would open while this fact holds.
    #[must_use]
    pub const fn theft(&self) -> Theft {
        if self.asks_a_person {
            return Theft::PassphraseNeeded;
        }
        match self.server_key {
            KeyPlace::SystemStore => Theft::SignInOpens,
            KeyPlace::OtherFileSystem => Theft::DiskAndMediumOpen,
            KeyPlace::SameFileSystem => Theft::DiskOpens,
            KeyPlace::InsideHome => Theft::CopyOpens,
        }
    }

    fn same_but_for_time(&self, other: &Self) -> bool {
        Self { since: other.since, ..self.clone() } == *other
    }
}

/// Appends the fact if it says something new. The hash of its line is for the vault's journal.
pub(crate) fn observe(home: &VaultHome, fact: &CustodyFact) -> io::Result<Option<ContentHash>> {
    let mut bytes = bytes(home)?;
    if facts(&bytes)?.last().is_some_and(|last| last.same_but_for_time(fact)) {
        return Ok(None);
    }
    let line = serde_json::to_vec(fact)?;
    bytes.extend_from_slice(&line);
    bytes.push(b'\n');
    files::replace_private(&home.custody(), &bytes)?;
    Ok(Some(ContentHash::of(&line)))
}

fn facts(bytes: &[u8]) -> io::Result<Vec<CustodyFact>> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(io::Error::from)).collect()
}

fn bytes(home: &VaultHome) -> io::Result<Vec<u8>> {
    match files::read_limited(&home.custody(), FILE_BYTES_MAX) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

impl fmt::Display for Theft {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::CopyOpens => "データのフォルダーの写しだけで、すべての事務所のデータが開かれます。鍵ファイルを別の媒体に移してください。",
            Self::DiskOpens => "このコンピューターかそのディスクを盗まれると、すべての事務所のデータが開かれます。鍵ファイルを別の媒体に移してください。",
            Self::DiskAndMediumOpen => "ディスクだけを盗まれても何も開かれません。鍵の媒体も一緒に盗まれると、すべての事務所のデータが開かれます。",
            Self::SignInOpens => "ディスクだけを盗まれても何も開かれません。このシステムの利用者としてサインインできる人は、すべての事務所のデータを開けます。",
            Self::PassphraseNeeded => "盗まれても、パスフレーズを知らない人には開けません。守りの強さはパスフレーズの強さまでです。動作中の盗難では、貸出し中の鍵が残ります。",
        })
    }
}
