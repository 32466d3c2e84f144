//! The way of a case, and who may take which step.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{Date, parse_iso_date};
use kura_id::UserId;
use kura_law::Law;
use kura_model::{ClientCode, Code, EmployeeCode, Text};
use kura_procedures::{
    Action, ActionKind, Anchor, Case, CaseError, CaseState, Duty, Filed, LifeEvent, Occurrence, OfficialDocument,
    deadline,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

fn user(number: u8) -> UserId {
    UserId::from_parts(1_790_000_000_000, [number; 10]).unwrap()
}

fn opened() -> Case {
    let hired = day("2026-04-01");
    let rule =
        deadline(Law::embedded().unwrap(), "acquisition_notice", LifeEvent::Joined, Some(Anchor::Known(hired)), hired);
    let occurrence = Occurrence {
        client: ClientCode::from("900"),
        establishment: None,
        person: Some(EmployeeCode::from("1")),
        event: LifeEvent::Joined,
        on: Some(hired),
        subject: "社会保険1".to_owned(),
    };
    let procedure = "acquisition_notice".to_owned();
    let duty = Duty { occurrence, procedure, deadline: rule.unwrap(), filed: Filed::No };
    Case::open(&duty, user(1), 1_000)
}

fn because() -> Text {
    Text::from("理由")
}

/// An example of each action.
fn action(kind: ActionKind) -> Action {
    match kind {
        ActionKind::AwaitDocuments => Action::AwaitDocuments(because()),
        ActionKind::Prepare => Action::Prepare,
        ActionKind::Check => Action::Check,
        ActionKind::SendBack => Action::SendBack(because()),
        ActionKind::Submit => Action::Submit { arrival_number: Some(Code::from("202604060000000001")) },
        ActionKind::RequestCorrection => Action::RequestCorrection(because()),
        ActionKind::Return => Action::Return(because()),
        ActionKind::Accept => Action::Accept,
        ActionKind::ReceiveDocument => Action::ReceiveDocument(day("2026-04-20")),
        ActionKind::FileDocument => Action::FileDocument(day("2026-04-21")),
        ActionKind::ExpectNoDocument => Action::ExpectNoDocument,
        ActionKind::Finish => Action::Finish,
        ActionKind::Withdraw => Action::Withdraw(because()),
    }
}

/// The case after the actions, checks by user 2 and everything else by user 1.
fn along(kinds: &[ActionKind]) -> Case {
    kinds.iter().fold(opened(), |case, kind| {
        let by = if *kind == ActionKind::Check { user(2) } else { user(1) };
        case.after(action(*kind), by, 2_000).unwrap()
    })
}

#[test]
fn from_the_opening_to_the_official_document_in_the_file() {
    use ActionKind::{Accept, AwaitDocuments, Check, FileDocument, Finish, Prepare, ReceiveDocument, Submit};
    let accepted = along(&[AwaitDocuments, Prepare, Check, Submit, Accept]);
    assert_eq!(accepted.state, CaseState::Accepted);
    assert_eq!(accepted.arrival_number, Some(Code::from("202604060000000001")));
    let finished = accepted.after(Action::Finish, user(1), 3_000).unwrap();
    assert!(!finished.is_finished_and_filed(), "the document is awaited");
    let received = finished.after(action(ReceiveDocument), user(1), 4_000).unwrap();
    assert!(!received.is_finished_and_filed(), "the document is not in the file");
    let early = received.after(Action::FileDocument(day("2026-04-19")), user(1), 5_000);
    assert_eq!(early.unwrap_err(), CaseError::FiledBeforeReceived);
    let filed = received.after(action(FileDocument), user(1), 5_000).unwrap();
    let (received_on, filed_on) = (day("2026-04-20"), day("2026-04-21"));
    assert_eq!(filed.document, OfficialDocument::Filed { received_on, filed_on });
    assert!(filed.is_finished_and_filed() && filed.allowed().is_empty());
    assert_eq!(filed.state_since_unix_millis(), Some(3_000), "the document does not change the state");
    assert_eq!(filed.history.len(), 9);
    assert_eq!(filed.history[5].before, CaseState::Submitted);
    assert!(along(&[Prepare, Check, Submit, Accept, Finish, ActionKind::ExpectNoDocument]).is_finished_and_filed());
}

#[test]
fn who_prepared_may_not_check() {
    let prepared = along(&[ActionKind::Prepare]);
    assert_eq!(prepared.after(Action::Check, user(1), 3_000), Err(CaseError::SamePerson));
    let both = prepared.after(Action::Prepare, user(2), 3_000).unwrap();
    assert_eq!(both.after(Action::Check, user(1), 4_000), Err(CaseError::SamePerson), "a hand in the same draft");
    assert_eq!(both.after(Action::Check, user(2), 4_000), Err(CaseError::SamePerson));
    assert_eq!(both.after(Action::Check, user(3), 4_000).unwrap().state, CaseState::Checked);
    let sent_back = prepared.after(Action::SendBack(because()), user(2), 3_000).unwrap();
    let again = sent_back.after(Action::Prepare, user(2), 4_000).unwrap();
    assert_eq!(again.after(Action::Check, user(1), 5_000).unwrap().state, CaseState::Checked, "a new draft");
}

#[test]
fn a_correction_and_a_return_are_prepared_and_checked_again() {
    use ActionKind::{Accept, Check, Prepare, RequestCorrection, Return, Submit};
    for asked in [RequestCorrection, Return] {
        let back = along(&[Prepare, Check, Submit, asked]);
        assert!(!back.allows(Accept) && !back.allows(Submit) && !back.allows(Check));
        let again = along(&[Prepare, Check, Submit, asked, Prepare, Check, Submit, Accept]);
        assert_eq!(again.state, CaseState::Accepted);
    }
}

#[test]
fn each_state_allows_what_it_allows() {
    use ActionKind::{Accept, Check, Finish, Prepare, RequestCorrection, Return, SendBack, Submit, Withdraw};
    let table: [(CaseState, &[ActionKind], &str); 11] = [
        (CaseState::Opened, &[], "書類待ち 作成 取下げ"),
        (CaseState::AwaitingDocuments, &[ActionKind::AwaitDocuments], "書類待ち 作成 取下げ"),
        (CaseState::Prepared, &[Prepare], "書類待ち 作成 点検 差戻し 取下げ"),
        (CaseState::SentBack, &[Prepare, SendBack], "書類待ち 作成 取下げ"),
        (CaseState::Checked, &[Prepare, Check], "差戻し 提出 取下げ"),
        (CaseState::Submitted, &[Prepare, Check, Submit], "補正の求め 返戻 受理 公文書受領 公文書なし 取下げ"),
        (CaseState::CorrectionRequested, &[Prepare, Check, Submit, RequestCorrection], "書類待ち 作成 返戻 取下げ"),
        (CaseState::Returned, &[Prepare, Check, Submit, Return], "書類待ち 作成 取下げ"),
        (CaseState::Accepted, &[Prepare, Check, Submit, Accept], "公文書受領 公文書なし 完了"),
        (CaseState::Finished, &[Prepare, Check, Submit, Accept, Finish], "公文書受領 公文書なし"),
        (CaseState::Withdrawn, &[Withdraw], ""),
    ];
    for ((state, way, allowed), known) in table.into_iter().zip(CaseState::ALL) {
        let case = along(way);
        assert_eq!((case.state, state), (state, known));
        let words: Vec<_> = case.allowed().iter().map(|action| action.japanese()).collect();
        assert_eq!(words.join(" "), allowed, "{}", state.japanese());
    }
}

#[test]
fn what_is_refused_says_what_can_be_done() {
    let refused = opened().after(Action::Accept, user(1), 2_000).unwrap_err();
    assert_eq!(refused.to_string(), "「開始」の案件に「受理」はできません。");
    assert_eq!(refused.remedy(), "いまできるのは「書類待ち」「作成」「取下げ」です。");
    let over = along(&[ActionKind::Withdraw]).after(Action::Prepare, user(1), 2_000).unwrap_err();
    assert!(over.remedy().contains("新しい案件"));
    let silent = opened().after(Action::Withdraw(Text::from(" ")), user(1), 2_000).unwrap_err();
    assert_eq!(silent, CaseError::ReasonMissing { action: ActionKind::Withdraw });
    assert!(!format!("{:?}", along(&[ActionKind::Withdraw])).contains("理由"), "a reason may be personal");
}

proptest! {
    #[test]
    fn nothing_goes_out_that_a_second_person_has_not_checked(
        steps in prop::collection::vec((0_usize..13, 1_u8..4), 0..40),
    ) {
        let mut case = opened();
        for (at, (kind, by)) in (2_000..).zip(steps) {
            let kind = ActionKind::ALL[kind];
            match case.after(action(kind), user(by), at) {
                Ok(next) => {
                    prop_assert_eq!(next.history.len(), case.history.len() + 1);
                    prop_assert!(next.history.starts_with(&case.history));
                    case = next;
                }
                Err(CaseError::SamePerson) => prop_assert!(kind == ActionKind::Check && case.prepared_by.contains(&user(by))),
                Err(_) => prop_assert!(!case.allows(kind)),
            }
        }
        // Before each submission somebody checked who had no hand in the draft since it last came back.
        let mut hands: Vec<UserId> = Vec::new();
        let mut checked_by = None;
        for step in &case.history {
            match step.action.as_ref().map(Action::kind) {
                Some(ActionKind::Prepare) => { hands.push(step.by); checked_by = None; }
                Some(ActionKind::SendBack | ActionKind::RequestCorrection | ActionKind::Return) => {
                    hands.clear();
                    checked_by = None;
                }
                Some(ActionKind::Check) => checked_by = Some(step.by),
                Some(ActionKind::Submit) => prop_assert!(checked_by.is_some_and(|by| !hands.is_empty() && !hands.contains(&by))),
                _ => {}
            }
        }
    }
}
