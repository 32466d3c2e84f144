use kura_calendar::{Date, Month, parse_iso_date};
use kura_law::{Cited, Law, LawError};

use crate::coverage::day_after;
use crate::decisions::average::{BaseDayRule, average, say_month};
use crate::decisions::paid_month::PayHistory;
use crate::decisions::standards::month_of_year;
use crate::decisions::{
    CurrentStandard, DecidedStandard, DecisionError, Explanation, FullMonth, MonthsAverage, PaidMonth, REMUNERATION,
    WorkerClass, wording,
};
use crate::figures;

/// What 定時決定 of a person stands on.
#[derive(Debug, Clone, Copy)]
pub struct AnnualFacts<'a> {
    /// The year of the 算定基礎届.
    pub year: i16,
    /// 被保険者の区分.
    pub worker: WorkerClass,
    /// 給与履歴: April to June at least, in any order; a month without pay is a row of 0 days.
    pub history: &'a [PaidMonth],
    /// 資格取得日.
    pub acquired: Date,
    /// 退職日 or the last day insured, where there is one.
    pub last_day: Option<Date>,
    /// 改定月 of other revisions of the year, done or to come: 随時改定, 産休・育休終了時改定.
    pub revisions: &'a [Month],
    /// 従前の標準報酬月額.
    pub current: CurrentStandard,
}

/// 定時決定, with the figures of the 算定基礎届.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualDetermination {
    /// 総計 and 平均額 of the months that count by base days alone (2225700 fields 37 and 38, uncapped).
    pub counted: Option<MonthsAverage>,
    /// 修正平均額: without months that are no whole month's pay and without 遡及分 (field 39); only where it differs in kind.
    pub corrected: Option<MonthsAverage>,
    /// What follows.
    pub outcome: AnnualOutcome,
    /// Why.
    pub explanation: Explanation,
}

/// What 定時決定 comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnualOutcome {
    /// 対象外.
    Excluded(AnnualExclusion),
    /// 従前の標準報酬月額のまま: no month is left to count.
    Kept {
        /// 適用年月.
        applies_from: Month,
        /// The last month.
        valid_until: Month,
    },
    /// 決定.
    Decided(DecidedStandard),
}

/// Why a person is outside 定時決定 (健康保険法41条3項).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnnualExclusion {
    /// 6月1日以降に資格取得.
    AcquiredFromJune,
    /// 6月30日までに退職.
    LeftByJune,
    /// 7月に改定.
    RevisedInJuly,
    /// 8月・9月に改定の予定: the 届 asks for it.
    RevisionPlanned,
}

/// 定時決定 (健康保険法41条, 厚生年金保険法21条): the average of what was paid in April, May and June, for those insured on
/// 1 July, from September to next August.
pub fn annual_determination(law: &Law, facts: &AnnualFacts<'_>) -> Result<AnnualDetermination, DecisionError> {
    let mut explanation = Explanation::default();
    if let Some(exclusion) = excluded(law, facts, &mut explanation)? {
        let outcome = AnnualOutcome::Excluded(exclusion);
        return Ok(AnnualDetermination { counted: None, corrected: None, outcome, explanation });
    }
    let months = payment_months(law, facts, &mut explanation)?;
    let on = day_of_year(law, facts.year, "teiji.insured_on")?.value;
    let by_days = BaseDayRule::annual(law, facts.worker, on)?.counted(&months, facts.worker, &mut explanation);
    let counted = average(law, on, &by_days, PaidMonth::total)?;
    if let Some(counted) = &counted {
        explanation.say(format!("平均額: {}。", counted.sum()));
    }
    let whole: Vec<&PaidMonth> = by_days.iter().copied().filter(|paid| !paid.full_month.left_out_of_annual()).collect();
    let dropped: Vec<&PaidMonth> =
        by_days.iter().copied().filter(|paid| paid.full_month.left_out_of_annual()).collect();
    say_dropped(law, on, &dropped, &mut explanation)?;
    let needs_correction = !dropped.is_empty() || whole.iter().any(|paid| paid.total() != paid.own());
    let corrected = if needs_correction { average(law, on, &whole, PaidMonth::own)? } else { None };
    if let Some(corrected) = &corrected {
        explanation.say(format!("修正平均額（1か月分の月だけ、前の月の分の差額を除く）: {}。", corrected.sum()));
    }
    let used = if needs_correction { &corrected } else { &counted };
    let outcome = decide(law, facts, used.as_ref(), &mut explanation)?;
    Ok(AnnualDetermination { counted, corrected, outcome, explanation })
}

impl FullMonth {
    /// True when 定時決定 leaves the month out although its base days are enough: every month that is not 満額.
    pub const fn left_out_of_annual(self) -> bool {
        !matches!(self, Self::Full)
    }
}

fn excluded(
    law: &Law,
    facts: &AnnualFacts<'_>,
    explanation: &mut Explanation,
) -> Result<Option<AnnualExclusion>, DecisionError> {
    let from_june = day_of_year(law, facts.year, "teiji.excluded_acquired_from")?;
    if facts.acquired >= from_june.value {
        explanation.cite(
            from_june.citation,
            format!(
                "{}以降に資格を取得した人（取得日{}）は、その年の定時決定の対象外です。取得時の標準報酬月額が続きます。",
                wording::day(from_june.value),
                wording::day(facts.acquired)
            ),
        );
        return Ok(Some(AnnualExclusion::AcquiredFromJune));
    }
    let insured_on = day_of_year(law, facts.year, "teiji.insured_on")?;
    if let Some(last_day) = facts.last_day
        && day_after(last_day)? <= insured_on.value
    {
        explanation.cite(
            insured_on.citation,
            format!(
                "{}に被保険者でない人（最終日{}）は、定時決定の対象外です。",
                wording::day(insured_on.value),
                wording::day(last_day)
            ),
        );
        return Ok(Some(AnnualExclusion::LeftByJune));
    }
    excluded_by_revision(law, facts, explanation)
}

fn excluded_by_revision(
    law: &Law,
    facts: &AnnualFacts<'_>,
    explanation: &mut Explanation,
) -> Result<Option<AnnualExclusion>, DecisionError> {
    let year = Month::new(facts.year, 1)?;
    let (july, citation) = month_of_year(law, year, "teiji.excluded_revision_month")?;
    if facts.revisions.contains(&july) {
        explanation.cite(
            citation,
            format!(
                "{}に標準報酬月額が改定されるので、定時決定は行いません（健康保険法41条3項）。",
                wording::month(july)
            ),
        );
        return Ok(Some(AnnualExclusion::RevisedInJuly));
    }
    let planned = months_of_year(law, facts.year, "teiji.excluded_planned_revision_months")?;
    let planned_month = planned.value.iter().find(|month| facts.revisions.contains(month));
    Ok(planned_month.map(|month| {
        explanation.cite(
            planned.citation,
            format!(
                "{}に改定の予定があるので、申出により算定基礎届を省きます。改定の要件に当たらなかったときは、改めて届け出ます。",
                wording::month(*month)
            ),
        );
        AnnualExclusion::RevisionPlanned
    }))
}

/// The payment months of 定時決定: April, May and June.
pub(crate) fn teiji_months(law: &Law, year: i16) -> Result<Cited<Vec<Month>>, DecisionError> {
    months_of_year(law, year, "teiji.payment_months")
}

/// What was paid in them; before and in the month of acquisition there may be none.
fn payment_months<'a>(
    law: &Law,
    facts: &AnnualFacts<'a>,
    explanation: &mut Explanation,
) -> Result<Vec<&'a PaidMonth>, DecisionError> {
    let wanted = teiji_months(law, facts.year)?;
    explanation.cite(
        wanted.citation,
        format!(
            "定時決定（健康保険法41条、厚生年金保険法21条）: {}に支払われた報酬の平均で決めます。",
            wording::months(&wanted.value)
        ),
    );
    let history = PayHistory::read(facts.history)?;
    let mut found = Vec::with_capacity(wanted.value.len());
    for month in wanted.value {
        match history.find(month) {
            Some(paid) => {
                say_month(paid, explanation);
                found.push(paid);
            }
            None if month <= Month::of(facts.acquired) => {
                explanation
                    .say(format!("{}の支給: 資格取得の前か取得した月で、支給がありません。", wording::month(month)));
            }
            None => return Err(DecisionError::PaidMonthMissing { month }),
        }
    }
    Ok(found)
}

fn say_dropped(
    law: &Law,
    on: Date,
    dropped: &[&PaidMonth],
    explanation: &mut Explanation,
) -> Result<(), DecisionError> {
    if dropped.is_empty() {
        return Ok(());
    }
    let rule = law.figure(REMUNERATION, "teiji.months_without_full_pay", on)?;
    let each = |paid: &&PaidMonth| format!("{}（{}）", wording::month(paid.payment_month), paid.full_month.japanese());
    let months: Vec<String> = dropped.iter().map(each).collect();
    explanation.cite(
        rule.citation(),
        format!("{}は日数が足りていても1か月分の報酬ではないので、修正平均から除きます。", months.join("、")),
    );
    Ok(())
}

fn decide(
    law: &Law,
    facts: &AnnualFacts<'_>,
    used: Option<&MonthsAverage>,
    explanation: &mut Explanation,
) -> Result<AnnualOutcome, DecisionError> {
    let year = Month::new(facts.year, 1)?;
    let (applies_from, citation) = month_of_year(law, year, "teiji.applies_from_month")?;
    let (last, _) = month_of_year(law, year, "standard.valid_until_month")?;
    let valid_until = last.plus(12);
    let period = format!("{}から{}まで", wording::month(applies_from), wording::month(valid_until));
    let Some(used) = used else {
        let rule = law.figure(REMUNERATION, "teiji.no_month_left", applies_from.first_day())?;
        explanation.cite(rule.citation(), format!("数えられる月がないので、従前の標準報酬月額を{period}適用します。"));
        return Ok(AnnualOutcome::Kept { applies_from, valid_until });
    };
    let schemes = facts.current.schemes();
    let decided = DecidedStandard::of(law, schemes, used.average, applies_from, valid_until, explanation)?;
    explanation.cite(citation, format!("{period}適用します（その前に改定があればそこまで）。"));
    Ok(AnnualOutcome::Decided(decided))
}

/// The day of a year a figure names as `MM-DD`.
fn day_of_year(law: &Law, year: i16, key: &str) -> Result<Cited<Date>, DecisionError> {
    let figure = law.figure(REMUNERATION, key, Month::new(year, 1)?.first_day())?;
    let value = parse_iso_date(&format!("{year:04}-{}", figure.text()?));
    let value = value.map_err(|_| figure.unreadable("not a day MM-DD"))?;
    Ok(Cited { value, citation: figure.citation() })
}

/// The months of a year a figure lists by their numbers.
fn months_of_year(law: &Law, year: i16, key: &str) -> Result<Cited<Vec<Month>>, DecisionError> {
    let figure = law.figure(REMUNERATION, key, Month::new(year, 1)?.first_day())?;
    let unreadable = || figure.unreadable("not a month");
    let month = |entry: &str| -> Result<Month, LawError> {
        Month::new(year, entry.parse().map_err(|_| unreadable())?).map_err(|_| unreadable())
    };
    let value = figure.list()?.into_iter().map(month).collect::<Result<Vec<_>, _>>()?;
    Ok(Cited { value, citation: figure.citation() })
}

/// 年間平均の月: July of the year before to June (used by the comparison with the annual average).
pub(crate) fn annual_average_months(law: &Law, year: i16) -> Result<Cited<Vec<Month>>, DecisionError> {
    let on = Month::new(year, 1)?.first_day();
    let first = figures::small::<i8>(law, REMUNERATION, "teiji_annual_average.first_month_of_previous_year", on)?;
    let first_month = Month::new(year.saturating_sub(1), first.value)?;
    let value = (0..12).map(|months| first_month.plus(months)).collect();
    Ok(Cited { value, citation: first.citation })
}
