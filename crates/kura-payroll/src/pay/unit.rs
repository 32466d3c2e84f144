use kura_calendar::Date;
use kura_model::{HourlyDivisor, ItemKind, PayType, PremiumBase, PremiumBaseDivisor};
use kura_yen::{Exact, Rounding};

use super::PayError;
use super::amounts::ItemAmount;
use super::item::{AmountSource, Item};
use super::part::{Measure, Stretch};
use super::person::Contract;
use super::work::{Work, hours, unknown};

/// 時間単価 (規則19条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Pay by month, day and hour: paid with the whole rate.
    pub(super) by_time: Exact,
    /// 歩合: its 100 % is already in the pay, so only the part above it is due.
    pub(super) by_commission: Exact,
}

/// Sums of what unit prices are made from, by divisor.
#[derive(Default)]
struct Parts {
    month: Option<Exact>,
    day: Option<Exact>,
    hour: Option<Exact>,
    commission: Option<Exact>,
}

impl Work<'_> {
    /// 割増の単価: the parts of each divisor added unrounded, then rounded once.
    pub(super) fn premium_unit(&self, stretch: Stretch<'_>, amounts: &[ItemAmount]) -> Result<Unit, PayError> {
        let fixed = |at, amount: &ItemAmount| self.fixed_at_end(stretch, at, amount);
        let parts =
            self.parts(stretch.contract, amounts, fixed, |item| item.class.premium_base == PremiumBase::Included)?;
        let rounding = self.plan.rules.unit_rounding;
        let unit = Unit {
            by_time: rounded(self.by_time(&parts, self.monthly_hours()?)?, rounding)?,
            by_commission: rounded(self.by_commission(&parts)?, rounding)?,
        };
        match unit.by_time.is_negative() || (unit.by_time == Exact::ZERO && unit.by_commission == Exact::ZERO) {
            true => Err(unknown("割増の基礎になる賃金")),
            false => Ok(unit),
        }
    }

    /// 最低賃金と比べる時間額 of a day, unrounded: a wage by the month is divided by the average of the year (最低賃金法施行規則2条),
    /// and what is paid for more than a month does not count (最低賃金法4条3項).
    pub(super) fn comparable_hourly_wage(
        &self,
        contract: &Contract,
        day: Date,
        amounts: &[ItemAmount],
    ) -> Result<Exact, PayError> {
        let fixed = |at, _: &ItemAmount| self.fixed_on(day, at);
        let counts = |item: &Item| item.class.minimum_wage_base && item.class.pay_every_months <= 1;
        let parts = self.parts(contract, amounts, fixed, counts)?;
        let by_time = self.by_time(&parts, self.plan.rules.monthly_average_hours)?;
        Ok(by_time.plus(self.by_commission(&parts)?)?)
    }

    fn parts(
        &self,
        contract: &Contract,
        amounts: &[ItemAmount],
        fixed: impl Fn(usize, &ItemAmount) -> Option<Exact>,
        counts: impl Fn(&Item) -> bool,
    ) -> Result<Parts, PayError> {
        let mut parts = Parts::default();
        let base_line = self.plan.base_line(contract);
        for (at, (item, amount)) in self.plan.items.iter().zip(amounts).enumerate() {
            if item.kind != ItemKind::Earning || !counts(item) {
                continue;
            }
            let (part, divisor) = match item.source {
                AmountSource::BasePay if at == base_line => base_part(contract, amount),
                AmountSource::BasePay => continue,
                AmountSource::Fixed => (fixed(at, amount), item.class.premium_base_divisor),
                AmountSource::Formula(..) => (amount.full, item.class.premium_base_divisor),
                AmountSource::Variable => (amount.variable, item.class.premium_base_divisor),
            };
            let Some(part) = part else { continue };
            // What an item pays for the days or hours of the period is brought back to one of them.
            match (divisor, &item.source) {
                (PremiumBaseDivisor::Month, _) => add(&mut parts.month, part)?,
                (PremiumBaseDivisor::Day, AmountSource::BasePay) => add(&mut parts.day, part)?,
                (PremiumBaseDivisor::Hour, AmountSource::BasePay) => add(&mut parts.hour, part)?,
                (PremiumBaseDivisor::Day, _) => add(&mut parts.day, self.a_day(part)?)?,
                (PremiumBaseDivisor::Hour, _) => add(&mut parts.hour, self.an_hour(part)?)?,
                (PremiumBaseDivisor::Commission, _) => add(&mut parts.commission, part)?,
            }
        }
        // 兼務役員: the part of the pay that is wages is the base.
        let officer = contract.pay_type == PayType::OfficerRemuneration;
        if let Some(part) = self.person.employee_part_of_officer_pay.filter(|_| officer) {
            add(&mut parts.month, part.exact())?;
        }
        Ok(parts)
    }

    /// 固定支給 as it stands at the end of the stretch.
    pub(super) fn fixed_at_end(&self, stretch: Stretch<'_>, item: usize, amount: &ItemAmount) -> Option<Exact> {
        let Some(part) = stretch.part else { return amount.full };
        let ends = self.person.fixed.iter().find(|fixed| fixed.item == item).map(|fixed| fixed.at_part_ends.as_slice());
        ends.and_then(|ends| ends.get(part)).copied().unwrap_or(amount.full)
    }

    /// 固定支給 as it stands on a day.
    fn fixed_on(&self, day: Date, item: usize) -> Option<Exact> {
        let fixed = self.person.fixed.iter().find(|fixed| fixed.item == item)?;
        fixed.spans.on(day).copied()
    }

    fn a_day(&self, amount: Exact) -> Result<Exact, PayError> {
        let days = self.person.attendance.worked_days.ok_or_else(|| unknown("出勤日数"))?;
        if days == Exact::ZERO { Ok(Exact::ZERO) } else { Ok(amount.divided_by(days)?) }
    }

    fn an_hour(&self, amount: Exact) -> Result<Exact, PayError> {
        let minutes = self.person.attendance.working_minutes.ok_or_else(|| unknown("労働時間（時給・日給者）"))?;
        if minutes == 0 { Ok(Exact::ZERO) } else { Ok(amount.divided_by(hours(minutes)?)?) }
    }

    fn by_time(&self, parts: &Parts, monthly_hours: Exact) -> Result<Exact, PayError> {
        let mut unit = parts.hour.unwrap_or(Exact::ZERO);
        if let Some(month) = parts.month {
            unit = unit.plus(month.divided_by(monthly_hours)?)?;
        }
        if let Some(day) = parts.day {
            unit = unit.plus(day.divided_by(hours(self.plan.rules.daily_scheduled_minutes)?)?)?;
        }
        Ok(unit)
    }

    fn by_commission(&self, parts: &Parts) -> Result<Exact, PayError> {
        let Some(commission) = parts.commission.filter(|sum| *sum != Exact::ZERO) else { return Ok(Exact::ZERO) };
        let minutes = self.commission_minutes()?;
        if minutes == 0 { Ok(Exact::ZERO) } else { Ok(commission.divided_by(hours(minutes)?)?) }
    }

    pub(super) fn monthly_hours(&self) -> Result<Exact, PayError> {
        match self.plan.rules.hourly_divisor {
            HourlyDivisor::MonthlyAverage | HourlyDivisor::Fixed => Ok(self.plan.rules.monthly_average_hours),
            HourlyDivisor::ScheduledOfMonth => {
                let minutes = self.person.attendance.scheduled_minutes_of_variable_period;
                Ok(hours(minutes.ok_or_else(|| unknown("当月の所定労働時間"))?)?)
            }
        }
    }
}

/// The base pay by pay type; on 歩合 the line is what the guarantee added to the commission.
fn base_part(contract: &Contract, amount: &ItemAmount) -> (Option<Exact>, PremiumBaseDivisor) {
    let agreed = Some(contract.base_amount.exact());
    match Measure::of(contract) {
        Measure::Hour => (agreed, PremiumBaseDivisor::Hour),
        Measure::Day => (agreed, PremiumBaseDivisor::Day),
        Measure::Commission => (amount.full, PremiumBaseDivisor::Commission),
        Measure::Month => (agreed, PremiumBaseDivisor::Month),
    }
}

fn add(sum: &mut Option<Exact>, part: Exact) -> Result<(), PayError> {
    *sum = Some(sum.unwrap_or(Exact::ZERO).plus(part)?);
    Ok(())
}

pub(super) fn rounded(number: Exact, rounding: Option<Rounding>) -> Result<Exact, PayError> {
    Ok(match rounding {
        Some(rounding) => number.round(rounding)?.exact(),
        None => number,
    })
}
