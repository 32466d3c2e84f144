//! 年間平均による保険者算定: a comparison that proposes, never decides. The work must bring the gap every year, and the
//! person must agree in writing.

use kura_calendar::{Date, Month};
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::decisions::annual::{annual_average_months, teiji_months};
use crate::decisions::average::{BaseDayRule, average};
use crate::decisions::paid_month::PayHistory;
use crate::decisions::standards::{grade_of, say_grade};
use crate::decisions::{
    AnnualDetermination, AnnualFacts, AnnualOutcome, DecisionError, Explanation, FullMonth, JudgedRevision,
    OccasionalFacts, PaidMonth, REMUNERATION, wording,
};
use crate::{Scheme, StandardRemuneration, figures, standard_remuneration};

/// What the comparison of the ordinary average with the annual one comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualAverageProposal {
    /// The average by the year, yen; `None` where it cannot be had.
    pub annual: Option<Yen>,
    /// 健康保険.
    pub health: Option<AverageComparison>,
    /// 厚生年金保険.
    pub pension: Option<AverageComparison>,
    /// Why.
    pub explanation: Explanation,
}

impl AnnualAverageProposal {
    /// True when at least one scheme may be decided by the annual average.
    pub fn is_proposed(&self) -> bool {
        [self.health, self.pension].into_iter().flatten().any(|compared| compared.qualifies)
    }
}

/// The two grades of one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AverageComparison {
    /// By the ordinary average.
    pub ordinary: StandardRemuneration,
    /// By the annual average.
    pub annual: StandardRemuneration,
    /// True when the grades are far enough apart to propose it.
    pub qualifies: bool,
}

/// 定時決定 compared with the average of July to June (健康保険法44条1項).
pub fn annual_average_proposal(
    law: &Law,
    facts: &AnnualFacts<'_>,
    ordinary: &AnnualDetermination,
) -> Result<AnnualAverageProposal, DecisionError> {
    let mut proposal = AnnualAverageProposal::none();
    let AnnualOutcome::Decided(decided) = ordinary.outcome else {
        proposal.explanation.say("定時決定による標準報酬月額がないので、年間平均と比べません。");
        return Ok(proposal);
    };
    let wanted = annual_average_months(law, facts.year)?;
    let Some(months) = year_of_pay(law, facts, &wanted.value, &mut proposal.explanation)? else { return Ok(proposal) };
    proposal
        .explanation
        .cite(wanted.citation, format!("年間平均: {}に支払われた報酬を平均します。", wording::months(&wanted.value)));
    let on = decided.applies_from.first_day();
    let rule = BaseDayRule::annual(law, facts.worker, on)?;
    let by_days = rule.counted(&months, facts.worker, &mut proposal.explanation);
    let whole: Vec<&PaidMonth> = by_days.into_iter().filter(|paid| !paid.full_month.left_out_of_annual()).collect();
    let Some(annual) = average(law, on, &whole, PaidMonth::own)? else { return Ok(proposal) };
    proposal.explanation.say(format!("年間平均: {}。", annual.sum()));
    proposal.annual = Some(annual.average);
    let grades = figures::integer(law, REMUNERATION, "teiji_annual_average.min_grade_difference", on)?;
    let needed = Needed { grades: grades.value, citation: grades.citation };
    let mut compare = |scheme, ordinary: Option<StandardRemuneration>| {
        ordinary
            .map(|ordinary| compared(law, scheme, on, (ordinary, annual.average), needed, &mut proposal.explanation))
            .transpose()
    };
    proposal.health = compare(Scheme::Health, decided.health)?;
    proposal.pension = compare(Scheme::Pension, decided.pension)?;
    proposal.say_conditions(law, "teiji_annual_average.condition", on)?;
    Ok(proposal)
}

/// 随時改定 compared with fixed pay of the three months plus the variable pay of a year: nine months before the change and
/// the three from it.
pub fn occasional_annual_average(
    law: &Law,
    facts: &OccasionalFacts<'_>,
    ordinary: &JudgedRevision,
) -> Result<AnnualAverageProposal, DecisionError> {
    let mut proposal = AnnualAverageProposal::none();
    let on = ordinary.begins.first_day();
    let before = figures::small::<i32>(law, REMUNERATION, "zuiji_annual_average.months_before", on)?;
    let Some(first) = ordinary.counted.months.first() else { return Ok(proposal) };
    let history = PayHistory::read(facts.history)?;
    let number = i32::try_from(ordinary.counted.months.len()).unwrap_or(i32::MAX);
    let year = before.value.saturating_add(number);
    let wanted: Vec<Month> = (0..year).map(|months| first.plus(months.saturating_sub(before.value))).collect();
    let Some(months) = all_there(&history, &wanted, None, &mut proposal.explanation) else { return Ok(proposal) };
    proposal.explanation.cite(
        before.citation,
        format!(
            "年間平均: 固定的賃金は{}、非固定的賃金は{}を平均します。",
            wording::months(&ordinary.counted.months),
            wording::months(&wanted)
        ),
    );
    let rule = BaseDayRule::occasional(law, facts.worker, on)?;
    let by_days = rule.counted(&months, facts.worker, &mut proposal.explanation);
    let worked: Vec<&PaidMonth> = by_days.into_iter().filter(|paid| paid.full_month != FullMonth::Leave).collect();
    let three: Vec<&PaidMonth> = ordinary.counted.months.iter().filter_map(|month| history.find(*month)).collect();
    let fixed = average(law, on, &three, |paid| paid.fixed_part)?;
    let variable = average(law, on, &worked, |paid| paid.own() - paid.fixed_part)?;
    let (Some(fixed), Some(variable)) = (fixed, variable) else { return Ok(proposal) };
    proposal.explanation.say(format!("固定的賃金の平均: {}。", fixed.sum()));
    proposal.explanation.say(format!("非固定的賃金の平均: {}。", variable.sum()));
    let annual = fixed.average + variable.average;
    proposal.annual = Some(annual);
    proposal.judge_occasional(law, ordinary, annual, on)?;
    Ok(proposal)
}

#[derive(Clone, Copy)]
struct Needed {
    grades: i64,
    citation: CitationId,
}

impl AnnualAverageProposal {
    fn none() -> Self {
        Self { annual: None, health: None, pension: None, explanation: Explanation::default() }
    }

    /// Besides the two grades between the averages, the annual one must be a grade from the current standard.
    fn judge_occasional(
        &mut self,
        law: &Law,
        ordinary: &JudgedRevision,
        annual: Yen,
        on: Date,
    ) -> Result<(), DecisionError> {
        let grades = figures::integer(law, REMUNERATION, "zuiji_annual_average.min_grade_difference", on)?;
        let needed = Needed { grades: grades.value, citation: grades.citation };
        let key = "zuiji_annual_average.min_grade_difference_from_current";
        let from_current = figures::integer(law, REMUNERATION, key, on)?;
        for (scheme, judged) in [(Scheme::Health, ordinary.health), (Scheme::Pension, ordinary.pension)] {
            let Some(judged) = judged.filter(|judged| judged.verdict.is_revised()) else { continue };
            let mut found = compared(law, scheme, on, (judged.new, annual), needed, &mut self.explanation)?;
            let current = grade_of(law, scheme, ordinary.begins, judged.current.standard_monthly)?;
            let moved = found.annual.grade.saturating_sub(current.grade).saturating_abs();
            if moved < from_current.value {
                let word = wording::scheme(scheme);
                self.explanation.cite(
                    from_current.citation,
                    format!("年間平均の等級が従前と同じなので、{word}は年間平均を使えません。"),
                );
                found.qualifies = false;
            }
            match scheme {
                Scheme::Health => self.health = Some(found),
                Scheme::Pension => self.pension = Some(found),
            }
        }
        self.say_conditions(law, "zuiji_annual_average.conditions", on)
    }

    fn say_conditions(&mut self, law: &Law, key: &str, on: Date) -> Result<(), DecisionError> {
        let rule = law.figure(REMUNERATION, key, on)?;
        let text = if self.is_proposed() {
            "年間平均を使うには、業務の性質上この差が例年見込まれること、申立書と本人の同意書が要ります。"
        } else {
            "年間平均による申立ての対象ではありません。"
        };
        self.explanation.cite(rule.citation(), text);
        Ok(())
    }
}

fn compared(
    law: &Law,
    scheme: Scheme,
    on: Date,
    (ordinary, annual): (StandardRemuneration, Yen),
    needed: Needed,
    explanation: &mut Explanation,
) -> Result<AverageComparison, DecisionError> {
    let annual = standard_remuneration(law, scheme, Month::of(on), annual)?;
    let difference = annual.grade.saturating_sub(ordinary.grade).saturating_abs();
    let qualifies = difference >= needed.grades;
    let verdict = if qualifies { "年間平均を申し立てられます" } else { "年間平均は使えません" };
    explanation.cite(
        needed.citation,
        format!(
            "{}（通常の方法では第{}級）: {difference}等級の差です（要件は{}等級以上）。{verdict}。",
            say_grade(scheme, &annual),
            ordinary.grade,
            needed.grades
        ),
    );
    Ok(AverageComparison { ordinary, annual, qualifies })
}

/// The payments of the year; months up to the one of acquisition may be missing, and one besides April to June must be there.
fn year_of_pay<'a>(
    law: &Law,
    facts: &AnnualFacts<'a>,
    wanted: &[Month],
    explanation: &mut Explanation,
) -> Result<Option<Vec<&'a PaidMonth>>, DecisionError> {
    let history = PayHistory::read(facts.history)?;
    let months = all_there(&history, wanted, Some(Month::of(facts.acquired)), explanation);
    let ordinary = teiji_months(law, facts.year)?.value;
    Ok(months.filter(|months| {
        let others = months.iter().any(|paid| !ordinary.contains(&paid.payment_month));
        if !others {
            explanation.say(format!("{}のほかに支給がないので、年間平均と比べません。", wording::months(&ordinary)));
        }
        others
    }))
}

fn all_there<'a>(
    history: &PayHistory<'a>,
    wanted: &[Month],
    may_miss_until: Option<Month>,
    explanation: &mut Explanation,
) -> Option<Vec<&'a PaidMonth>> {
    let may_miss = |month: Month| may_miss_until.is_some_and(|until| month <= until);
    let missing: Vec<Month> =
        wanted.iter().copied().filter(|month| history.find(*month).is_none() && !may_miss(*month)).collect();
    if !missing.is_empty() {
        explanation.say(format!("給与履歴に{}の支給がないので、年間平均と比べません。", wording::months(&missing)));
        return None;
    }
    Some(wanted.iter().filter_map(|month| history.find(*month)).collect())
}
