//! 案件: one filing on its way from its opening to the official document in the file.

mod action;
mod error;
mod state;

use std::collections::BTreeSet;

use kura_calendar::Date;
use kura_id::UserId;
use kura_model::{Code, Text};

use crate::{Duty, Occurrence};

pub use action::{Action, ActionKind};
pub use error::CaseError;
pub use state::CaseState;

/// 案件. Each change gives a new case; nothing is changed in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What opened it.
    pub occurrence: Occurrence,
    /// 手続, by its code.
    pub procedure: String,
    /// 状況.
    pub state: CaseState,
    /// 電子公文書.
    pub document: OfficialDocument,
    /// 到達番号 of the last submission.
    pub arrival_number: Option<Code>,
    /// Who had a hand in the draft that lies there now: none of them may check it.
    pub prepared_by: BTreeSet<UserId>,
    /// 履歴, the oldest first; the first step opened the case.
    pub history: Vec<Step>,
}

/// 公文書: what the authority sends back in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficialDocument {
    /// Not there yet.
    Awaited,
    /// None comes for this filing.
    NotExpected,
    /// 受領: it came on a day, and is not in the file yet.
    Received(Date),
    /// 受領 and 保存: in the file of the case.
    Filed {
        /// The day it came.
        received_on: Date,
        /// The day it was put into the file.
        filed_on: Date,
    },
}

/// A step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When, in milliseconds since 1970 (UTC).
    pub at_unix_millis: u64,
    /// Who did it.
    pub by: UserId,
    /// What was done; `None` for the opening.
    pub action: Option<Action>,
    /// 状況 before.
    pub before: CaseState,
    /// 状況 after.
    pub after: CaseState,
}

impl Case {
    /// 開始: a case of a duty.
    pub fn open(duty: &Duty, by: UserId, at_unix_millis: u64) -> Self {
        let state = CaseState::Opened;
        Self {
            occurrence: duty.occurrence.clone(),
            procedure: duty.procedure.clone(),
            state,
            document: OfficialDocument::Awaited,
            arrival_number: None,
            prepared_by: BTreeSet::new(),
            history: vec![Step { at_unix_millis, by, action: None, before: state, after: state }],
        }
    }

    /// The case after an action. The person who prepared may not check; an action the state does not allow is refused with
    /// those it allows.
    pub fn after(&self, action: Action, by: UserId, at_unix_millis: u64) -> Result<Self, CaseError> {
        let kind = action.kind();
        if !self.allows(kind) {
            return Err(CaseError::NotAllowed { state: self.state, action: kind, allowed: self.allowed() });
        }
        if action.reason().is_some_and(is_blank) {
            return Err(CaseError::ReasonMissing { action: kind });
        }
        if kind == ActionKind::Check && self.prepared_by.contains(&by) {
            return Err(CaseError::SamePerson);
        }
        let mut next = self.clone();
        next.state = self.state.after(kind).unwrap_or(self.state);
        next.keep(&action, by)?;
        let (before, after) = (self.state, next.state);
        next.history.push(Step { at_unix_millis, by, action: Some(action), before, after });
        Ok(next)
    }

    /// What the action leaves in the case beside the state.
    fn keep(&mut self, action: &Action, by: UserId) -> Result<(), CaseError> {
        match action {
            Action::Prepare => {
                self.prepared_by.insert(by);
            }
            // A draft that comes back is made anew: whoever makes it then counts.
            Action::SendBack(_) | Action::RequestCorrection(_) | Action::Return(_) => self.prepared_by.clear(),
            Action::Submit { arrival_number } => self.arrival_number.clone_from(arrival_number),
            Action::ReceiveDocument(on) => self.document = OfficialDocument::Received(*on),
            Action::ExpectNoDocument => self.document = OfficialDocument::NotExpected,
            Action::FileDocument(filed_on) => {
                let OfficialDocument::Received(received_on) = self.document else { return Ok(()) };
                if *filed_on < received_on {
                    return Err(CaseError::FiledBeforeReceived);
                }
                self.document = OfficialDocument::Filed { received_on, filed_on: *filed_on };
            }
            Action::AwaitDocuments(_) | Action::Check | Action::Accept | Action::Finish | Action::Withdraw(_) => {}
        }
        Ok(())
    }

    /// Whether an action can be done now, whoever does it.
    pub fn allows(&self, action: ActionKind) -> bool {
        let out = matches!(self.state, CaseState::Submitted | CaseState::Accepted | CaseState::Finished);
        match action {
            ActionKind::ReceiveDocument => {
                out && matches!(self.document, OfficialDocument::Awaited | OfficialDocument::NotExpected)
            }
            ActionKind::ExpectNoDocument => out && self.document == OfficialDocument::Awaited,
            ActionKind::FileDocument => out && matches!(self.document, OfficialDocument::Received(_)),
            other => self.state.after(other).is_some(),
        }
    }

    /// What can be done now.
    pub fn allowed(&self) -> Vec<ActionKind> {
        ActionKind::ALL.into_iter().filter(|action| self.allows(*action)).collect()
    }

    /// Finished and filed: nothing is left to do. The list of an office leaves these out.
    pub const fn is_finished_and_filed(&self) -> bool {
        let filed = matches!(self.document, OfficialDocument::Filed { .. } | OfficialDocument::NotExpected);
        matches!(self.state, CaseState::Withdrawn) || (matches!(self.state, CaseState::Finished) && filed)
    }

    /// Since when it is in its state, in milliseconds since 1970 (UTC).
    pub fn state_since_unix_millis(&self) -> Option<u64> {
        let entered = self.history.iter().rev().find(|step| step.before != step.after);
        entered.or_else(|| self.history.first()).map(|step| step.at_unix_millis)
    }
}

fn is_blank(reason: &Text) -> bool {
    reason.as_str().trim().is_empty()
}
