use kura_calendar::Month;
use kura_law::Law;

use crate::Scheme;
use crate::decisions::average::{BaseDayRule, average, say_month};
use crate::decisions::first_payment::first_changed_payment;
use crate::decisions::judgement::{Measure, judge};
use crate::decisions::paid_month::PayHistory;
use crate::decisions::standards::revision_valid_until;
use crate::decisions::{
    CurrentStandard, DecisionError, Explanation, FixedPayChange, FullMonth, MonthsAverage, PaidMonth, REMUNERATION,
    SchemeJudgement, WorkerClass, wording,
};
use crate::figures;

/// What 随時改定 stands on: one change. Each change of fixed pay is judged on its own, also within three months of another.
#[derive(Debug, Clone, Copy)]
pub struct OccasionalFacts<'a> {
    /// The change that opens the question.
    pub change: FixedPayChange<'a>,
    /// 被保険者の区分.
    pub worker: WorkerClass,
    /// 給与履歴, in any order.
    pub history: &'a [PaidMonth],
    /// 従前の標準報酬月額: what stands in the month before the revision.
    pub current: CurrentStandard,
}

/// A question of 随時改定 with its answer so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionalRevision {
    /// 起算月, where it is known or can be foreseen.
    pub first_changed_payment: Option<Month>,
    /// 改定月, the fourth month from it.
    pub begins: Option<Month>,
    /// What follows.
    pub outcome: RevisionOutcome,
    /// Why.
    pub explanation: Explanation,
    /// Of this what says which payment is the first: days and periods, no amount.
    pub why_first: Explanation,
}

/// What a revision comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionOutcome {
    /// 判断はまだ.
    Open(OpenQuestion),
    /// 改定しない, before any grade was compared.
    NotRevised(NoRevision),
    /// Averages and grades, each scheme judged.
    Judged(JudgedRevision),
}

/// Why a revision cannot be judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenQuestion {
    /// Payments are still to come.
    Waiting {
        /// Their months.
        months: Vec<Month>,
    },
    /// There is no pay history to count from.
    NoHistory,
    /// A payment of the three came late: it must be put into the month it was due.
    LatePay {
        /// 支給月.
        month: Month,
    },
}

/// Why there is no revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoRevision {
    /// Fixed pay is what it was.
    NothingChanged,
    /// A month of the three has too few base days.
    BaseDaysShort {
        /// 支給月.
        month: Month,
    },
    /// No month has enough base days (終了時改定).
    NoMonthLeft,
    /// The person did not ask for it (終了時改定).
    NotRequested,
    /// The child is three years old (終了時改定).
    ChildTooOld,
    /// Another leave follows on the next day (終了時改定).
    NextLeaveFollows,
}

/// A revision whose grades were compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRevision {
    /// 総計 and 平均額 (2221700 fields 37 and 38, uncapped).
    pub counted: MonthsAverage,
    /// 修正平均額 without 遡及分 (field 39), where there is any.
    pub corrected: Option<MonthsAverage>,
    /// 健康保険.
    pub health: Option<SchemeJudgement>,
    /// 厚生年金保険.
    pub pension: Option<SchemeJudgement>,
    /// 改定月.
    pub begins: Month,
    /// The last month the new standard stands for unless another decision comes first.
    pub valid_until: Month,
}

impl JudgedRevision {
    /// True when at least one scheme is revised.
    pub fn is_revised(&self) -> bool {
        [self.health, self.pension].into_iter().flatten().any(|scheme| scheme.verdict.is_revised())
    }

    /// 健康保険のみ月額変更: health is revised and a pension standard stays (field 47).
    pub fn health_only(&self) -> bool {
        let revised = |scheme: Option<SchemeJudgement>| scheme.is_some_and(|scheme| scheme.verdict.is_revised());
        revised(self.health) && self.pension.is_some() && !revised(self.pension)
    }
}

/// 随時改定 (健康保険法43条, 厚生年金保険法23条): the three payments from the first that carries the change.
pub fn occasional_revision(law: &Law, facts: &OccasionalFacts<'_>) -> Result<OccasionalRevision, DecisionError> {
    let mut explanation = Explanation::default();
    let history = PayHistory::read(facts.history)?;
    say_change(law, facts, &mut explanation)?;
    let mut answer = OccasionalRevision {
        first_changed_payment: None,
        begins: None,
        outcome: RevisionOutcome::NotRevised(NoRevision::NothingChanged),
        explanation: Explanation::default(),
        why_first: Explanation::default(),
    };
    let said = explanation.steps().len();
    if facts.change.direction().is_none() {
        explanation.say("固定的賃金の額が変わらないので、随時改定は行いません。");
    } else {
        let first = first_changed_payment(law, &facts.change, &history, &mut explanation)?;
        answer.why_first = explanation.after(said);
        answer.outcome = match first {
            Some(first) => {
                let after =
                    figures::small::<i32>(law, REMUNERATION, "zuiji.effective_after_months", first.first_day())?;
                let begins = first.plus(after.value);
                answer.first_changed_payment = Some(first);
                answer.begins = Some(begins);
                three_months(law, facts, &history, (first, begins), &mut explanation)?
            }
            None => RevisionOutcome::Open(OpenQuestion::NoHistory),
        };
    }
    answer.explanation = explanation;
    Ok(answer)
}

fn say_change(law: &Law, facts: &OccasionalFacts<'_>, explanation: &mut Explanation) -> Result<(), DecisionError> {
    let conditions = law.figure(REMUNERATION, "zuiji.conditions", facts.change.effective_on)?;
    let change = &facts.change;
    let direction = change.direction().map_or("変更なし", |direction| direction.japanese());
    explanation.cite(
        conditions.citation(),
        format!(
            "随時改定（健康保険法43条、厚生年金保険法23条）: {}が{}から{} → {}（{direction}）。",
            change.what,
            wording::day(change.effective_on),
            wording::yen(change.before),
            wording::yen(change.after)
        ),
    );
    Ok(())
}

fn three_months(
    law: &Law,
    facts: &OccasionalFacts<'_>,
    history: &PayHistory<'_>,
    (first, begins): (Month, Month),
    explanation: &mut Explanation,
) -> Result<RevisionOutcome, DecisionError> {
    let number = figures::small::<i32>(law, REMUNERATION, "zuiji.consecutive_months", first.first_day())?;
    let wanted: Vec<Month> = (0..number.value).map(|months| first.plus(months)).collect();
    explanation.cite(number.citation, format!("{}の{}か月で判断します。", wording::months(&wanted), number.value));
    let all = number.value;
    let window = Window::read(history, wanted, explanation)?;
    let rule = BaseDayRule::occasional(law, facts.worker, first.first_day())?;
    if let Some(short) = window.paid.iter().find(|paid| paid.base_days < rule.minimum()) {
        let (month, minimum) = (short.payment_month, rule.minimum());
        explanation.cite(
            rule.citation(),
            format!(
                "{}の支払基礎日数{}日が{minimum}日に足りません。{all}か月とも必要なので、随時改定は行いません。",
                wording::month(month),
                short.base_days
            ),
        );
        return Ok(RevisionOutcome::NotRevised(NoRevision::BaseDaysShort { month }));
    }
    let is_late = |paid: &&&PaidMonth| paid.full_month == FullMonth::Late;
    // Arrears of a mistake stand in the three months already.
    if let Some(late) = window.paid.iter().find(is_late).filter(|_| !facts.change.paid_late_by_mistake) {
        let month = late.payment_month;
        explanation
            .say(format!("{}は遅配です。遅れた分を支払うべき月に入れ直してから判断します。", wording::month(month)));
        return Ok(RevisionOutcome::Open(OpenQuestion::LatePay { month }));
    }
    if !window.waiting.is_empty() {
        say_waiting(&window.waiting, begins, explanation);
        return Ok(RevisionOutcome::Open(OpenQuestion::Waiting { months: window.waiting }));
    }
    explanation.cite(rule.citation(), format!("{all}か月とも支払基礎日数が{}日以上あります。", rule.minimum()));
    let grades = figures::integer(law, REMUNERATION, "zuiji.min_grade_difference", begins.first_day())?;
    let measure = Measure { grades: grades.value, citation: grades.citation, direction: facts.change.direction() };
    let keep_arrears = facts.change.paid_late_by_mistake;
    judged(law, &window.paid, &facts.current, (begins, measure, keep_arrears), explanation)
}

pub(crate) fn say_waiting(waiting: &[Month], begins: Month, explanation: &mut Explanation) {
    explanation.say(format!(
        "{}の支給がまだないので、判断はその支給の後です。要件に当たれば{}から改定します。",
        wording::months(waiting),
        wording::month(begins)
    ));
}

/// The payments of the wanted months that are there, and the months that are still to come.
pub(crate) struct Window<'a> {
    pub(crate) paid: Vec<&'a PaidMonth>,
    pub(crate) waiting: Vec<Month>,
}

impl<'a> Window<'a> {
    /// A month before the last one of the history must be there; a later one is still to come.
    pub(crate) fn read(
        history: &PayHistory<'a>,
        wanted: Vec<Month>,
        explanation: &mut Explanation,
    ) -> Result<Self, DecisionError> {
        let last = history.last().map(|paid| paid.payment_month);
        let mut window = Self { paid: Vec::with_capacity(wanted.len()), waiting: Vec::new() };
        for month in wanted {
            if last.is_none_or(|last| last < month) {
                window.waiting.push(month);
            } else {
                let paid = history.require(month)?;
                say_month(paid, explanation);
                window.paid.push(paid);
            }
        }
        Ok(window)
    }
}

/// Averages, grades and validity: shared by 随時改定 and 終了時改定.
pub(crate) fn judged(
    law: &Law,
    paid: &[&PaidMonth],
    current: &CurrentStandard,
    (begins, measure, keep_arrears): (Month, Measure, bool),
    explanation: &mut Explanation,
) -> Result<RevisionOutcome, DecisionError> {
    let on = begins.first_day();
    let Some(counted) = average(law, on, paid, PaidMonth::total)? else {
        return Ok(RevisionOutcome::NotRevised(NoRevision::NoMonthLeft));
    };
    explanation.say(format!("平均額: {}。", counted.sum()));
    let has_arrears = !keep_arrears && paid.iter().any(|paid| paid.total() != paid.own());
    let corrected = if has_arrears { average(law, on, paid, PaidMonth::own)? } else { None };
    if let Some(corrected) = &corrected {
        let rule = law.figure(REMUNERATION, "averages.retroactive_raise", on)?;
        explanation.cite(rule.citation(), format!("前の月の分の差額を除いた修正平均額: {}。", corrected.sum()));
    }
    let remuneration = corrected.as_ref().unwrap_or(&counted).average;
    let health = judge(law, Scheme::Health, begins, current, remuneration, measure, explanation)?;
    let pension = judge(law, Scheme::Pension, begins, current, remuneration, measure, explanation)?;
    let valid_until = revision_valid_until(law, begins)?;
    let judged = JudgedRevision { counted, corrected, health, pension, begins, valid_until: valid_until.value };
    if judged.is_revised() {
        explanation.cite(
            valid_until.citation,
            format!(
                "{}から改定し、{}まで適用します（その前に別の改定があればそこまで）。",
                wording::month(begins),
                wording::month(valid_until.value)
            ),
        );
    }
    Ok(RevisionOutcome::Judged(judged))
}
