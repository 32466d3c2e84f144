//! The seam to where an archive lies. Shipping needs to put and to see the newest manifest; there is no way to change or take away.

use kura_id::OfficeId;

use crate::object::ObjectName;

/// Where an archive is shipped to. What was put is durable when `put` returns.
pub trait Target: Send + Sync {
    /// Puts an object that must not be there with other bytes.
    ///
    /// # Errors
    /// [`TargetError`]; then the object is there whole or not at all.
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError>;

    /// The newest manifest of an office; nothing where it has none here.
    ///
    /// # Errors
    /// [`TargetError`].
    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError>;

    /// What it protects against.
    fn protection(&self) -> Protection;
}

/// Where an archive is read from.
pub trait Source: Send + Sync {
    /// The offices that have something here.
    ///
    /// # Errors
    /// [`TargetError`].
    fn offices(&self) -> Result<Vec<OfficeId>, TargetError>;

    /// All manifests of an office, by rising number.
    ///
    /// # Errors
    /// [`TargetError`].
    fn manifests(&self, office: OfficeId) -> Result<Vec<ObjectName>, TargetError>;

    /// The bytes under a name, whatever they are.
    ///
    /// # Errors
    /// [`TargetError::Missing`], or the target does not answer.
    fn get(&self, name: &ObjectName) -> Result<Vec<u8>, TargetError>;
}

/// What became of an object that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    Stored,
    /// It was there already, with these bytes.
    AlreadyThere,
}

/// What a target protects against (保全の区分).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// A folder this machine can write: who owns the machine owns the copy.
    None,
    /// Another machine, which adds and never changes or takes away.
    AddOnly,
}

impl Protection {
    /// In words for a person.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::None => "ランサムウェアからは守れません（この機械から書き換えられるフォルダーです）",
            Self::AddOnly => "別の機械が受け取り、追加だけができます（この機械からは消せません）",
        }
    }
}

/// Why a target did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing under this name.
    #[error("保全先に {name} がありません。別の保全先か、欠ける前の写しを使ってください。")]
    Missing {
        /// Which object.
        name: ObjectName,
    },
    /// Other bytes stand under this name: they are damaged.
    #[error("保全先の {name} の中身が名前と合いません。壊れているので、保全先のディスクを調べてください。")]
    Taken {
        /// Which object.
        name: ObjectName,
    },
    /// Longer than any object may be.
    #[error("{name} が大きすぎます（{OBJECT_BYTES_MAX}バイトまで）。", OBJECT_BYTES_MAX = crate::object::OBJECT_BYTES_MAX)]
    TooLong {
        /// Which object.
        name: ObjectName,
    },
    /// No room.
    #[error("保全先がいっぱいです。空きを作ってから、もう一度実行してください。続きから送ります。")]
    Full,
    /// It cannot be written.
    #[error("保全先に書き込めません。媒体の書込み禁止と権限を確かめてください。")]
    ReadOnly,
    /// It does not answer.
    #[error("保全先を使えません（{reason}）。媒体がつながっているか、相手の機械が動いているかを確かめてください。")]
    Unavailable {
        /// What the system said.
        reason: String,
    },
    /// The other side said no.
    #[error("保全先が受け取りを断りました（{reason}）。")]
    Refused {
        /// Why, in the words of the other side.
        reason: String,
    },
}
