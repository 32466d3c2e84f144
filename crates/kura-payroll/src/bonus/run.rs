use kura_model::{FixedWage, ItemKind, ItemTaxClass, PremiumBase, RemunerationClass};
use kura_yen::{Exact, Rounding, Yen};

use super::formulas::BonusValues;
use super::insured::Insured;
use super::person::PersonBonus;
use super::slip::BonusSlip;
use super::standard::StandardBonusOfMonth;
use super::{BonusError, BonusPlan};
use crate::pay::{AmountSource, Bases, BuiltIn, Item, ItemClass, Line, LineKind, Reason, Rule, Slip, Trace};

/// How the line 賞与 counts: taxed, a bonus for social insurance, a wage for labour insurance.
const BONUS_CLASS: ItemClass = ItemClass {
    remuneration: RemunerationClass::Bonus,
    fixed_wage: FixedWage::NotFixed,
    premium_base: PremiumBase::ExcludedOverOneMonth,
    ..ItemClass::PREMIUM_PAY
};
const IN_KIND_CLASS: ItemClass = ItemClass { remuneration: RemunerationClass::InKind, ..BONUS_CLASS };

/// What the lines of pay count as.
#[derive(Default)]
struct Counted {
    currency: Yen,
    in_kind: Yen,
    tax_free: Yen,
    remuneration: Yen,
    labor_wage: Yen,
}

impl BonusPlan<'_> {
    /// The slip of one person. The same inputs give the same slip; with `()` as trace no reason is made.
    pub fn pay<T: Trace>(&self, person: &PersonBonus, trace: &mut T) -> Result<BonusSlip, BonusError> {
        let amounts = self.item_amounts(person, trace)?;
        let pay = self.pay_lines(person, &amounts)?;
        let gross: Yen = pay.iter().map(|line| line.amount).sum();
        let counted = self.counted(&pay)?;
        let facts = &person.insurance;
        let insured = Insured::of(self.law, facts, self.paid_on)?;
        let amount = counted.currency + counted.in_kind;
        let standard = StandardBonusOfMonth::of(self.law, facts, &insured, self.paid_on, amount)?;
        let premiums = self.premiums(facts, &insured, &standard, trace)?;

        let mut deductions = premiums.lines;
        deductions.extend(self.employment_line(person, counted.labor_wage, trace)?);
        let social_insurance = deductions.iter().map(|line| line.amount).sum();
        let gross_taxed = gross - counted.tax_free;
        let taxable = gross_taxed - social_insurance;
        let tax = self.income_tax(person, gross_taxed, taxable, trace)?;
        let tax_rate = tax.as_ref().and_then(|(_, rate)| *rate);
        deductions.extend(tax.map(|(line, _)| line));
        deductions.extend(self.other_deductions(&amounts)?);
        deductions.extend(given_in_kind(person.in_kind));

        let deduction_total = deductions.iter().map(|line| line.amount).sum();
        let bases = Bases {
            remuneration: counted.remuneration,
            labor_wage: counted.labor_wage,
            social_insurance,
            ..Bases::default()
        };
        let net = gross - deduction_total;
        let slip = Slip { pay, deductions, gross, tax_free: counted.tax_free, taxable, deduction_total, net, bases };
        let report = self.report(facts, &insured, counted.currency, counted.in_kind)?;
        let (currency, in_kind, of_month) = (counted.currency, counted.in_kind, premiums.of_month);
        Ok(BonusSlip { slip, currency, in_kind, insured, standard, of_month, tax_rate, report })
    }

    /// The amount of every item that has one: the typed amount on the 標準 item, what is given, formulas in the order of need.
    fn item_amounts<T: Trace>(&self, person: &PersonBonus, trace: &mut T) -> Result<Vec<Option<Exact>>, BonusError> {
        let mut amounts: Vec<Option<Exact>> = self.items.iter().map(|item| self.typed(person, item)).collect();
        for given in &person.given {
            if let Some(amount) = amounts.get_mut(given.item) {
                *amount = Some(amount.unwrap_or(Exact::ZERO).plus(given.amount)?);
            }
        }
        for &at in &self.formula_order {
            let Some(item) = self.items.get(at) else { continue };
            let AmountSource::Formula(formula, rounding) = &item.source else { continue };
            let values =
                BonusValues { plan: self, facts: &person.facts, currency: person.currency, item_amounts: &amounts };
            let exact = formula.evaluate(&values).map_err(|problem| self.formula_error(item, problem))?;
            trace.reason(LineKind::Item(at), || {
                let mut steps = Vec::new();
                let exact = formula.explain(&values, &mut steps).ok();
                Reason { exact, steps, ..Reason::default() }
            });
            let rounded = exact.round(*rounding)?.exact();
            if let Some(amount) = amounts.get_mut(at) {
                *amount = Some(rounded);
            }
        }
        Ok(amounts)
    }

    fn typed(&self, person: &PersonBonus, item: &Item) -> Option<Exact> {
        let typed = matches!(item.source, AmountSource::BasePay) && item.kind == ItemKind::Earning;
        person.currency.filter(|_| typed).map(Yen::exact)
    }

    fn formula_error(&self, item: &Item, problem: crate::formula::EvaluationProblem) -> BonusError {
        match problem {
            crate::formula::EvaluationProblem::Unknown { slot } => BonusError::unknown(self.slot_name(slot)),
            problem => BonusError::Formula { item: item.name.clone(), problem },
        }
    }

    /// The items; where no item takes the typed amount, the line 賞与, or the items that sum to it; and what is given in kind.
    fn pay_lines(&self, person: &PersonBonus, amounts: &[Option<Exact>]) -> Result<Vec<Line>, BonusError> {
        let earnings = self.items.iter().filter(|item| item.kind == ItemKind::Earning);
        let typed_on_item = earnings.clone().any(|item| matches!(item.source, AmountSource::BasePay));
        let mut lines = self.item_lines(ItemKind::Earning, amounts)?;
        if !typed_on_item {
            let of_items: Yen = lines.iter().map(|line| line.amount).sum();
            match person.currency {
                Some(currency) if lines.is_empty() => {
                    lines.push(line(LineKind::BuiltIn(BuiltIn::Bonus), currency, Rule::BonusAmount));
                }
                Some(currency) if currency != of_items => return Err(BonusError::AmountsDisagree),
                None if lines.is_empty() => return Err(BonusError::unknown("支給額（通貨）")),
                _ => {}
            }
        }
        if person.in_kind != Yen::ZERO {
            lines.push(line(LineKind::BuiltIn(BuiltIn::BonusInKind), person.in_kind, Rule::BonusAmount));
        }
        Ok(lines)
    }

    fn other_deductions(&self, amounts: &[Option<Exact>]) -> Result<Vec<Line>, BonusError> {
        self.item_lines(ItemKind::Deduction, amounts)
    }

    fn item_lines(&self, of: ItemKind, amounts: &[Option<Exact>]) -> Result<Vec<Line>, BonusError> {
        let mut lines = Vec::with_capacity(self.items.len().saturating_add(2));
        for ((at, item), amount) in self.items.iter().enumerate().zip(amounts) {
            let Some(exact) = amount.filter(|_| item.kind == of) else { continue };
            let amount = exact.round(Rounding::HalfUp)?;
            let rule = match item.source {
                AmountSource::Formula(..) => Rule::Formula,
                AmountSource::Variable => Rule::Variable,
                AmountSource::Fixed => Rule::Fixed,
                AmountSource::BasePay => Rule::BonusAmount,
            };
            if amount != Yen::ZERO || item.show_zero {
                lines.push(line(LineKind::Item(at), amount, rule));
            }
        }
        Ok(lines)
    }

    fn counted(&self, pay: &[Line]) -> Result<Counted, BonusError> {
        let mut counted = Counted::default();
        for line in pay {
            let item = if let LineKind::Item(at) = line.kind { self.items.get(at) } else { None };
            let built_in =
                if line.kind == LineKind::BuiltIn(BuiltIn::BonusInKind) { IN_KIND_CLASS } else { BONUS_CLASS };
            let class = item.map_or(built_in, |item| item.class);
            match class.tax {
                ItemTaxClass::Taxable => {}
                ItemTaxClass::TaxFree => counted.tax_free += line.amount,
                _ => return Err(BonusError::TaxClass { item: item.map_or(String::new(), |item| item.name.clone()) }),
            }
            match class.remuneration {
                RemunerationClass::Bonus => counted.currency += line.amount,
                RemunerationClass::InKind => counted.in_kind += line.amount,
                RemunerationClass::Included => counted.remuneration += line.amount,
                RemunerationClass::Excluded => {}
            }
            if class.labor_wage {
                counted.labor_wage += line.amount;
            }
        }
        Ok(counted)
    }
}

/// What was given in kind is part of the bonus, but not of the money.
fn given_in_kind(amount: Yen) -> Option<Line> {
    let given = line(LineKind::BuiltIn(BuiltIn::GivenInKind), amount, Rule::BonusAmount);
    (amount != Yen::ZERO).then_some(given)
}

pub(super) fn line(kind: LineKind, amount: Yen, rule: Rule) -> Line {
    Line { kind, amount, quantity: None, rule, month: None, split: None }
}
