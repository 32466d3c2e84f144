use kura_model::ProrationMethod;
use kura_yen::Exact;

use super::person::Contract;
use super::work::{Work, hours, unknown};
use super::{PayError, PayPlan, PersonMonth};
use crate::clocks::Period;

/// How much of the attendance period is employed and paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Every day.
    Whole,
    /// Some days: joined, left, or on unpaid leave that is taken off by 日割.
    Part,
    /// No day: unpaid leave of the whole period, or a payment after the last base pay.
    Nothing,
}

impl Coverage {
    pub(super) fn of(plan: &PayPlan<'_>, person: &PersonMonth) -> Self {
        let attendance = plan.clocks.attendance;
        match person.contracts.0.as_slice() {
            [] => Self::Nothing,
            [(span, _)] if *span == attendance => Self::Whole,
            [_] => Self::Part,
            spans if calendar_days(spans) == attendance.calendar_days() => Self::Whole,
            _ => Self::Part,
        }
    }
}

impl Work<'_> {
    /// 日割: each span's figure times its part of a whole month, unrounded. The parts never exceed a month together, and a
    /// period that is paid without a gap is paid in full, also where the divisor is not the number of its days (30日固定,
    /// 月平均): the last span takes the rest.
    pub(super) fn prorated<T>(&self, spans: &[(Period, T)], figure: impl Fn(&T) -> Exact) -> Result<Exact, PayError> {
        let attendance = self.plan.clocks.attendance;
        let without_gap = self.coverage == Coverage::Whole && calendar_days(spans) == attendance.calendar_days();
        let of = self.days_of_month()?;
        let (mut rest, mut sum) = (Exact::whole(1), Exact::ZERO);
        let mut spans = spans.iter().peekable();
        while let Some((span, value)) = spans.next() {
            let part = if without_gap && spans.peek().is_none() {
                rest
            } else {
                self.paid_days(*span)?.divided_by(of)?.min(rest)
            };
            rest = rest.minus(part)?;
            sum = sum.plus(figure(value).times(part)?)?;
        }
        Ok(sum)
    }

    /// The paid part of a month: 1 for the whole period.
    pub(super) fn paid_part(&self) -> Result<Exact, PayError> {
        self.prorated(&self.person.contracts.0, |_| Exact::whole(1))
    }

    /// What is counted of a span: only days on which a contract is paid.
    fn paid_days(&self, span: Period) -> Result<Exact, PayError> {
        let mut days: i64 = 0;
        for (paid, _) in &self.person.contracts.0 {
            let Some(shared) = paid.overlap(span.from, span.to) else { continue };
            days = days.saturating_add(match self.proration {
                ProrationMethod::CalendarDays | ProrationMethod::FixedThirtyDays => shared.calendar_days(),
                ProrationMethod::ScheduledDaysOfPeriod
                | ProrationMethod::MonthlyAverageDays
                | ProrationMethod::MonthlyAverageHours => self.scheduled_days()?.within(shared),
            });
        }
        match self.proration {
            ProrationMethod::MonthlyAverageHours => {
                Ok(hours(self.plan.rules.daily_scheduled_minutes.saturating_mul(days))?)
            }
            _ => Ok(Exact::whole(days)),
        }
    }

    /// What a whole month counts as, by the method.
    fn days_of_month(&self) -> Result<Exact, PayError> {
        Ok(match self.proration {
            ProrationMethod::CalendarDays => Exact::whole(self.plan.clocks.attendance.calendar_days()),
            // The name of the setting, not a figure of law.
            ProrationMethod::FixedThirtyDays => Exact::whole(30),
            ProrationMethod::ScheduledDaysOfPeriod => Exact::whole(self.scheduled_days()?.total()),
            ProrationMethod::MonthlyAverageDays => self.plan.rules.monthly_average_days,
            ProrationMethod::MonthlyAverageHours => self.plan.rules.monthly_average_hours,
        })
    }

    fn scheduled_days(&self) -> Result<super::ScheduledDays, PayError> {
        self.person.attendance.scheduled_days.ok_or_else(|| unknown("所定日数"))
    }
}

/// 日割の方法 by what makes the period less than whole, or of two contracts.
pub(super) fn proration_method(plan: &PayPlan<'_>, person: &PersonMonth) -> ProrationMethod {
    let (rules, attendance) = (&plan.rules, plan.clocks.attendance);
    let spans: &[(Period, Contract)] = &person.contracts.0;
    if person.suspended {
        rules.proration_suspension
    } else if spans.first().is_some_and(|(first, _)| first.from > attendance.from) {
        rules.proration_join
    } else if spans.last().is_some_and(|(last, _)| last.to < attendance.to) {
        rules.proration_leave
    } else {
        rules.proration_raise
    }
}

fn calendar_days<T>(spans: &[(Period, T)]) -> i64 {
    spans.iter().map(|(span, _)| span.calendar_days()).fold(0, i64::saturating_add)
}
