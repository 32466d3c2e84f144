//! What a verification finds, in one line for programs and in a sentence for people.

use std::fmt;

use base64ct::{Base64, Encoding};

use crate::epoch::LogEpoch;
use crate::tree::TreeHash;

/// What the verification of a journal file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Everything fits.
    Good(Whole),
    /// The first thing that does not.
    Wrong {
        /// Where.
        place: Place,
        /// What.
        wrong: Wrong,
    },
}

/// A journal in which everything fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// How many entries it has.
    pub entries: u64,
    /// How many of them a signed checkpoint covers. Nothing proves those behind: they fit each other, that is all.
    pub signed: u64,
    /// The log epoch in which it ends.
    pub epoch: LogEpoch,
    /// The root over all entries.
    pub root: TreeHash,
    /// What was lost, as the openings of later epochs declare.
    pub gaps: Vec<Gap>,
    /// The sizes of those witnessed checkpoints that lie in a declared gap: what they counted is lost, and it is said.
    pub witnesses_lost: Vec<u64>,
}

/// Entries that a restored office lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The epoch that declares it.
    pub epoch: LogEpoch,
    /// The number of the first lost entry, which the opening of that epoch bears now.
    pub first: u64,
    /// The number of the last; nothing where it is unknown.
    pub last: Option<u64>,
}

/// Where in a journal something does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In this entry.
    Entry(u64),
    /// In one of these; which one cannot be known.
    Between {
        /// The number behind the last that is known to be good.
        first: u64,
        /// The last number that the check covers.
        last: u64,
    },
    /// In what stands behind this entry, in front of the next: a checkpoint, the end.
    After(u64),
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The file is no journal.
    #[error("記録簿のファイルではありません。")]
    NotAJournal,
    /// Bytes that are no record of the format.
    #[error("ファイルの形が壊れています。")]
    Form,
    /// The file ends in the middle.
    #[error("ファイルが途中で切れています。")]
    Truncated,
    /// Something follows the end.
    #[error("終わりの後ろに余分なデータがあります。")]
    Trailing,
    /// The content is not what the leaf hash was made of.
    #[error("内容とハッシュ値が合いません。書き換えられたか、壊れています。")]
    LeafHash,
    /// The head (number, time) cannot be read, though the hash fits.
    #[error("記録の見出しが読めません。")]
    Head,
    /// An earlier entry stands here.
    #[error("ここに{found}番の記録があります。順序が入れ替わったか、重複しています。")]
    Order {
        /// Its number.
        found: u64,
    },
    /// Entries are missing.
    #[error("ここから{until}番までの記録がありません。")]
    Gap {
        /// The number of the last missing one.
        until: u64,
    },
    /// The time lies before that of the entry in front.
    #[error("時刻が前の記録より前に戻っています。")]
    TimeBackwards,
    /// The opening of a log epoch contradicts what stands in front of it.
    #[error("ログの世代の開始が、前の記録と食い違っています。")]
    Epoch,
    /// Not a checkpoint.
    #[error("検証点の形が壊れています。")]
    CheckpointForm,
    /// A checkpoint of another office or epoch.
    #[error("別の事務所または別の世代の検証点です。")]
    CheckpointOrigin,
    /// A checkpoint of an earlier size.
    #[error("件数{size}の検証点がここにあります。")]
    CheckpointPlace {
        /// The size.
        size: u64,
    },
    /// A checkpoint that the log key did not sign.
    #[error("検証点にこのログの鍵の正しい署名がありません。")]
    Signature,
    /// The entries are not those that were signed.
    #[error("署名された検証点と記録が合いません。この範囲のどれかが書き換えられています。")]
    Checkpoint,
    /// The entries are not those that a witness saw.
    #[error("証人の控えと記録が合いません。この範囲のどれかから別の記録簿になっています。")]
    Fork,
    /// The journal ends in front of what a witness saw.
    #[error("証人の控えは{until}番までありますが、ここから後ろの記録がありません。")]
    Short {
        /// The greatest witnessed size.
        until: u64,
    },
    /// A new epoch conceals entries that a witness saw, or declares their loss without a signature behind it.
    #[error("ここで始まる世代は、証人が{until}番まで控えた記録を失ったことを、署名のある形で申告していません。")]
    Undeclared {
        /// The greatest witnessed size that it conceals.
        until: u64,
    },
}

impl Verdict {
    /// The verdict in the words that both verifiers share: docs/journal-file.md lists them.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Good(whole) => whole.line(),
            Self::Wrong { place, wrong } => format!("wrong {} {}", place.words(), wrong.words()),
        }
    }
}

impl Whole {
    fn line(&self) -> String {
        let root = Base64::encode_string(&self.root.bytes());
        let head =
            format!("good entries={} signed={} epoch={} root={root}", self.entries, self.signed, self.epoch.get());
        let gaps = self.gaps.iter().map(|gap| {
            let last = gap.last.map_or("?".to_owned(), |last| last.to_string());
            format!(" gap={}:{}..{last}", gap.epoch.get(), gap.first)
        });
        let lost = self.witnesses_lost.iter().map(|size| format!(" witness-lost={size}"));
        std::iter::once(head).chain(gaps).chain(lost).collect()
    }
}

impl Place {
    fn words(self) -> String {
        match self {
            Self::Entry(seq) => format!("seq={seq}"),
            Self::Between { first, last } => format!("seq={first}..{last}"),
            Self::After(seq) => format!("after={seq}"),
        }
    }
}

impl Wrong {
    fn words(self) -> String {
        let word = match self {
            Self::Order { found } => return format!("order found={found}"),
            Self::Gap { until } => return format!("gap until={until}"),
            Self::CheckpointPlace { size } => return format!("checkpoint-place size={size}"),
            Self::Short { until } => return format!("short until={until}"),
            Self::Undeclared { until } => return format!("undeclared until={until}"),
            Self::NotAJournal => "not-a-journal",
            Self::Form => "form",
            Self::Truncated => "truncated",
            Self::Trailing => "trailing",
            Self::LeafHash => "leaf-hash",
            Self::Head => "head",
            Self::TimeBackwards => "time-backwards",
            Self::Epoch => "epoch",
            Self::CheckpointForm => "checkpoint-form",
            Self::CheckpointOrigin => "checkpoint-origin",
            Self::Signature => "signature",
            Self::Checkpoint => "checkpoint",
            Self::Fork => "fork",
        };
        word.to_owned()
    }
}

/// The sentence for people.
impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good(whole) => write!(out, "{whole}"),
            Self::Wrong { place, wrong } => write!(out, "{place}：{wrong}"),
        }
    }
}

impl fmt::Display for Whole {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "記録{}件は正しくつながっています。署名で証明されるのは{}番までです。", self.entries, self.signed)?;
        for Gap { first, last, .. } in &self.gaps {
            match last {
                Some(last) if last < first => {}
                Some(last) => write!(out, "復元のときに{first}番から{last}番までの記録が失われました。")?,
                None => write!(out, "復元のときに{first}番より後ろの記録が失われました（どこまでかは不明です）。")?,
            }
        }
        for size in &self.witnesses_lost {
            write!(out, "証人の控え（{size}番まで）は、失われた記録に当たります。")?;
        }
        Ok(())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(seq) => write!(out, "{seq}番の記録"),
            Self::Between { first, last } => write!(out, "{first}番から{last}番までの記録"),
            Self::After(0) => write!(out, "最初の記録の前"),
            Self::After(seq) => write!(out, "{seq}番の記録の後ろ"),
        }
    }
}
