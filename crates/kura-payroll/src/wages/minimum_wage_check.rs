use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::{Exact, Yen, YenError};

use super::{MinimumWage, minimum_wage};
use crate::Citations;
use crate::clocks::Period;
use crate::wording::{self, yen};

/// The wage of some days; another contract or another 特定最低賃金 begins another span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumWageSpan {
    /// The days.
    pub period: Period,
    /// 最低賃金と比べる時間額, exact, as [`crate::pay::PayPlan::comparable_hourly_wages`] gives it.
    pub hourly: Exact,
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

    /// The comparison as one Japanese sentence, without the wage itself.
    pub fn sentence(&self) -> String {
        let name = match self.industry {
            Some(_) => "特定最低賃金".to_owned(),
            None => format!("地域別最低賃金（{}発効）", self.regional.since),
        };
        let (days, required) = (wording::period(self.period), yen(self.required()));
        match self.is_below() {
            false => format!("{days}の時間当たりの賃金は、{name}{required}以上です。"),
            true => format!("{days}の時間当たりの賃金は、{name}{required}を下回っています（最低賃金法4条）。"),
        }
    }

    /// What the user can do where the wage is below, one Japanese sentence.
    pub const fn remedy(&self) -> &'static str {
        "比べたのは「最低賃金の比較」に○のある項目の合計を、所定労働時間で割った額です。○の付け忘れと所定労働時間を確かめ、正しければ賃金を上げてください。"
    }
}

/// Why a comparison has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MinimumWageCheckError {
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
}

impl MinimumWageCheckError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::EmptySpan { .. } => "対象期間を確かめてください。",
            Self::Law(error) => error.remedy(),
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
        let MinimumWageSpan { period: Period { from, to }, hourly, industry } = *span;
        if to < from {
            return Err(MinimumWageCheckError::EmptySpan { from, to });
        }
        let mut next = Some(from);
        while let Some(day) = next.filter(|day| *day <= to) {
            let regional = minimum_wage(law, day, prefecture)?;
            citations.add(regional.hourly.citation);
            let industry = industry.filter(|industry| *industry > regional.hourly.value);
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
