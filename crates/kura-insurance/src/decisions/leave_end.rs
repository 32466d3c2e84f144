use kura_calendar::{Date, Month, birthday_in};
use kura_law::Law;

use crate::LeaveKind;
use crate::coverage::day_after;
use crate::decisions::average::BaseDayRule;
use crate::decisions::judgement::Measure;
use crate::decisions::occasional::{Window, judged, say_waiting};
use crate::decisions::paid_month::PayHistory;
use crate::decisions::{
    CurrentStandard, DecisionError, Explanation, NoRevision, OpenQuestion, PaidMonth, REMUNERATION, RevisionOutcome,
    WorkerClass, wording,
};
use crate::figures;

/// What 産前産後休業終了時改定 or 育児休業等終了時改定 stands on.
#[derive(Debug, Clone, Copy)]
pub struct LeaveEndFacts<'a> {
    /// The leave that ended.
    pub kind: LeaveKind,
    /// 終了日, the last day of the leave.
    pub leave_end: Date,
    /// The person asked for it through the employer.
    pub requested: bool,
    /// 子の生年月日.
    pub child_born_on: Date,
    /// The first day of the next 産前産後休業 or 育児休業, where there is one.
    pub next_leave_from: Option<Date>,
    /// 被保険者の区分.
    pub worker: WorkerClass,
    /// 給与履歴, in any order.
    pub history: &'a [PaidMonth],
    /// 従前の標準報酬月額.
    pub current: CurrentStandard,
}

/// 終了時改定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveEndRevision {
    /// The three months from the one that holds the day after the end.
    pub months: Vec<Month>,
    /// 改定月, the fourth month.
    pub begins: Month,
    /// What follows.
    pub outcome: RevisionOutcome,
    /// Why.
    pub explanation: Explanation,
}

/// 産前産後休業終了時改定 (健康保険法43条の3) and 育児休業等終了時改定 (43条の2; 厚生年金保険法23条の2, 23条の3): one grade is
/// enough, fixed pay need not change, months under the base days are dropped.
pub fn leave_end_revision(law: &Law, facts: &LeaveEndFacts<'_>) -> Result<LeaveEndRevision, DecisionError> {
    let mut explanation = Explanation::default();
    let back_on = day_after(facts.leave_end)?;
    let first = Month::of(back_on);
    let number = figures::small::<i32>(law, REMUNERATION, "leave_end_revision.consecutive_months", back_on)?;
    let after = figures::small::<i32>(law, REMUNERATION, "leave_end_revision.effective_after_months", back_on)?;
    let months: Vec<Month> = (0..number.value).map(|months| first.plus(months)).collect();
    let begins = first.plus(after.value);
    explanation.cite(
        number.citation,
        format!(
            "{}: {}に終わり、翌日のある{}からの{}か月（{}）の報酬で判断します。固定的賃金の変動は要りません。",
            title(facts.kind),
            wording::day(facts.leave_end),
            wording::month(first),
            number.value,
            wording::months(&months)
        ),
    );
    let outcome = match refused(law, facts, back_on, &mut explanation)? {
        Some(reason) => RevisionOutcome::NotRevised(reason),
        None => average_of_months(law, facts, months.clone(), begins, &mut explanation)?,
    };
    Ok(LeaveEndRevision { months, begins, outcome, explanation })
}

const fn title(kind: LeaveKind) -> &'static str {
    match kind {
        LeaveKind::Maternity => "産前産後休業終了時改定（健康保険法43条の3、厚生年金保険法23条の3）",
        LeaveKind::Childcare => "育児休業等終了時改定（健康保険法43条の2、厚生年金保険法23条の2）",
    }
}

fn refused(
    law: &Law,
    facts: &LeaveEndFacts<'_>,
    back_on: Date,
    explanation: &mut Explanation,
) -> Result<Option<NoRevision>, DecisionError> {
    let trigger = law.figure(REMUNERATION, "leave_end_revision.trigger", back_on)?;
    if !facts.requested {
        explanation.cite(trigger.citation(), "本人の申出がないので、終了時改定は行いません。");
        return Ok(Some(NoRevision::NotRequested));
    }
    let age = figures::small::<u8>(law, REMUNERATION, "leave_end_revision.child_under_age", back_on)?;
    // On the last day of the leave the child must be under the age.
    if birthday_in(facts.child_born_on, age.value)? <= facts.leave_end {
        explanation
            .cite(age.citation, format!("休業の終了日に子が{}歳になっているので、終了時改定は行いません。", age.value));
        return Ok(Some(NoRevision::ChildTooOld));
    }
    if facts.next_leave_from == Some(back_on) {
        let rule = law.figure(REMUNERATION, "leave_end_revision.not_when", back_on)?;
        let next = match facts.kind {
            LeaveKind::Maternity => "育児休業等",
            LeaveKind::Childcare => "産前産後休業",
        };
        explanation.cite(rule.citation(), format!("終了日の翌日に{next}が始まるので、終了時改定は行いません。"));
        return Ok(Some(NoRevision::NextLeaveFollows));
    }
    Ok(None)
}

fn average_of_months(
    law: &Law,
    facts: &LeaveEndFacts<'_>,
    months: Vec<Month>,
    begins: Month,
    explanation: &mut Explanation,
) -> Result<RevisionOutcome, DecisionError> {
    let history = PayHistory::read(facts.history)?;
    let window = Window::read(&history, months, explanation)?;
    if !window.waiting.is_empty() {
        say_waiting(&window.waiting, begins, explanation);
        return Ok(RevisionOutcome::Open(OpenQuestion::Waiting { months: window.waiting }));
    }
    let rule = BaseDayRule::leave_end(law, facts.worker, begins.first_day())?;
    let counted = rule.counted(&window.paid, facts.worker, explanation);
    if counted.is_empty() {
        explanation.cite(rule.citation(), "数えられる月がないので、終了時改定は行いません。");
        return Ok(RevisionOutcome::NotRevised(NoRevision::NoMonthLeft));
    }
    let grades = figures::integer(law, REMUNERATION, "leave_end_revision.min_grade_difference", begins.first_day())?;
    let measure = Measure { grades: grades.value, citation: grades.citation, direction: None };
    judged(law, &counted, &facts.current, (begins, measure, false), explanation)
}
