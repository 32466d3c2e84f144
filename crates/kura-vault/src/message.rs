//! What is asked of the vault and what it answers. Closed types: an unknown field is an error. No secret stands here (`frame`).

use kura_id::{DeviceId, OfficeId, RequestId};
use kura_journal::{Actor, LeafHash, Purpose, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::custody::CustodyFact;
use crate::text;

/// Who asks. It goes into the vault's journal and, by the application, into the office's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// Who acts; [`Actor::SYSTEM`] for a job.
    pub actor: Actor,
    /// From which device.
    #[serde(with = "text::option", default)]
    pub device: Option<DeviceId>,
    /// The request. Making and rotating a key again under the same request gives the first answer.
    #[serde(with = "text")]
    pub request: RequestId,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Request {
    Status,
    CreateOffice {
        #[serde(with = "text")]
        office: OfficeId,
        /// The public half of the recovery key.
        #[serde(with = "text::base64")]
        recovery: Vec<u8>,
        by: By,
    },
    /// The secret is the data key.
    Adopt {
        #[serde(with = "text")]
        office: OfficeId,
        epoch: u32,
        /// The public half of the recovery key.
        #[serde(with = "text::base64")]
        recovery: Vec<u8>,
        by: By,
    },
    Lease(LeaseRequest),
    Rotate {
        #[serde(with = "text")]
        office: OfficeId,
        by: By,
    },
    Retire {
        #[serde(with = "text")]
        office: OfficeId,
        epoch: u32,
        by: By,
    },
    /// The secret is the passphrase.
    Unlock {
        by: By,
    },
    Lock {
        by: By,
    },
    /// The secret is the new passphrase.
    AskAPerson {
        by: By,
    },
    /// The secret is the passphrase.
    Unattended {
        by: By,
    },
    Sign {
        checkpoint: String,
    },
}

/// A data key is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaseRequest {
    /// Of which office.
    #[serde(with = "text")]
    pub office: OfficeId,
    /// Of which key epoch; the newest where nothing is said.
    pub epoch: Option<u32>,
    /// What for.
    pub purpose: Purpose,
    /// For how many seconds, at most [`LEASE_SECONDS_MAX`].
    pub seconds: u32,
    /// Who asks.
    pub by: By,
}

/// The longest lease: fifteen minutes.
pub const LEASE_SECONDS_MAX: u32 = 15 * 60;

impl LeaseRequest {
    /// The newest key of an office for the longest time.
    #[must_use]
    pub const fn newest(office: OfficeId, purpose: Purpose, by: By) -> Self {
        Self { office, epoch: None, purpose, seconds: LEASE_SECONDS_MAX, by }
    }
}

/// A line of the vault's journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalLine {
    /// Its number, from 1.
    pub seq: u64,
    /// When it was written.
    pub at: UnixMillis,
    /// Its hash, as the 32 bytes.
    leaf: [u8; 32],
}

impl JournalLine {
    pub(crate) const fn new(seq: u64, at: UnixMillis, leaf: LeafHash) -> Self {
        Self { seq, at, leaf: leaf.bytes() }
    }

    /// Its leaf hash.
    #[must_use]
    pub const fn leaf(&self) -> LeafHash {
        LeafHash::from_bytes(self.leaf)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Reply {
    Status(Box<Status>),
    KeyMade(KeyMade),
    /// The secret is the data key.
    Leased {
        epoch: u32,
        until: UnixMillis,
        line: JournalLine,
    },
    Done(JournalLine),
    Signed {
        note: String,
    },
    Refused(Refusal),
}

/// A data key was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyMade {
    /// Its epoch.
    pub epoch: u32,
    /// The key wrapped to the recovery key, for the manifests of the archive.
    #[serde(with = "text::base64")]
    pub for_recovery: Vec<u8>,
}

/// How the vault stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The vault's id, under which its own journal is kept.
    #[serde(with = "text")]
    pub vault: OfficeId,
    /// Data keys can be leased now.
    pub open: bool,
    /// The strict setting: somebody has to unlock it.
    pub asks_a_person: bool,
    /// When the strict setting locks it again.
    pub open_until: Option<UnixMillis>,
    /// Jobs that asked for a key while it was locked, and still ask.
    pub waiting: Vec<Waiting>,
    /// How many offices have a key here.
    pub offices: u32,
    /// Entries of the vault's journal.
    pub journal_size: u64,
    /// The public log key, as it stands on the recovery sheet.
    pub log_verifier: String,
    /// What the process gave up, in words: the protection, and what was reached of it.
    pub confinement: Vec<(String, String)>,
    /// Where the server key lies, and since when.
    pub custody: Option<CustodyFact>,
}

/// Somebody waits for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// For the key of which office.
    #[serde(with = "text")]
    pub office: OfficeId,
    /// What for.
    pub purpose: Purpose,
    /// Since when.
    pub since: UnixMillis,
    /// When it asked last.
    pub asked: UnixMillis,
}

/// Why the vault did not do what was asked. Nothing was changed then, but for what the vault's journal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Refusal {
    /// The strict setting, and nobody has unlocked it.
    #[error("金庫に鍵がかかっています。担当者がパスフレーズで開けるまで、処理は待ちます。")]
    Locked,
    /// Not the passphrase.
    #[error("パスフレーズが違います。{wait_seconds}秒後に、もう一度入力できます。")]
    WrongPassphrase {
        /// How long to wait.
        wait_seconds: u64,
    },
    /// Too soon after a wrong passphrase; it was not tried.
    #[error("続けて間違えたため、あと{wait_seconds}秒は入力できません。")]
    TooSoon {
        /// How long to wait.
        wait_seconds: u64,
    },
    /// Too short to protect anything.
    #[error(
        "パスフレーズは{characters_min}文字以上にしてください。単語をいくつか並べると、長くても覚えやすくなります。"
    )]
    ShortPassphrase {
        /// The least number of characters.
        characters_min: usize,
    },
    /// The setting does not know a passphrase.
    #[error("金庫は無人で開く設定です。パスフレーズは要りません。")]
    NoPassphrase,
    /// No such office.
    #[error("この事務所の鍵は金庫にありません。事務所を復元するか、事務所のIDを確認してください。")]
    UnknownOffice,
    /// No such epoch.
    #[error("この事務所の第{epoch}期の鍵は金庫にありません。")]
    UnknownEpoch {
        /// The epoch asked for.
        epoch: u32,
    },
    /// The office has a key already.
    #[error("この事務所の鍵はすでにあります。作り直しはしません。")]
    OfficeExists,
    /// The newest key is in use and cannot be destroyed.
    #[error("いま使っている鍵は破棄できません。先に次の期の鍵に切り替えてください。")]
    KeyInUse,
    /// A lease of nothing, or of more than fifteen minutes.
    #[error("鍵の貸出しは1秒から{LEASE_SECONDS_MAX}秒までです。")]
    LeaseLength,
    /// Not a public key.
    #[error("復旧鍵の公開鍵の形が正しくありません。復旧シートを作り直してください。")]
    NoPublicKey,
    /// Not a checkpoint, or of a log that would shrink or fork.
    #[error(
        "この検証点には署名できません。前に署名したものより短いか、食い違っています。記録が巻き戻されていないか調べてください。"
    )]
    NotSigned,
    /// A file of the vault is damaged, or belongs to another key.
    #[error("金庫のファイルが壊れているか、別の鍵のものです。控えから戻してください。")]
    Damaged,
    /// The disk refused.
    #[error("金庫のファイルを読み書きできません。ディスクの空きと権限を確認してください。")]
    Disk,
    /// The vault's journal could not be written, and nothing leaves without a line.
    #[error("金庫の記録を書けないため、鍵を出しません。ディスクの空きを確認して、金庫を起動し直してください。")]
    JournalFailed,
    /// Not a request.
    #[error("金庫に通じない要求です。Kuraを更新したあとは、金庫も起動し直してください。")]
    NotUnderstood,
    /// Too many at once.
    #[error("金庫への要求が混み合っています。少し待って、もう一度実行してください。")]
    Busy,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by() -> impl Strategy<Value = By> {
        (any::<[u8; 10]>(), proptest::option::of(any::<[u8; 10]>()), 0..1_u64 << 48).prop_map(
            |(request, device, at)| By {
                actor: Actor::SYSTEM,
                device: device.map(|chance| DeviceId::from_parts(at, chance).unwrap()),
                request: RequestId::from_parts(at, request).unwrap(),
            },
        )
    }

    fn requests() -> impl Strategy<Value = Request> {
        let office = any::<[u8; 10]>().prop_map(|chance| OfficeId::from_parts(1, chance).unwrap());
        (office, by(), any::<u32>(), proptest::option::of(any::<u32>()), any::<Vec<u8>>(), 0..10_u8).prop_map(
            |(office, by, number, epoch, bytes, which)| match which {
                0 => Request::Status,
                1 => Request::CreateOffice { office, recovery: bytes, by },
                2 => Request::Lease(LeaseRequest { office, epoch, purpose: Purpose::Bonus, seconds: number, by }),
                3 => Request::Rotate { office, by },
                4 => Request::Retire { office, epoch: number, by },
                5 => Request::Unlock { by },
                6 => Request::AskAPerson { by },
                7 => Request::Unattended { by },
                8 => Request::Adopt { office, epoch: number, recovery: bytes, by },
                _ => Request::Sign { checkpoint: String::from_utf8_lossy(&bytes).into_owned() },
            },
        )
    }

    proptest! {
        #[test]
        fn a_request_comes_over_as_it_was_meant(request in requests()) {
            let message = serde_json::to_vec(&request).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Request>(&message).unwrap(), request);
        }

        #[test]
        fn a_changed_request_is_another_or_none(request in requests(), at: prop::sample::Index, byte: u8) {
            let mut message = serde_json::to_vec(&request).unwrap();
            let at = at.index(message.len());
            message[at] = byte;
            // Whatever it is, reading it neither fails loudly nor reads what would not be written again.
            if let Ok(read) = serde_json::from_slice::<Request>(&message) {
                let again = serde_json::to_vec(&read).unwrap();
                prop_assert_eq!(serde_json::from_slice::<Request>(&again).unwrap(), read);
            }
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in [
            r#"{"status":{}}"#,
            r#"{"open_everything":{}}"#,
            r#"{"sign":{"checkpoint":"a","force":true}}"#,
            r#"{"sign":{}}"#,
            r#"["status"]"#,
            "",
        ] {
            assert!(serde_json::from_str::<Request>(text).is_err(), "{text}");
        }
    }
}
