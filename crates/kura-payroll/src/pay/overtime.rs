use kura_model::PayType;
use kura_yen::{Exact, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::built_in::BuiltIn;
use super::fixed_overtime::Covered;
use super::overtime_minutes::OvertimeMinutes;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Input, Reason, Trace, rounding_in_words};
use super::unit::{Unit, rounded};
use super::values::Quantity;
use super::work::{Lines, Work, hours};

/// A premium before it stands on the slip.
#[derive(Clone, Copy)]
pub(super) struct Premium {
    pub(super) built_in: BuiltIn,
    pub(super) minutes: i64,
    /// As a multiple of the unit; 深夜 is the part on top.
    pub(super) rate: Exact,
    pub(super) price: Exact,
    pub(super) exact: Exact,
    pub(super) amount: Yen,
}

impl Work<'_> {
    /// The lines of 割増, 法定内 and what exceeds 固定残業.
    pub(super) fn premium_lines<T: Trace>(
        &self,
        amounts: &[ItemAmount],
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let contract = &self.person.variable_contract;
        let minutes = self.plan.overtime_minutes(self.person);
        let officer = contract.pay_type == PayType::OfficerRemuneration;
        if minutes == OvertimeMinutes::default() || (officer && self.person.employee_part_of_officer_pay.is_none()) {
            return Ok(());
        }
        let unit = self.premium_unit(amounts)?;
        let covered = Covered::of(self, amounts)?;
        let overtime = self.premiums(unit, &overtime_kinds(self, minutes))?;
        if !contract.managerial_exempt {
            let within = self.premium(unit, within_statutory(self, minutes))?;
            self.enter_premium(unit, within, pay);
            match covered.overtime {
                None => overtime.iter().for_each(|premium| self.enter_premium(unit, *premium, pay)),
                Some(fixed) => self.beyond_fixed(BuiltIn::FixedOvertimeExcess, &overtime, fixed, unit, pay)?,
            }
            let rates = &self.plan.rules.rates;
            let kind = (BuiltIn::StatutoryHoliday, minutes.statutory_holiday, rates.statutory_holiday);
            let holiday = self.premium(unit, kind)?;
            match covered.holiday {
                None => self.enter_premium(unit, holiday, pay),
                Some(fixed) => self.beyond_fixed(BuiltIn::FixedHolidayExcess, &[holiday], fixed, unit, pay)?,
            }
        }
        let night = self.premium(unit, (BuiltIn::Night, minutes.night, self.plan.rules.rates.night))?;
        match covered.night {
            None => self.enter_premium(unit, night, pay),
            Some(fixed) => self.beyond_fixed(BuiltIn::FixedNightExcess, &[night], fixed, unit, pay)?,
        }
        Ok(())
    }

    fn premiums(&self, unit: Unit, kinds: &[(BuiltIn, i64, Exact); 4]) -> Result<[Premium; 4], PayError> {
        let [first, second, third, fourth] = *kinds;
        let of = |kind| self.premium(unit, kind);
        Ok([of(first)?, of(second)?, of(third)?, of(fourth)?])
    }

    /// Unit × rate × hours. Of 歩合 only what the rate adds to 100 % is due; 深夜 is such a part already.
    pub(super) fn premium(
        &self,
        unit: Unit,
        (built_in, minutes, rate): (BuiltIn, i64, Exact),
    ) -> Result<Premium, PayError> {
        let nothing = Premium { built_in, minutes, rate, price: Exact::ZERO, exact: Exact::ZERO, amount: Yen::ZERO };
        if minutes == 0 {
            return Ok(nothing);
        }
        let rules = &self.plan.rules;
        let mut price = unit.by_time.times(rate)?;
        if unit.by_commission != Exact::ZERO {
            let paid_already = if built_in == BuiltIn::Night { Exact::ZERO } else { Exact::whole(1) };
            let added = rate.minus(paid_already)?.max(Exact::ZERO);
            price = price.plus(unit.by_commission.times(added)?)?;
        }
        let price = rounded(price, rules.premium_unit_rounding)?;
        let exact = price.times(hours(minutes)?)?;
        Ok(Premium { price, exact, amount: exact.round(rules.premium_amount_rounding)?, ..nothing })
    }

    fn enter_premium<T: Trace>(&self, unit: Unit, premium: Premium, pay: &mut Lines<'_, T>) {
        let Premium { built_in, minutes, rate, price, exact, amount } = premium;
        let Ok(count) = hours(minutes) else { return };
        if minutes == 0 {
            return;
        }
        let quantity = Some(Quantity { count, unit: price });
        let line = Line { quantity, ..Line::new(LineKind::BuiltIn(built_in), amount, Rule::PremiumPay) };
        pay.enter(line, || self.premium_reason(unit, &premium, rate, exact));
    }

    fn premium_reason(&self, unit: Unit, premium: &Premium, rate: Exact, exact: Exact) -> Reason {
        let figures = &self.plan.figures.overtime;
        let mut inputs = vec![
            ("時間単価", Input::Number(unit.by_time)),
            ("割増率", rate.into()),
            ("割増単価", premium.price.into()),
            ("時間", Input::Minutes(premium.minutes)),
        ];
        if unit.by_commission != Exact::ZERO {
            inputs.push(("歩合の時間単価（割増分のみ）", unit.by_commission.into()));
        }
        let limit = match premium.built_in {
            BuiltIn::OvertimeOver60 => Some(figures.over_60_minutes.citation),
            BuiltIn::OvertimeOver45 => Some(figures.over_45_minutes.citation),
            _ => None,
        };
        let rounded_hours = self.plan.rules.monthly_hours_rounding == kura_model::MonthlyHoursRounding::HalfHour;
        let hours = rounded_hours.then_some(figures.hours_citation);
        Reason {
            inputs,
            exact: Some(exact),
            rounding: Some(rounding_in_words(self.plan.rules.premium_amount_rounding)),
            citations: [figures.premium, figures.base].into_iter().chain(limit).chain(hours).collect(),
            ..Reason::default()
        }
    }
}

fn within_statutory(work: &Work<'_>, minutes: OvertimeMinutes) -> (BuiltIn, i64, Exact) {
    (BuiltIn::WithinStatutoryOvertime, minutes.within_statutory, work.plan.rules.rates.within_statutory)
}

/// The kinds that 固定残業 covers, in the order of the slip.
fn overtime_kinds(work: &Work<'_>, minutes: OvertimeMinutes) -> [(BuiltIn, i64, Exact); 4] {
    let rates = &work.plan.rules.rates;
    [
        (BuiltIn::Overtime, minutes.overtime, rates.overtime),
        (BuiltIn::OvertimeOver45, minutes.over_45, rates.over_45.unwrap_or(rates.overtime)),
        (BuiltIn::OvertimeOver60, minutes.over_60, rates.over_60),
        (BuiltIn::ScheduledHoliday, minutes.scheduled_holiday, rates.scheduled_holiday),
    ]
}
