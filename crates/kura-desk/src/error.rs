use kura_id::{IdError, UnitId};
use kura_journal::Role;
use kura_law::LawError;
use kura_records::RecordError;
use kura_seal::{DestructionError, OpenError as UnsealError, SchemaError, SealError, WrapError};
use kura_store::{CommitError, KeysError, NotLent, OpenError, ReadError, RecordName, Refusal};

use crate::authority::{Operation, Resource};
use crate::credentials::PasswordFault;
use crate::runs::RunState;

/// Why the desk did not do what was asked. No error holds a value of a record.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// The role may not do this, or not with this client or person.
    #[error("この操作の権限がありません（{role:?}、{resource:?}、{operation:?}）。事務所の管理者に依頼してください。")]
    NotAllowed {
        /// The role that asked.
        role: Role,
        /// With what.
        resource: Resource,
        /// To do what.
        operation: Operation,
    },
    /// A fresh proof of identity is needed.
    #[error("この操作には再認証が必要です。もう一度、本人確認をしてください。")]
    StepUp,
    /// Nobody of this name works here.
    #[error("この端末の利用者は、この事務所の利用者として登録されていません。管理者に登録を依頼してください。")]
    NoSuchUser,
    /// Name, password, code or slip: which of them was wrong is not told.
    #[error(
        "名前・パスワード・コードのどれかが正しくありません。確認コードは一度しか使えません。次のコードを待って、もう一度お試しください。"
    )]
    NotProved,
    /// A password that will not do.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// Without this user nobody could take users in.
    #[error("事務所の管理者が一人もいなくなります。先に、別の人を管理者にしてください。")]
    LastAdministrator,
    /// The lease has ended, or there is none.
    #[error("鍵の貸出しの期限が過ぎました。鍵を借り直してから、もう一度お試しください。")]
    NoKey,
    /// The unit was erased.
    #[error("単位{unit}の鍵は破棄されています。この記録は、もう読めません。")]
    Erased {
        /// Which unit.
        unit: UnitId,
    },
    /// A record that must be there is not.
    #[error("{what}が見つかりません。番号を確かめてください。")]
    NotFound {
        /// What was looked for (Japanese), without its value.
        what: &'static str,
    },
    /// The run is in another state.
    #[error("この計算は「{}」です。{}", state.japanese(), state.next_step())]
    WrongState {
        /// Its state.
        state: RunState,
    },
    /// 賞与 of that name and month is not planned, or was paid.
    #[error("{said}")]
    NothingPlanned {
        /// The sentence of the finding and what to do: 賞与名 and months.
        said: String,
    },
    /// What the run was computed from has changed since.
    #[error("計算のあとに、もとになる情報が変わっています。もう一度計算してください。")]
    Stale,
    /// The same inputs gave other slips: another release or other law data computed the run.
    #[error("計算のときと結果が一致しません（Kuraまたは法令データの版が変わっています）。もう一度計算してください。")]
    OtherResult,
    /// What a published run was computed from is not in the office as it was any more, so its outputs cannot be made again.
    #[error(
        "公開したときと同じ書類を作れません（{why}）。公開のときに書き出した書類を使うか、いまの記録での違いは訂正の計算で確かめてください。"
    )]
    NotAsPublished {
        /// What is missing (Japanese), without a value.
        why: &'static str,
    },
    /// The same person cannot do both steps where the office asks for two.
    #[error("承認できる人が2人以上いるため、計算した人は承認できません。別の人が承認してください。")]
    SecondPerson,
    /// A record does not open.
    #[error("記録{name}を開けません。{error}")]
    Unseal {
        /// Which one.
        name: RecordName,
        /// Why.
        error: UnsealError,
    },
    /// A record opened, and is none of this release.
    #[error("記録{name}を読めません。{error}{}", error.remedy())]
    Body {
        /// Which one.
        name: RecordName,
        /// Why.
        error: RecordError,
    },
    /// A body of another release.
    #[error("記録{name}を読めません。{error}")]
    Schema {
        /// Which one.
        name: RecordName,
        /// Why.
        error: SchemaError,
    },
    /// A body of the desk's own that is damaged.
    #[error("記録{name}の形が正しくありません。kura journal verify で確かめ、控えから戻してください。")]
    Shape {
        /// Which one.
        name: RecordName,
    },
    /// A row of the keyring does not open.
    #[error("単位{unit}の鍵を開けません。{error}")]
    Wrap {
        /// Which unit.
        unit: UnitId,
        /// Why.
        error: WrapError,
    },
    /// An entry of the journal does not open, or says what no entry says.
    #[error("記録簿の{seq}番を開けません。kura journal verify で確かめ、控えから戻してください。")]
    Entry {
        /// Its number.
        seq: u64,
    },
    /// The journal does not continue a checkpoint: it was replaced by another one, or put back to an earlier state.
    #[error(
        "記録簿が、検証点（{size}件）の続きではありません。差し替えられたか、古い状態に戻されています。作業を止め、控えと照合してください。"
    )]
    Forked {
        /// How many entries the checkpoint counts.
        size: u64,
    },
    /// A proof cannot be made from what the store keeps of the tree.
    #[error("記録簿のハッシュ値が欠けています。kura journal verify で確かめ、控えから戻してください。")]
    Tree,
    /// The file that was to be written.
    #[error("ファイルに書き込めません（{0}）。保存先を確かめてください。")]
    Write(std::io::ErrorKind),
    /// A figure that is not in the law data.
    #[error(transparent)]
    Law(#[from] LawError),
    /// A day past the end of the calendar.
    #[error("この日付からは保存期間を数えられません。日付を確かめてください。")]
    Calendar,
    /// A request to erase still waits.
    #[error(transparent)]
    Destruction(#[from] DestructionError),
    /// A record cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system gives no time or no chance.
    #[error(transparent)]
    NotLent(#[from] NotLent),
    /// The clock stands outside what an id can hold.
    #[error(transparent)]
    Id(#[from] IdError),
    /// The office cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store did not answer.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store did not write.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl From<KeysError> for DeskError {
    fn from(error: KeysError) -> Self {
        Self::Commit(Refusal::from(error).into())
    }
}
