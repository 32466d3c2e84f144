use kura_model::{PayType, ProrationMethod};
use kura_yen::{Exact, Yen};

use super::base_pay::{hours, unknown};
use super::built_in::BuiltIn;
use super::item::AmountSource;
use super::person::PersonMonth;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Reason, Trace};
use super::{PayError, PayPlan};

impl PayPlan<'_> {
    /// 欠勤控除 and 遅早控除 of people paid by the month, as negative lines. People paid by the day or hour are simply not
    /// paid for what they did not work.
    pub(super) fn absence_lines<T: Trace>(&self, person: &PersonMonth, trace: &mut T) -> Result<Vec<Line>, PayError> {
        let contract = &person.variable_contract;
        let attendance = &person.attendance;
        let days = attendance.absent_days.unwrap_or(Exact::ZERO);
        let absent = attendance.absent_minutes;
        let late = attendance.late_and_early_minutes;
        let by_month = matches!(contract.pay_type, PayType::Monthly | PayType::DailyMonthly);
        if !by_month || (days == Exact::ZERO && absent == 0 && late == 0) {
            return Ok(Vec::new());
        }
        let figure = self.reduced_figure(person)?;
        let mut lines = Vec::new();
        if days != Exact::ZERO || absent != 0 {
            let exact = self.not_worked(person, figure, self.rules.absence_method, days, absent)?;
            lines.extend(self.negative_line(BuiltIn::Absence, figure, exact, trace)?);
        }
        if late != 0 {
            let exact = self.not_worked(person, figure, self.rules.lateness_method, Exact::ZERO, late)?;
            lines.extend(self.negative_line(BuiltIn::Lateness, figure, exact, trace)?);
        }
        Ok(lines)
    }

    /// The monthly figure that absence reduces: base pay and the items marked 欠勤で減らす.
    fn reduced_figure(&self, person: &PersonMonth) -> Result<Exact, PayError> {
        let contract = &person.variable_contract;
        let mut sum = Exact::ZERO;
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.class.reduce_on_absence) {
            match item.source {
                AmountSource::BasePay if self.is_base_line(at, contract) => {
                    sum = sum.plus(contract.base_amount.exact())?
                }
                AmountSource::Fixed => {
                    let fixed = person.fixed.iter().find(|fixed| fixed.item == at);
                    if let Some(amount) = fixed.and_then(|fixed| fixed.at_variable_end) {
                        sum = sum.plus(amount)?;
                    }
                }
                _ => {}
            }
        }
        Ok(sum)
    }

    fn not_worked(
        &self,
        person: &PersonMonth,
        figure: Exact,
        method: ProrationMethod,
        days: Exact,
        minutes: i64,
    ) -> Result<Exact, PayError> {
        let daily_hours = self.rules.daily_hours()?;
        let in_days = || days.plus(hours(minutes)?.divided_by(daily_hours)?);
        Ok(match method {
            ProrationMethod::MonthlyAverageDays => {
                figure.times(in_days()?)?.divided_by(self.rules.monthly_average_days)?
            }
            ProrationMethod::ScheduledDaysOfPeriod => {
                let of = person.attendance.scheduled_days_of_variable_period.ok_or_else(|| unknown("所定日数"))?;
                figure.times(in_days()?)?.divided_by_integer(of)?
            }
            ProrationMethod::MonthlyAverageHours => {
                let not_worked = days.times(daily_hours)?.plus(hours(minutes)?)?;
                figure.times(not_worked)?.divided_by(self.monthly_hours(person)?)?
            }
            ProrationMethod::CalendarDays => {
                figure.times(in_days()?)?.divided_by_integer(self.clocks.variable.calendar_days())?
            }
            ProrationMethod::FixedThirtyDays => figure.times(in_days()?)?.divided_by_integer(30)?,
        })
    }

    fn negative_line<T: Trace>(
        &self,
        built_in: BuiltIn,
        figure: Exact,
        exact: Exact,
        trace: &mut T,
    ) -> Result<Option<Line>, PayError> {
        let amount = exact.round(self.rules.absence_rounding)?;
        if amount == Yen::ZERO {
            return Ok(None);
        }
        let kind = LineKind::BuiltIn(built_in);
        trace.reason(kind, || Reason {
            inputs: vec![("控除の基礎となる月額", figure.to_string())],
            exact: Some(exact),
            ..Reason::default()
        });
        Ok(Some(Line { kind, amount: -amount, quantity: None, rule: Rule::NotWorked, month: None, split: None }))
    }
}
