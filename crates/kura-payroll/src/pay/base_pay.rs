use kura_model::{ItemKind, PaidLeaveWageMethod, PayType, PremiumBaseDivisor};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::person::Contract;
use super::proration::Coverage;
use super::rule::Rule;
use super::trace::{Reason, rounding_in_words};
use super::values::Quantity;
use super::work::{Work, hours, unknown};

/// The base line of a slip.
#[derive(Debug, Clone, Copy)]
pub(super) struct BasePay {
    pub(super) amount: Yen,
    pub(super) exact: Exact,
    pub(super) rounding: Option<Rounding>,
    pub(super) rule: Rule,
    pub(super) quantity: Option<Quantity>,
    /// True when the month is not paid in full (日割, leave).
    pub(super) partial: bool,
}

impl BasePay {
    /// No day is paid.
    const NOTHING: Self = Self {
        amount: Yen::ZERO,
        exact: Exact::ZERO,
        rounding: None,
        rule: Rule::WholePeriodLeave,
        quantity: None,
        partial: true,
    };

    /// Why the line has its amount.
    pub(super) fn reason(&self) -> Reason {
        let inputs =
            self.quantity.map(|quantity| vec![("単価", quantity.unit.into()), ("数量", quantity.count.into())]);
        Reason {
            inputs: inputs.unwrap_or_default(),
            exact: Some(self.exact),
            rounding: self.rounding.map(rounding_in_words),
            ..Reason::default()
        }
    }
}

impl Work<'_> {
    /// Base pay and the amounts of all items, in the order of need: on 歩合 the base line is what the guarantee exceeds the
    /// commission by, so formulas that do not need it come first.
    pub(super) fn amounts(&self, amounts: &mut Vec<ItemAmount>) -> Result<BasePay, PayError> {
        self.typed_amounts(amounts)?;
        let (base, none_yet) = if self.contract.pay_type == PayType::Commission {
            self.formula_amounts(amounts, None, |formula| !formula.needs_base_pay)?;
            (self.commission_guarantee(amounts)?, false)
        } else {
            (self.base_pay()?, true)
        };
        self.enter_base_pay(amounts, Some(base.amount));
        self.formula_amounts(amounts, Some(base.amount), |formula| none_yet || formula.needs_base_pay)?;
        Ok(base)
    }

    /// 基本給 by pay type: the contract figure, or its part by 日割; days or hours times their price.
    fn base_pay(&self) -> Result<BasePay, PayError> {
        let contracts = &self.person.contracts.0;
        if contracts.iter().any(|(_, contract)| contract.pay_type != self.contract.pay_type) {
            return Err(PayError::NotSupported { what: "計算期間の途中で変わる給与形態" });
        }
        match self.contract.pay_type {
            PayType::Monthly | PayType::DailyMonthly | PayType::OfficerRemuneration | PayType::Annual => self.monthly(),
            PayType::Daily => self.daily(),
            PayType::Hourly | PayType::Commission => self.hourly(),
        }
    }

    fn monthly(&self) -> Result<BasePay, PayError> {
        let in_full = |rule| BasePay {
            amount: self.contract.base_amount,
            exact: self.contract.base_amount.exact(),
            rounding: None,
            rule,
            quantity: None,
            partial: false,
        };
        let contracts = self.person.contracts.0.as_slice();
        let prorate = self.plan.items.get(self.base_line).is_some_and(|item| item.class.prorate);
        match (self.coverage, contracts) {
            (Coverage::Nothing, _) => Ok(BasePay::NOTHING),
            (Coverage::Whole, [_]) => Ok(in_full(Rule::ContractMonthly)),
            _ if !prorate => Ok(in_full(Rule::ContractMonthly)),
            _ => {
                let exact = self.prorated(contracts, |contract: &Contract| contract.base_amount.exact())?;
                let rounding = self.plan.rules.proration_rounding;
                let amount = exact.round(rounding)?;
                let rounding = Some(rounding);
                Ok(BasePay { amount, exact, rounding, rule: Rule::Prorated, quantity: None, partial: true })
            }
        }
    }

    /// 日給 × (出勤日数 − 休日出勤 + 有給): a day off that was worked is paid by its hours alone, so these must be known.
    fn daily(&self) -> Result<BasePay, PayError> {
        self.one_price_only()?;
        let attendance = &self.person.attendance;
        if self.coverage == Coverage::Nothing && attendance.worked_days.is_none() {
            return Ok(BasePay::NOTHING);
        }
        let mut days = attendance.worked_days.ok_or_else(|| unknown("出勤日数"))?;
        let holidays = [
            (attendance.statutory_holiday_days, attendance.statutory_holiday_minutes, "法定休日労働"),
            (attendance.scheduled_holiday_days, attendance.scheduled_holiday_minutes, "所定休日労働"),
        ];
        for (holiday, minutes, name) in holidays {
            let holiday = holiday.unwrap_or(Exact::ZERO);
            if holiday > Exact::ZERO && minutes == 0 {
                return Err(unknown(name));
            }
            days = days.minus(holiday)?;
        }
        if self.plan.rules.paid_leave_wage_method == PaidLeaveWageMethod::OrdinaryWage {
            days = days.plus(attendance.paid_leave_days.unwrap_or(Exact::ZERO))?;
        }
        days = days.plus(attendance.paid_special_leave_days.unwrap_or(Exact::ZERO))?;
        times(&self.person.variable_contract, days, Rule::DailyTimesDays)
    }

    fn hourly(&self) -> Result<BasePay, PayError> {
        self.one_price_only()?;
        if self.coverage == Coverage::Nothing && self.person.attendance.working_minutes.is_none() {
            return Ok(BasePay::NOTHING);
        }
        let minutes = self.person.attendance.working_minutes.ok_or_else(|| unknown("労働時間（時給・日給者）"))?;
        times(&self.person.variable_contract, hours(minutes)?, Rule::HourlyTimesHours)
    }

    /// The totals of 勤怠 cannot be parted at a change of the price.
    fn one_price_only(&self) -> Result<(), PayError> {
        let price = self.person.variable_contract.base_amount;
        let variable = self.plan.clocks.variable;
        let differs = |(span, contract): &(crate::clocks::Period, Contract)| {
            contract.base_amount != price && variable.overlap(span.from, span.to).is_some()
        };
        match self.person.contracts.0.iter().any(differs) {
            true => Err(PayError::NotSupported { what: "計算期間の途中で変わる日給・時給" }),
            false => Ok(()),
        }
    }

    /// 歩合: the items are the pay; the base line is what the guaranteed pay of all hours exceeds them by (労基法27条).
    fn commission_guarantee(&self, amounts: &[ItemAmount]) -> Result<BasePay, PayError> {
        if self.coverage == Coverage::Nothing && self.person.attendance.working_minutes.is_none() {
            return Ok(BasePay::NOTHING);
        }
        self.one_price_only()?;
        let guarantee =
            times(&self.person.variable_contract, hours(self.total_minutes()?)?, Rule::CommissionGuarantee)?;
        let commission = self.commission(amounts)?;
        let exact = guarantee.exact.minus(commission)?.max(Exact::ZERO);
        let amount = exact.round(Rounding::Up)?;
        Ok(BasePay { amount, exact, quantity: None, ..guarantee })
    }

    /// What the items on 歩合 pay together.
    pub(super) fn commission(&self, amounts: &[ItemAmount]) -> Result<Exact, PayError> {
        let mut sum = Exact::ZERO;
        for (item, amount) in self.plan.items.iter().zip(amounts) {
            let by_commission = item.class.premium_base_divisor == PremiumBaseDivisor::Commission;
            if !by_commission || item.kind != ItemKind::Earning {
                continue;
            }
            if amount.pending && matches!(item.source, super::AmountSource::Formula(..)) {
                return Err(PayError::NotSupported { what: "基本給を使う歩合の式" });
            }
            for part in [amount.paid, amount.variable].into_iter().flatten() {
                sum = sum.plus(part)?;
            }
        }
        Ok(sum)
    }

    /// 総労働時間 of the period, minutes.
    pub(super) fn total_minutes(&self) -> Result<i64, PayError> {
        let attendance = &self.person.attendance;
        let scheduled = attendance.working_minutes.ok_or_else(|| unknown("労働時間（時給・日給者）"))?;
        Ok([
            attendance.within_statutory_minutes,
            attendance.overtime_minutes,
            attendance.scheduled_holiday_minutes,
            attendance.statutory_holiday_minutes,
        ]
        .into_iter()
        .fold(scheduled, i64::saturating_add))
    }
}

/// A price times a count; a fraction of a yen goes up, in the person's favour (賃金の全額払い, 労基法24条).
pub(super) fn times(contract: &Contract, count: Exact, rule: Rule) -> Result<BasePay, PayError> {
    let unit = contract.base_amount.exact();
    let exact = unit.times(count)?;
    let amount = exact.round(Rounding::Up)?;
    let rounding = Some(Rounding::Up);
    Ok(BasePay { amount, exact, rounding, rule, quantity: Some(Quantity { count, unit }), partial: false })
}
