use kura_model::{PaidLeaveWageMethod, PayType};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::attendance::Attendance;
use super::base_pay::Earned;
use super::built_in::BuiltIn;
use super::part::Stretch;
use super::person::Contract;
use super::rule::Rule;
use super::slip::{Line, LineKind, Quantity};
use super::trace::{Reason, Trace};
use super::work::{Lines, Work, hours, unknown};

impl Work<'_> {
    /// 有給手当 and 特別休暇手当 of people whose leave is not already paid with their base line, and 休業手当.
    pub(super) fn leave_lines<T: Trace>(&self, amounts: &[ItemAmount], pay: &mut Lines<'_, T>) -> Result<(), PayError> {
        for stretch in self.stretches() {
            if let Some(leave) = self.paid_leave(stretch, amounts)? {
                self.enter_leave(BuiltIn::PaidLeave, leave, pay);
            }
            if let Some(leave) = self.special_leave(stretch, amounts)? {
                self.enter_leave(BuiltIn::PaidSpecialLeave, leave, pay);
            }
        }
        self.suspension_allowance(pay)
    }

    fn enter_leave<T: Trace>(&self, built_in: BuiltIn, leave: Earned, pay: &mut Lines<'_, T>) {
        let kind = LineKind::BuiltIn(built_in);
        let line = Line { quantity: leave.quantity, ..Line::new(kind, leave.amount, leave.rule) };
        pay.enter(line, || leave.reason());
    }

    /// 有給 (労基法39条9項). People paid by the month have it in their base line, people on 日給 by 通常の賃金 in their days.
    fn paid_leave(&self, stretch: Stretch<'_>, amounts: &[ItemAmount]) -> Result<Option<Earned>, PayError> {
        let Stretch { contract, attendance, .. } = stretch;
        let (days, minutes) = (attendance.paid_leave_days.unwrap_or(Exact::ZERO), attendance.paid_leave_minutes);
        if days == Exact::ZERO && minutes == 0 {
            return Ok(None);
        }
        match (contract.pay_type, self.plan.rules.paid_leave_wage_method) {
            (PayType::Hourly, PaidLeaveWageMethod::OrdinaryWage) => {
                let count = hours_of_days(attendance, days)?.plus(hours(minutes)?)?;
                Earned::times(contract, count, Rule::PaidLeaveOrdinary).map(Some)
            }
            (PayType::Daily, PaidLeaveWageMethod::OrdinaryWage) => Ok(None),
            (PayType::Hourly | PayType::Daily | PayType::Commission, _) => {
                let minutes_of_day = self.minutes_of_day(attendance);
                let count = match minutes {
                    0 => days,
                    minutes => days.plus(Exact::ratio(minutes, minutes_of_day)?)?,
                };
                let daily = match (attendance.paid_leave_daily_amount, contract.pay_type) {
                    (Some(amount), _) => amount.daily,
                    (None, PayType::Commission) => self.ordinary_day_of_commission(attendance, amounts)?,
                    (None, _) => return Err(unknown("有給1日の賃金")),
                };
                by_day(contract, daily, count).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// 特別休暇（有給） of people paid by the hour or on 歩合; people on 日給 have it in their days.
    fn special_leave(&self, stretch: Stretch<'_>, amounts: &[ItemAmount]) -> Result<Option<Earned>, PayError> {
        let Stretch { contract, attendance, .. } = stretch;
        let days = attendance.paid_special_leave_days.unwrap_or(Exact::ZERO);
        match contract.pay_type {
            _ if days == Exact::ZERO => Ok(None),
            PayType::Hourly => {
                Earned::times(contract, hours_of_days(attendance, days)?, Rule::PaidLeaveOrdinary).map(Some)
            }
            PayType::Commission => {
                by_day(contract, self.ordinary_day_of_commission(attendance, amounts)?, days).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// 通常の賃金 of a day on 歩合: the commission of an hour worked times the scheduled hours of a day (規則25条1項6号). A
    /// period without commission says nothing about it: the law then looks at an earlier one.
    fn ordinary_day_of_commission(&self, attendance: &Attendance, amounts: &[ItemAmount]) -> Result<Exact, PayError> {
        let (commission, minutes) = (self.commission(amounts)?, self.commission_minutes()?);
        if commission <= Exact::ZERO || minutes == 0 {
            return Err(unknown("歩合給のあった前の期間の1時間当たりの歩合給（有給1日の賃金）"));
        }
        let of_day = hours(self.minutes_of_day(attendance))?;
        Ok(commission.divided_by(hours(minutes)?)?.times(of_day)?)
    }

    fn minutes_of_day(&self, attendance: &Attendance) -> i64 {
        attendance.paid_leave_minutes_per_day.unwrap_or(self.plan.rules.daily_scheduled_minutes)
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

/// Days at an amount a day; a fraction of a yen goes up.
fn by_day(contract: &Contract, daily: Exact, days: Exact) -> Result<Earned, PayError> {
    let exact = daily.times(days)?;
    Ok(Earned {
        amount: exact.round(Rounding::Up)?,
        exact,
        rounding: Some(Rounding::Up),
        rule: Rule::PaidLeaveByDay,
        quantity: Some(Quantity { count: days, unit: daily }),
        agreed: contract.base_amount,
        partial: false,
    })
}

fn hours_of_days(attendance: &Attendance, days: Exact) -> Result<Exact, PayError> {
    if days == Exact::ZERO {
        return Ok(Exact::ZERO);
    }
    let minutes = attendance.paid_leave_minutes_per_day;
    Ok(days.times(hours(minutes.ok_or_else(|| unknown("有給1日の時間（時給者）"))?)?)?)
}
