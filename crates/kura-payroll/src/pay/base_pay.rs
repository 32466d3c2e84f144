use kura_model::{ItemKind, PaidLeaveWageMethod, PayType, PremiumBaseDivisor};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::part::{Measure, Stretch};
use super::person::Contract;
use super::proration::Coverage;
use super::rule::Rule;
use super::slip::Quantity;
use super::trace::{Reason, rounding_in_words};
use super::work::{Work, hours, unknown};
use crate::clocks::Period;

/// 基本給 of a slip.
pub(super) struct BasePay {
    /// All lines together.
    pub(super) amount: Yen,
    /// True when the month is not paid in full (日割, leave).
    pub(super) partial: bool,
    lines: BaseLines,
}

/// The lines, each with its 標準 item.
enum BaseLines {
    One((usize, Earned)),
    /// One for each price, where it changes inside the period.
    Several(Vec<(usize, Earned)>),
}

/// What a line pays for time, before any absence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Earned {
    pub(super) amount: Yen,
    pub(super) exact: Exact,
    pub(super) rounding: Option<Rounding>,
    pub(super) rule: Rule,
    pub(super) quantity: Option<Quantity>,
    /// 基本額.
    pub(super) agreed: Yen,
    /// True when it is less than a whole month (日割, leave).
    pub(super) partial: bool,
}

impl BasePay {
    pub(super) fn lines(&self) -> &[(usize, Earned)] {
        match &self.lines {
            BaseLines::One(line) => std::slice::from_ref(line),
            BaseLines::Several(lines) => lines,
        }
    }

    fn one(item: usize, line: Earned) -> Self {
        Self { amount: line.amount, partial: line.partial, lines: BaseLines::One((item, line)) }
    }

    fn several(lines: Vec<(usize, Earned)>) -> Self {
        let amount = lines.iter().map(|(_, line)| line.amount).sum();
        let partial = lines.iter().any(|(_, line)| line.partial);
        Self { amount, partial, lines: BaseLines::Several(lines) }
    }
}

impl Earned {
    /// No day is paid.
    fn nothing(contract: &Contract) -> Self {
        Self {
            amount: Yen::ZERO,
            exact: Exact::ZERO,
            rounding: None,
            rule: Rule::WholePeriodLeave,
            quantity: None,
            agreed: contract.base_amount,
            partial: true,
        }
    }

    /// The contract figure of a month.
    fn in_full(contract: &Contract) -> Self {
        Self {
            amount: contract.base_amount,
            exact: contract.base_amount.exact(),
            rounding: None,
            rule: Rule::ContractMonthly,
            quantity: None,
            agreed: contract.base_amount,
            partial: false,
        }
    }

    /// A price times a count; a fraction of a yen goes up, in the person's favour (賃金の全額払い, 労基法24条).
    pub(super) fn times(contract: &Contract, count: Exact, rule: Rule) -> Result<Self, PayError> {
        let unit = contract.base_amount.exact();
        let exact = unit.times(count)?;
        Ok(Self {
            amount: exact.round(Rounding::Up)?,
            exact,
            rounding: Some(Rounding::Up),
            rule,
            quantity: Some(Quantity { count, unit }),
            agreed: contract.base_amount,
            partial: false,
        })
    }

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
        let on_commission = |contract: &Contract| contract.pay_type == PayType::Commission;
        let commission_first =
            on_commission(self.contract) || self.person.parts.iter().any(|part| on_commission(&part.contract));
        if commission_first {
            self.formula_amounts(amounts, None, |formula| !formula.needs_base_pay)?;
        }
        let base = self.base_pay(amounts)?;
        self.enter_base_pay(amounts, base.lines())?;
        self.formula_amounts(amounts, Some(base.amount), |formula| !commission_first || formula.needs_base_pay)?;
        Ok(base)
    }

    /// 基本給 by pay type: the contract figure, or its part by 日割; days or hours times their price.
    fn base_pay(&self, amounts: &[ItemAmount]) -> Result<BasePay, PayError> {
        let measure = Measure::of(self.contract);
        let alike =
            |contract: &Contract| Measure::of(contract) == measure && self.plan.base_line(contract) == self.base_line;
        let person = self.person;
        let one = person.parts.is_empty()
            && person.contracts.0.iter().all(|(_, contract)| alike(contract))
            && alike(&person.variable_contract);
        if !one {
            return self.base_pay_by_contract(amounts);
        }
        let whole = Stretch { contract: &person.variable_contract, attendance: &person.attendance, part: None };
        let line = match measure {
            Measure::Month => self.by_month(self.base_line)?,
            Measure::Day | Measure::Hour => self.by_work(whole)?,
            Measure::Commission => self.commission_guarantee(amounts)?,
        };
        Ok(BasePay::one(self.base_line, line.unwrap_or_else(|| Earned::nothing(self.contract))))
    }

    /// The contract changes inside the period: 月給 by its days, day and hour by the part of 勤怠 of each price.
    fn base_pay_by_contract(&self, amounts: &[ItemAmount]) -> Result<BasePay, PayError> {
        self.one_price_only()?;
        let mut lines: Vec<(usize, Earned)> = Vec::new();
        let mut items = [self.plan.officer_line, self.plan.employee_line].into_iter();
        let first = items.next();
        for item in first.into_iter().chain(items.filter(|item| Some(*item) != first)) {
            let line = self.by_month(item)?;
            lines.extend(line.map(|line| (item, line)));
        }
        for stretch in self.stretches() {
            if !matches!(Measure::of(stretch.contract), Measure::Day | Measure::Hour) {
                continue;
            }
            let line = self.by_work(stretch)?;
            lines.extend(line.map(|line| (self.plan.base_line(stretch.contract), line)));
        }
        let guarantee = self.commission_guarantee(amounts)?;
        lines.extend(guarantee.map(|line| (self.plan.employee_line, line)));
        match lines.is_empty() {
            true => Ok(BasePay::one(self.base_line, Earned::nothing(self.contract))),
            false => Ok(BasePay::several(lines)),
        }
    }

    /// The contracts by the month of one 標準 item; `None` where there are none, or no day of them is paid.
    fn by_month(&self, item: usize) -> Result<Option<Earned>, PayError> {
        let contracts = self.person.contracts.0.as_slice();
        let counts =
            |contract: &Contract| Measure::of(contract) == Measure::Month && self.plan.base_line(contract) == item;
        let Some((_, last)) = contracts.iter().rfind(|(_, contract)| counts(contract)) else { return Ok(None) };
        // Where other days of the period are paid by work, a month's figure can only be for the rest.
        let some_by_work = contracts.iter().any(|(_, contract)| Measure::of(contract) != Measure::Month);
        let prorate = some_by_work || self.plan.items.get(item).is_some_and(|item| item.class.prorate);
        match (self.coverage, contracts) {
            (Coverage::Nothing, _) => Ok(None),
            (Coverage::Whole, [_]) => Ok(Some(Earned::in_full(last))),
            // What is not parted by days is paid as it stands on the last day.
            _ if !prorate => Ok(counts(self.contract).then(|| Earned::in_full(last))),
            _ => {
                let figure =
                    |contract: &Contract| if counts(contract) { contract.base_amount.exact() } else { Exact::ZERO };
                let exact = self.prorated(contracts, figure)?;
                let rounding = self.plan.rules.proration_rounding;
                Ok(Some(Earned {
                    amount: exact.round(rounding)?,
                    exact,
                    rounding: Some(rounding),
                    rule: Rule::Prorated,
                    partial: true,
                    ..Earned::in_full(last)
                }))
            }
        }
    }

    /// 日給 and 時給 of a stretch; `None` where no day is paid.
    fn by_work(&self, stretch: Stretch<'_>) -> Result<Option<Earned>, PayError> {
        self.one_price_only()?;
        let attendance = stretch.attendance;
        let by_day = Measure::of(stretch.contract) == Measure::Day;
        let empty = if by_day { attendance.worked_days.is_none() } else { attendance.working_minutes.is_none() };
        if self.coverage == Coverage::Nothing && empty {
            return Ok(None);
        }
        if by_day {
            return Earned::times(stretch.contract, self.paid_by_day(stretch)?, Rule::DailyTimesDays).map(Some);
        }
        let minutes = attendance.working_minutes.ok_or_else(|| unknown("労働時間（時給・日給者）"))?;
        Earned::times(stretch.contract, hours(minutes)?, Rule::HourlyTimesHours).map(Some)
    }

    /// 出勤日数 − 休日出勤 + 有給: a day off that was worked is paid by its hours alone, so these must be known.
    fn paid_by_day(&self, stretch: Stretch<'_>) -> Result<Exact, PayError> {
        let attendance = stretch.attendance;
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
        Ok(days.plus(attendance.paid_special_leave_days.unwrap_or(Exact::ZERO))?)
    }

    /// The totals of one row of 勤怠 cannot be parted at a change of the price, or of who is paid by it.
    fn one_price_only(&self) -> Result<(), PayError> {
        if !self.person.parts.is_empty() {
            return Ok(());
        }
        let (last, variable) = (&self.person.variable_contract, self.plan.clocks.variable);
        let mut within = self.person.contracts.0.iter().filter(|(span, _)| overlaps(variable, *span)).peekable();
        while let Some((_, contract)) = within.next() {
            if !contract.same_price_of_work(last) {
                let from = within.peek().map_or(variable.from, |(span, _)| span.from);
                return Err(PayError::NeedsAttendanceFrom { from });
            }
        }
        Ok(())
    }

    /// 歩合: the items are the pay; the base line is what the guaranteed pay of all hours exceeds them by (労基法27条).
    fn commission_guarantee(&self, amounts: &[ItemAmount]) -> Result<Option<Earned>, PayError> {
        let mut guarantee: Option<Earned> = None;
        for stretch in self.stretches().filter(|stretch| Measure::of(stretch.contract) == Measure::Commission) {
            if self.coverage == Coverage::Nothing && stretch.attendance.working_minutes.is_none() {
                continue;
            }
            self.one_price_only()?;
            let count = hours(minutes_worked(stretch)?)?;
            let more = Earned::times(stretch.contract, count, Rule::CommissionGuarantee)?;
            let before = guarantee.map_or(Exact::ZERO, |guarantee| guarantee.exact);
            guarantee = Some(Earned { exact: before.plus(more.exact)?, ..more });
        }
        let Some(guarantee) = guarantee else { return Ok(None) };
        let exact = guarantee.exact.minus(self.commission(amounts)?)?.max(Exact::ZERO);
        Ok(Some(Earned { amount: exact.round(Rounding::Up)?, exact, quantity: None, ..guarantee }))
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
                return Err(PayError::CommissionNeedsBasePay { item: item.name.clone() });
            }
            for part in [amount.paid, amount.variable].into_iter().flatten() {
                sum = sum.plus(part)?;
            }
        }
        Ok(sum)
    }

    /// 総労働時間 behind the commission, minutes: of the parts on 歩合, or of the whole period where nobody is paid by it alone.
    pub(super) fn commission_minutes(&self) -> Result<i64, PayError> {
        let on_commission = |stretch: &Stretch<'_>| Measure::of(stretch.contract) == Measure::Commission;
        let any = self.stretches().any(|stretch| on_commission(&stretch));
        let counted = self.stretches().filter(|stretch| !any || on_commission(stretch));
        counted.map(minutes_worked).try_fold(0_i64, |sum, minutes| Ok(sum.saturating_add(minutes?)))
    }
}

/// 労働時間 of all kinds, minutes.
fn minutes_worked(stretch: Stretch<'_>) -> Result<i64, PayError> {
    let attendance = stretch.attendance;
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

fn overlaps(variable: Period, span: Period) -> bool {
    variable.overlap(span.from, span.to).is_some()
}
