use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::{Exact, Yen, YenError};

use super::{MinimumWage, minimum_wage};
use crate::Citations;
use crate::clocks::Period;
use crate::wording::{self, yen, yen_and_sen};

/// The unit a wage is fixed by, with what makes an hour of it (最低賃金法施行規則2条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WageUnit {
    /// 時間給.
    Hour,
    /// 日給 ÷ 1日の所定労働時間.
    Day {
        /// 1日の所定労働時間, hours.
        hours: Exact,
    },
    /// 月給 ÷ 1か月平均所定労働時間.
    Month {
        /// 月平均所定労働時間, hours.
        average_hours: Exact,
    },
    /// 出来高払: total of the wage period ÷ hours worked in it.
    Piece {
        /// 総労働時間 of the period, hours.
        worked_hours: Exact,
    },
}

/// One wage of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourlyPart {
    /// The contract figure (for 出来高払 the total of the period), yen.
    pub amount: Yen,
    /// What it is fixed by.
    pub unit: WageUnit,
    /// 最低賃金の比較: false for 精皆勤・通勤・家族手当, premiums and what is paid for rare events or over a month
    /// (最低賃金法4条3項).
    pub counts: bool,
}

/// The wages of some days; another contract or another 特定最低賃金 begins another span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumWageSpan {
    /// The days.
    pub period: Period,
    /// Every wage in force on them.
    pub parts: Vec<HourlyPart>,
    /// 特定最低賃金（時間額） of the industry, yen an hour, where there is one.
    pub industry: Option<Yen>,
}

/// Days on which the same wage meets the same minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumWageSegment {
    /// The days.
    pub period: Period,
    /// The wage, yen an hour, exact.
    pub hourly: Exact,
    /// 地域別最低賃金 with its 発効日.
    pub regional: MinimumWage,
    /// 特定最低賃金, where it is the higher one.
    pub industry: Option<Yen>,
}

impl MinimumWageSegment {
    /// The minimum that binds: the higher of the two (最低賃金法6条).
    pub fn required(&self) -> Yen {
        self.industry.unwrap_or(self.regional.hourly.value)
    }

    /// True when the wage is below the minimum.
    pub fn is_below(&self) -> bool {
        self.hourly < self.required().exact()
    }

    /// What is short, yen an hour; zero when nothing is.
    pub fn shortfall(&self) -> Result<Exact, YenError> {
        Ok(self.required().exact().minus(self.hourly)?.max(Exact::ZERO))
    }

    /// The comparison as one Japanese sentence.
    pub fn sentence(&self) -> String {
        let name = match self.industry {
            Some(_) => "特定最低賃金".to_owned(),
            None => format!("地域別最低賃金（{}発効）", self.regional.since),
        };
        let (days, hourly) = (wording::period(self.period), yen_and_sen(self.hourly));
        let required = yen(self.required());
        match self.is_below() {
            false => format!("{days}の時間当たりの賃金{hourly}は、{name}{required}以上です。"),
            true => format!("{days}の時間当たりの賃金{hourly}は、{name}{required}を下回っています（最低賃金法4条）。"),
        }
    }

    /// What the user can do where the wage is below, one Japanese sentence.
    pub const fn remedy(&self) -> &'static str {
        "基本額を上げるか、比較に入れる項目と所定労働時間を確かめてください。"
    }
}

/// Why a comparison has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MinimumWageCheckError {
    /// A divisor is zero or less.
    #[error("「{what}」が0以下のため、時間当たりの賃金を計算できません。")]
    NoHours {
        /// The value.
        what: &'static str,
    },
    /// The days of a span are the wrong way round.
    #[error("最低賃金と比べる期間の終わり（{to}）が始まり（{from}）より前です。")]
    EmptySpan {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl MinimumWageCheckError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NoHours { .. } => "給与規程の所定労働時間か、勤怠の労働時間を入れてください。",
            Self::EmptySpan { .. } => "対象期間を確かめてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// 最低賃金の比較 day by day over the spans of an attendance period, for the 都道府県 of the place of work (by its full name).
/// Days in a row on which nothing differs stand as one segment; a change of the minimum or of the wage begins another.
pub fn minimum_wage_check(
    law: &Law,
    prefecture: &str,
    spans: &[MinimumWageSpan],
) -> Result<(Vec<MinimumWageSegment>, Citations), MinimumWageCheckError> {
    let mut segments: Vec<MinimumWageSegment> = Vec::new();
    let mut citations = Citations::none();
    for span in spans {
        let Period { from, to } = span.period;
        if to < from {
            return Err(MinimumWageCheckError::EmptySpan { from, to });
        }
        let hourly = span.hourly()?;
        let mut next = Some(from);
        while let Some(day) = next.filter(|day| *day <= to) {
            let regional = minimum_wage(law, day, prefecture)?;
            citations.add(regional.hourly.citation);
            let industry = span.industry.filter(|industry| *industry > regional.hourly.value);
            let of_day = MinimumWageSegment { period: Period { from: day, to: day }, hourly, regional, industry };
            match segments.last_mut().filter(|last| last.continues_in(&of_day)) {
                Some(last) => last.period.to = day,
                None => segments.push(of_day),
            }
            next = day.tomorrow().ok();
        }
    }
    Ok((segments, citations))
}

impl MinimumWageSegment {
    fn continues_in(&self, next: &Self) -> bool {
        let same = self.hourly == next.hourly && self.regional == next.regional && self.industry == next.industry;
        same && self.period.to.tomorrow().ok() == Some(next.period.from)
    }
}

impl MinimumWageSpan {
    /// The wage of an hour: each part by its own unit, unrounded, and only what counts.
    fn hourly(&self) -> Result<Exact, MinimumWageCheckError> {
        let mut sum = Exact::ZERO;
        for part in self.parts.iter().filter(|part| part.counts) {
            let by = |hours: Exact, what| {
                if hours <= Exact::ZERO {
                    return Err(MinimumWageCheckError::NoHours { what });
                }
                Ok(part.amount.exact().divided_by(hours)?)
            };
            sum = sum.plus(match part.unit {
                WageUnit::Hour => part.amount.exact(),
                WageUnit::Day { hours } => by(hours, "1日の所定労働時間")?,
                WageUnit::Month { average_hours } => by(average_hours, "月平均所定労働時間")?,
                WageUnit::Piece { worked_hours } => by(worked_hours, "総労働時間")?,
            })?;
        }
        Ok(sum)
    }
}
