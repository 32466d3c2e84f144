use kura_model::PayType;
use kura_yen::{Exact, Yen};

use super::amounts::ItemAmount;
use super::built_in::BuiltIn;
use super::fixed_overtime::Covered;
use super::overtime_minutes::{MonthSoFar, OvertimeMinutes};
use super::part::Stretch;
use super::rule::Rule;
use super::slip::{Line, LineKind, Quantity};
use super::trace::{Input, Reason, Trace, rounding_in_words};
use super::unit::{Unit, rounded};
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
    pub(super) unit: Unit,
}

/// The hours of premium pay at one unit price.
#[derive(Clone, Copy)]
struct Worked {
    unit: Unit,
    minutes: OvertimeMinutes,
}

impl Work<'_> {
    /// The lines of 割増, 法定内 and what exceeds 固定残業.
    pub(super) fn premium_lines<T: Trace>(
        &self,
        amounts: &[ItemAmount],
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let mut so_far = MonthSoFar::default();
        let mut stretches = self.stretches();
        let first = stretches.next().map(|stretch| self.worked(stretch, amounts, &mut so_far)).transpose()?.flatten();
        if self.person.parts.is_empty() {
            return match first {
                Some(worked) => self.lines_of(&[worked], amounts, pay),
                None => Ok(()),
            };
        }
        let mut all = Vec::with_capacity(self.person.parts.len());
        all.extend(first);
        for stretch in stretches {
            all.extend(self.worked(stretch, amounts, &mut so_far)?);
        }
        self.lines_of(&all, amounts, pay)
    }

    /// The minutes of a stretch with the unit price of its contract; `None` where nothing is due.
    fn worked(
        &self,
        stretch: Stretch<'_>,
        amounts: &[ItemAmount],
        so_far: &mut MonthSoFar,
    ) -> Result<Option<Worked>, PayError> {
        let contract = stretch.contract;
        let mut minutes = self.plan.overtime_of(stretch.attendance, so_far);
        let officer = contract.pay_type == PayType::OfficerRemuneration;
        let no_worker = officer && self.person.employee_part_of_officer_pay.is_none();
        if contract.managerial_exempt {
            minutes = minutes.night_alone();
        }
        if minutes == OvertimeMinutes::default() || no_worker {
            return Ok(None);
        }
        Ok(Some(Worked { unit: self.premium_unit(stretch, amounts)?, minutes }))
    }

    fn lines_of<T: Trace>(
        &self,
        worked: &[Worked],
        amounts: &[ItemAmount],
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let covered = Covered::of(self, amounts)?;
        let rates = &self.plan.rules.rates;
        let within =
            |of: OvertimeMinutes| [(BuiltIn::WithinStatutoryOvertime, of.within_statutory, rates.within_statutory)];
        self.premiums(worked, within, None, pay)?;
        let fixed = covered.overtime.map(|fixed| (BuiltIn::FixedOvertimeExcess, fixed));
        self.premiums(worked, |of| overtime_kinds(rates, of), fixed, pay)?;
        let holiday =
            |of: OvertimeMinutes| [(BuiltIn::StatutoryHoliday, of.statutory_holiday, rates.statutory_holiday)];
        let fixed = covered.holiday.map(|fixed| (BuiltIn::FixedHolidayExcess, fixed));
        self.premiums(worked, holiday, fixed, pay)?;
        let fixed = covered.night.map(|fixed| (BuiltIn::FixedNightExcess, fixed));
        self.premiums(worked, |of| [(BuiltIn::Night, of.night, rates.night)], fixed, pay)
    }

    /// The lines of some kinds, or what they exceed a fixed sum by.
    fn premiums<const KINDS: usize, T: Trace>(
        &self,
        worked: &[Worked],
        kinds: impl Fn(OvertimeMinutes) -> [Kind; KINDS],
        fixed: Option<(BuiltIn, FixedOvertime)>,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let mut premiums = Vec::new();
        for of in worked {
            for kind in kinds(of.minutes) {
                if fixed.is_some() {
                    premiums.push(self.premium(of.unit, kind)?);
                } else if kind.1 != 0 {
                    self.enter_premium(&self.premium(of.unit, kind)?, pay)?;
                }
            }
        }
        match fixed {
            Some((excess, fixed)) => self.beyond_fixed(excess, &premiums, fixed, pay),
            None => Ok(()),
        }
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
        Ok(Premium { built_in, minutes, rate, price, exact, amount, unit })
    }

    fn enter_premium<T: Trace>(&self, premium: &Premium, pay: &mut Lines<'_, T>) -> Result<(), PayError> {
        let quantity = Some(Quantity { count: hours(premium.minutes)?, unit: premium.price });
        let kind = LineKind::BuiltIn(premium.built_in);
        let line = Line { quantity, ..Line::new(kind, premium.amount, Rule::PremiumPay) };
        pay.enter(line, || self.premium_reason(premium));
        Ok(())
    }

    fn premium_reason(&self, premium: &Premium) -> Reason {
        let unit = premium.unit;
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
