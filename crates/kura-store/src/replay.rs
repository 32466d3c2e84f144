//! What a restore brings back.

use kura_id::UnitId;
use kura_journal::PayloadError;

use crate::commit::Wrap;
use crate::error::{Fault, OpenError};
use crate::record::RecordName;
use crate::seam::{StoredChange, StoredEntry};

/// A part of what another store held. The entries go on where the journal ends; the changes are told of by entries that are there by
/// then, and come in the order of their versions, record by record.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// Entries, without a gap.
    pub entries: Vec<StoredEntry>,
    /// The present of records as it stood in one moment, where the history before it does not come; by
    /// [`Reads::present_from`](crate::Reads::present_from).
    pub state: Option<State>,
    /// Versions of records; the newest one counts.
    pub changes: Vec<StoredChange>,
    /// The keyring, or a part of it: it comes by its own way.
    pub keyring: Vec<(UnitId, Wrap)>,
}

/// A moment's present of records, or a part of it.
#[derive(Debug, Clone)]
pub struct State {
    /// The size of the journal in that moment: the history begins behind it.
    pub at: u64,
    /// Each record once.
    pub present: Vec<StoredChange>,
}

/// Why a part is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The office already works.
    #[error("この事務所は使用中のため、復元できません。新しい場所に復元してください。")]
    NotRestoring,
    /// Not the number that comes next.
    #[error("記帳{expected}番が続くはずのところに{found}番があります。欠けた控えを取り直してください。")]
    Gap {
        /// The number that comes next.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// The hash of salt and payload is not the leaf's.
    #[error("記帳{seq}番のハッシュ値が合いません。別の控えから復元してください。")]
    WrongHash {
        /// Which entry.
        seq: u64,
    },
    /// Head and row contradict each other.
    #[error("記帳{seq}番の番号または時刻が、封印された内容の見出しと合いません。")]
    WrongHead {
        /// Which entry.
        seq: u64,
    },
    /// The time runs backwards.
    #[error("記帳{seq}番の時刻が、その前の記帳より前です。")]
    Backwards {
        /// Which entry.
        seq: u64,
    },
    /// No head at all.
    #[error("記帳{seq}番が読めません。{error}")]
    Payload {
        /// Which entry.
        seq: u64,
        /// What is wrong.
        error: PayloadError,
    },
    /// No entry tells of the change yet.
    #[error("記録{name}の変更（{seq}番）を伝える記帳が、まだありません。")]
    NotJournaled {
        /// Of which record.
        name: RecordName,
        /// The entry it names.
        seq: u64,
    },
    /// The office of the request cannot be opened any more.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}
