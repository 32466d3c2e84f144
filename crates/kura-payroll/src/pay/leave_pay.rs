use kura_model::{PaidLeaveWageMethod, PayType};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::base_pay::{BasePay, times};
use super::built_in::BuiltIn;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Reason, Trace};
use super::values::Quantity;
use super::work::{Lines, Work, hours, unknown};

impl Work<'_> {
    /// 有給手当 and 特別休暇手当 of people whose leave is not already paid with their base line, and 休業手当.
    pub(super) fn leave_lines<T: Trace>(&self, pay: &mut Lines<'_, T>) -> Result<(), PayError> {
        if let Some(leave) = self.paid_leave()? {
            self.enter_leave(BuiltIn::PaidLeave, leave, pay);
        }
        if let Some(leave) = self.special_leave()? {
            self.enter_leave(BuiltIn::PaidSpecialLeave, leave, pay);
        }
        self.suspension_allowance(pay)
    }

    fn enter_leave<T: Trace>(&self, built_in: BuiltIn, leave: BasePay, pay: &mut Lines<'_, T>) {
        let kind = LineKind::BuiltIn(built_in);
        let line = Line { quantity: leave.quantity, ..Line::new(kind, leave.amount, leave.rule) };
        pay.enter(line, || leave.reason());
    }

    /// 有給 (労基法39条9項). People paid by the month have it in their base line, people on 日給 by 通常の賃金 in their days.
    fn paid_leave(&self) -> Result<Option<BasePay>, PayError> {
        let attendance = &self.person.attendance;
        let contract = &self.person.variable_contract;
        let (days, minutes) = (attendance.paid_leave_days.unwrap_or(Exact::ZERO), attendance.paid_leave_minutes);
        if days == Exact::ZERO && minutes == 0 {
            return Ok(None);
        }
        match (contract.pay_type, self.plan.rules.paid_leave_wage_method) {
            (PayType::Hourly, PaidLeaveWageMethod::OrdinaryWage) => {
                let count = self.hours_of_days(days)?.plus(hours(minutes)?)?;
                times(contract, count, Rule::PaidLeaveOrdinary).map(Some)
            }
            (PayType::Daily, PaidLeaveWageMethod::OrdinaryWage) => Ok(None),
            (PayType::Hourly | PayType::Daily | PayType::Commission, _) => self.leave_by_day(days, minutes).map(Some),
            _ => Ok(None),
        }
    }

    /// 平均賃金, 標準報酬日額, and 通常の賃金 of 歩合: an amount a day; hours of leave by the scheduled hours of a day.
    fn leave_by_day(&self, days: Exact, minutes: i64) -> Result<BasePay, PayError> {
        let attendance = &self.person.attendance;
        let unit = attendance.paid_leave_daily_amount.ok_or_else(|| unknown("有給1日の賃金"))?.daily;
        let minutes_of_day = attendance.paid_leave_minutes_per_day.unwrap_or(self.plan.rules.daily_scheduled_minutes);
        let count = match minutes {
            0 => days,
            minutes => days.plus(Exact::ratio(minutes, minutes_of_day)?)?,
        };
        let exact = unit.times(count)?;
        let amount = exact.round(Rounding::Up)?;
        let (rounding, quantity) = (Some(Rounding::Up), Some(Quantity { count, unit }));
        Ok(BasePay { amount, exact, rounding, rule: Rule::PaidLeaveByDay, quantity, partial: false })
    }

    /// 特別休暇（有給） of people paid by the hour; people on 日給 have it in their days.
    fn special_leave(&self) -> Result<Option<BasePay>, PayError> {
        let days = self.person.attendance.paid_special_leave_days.unwrap_or(Exact::ZERO);
        match self.person.variable_contract.pay_type {
            _ if days == Exact::ZERO => Ok(None),
            PayType::Hourly => {
                times(&self.person.variable_contract, self.hours_of_days(days)?, Rule::PaidLeaveOrdinary).map(Some)
            }
            PayType::Commission => Err(PayError::NotSupported { what: "歩合の人の特別休暇（有給）" }),
            _ => Ok(None),
        }
    }

    fn hours_of_days(&self, days: Exact) -> Result<Exact, PayError> {
        if days == Exact::ZERO {
            return Ok(Exact::ZERO);
        }
        let minutes = self.person.attendance.paid_leave_minutes_per_day;
        Ok(days.times(hours(minutes.ok_or_else(|| unknown("有給1日の時間（時給者）"))?)?)?)
    }

    /// 休業手当 (労基法26条): the amount comes in, since it needs the 平均賃金 of three months.
    fn suspension_allowance<T: Trace>(&self, pay: &mut Lines<'_, T>) -> Result<(), PayError> {
        let Some(suspension) = self.person.attendance.suspension else { return Ok(()) };
        if suspension.days == Exact::ZERO {
            return Ok(());
        }
        let amount = suspension.allowance.ok_or_else(|| unknown("平均賃金（会社都合の休業）"))?;
        let kind = LineKind::BuiltIn(BuiltIn::SuspensionAllowance);
        if amount != Yen::ZERO {
            pay.enter(Line::new(kind, amount, Rule::SuspensionAllowance), || Reason {
                inputs: vec![("会社都合の休業日数", suspension.days.into())],
                exact: Some(amount.exact()),
                citations: vec![self.plan.figures.overtime.suspension],
                ..Reason::default()
            });
        }
        Ok(())
    }
}
