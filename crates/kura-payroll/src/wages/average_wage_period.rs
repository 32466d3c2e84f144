use kura_calendar::{Date, Length, Month, PeriodStart, period_end};
use kura_law::Law;

use super::{AverageWageError, STANDARDS};
use crate::Citations;
use crate::clocks::{ClosingDay, Period};
use crate::wording;

/// 平均賃金を算定すべき事由: what the average wage is needed for. It decides which day counts as that of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AverageWageEvent {
    /// 解雇予告手当 (労基法20条): the day of notice.
    Dismissal,
    /// 休業手当 (労基法26条): the first day of suspension.
    Suspension,
    /// 年次有給休暇 (労基法39条9項): the first day of leave.
    PaidLeave,
    /// 災害補償 (労基法76条以下): the day of the accident.
    Accident,
    /// 減給の制限 (労基法91条): the day the penalty is made known to the person.
    PayCut,
}

impl AverageWageEvent {
    /// The day that counts, in Japanese.
    pub const fn day_in_japanese(self) -> &'static str {
        match self {
            Self::Dismissal => "解雇を予告した日",
            Self::Suspension => "休業の最初の日",
            Self::PaidLeave => "年次有給休暇の最初の日",
            Self::Accident => "災害が発生した日",
            Self::PayCut => "減給を本人に伝えた日",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Dismissal => "average_wage.event_day.dismissal",
            Self::Suspension => "average_wage.event_day.suspension",
            Self::PaidLeave => "average_wage.event_day.leave",
            Self::Accident => "average_wage.event_day.accident",
            Self::PayCut => "average_wage.event_day.pay_cut",
        }
    }
}

/// What the period of an average wage follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AverageWageBasis {
    /// 算定すべき事由.
    pub event: AverageWageEvent,
    /// 算定事由の発生日; the day itself does not count.
    pub event_day: Date,
    /// 締切日 of the wages, where there is one.
    pub closing_day: Option<ClosingDay>,
    /// 雇入日.
    pub hired_on: Date,
}

/// 算定期間: the days an average wage is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AverageWagePeriod {
    /// The wage periods in order, the first cut at the hire day; without a closing day one part. The wages of each are needed.
    pub parts: Vec<Period>,
    /// The first and the last day of all parts.
    pub whole: Period,
    pub(super) steps: Vec<String>,
    pub(super) citations: Citations,
}

impl AverageWageBasis {
    /// 算定期間 (労基法12条1項, 2項, 6項): three months back from the last closing day before the event, or from the day before
    /// it where wages have no closing day; never before the hire day. Where a short service has no whole month up to the
    /// closing day, it runs to the day before the event. A service that begins on the day of the event has no period.
    pub fn period(&self, law: &Law) -> Result<AverageWagePeriod, AverageWageError> {
        if self.hired_on > self.event_day {
            return Err(AverageWageError::HiredAfterEvent);
        }
        let figure = |key| law.figure(STANDARDS, key, self.event_day);
        let event = figure(self.event.key())?;
        let months = figure("average_wage.months")?;
        let mut citations = Citations::one(event.citation());
        citations.add(months.citation());
        let count = i32::try_from(months.integer()?).map_err(|_| months.unreadable("月数ではありません"))?;
        let event_text = format!("算定事由の発生日は{}（{}）です。", self.event_day, self.event.day_in_japanese());

        let before = self.event_day.yesterday().map_err(|_| AverageWageError::NoDaysLeft)?;
        let (mut parts, back_from) = match self.closing_day {
            Some(closing) => (self.wage_periods(closing, count), self.last_closing(closing)),
            None => (vec![Period { from: months_before(self.event_day, count), to: before }], before),
        };
        let full = parts.iter().all(|part| self.hired_on <= part.from);
        parts.retain(|part| self.hired_on <= part.to);
        if let Some(first) = parts.first_mut() {
            first.from = first.from.max(self.hired_on);
        }
        let short_months = figure("average_wage.short_window_months")?;
        let least =
            u16::try_from(short_months.integer()?).map_err(|_| short_months.unreadable("月数ではありません"))?;
        let one_month = period_end(self.hired_on, PeriodStart::DayCounted, Length::Months(least))?;
        let extended = !full && back_from < one_month && back_from < before;
        if extended {
            citations.add(short_months.citation());
            let from = back_from.tomorrow().unwrap_or(back_from).max(self.hired_on);
            parts.push(Period { from, to: before });
        }
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Err(AverageWageError::NoDaysLeft) };
        let whole = Period { from: first.from, to: last.to };
        if whole.from > whole.to {
            return Err(AverageWageError::NoDaysLeft);
        }
        let days = wording::period(whole);
        let period_text = if extended {
            format!(
                "雇入れから直前の締切日までが{least}か月に満たないため、雇入日から発生日の前日まで（{days}）で計算します。"
            )
        } else if !full {
            format!("雇入れから{count}か月に満たないため、雇入日から（{days}）で計算します。")
        } else if self.closing_day.is_some() {
            format!("発生日の直前の締切日からさかのぼる{count}か月（{days}）で計算します。")
        } else {
            format!("賃金の締切日がないため、発生日の前日からさかのぼる{count}か月（{days}）で計算します。")
        };
        Ok(AverageWagePeriod { parts, whole, steps: vec![event_text, period_text], citations })
    }

    fn closing_month(&self, closing: ClosingDay) -> Month {
        let month = Month::of(self.event_day);
        if closing.in_month(month) < self.event_day { month } else { month.previous() }
    }

    /// The last closing day before the event; one on the day of the event is not before it.
    fn last_closing(&self, closing: ClosingDay) -> Date {
        closing.in_month(self.closing_month(closing))
    }

    fn wage_periods(&self, closing: ClosingDay, months: i32) -> Vec<Period> {
        let last = self.closing_month(closing);
        (0..months).rev().map(|back| closing.period(last.plus(back.saturating_neg()))).collect()
    }
}

fn months_before(day: Date, months: i32) -> Date {
    Month::of(day).plus(months.saturating_neg()).day_or_last(day.day())
}
