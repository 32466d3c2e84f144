//! 休業: 産前産後, 育児, 介護, 私傷病, and what each of them opens.

use std::collections::BTreeMap;

use kura_model::{Leave, LeaveKind, PremiumExemption};

use super::{EMPLOYMENT, HEALTH, SOCIAL};
use crate::desk::{Days, Desk};
use crate::duty::Filed;
use crate::person::Person;
use crate::{Anchor, LifeEvent, ProcedureError};

pub(super) fn enter(person: &Person<'_>, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    for leave in &person.leaves {
        let number = count.entry(leave.leave_kind.japanese()).or_default();
        *number = number.saturating_add(1);
        let leave = Spell { person, leave, subject: format!("{}{number}", leave.leave_kind.japanese()) };
        match leave.leave.leave_kind {
            LeaveKind::Maternity => leave.maternity(desk)?,
            LeaveKind::Childcare => leave.childcare(desk)?,
            LeaveKind::ChildcareAtBirth => leave.childcare_at_birth(desk)?,
            LeaveKind::FamilyCare => leave.family_care(desk)?,
            LeaveKind::PrivateIllness => leave.sick(desk)?,
            LeaveKind::WorkAccident | LeaveKind::SuspensionFromWork => {}
        }
    }
    Ok(())
}

/// One leave of a person.
struct Spell<'a, 'book> {
    person: &'a Person<'book>,
    leave: &'a Leave,
    subject: String,
}

impl Spell<'_, '_> {
    fn maternity(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        self.exemption(LifeEvent::MaternityLeave, "maternity_leave_notice", desk)?;
        if self.person.is_insured(HEALTH, self.leave.from) {
            let began = self.began(LifeEvent::MaternityLeave);
            desk.file(&began, "childbirth_allowance", Days::known(self.leave.from), Filed::NotRecorded)?;
        }
        self.birth(desk)?;
        if self.leave.end_revision_wanted {
            self.ended(LifeEvent::MaternityLeaveEnded, "maternity_leave_end_change_notice", desk)?;
        }
        Ok(())
    }

    /// 出産: the lump sum, and whether the child becomes a dependant.
    fn birth(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        let lump_sum = "childbirth_lump_sum";
        let Some(born) = self.leave.birth_date_of_child else {
            let began = self.began(LifeEvent::ChildBorn);
            let decides = ["maternity_leave_notice", lump_sum];
            let sentence = "出産日が入っていません。予定日で出した申出書は、出産日が違うと変更届が要ります。";
            desk.ask(&began, "休業 出産日", &decides, sentence);
            return Ok(());
        };
        if !self.person.is_insured(HEALTH, born) {
            return Ok(());
        }
        let birth = self.person.occurrence(LifeEvent::ChildBorn, born, self.subject.as_str());
        desk.file(&birth, lump_sum, Days::known(born), Filed::NotRecorded)?;
        let entered = self
            .person
            .family
            .iter()
            .any(|(_, history)| history.facts().last().is_some_and(|(_, child)| child.birth_date == Some(born)));
        if !entered {
            let sentence = "生まれた子が扶養家族にありません。健保の扶養に入れるかどうかを確かめてください。";
            desk.ask(&birth, "扶養家族 健保の扶養 該当日", &["dependent_change_notice"], sentence);
        }
        Ok(())
    }

    fn childcare(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        self.exemption(LifeEvent::ChildcareLeave, "childcare_leave_notice", desk)?;
        let from = self.leave.from;
        if self.person.is_insured(EMPLOYMENT, from) {
            let began = self.began(LifeEvent::ChildcareLeave);
            desk.file(&began, "wage_certificate_at_leave_start", Days::known(from), Filed::NotRecorded)?;
            desk.file(&began, "childcare_leave_benefit", Days::known(from), Filed::NotRecorded)?;
            self.next_claim(desk)?;
        }
        if self.leave.end_revision_wanted {
            self.ended(LifeEvent::ChildcareLeaveEnded, "childcare_leave_end_change_notice", desk)?;
        }
        if self.leave.child_rearing_wanted {
            self.ended(LifeEvent::ChildcareLeaveEnded, "child_rearing_exception_notice", desk)?;
        }
        Ok(())
    }

    /// The next window as Hello Work printed it.
    fn next_claim(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        let benefit = "childcare_leave_benefit";
        match (self.leave.next_claim_from, self.leave.next_claim_to) {
            (Some(from), Some(to)) => {
                let claim = self.person.occurrence(LifeEvent::NextClaim, from, self.subject.as_str());
                desk.file(&claim, benefit, Days::lasting(from, Some(Anchor::Known(to))), Filed::NotRecorded)
            }
            (None, None) => Ok(()),
            (from, _) => {
                let claim = self.person.without_day(LifeEvent::NextClaim, self.subject.as_str());
                let missing =
                    if from.is_some() { "休業 次回申請期間 至" } else { "休業 次回申請期間 自" };
                let sentence = "次回申請期間の片方の日が入っていません。公共職業安定所の決定通知で確かめてください。";
                desk.ask(&claim, missing, &[benefit], sentence);
                Ok(())
            }
        }
    }

    fn childcare_at_birth(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        self.exemption(LifeEvent::ChildcareLeave, "childcare_leave_notice", desk)?;
        if !self.person.is_insured(EMPLOYMENT, self.leave.from) {
            return Ok(());
        }
        let began = self.began(LifeEvent::ChildcareLeaveAtBirth);
        let benefit = "birth_childcare_leave_benefit";
        match self.leave.birth_date_of_child {
            Some(born) => desk.file(&began, benefit, Days::known(born), Filed::NotRecorded),
            None => {
                desk.ask(&began, "休業 子の生年月日", &[benefit], "子の生年月日が入っていません。");
                Ok(())
            }
        }
    }

    fn family_care(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        if !self.person.is_insured(EMPLOYMENT, self.leave.from) {
            return Ok(());
        }
        let began = self.began(LifeEvent::FamilyCareLeave);
        let benefit = "family_care_leave_benefit";
        match self.end() {
            Some(end) => desk.file(&began, benefit, Days::lasting(self.leave.from, Some(end)), Filed::NotRecorded),
            None => {
                desk.ask_still(&began, "休業 終了日", &[benefit], "介護休業の終了日も終了予定日も入っていません。");
                Ok(())
            }
        }
    }

    fn sick(&self, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        if !self.person.is_insured(HEALTH, self.leave.from) {
            return Ok(());
        }
        let began = self.began(LifeEvent::SickLeave);
        desk.file(&began, "injury_and_sickness_allowance", Days::known(self.leave.from), Filed::NotRecorded)
    }

    /// 保険料免除の申出: during the leave or soon after it.
    fn exemption(&self, event: LifeEvent, procedure: &str, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        let filed = match self.leave.premium_exemption {
            Some(PremiumExemption::NotClaimed) => return Ok(()),
            Some(PremiumExemption::Filed) => Filed::DayUnknown,
            Some(PremiumExemption::Automatic) | None => Filed::No,
        };
        if !self.person.is_insured(SOCIAL, self.leave.from) {
            return Ok(());
        }
        let began = self.began(event);
        desk.file(&began, procedure, Days::lasting(self.leave.from, self.end()), filed)?;
        if self.end().is_none() && desk.period.meets(self.leave.from, None) {
            let sentence = format!("{}の終了日も終了予定日も入っていません。", self.leave.leave_kind.japanese());
            desk.ask_still(&began, "休業 終了予定日", &[procedure], &sentence);
        }
        Ok(())
    }

    /// What follows from the end of the leave, once it is there.
    fn ended(&self, event: LifeEvent, procedure: &str, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
        let Some(to) = self.leave.to else { return Ok(()) };
        let ended = self.person.occurrence(event, to, self.subject.as_str());
        desk.file(&ended, procedure, Days::known(to), Filed::NotRecorded)
    }

    fn began(&self, event: LifeEvent) -> crate::Occurrence {
        self.person.occurrence(event, self.leave.from, self.subject.as_str())
    }

    /// 終了日, else 終了予定日.
    fn end(&self) -> Option<Anchor> {
        self.leave.to.map(Anchor::Known).or(self.leave.planned_to.map(Anchor::Planned))
    }
}
