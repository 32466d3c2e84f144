use kura_id::{OfficeId, UnitId};
use kura_journal::CheckpointError;
use kura_store::{ReadError, RecordName, ReplayError};

use crate::manifest::ManifestError;
use crate::object::ObjectName;
use crate::target::TargetError;

/// Why an archive is not whole, or does not come back. Each names the place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ArchiveError {
    /// Nothing of this office is there.
    #[error("事務所{office}の保全がありません。保全先の場所を確かめてください。")]
    NoArchive {
        /// Which office.
        office: OfficeId,
    },
    /// No manifest of this number.
    #[error("目録{number}番がありません。")]
    NoManifest {
        /// The number asked for.
        number: u64,
    },
    /// Two manifests of one number.
    #[error(
        "目録{number}番が二つあります。だれかが書き足しています。一つ前の目録を --manifest で指定して復元してください。"
    )]
    Forked {
        /// The number.
        number: u64,
    },
    /// An object whose bytes are not those of its name.
    #[error(
        "{name} が壊れています（中身と名前のハッシュ値が合いません）。別の保全先を使うか、その前の目録を --manifest で指定してください。"
    )]
    Damaged {
        /// Which object.
        name: ObjectName,
    },
    /// The bytes of another office under this name.
    #[error("{name} に、別の事務所の部品が入っています。取り違えた写しを元に戻してください。")]
    OtherOffice {
        /// Which object.
        name: ObjectName,
    },
    /// The hash is right, and what is inside is not what this program writes.
    #[error("{name} の中身を読めません（長さ・件数・形が目録と合いません）。")]
    Form {
        /// Which object.
        name: ObjectName,
    },
    /// A manifest that cannot be.
    #[error("{name}: {error}")]
    Manifest {
        /// Which one.
        name: ObjectName,
        /// Why.
        error: ManifestError,
    },
    /// A checkpoint that the log key did not sign.
    #[error("{name} の検証点を確かめられません。{error}")]
    Checkpoint {
        /// Which manifest.
        name: ObjectName,
        /// Why.
        error: CheckpointError,
    },
    /// The archive was signed by another log key than the sheet's.
    #[error(
        "保全の検証鍵の指紋（{found}）が、復旧シートのものと違います。別の事務所のシートか、偽の保全です。シートと保全先を確かめてください。"
    )]
    OtherLogKey {
        /// The fingerprint of the key that signed.
        found: String,
    },
    /// The entries do not give the root that was signed.
    #[error("記録の1番から{size}番までが、署名された検証点と合いません。書き換えられています。")]
    Root {
        /// The size of the checkpoint.
        size: u64,
    },
    /// An entry that is not the next one, or whose time runs backwards.
    #[error("記録の{expected}番のところに{found}番があるか、時刻が前後しています。")]
    Order {
        /// The number that comes next.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// Entries that no object holds.
    #[error("記録の{from}番から先が、{until}番まで足りません。")]
    Short {
        /// The first that is missing.
        from: u64,
        /// Where the journal must end.
        until: u64,
    },
    /// An entry that does not open with the office's key.
    #[error("記録の{seq}番を、この復旧シートの鍵で開けません。")]
    Closed {
        /// Its number.
        seq: u64,
    },
    /// The journal lets a version go back.
    #[error("記録の{seq}番で、データ{name}の版が戻っています。")]
    NotRising {
        /// The entry.
        seq: u64,
        /// Which record.
        name: RecordName,
    },
    /// A record that is not the one the journal tells of.
    #[error("データ{name}（記録の{seq}番）が、記録にあるものと違います。差し替えられているか、古い版です。")]
    NotTold {
        /// The entry it names.
        seq: u64,
        /// Which record.
        name: RecordName,
    },
    /// A record that the journal tells of is in no object.
    #[error("記録の{seq}番が伝えるデータ{name}が、保全にありません。")]
    MissingRecord {
        /// The entry.
        seq: u64,
        /// Which record.
        name: RecordName,
    },
    /// A unit that has records and no row in the keyring.
    #[error("単位{unit}の鍵が鍵束にありません。新しい鍵束のある保全先を使ってください。")]
    NoWrap {
        /// Which unit.
        unit: UnitId,
    },
    /// A newer checkpoint is known than the archive has.
    #[error(
        "この保全は記録{entries}件までですが、検証点によれば{known}件まで保全されていたはずです。古い目録が戻されています。もっと新しい保全先を探してください。なければ --accept-loss で、失われた分を記録に残して復元できます。"
    )]
    Older {
        /// Where the archive ends.
        entries: u64,
        /// The size of the checkpoint that somebody kept.
        known: u64,
    },
    /// A checkpoint that somebody kept belongs to another history.
    #[error("保全の記録が、手元の検証点（{known}件）の続きではありません。書き換えられています。")]
    Fork {
        /// Its size.
        known: u64,
    },
    /// Nothing was there at that time.
    #[error("指定の日時には、まだ記録がありません。")]
    NothingThen,
    /// The target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The new store does not take it.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The new store does not answer.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// What came back is not what was archived.
    #[error("復元したものが保全と一致しません（{what}）。ディスクを調べ、空のフォルダーへやり直してください。")]
    NotTheSame {
        /// What differs.
        what: &'static str,
    },
}
