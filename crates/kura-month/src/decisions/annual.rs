//! 定時決定 (算定): after the payment of June, of everybody who is insured on 1 July.

use std::borrow::Cow;
use std::collections::BTreeSet;

use kura_book::Severity;
use kura_calendar::Month;
use kura_insurance::decisions::{
    AnnualAverageProposal, AnnualDetermination, AnnualExclusion, AnnualFacts, AnnualOutcome, CurrentStandard,
    DecidedStandard, PaidMonth, WorkerClass, annual_average_proposal, annual_determination,
};
use kura_model::{AgreementKind, EmployeeCode, PayKind, Row, Scheme, StandardDecision, StandardRemuneration};
use kura_yen::Yen;

use super::annual_calendar::AnnualCalendar;
use super::annual_notice::{AnnualBase, notice};
use super::insured::{Insured, amounts};
use super::judgement::{Judgement, JudgementKind};
use super::occasional::Revisions;
use super::subject::{Made, Subject};
use super::wording;
use crate::client_month::ClientMonth;
use crate::premiums::standard;
use crate::stop::Stop;

const KIND: JudgementKind = JudgementKind::Annual;

/// 定時決定 of a person: in June, and in July or August of one who waited for a revision that did not come.
pub(super) fn decide(
    subject: &Subject<'_>,
    calendar: &AnnualCalendar,
    revisions: &Revisions,
    made: &mut Made<'_>,
) -> Result<(), Stop> {
    if calendar.last_payment() != Some(subject.run()) && !waited_in_vain(subject, calendar, revisions) {
        return Ok(());
    }
    let employed = subject.person.facts.employed()?;
    let Some(insured) = Insured::on(&subject.person.facts, calendar.insured_on.min(employed.to))? else {
        return Ok(());
    };
    let base = Base::of(subject, calendar, revisions, insured)?;
    // Who is excluded needs no pay history.
    if let Ok(found) = base.determine(&[])
        && let AnnualOutcome::Excluded(exclusion) = found.outcome
    {
        base.excluded(exclusion, &found, made);
        return Ok(());
    }
    let from = calendar.payments.first().copied().unwrap_or_else(|| subject.run());
    let mut paid = subject.paid.since(from, from)?;
    paid.retain(|paid| calendar.payments.contains(&paid.payment_month));
    base.determined(&paid, made)
}

/// A revision for August or September was waited for and did not come about, and nothing stands for September yet.
fn waited_in_vain(subject: &Subject<'_>, calendar: &AnnualCalendar, revisions: &Revisions) -> bool {
    let run = subject.run();
    let after_june = calendar.last_payment().is_some_and(|last| last < run) && run < calendar.applies_from;
    let decided =
        subject.person.facts.rows.standards.iter().any(|row| {
            row.applies_from == calendar.applies_from || calendar.revised_instead.contains(&row.applies_from)
        });
    after_june && revisions.waited_in_vain && !decided
}

/// What 定時決定 of one person stands on.
struct Base<'run> {
    subject: &'run Subject<'run>,
    calendar: &'run AnnualCalendar,
    revisions: &'run Revisions,
    insured: Insured<'run>,
    worker: WorkerClass,
    row: Cow<'run, Row<StandardRemuneration>>,
    current: CurrentStandard,
    /// 改定月 of revisions of the year.
    revised: Vec<Month>,
}

impl<'run> Base<'run> {
    fn of(
        subject: &'run Subject<'run>,
        calendar: &'run AnnualCalendar,
        revisions: &'run Revisions,
        insured: Insured<'run>,
    ) -> Result<Self, Stop> {
        let facts = &subject.person.facts;
        let on = calendar.insured_on.min(facts.employed()?.to);
        let row = standard(facts, Month::of(calendar.insured_on))?;
        let decided = facts.rows.standards.iter().filter(|row| {
            let by_revision = matches!(
                row.decision,
                Some(StandardDecision::Occasional | StandardDecision::MaternityEnd | StandardDecision::ChildcareEnd)
            );
            by_revision && calendar.revised_instead.contains(&row.applies_from)
        });
        let revised = decided.map(|row| row.applies_from).chain(revisions.months.iter().copied()).collect();
        let (worker, current) = (insured.worker(facts, on)?, insured.current(&row)?);
        Ok(Self { subject, calendar, revisions, insured, worker, row, current, revised })
    }

    fn facts<'of>(&'of self, history: &'of [PaidMonth]) -> Result<AnnualFacts<'of>, Stop> {
        let last_day = self.subject.person.facts.employed()?.to;
        Ok(AnnualFacts {
            year: self.calendar.applies_from.year(),
            worker: self.worker,
            history,
            acquired: self.insured.acquired()?,
            last_day: Some(last_day).filter(|day| *day < kura_calendar::LAST_DAY),
            revisions: &self.revised,
            current: self.current,
        })
    }

    fn determine(&self, history: &[PaidMonth]) -> Result<AnnualDetermination, Stop> {
        Ok(annual_determination(self.subject.month.law, &self.facts(history)?)?)
    }

    fn judgement(&self, verdict: &str, found: &AnnualDetermination, paid: &[PaidMonth]) -> Judgement {
        let (first, last) = (self.calendar.payments.first().copied(), self.calendar.last_payment());
        let run = self.subject.run();
        self.subject
            .judgement(KIND, verdict)
            .with_old(self.current, self.row.applies_from)
            .with_months(
                paid,
                (first.unwrap_or(run), last.unwrap_or(run)),
                found.counted.as_ref(),
                found.corrected.as_ref(),
            )
            .explained(&found.explanation)
    }

    fn excluded(&self, exclusion: AnnualExclusion, found: &AnnualDetermination, made: &mut Made<'_>) {
        let verdict = match exclusion {
            AnnualExclusion::AcquiredFromJune => "対象外（6月1日以降の資格取得）",
            AnnualExclusion::LeftByJune => "対象外（7月1日に被保険者でない）",
            AnnualExclusion::RevisedInJuly => "対象外（7月の改定）",
            AnnualExclusion::RevisionPlanned => "対象外（8月・9月の改定の予定）",
        };
        made.outputs.judgements.push(self.judgement(verdict, found, &[]));
        if exclusion == AnnualExclusion::RevisionPlanned {
            let sentence = "8月・9月に随時改定の見込みがあるので、算定基礎届から除いています（申出による取扱いです）。";
            let remedy = "改定に当たらなかったときは、その支給の月に算定基礎届を作ります。";
            let finding = self.subject.finding(Severity::Warning, "annual_waits_for_revision", sentence, remedy);
            made.outputs.findings.push(finding);
        }
    }

    fn determined(&self, paid: &[PaidMonth], made: &mut Made<'_>) -> Result<(), Stop> {
        let found = self.determine(paid)?;
        match found.outcome {
            AnnualOutcome::Excluded(exclusion) => {
                self.excluded(exclusion, &found, made);
                Ok(())
            }
            AnnualOutcome::Kept { .. } => {
                self.kept(&found, paid, made);
                Ok(())
            }
            AnnualOutcome::Decided(decided) => self.decided(&found, decided, paid, made),
        }
    }

    /// No month counts: the insurer decides, and what the form is to say is not confirmed.
    fn kept(&self, found: &AnnualDetermination, paid: &[PaidMonth], made: &mut Made<'_>) {
        let standards = [self.current.health, self.current.pension];
        let judgement = self.judgement("従前のまま（数えられる月がない）", found, paid);
        made.outputs.judgements.push(judgement.with_new(self.calendar.applies_from, standards));
        let sentence =
            "4月から6月に数えられる月がないので、従前の標準報酬月額のままとし、算定基礎届のファイルに載せていません。";
        let remedy = "保険者が決める場合の書き方を年金事務所に確かめて、別に提出してください。";
        let finding = self.subject.finding(Severity::Warning, "annual_without_month", sentence, remedy);
        made.outputs.findings.push(finding);
        if !self.two_offices() {
            let mut row = self.insured.proposal(&self.subject.person.facts, self.calendar.applies_from, standards);
            row.decision = Some(StandardDecision::Annual);
            made.propose(self.subject, row);
        }
    }

    fn decided(
        &self,
        found: &AnnualDetermination,
        decided: DecidedStandard,
        paid: &[PaidMonth],
        made: &mut Made<'_>,
    ) -> Result<(), Stop> {
        let by_year = self.annual_average(found, made)?;
        let (standards, remuneration) = match &by_year {
            Some(by_year) => (by_year.standards, by_year.average),
            None => (amounts(&decided), decided.remuneration),
        };
        let verdict = match (self.two_offices(), &by_year) {
            (true, _) => "決定（二以上事業所勤務: 保険者が合算）",
            (false, Some(_)) => "決定（年間平均）",
            (false, None) => "決定",
        };
        let mut judgement = self.judgement(verdict, found, paid).with_new(self.calendar.applies_from, standards);
        if let Some(by_year) = &by_year {
            judgement.corrected_average = Some(by_year.average);
        }
        made.outputs.judgements.push(judgement);
        self.say_turned_seventy(made);
        self.say_arrears(paid, made);
        if !self.two_offices() {
            let mut row = self.insured.proposal(&self.subject.person.facts, self.calendar.applies_from, standards);
            let by_year = by_year.is_some();
            row.decision = Some(if by_year { StandardDecision::AnnualAverage } else { StandardDecision::Annual });
            row.remuneration = Some(remuneration);
            made.propose(self.subject, row);
        }
        let corrected = by_year.as_ref().map(|by_year| by_year.average);
        let base = AnnualBase {
            subject: self.subject,
            insured: &self.insured,
            calendar: self.calendar,
            worker: self.worker,
            current: self.current,
            current_from: self.row.applies_from,
            paid,
            changes: &self.revisions.changes,
            corrected: corrected.or_else(|| found.corrected.as_ref().map(|corrected| corrected.average)),
            annual_average: by_year.is_some(),
            two_offices: self.two_offices(),
        };
        made.annual.add(self.subject, self.calendar.insured_on, notice(&base)?)
    }

    /// 年間平均: standards and average where the gap is wide enough and 協定 holds the consent; only a hint without it.
    fn annual_average(&self, found: &AnnualDetermination, made: &mut Made<'_>) -> Result<Option<ByYear>, Stop> {
        let has_consent = self.has_consent()?;
        let history = match self.subject.paid.since(self.calendar.year_from, self.calendar.year_from) {
            Ok(history) => history,
            Err(stop) if has_consent => return Err(stop),
            // Only a hint is lost.
            Err(_) => return Ok(None),
        };
        let proposal = annual_average_proposal(self.subject.month.law, &self.facts(&history)?, found)?;
        if !proposal.is_proposed() {
            return Ok(None);
        }
        if !has_consent {
            let sentence = "年間平均による申立ての対象になり得ます。通常の平均で決めています。";
            let remedy = "業務の性質上この差が例年見込まれ、本人が同意するときは、協定に「年間平均の同意」の行を入れてください。";
            let finding = self.subject.finding(Severity::Info, "annual_average_possible", sentence, remedy);
            made.outputs.findings.push(finding);
            return Ok(None);
        }
        let sentence = "年間平均で決めています。";
        let remedy = "算定基礎届に申立書と本人の同意書を添えてください。";
        made.outputs.findings.push(self.subject.finding(Severity::Warning, "annual_average_used", sentence, remedy));
        Ok(standards_of(&proposal))
    }

    /// 年間平均の同意 in force for the workplace.
    fn has_consent(&self) -> Result<bool, Stop> {
        let facts = &self.subject.person.facts;
        let (client, on) = (&facts.employee.client_code, self.calendar.insured_on);
        let workplace = facts.terms_on(on)?.workplace_code.as_ref();
        Ok(facts.known.agreements.iter().any(|agreement| {
            agreement.agreement_kind == AgreementKind::AnnualAverageConsent
                && agreement.client_code == *client
                && (agreement.workplace_code.is_none() || agreement.workplace_code.as_ref() == workplace)
                && agreement.valid_from.is_none_or(|from| from <= on)
                && agreement.valid_to.is_none_or(|to| on <= to)
        }))
    }

    /// 70 inside the three months: 70歳算定基礎月 may differ from the months of health insurance.
    fn say_turned_seventy(&self, made: &mut Made<'_>) {
        let month = Month::of(self.insured.seventy_on);
        if self.insured.over_70 && self.calendar.payments.contains(&month) {
            let sentence = format!("{}に70歳になりました。70歳算定基礎月は空欄です。", wording::month(month));
            let remedy = "健康保険と算定基礎月が違うときは、届書に書き加えてください。";
            made.outputs.findings.push(self.subject.finding(Severity::Warning, "turned_seventy", sentence, remedy));
        }
    }

    /// 遡及分 in a later month of the three may belong to an earlier one of them, and then it is not left out.
    fn say_arrears(&self, paid: &[PaidMonth], made: &mut Made<'_>) {
        let mut later = paid.iter().filter(|paid| self.calendar.payments.first() != Some(&paid.payment_month));
        if later.any(|paid| paid.retroactive != Yen::ZERO) {
            let sentence = "5月・6月の支給に遡及分があり、修正平均から除いています。";
            let remedy = "4月以降の支給の分を含むときは、その分を除かずに修正平均額を直してください。";
            made.outputs.findings.push(self.subject.finding(Severity::Warning, "arrears_in_window", sentence, remedy));
        }
    }

    fn two_offices(&self) -> bool {
        self.insured.spell.multi_establishment || self.row.selected_office.is_some()
    }
}

/// What 年間平均 decides.
struct ByYear {
    /// 健保 and 厚年, yen.
    standards: [Option<Yen>; 2],
    average: Yen,
}

fn standards_of(proposal: &AnnualAverageProposal) -> Option<ByYear> {
    let standards =
        [proposal.health, proposal.pension].map(|compared| compared.map(|compared| compared.annual.standard_monthly));
    proposal.annual.map(|average| ByYear { standards, average })
}

/// People who are insured on 1 July and have no payment in June: the file would lack them in silence.
pub(super) fn name_missing(month: &ClientMonth<'_>, calendar: &AnnualCalendar, made: &mut Made<'_>) {
    let paid: BTreeSet<&EmployeeCode> = month.paid.iter().map(|person| &person.facts.employee.employee_code).collect();
    let last_payment = calendar.last_payment();
    for employee in month.book.employees.iter().filter(|employee| employee.client_code == month.client.client_code) {
        let Some(rows) = month.people.get(&(employee.client_code.clone(), employee.employee_code.clone())) else {
            continue;
        };
        let is_settled = rows.history.iter().any(|row| row.kind == PayKind::Pay && row.payment_month == last_payment);
        let left = [employee.left_on, employee.died_on].into_iter().flatten().any(|day| day < calendar.insured_on);
        let is_insured = rows.spells.iter().any(|spell| {
            let begun = spell.acquired_on.is_some_and(|on| last_payment.is_some_and(|last| on < last.first_day()));
            let scheme = matches!(spell.scheme, Scheme::Health | Scheme::Pension);
            scheme && begun && spell.lost_on.is_none_or(|lost| calendar.insured_on < lost)
        });
        if paid.contains(&employee.employee_code) || is_settled || left || !is_insured {
            continue;
        }
        let sentence = format!(
            "会社{} 社員{}: 6月の支給がないので、算定基礎届に載せていません。",
            employee.client_code, employee.employee_code
        );
        let remedy = "この人の明細が作れるようにしてから、もう一度実行してください。";
        made.outputs.findings.push(Stop::reason("給与履歴", "annual_missing", sentence, remedy).finding());
    }
}
