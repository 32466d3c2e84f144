use super::ActionKind;

/// 状況 of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseState {
    /// 開始.
    Opened,
    /// 書類待ち: papers or facts are with the client.
    AwaitingDocuments,
    /// 作成: a draft lies there and waits for the second person.
    Prepared,
    /// 差戻し by the second person.
    SentBack,
    /// 点検済み by the second person.
    Checked,
    /// 提出.
    Submitted,
    /// 補正待ち: the authority asks for a correction.
    CorrectionRequested,
    /// 返戻: the authority sent it back.
    Returned,
    /// 受理.
    Accepted,
    /// 完了.
    Finished,
    /// 取下げ.
    Withdrawn,
}

impl CaseState {
    /// Every state, in the order of the way.
    pub const ALL: [Self; 11] = [
        Self::Opened,
        Self::AwaitingDocuments,
        Self::Prepared,
        Self::SentBack,
        Self::Checked,
        Self::Submitted,
        Self::CorrectionRequested,
        Self::Returned,
        Self::Accepted,
        Self::Finished,
        Self::Withdrawn,
    ];

    /// The word people read.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Opened => "開始",
            Self::AwaitingDocuments => "書類待ち",
            Self::Prepared => "作成",
            Self::SentBack => "差戻し",
            Self::Checked => "点検済み",
            Self::Submitted => "提出",
            Self::CorrectionRequested => "補正待ち",
            Self::Returned => "返戻",
            Self::Accepted => "受理",
            Self::Finished => "完了",
            Self::Withdrawn => "取下げ",
        }
    }

    /// The state an action leads to; `None` when it is not allowed here, or moves the official document alone.
    pub(super) const fn after(self, action: ActionKind) -> Option<Self> {
        let draft = matches!(
            self,
            Self::Opened
                | Self::AwaitingDocuments
                | Self::Prepared
                | Self::SentBack
                | Self::CorrectionRequested
                | Self::Returned
        );
        match (action, self) {
            (ActionKind::AwaitDocuments, _) if draft => Some(Self::AwaitingDocuments),
            (ActionKind::Prepare, _) if draft => Some(Self::Prepared),
            (ActionKind::Check, Self::Prepared) => Some(Self::Checked),
            (ActionKind::SendBack, Self::Prepared | Self::Checked) => Some(Self::SentBack),
            (ActionKind::Submit, Self::Checked) => Some(Self::Submitted),
            (ActionKind::RequestCorrection, Self::Submitted) => Some(Self::CorrectionRequested),
            (ActionKind::Return, Self::Submitted | Self::CorrectionRequested) => Some(Self::Returned),
            (ActionKind::Accept, Self::Submitted) => Some(Self::Accepted),
            (ActionKind::Finish, Self::Accepted) => Some(Self::Finished),
            (ActionKind::Withdraw, Self::Checked | Self::Submitted) => Some(Self::Withdrawn),
            (ActionKind::Withdraw, _) if draft => Some(Self::Withdrawn),
            _ => None,
        }
    }
}
