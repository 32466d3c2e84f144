use kura_calendar::Date;
use kura_model::{Code, Text};

/// What somebody does with a case. A reason may be personal: it is closed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// 書類待ち: what is missing.
    AwaitDocuments(Text),
    /// 作成 of the draft.
    Prepare,
    /// 点検 by a second person.
    Check,
    /// 差戻し, with the reason.
    SendBack(Text),
    /// 提出; of an electronic filing with its 到達番号.
    Submit {
        /// 到達番号; `None` on paper or media.
        arrival_number: Option<Code>,
    },
    /// 補正の求め of the authority: what it asks.
    RequestCorrection(Text),
    /// 返戻 by the authority: why.
    Return(Text),
    /// 受理.
    Accept,
    /// 公文書受領, on a day.
    ReceiveDocument(Date),
    /// 公文書の保存 in the file of the case, on a day.
    FileDocument(Date),
    /// No 公文書 comes for this filing.
    ExpectNoDocument,
    /// 完了.
    Finish,
    /// 取下げ: why.
    Withdraw(Text),
}

/// An [`Action`] without what goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// 書類待ち.
    AwaitDocuments,
    /// 作成.
    Prepare,
    /// 点検.
    Check,
    /// 差戻し.
    SendBack,
    /// 提出.
    Submit,
    /// 補正の求め.
    RequestCorrection,
    /// 返戻.
    Return,
    /// 受理.
    Accept,
    /// 公文書受領.
    ReceiveDocument,
    /// 公文書の保存.
    FileDocument,
    /// 公文書なし.
    ExpectNoDocument,
    /// 完了.
    Finish,
    /// 取下げ.
    Withdraw,
}

impl Action {
    /// Which action it is.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::AwaitDocuments(_) => ActionKind::AwaitDocuments,
            Self::Prepare => ActionKind::Prepare,
            Self::Check => ActionKind::Check,
            Self::SendBack(_) => ActionKind::SendBack,
            Self::Submit { .. } => ActionKind::Submit,
            Self::RequestCorrection(_) => ActionKind::RequestCorrection,
            Self::Return(_) => ActionKind::Return,
            Self::Accept => ActionKind::Accept,
            Self::ReceiveDocument(_) => ActionKind::ReceiveDocument,
            Self::FileDocument(_) => ActionKind::FileDocument,
            Self::ExpectNoDocument => ActionKind::ExpectNoDocument,
            Self::Finish => ActionKind::Finish,
            Self::Withdraw(_) => ActionKind::Withdraw,
        }
    }

    /// The reason of an action that needs one.
    pub const fn reason(&self) -> Option<&Text> {
        match self {
            Self::AwaitDocuments(reason)
            | Self::SendBack(reason)
            | Self::RequestCorrection(reason)
            | Self::Return(reason)
            | Self::Withdraw(reason) => Some(reason),
            _ => None,
        }
    }
}

impl ActionKind {
    /// Every action, in the order of the way.
    pub const ALL: [Self; 13] = [
        Self::AwaitDocuments,
        Self::Prepare,
        Self::Check,
        Self::SendBack,
        Self::Submit,
        Self::RequestCorrection,
        Self::Return,
        Self::Accept,
        Self::ReceiveDocument,
        Self::FileDocument,
        Self::ExpectNoDocument,
        Self::Finish,
        Self::Withdraw,
    ];

    /// The word people read.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::AwaitDocuments => "書類待ち",
            Self::Prepare => "作成",
            Self::Check => "点検",
            Self::SendBack => "差戻し",
            Self::Submit => "提出",
            Self::RequestCorrection => "補正の求め",
            Self::Return => "返戻",
            Self::Accept => "受理",
            Self::ReceiveDocument => "公文書受領",
            Self::FileDocument => "公文書の保存",
            Self::ExpectNoDocument => "公文書なし",
            Self::Finish => "完了",
            Self::Withdraw => "取下げ",
        }
    }
}
