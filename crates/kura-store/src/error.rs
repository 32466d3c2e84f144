//! What can go wrong, in words of the store. No error holds a value of a record.

use kura_id::{OfficeId, UnitId};
use kura_journal::EntryError;

use crate::given::{NotLent, NotSealed};
use crate::record::{KeysError, RecordName};

/// What a disk or a database does to an office, whatever was asked of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No room. Nothing was written, and the office stays open.
    #[error("保存先の空き容量が足りません。空きを作ってから、もう一度お試しください。")]
    DiskFull,
    /// The file or its folder may not be written. Nothing was written, and the office stays open.
    #[error("保存先に書き込めません（読み取り専用です）。フォルダーの権限を確かめてください。")]
    ReadOnly,
    /// Another program holds the database without holding its lock.
    #[error("ほかのプログラムが事務所のファイルを使っています。そのプログラムを終えてから、もう一度お試しください。")]
    Busy,
    /// The system gives no further file or no memory now. The office stays open.
    #[error("いまは保存先を開けません（{reason}）。しばらくしてから、もう一度お試しください。")]
    Unavailable {
        /// What the backend says.
        reason: String,
    },
    /// Reading or writing failed. The office is closed: after a failed fsync nobody knows what the disk holds, and a second fsync
    /// may say yes without having written anything.
    #[error(
        "保存先の読み書きに失敗しました（{reason}）。事務所を閉じました。ディスクを確かめ、Kuraを起動し直してください。"
    )]
    Io {
        /// What the backend says.
        reason: String,
    },
    /// An earlier fault closed the office for this process.
    #[error("前の障害（{reason}）のため、この事務所は閉じています。ディスクを確かめ、Kuraを起動し直してください。")]
    Closed {
        /// What the backend said then.
        reason: String,
    },
    /// Stored rows contradict each other, or are not what this program writes.
    #[error("保存された記録が壊れています（{what}）。kura doctorで確かめ、控えから復元してください。")]
    Damaged {
        /// Which rule is broken.
        what: String,
    },
}

impl Fault {
    /// Rows that no program of ours leaves behind.
    #[must_use]
    pub fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    /// Whether the office must not be used any more by this process, and why.
    #[must_use]
    pub fn closes(&self) -> Option<&str> {
        match self {
            Self::Io { reason } | Self::Closed { reason } => Some(reason),
            Self::DiskFull | Self::ReadOnly | Self::Busy | Self::Unavailable { .. } | Self::Damaged { .. } => None,
        }
    }
}

/// Why an office cannot be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// No such office.
    #[error("事務所{office}は見つかりません。")]
    NotFound {
        /// The office asked for.
        office: OfficeId,
    },
    /// There is one already.
    #[error("事務所{office}はすでにあります。")]
    Exists {
        /// The office that was to be made.
        office: OfficeId,
    },
    /// Another process, or another store of this one, has it open.
    #[error("事務所{office}は{}開いています。そちらを終えるか、そちらから操作してください。", holder(*process))]
    InUse {
        /// The office asked for.
        office: OfficeId,
        /// The other process, where the lock file tells.
        process: Option<u32>,
    },
    /// The file was written by a newer program.
    #[error(
        "事務所{office}のファイルは新しい版のKuraのものです（版{file}、このKuraは{program}まで）。Kuraを新しくしてください。"
    )]
    TooNew {
        /// The office asked for.
        office: OfficeId,
        /// The last migration of the file.
        file: u32,
        /// The last migration this program knows.
        program: u32,
    },
    /// The file in the office's place is no file of a store, or another office's.
    #[error("事務所{office}の場所にあるファイルは、この事務所のものではありません。")]
    Foreign {
        /// The office asked for.
        office: OfficeId,
    },
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn holder(process: Option<u32>) -> String {
    process.map_or_else(|| "ほかのプログラムが".to_owned(), |id| format!("プロセス{id}が"))
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The history asked for is in the archive alone.
    #[error("{kept_from}番より前の変更は、控えに移されています。")]
    Pruned {
        /// The first number from which changes are still here.
        kept_from: u64,
    },
    /// The office of the request cannot be opened any more.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why the history could not be acknowledged or pruned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpkeepError {
    /// The office of the request cannot be opened any more.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why a commit was not written. Nothing of it was; others of the same moment were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Somebody else changed the record meanwhile.
    #[error(
        "記録{name}は、その間にほかで変更されました（予定の版{expected}、現在の版{found}）。読み直してから、もう一度お試しください。"
    )]
    Conflict {
        /// Which record.
        name: RecordName,
        /// The version the commit counted on; 0 for none.
        expected: u64,
        /// The version there is, a deletion included; 0 for none.
        found: u64,
    },
    /// The unit was erased: it never gets a key again.
    #[error("単位{unit}の鍵は破棄されています。新しい鍵は付けられません。")]
    Erased {
        /// Which unit.
        unit: UnitId,
    },
    /// The commit is not one: a rule it breaks before anything is read.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The key of the journal is not at hand.
    #[error(transparent)]
    NotSealed(#[from] NotSealed),
    /// No time, or no chance for a salt.
    #[error(transparent)]
    NotLent(#[from] NotLent),
    /// The office is being restored and takes no commits until it is promoted.
    #[error("事務所は復元の途中です。復元を終えてから、もう一度お試しください。")]
    Restoring,
    /// The office of the request cannot be opened any more.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A commit that no state of the office would take: a mistake of the program above.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing tells of it.
    #[error("記帳のない変更は保存できません。")]
    NoEntry,
    /// No entry names the change, or one names other bytes or another version.
    #[error("記録{name}の変更が、記帳の内容と一致しません。")]
    NotJournaled {
        /// Which record.
        name: RecordName,
    },
    /// The same record twice.
    #[error("記録{name}が、一つの保存に二度あります。")]
    Twice {
        /// Which record.
        name: RecordName,
    },
    /// More changes or bytes than one commit may have.
    #[error("一度に保存できる量を超えています。分けて保存してください。")]
    TooLarge,
    /// An entry of another office.
    #[error("ほかの事務所の記帳は保存できません。")]
    OtherOffice,
    /// An entry the journal refuses.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Keys past their limits.
    #[error(transparent)]
    Keys(#[from] KeysError),
}

/// What is wrong with opening, and the disk, are told apart by every operation.
macro_rules! from_open_error {
    ($($error:ty),+) => {$(
        impl From<OpenError> for $error {
            fn from(error: OpenError) -> Self {
                match error {
                    OpenError::Fault(fault) => Self::Fault(fault),
                    other => Self::Open(Box::new(other)),
                }
            }
        }
    )+};
}

from_open_error!(ReadError, UpkeepError, CommitError, crate::replay::ReplayError);
