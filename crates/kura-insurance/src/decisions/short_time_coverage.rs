//! 短時間労働者: the conditions of the extension of coverage, by the day.

use kura_calendar::Length;
use kura_law::{CitationId, Law, RowRef};
use kura_yen::Yen;

use crate::decisions::{
    Condition, CoverageVerdict, DecisionError, Employer, Explanation, REMUNERATION, SpecifiedClass, WorkTerms,
    WorkerClass, wording,
};
use crate::figures::{self, SOCIAL};

/// Every condition of the day must hold (健康保険法3条1項9号, 厚生年金保険法12条5号).
pub(crate) fn short_time(
    law: &Law,
    terms: &WorkTerms,
    short_contract: Option<bool>,
    explanation: &mut Explanation,
) -> Result<CoverageVerdict, DecisionError> {
    let row = law.row("short_time_worker_coverage", &[], terms.on)?;
    let mut checks = Checks { citation: row.citation(), explanation, failed: Vec::new(), unknown: Vec::new() };
    checks.employer(terms.employer, row.integer("employer_size_min_insured")?);
    checks.hours(terms.weekly_minutes, row.integer("weekly_hours_min")?);
    checks.wage(terms.monthly_wage, row.yen("monthly_wage_min_yen_0_is_none")?);
    checks.period(law, terms, short_contract, &row)?;
    checks.one(Condition::NotStudent, Some(!terms.student.counts()), |met| {
        if met { "昼間学生ではありません。" } else { "昼間学生なので対象外です。" }.to_owned()
    });
    if terms.reduced_minimum_wage {
        checks.reduced_minimum_wage(law, terms)?;
    }
    let Checks { failed, unknown, .. } = checks;
    Ok(if !failed.is_empty() {
        explanation.say("短時間労働者の要件を満たさないので適用外です。");
        CoverageVerdict::NotCovered(failed)
    } else if unknown.is_empty() {
        explanation.say("短時間労働者の要件をすべて満たすので適用します。");
        CoverageVerdict::Covered(WorkerClass::ShortTimeWorker)
    } else {
        explanation.say("分からない要件を確かめてから判断します。");
        CoverageVerdict::Question(unknown)
    })
}

/// The conditions of 短時間労働者 as they are gone through.
struct Checks<'e> {
    citation: CitationId,
    explanation: &'e mut Explanation,
    failed: Vec<Condition>,
    unknown: Vec<Condition>,
}

impl Checks<'_> {
    fn one(&mut self, condition: Condition, met: Option<bool>, say: impl FnOnce(bool) -> String) {
        match met {
            Some(met) => {
                self.explanation.cite(self.citation, say(met));
                if !met {
                    self.failed.push(condition);
                }
            }
            None => self.unknown.push(condition),
        }
    }

    fn employer(&mut self, employer: Employer, minimum: i64) {
        let size = employer.insured_count.map(|count| i64::from(count) >= minimum);
        let specified = employer.class != SpecifiedClass::None;
        // 特定適用事業所 is what the authority says it is; a size alone is a question.
        let met = match (specified, size) {
            (true, _) => Some(true),
            (false, Some(true)) => None,
            (false, _) => Some(false),
        };
        if met.is_none() {
            self.explanation.cite(
                self.citation,
                format!("厚生年金保険の被保険者が{minimum}人以上います。特定適用事業所に当たるかと、該当の届を確かめてください。"),
            );
        }
        self.one(Condition::EmployerSize, met, |met| {
            if met {
                "特定適用事業所（任意特定適用事業所を含む）です。".to_owned()
            } else {
                format!("特定適用事業所（被保険者{minimum}人以上）ではありません。")
            }
        });
    }

    fn hours(&mut self, weekly_minutes: u32, minimum_hours: i64) {
        let met = i64::from(weekly_minutes) >= minimum_hours.saturating_mul(60);
        let word = if met { "以上です" } else { "に足りません" };
        let said = wording::hours(weekly_minutes);
        self.one(Condition::WeeklyHours, Some(met), |_| format!("週の所定労働時間{said}は{minimum_hours}時間{word}。"));
    }

    fn wage(&mut self, monthly_wage: Option<Yen>, minimum: Yen) {
        if minimum == Yen::ZERO {
            self.explanation.cite(self.citation, "月額賃金の要件はこの日にはありません。");
            return;
        }
        if monthly_wage.is_none() {
            self.explanation
                .cite(self.citation, format!("月額賃金（所定内）が{}以上かが分かりません。", wording::yen(minimum)));
        }
        self.one(Condition::MonthlyWage, monthly_wage.map(|wage| wage >= minimum), |met| {
            format!("月額賃金（所定内）は{}{}。", wording::yen(minimum), if met { "以上です" } else { "に足りません" })
        });
    }

    /// 2か月超見込 is the contract of 2か月以内 seen from the other side; before it, 1年以上見込.
    fn period(
        &mut self,
        law: &Law,
        terms: &WorkTerms,
        short_contract: Option<bool>,
        row: &RowRef<'_>,
    ) -> Result<(), DecisionError> {
        let word = row.text("employment_period")?;
        let met = if word == "2か月超見込" {
            short_contract.map(|short| !short)
        } else {
            let key = "coverage.short_time_employment_min_months";
            let months = figures::small::<u16>(law, SOCIAL, key, terms.on)?;
            terms.contract.expected_to_last(Length::Months(months.value))?
        };
        if met.is_none() {
            self.explanation.cite(self.citation, format!("雇用期間が「{word}」に当たるかが分かりません。"));
        }
        self.one(Condition::EmploymentPeriod, met, |met| {
            format!("雇用期間は「{word}」に{}。", if met { "当たります" } else { "当たりません" })
        });
        Ok(())
    }

    /// 特定減額特例対象者 (from the day the wage condition is gone): outside unless the person asks.
    fn reduced_minimum_wage(&mut self, law: &Law, terms: &WorkTerms) -> Result<(), DecisionError> {
        let abolished = figures::date(law, REMUNERATION, "coverage_2026_10.wage_requirement_abolished_on", terms.on)?;
        if terms.on < abolished.value {
            return Ok(());
        }
        let below = figures::yen(law, SOCIAL, "coverage.reduced_minimum_wage_below_yen", terms.on)?;
        self.citation = below.citation;
        let amount = wording::yen(below.value);
        if terms.monthly_wage.is_none() && !terms.opted_in {
            self.explanation.cite(
                below.citation,
                format!("最低賃金の減額の特例を受ける人です。所定内の賃金が{amount}未満かが分かりません。"),
            );
        }
        let met = if terms.opted_in { Some(true) } else { terms.monthly_wage.map(|wage| wage >= below.value) };
        self.one(Condition::NotReducedMinimumWage, met, |met| {
            let verdict = if met {
                "対象外にはなりません（本人の申出を含む）"
            } else {
                "本人の申出がないので対象外です"
            };
            format!("最低賃金の減額の特例を受ける人（所定内の賃金{amount}未満が特定減額特例対象者）: {verdict}。")
        });
        Ok(())
    }
}
