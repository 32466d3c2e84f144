use kura_law::CitationId;
use kura_model::ItemKind;
use kura_yen::{Rounding, Yen};

use super::PayError;
use super::amounts::ItemAmount;
use super::base_pay::{BasePay, Earned};
use super::item::{AmountSource, Item};
use super::proration::Coverage;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Input, Reason, Trace, rounding_in_words};
use super::work::{Lines, Work};

impl Work<'_> {
    /// 支給: the items in the order of the slip, leave, 割増, and what was not worked.
    pub(super) fn pay_lines<T: Trace>(
        &self,
        base: &BasePay,
        amounts: &[ItemAmount],
        pay: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        for (at, (item, amount)) in self.plan.items.iter().zip(amounts).enumerate() {
            if item.kind != ItemKind::Earning {
                continue;
            }
            match item.source {
                AmountSource::BasePay => {
                    for (_, earned) in base.lines().iter().filter(|(of, _)| *of == at) {
                        let line = Line::new(LineKind::Item(at), earned.amount, earned.rule);
                        pay.enter(Line { quantity: earned.quantity, ..line }, || self.base_reason(earned));
                    }
                    self.variable_lines(at, item, pay);
                }
                _ => self.item_lines(at, item, amount, (base.amount, amounts), pay)?,
            }
        }
        self.leave_lines(amounts, pay)?;
        self.premium_lines(amounts, pay)?;
        self.absence_lines(amounts, pay)
    }

    /// 控除 of the items: fixed, typed and by formula.
    pub(super) fn other_deductions<T: Trace>(
        &self,
        base_pay: Yen,
        amounts: &[ItemAmount],
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        for (at, (item, amount)) in self.plan.items.iter().zip(amounts).enumerate() {
            if item.kind == ItemKind::Deduction {
                self.item_lines(at, item, amount, (base_pay, amounts), deductions)?;
            }
        }
        Ok(())
    }

    /// The lines of an item: one of 固定支給 or 式, unless it is 0 and not to be shown, and one for each 変動支給.
    fn item_lines<T: Trace>(
        &self,
        at: usize,
        item: &Item,
        amount: &ItemAmount,
        (base_pay, amounts): (Yen, &[ItemAmount]),
        lines: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        if let Some(exact) = amount.paid {
            let yen = exact.round(Rounding::HalfUp)?;
            if yen != Yen::ZERO || item.show_zero {
                let by_formula = matches!(item.source, AmountSource::Formula(..));
                let rule = if by_formula { Rule::Formula } else { Rule::Fixed };
                lines.enter(Line::new(LineKind::Item(at), yen, rule), || {
                    self.item_reason(item, amount, base_pay, amounts)
                });
            }
        }
        self.variable_lines(at, item, lines);
        Ok(())
    }

    fn variable_lines<T: Trace>(&self, at: usize, item: &Item, lines: &mut Lines<'_, T>) {
        for variable in self.person.variable.iter().filter(|variable| variable.item == at) {
            let earlier = variable.for_month.filter(|month| *month != self.plan.clocks.payment_month);
            let rule = if earlier.is_some() { Rule::Difference } else { Rule::Variable };
            let line = Line { month: variable.for_month, ..Line::new(LineKind::Item(at), variable.amount, rule) };
            lines.enter(line, || Reason {
                inputs: vec![("金額", variable.amount.into())],
                exact: Some(variable.amount.exact()),
                citations: self.allowed_by(item).into_iter().collect(),
                ..Reason::default()
            });
        }
    }

    fn base_reason(&self, base: &Earned) -> Reason {
        let mut reason = base.reason();
        reason.inputs.insert(0, ("基本額", base.agreed.into()));
        if base.rule == Rule::Prorated {
            reason.inputs.extend(self.paid_part().map(|part| ("支給の割合", Input::Number(part))).ok());
        }
        reason
    }

    fn item_reason(&self, item: &Item, amount: &ItemAmount, base_pay: Yen, amounts: &[ItemAmount]) -> Reason {
        let mut reason = Reason { exact: amount.paid, ..Reason::default() };
        if let AmountSource::Formula(formula, rounding) = &item.source {
            let values = self.plan.values(self.person, Some(base_pay), amounts);
            if let Ok(exact) = formula.explain(&values, &mut reason.steps) {
                (reason.exact, reason.rounding) = (Some(exact), Some(rounding_in_words(*rounding)));
            }
        }
        let agreed = amount.full.or(amount.paid);
        reason.inputs.extend(agreed.map(|agreed| ("満額", Input::Number(agreed))));
        let prorated = item.class.prorate && self.coverage == Coverage::Part;
        let part = prorated.then(|| self.paid_part().ok()).flatten();
        reason.inputs.extend(part.map(|part| ("支給の割合", Input::Number(part))));
        reason.citations.extend(self.allowed_by(item));
        reason
    }

    /// 24条: what allows a deduction that is not of the law itself.
    fn allowed_by(&self, item: &Item) -> Option<CitationId> {
        (item.kind == ItemKind::Deduction).then_some(self.plan.figures.overtime.deduction)
    }
}
