use kura_model::PayType;
use kura_yen::{Exact, YenError};

use super::attendance::{Attendance, Suspension};
use super::person::Contract;
use super::plan::PayPlan;
use super::work::Work;
use crate::clocks::Period;

/// 勤怠 of a part of the variable period, from 対象開始日 to the day before the next part: what was worked under one contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttendancePart {
    /// The days of the part.
    pub period: Period,
    /// The contract on these days.
    pub contract: Contract,
    /// 勤怠 of these days.
    pub attendance: Attendance,
}

/// Days under one contract with their 勤怠: the variable period, or a part of it.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'run> {
    pub(super) contract: &'run Contract,
    pub(super) attendance: &'run Attendance,
    /// Which part it is; `None` = the whole period.
    pub(super) part: Option<usize>,
}

/// What the pay of a contract is counted by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Month,
    Day,
    Hour,
    Commission,
}

impl Measure {
    pub(super) fn of(contract: &Contract) -> Self {
        match contract.pay_type {
            PayType::Monthly | PayType::DailyMonthly | PayType::Annual | PayType::OfficerRemuneration => Self::Month,
            PayType::Daily => Self::Day,
            PayType::Hourly => Self::Hour,
            PayType::Commission => Self::Commission,
        }
    }
}

impl<'run> Work<'run> {
    /// The variable period as it is paid: in one piece, or by the parts of 勤怠.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch<'run>> + use<'run> {
        let person = self.person;
        let whole = Stretch { contract: &person.variable_contract, attendance: &person.attendance, part: None };
        let parts = person.parts.iter().enumerate().map(|(at, part)| Stretch {
            contract: &part.contract,
            attendance: &part.attendance,
            part: Some(at),
        });
        person.parts.is_empty().then_some(whole).into_iter().chain(parts)
    }
}

impl Contract {
    /// True when one row of 勤怠 can be paid by both: the same measure of pay, by the day and by the hour the same price too.
    pub fn same_price_of_work(&self, other: &Self) -> bool {
        let officer = |contract: &Self| contract.pay_type == PayType::OfficerRemuneration;
        let measure = Measure::of(self);
        measure == Measure::of(other)
            && officer(self) == officer(other)
            && (measure == Measure::Month || self.base_amount == other.base_amount)
    }
}

impl PayPlan<'_> {
    /// The 標準 item of a contract.
    pub(super) fn base_line(&self, contract: &Contract) -> usize {
        match contract.pay_type {
            PayType::OfficerRemuneration => self.officer_line,
            _ => self.employee_line,
        }
    }
}

impl Attendance {
    /// Two parts of a period together. What one leaves empty is what the other says; what belongs to the whole period is that
    /// of the first.
    pub fn plus(&self, other: &Self) -> Result<Self, YenError> {
        let days = |left: Option<Exact>, right: Option<Exact>| match (left, right) {
            (Some(left), Some(right)) => left.plus(right).map(Some),
            (left, right) => Ok(left.or(right)),
        };
        let count = |left: Option<i64>, right: Option<i64>| match (left, right) {
            (Some(left), Some(right)) => Some(left.saturating_add(right)),
            (left, right) => left.or(right),
        };
        let suspension = match (self.suspension, other.suspension) {
            (Some(left), Some(right)) => {
                let allowance = left.allowance.zip(right.allowance).map(|(left, right)| left + right);
                Some(Suspension { days: left.days.plus(right.days)?, allowance })
            }
            (left, right) => left.or(right),
        };
        Ok(Self {
            worked_days: days(self.worked_days, other.worked_days)?,
            statutory_holiday_days: days(self.statutory_holiday_days, other.statutory_holiday_days)?,
            scheduled_holiday_days: days(self.scheduled_holiday_days, other.scheduled_holiday_days)?,
            paid_leave_days: days(self.paid_leave_days, other.paid_leave_days)?,
            paid_leave_minutes: self.paid_leave_minutes.saturating_add(other.paid_leave_minutes),
            paid_leave_daily_amount: self.paid_leave_daily_amount.or(other.paid_leave_daily_amount),
            paid_special_leave_days: days(self.paid_special_leave_days, other.paid_special_leave_days)?,
            absent_days: days(self.absent_days, other.absent_days)?,
            absent_minutes: self.absent_minutes.saturating_add(other.absent_minutes),
            late_and_early_minutes: self.late_and_early_minutes.saturating_add(other.late_and_early_minutes),
            suspension,
            compensatory_days: days(self.compensatory_days, other.compensatory_days)?,
            working_minutes: count(self.working_minutes, other.working_minutes),
            within_statutory_minutes: self.within_statutory_minutes.saturating_add(other.within_statutory_minutes),
            overtime_minutes: self.overtime_minutes.saturating_add(other.overtime_minutes),
            scheduled_holiday_minutes: self.scheduled_holiday_minutes.saturating_add(other.scheduled_holiday_minutes),
            statutory_holiday_minutes: self.statutory_holiday_minutes.saturating_add(other.statutory_holiday_minutes),
            night_minutes: self.night_minutes.saturating_add(other.night_minutes),
            duty_count: count(self.duty_count, other.duty_count),
            night_shift_count: count(self.night_shift_count, other.night_shift_count),
            ..*self
        })
    }
}
