use kura_model::{FixedOvertimeComparison, ItemKind, PremiumBase};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::built_in::BuiltIn;
use super::item::AmountSource;
use super::overtime::Premium;
use super::person::FixedOvertime;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Input, Reason, Trace};
use super::work::{Lines, Work, unknown};

/// 固定残業, 固定深夜 and 固定休日 as far as they are really paid.
#[derive(Clone, Copy)]
pub(super) struct Covered {
    pub(super) overtime: Option<FixedOvertime>,
    pub(super) night: Option<FixedOvertime>,
    pub(super) holiday: Option<FixedOvertime>,
}

impl Covered {
    /// What is agreed, cut in the proportion in which it is paid (日割), where this slip pays it; a slip that pays the
    /// attendance of another period takes what was agreed for that period.
    pub(super) fn of(work: &Work<'_>, amounts: &[ItemAmount]) -> Result<Self, PayError> {
        let contract = &work.person.variable_contract;
        let agreed =
            Self { overtime: contract.fixed_overtime, night: contract.fixed_night, holiday: contract.fixed_holiday };
        let total: Yen =
            [agreed.overtime, agreed.night, agreed.holiday].into_iter().flatten().map(|of| of.amount).sum();
        if total == Yen::ZERO {
            return Ok(agreed);
        }
        let paid = paid_as_premium(work, amounts)?;
        if paid >= total.exact() {
            return Ok(agreed);
        }
        if work.plan.clocks.variable != work.plan.clocks.attendance {
            // Both periods have their own fixed sum; only where this slip should hold the same one is a missing line known.
            let same = work.coverage == super::proration::Coverage::Whole && work.contract.same_fixed_sums(contract);
            return if same { Err(unknown("固定残業代の固定支給")) } else { Ok(agreed) };
        }
        let part = paid.divided_by(total.exact())?;
        Ok(Self {
            overtime: agreed.overtime.map(|fixed| fixed.part(part)).transpose()?,
            night: agreed.night.map(|fixed| fixed.part(part)).transpose()?,
            holiday: agreed.holiday.map(|fixed| fixed.part(part)).transpose()?,
        })
    }
}

/// The fixed sums that stand on this slip: items of 固定支給 or 式 that are left out of the base as 割増賃金.
fn paid_as_premium(work: &Work<'_>, amounts: &[ItemAmount]) -> Result<Exact, PayError> {
    let mut sum = Exact::ZERO;
    for (item, amount) in work.plan.items.iter().zip(amounts) {
        let fixed = matches!(item.source, AmountSource::Fixed | AmountSource::Formula(..));
        let premium = item.class.premium_base == PremiumBase::ExcludedPremiumPay;
        if fixed && premium && item.kind == ItemKind::Earning {
            sum = sum.plus(amount.paid.unwrap_or(Exact::ZERO))?;
        }
    }
    Ok(sum)
}

impl FixedOvertime {
    /// The same part of hours and amount, fractions dropped: what is not covered is paid.
    fn part(self, part: Exact) -> Result<Self, PayError> {
        let cut = |whole: i64| Ok::<_, PayError>(Exact::whole(whole).times(part)?.round(Rounding::Down)?.get());
        Ok(Self { minutes: cut(self.minutes)?, amount: Yen::new(cut(self.amount.get())?) })
    }
}

impl Work<'_> {
    /// 固定残業の超過: what the real hours are worth above the fixed sum. Compared by hours, the covered hours must still be
    /// worth no more than the fixed sum, or the rest is due as well (労基法37条).
    pub(super) fn beyond_fixed<T: Trace>(
        &self,
        built_in: BuiltIn,
        premiums: &[Premium],
        fixed: FixedOvertime,
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let worth: Yen = premiums.iter().map(|premium| premium.amount).sum();
        let by_amount = (worth - fixed.amount).or_zero();
        let excess = match self.plan.rules.fixed_overtime_comparison {
            FixedOvertimeComparison::ByAmount => by_amount,
            FixedOvertimeComparison::ByHours => self.beyond_hours(premiums, fixed.minutes)?.max(by_amount),
        };
        if excess == Yen::ZERO {
            return Ok(());
        }
        let kind = LineKind::BuiltIn(built_in);
        pay.enter(Line::new(kind, excess, Rule::FixedOvertimeExcess), || {
            let minutes = premiums.iter().map(|premium| premium.minutes).fold(0, i64::saturating_add);
            let figures = &self.plan.figures.overtime;
            let mut units: Vec<Exact> = premiums.iter().map(|premium| premium.unit.by_time).collect();
            units.dedup();
            let units = units.into_iter().map(|unit| ("時間単価", Input::Number(unit)));
            let mut inputs: Vec<_> = units.collect();
            inputs.extend([
                ("実績の時間", Input::Minutes(minutes)),
                ("実績の割増賃金", worth.into()),
                ("固定の時間", Input::Minutes(fixed.minutes)),
                ("固定の額", fixed.amount.into()),
            ]);
            Reason {
                inputs,
                exact: Some(excess.exact()),
                citations: vec![figures.premium, figures.base],
                ..Reason::default()
            }
        });
        Ok(())
    }

    /// The hours above those the fixed sum covers, the cheapest covered first.
    fn beyond_hours(&self, premiums: &[Premium], covered: i64) -> Result<Yen, PayError> {
        let mut left = covered;
        let mut sum = Yen::ZERO;
        let mut cheapest_first: Vec<&Premium> = premiums.iter().collect();
        cheapest_first.sort_by_key(|premium| (premium.price, premium.rate));
        for premium in cheapest_first {
            let beyond = premium.minutes.saturating_sub(left).max(0);
            left = left.saturating_sub(premium.minutes).max(0);
            sum += self.premium(premium.unit, (premium.built_in, beyond, premium.rate))?.amount;
        }
        Ok(sum)
    }
}
