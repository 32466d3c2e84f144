use kura_calendar::{Date, birthday_in, reaches_age_on};
use kura_law::Law;
use kura_yen::{Exact, Yen};

use crate::decisions::short_time_coverage::short_time;
use crate::decisions::{Contract, DecisionError, Explanation, Student, WorkerClass, wording};
use crate::figures::{self, SOCIAL};

/// 健康保険・厚生年金保険の適用 of a person on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkTerms {
    /// The day asked for.
    pub on: Date,
    /// 生年月日.
    pub birth_date: Date,
    /// 役員 or 労働者.
    pub position: SocialPosition,
    /// 契約期間.
    pub contract: Contract,
    /// 週の所定労働時間, minutes.
    pub weekly_minutes: u32,
    /// 月の所定労働日数.
    pub monthly_days: Exact,
    /// 同種の正社員の週所定時間, minutes.
    pub regular_weekly_minutes: u32,
    /// 同種の正社員の月所定日数.
    pub regular_monthly_days: Exact,
    /// 月額賃金, yen: scheduled pay alone (no overtime, commuting, 精皆勤, family allowance, bonus); `None` = unknown.
    pub monthly_wage: Option<Yen>,
    /// 学生.
    pub student: Student,
    /// 会社.
    pub employer: Employer,
    /// 最低賃金の減額の特例許可を受けている人.
    pub reduced_minimum_wage: bool,
    /// Such a person who asked to be insured.
    pub opted_in: bool,
}

/// Who the person is to the employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SocialPosition {
    /// 労働者.
    Worker,
    /// 役員 with remuneration who works regularly.
    RegularOfficer,
    /// 非常勤役員, or without remuneration.
    OccasionalOfficer,
    /// 日々雇い入れられる者.
    DayLaborer,
}

/// 特定適用事業所 or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Employer {
    /// 特定適用事業所の区分.
    pub class: SpecifiedClass,
    /// 厚生年金保険の被保険者数（短時間労働者を除く）; `None` = unknown.
    pub insured_count: Option<u32>,
}

/// 特定適用事業所の区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecifiedClass {
    /// なし.
    None,
    /// 特定.
    Specified,
    /// 任意特定.
    Voluntary,
}

/// Whether a person is insured, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialCoverage {
    /// By work and employer alone, before age.
    pub verdict: CoverageVerdict,
    /// 健康保険の被保険者.
    pub health: bool,
    /// 厚生年金保険の被保険者.
    pub pension: bool,
    /// 70歳以上被用者: no pension premium, but reported.
    pub aged_70_or_over: bool,
    /// Why.
    pub explanation: Explanation,
}

/// What coverage by work comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverageVerdict {
    /// 適用.
    Covered(WorkerClass),
    /// 適用外: the conditions that fail.
    NotCovered(Vec<Condition>),
    /// 確認: no condition fails, these are unknown.
    Question(Vec<Condition>),
}

/// A condition of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Not a day laborer.
    Continuing,
    /// An officer works regularly and is paid.
    RegularOffice,
    /// Not a contract of 2か月以内 that ends there.
    LongerThanShortContract,
    /// 週の所定労働時間.
    WeeklyHours,
    /// 月額賃金.
    MonthlyWage,
    /// 雇用期間の見込み.
    EmploymentPeriod,
    /// 昼間学生でない.
    NotStudent,
    /// 企業規模.
    EmployerSize,
    /// Not 特定減額特例対象者, or opted in.
    NotReducedMinimumWage,
}

/// 健康保険・厚生年金保険の適用 (健康保険法3条1項, 厚生年金保険法12条): three quarters of a regular employee, else the
/// conditions of 短時間労働者 by the day; then age.
pub fn social_coverage(law: &Law, terms: &WorkTerms) -> Result<SocialCoverage, DecisionError> {
    let mut explanation = Explanation::default();
    let verdict = by_work(law, terms, &mut explanation)?;
    let covered = matches!(verdict, CoverageVerdict::Covered(_));
    let pension_end = figures::small::<u8>(law, SOCIAL, "age_boundaries.pension_end_age", terms.on)?;
    let health_end = figures::small::<u8>(law, SOCIAL, "age_boundaries.health_end_age", terms.on)?;
    let aged_70 = reaches_age_on(terms.birth_date, pension_end.value)? <= terms.on;
    let aged_75 = birthday_in(terms.birth_date, health_end.value)? <= terms.on;
    if covered && aged_75 {
        explanation.cite(
            health_end.citation,
            format!("{}歳以上なので後期高齢者医療の対象です。健康保険の被保険者になりません。", health_end.value),
        );
    }
    if covered && aged_70 {
        explanation.cite(
            pension_end.citation,
            format!("{}歳以上なので厚生年金保険の被保険者ではなく、70歳以上被用者です。", pension_end.value),
        );
    }
    Ok(SocialCoverage {
        health: covered && !aged_75,
        pension: covered && !aged_70,
        aged_70_or_over: covered && aged_70,
        verdict,
        explanation,
    })
}

fn by_work(law: &Law, terms: &WorkTerms, explanation: &mut Explanation) -> Result<CoverageVerdict, DecisionError> {
    match terms.position {
        SocialPosition::DayLaborer => {
            explanation.say("日々雇い入れられる人は適用外です（健康保険は日雇特例被保険者の手続を確かめてください）。");
            return Ok(CoverageVerdict::NotCovered(vec![Condition::Continuing]));
        }
        SocialPosition::OccasionalOfficer => {
            explanation.say("非常勤または無報酬の役員なので適用外です。");
            return Ok(CoverageVerdict::NotCovered(vec![Condition::RegularOffice]));
        }
        SocialPosition::RegularOfficer => {
            explanation.say("報酬を受けて常時勤務する役員なので適用します。労働時間では判断しません。");
            return Ok(CoverageVerdict::Covered(WorkerClass::Ordinary));
        }
        SocialPosition::Worker => {}
    }
    let short_contract = short_contract(law, terms, explanation)?;
    if short_contract == Some(true) {
        return Ok(CoverageVerdict::NotCovered(vec![Condition::LongerThanShortContract]));
    }
    let class = three_quarters(law, terms, explanation)?;
    match (class, short_contract) {
        (Some(class), Some(_)) => Ok(CoverageVerdict::Covered(class)),
        (Some(_), None) => Ok(CoverageVerdict::Question(vec![Condition::LongerThanShortContract])),
        (None, _) => short_time(law, terms, short_contract, explanation),
    }
}

/// Whether the contract keeps the person out as 2か月以内; `None` when the prospect of renewal is unknown.
fn short_contract(law: &Law, terms: &WorkTerms, explanation: &mut Explanation) -> Result<Option<bool>, DecisionError> {
    let months = figures::small::<u16>(law, SOCIAL, "coverage.short_contract_max_months", terms.on)?;
    let contract = terms.contract;
    let limit = months.value;
    if !contract.within_months(limit)? {
        explanation.cite(months.citation, format!("契約期間: {}。{limit}か月を超えて使用されます。", contract.say()));
        return Ok(Some(false));
    }
    let prospects = figures::date(law, SOCIAL, "coverage.short_contract_prospect_from", terms.on)?;
    if terms.on < prospects.value {
        explanation.cite(
            prospects.citation,
            format!(
                "契約期間: {}。{}より前は、{limit}か月以内の契約は見込みにかかわらず、その期間を超えるまで適用外です。",
                contract.say(),
                wording::day(prospects.value)
            ),
        );
        return Ok(Some(true));
    }
    let continues = contract.prospect();
    let follows = match continues {
        Some(true) => "当初から使用の見込みが期間を超えるので、最初の日から判断します。",
        Some(false) => "期間を超える見込みがないので適用外です。",
        None => "期間を超える見込みがあるかを、契約書と同じ契約の人の更新の実績で確かめてください。",
    };
    explanation.cite(prospects.citation, format!("契約期間: {}。{limit}か月以内の契約です。{follows}", contract.say()));
    Ok(continues.map(|continues| !continues))
}

/// 4分の3基準: weekly hours and monthly days both at three quarters of a regular employee or more.
fn three_quarters(
    law: &Law,
    terms: &WorkTerms,
    explanation: &mut Explanation,
) -> Result<Option<WorkerClass>, DecisionError> {
    let figure = law.figure(SOCIAL, "coverage.three_quarters_share", terms.on)?;
    let share = figure.exact()?;
    let minutes = |minutes: u32| Exact::whole(i64::from(minutes));
    let enough_hours = minutes(terms.weekly_minutes) >= minutes(terms.regular_weekly_minutes).times(share)?;
    let enough_days = terms.monthly_days >= terms.regular_monthly_days.times(share)?;
    let met = enough_hours && enough_days;
    explanation.cite(
        figure.citation(),
        format!(
            "4分の3基準: 週{}（正社員{}）、月{}日（正社員{}日）。{}",
            wording::hours(terms.weekly_minutes),
            wording::hours(terms.regular_weekly_minutes),
            terms.monthly_days,
            terms.regular_monthly_days,
            if met { "どちらも4分の3以上なので適用します。" } else { "4分の3に足りません。" }
        ),
    );
    let as_regular =
        terms.weekly_minutes >= terms.regular_weekly_minutes && terms.monthly_days >= terms.regular_monthly_days;
    Ok(met.then_some(if as_regular { WorkerClass::Ordinary } else { WorkerClass::PartTimer }))
}
