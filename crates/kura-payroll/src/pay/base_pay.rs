use kura_model::{PaidLeaveWageMethod, PayType, ProrationMethod};
use kura_yen::{Exact, Rounding, Yen, YenError};

use super::person::{Contract, PersonMonth, ScheduledDays, Spans};
use super::rule::Rule;
use super::rules::WageRules;
use super::values::Quantity;
use super::{PayError, PayPlan};

/// The base line of a slip.
#[derive(Debug, Clone, Copy)]
pub(super) struct BasePay {
    pub(super) amount: Yen,
    pub(super) exact: Exact,
    pub(super) rule: Rule,
    pub(super) quantity: Option<Quantity>,
    /// True when the month is not paid in full (日割, leave).
    pub(super) partial: bool,
}

impl PayPlan<'_> {
    /// 基本給 by pay type: the contract figure, or its part by 日割; days or hours times their price.
    pub(super) fn base_pay(&self, person: &PersonMonth) -> Result<BasePay, PayError> {
        let contract = person.contracts.last().unwrap_or(&person.variable_contract);
        match contract.pay_type {
            PayType::Monthly | PayType::DailyMonthly | PayType::OfficerRemuneration | PayType::Annual => {
                self.monthly(person)
            }
            PayType::Daily => self.daily(person),
            PayType::Hourly => self.hourly(person),
            PayType::Commission => Err(PayError::NotSupported { what: "歩合給" }),
        }
    }

    fn monthly(&self, person: &PersonMonth) -> Result<BasePay, PayError> {
        if let Some(contract) = person.contracts.whole(self.clocks.attendance) {
            let amount = contract.base_amount;
            return Ok(BasePay {
                amount,
                exact: amount.exact(),
                rule: Rule::ContractMonthly,
                quantity: None,
                partial: false,
            });
        }
        if person.contracts.0.is_empty() {
            return Ok(BasePay {
                amount: Yen::ZERO,
                exact: Exact::ZERO,
                rule: Rule::WholePeriodLeave,
                quantity: None,
                partial: true,
            });
        }
        let exact = self.prorated(person, &person.contracts, |contract| contract.base_amount.exact())?;
        let amount = exact.round(self.rules.proration_rounding)?;
        Ok(BasePay { amount, exact, rule: Rule::Prorated, quantity: None, partial: true })
    }

    /// 日割: each span's figure times its days over the days of the whole period, unrounded.
    pub(super) fn prorated<T>(
        &self,
        person: &PersonMonth,
        spans: &Spans<T>,
        figure: impl Fn(&T) -> Exact,
    ) -> Result<Exact, PayError> {
        let method = self.proration_method(spans);
        let scheduled = person.attendance.scheduled_days;
        let mut sum = Exact::ZERO;
        for (at, (span, value)) in spans.0.iter().enumerate() {
            let (days, of) = match method {
                ProrationMethod::CalendarDays => {
                    (Exact::whole(span.calendar_days()), Exact::whole(self.clocks.attendance.calendar_days()))
                }
                ProrationMethod::FixedThirtyDays => (Exact::whole(span.calendar_days()), Exact::whole(30)),
                ProrationMethod::ScheduledDaysOfPeriod => {
                    let days = scheduled.ok_or_else(|| unknown("所定日数"))?;
                    (Exact::whole(span_days(days, at)?), Exact::whole(days.of_period))
                }
                ProrationMethod::MonthlyAverageDays => {
                    let days = scheduled.ok_or_else(|| unknown("所定日数"))?;
                    (Exact::whole(span_days(days, at)?), self.rules.monthly_average_days)
                }
                ProrationMethod::MonthlyAverageHours => {
                    return Err(PayError::NotSupported { what: "月平均時間による日割" });
                }
            };
            sum = sum.plus(figure(value).times(days)?.divided_by(of)?)?;
        }
        Ok(sum)
    }

    fn proration_method<T>(&self, spans: &Spans<T>) -> ProrationMethod {
        let first = spans.0.first().map(|(span, _)| span.from);
        let last = spans.0.last().map(|(span, _)| span.to);
        if first.is_some_and(|from| from > self.clocks.attendance.from) {
            self.rules.proration_join
        } else if last.is_some_and(|to| to < self.clocks.attendance.to) {
            self.rules.proration_leave
        } else {
            self.rules.proration_raise
        }
    }

    /// 日給 × (出勤日数 − 法定休日出勤 + 有給): a statutory-holiday day is paid by its hours alone.
    fn daily(&self, person: &PersonMonth) -> Result<BasePay, PayError> {
        let attendance = &person.attendance;
        let worked = attendance.worked_days.ok_or_else(|| unknown("出勤日数"))?;
        let mut days = worked.minus(attendance.statutory_holiday_days.unwrap_or(Exact::ZERO))?;
        if self.rules.paid_leave_wage_method == PaidLeaveWageMethod::OrdinaryWage {
            days = days.plus(attendance.paid_leave_days.unwrap_or(Exact::ZERO))?;
        }
        times(person.variable_contract, days, Rule::DailyTimesDays)
    }

    fn hourly(&self, person: &PersonMonth) -> Result<BasePay, PayError> {
        let minutes = person.attendance.working_minutes.ok_or_else(|| unknown("労働時間（時給・日給者）"))?;
        times(person.variable_contract, hours(minutes)?, Rule::HourlyTimesHours)
    }

    /// 有給手当 of people paid by the hour, and of those whose leave is paid by 平均賃金 or 標準報酬日額.
    pub(super) fn paid_leave(&self, person: &PersonMonth) -> Result<Option<BasePay>, PayError> {
        let attendance = &person.attendance;
        let contract = person.variable_contract;
        let days = attendance.paid_leave_days.unwrap_or(Exact::ZERO);
        if (days == Exact::ZERO && attendance.paid_leave_minutes == 0)
            || !matches!(contract.pay_type, PayType::Hourly | PayType::Daily)
        {
            return Ok(None);
        }
        match (self.rules.paid_leave_wage_method, contract.pay_type) {
            (PaidLeaveWageMethod::OrdinaryWage, PayType::Hourly) => {
                let per_day = match attendance.paid_leave_minutes_per_day {
                    Some(minutes) => minutes,
                    None if days == Exact::ZERO => 0,
                    None => return Err(unknown("有給1日の時間（時給者）")),
                };
                let leave_hours = days.times(hours(per_day)?)?.plus(hours(attendance.paid_leave_minutes)?)?;
                times(contract, leave_hours, Rule::PaidLeaveOrdinary).map(Some)
            }
            (PaidLeaveWageMethod::OrdinaryWage, _) => Ok(None),
            _ => {
                let pay = attendance.paid_leave_daily_amount.ok_or_else(|| unknown("有給1日の賃金"))?;
                let exact = pay.daily.times(days)?;
                let amount = exact.round(Rounding::Up)?;
                let quantity = Some(Quantity { count: days, unit: pay.daily });
                Ok(Some(BasePay { amount, exact, rule: Rule::PaidLeaveByDay, quantity, partial: false }))
            }
        }
    }
}

/// A price times a count; a fraction of a yen goes up, in the person's favour (賃金の全額払い, 労基法24条).
fn times(contract: Contract, count: Exact, rule: Rule) -> Result<BasePay, PayError> {
    let unit = contract.base_amount.exact();
    let exact = unit.times(count)?;
    let amount = exact.round(Rounding::Up)?;
    Ok(BasePay { amount, exact, rule, quantity: Some(Quantity { count, unit }), partial: false })
}

fn span_days(days: ScheduledDays, at: usize) -> Result<i64, PayError> {
    match at {
        0 => Ok(days.of_first_span),
        1 => Ok(days.of_second_span),
        _ => Err(PayError::NotSupported { what: "一つの計算期間に2回以上の昇給がある日割" }),
    }
}

/// Hours of a number of minutes, exact.
pub(super) fn hours(minutes: i64) -> Result<Exact, YenError> {
    Exact::ratio(minutes, 60)
}

pub(super) fn unknown(what: &str) -> PayError {
    PayError::Unknown { what: what.to_owned() }
}

impl WageRules {
    /// 1日の所定労働時間, hours.
    pub(super) fn daily_hours(&self) -> Result<Exact, YenError> {
        hours(self.daily_scheduled_minutes)
    }
}
