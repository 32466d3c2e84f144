//! 産前産後休業終了時改定, 育児休業等終了時改定: judged when the third payment after the leave is there.

use kura_book::Severity;
use kura_calendar::{Date, Month};
use kura_insurance::LeaveKind as Kind;
use kura_insurance::decisions::{
    JudgedRevision, LeaveEndFacts, LeaveEndRevision, NoRevision, RevisionOutcome, leave_end_revision,
};
use kura_model::{Leave, LeaveKind, StandardDecision};

use super::annual_calendar::AnnualCalendar;
use super::insured::Insured;
use super::judgement::JudgementKind;
use super::occasional::revised_standards;
use super::subject::{Made, Subject};
use super::wording;
use crate::premiums::standard;
use crate::stop::Stop;

/// 改定月 of the revisions that were asked for and come about.
pub(super) fn decide(
    subject: &Subject<'_>,
    calendar: &AnnualCalendar,
    made: &mut Made<'_>,
) -> Result<Vec<Month>, Stop> {
    let mut months = Vec::new();
    for leave in &subject.person.facts.rows.leaves {
        let Some(ended) = Ended::of(subject, &leave.facts) else { continue };
        months.extend(ended.judge(subject, calendar, made)?);
    }
    Ok(months)
}

/// A leave whose third month of pay is this one.
struct Ended<'run> {
    leave: &'run Leave,
    kind: Kind,
    end: Date,
    next_leave_from: Option<Date>,
}

impl<'run> Ended<'run> {
    /// `None` for other leaves, other months, and a leave that goes on under another row.
    fn of(subject: &Subject<'run>, leave: &'run Leave) -> Option<Self> {
        let kind = kind_of(leave.leave_kind)?;
        let end = leave.to.or(leave.planned_to)?;
        let back_on = end.tomorrow().ok()?;
        let leaves = &subject.person.facts.rows.leaves;
        let next = leaves.iter().find(|next| next.from == back_on && kind_of(next.leave_kind).is_some());
        let goes_on = next.is_some_and(|next| kind_of(next.leave_kind) == Some(kind));
        let third = Month::of(back_on).plus(2);
        (!goes_on && third == subject.run()).then_some(Self {
            leave,
            kind,
            end,
            next_leave_from: next.map(|next| next.from),
        })
    }

    fn judgement_kind(&self) -> JudgementKind {
        match self.kind {
            Kind::Maternity => JudgementKind::MaternityEnd,
            Kind::Childcare => JudgementKind::ChildcareEnd,
        }
    }

    fn judge(
        &self,
        subject: &Subject<'_>,
        calendar: &AnnualCalendar,
        made: &mut Made<'_>,
    ) -> Result<Option<Month>, Stop> {
        let facts = &subject.person.facts;
        let begins = subject.run().next();
        let Some(insured) = Insured::on(facts, begins.first_day())? else { return Ok(None) };
        let Some(child_born_on) = self.leave.birth_date_of_child else {
            // Without the wish nobody asks how old the child is.
            let unknown = || Stop::unknown("休業", None, "出産日");
            return if self.leave.end_revision_wanted { Err(unknown()) } else { Ok(None) };
        };
        let row = standard(facts, subject.run())?;
        let current = insured.current(&row)?;
        let first = Month::of(self.end.tomorrow().map_err(|_| kura_calendar::CalendarError::OutOfRange)?);
        let history = subject.paid.since(first, first)?;
        let asked = LeaveEndFacts {
            kind: self.kind,
            leave_end: self.end,
            requested: true,
            child_born_on,
            next_leave_from: self.next_leave_from,
            worker: insured.worker(facts, facts.clocks().attendance.to)?,
            history: &history,
            current,
        };
        let found = leave_end_revision(subject.month.law, &asked)?;
        if !self.leave.end_revision_wanted {
            self.say_possible(subject, &found, made);
            return Ok(None);
        }
        let judgement = subject
            .judgement(self.judgement_kind(), verdict(&found))
            .with_old(current, row.applies_from)
            .explained(&found.explanation);
        let RevisionOutcome::Judged(judged) = &found.outcome else {
            made.outputs.judgements.push(judgement.with_months(&history, (first, subject.run()), None, None));
            return Ok(None);
        };
        let judgement =
            judgement.with_months(&history, (first, subject.run()), Some(&judged.counted), judged.corrected.as_ref());
        if !judged.is_revised() {
            made.outputs.judgements.push(judgement);
            return Ok(None);
        }
        let standards = revised_standards(judged, current);
        made.outputs.judgements.push(judgement.with_new(judged.begins, standards));
        let mut row = insured.proposal(facts, judged.begins, standards);
        row.decision = Some(match self.kind {
            Kind::Maternity => StandardDecision::MaternityEnd,
            Kind::Childcare => StandardDecision::ChildcareEnd,
        });
        row.remuneration = Some(remuneration(judged));
        made.propose(subject, row);
        made.withdraw_annual(subject, calendar, judged.begins);
        let sentence = format!(
            "{}に当たります。{}から改定します。届書CSVのない届出なので、ファイルは作っていません。",
            self.judgement_kind().japanese(),
            wording::month(judged.begins)
        );
        let remedy =
            "終了時報酬月額変更届を別に作って速やかに提出してください。養育期間の特例の申出も確かめてください。";
        made.outputs.findings.push(subject.finding(Severity::Warning, "leave_end_revision", sentence, remedy));
        Ok(Some(judged.begins))
    }

    /// Nobody asked, but it would come about.
    fn say_possible(&self, subject: &Subject<'_>, found: &LeaveEndRevision, made: &mut Made<'_>) {
        if matches!(&found.outcome, RevisionOutcome::Judged(judged) if judged.is_revised()) {
            let sentence =
                format!("申出があれば{}ができます（申出の記載がありません）。", self.judgement_kind().japanese());
            let remedy = "本人に確かめ、申し出るときは休業の「終了時改定の申出」に○を付けてください。";
            made.outputs.findings.push(subject.finding(Severity::Info, "leave_end_possible", sentence, remedy));
        }
    }
}

const fn kind_of(kind: LeaveKind) -> Option<Kind> {
    match kind {
        LeaveKind::Maternity => Some(Kind::Maternity),
        LeaveKind::Childcare | LeaveKind::ChildcareAtBirth => Some(Kind::Childcare),
        LeaveKind::FamilyCare | LeaveKind::PrivateIllness | LeaveKind::WorkAccident | LeaveKind::SuspensionFromWork => {
            None
        }
    }
}

fn remuneration(judged: &JudgedRevision) -> kura_yen::Yen {
    judged.corrected.as_ref().unwrap_or(&judged.counted).average
}

fn verdict(found: &LeaveEndRevision) -> String {
    match &found.outcome {
        RevisionOutcome::Judged(judged) => wording::judged([judged.health, judged.pension]),
        RevisionOutcome::Open(_) => "支給を待っています".to_owned(),
        RevisionOutcome::NotRevised(reason) => match reason {
            NoRevision::ChildTooOld => "改定しない（子の年齢）",
            NoRevision::NextLeaveFollows => "改定しない（次の休業が続く）",
            NoRevision::NoMonthLeft | NoRevision::BaseDaysShort { .. } => "改定しない（数えられる月がない）",
            NoRevision::NotRequested | NoRevision::NothingChanged => "改定しない",
        }
        .to_owned(),
    }
}
