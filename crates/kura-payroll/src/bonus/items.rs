use kura_model::ItemKind;
use kura_yen::{Exact, Rounding, Yen};

use super::person::PersonBonus;
use super::run::amount_reason;
use super::{BonusError, BonusPlan};
use crate::formula::EvaluationProblem;
use crate::pay::{AmountSource, Item, Reason, rounding_in_words};
use crate::plan::PlanValues;

/// What the items of a bonus amount to for one person.
pub(super) struct ItemAmounts {
    /// The 標準 item that takes the typed amount.
    pub(super) standard_item: Option<usize>,
    /// On the slip; `None` where the item is not for this person.
    paid: Vec<Option<Exact>>,
    /// As formulas see it; `None` while it is unknown. An item of 固定支給 or 変動支給 without a row is no unknown cell: the person
    /// has no right to it, and that is 0.
    seen: Vec<Option<Exact>>,
}

impl ItemAmounts {
    /// The typed amount on the 標準 item, what is given, then the formulas in the order of need. Items of another 支給月 have no
    /// amount.
    pub(super) fn of(plan: &BonusPlan<'_>, person: &PersonBonus) -> Result<Self, BonusError> {
        let standard_item = plan.standard_item()?;
        let mut paid: Vec<Option<Exact>> = plan.items.iter().map(|_| None).collect();
        if let Some(amount) = standard_item.and_then(|at| paid.get_mut(at)) {
            *amount = person.currency.map(Yen::exact);
        }
        for given in &person.given {
            let not_due = |item: &Item| matches!(item.source, AmountSource::Fixed) && !plan.is_due(item);
            if let Some(amount) = paid.get_mut(given.item)
                && !plan.items.get(given.item).is_some_and(not_due)
            {
                *amount = Some(amount.unwrap_or(Exact::ZERO).plus(given.amount)?);
            }
        }
        let pending = |(at, item): (usize, &Item)| match item.source {
            AmountSource::Formula(..) => plan.is_due(item),
            AmountSource::BasePay => standard_item == Some(at),
            AmountSource::Fixed | AmountSource::Variable => false,
        };
        let amounts = plan.items.iter().enumerate().zip(&paid);
        let seen = amounts.map(|(item, amount)| amount.or((!pending(item)).then_some(Exact::ZERO))).collect();
        let mut amounts = Self { standard_item, paid, seen };
        for &at in &plan.formula_order {
            amounts.enter_formula(plan, person, at)?;
        }
        Ok(amounts)
    }

    /// The amount of an item in whole yen.
    pub(super) fn paid(&self, at: usize) -> Result<Option<Yen>, BonusError> {
        let paid = self.paid.get(at).copied().flatten();
        Ok(paid.map(|exact| exact.round(Rounding::HalfUp)).transpose()?)
    }

    /// The formula of an item, and what was given besides. Nothing where it is one 参照表 and the person has no key for it.
    fn enter_formula(&mut self, plan: &BonusPlan<'_>, person: &PersonBonus, at: usize) -> Result<(), BonusError> {
        let Some(item) = plan.items.get(at).filter(|item| plan.is_due(item)) else { return Ok(()) };
        let AmountSource::Formula(formula, rounding) = &item.source else { return Ok(()) };
        let given = self.paid.get(at).copied().flatten();
        let paid = match formula.evaluate(&self.values(plan, person)) {
            Ok(exact) => Some(exact.round(*rounding)?.exact().plus(given.unwrap_or(Exact::ZERO))?),
            Err(EvaluationProblem::NoKey { .. }) if formula.is_look_up() => given,
            Err(EvaluationProblem::Unknown { slot }) => return Err(BonusError::unknown(plan.names().name_of(slot))),
            Err(problem) => return Err(BonusError::Formula { item: item.name.clone(), problem }),
        };
        if let (Some(amount), Some(seen)) = (self.paid.get_mut(at), self.seen.get_mut(at)) {
            (*amount, *seen) = (paid, Some(paid.unwrap_or(Exact::ZERO)));
        }
        Ok(())
    }

    /// Why an item has its amount: the steps of its formula and what was given besides, or the amount as it was typed.
    pub(super) fn reason(&self, plan: &BonusPlan<'_>, person: &PersonBonus, at: usize) -> Reason {
        let mut reason = amount_reason(self.paid(at).ok().flatten().unwrap_or_default());
        let Some(item) = plan.items.get(at) else { return reason };
        if let AmountSource::Formula(formula, rounding) = &item.source {
            reason.inputs.clear();
            if let Ok(exact) = formula.explain(&self.values(plan, person), &mut reason.steps) {
                (reason.exact, reason.rounding) = (Some(exact), Some(rounding_in_words(*rounding)));
            }
            let given = person.given.iter().filter(|given| given.item == at);
            reason.inputs.extend(given.map(|given| ("変動支給", given.amount.into())));
        }
        if item.kind == ItemKind::Deduction {
            let agreement = plan.law.figure("labor_standards", "wage_payment.deduction_agreement", plan.paid_on);
            reason.citations.extend(agreement.map(|figure| figure.citation()));
        }
        reason
    }

    fn values<'run>(
        &'run self,
        plan: &'run BonusPlan<'run>,
        person: &'run PersonBonus,
    ) -> PlanValues<'run, impl Fn(usize) -> Option<Exact>> {
        let amount = |at: usize| self.seen.get(at).copied().flatten();
        PlanValues { names: plan.names(), own: person.currency.map(Yen::exact), facts: &person.facts, amount }
    }
}

impl BonusPlan<'_> {
    /// 支給月: an item that is not paid in the month of the bonus has no amount.
    fn is_due(&self, item: &Item) -> bool {
        item.pay_in_months.is_none_or(|months| months.contains(self.payment_month()))
    }

    /// The 標準 item of the month. Of two, none can be said to be the one that was typed.
    fn standard_item(&self) -> Result<Option<usize>, BonusError> {
        let is_standard = |item: &Item| {
            item.kind == ItemKind::Earning && matches!(item.source, AmountSource::BasePay) && self.is_due(item)
        };
        let mut found = self.items.iter().enumerate().filter(|(_, item)| is_standard(item));
        match (found.next(), found.next()) {
            (Some((_, one)), Some((_, other))) => {
                Err(BonusError::TwoStandardItems { items: [one.name.clone(), other.name.clone()] })
            }
            (one, _) => Ok(one.map(|(at, _)| at)),
        }
    }
}
