//! 随時改定 (月変): the changes of fixed pay that a payment of the last three months is the first to carry.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kura_book::Severity;
use kura_calendar::Month;
use kura_insurance::decisions::{
    CurrentStandard, Direction, FixedPayChange, JudgedRevision, NoRevision, OccasionalFacts, OccasionalRevision,
    OpenQuestion, PaidMonth, RevisionOutcome, SchemeJudgement, Verdict, WorkerClass, occasional_annual_average,
    occasional_revision,
};
use kura_model::{PayLine, Row, StandardDecision, StandardRemuneration};
use kura_yen::Yen;

use super::annual_calendar::AnnualCalendar;
use super::fixed_change::{ChangesTogether, FixedChange};
use super::insured::Insured;
use super::item_changes::ItemChanges;
use super::judgement::{Judgement, JudgementKind};
use super::monthly_change_notice::{MonthlyChange, notice};
use super::subject::{Made, Subject};
use super::terms_changes;
use super::wording;
use crate::premiums::standard;
use crate::stop::Stop;

const KIND: JudgementKind = JudgementKind::Occasional;
/// The first of the three payments lies so many months before the last.
const MONTHS_TO_LAST: i32 = 2;

/// What 定時決定 must know of 随時改定.
#[derive(Default)]
pub(super) struct Revisions {
    /// 改定月 of revisions that are decided, or that the payments so far point to.
    pub(super) months: Vec<Month>,
    /// The payments to June pointed to a revision in August or September, and now there is none: 定時決定 waited for it.
    pub(super) waited_in_vain: bool,
    /// 起算月 and direction of the changes that payments carry.
    pub(super) changes: Vec<(Month, Direction)>,
}

/// Judges every question whose third payment is this one, and says what the others wait for.
pub(super) fn decide(
    subject: &Subject<'_>,
    calendar: &AnnualCalendar,
    lines: &[&PayLine],
    made: &mut Made<'_>,
) -> Result<Revisions, Stop> {
    let mut revisions = Revisions::default();
    let begins = subject.run().next();
    let Some(insured) = Insured::on(&subject.person.facts, begins.first_day())? else { return Ok(revisions) };
    let changes = changes(subject, &insured, lines)?;
    if changes.is_empty() {
        return Ok(revisions);
    }
    let standing = Standing::of(subject, calendar, insured)?;
    for (first, changes) in standing.by_first_payment(changes)? {
        let Some(together) = ChangesTogether::of(&changes)? else { continue };
        standing.question(first, &together.as_one(), &mut revisions, made)?;
    }
    Ok(revisions)
}

/// The changes of fixed pay after 資格取得 that can still matter: nothing before the history, nothing to come, nothing that a
/// payment before the last three carried whole.
fn changes(subject: &Subject<'_>, insured: &Insured<'_>, lines: &[&PayLine]) -> Result<Vec<FixedChange>, Stop> {
    let facts = &subject.person.facts;
    let mut changes = terms_changes::changes(facts)?;
    changes.extend(ItemChanges { person: subject.person, paid: &subject.paid, lines }.find()?);
    let (acquired, known_from) = (insured.acquired()?, subject.paid.known_from());
    let earliest = subject.run().plus(-MONTHS_TO_LAST);
    changes.retain(|change| {
        let is_settled = subject.paid.whole_payments().any(|(month, paid_on, period)| {
            let decided = change.decided_on.is_none_or(|decided| decided <= paid_on);
            month < earliest && change.on <= period.from && decided
        });
        let is_known = known_from.is_some_and(|from| from <= change.on) || change.decided_on.is_some();
        acquired < change.on && is_known && change.on <= facts.clocks().attendance.to && !is_settled
    });
    Ok(changes)
}

/// Where the person stands before a revision.
struct Standing<'run> {
    subject: &'run Subject<'run>,
    calendar: &'run AnnualCalendar,
    insured: Insured<'run>,
    worker: WorkerClass,
    row: Cow<'run, Row<StandardRemuneration>>,
    current: CurrentStandard,
}

impl<'run> Standing<'run> {
    fn of(subject: &'run Subject<'run>, calendar: &'run AnnualCalendar, insured: Insured<'run>) -> Result<Self, Stop> {
        let facts = &subject.person.facts;
        let row = standard(facts, subject.run())?;
        let current = insured.current(&row)?;
        let worker = insured.worker(facts, facts.clocks().attendance.to)?;
        Ok(Self { subject, calendar, insured, worker, row, current })
    }

    /// Changes that one payment is the first to carry are one question.
    fn by_first_payment(&self, changes: Vec<FixedChange>) -> Result<BTreeMap<Month, Vec<FixedChange>>, Stop> {
        let mut by_first: BTreeMap<Month, Vec<FixedChange>> = BTreeMap::new();
        let earliest = self.subject.run().plus(-MONTHS_TO_LAST);
        for change in changes {
            let Some(alone) = ChangesTogether::of(std::slice::from_ref(&change))? else { continue };
            let (_, found) = self.judge(&alone.as_one(), earliest)?;
            if let Some(first) = found.first_changed_payment.filter(|first| earliest <= *first) {
                by_first.entry(first).or_default().push(change);
            }
        }
        Ok(by_first)
    }

    /// The payments from the one that holds the day of the change on, and the judgement over them.
    fn judge(&self, change: &FixedPayChange<'_>, window: Month) -> Result<(Vec<PaidMonth>, OccasionalRevision), Stop> {
        let paid = &self.subject.paid;
        let from = paid.month_holding(change.effective_on).unwrap_or_else(|| self.subject.run());
        paid.whole_between(from, self.subject.run())?;
        let history = paid.since(from, window)?;
        let found = occasional_revision(self.subject.month.law, &self.facts(*change, &history))?;
        Ok((history, found))
    }

    fn facts<'of>(&self, change: FixedPayChange<'of>, history: &'of [PaidMonth]) -> OccasionalFacts<'of> {
        OccasionalFacts { change, worker: self.worker, history, current: self.current }
    }

    /// One question: judged, or told what it waits for.
    fn question(
        &self,
        first: Month,
        change: &FixedPayChange<'_>,
        revisions: &mut Revisions,
        made: &mut Made<'_>,
    ) -> Result<(), Stop> {
        let Some(direction) = change.direction() else { return Ok(()) };
        let (history, found) = self.judge(change, first)?;
        if first <= self.subject.run() {
            revisions.changes.push((first, direction));
        }
        let Some(begins) = found.begins else { return Ok(()) };
        match &found.outcome {
            RevisionOutcome::Judged(_) if self.is_of_two_offices() => self.two_offices(first, &found, made),
            RevisionOutcome::Judged(judged) => {
                let question = Question { first, change, direction, history: &history, found: &found };
                if judged.is_revised() {
                    revisions.months.push(begins);
                } else {
                    revisions.waited_in_vain |= self.pointed_in_june(begins, change, &history)?;
                }
                self.judged(&question, judged, made)?;
            }
            RevisionOutcome::NotRevised(NoRevision::BaseDaysShort { month }) => {
                revisions.waited_in_vain |= self.pointed_in_june(begins, change, &history)?;
                if *month == self.subject.run() {
                    self.too_few_days(first, &history, &found, made);
                }
            }
            RevisionOutcome::NotRevised(_) => {}
            RevisionOutcome::Open(open) => {
                if let OpenQuestion::Waiting { months } = open
                    && self.points_to_revision(change, &history, months)?
                {
                    revisions.months.push(begins);
                }
                self.open(change, &found, open, made);
            }
        }
        Ok(())
    }

    /// A question whose payments are all there.
    fn judged(&self, question: &Question<'_>, judged: &JudgedRevision, made: &mut Made<'_>) -> Result<(), Stop> {
        let (subject, explanation) = (self.subject, &question.found.explanation);
        let verdict = wording::judged([judged.health, judged.pension]);
        let first_payment = why_first(question.found);
        let mut judgement = subject
            .judgement(KIND, &verdict)
            .with_old(self.current, self.row.applies_from)
            .with_months(
                question.history,
                (question.first, subject.run()),
                Some(&judged.counted),
                judged.corrected.as_ref(),
            )
            .explained(explanation);
        if !judged.is_revised() {
            made.outputs.judgements.push(judgement);
            let sentence = format!("{}の変更による随時改定: {verdict}。{first_payment}", question.change.what);
            made.outputs.findings.push(if is_unknown(judged) {
                let remedy = "標準報酬の「報酬月額」を入れてください。";
                subject.finding(Severity::Warning, "revision_unknown", sentence, remedy)
            } else {
                subject.finding(Severity::Info, "no_occasional_revision", sentence, "")
            });
            return Ok(());
        }
        self.say_annual_average(question, judged, &mut judgement, made)?;
        let standards = revised_standards(judged, self.current);
        made.outputs.judgements.push(judgement.with_new(judged.begins, standards));
        let sentence = format!(
            "{}の変更による随時改定: {verdict}。{first_payment}{}から改定します。",
            question.change.what,
            wording::month(judged.begins)
        );
        let remedy = "月額変更届を速やかに提出してください。";
        made.outputs.findings.push(subject.finding(Severity::Info, "occasional_revision", sentence, remedy));
        let mut row = self.insured.proposal(&subject.person.facts, judged.begins, standards);
        row.decision = Some(StandardDecision::Occasional);
        row.remuneration = Some(judged.corrected.as_ref().unwrap_or(&judged.counted).average);
        made.propose(subject, row);
        made.withdraw_annual(subject, self.calendar, judged.begins);
        let of_change = MonthlyChange {
            subject,
            insured: &self.insured,
            worker: self.worker,
            current: self.current,
            current_from: self.row.applies_from,
            history: question.history,
            first: question.first,
            direction: question.direction,
            what: question.change.what,
            judged,
        };
        made.monthly.add(subject, judged.begins.first_day(), notice(&of_change)?)
    }

    /// 年間平均による保険者算定 can be applied for; it is never decided here.
    fn say_annual_average(
        &self,
        question: &Question<'_>,
        judged: &JudgedRevision,
        judgement: &mut Judgement,
        made: &mut Made<'_>,
    ) -> Result<(), Stop> {
        // The year before the change, where it is known; a gap is said by the comparison itself.
        let Ok(history) = self.subject.paid.since(question.first.plus(-12), question.first) else { return Ok(()) };
        let facts = self.facts(*question.change, &history);
        let proposal = occasional_annual_average(self.subject.month.law, &facts, judged)?;
        if proposal.is_proposed() {
            judgement.explanation.extend(proposal.explanation.steps().iter().map(|step| step.text.clone()));
            let sentence = "随時改定は年間平均による申立ての対象になり得ます。業務の性質上この差が例年見込まれ、本人が同意するときに限ります。";
            let remedy = "申し立てるときは、申立書と同意書を添えて別に届け出てください。";
            let finding = self.subject.finding(Severity::Info, "annual_average_possible", sentence, remedy);
            made.outputs.findings.push(finding);
        }
        Ok(())
    }

    /// 二以上事業所勤務: the insurer judges over all offices.
    fn two_offices(&self, first: Month, found: &OccasionalRevision, made: &mut Made<'_>) {
        let verdict = "二以上事業所勤務のため、保険者が判断";
        let judgement = self.subject.judgement(KIND, verdict).with_old(self.current, self.row.applies_from);
        made.outputs.judgements.push(judgement.explained(&found.explanation));
        let sentence = format!(
            "固定的賃金が変わり、起算月は{}です。二以上事業所勤務なので、当社の報酬だけでは判断していません。",
            wording::month(first)
        );
        let remedy = "当社の報酬の等級が2等級以上変わるときは、月額変更届を別に作って提出してください。";
        let finding = self.subject.finding(Severity::Warning, "two_offices_revision", sentence, remedy);
        made.outputs.findings.push(finding);
    }

    fn too_few_days(&self, first: Month, history: &[PaidMonth], found: &OccasionalRevision, made: &mut Made<'_>) {
        let run = self.subject.run();
        let judgement = self
            .subject
            .judgement(KIND, "改定しない（支払基礎日数が足りない月がある）")
            .with_old(self.current, self.row.applies_from)
            .with_months(history, (first, run), None, None)
            .explained(&found.explanation);
        made.outputs.judgements.push(judgement);
        let sentence = format!("{}の支払基礎日数が足りないので、随時改定は行いません。", wording::month(run));
        made.outputs.findings.push(self.subject.finding(Severity::Info, "no_occasional_revision", sentence, ""));
    }

    /// A question that stays open: which payment is the first, and what it waits for.
    fn open(&self, change: &FixedPayChange<'_>, found: &OccasionalRevision, open: &OpenQuestion, made: &mut Made<'_>) {
        let first_payment = why_first(found);
        let (severity, code, waits, remedy) = match open {
            OpenQuestion::Waiting { months } => {
                let last = months.last().copied().map(wording::month).unwrap_or_default();
                (Severity::Info, "revision_waits", format!("{last}の支給の後に判断します。"), "")
            }
            OpenQuestion::NoHistory => {
                let remedy = "給与履歴に支給を入れてください。";
                (Severity::Warning, "revision_unknown", "給与履歴がないので判断できません。".to_owned(), remedy)
            }
            OpenQuestion::LatePay { month } => {
                let waits = format!("{}が遅配なので判断できません。", wording::month(*month));
                let remedy = "遅れた分を本来支払うべき月の給与履歴に入れ直してください。";
                (Severity::Warning, "revision_late_pay", waits, remedy)
            }
        };
        let begins = found.begins.map(|begins| format!("要件に当たれば{}から改定します。", wording::month(begins)));
        let sentence =
            format!("{}の変更による随時改定: {first_payment}{waits}{}", change.what, begins.unwrap_or_default());
        made.outputs.findings.push(self.subject.finding(severity, code, sentence, remedy));
    }

    /// True when the question would end in a revision if the payments to come were like the last one.
    fn points_to_revision(
        &self,
        change: &FixedPayChange<'_>,
        history: &[PaidMonth],
        to_come: &[Month],
    ) -> Result<bool, Stop> {
        let Some(last) = history.last() else { return Ok(false) };
        let mut supposed = history.to_vec();
        supposed.extend(to_come.iter().map(|month| PaidMonth { payment_month: *month, ..*last }));
        let found = occasional_revision(self.subject.month.law, &self.facts(*change, &supposed))?;
        Ok(matches!(found.outcome, RevisionOutcome::Judged(judged) if judged.is_revised()))
    }

    /// Whether 定時決定 was put off for a revision of August or September when June was paid.
    fn pointed_in_june(&self, begins: Month, change: &FixedPayChange<'_>, history: &[PaidMonth]) -> Result<bool, Stop> {
        let Some(june) = self.calendar.last_payment().filter(|_| self.calendar.on_application.contains(&begins)) else {
            return Ok(false);
        };
        let (known, later): (Vec<PaidMonth>, Vec<PaidMonth>) =
            history.iter().partition(|paid| paid.payment_month <= june);
        let later: Vec<Month> = later.iter().map(|paid| paid.payment_month).collect();
        self.points_to_revision(change, &known, &later)
    }

    fn is_of_two_offices(&self) -> bool {
        self.insured.spell.multi_establishment || self.row.selected_office.is_some()
    }
}

/// The sentences about the first payment.
fn why_first(found: &OccasionalRevision) -> String {
    found.why_first.steps().iter().map(|step| step.text.as_str()).collect()
}

/// A judged question.
struct Question<'of> {
    first: Month,
    change: &'of FixedPayChange<'of>,
    direction: Direction,
    history: &'of [PaidMonth],
    found: &'of OccasionalRevision,
}

/// True when the end of a grade table asks for the pay behind the current standard.
fn is_unknown(judged: &JudgedRevision) -> bool {
    let schemes = [judged.health, judged.pension].into_iter().flatten();
    schemes.map(|scheme| scheme.verdict).any(|verdict| verdict == Verdict::CurrentPayUnknown)
}

/// 健保 and 厚年 after the revision: a scheme that is not revised keeps its standard.
pub(super) fn revised_standards(judged: &JudgedRevision, current: CurrentStandard) -> [Option<Yen>; 2] {
    let revised = |scheme: Option<SchemeJudgement>| {
        scheme.filter(|scheme| scheme.verdict.is_revised()).map(|scheme| scheme.new.standard_monthly)
    };
    [revised(judged.health).or(current.health), revised(judged.pension).or(current.pension)]
}
