use kura_model::{
    FixedOvertimeComparison, HourlyDivisor, MonthlyHoursRounding, PayType, PremiumBase, PremiumBaseDivisor,
};
use kura_yen::{Exact, Rounding, Yen};

use super::base_pay::{hours, unknown};
use super::built_in::BuiltIn;
use super::item::AmountSource;
use super::person::{Contract, PersonMonth};
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Reason, Trace};
use super::values::Quantity;
use super::{PayError, PayPlan};

/// Hours of premium pay after the month's totals were rounded, minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OvertimeMinutes {
    /// 法定内残業.
    pub within_statutory: i64,
    /// 時間外 up to 45 hours where those above have a rate of their own, else up to 60.
    pub overtime: i64,
    /// 時間外 between 45 and 60 hours, where agreed.
    pub over_45: i64,
    /// 時間外 and 所定休日 above 60 hours.
    pub over_60: i64,
    /// 所定休日 within 60 hours.
    pub scheduled_holiday: i64,
    /// 法定休日.
    pub statutory_holiday: i64,
    /// 深夜.
    pub night: i64,
}

impl PayPlan<'_> {
    /// The minutes of each kind: totals rounded as the rules say, then split at 45 and 60 hours. Work on a company day off
    /// counts towards the 60, work on a statutory day off does not (労基法37条1項).
    pub fn overtime_minutes(&self, person: &PersonMonth) -> OvertimeMinutes {
        let attendance = &person.attendance;
        let total = |minutes: i64| match self.rules.monthly_hours_rounding {
            MonthlyHoursRounding::AsClocked => minutes,
            MonthlyHoursRounding::HalfHour => minutes.saturating_add(30).div_euclid(60).saturating_mul(60),
        };
        let overtime = total(attendance.overtime_minutes);
        let scheduled = total(attendance.scheduled_holiday_minutes);
        let within_60 = overtime.min(self.over_60_minutes);
        let scheduled_within = scheduled.min(self.over_60_minutes.saturating_sub(within_60));
        let over_60 = overtime.saturating_sub(within_60).saturating_add(scheduled.saturating_sub(scheduled_within));
        let within_45 =
            if self.rules.rates.over_45.is_some() { within_60.min(self.over_45_minutes) } else { within_60 };
        OvertimeMinutes {
            within_statutory: total(attendance.within_statutory_minutes),
            overtime: within_45,
            over_45: within_60.saturating_sub(within_45),
            over_60,
            scheduled_holiday: scheduled_within,
            statutory_holiday: total(attendance.statutory_holiday_minutes),
            night: total(attendance.night_minutes),
        }
    }

    /// 時間単価: the parts of each divisor added unrounded, then rounded once (規則19条).
    pub(super) fn hourly_unit(&self, person: &PersonMonth, amounts: &[Option<Exact>]) -> Result<Exact, PayError> {
        let contract = &person.variable_contract;
        let (mut month, mut day, mut hour) = (Exact::ZERO, Exact::ZERO, Exact::ZERO);
        for (at, item) in self.items.iter().enumerate() {
            if item.class.premium_base != PremiumBase::Included || item.kind != kura_model::ItemKind::Earning {
                continue;
            }
            let Some((amount, divisor)) = self.unit_part(person, contract, at, amounts)? else { continue };
            match divisor {
                PremiumBaseDivisor::Month => month = month.plus(amount)?,
                PremiumBaseDivisor::Day => day = day.plus(amount)?,
                PremiumBaseDivisor::Hour => hour = hour.plus(amount)?,
                PremiumBaseDivisor::Commission => return Err(PayError::NotSupported { what: "歩合給の割増" }),
            }
        }
        let mut unit = hour;
        if month != Exact::ZERO {
            unit = unit.plus(month.divided_by(self.monthly_hours(person)?)?)?;
        }
        if day != Exact::ZERO {
            unit = unit.plus(day.divided_by(self.rules.daily_hours()?)?)?;
        }
        rounded(unit, self.rules.unit_rounding)
    }

    /// What an item adds to the unit, and by which divisor: base pay by pay type, fixed items as agreed, formulas as they
    /// came out (by the day: per paid day).
    fn unit_part(
        &self,
        person: &PersonMonth,
        contract: &Contract,
        at: usize,
        amounts: &[Option<Exact>],
    ) -> Result<Option<(Exact, PremiumBaseDivisor)>, PayError> {
        let Some(item) = self.items.get(at) else { return Ok(None) };
        let divisor = item.class.premium_base_divisor;
        Ok(match &item.source {
            AmountSource::BasePay if self.is_base_line(at, contract) => {
                let divisor = match contract.pay_type {
                    PayType::Hourly => PremiumBaseDivisor::Hour,
                    PayType::Daily => PremiumBaseDivisor::Day,
                    _ => PremiumBaseDivisor::Month,
                };
                Some((contract.base_amount.exact(), divisor))
            }
            AmountSource::BasePay => None,
            AmountSource::Fixed => {
                let fixed = person.fixed.iter().find(|fixed| fixed.item == at);
                fixed.and_then(|fixed| fixed.at_variable_end).map(|amount| (amount, divisor))
            }
            AmountSource::Variable | AmountSource::Formula(..) => match amounts.get(at).copied().flatten() {
                Some(amount) if divisor == PremiumBaseDivisor::Day => {
                    let days = person.attendance.worked_days.ok_or_else(|| unknown("出勤日数"))?;
                    if days == Exact::ZERO { None } else { Some((amount.divided_by(days)?, divisor)) }
                }
                amount => amount.map(|amount| (amount, divisor)),
            },
        })
    }

    pub(super) fn monthly_hours(&self, person: &PersonMonth) -> Result<Exact, PayError> {
        match self.rules.hourly_divisor {
            HourlyDivisor::MonthlyAverage | HourlyDivisor::Fixed => Ok(self.rules.monthly_average_hours),
            HourlyDivisor::ScheduledOfMonth => {
                let minutes = person.attendance.scheduled_minutes_of_variable_period;
                Ok(hours(minutes.ok_or_else(|| unknown("当月の所定労働時間"))?)?)
            }
        }
    }

    /// The lines of 割増, 法定内 and 固定残業超過額.
    pub(super) fn premium_lines<T: Trace>(
        &self,
        person: &PersonMonth,
        amounts: &[Option<Exact>],
        trace: &mut T,
    ) -> Result<Vec<Line>, PayError> {
        let contract = person.variable_contract;
        let minutes = self.overtime_minutes(person);
        if minutes == OvertimeMinutes::default() {
            return Ok(Vec::new());
        }
        let unit = self.hourly_unit(person, amounts)?;
        let rates = &self.rules.rates;
        let mut lines = Vec::new();
        let mut enter = |built_in, minutes, rate| -> Result<Yen, PayError> {
            let (line, reason) = self.premium_line(built_in, unit, rate, minutes)?;
            let Some(line) = line else { return Ok(Yen::ZERO) };
            let amount = line.amount;
            trace.reason(line.kind, || reason);
            lines.push(line);
            Ok(amount)
        };
        if contract.managerial_exempt {
            enter(BuiltIn::Night, minutes.night, rates.night)?;
            return Ok(lines);
        }
        enter(BuiltIn::WithinStatutoryOvertime, minutes.within_statutory, rates.within_statutory)?;
        enter(BuiltIn::Overtime, minutes.overtime, rates.overtime)?;
        enter(BuiltIn::OvertimeOver45, minutes.over_45, rates.over_45.unwrap_or(rates.overtime))?;
        enter(BuiltIn::OvertimeOver60, minutes.over_60, rates.over_60)?;
        enter(BuiltIn::ScheduledHoliday, minutes.scheduled_holiday, rates.scheduled_holiday)?;
        enter(BuiltIn::StatutoryHoliday, minutes.statutory_holiday, rates.statutory_holiday)?;
        enter(BuiltIn::Night, minutes.night, rates.night)?;
        match contract.fixed_overtime {
            None => Ok(lines),
            Some(fixed) => self.beyond_fixed_overtime(lines, unit, minutes, fixed),
        }
    }

    fn premium_line(
        &self,
        built_in: BuiltIn,
        unit: Exact,
        rate: Exact,
        minutes: i64,
    ) -> Result<(Option<Line>, Reason), PayError> {
        if minutes == 0 {
            return Ok((None, Reason::default()));
        }
        let premium_unit = rounded(unit.times(rate)?, self.rules.premium_unit_rounding)?;
        let count = hours(minutes)?;
        let exact = premium_unit.times(count)?;
        let line = Line {
            kind: LineKind::BuiltIn(built_in),
            amount: exact.round(self.rules.premium_amount_rounding)?,
            quantity: Some(Quantity { count, unit: premium_unit }),
            rule: Rule::PremiumPay,
            month: None,
            split: None,
        };
        let inputs =
            vec![("時間単価", unit.to_string()), ("割増率", rate.to_string()), ("時間（分）", minutes.to_string())];
        let reason = Reason { inputs, exact: Some(exact), ..Reason::default() };
        Ok((Some(line), reason))
    }

    /// 固定残業: the lines it covers give way to what exceeds it.
    fn beyond_fixed_overtime(
        &self,
        lines: Vec<Line>,
        unit: Exact,
        minutes: OvertimeMinutes,
        fixed: super::FixedOvertime,
    ) -> Result<Vec<Line>, PayError> {
        let covered = |line: &Line| {
            let overtime =
                [BuiltIn::Overtime, BuiltIn::OvertimeOver45, BuiltIn::OvertimeOver60, BuiltIn::ScheduledHoliday];
            overtime.iter().any(|built_in| line.kind == LineKind::BuiltIn(*built_in))
        };
        let (overtime, mut kept): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(covered);
        let excess = match self.rules.fixed_overtime_comparison {
            FixedOvertimeComparison::ByAmount => {
                (overtime.iter().map(|line| line.amount).sum::<Yen>() - fixed.amount).or_zero()
            }
            FixedOvertimeComparison::ByHours => self.hours_beyond(unit, minutes, fixed.minutes)?,
        };
        if excess != Yen::ZERO {
            kept.push(Line {
                kind: LineKind::BuiltIn(BuiltIn::FixedOvertimeExcess),
                amount: excess,
                quantity: None,
                rule: Rule::FixedOvertimeExcess,
                month: None,
                split: None,
            });
        }
        Ok(kept)
    }

    /// The hours above those the fixed sum covers, the cheapest covered first.
    fn hours_beyond(&self, unit: Exact, minutes: OvertimeMinutes, covered: i64) -> Result<Yen, PayError> {
        let rates = &self.rules.rates;
        let kinds = [
            (minutes.overtime, rates.overtime),
            (minutes.scheduled_holiday, rates.scheduled_holiday),
            (minutes.over_45, rates.over_45.unwrap_or(rates.overtime)),
            (minutes.over_60, rates.over_60),
        ];
        let mut left = covered;
        let mut sum = Yen::ZERO;
        for (minutes, rate) in kinds {
            let beyond = minutes.saturating_sub(left).max(0);
            left = left.saturating_sub(minutes).max(0);
            if let (Some(line), _) = self.premium_line(BuiltIn::FixedOvertimeExcess, unit, rate, beyond)? {
                sum += line.amount;
            }
        }
        Ok(sum)
    }
}

fn rounded(number: Exact, rounding: Option<Rounding>) -> Result<Exact, PayError> {
    Ok(match rounding {
        Some(rounding) => number.round(rounding)?.exact(),
        None => number,
    })
}
