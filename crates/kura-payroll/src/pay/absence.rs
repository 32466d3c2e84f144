use kura_model::{PayType, ProrationMethod};
use kura_yen::{Exact, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::built_in::BuiltIn;
use super::item::AmountSource;
use super::part::Stretch;
use super::person::Contract;
use super::proration::Coverage;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Input, Reason, Trace, rounding_in_words};
use super::work::{Lines, Work, hours, unknown};

/// Whether a 代休日 is paid is a rule of the house that no sheet holds.
const COMPENSATORY_DAY: PayError = PayError::NotSupported {
    what: "代休日の賃金",
    remedy: "就業規則で代休日が無給なら「特別休暇 無給」、有給なら「特別休暇 有給」に日数を移し、代休日数を空欄にしてください。",
};

/// Time that was not worked.
#[derive(Clone, Copy)]
struct NotWorked {
    days: Exact,
    minutes: i64,
}

impl Work<'_> {
    /// 欠勤控除, 遅早控除 and 休業控除 as negative lines: what was not worked is not paid, and never more than the figure it is
    /// taken from. Days not worked are simply not in the pay by day or hour; a late day of 日給 is cut by its hours.
    pub(super) fn absence_lines<T: Trace>(
        &self,
        amounts: &[ItemAmount],
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        // The base pay that would be cut is not in this slip, nor in another: it was left out whole.
        if self.coverage == Coverage::Nothing && self.plan.clocks.variable == self.plan.clocks.attendance {
            return Ok(());
        }
        // Never more than a whole month is taken.
        let mut left = Exact::whole(1);
        for stretch in self.stretches() {
            self.absence_of(stretch, amounts, &mut left, pay)?;
        }
        Ok(())
    }

    fn absence_of<T: Trace>(
        &self,
        stretch: Stretch<'_>,
        amounts: &[ItemAmount],
        left: &mut Exact,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let attendance = stretch.attendance;
        if attendance.compensatory_days.is_some_and(|days| days != Exact::ZERO) {
            return Err(COMPENSATORY_DAY);
        }
        let suspended = attendance.suspension.map_or(Exact::ZERO, |suspension| suspension.days);
        let absence =
            NotWorked { days: attendance.absent_days.unwrap_or(Exact::ZERO), minutes: attendance.absent_minutes };
        let late = NotWorked { days: Exact::ZERO, minutes: attendance.late_and_early_minutes };
        let suspension = NotWorked { days: suspended, minutes: 0 };
        if absence.is_nothing() && late.is_nothing() && suspension.is_nothing() {
            return Ok(());
        }
        let rules = &self.plan.rules;
        match stretch.contract.pay_type {
            PayType::Monthly | PayType::DailyMonthly | PayType::Annual => {
                let figure = self.reduced_figure(stretch, amounts)?;
                for (built_in, method, not_worked) in [
                    (BuiltIn::Absence, rules.absence_method, absence),
                    (BuiltIn::SuspensionDeduction, rules.absence_method, suspension),
                    (BuiltIn::Lateness, rules.lateness_method, late),
                ] {
                    let part = self.part_not_worked(method, not_worked)?.min(*left);
                    *left = left.minus(part)?;
                    self.negative_line(built_in, figure, not_worked, figure.times(part)?, pay)?;
                }
                Ok(())
            }
            PayType::Daily => self.late_day(stretch.contract, absence.minutes, late, pay),
            PayType::Hourly | PayType::Commission | PayType::OfficerRemuneration => Ok(()),
        }
    }

    /// 日給: 欠勤時間 and 遅早 of days that count as worked.
    fn late_day<T: Trace>(
        &self,
        contract: &Contract,
        absent_minutes: i64,
        late: NotWorked,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        if !self.plan.items.get(self.plan.base_line(contract)).is_some_and(|item| item.class.reduce_on_absence) {
            return Ok(());
        }
        let figure = contract.base_amount.exact();
        let absence = NotWorked { days: Exact::ZERO, minutes: absent_minutes };
        for (built_in, not_worked) in [(BuiltIn::Absence, absence), (BuiltIn::Lateness, late)] {
            let exact = figure.times(self.in_days(not_worked)?)?;
            self.negative_line(built_in, figure, not_worked, exact, pay)?;
        }
        Ok(())
    }

    /// The monthly figure that absence reduces: base pay and the items marked 欠勤で減らす, as they stand for a whole month.
    fn reduced_figure(&self, stretch: Stretch<'_>, amounts: &[ItemAmount]) -> Result<Exact, PayError> {
        let mut sum = Exact::ZERO;
        let base_line = self.plan.base_line(stretch.contract);
        for (at, (item, amount)) in self.plan.items.iter().zip(amounts).enumerate() {
            if !item.class.reduce_on_absence {
                continue;
            }
            let part = match item.source {
                AmountSource::BasePay => (at == base_line).then_some(stretch.contract.base_amount.exact()),
                AmountSource::Fixed => self.fixed_at_end(stretch, at, amount),
                AmountSource::Formula(..) => amount.full,
                AmountSource::Variable => None,
            };
            sum = sum.plus(part.unwrap_or(Exact::ZERO))?;
        }
        Ok(sum)
    }

    /// The part of a month that was not worked.
    fn part_not_worked(&self, method: ProrationMethod, time: NotWorked) -> Result<Exact, PayError> {
        if time.is_nothing() {
            return Ok(Exact::ZERO);
        }
        if method == ProrationMethod::MonthlyAverageHours {
            let daily = hours(self.plan.rules.daily_scheduled_minutes)?;
            let lost = time.days.times(daily)?.plus(hours(time.minutes)?)?;
            return Ok(lost.divided_by(self.monthly_hours()?)?);
        }
        let of = match method {
            ProrationMethod::MonthlyAverageDays | ProrationMethod::MonthlyAverageHours => {
                self.plan.rules.monthly_average_days
            }
            ProrationMethod::ScheduledDaysOfPeriod => {
                let days = self.person.attendance.scheduled_days_of_variable_period;
                Exact::whole(days.ok_or_else(|| unknown("所定日数"))?)
            }
            ProrationMethod::CalendarDays => Exact::whole(self.plan.clocks.variable.calendar_days()),
            ProrationMethod::FixedThirtyDays => Exact::whole(30),
        };
        Ok(self.in_days(time)?.divided_by(of)?)
    }

    /// Days, hours by the scheduled hours of a day.
    fn in_days(&self, time: NotWorked) -> Result<Exact, PayError> {
        match time.minutes {
            0 => Ok(time.days),
            minutes => Ok(time.days.plus(Exact::ratio(minutes, self.plan.rules.daily_scheduled_minutes)?)?),
        }
    }

    fn negative_line<T: Trace>(
        &self,
        built_in: BuiltIn,
        figure: Exact,
        time: NotWorked,
        exact: Exact,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let rounding = self.plan.rules.absence_rounding;
        let amount = exact.round(rounding)?;
        if amount == Yen::ZERO {
            return Ok(());
        }
        let rule = if built_in == BuiltIn::SuspensionDeduction { Rule::SuspendedDays } else { Rule::NotWorked };
        let line = Line::new(LineKind::BuiltIn(built_in), -amount, rule);
        pay.enter(line, || Reason {
            inputs: vec![
                ("控除の基礎となる額", figure.into()),
                ("日数", time.days.into()),
                ("時間", Input::Minutes(time.minutes)),
            ],
            exact: Some(exact),
            rounding: Some(rounding_in_words(rounding)),
            ..Reason::default()
        });
        Ok(())
    }
}

impl NotWorked {
    fn is_nothing(self) -> bool {
        self.days == Exact::ZERO && self.minutes == 0
    }
}
