use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_model::PaidLeaveWageMethod;
use kura_yen::{Exact, Rounding, Yen, YenError};

use super::STANDARDS;
use crate::Citations;
use crate::wording::{hours, yen, yen_and_sen};

/// One part of 通常の賃金 (規則25条1項); the parts of a person add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrdinaryWagePart {
    /// 時給 × scheduled hours of the day of leave.
    Hourly {
        /// Yen an hour.
        wage: Yen,
        /// その日の所定労働時間, minutes.
        scheduled_minutes: i64,
    },
    /// 日給.
    Daily {
        /// Yen a day.
        wage: Yen,
    },
    /// 月給 ÷ scheduled days of the month.
    Monthly {
        /// Yen a month.
        wage: Yen,
        /// その月の所定労働日数.
        scheduled_days: i64,
    },
    /// 出来高払: total of the wage period ÷ hours worked in it × average hours of a day.
    Piece {
        /// 出来高払の賃金の総額, yen.
        total: Yen,
        /// 総労働時間, minutes.
        worked_minutes: i64,
        /// 1日平均所定労働時間, minutes.
        average_minutes_a_day: i64,
    },
}

/// What the pay of a day of leave is taken from: one of the three of 労基法39条9項, as the work rules say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidLeavePayFacts<'facts> {
    /// 通常の賃金.
    Ordinary(&'facts [OrdinaryWagePart]),
    /// 平均賃金 of the first day of leave, yen a day.
    AverageWage(Exact),
    /// 標準報酬日額.
    StandardRemuneration {
        /// 健保の標準報酬月額, yen; `None` when unknown or not insured.
        monthly: Option<Yen>,
        /// The written agreement (労使協定) that this way needs.
        agreement: bool,
    },
}

/// 有給休暇1日の賃金.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidLeaveDay {
    /// Yen a day, exact; a slip rounds the sum of its days once.
    pub daily: Exact,
    /// The way it was taken.
    pub method: PaidLeaveWageMethod,
    /// The way to it, one Japanese sentence a step.
    pub steps: Vec<String>,
    /// The figures it stands on.
    pub citations: Citations,
}

impl PaidLeaveDay {
    /// 時間単位年休: the pay of some minutes of leave, by the scheduled hours of the day (規則25条2項), yen, exact.
    pub fn for_minutes(&self, minutes: i64, scheduled_minutes: i64) -> Result<Exact, PaidLeavePayError> {
        if scheduled_minutes <= 0 {
            return Err(PaidLeavePayError::NotPositive { what: "その日の所定労働時間" });
        }
        Ok(self.daily.times_integer(minutes)?.divided_by_integer(scheduled_minutes)?)
    }
}

/// Why the pay of a day of leave has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaidLeavePayError {
    /// 通常の賃金 without any part.
    #[error("有給休暇の通常の賃金の元になる賃金がありません。")]
    NoWage,
    /// A divisor or a number of hours is zero or less.
    #[error("「{what}」が0以下のため、有給休暇の賃金を計算できません。")]
    NotPositive {
        /// The value.
        what: &'static str,
    },
    /// No agreement stands behind 標準報酬日額.
    #[error("標準報酬日額で有給休暇の賃金を支払うための労使協定がありません（労基法39条9項ただし書）。")]
    NoAgreement,
    /// No standard remuneration of health insurance is known.
    #[error("健康保険の標準報酬月額が分からないため、有給休暇の賃金を標準報酬日額で計算できません。")]
    NoStandard,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl PaidLeavePayError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NoWage => "雇用条件の基本額を入れてください。",
            Self::NotPositive { .. } => "所定労働時間と所定労働日数を確かめてください。",
            Self::NoAgreement => "協定のシートに「標準報酬日額の有給」を入れるか、通常の賃金か平均賃金にしてください。",
            Self::NoStandard => "標準報酬のシートに標準報酬月額を入れるか、通常の賃金か平均賃金にしてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// 有給休暇1日の賃金 (労基法39条9項) on a day of leave.
pub fn paid_leave_pay(law: &Law, on: Date, facts: PaidLeavePayFacts<'_>) -> Result<PaidLeaveDay, PaidLeavePayError> {
    match facts {
        PaidLeavePayFacts::Ordinary(parts) => ordinary(law, on, parts),
        PaidLeavePayFacts::AverageWage(daily) => {
            let article = law.figure(STANDARDS, "paid_leave.pay.article", on)?;
            let steps = vec![format!("平均賃金{}を支払います（労基法39条9項）。", yen_and_sen(daily))];
            let citations = Citations::one(article.citation());
            Ok(PaidLeaveDay { daily, method: PaidLeaveWageMethod::AverageWage, steps, citations })
        }
        PaidLeavePayFacts::StandardRemuneration { agreement: false, .. } => Err(PaidLeavePayError::NoAgreement),
        PaidLeavePayFacts::StandardRemuneration { monthly, agreement: true } => {
            by_standard(law, on, monthly.ok_or(PaidLeavePayError::NoStandard)?)
        }
    }
}

fn by_standard(law: &Law, on: Date, monthly: Yen) -> Result<PaidLeaveDay, PaidLeavePayError> {
    let divisor = law.figure(STANDARDS, "paid_leave.pay.standard_remuneration_daily.divisor", on)?;
    let unit = law.figure(STANDARDS, "paid_leave.pay.standard_remuneration_daily.unit", on)?;
    let mut citations = Citations::one(divisor.citation());
    citations.add(unit.citation());
    // 5円未満切捨て、5円以上10円未満切上げ (健康保険法40条1項)
    let daily = monthly.exact().divided_by_integer(divisor.integer()?)?.round_to(unit.integer()?, Rounding::HalfUp)?;
    let step = format!(
        "標準報酬月額{}÷{}を{}円単位に四捨五入して、標準報酬日額は{}です。",
        yen(monthly),
        divisor.text()?,
        unit.text()?,
        yen(daily)
    );
    let method = PaidLeaveWageMethod::StandardDailyRemuneration;
    Ok(PaidLeaveDay { daily: daily.exact(), method, steps: vec![step], citations })
}

fn ordinary(law: &Law, on: Date, parts: &[OrdinaryWagePart]) -> Result<PaidLeaveDay, PaidLeavePayError> {
    if parts.is_empty() {
        return Err(PaidLeavePayError::NoWage);
    }
    let citations = Citations::one(law.figure(STANDARDS, "paid_leave.pay.normal_wage", on)?.citation());
    let mut daily = Exact::ZERO;
    let mut steps = Vec::new();
    for part in parts {
        let (amount, step) = part.day()?;
        daily = daily.plus(amount)?;
        steps.push(step);
    }
    if parts.len() > 1 {
        steps.push(format!("合計して、有給休暇1日の賃金は{}です。", yen_and_sen(daily)));
    }
    Ok(PaidLeaveDay { daily, method: PaidLeaveWageMethod::OrdinaryWage, steps, citations })
}

impl OrdinaryWagePart {
    fn day(&self) -> Result<(Exact, String), PaidLeavePayError> {
        let positive = |number: i64, what| {
            if number > 0 { Ok(number) } else { Err(PaidLeavePayError::NotPositive { what }) }
        };
        Ok(match *self {
            Self::Hourly { wage, scheduled_minutes } => {
                let minutes = positive(scheduled_minutes, "その日の所定労働時間")?;
                let daily = wage.exact().times(Exact::ratio(minutes, 60)?)?;
                let text = format!("時給{}×その日の所定{}＝{}です。", yen(wage), hours(minutes), yen_and_sen(daily));
                (daily, text)
            }
            Self::Daily { wage } => (wage.exact(), format!("日給{}を支払います。", yen(wage))),
            Self::Monthly { wage, scheduled_days } => {
                let days = positive(scheduled_days, "その月の所定労働日数")?;
                let daily = wage.exact().divided_by_integer(days)?;
                (daily, format!("月給{}÷その月の所定{days}日＝{}です。", yen(wage), yen_and_sen(daily)))
            }
            Self::Piece { total, worked_minutes, average_minutes_a_day } => {
                let worked = positive(worked_minutes, "総労働時間")?;
                let average = positive(average_minutes_a_day, "1日平均所定労働時間")?;
                let daily = total.exact().times_integer(average)?.divided_by_integer(worked)?;
                let text = format!(
                    "出来高払の賃金{}÷総労働{}×1日平均所定{}＝{}です。",
                    yen(total),
                    hours(worked),
                    hours(average),
                    yen_and_sen(daily)
                );
                (daily, text)
            }
        })
    }
}
