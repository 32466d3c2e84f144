use std::borrow::Cow;

use kura_model::{FixedWage, ItemKind, ItemTaxClass, PayType, RemunerationClass};
use kura_yen::{Exact, Rounding, Yen};

use super::base_pay::BasePay;
use super::built_in::BuiltIn;
use super::item::{AmountSource, ItemClass};
use super::person::{Contract, FixedAmount, PersonMonth};
use super::plan::{is_commuting, month_part};
use super::rule::Rule;
use super::slip::{Bases, Line, LineKind, Slip};
use super::trace::{Reason, Trace};
use super::values::PersonValues;
use super::{PayError, PayPlan};
use crate::tax::commuting_limit;

impl PayPlan<'_> {
    /// The slip of one person. The same inputs give the same slip; with `()` as trace no reason is made.
    pub fn pay<T: Trace>(&self, person: &PersonMonth, trace: &mut T) -> Result<Slip, PayError> {
        let base = self.base_pay(person)?;
        let amounts = self.item_amounts(person, &base, trace)?;
        let pay = self.pay_lines(person, &base, &amounts, trace)?;
        let gross = pay.iter().map(|line| line.amount).sum();
        let (tax_free, taxable_commuting) = self.tax_free(person, &pay, trace)?;
        let mut bases = self.bases(&pay);
        bases.taxable_commuting = taxable_commuting;
        bases.partial_month = base.partial;

        let mut deductions = self.social_lines(person, trace)?;
        deductions.extend(self.employment_line(person, bases.labor_wage, trace)?);
        bases.social_insurance = deductions.iter().map(|line| line.amount).sum();
        let gross_taxed = gross - tax_free;
        let taxable = gross_taxed - bases.social_insurance;
        deductions.extend(self.income_tax_line(person, gross_taxed, taxable, trace)?);
        deductions.extend(self.inhabitant_lines(person));
        deductions.extend(self.other_deductions(person, &amounts));

        let deduction_total = deductions.iter().map(|line| line.amount).sum();
        Ok(Slip { pay, deductions, gross, tax_free, taxable, deduction_total, net: gross - deduction_total, bases })
    }

    /// True when the item is the base line of this contract: 役員報酬 for officers, 基本給 for everybody else, where a plan
    /// has both.
    pub(super) fn is_base_line(&self, at: usize, contract: &Contract) -> bool {
        let mut lines = self.items.iter().enumerate().filter(|(_, item)| matches!(item.source, AmountSource::BasePay));
        let officer = contract.pay_type == PayType::OfficerRemuneration;
        let named = lines.clone().find(|(_, item)| (item.name == "役員報酬") == officer);
        named.or_else(|| lines.next()).is_some_and(|(line, _)| line == at)
    }

    /// The amount of every item that has one: fixed by right and 日割, variable as given, formulas in the order of need.
    fn item_amounts<T: Trace>(
        &self,
        person: &PersonMonth,
        base: &BasePay,
        trace: &mut T,
    ) -> Result<Vec<Option<Exact>>, PayError> {
        let mut amounts: Vec<Option<Exact>> = vec![None; self.items.len()];
        for fixed in &person.fixed {
            let amount = self.fixed_amount(person, fixed)?;
            if let Some(slot) = amounts.get_mut(fixed.item) {
                *slot = amount;
            }
        }
        for variable in &person.variable {
            if let Some(slot) = amounts.get_mut(variable.item) {
                let before = slot.unwrap_or(Exact::ZERO);
                *slot = Some(before.plus(variable.amount.exact())?);
            }
        }
        for &at in &self.formula_order {
            let Some(item) = self.items.get(at) else { continue };
            let AmountSource::Formula(formula, rounding) = &item.source else { continue };
            let values = PersonValues { plan: self, person, base_pay: base.amount, item_amounts: &amounts };
            let exact = formula.evaluate(&values).map_err(|problem| self.formula_error(&item.name, problem))?;
            trace.reason(LineKind::Item(at), || {
                let steps = formula.explain(&values, |slot| Cow::Owned(self.slot_name(slot)));
                Reason {
                    exact: Some(exact),
                    steps: steps.map(|(_, steps)| steps).unwrap_or_default(),
                    ..Reason::default()
                }
            });
            let rounded = exact.round(*rounding)?.exact();
            if let Some(slot) = amounts.get_mut(at) {
                *slot = Some(rounded);
            }
        }
        Ok(amounts)
    }

    /// 固定支給: in full for the whole period, by 日割 where the item says so, else as it stands on the last day.
    fn fixed_amount(&self, person: &PersonMonth, fixed: &FixedAmount) -> Result<Option<Exact>, PayError> {
        if let Some(amount) = fixed.spans.whole(self.clocks.attendance) {
            return Ok(Some(*amount));
        }
        let prorate = self.items.get(fixed.item).is_some_and(|item| item.class.prorate);
        if prorate && !fixed.spans.0.is_empty() {
            let exact = self.prorated(person, &fixed.spans, |amount| *amount)?;
            return Ok(Some(exact.round(self.rules.proration_rounding)?.exact()));
        }
        Ok(fixed.spans.last().copied())
    }

    fn pay_lines<T: Trace>(
        &self,
        person: &PersonMonth,
        base: &BasePay,
        amounts: &[Option<Exact>],
        trace: &mut T,
    ) -> Result<Vec<Line>, PayError> {
        let contract = *person.contracts.last().unwrap_or(&person.variable_contract);
        let mut lines = Vec::with_capacity(self.items.len().saturating_add(8));
        for (at, item) in self.items_of(ItemKind::Earning) {
            let kind = LineKind::Item(at);
            if let AmountSource::BasePay = item.source {
                if self.is_base_line(at, &contract) {
                    trace.reason(kind, || Reason { exact: Some(base.exact), ..Reason::default() });
                    let (amount, quantity, rule) = (base.amount, base.quantity, base.rule);
                    lines.push(Line { kind, amount, quantity, rule, month: None, split: None });
                }
                continue;
            }
            lines.extend(self.item_line(person, at, amounts)?);
        }
        if let Some(leave) = self.paid_leave(person)? {
            let kind = LineKind::BuiltIn(BuiltIn::PaidLeave);
            let (amount, quantity, rule) = (leave.amount, leave.quantity, leave.rule);
            lines.push(Line { kind, amount, quantity, rule, month: None, split: None });
        }
        lines.extend(self.premium_lines(person, amounts, trace)?);
        lines.extend(self.absence_lines(person, trace)?);
        Ok(lines)
    }

    /// The line of an item with an amount; none when it has no amount, or 0 and is not to be shown.
    fn item_line(&self, person: &PersonMonth, at: usize, amounts: &[Option<Exact>]) -> Result<Option<Line>, PayError> {
        let Some(item) = self.items.get(at) else { return Ok(None) };
        let Some(exact) = amounts.get(at).copied().flatten() else { return Ok(None) };
        let amount = exact.round(Rounding::HalfUp)?;
        if amount == Yen::ZERO && !item.show_zero {
            return Ok(None);
        }
        let rule = match item.source {
            AmountSource::Formula(..) => Rule::Formula,
            AmountSource::Variable => Rule::Variable,
            AmountSource::Fixed | AmountSource::BasePay => Rule::Fixed,
        };
        let month = person.variable.iter().find(|variable| variable.item == at).and_then(|variable| variable.for_month);
        Ok(Some(Line { kind: LineKind::Item(at), amount, quantity: None, rule, month, split: None }))
    }

    fn other_deductions<'run>(
        &'run self,
        person: &'run PersonMonth,
        amounts: &'run [Option<Exact>],
    ) -> impl Iterator<Item = Line> + 'run {
        self.items_of(ItemKind::Deduction).filter_map(move |(at, _)| self.item_line(person, at, amounts).ok().flatten())
    }

    /// 非課税 of the payment, and the taxed part of 通勤手当: all commuting lines together against one limit.
    fn tax_free<T: Trace>(&self, person: &PersonMonth, pay: &[Line], trace: &mut T) -> Result<(Yen, Yen), PayError> {
        let mut free = Yen::ZERO;
        let mut commuting = Yen::ZERO;
        let mut longest = 1;
        let mut commuting_line = None;
        for line in pay {
            let class = self.class(line.kind);
            match class.tax {
                ItemTaxClass::TaxFree => free += line.amount,
                ItemTaxClass::Taxable => {}
                tax if is_commuting(tax) => {
                    commuting += line.amount;
                    longest = longest.max(class.pay_every_months);
                    commuting_line = Some(line.kind);
                }
                _ => return Err(PayError::NotSupported { what: "宿日直・食事の非課税" }),
            }
        }
        let Some(kind) = commuting_line else { return Ok((free, Yen::ZERO)) };
        let route = person
            .commuting
            .as_ref()
            .ok_or_else(|| PayError::Unknown { what: "通勤の手段と距離".to_owned() })?;
        let limit = commuting_limit(self.law, self.clocks.payment_date, route)?;
        let limit_yen = Yen::new(limit.yen.get().saturating_mul(i64::from(longest)));
        let free_part = commuting.min(limit_yen).or_zero();
        trace.reason(kind, || Reason {
            inputs: vec![("通勤手当", commuting.to_string()), ("非課税限度額", limit_yen.to_string())],
            citations: limit.citations.iter().collect(),
            ..Reason::default()
        });
        Ok((free + free_part, commuting - free_part))
    }

    fn bases(&self, pay: &[Line]) -> Bases {
        let mut bases = Bases::default();
        for line in pay {
            let class = self.class(line.kind);
            let part = month_part(line.amount, class.pay_every_months);
            match class.remuneration {
                RemunerationClass::Included => {
                    bases.remuneration += part;
                    if class.fixed_wage == FixedWage::Fixed {
                        bases.fixed_part += part;
                    }
                    if line.month.is_some() {
                        bases.retroactive_part += part;
                    }
                }
                RemunerationClass::InKind => bases.remuneration_in_kind += part,
                RemunerationClass::Excluded | RemunerationClass::Bonus => {}
            }
            if class.labor_wage {
                bases.labor_wage += line.amount;
            }
        }
        bases
    }

    /// How a line counts: items as their rows say; 有給手当, 欠勤 and 遅早 as base pay; premiums as premiums.
    fn class(&self, kind: LineKind) -> ItemClass {
        let item = match kind {
            LineKind::Item(at) => self.items.get(at),
            LineKind::BuiltIn(BuiltIn::PaidLeave | BuiltIn::Absence | BuiltIn::Lateness) => {
                self.items.iter().find(|item| matches!(item.source, AmountSource::BasePay) && item.name != "役員報酬")
            }
            LineKind::BuiltIn(_) => None,
        };
        item.map_or(ItemClass::PREMIUM_PAY, |item| item.class)
    }
}
