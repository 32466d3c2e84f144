use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::{Exact, Rounding, Yen, YenError};

use super::STANDARDS;
use crate::Citations;
use crate::wording::yen_and_sen;

/// One day of a suspension caused by the employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspensionDay {
    /// The day.
    pub date: Date,
    /// 所定労働日: on other days nothing is due.
    pub working_day: bool,
    /// 一部休業: what was earned by the hours worked that day, yen; zero on a whole day of suspension.
    pub wages_earned: Yen,
}

/// Why a day has its allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuspensionDayReason {
    /// A whole day: the statutory part of the average wage.
    WholeDay,
    /// 一部休業: the wages of the day are below it, the difference is due.
    Difference,
    /// 一部休業: the wages of the day reach it.
    EarnedEnough,
    /// 休日: no day of work, nothing is due.
    DayOff,
}

impl SuspensionDayReason {
    /// The reason as one Japanese sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::WholeDay => "全日の休業のため、休業手当の日額を支払います。",
            Self::Difference => "その日の賃金が休業手当の日額に満たないため、差額を支払います。",
            Self::EarnedEnough => "その日の賃金が休業手当の日額以上のため、支払う差額はありません。",
            Self::DayOff => "労働日ではないため、休業手当はありません。",
        }
    }
}

/// The allowance of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspensionDayResult {
    /// The day.
    pub date: Date,
    /// Yen, exact.
    pub due: Exact,
    /// Why.
    pub reason: SuspensionDayReason,
}

/// 休業手当 of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspensionAllowance {
    /// 休業手当の日額: the statutory part of the average wage, yen, exact.
    pub daily: Exact,
    /// Each day in the order given.
    pub days: Vec<SuspensionDayResult>,
    /// What is paid: the sum, rounded once by the 50-sen rule (通貨法3条).
    pub total: Yen,
    /// The figures it stands on.
    pub citations: Citations,
}

impl SuspensionAllowance {
    /// The daily amount in words.
    pub fn explanation(&self) -> String {
        format!("休業手当の日額は{}です（労基法26条）。", yen_and_sen(self.daily))
    }
}

/// Why an allowance has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionError {
    /// A day stands twice.
    #[error("休業の日{date}が二度入っています。")]
    SameDayTwice {
        /// The day.
        date: Date,
    },
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl SuspensionError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::SameDayTwice { .. } => "同じ日を一度だけにしてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// 休業手当 (労基法26条) of the days of one suspension, from the 平均賃金 of its first day (yen a day).
pub fn suspension_allowance(
    law: &Law,
    average_wage: Exact,
    days: &[SuspensionDay],
) -> Result<SuspensionAllowance, SuspensionError> {
    let mut citations = Citations::none();
    let mut daily = Exact::ZERO;
    let mut results: Vec<SuspensionDayResult> = Vec::with_capacity(days.len());
    let mut total = Exact::ZERO;
    for day in days {
        if results.iter().any(|earlier| earlier.date == day.date) {
            return Err(SuspensionError::SameDayTwice { date: day.date });
        }
        let percent = law.figure(STANDARDS, "suspension_allowance.pct_of_average_wage", day.date)?;
        citations.add(percent.citation());
        daily = average_wage.times(percent.exact()?)?.divided_by_integer(100)?;
        let difference = daily.minus(day.wages_earned.exact())?;
        let (due, reason) = if !day.working_day {
            (Exact::ZERO, SuspensionDayReason::DayOff)
        } else if day.wages_earned <= Yen::ZERO {
            (daily, SuspensionDayReason::WholeDay)
        } else if difference > Exact::ZERO {
            (difference, SuspensionDayReason::Difference)
        } else {
            (Exact::ZERO, SuspensionDayReason::EarnedEnough)
        };
        total = total.plus(due)?;
        results.push(SuspensionDayResult { date: day.date, due, reason });
    }
    Ok(SuspensionAllowance { daily, days: results, total: total.round(Rounding::HalfUp)?, citations })
}
