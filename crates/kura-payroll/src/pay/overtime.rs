use kura_model::PayType;
use kura_yen::{Exact, Yen};

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
use super::{FixedOvertime, PayError, PremiumPayRates};

/// What is paid, minutes, and the rate.
type Kind = (BuiltIn, i64, Exact);

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
        let no_worker = officer && self.person.employee_part_of_officer_pay.is_none();
        let of_manager = contract.managerial_exempt && minutes.night == 0;
        if minutes == OvertimeMinutes::default() || no_worker || of_manager {
            return Ok(());
        }
        let unit = self.premium_unit(amounts)?;
        let covered = Covered::of(self, amounts)?;
        let rates = &self.plan.rules.rates;
        if !contract.managerial_exempt {
            let within = (BuiltIn::WithinStatutoryOvertime, minutes.within_statutory, rates.within_statutory);
            self.premiums(unit, &[within], None, pay)?;
            let fixed = covered.overtime.map(|fixed| (BuiltIn::FixedOvertimeExcess, fixed));
            self.premiums(unit, &overtime_kinds(rates, minutes), fixed, pay)?;
            let holiday = (BuiltIn::StatutoryHoliday, minutes.statutory_holiday, rates.statutory_holiday);
            let fixed = covered.holiday.map(|fixed| (BuiltIn::FixedHolidayExcess, fixed));
            self.premiums(unit, &[holiday], fixed, pay)?;
        }
        let night = (BuiltIn::Night, minutes.night, rates.night);
        let fixed = covered.night.map(|fixed| (BuiltIn::FixedNightExcess, fixed));
        self.premiums(unit, &[night], fixed, pay)
    }

    /// The lines of some kinds, or what they exceed a fixed sum by.
    fn premiums<T: Trace>(
        &self,
        unit: Unit,
        kinds: &[Kind],
        fixed: Option<(BuiltIn, FixedOvertime)>,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let Some((excess, fixed)) = fixed else {
            for kind in kinds.iter().filter(|(_, minutes, _)| *minutes != 0) {
                let premium = self.premium(unit, *kind)?;
                self.enter_premium(unit, &premium, pay)?;
            }
            return Ok(());
        };
        let premiums: Result<Vec<Premium>, PayError> = kinds.iter().map(|kind| self.premium(unit, *kind)).collect();
        self.beyond_fixed(excess, &premiums?, fixed, unit, pay)
    }

    /// Unit × rate × hours. Of 歩合 only what the rate adds to 100 % is due; 深夜 is such a part already.
    pub(super) fn premium(&self, unit: Unit, (built_in, minutes, rate): Kind) -> Result<Premium, PayError> {
        let rules = &self.plan.rules;
        let mut price = unit.by_time.times(rate)?;
        if unit.by_commission != Exact::ZERO {
            let paid_already = if built_in == BuiltIn::Night { Exact::ZERO } else { Exact::whole(1) };
            let added = rate.minus(paid_already)?.max(Exact::ZERO);
            price = price.plus(unit.by_commission.times(added)?)?;
        }
        let price = rounded(price, rules.premium_unit_rounding)?;
        let exact = price.times(hours(minutes)?)?;
        let amount = exact.round(rules.premium_amount_rounding)?;
        Ok(Premium { built_in, minutes, rate, price, exact, amount })
    }

    fn enter_premium<T: Trace>(&self, unit: Unit, premium: &Premium, pay: &mut Lines<'_, T>) -> Result<(), PayError> {
        let quantity = Some(Quantity { count: hours(premium.minutes)?, unit: premium.price });
        let kind = LineKind::BuiltIn(premium.built_in);
        let line = Line { quantity, ..Line::new(kind, premium.amount, Rule::PremiumPay) };
        pay.enter(line, || self.premium_reason(unit, premium));
        Ok(())
    }

    fn premium_reason(&self, unit: Unit, premium: &Premium) -> Reason {
        let figures = &self.plan.figures.overtime;
        let mut inputs = vec![
            ("時間単価", Input::Number(unit.by_time)),
            ("割増率", premium.rate.into()),
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
            exact: Some(premium.exact),
            rounding: Some(rounding_in_words(self.plan.rules.premium_amount_rounding)),
            citations: [figures.premium, figures.base].into_iter().chain(limit).chain(hours).collect(),
            ..Reason::default()
        }
    }
}

/// The kinds that 固定残業 covers, in the order of the slip.
fn overtime_kinds(rates: &PremiumPayRates, minutes: OvertimeMinutes) -> [Kind; 4] {
    [
        (BuiltIn::Overtime, minutes.overtime, rates.overtime),
        (BuiltIn::OvertimeOver45, minutes.over_45, rates.over_45.unwrap_or(rates.overtime)),
        (BuiltIn::OvertimeOver60, minutes.over_60, rates.over_60),
        (BuiltIn::ScheduledHoliday, minutes.scheduled_holiday, rates.scheduled_holiday),
    ]
}
