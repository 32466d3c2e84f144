use kura_model::{ItemKind, PayType};
use kura_yen::{Exact, Yen};

use super::PayError;
use super::base_pay::Earned;
use super::item::{AmountSource, Item};
use super::person::FixedAmount;
use super::plan::FormulaItem;
use super::proration::Coverage;
use super::rule::Rule;
use super::work::Work;
use crate::formula::{EvaluationProblem, Formula, Values};

/// What an item amounts to for one person.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ItemAmount {
    /// The amount of a whole month, before 日割: unit prices and absence stand on it. Of the base line on 歩合, what the
    /// guarantee added to the commission.
    pub(super) full: Option<Exact>,
    /// 固定支給 or 式 as it is paid.
    pub(super) paid: Option<Exact>,
    /// 変動支給, all rows together.
    pub(super) variable: Option<Exact>,
    /// An amount nobody has computed yet.
    pub(super) pending: bool,
}

impl ItemAmount {
    /// As formulas see it; `None` while it is not computed.
    pub(super) fn on_the_slip(&self) -> Option<Exact> {
        if self.pending {
            return None;
        }
        match (self.paid, self.variable) {
            (Some(paid), None) => Some(paid),
            (paid, variable) => paid.unwrap_or(Exact::ZERO).plus(variable.unwrap_or(Exact::ZERO)).ok(),
        }
    }
}

impl Work<'_> {
    /// 固定支給 by right and 日割, 変動支給 as given; formulas still pending.
    pub(super) fn typed_amounts(&self, amounts: &mut Vec<ItemAmount>) -> Result<(), PayError> {
        amounts.clear();
        let pending = |item: &Item| matches!(item.source, AmountSource::Formula(..) | AmountSource::BasePay);
        amounts
            .extend(self.plan.items.iter().map(|item| ItemAmount { pending: pending(item), ..ItemAmount::default() }));
        for fixed in &self.person.fixed {
            let Some(item) = self.plan.items.get(fixed.item) else { continue };
            let paid = self.fixed_amount(item, fixed)?;
            if let Some(amount) = amounts.get_mut(fixed.item) {
                (amount.full, amount.paid) = (fixed.at_variable_end, paid);
            }
        }
        for variable in &self.person.variable {
            if let Some(amount) = amounts.get_mut(variable.item) {
                let before = amount.variable.unwrap_or(Exact::ZERO);
                amount.variable = Some(before.plus(variable.amount.exact())?);
            }
        }
        Ok(())
    }

    /// The base lines as formulas see them when they name their items.
    pub(super) fn enter_base_pay(&self, amounts: &mut [ItemAmount], lines: &[(usize, Earned)]) -> Result<(), PayError> {
        for (item, amount) in self.plan.items.iter().zip(amounts.iter_mut()) {
            amount.pending &= !matches!(item.source, AmountSource::BasePay);
        }
        for (at, line) in lines {
            if let Some(amount) = amounts.get_mut(*at) {
                let of_line = line.amount.exact();
                amount.paid = Some(amount.paid.unwrap_or(Exact::ZERO).plus(of_line)?);
                if line.rule == Rule::CommissionGuarantee {
                    amount.full = Some(of_line);
                }
            }
        }
        Ok(())
    }

    /// The formulas that `which` names, in the order of need.
    pub(super) fn formula_amounts(
        &self,
        amounts: &mut [ItemAmount],
        base_pay: Option<Yen>,
        which: impl Fn(&FormulaItem) -> bool,
    ) -> Result<(), PayError> {
        for formula_item in self.plan.formulas.iter().filter(|formula| which(formula)) {
            let at = formula_item.item;
            let Some(item) = self.plan.items.get(at) else { continue };
            let AmountSource::Formula(formula, rounding) = &item.source else { continue };
            let mut full = None;
            if self.is_due(item) && !(formula_item.of_attendance && self.has_no_attendance()) {
                let values = self.plan.values(self.person, base_pay, amounts);
                if let Some(exact) = self.evaluated(item, formula, &values)? {
                    full = Some(exact.round(*rounding)?.exact());
                }
            }
            let paid = match full {
                Some(full) => self.formula_paid(item, formula_item, full)?,
                None => None,
            };
            if let Some(amount) = amounts.get_mut(at) {
                *amount = ItemAmount { full, paid, pending: false, ..*amount };
            }
        }
        Ok(())
    }

    /// The exact result; `None` where the formula is one 参照表 and the person has no key for it.
    fn evaluated(&self, item: &Item, formula: &Formula, values: &impl Values) -> Result<Option<Exact>, PayError> {
        match formula.evaluate(values) {
            Ok(exact) => Ok(Some(exact)),
            Err(EvaluationProblem::NoKey { .. }) if formula.is_look_up() => Ok(None),
            Err(problem) => Err(self.plan.formula_error(&item.name, problem)),
        }
    }

    /// 固定支給: in full for the whole period, by 日割 where the item says so, else as it stands on the last paid day.
    fn fixed_amount(&self, item: &Item, fixed: &FixedAmount) -> Result<Option<Exact>, PayError> {
        let spans = fixed.spans.0.as_slice();
        if spans.is_empty() || !self.is_due(item) {
            return Ok(None);
        }
        let earning = item.kind != ItemKind::Deduction;
        match self.coverage {
            Coverage::Nothing if earning => return Ok(None),
            Coverage::Nothing => return Ok(fixed.spans.last().copied()),
            Coverage::Whole => {
                if let Some(amount) = fixed.spans.whole(self.plan.clocks.attendance) {
                    return Ok(Some(*amount));
                }
            }
            Coverage::Part => {}
        }
        if item.class.prorate {
            let exact = self.prorated(spans, |amount| *amount)?;
            return Ok(Some(exact.round(self.plan.rules.proration_rounding)?.exact()));
        }
        let last_day = self.person.contracts.0.last().map(|(span, _)| span.to);
        Ok(last_day.and_then(|day| fixed.spans.on(day)).copied())
    }

    /// 式: in full, by 日割 where the item says so; where no day is paid, only what was earned by 勤怠, and deductions.
    fn formula_paid(&self, item: &Item, formula: &FormulaItem, full: Exact) -> Result<Option<Exact>, PayError> {
        let earning = item.kind != ItemKind::Deduction;
        match self.coverage {
            Coverage::Nothing if earning && (item.class.prorate || !formula.of_attendance) => Ok(None),
            Coverage::Part if earning && item.class.prorate => {
                let exact = full.times(self.paid_part()?)?;
                Ok(Some(exact.round(self.plan.rules.proration_rounding)?.exact()))
            }
            _ => Ok(Some(full)),
        }
    }

    /// Officers, and people of whom no day is paid, may have no 勤怠 at all: what is paid or taken by it is not for them. For
    /// everybody else a missing figure is unknown.
    fn has_no_attendance(&self) -> bool {
        let may_have_none =
            self.coverage == Coverage::Nothing || self.contract.pay_type == PayType::OfficerRemuneration;
        may_have_none && self.person.attendance.worked_days.is_none()
    }

    /// 支給月: an item that is not paid in this month has no amount.
    pub(super) fn is_due(&self, item: &Item) -> bool {
        item.pay_in_months.is_none_or(|months| months.contains(self.plan.clocks.payment_month))
    }
}
