use kura_calendar::{CalendarError, Date};
use kura_law::{Law, LawError};
use kura_model::AverageWageBase;
use kura_yen::{Exact, Yen, YenError};

use super::{AverageWageBasis, STANDARDS};
use crate::Citations;
use crate::clocks::Period;
use crate::wording;

/// How a wage is fixed: the guaranteed minimum of an average wage looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WageForm {
    /// By the month, the week or another period.
    Period,
    /// By the day, the hour or the piece.
    Work,
}

/// One wage of a wage period. Six-month passes stand with the part of the period; wages in kind outside a law or
/// agreement do not stand here at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wage {
    /// 金額, yen.
    pub amount: Yen,
    /// How it is fixed.
    pub form: WageForm,
    /// 算入, or the lawful reason for leaving it out (労基法12条4項).
    pub class: AverageWageBase,
}

/// The wages of one wage period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodWages {
    /// The days they are paid for.
    pub period: Period,
    /// Every wage of the period.
    pub wages: Vec<Wage>,
    /// 労働した日数, needed where a wage is fixed by work.
    pub days_worked: Option<Exact>,
}

/// Why days and their wages are left out (労基法12条3項).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExclusionReason {
    /// 業務上の傷病による休業.
    WorkInjury,
    /// 産前産後休業.
    Maternity,
    /// 使用者の責めに帰すべき休業.
    Suspension,
    /// 育児休業・介護休業.
    ChildcareOrFamilyCare,
    /// 試みの使用期間.
    Probation,
}

impl ExclusionReason {
    /// Every reason, in the order of the law.
    pub const ALL: [Self; 5] =
        [Self::WorkInjury, Self::Maternity, Self::Suspension, Self::ChildcareOrFamilyCare, Self::Probation];

    /// The reason in Japanese, as the law table lists it.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::WorkInjury => "業務上の傷病による休業",
            Self::Maternity => "産前産後休業",
            Self::Suspension => "使用者の責めに帰すべき休業",
            Self::ChildcareOrFamilyCare => "育児休業・介護休業",
            Self::Probation => "試みの使用期間",
        }
    }
}

/// A period that is left out, with what was paid for it; days outside the 算定期間 do no harm, their wages must not stand here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludedPeriod {
    /// Why.
    pub reason: ExclusionReason,
    /// Its days, with the wages and days of work that [`PeriodWages`] holds for them.
    pub paid: PeriodWages,
}

/// Which of the two amounts is the average wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AverageWageRule {
    /// 原則: wages ÷ calendar days (労基法12条1項本文).
    Principle,
    /// 最低保障: pay by day, hour or piece (同項1号).
    Guaranteed,
    /// 最低保障: with a part by the month (同項2号).
    GuaranteedMixed,
}

impl AverageWageRule {
    /// The name of the rule in Japanese.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Principle => "原則（労基法12条1項本文）",
            Self::Guaranteed => "最低保障（労基法12条1項1号）",
            Self::GuaranteedMixed => "最低保障（労基法12条1項2号）",
        }
    }
}

/// 平均賃金 of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AverageWage {
    /// Yen a day, below 1 sen dropped. What is paid from it is rounded once at the end.
    pub daily: Exact,
    /// The rule that gave it.
    pub rule: AverageWageRule,
    /// 算定期間.
    pub period: Period,
    /// 総日数 after exclusions.
    pub days: i64,
    /// The way to it, one Japanese sentence a step.
    pub steps: Vec<String>,
    /// The figures it stands on.
    pub citations: Citations,
}

/// Why an average wage has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AverageWageError {
    /// Hired after the event.
    #[error("雇入日が、平均賃金の算定事由の発生日より後です。")]
    HiredAfterEvent,
    /// No day is left to take an average over (規則4条).
    #[error("平均賃金の算定期間に、計算に使える日がありません（労基法施行規則4条）。")]
    NoDaysLeft,
    /// A wage period is missing.
    #[error("{}の賃金が分からないため、平均賃金を計算できません。", wording::days(*.from, *.to))]
    WagesMissing {
        /// First day of the wage period.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// 労働した日数 of a wage period is missing.
    #[error("{}の労働した日数が分からないため、平均賃金の最低保障を計算できません。", wording::days(*.from, *.to))]
    DaysWorkedUnknown {
        /// First day of the wage period.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// Wages by the day, hour or piece, and not a day of work.
    #[error("日・時間・出来高による賃金がありますが、労働した日数が0日です。")]
    NoDaysWorked,
    /// Two excluded periods share a day.
    #[error("平均賃金の計算から除く期間が重なっています。")]
    ExclusionsOverlap,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// A day cannot be computed.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl AverageWageError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::HiredAfterEvent => "雇入日か発生日を直してください。",
            Self::NoDaysLeft => "都道府県労働局長が平均賃金を定めます。所轄の労働基準監督署に相談してください。",
            Self::WagesMissing { .. } => "給与履歴にその期間の賃金を入れてください。",
            Self::DaysWorkedUnknown { .. } | Self::NoDaysWorked => "その期間の出勤日数を入れてください。",
            Self::ExclusionsOverlap => "休業の期間を直し、同じ日が一度だけ含まれるようにしてください。",
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// 平均賃金 (労基法12条). `wages` must hold every part of [`AverageWageBasis::period`]; others are not looked at.
pub fn average_wage(
    law: &Law,
    basis: &AverageWageBasis,
    wages: &[PeriodWages],
    excluded: &[ExcludedPeriod],
) -> Result<AverageWage, AverageWageError> {
    let window = basis.period(law)?;
    let mut work = Work { law, on: basis.event_day, steps: window.steps, citations: window.citations };
    let mut sums = Sums::default();
    for part in &window.parts {
        let of_part = wages.iter().find(|of| of.period == *part);
        let missing = AverageWageError::WagesMissing { from: part.from, to: part.to };
        sums = sums.plus(&Sums::of(of_part.ok_or(missing)?)?)?;
    }
    work.left_out_wages(&sums)?;
    let mut days = window.whole.calendar_days();
    check_overlaps(excluded)?;
    for exclusion in excluded {
        let Some(inside) = window.whole.overlap(exclusion.paid.period.from, exclusion.paid.period.to) else { continue };
        if exclusion.reason == ExclusionReason::Probation && exclusion.paid.period.contains(basis.event_day) {
            work.cite("average_wage.probation_event")?;
            work.say("試みの使用期間中に事由が発生したため、その期間も含めて計算します。".to_owned());
            continue;
        }
        let left_out = Sums::of(&exclusion.paid)?;
        days = days.saturating_sub(inside.calendar_days());
        work.left_out_period(exclusion.reason, inside, &left_out)?;
        sums = sums.minus(&left_out)?;
    }
    if days <= 0 {
        return Err(AverageWageError::NoDaysLeft);
    }
    let (exact, rule) = work.larger_of_the_two(&sums, days)?;
    let daily = exact.truncated_to(work.decimals()?)?;
    work.say(format!("{}により、平均賃金は{}です（1銭未満切捨て）。", rule.japanese(), wording::yen_and_sen(daily)));
    Ok(AverageWage { daily, rule, period: window.whole, days, steps: work.steps, citations: work.citations })
}

fn check_overlaps(excluded: &[ExcludedPeriod]) -> Result<(), AverageWageError> {
    let mut periods: Vec<Period> = excluded.iter().map(|exclusion| exclusion.paid.period).collect();
    periods.sort_by_key(|period| period.from);
    let overlap = periods.windows(2).any(|pair| matches!(pair, [first, second] if second.from <= first.to));
    if overlap { Err(AverageWageError::ExclusionsOverlap) } else { Ok(()) }
}

/// The wages of some days, by what matters for the average.
#[derive(Clone, Copy, Default)]
struct Sums {
    by_period: Yen,
    by_work: Yen,
    days_worked: Option<Exact>,
    extraordinary: Yen,
    over_three_months: Yen,
}

impl Sums {
    fn of(paid: &PeriodWages) -> Result<Self, AverageWageError> {
        let mut sums = Self { days_worked: paid.days_worked, ..Self::default() };
        for wage in &paid.wages {
            let sum = match (wage.class, wage.form) {
                (AverageWageBase::Included, WageForm::Period) => &mut sums.by_period,
                (AverageWageBase::Included, WageForm::Work) => &mut sums.by_work,
                (AverageWageBase::Temporary, _) => &mut sums.extraordinary,
                (AverageWageBase::OverThreeMonths, _) => &mut sums.over_three_months,
            };
            *sum += wage.amount;
        }
        if sums.by_work != Yen::ZERO && sums.days_worked.is_none() {
            return Err(AverageWageError::DaysWorkedUnknown { from: paid.period.from, to: paid.period.to });
        }
        Ok(sums)
    }

    fn total(&self) -> Yen {
        self.by_period + self.by_work
    }

    fn days(&self) -> Exact {
        self.days_worked.unwrap_or(Exact::ZERO)
    }

    fn plus(&self, other: &Self) -> Result<Self, YenError> {
        Ok(Self {
            by_period: self.by_period + other.by_period,
            by_work: self.by_work + other.by_work,
            days_worked: Some(self.days().plus(other.days())?),
            extraordinary: self.extraordinary + other.extraordinary,
            over_three_months: self.over_three_months + other.over_three_months,
        })
    }

    fn minus(&self, other: &Self) -> Result<Self, YenError> {
        Ok(Self {
            by_period: self.by_period - other.by_period,
            by_work: self.by_work - other.by_work,
            days_worked: Some(self.days().minus(other.days())?),
            ..*self
        })
    }
}

/// The explanation while it grows.
struct Work<'law> {
    law: &'law Law,
    on: Date,
    steps: Vec<String>,
    citations: Citations,
}

impl Work<'_> {
    fn say(&mut self, step: String) {
        self.steps.push(step);
    }

    fn cite(&mut self, key: &str) -> Result<(), LawError> {
        self.citations.add(self.law.figure(STANDARDS, key, self.on)?.citation());
        Ok(())
    }

    fn decimals(&mut self) -> Result<u32, LawError> {
        let figure = self.law.figure(STANDARDS, "average_wage.fraction_decimals", self.on)?;
        self.citations.add(figure.citation());
        u32::try_from(figure.integer()?).map_err(|_| figure.unreadable("桁数ではありません"))
    }

    fn left_out_wages(&mut self, sums: &Sums) -> Result<(), LawError> {
        let left_out = [
            ("臨時に支払われた賃金", sums.extraordinary),
            ("3か月を超える期間ごとに支払われる賃金", sums.over_three_months),
        ];
        for (what, amount) in left_out.into_iter().filter(|(_, amount)| *amount != Yen::ZERO) {
            self.cite("average_wage.exclude_wages")?;
            self.say(format!("{what}{}を除きます。", wording::yen(amount)));
        }
        Ok(())
    }

    fn left_out_period(&mut self, reason: ExclusionReason, inside: Period, paid: &Sums) -> Result<(), LawError> {
        self.cite("average_wage.exclude_periods")?;
        let (reason, days, wages) = (reason.japanese(), inside.calendar_days(), wording::yen(paid.total()));
        self.say(format!("{reason}（{}）の{days}日と、その間の賃金{wages}を除きます。", wording::period(inside)));
        Ok(())
    }

    /// 原則 and 最低保障, each in words; the larger is the average wage.
    fn larger_of_the_two(&mut self, sums: &Sums, days: i64) -> Result<(Exact, AverageWageRule), AverageWageError> {
        let (total, shown) = (sums.total(), wording::yen_and_sen);
        let principle = total.exact().divided_by_integer(days)?;
        self.say(format!("賃金の総額{}÷総日数{days}日＝{}です。", wording::yen(total), shown(principle)));
        if sums.by_work <= Yen::ZERO {
            return Ok((principle, AverageWageRule::Principle));
        }
        if sums.days() <= Exact::ZERO {
            return Err(AverageWageError::NoDaysWorked);
        }
        let percent = self.law.figure(STANDARDS, "average_wage.floor_pct", self.on)?;
        self.citations.add(percent.citation());
        let per_day = sums.by_work.exact().divided_by(sums.days())?;
        let by_work = per_day.times(percent.exact()?)?.divided_by_integer(100)?;
        let work_text = format!(
            "日・時間・出来高による賃金{}÷労働した日数{}日×{}%",
            wording::yen(sums.by_work),
            sums.days(),
            percent.text()?
        );
        let (guaranteed, rule) = if sums.by_period == Yen::ZERO {
            self.say(format!("最低保障は、{work_text}＝{}です。", shown(by_work)));
            (by_work, AverageWageRule::Guaranteed)
        } else {
            let guaranteed = sums.by_period.exact().divided_by_integer(days)?.plus(by_work)?;
            let period_text = format!("月などで定めた賃金{}÷総日数{days}日", wording::yen(sums.by_period));
            self.say(format!("最低保障は、{period_text}＋{work_text}＝{}です。", shown(guaranteed)));
            (guaranteed, AverageWageRule::GuaranteedMixed)
        };
        Ok(if guaranteed > principle { (guaranteed, rule) } else { (principle, AverageWageRule::Principle) })
    }
}
