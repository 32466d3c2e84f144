use super::{ActionKind, CaseState};

/// Why an action on a case was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The state does not allow it.
    #[error("「{}」の案件に「{}」はできません。", state.japanese(), action.japanese())]
    NotAllowed {
        /// 状況.
        state: CaseState,
        /// What was asked for.
        action: ActionKind,
        /// What can be done instead.
        allowed: Vec<ActionKind>,
    },
    /// Who prepared may not check.
    #[error("作成した人は点検できません。")]
    SamePerson,
    /// An action that has to say why came without a reason.
    #[error("「{}」には理由が要ります。", action.japanese())]
    ReasonMissing {
        /// What was asked for.
        action: ActionKind,
    },
    /// The official document cannot be in the file before it came.
    #[error("公文書の保存の日が受領の日より前です。")]
    FiledBeforeReceived,
}

impl CaseError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> String {
        match self {
            Self::NotAllowed { allowed, .. } if allowed.is_empty() => {
                "この案件にはもうすることがありません。やり直すときは新しい案件を開いてください。".to_owned()
            }
            Self::NotAllowed { allowed, .. } => {
                let words: Vec<_> = allowed.iter().map(|action| format!("「{}」", action.japanese())).collect();
                format!("いまできるのは{}です。", words.join(""))
            }
            Self::SamePerson => "ほかの人に点検を頼んでください。".to_owned(),
            Self::ReasonMissing { .. } => "理由を一文で書いてください。".to_owned(),
            Self::FiledBeforeReceived => "受領の日と保存の日を確かめてください。".to_owned(),
        }
    }
}
