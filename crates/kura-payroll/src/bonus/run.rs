use kura_model::{FixedWage, ItemKind, ItemTaxClass, PremiumBase, RemunerationClass};
use kura_yen::Yen;

use super::insured::Insured;
use super::items::ItemAmounts;
use super::person::PersonBonus;
use super::slip::BonusSlip;
use super::standard::StandardBonusOfMonth;
use super::{BonusError, BonusPlan};
use crate::pay::{AmountSource, BuiltIn, ItemClass, Line, LineKind, Lines, Reason, Rule, Slip, Trace};

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
    /// The slip of one person. The same inputs give the same slip; with `()` as trace no reason is made. No slip leaves it that
    /// does not add up ([`Slip::verify`]).
    pub fn pay<T: Trace>(&self, person: &PersonBonus, trace: &mut T) -> Result<BonusSlip, BonusError> {
        let amounts = ItemAmounts::of(self, person)?;
        let mut slip = Slip::default();
        let mut pay = Lines { lines: &mut slip.pay, trace };
        self.pay_lines(person, &amounts, &mut pay)?;
        slip.gross = pay.sum();
        let counted = self.counted(pay.lines)?;
        (slip.tax_free, slip.bases.remuneration) = (counted.tax_free, counted.remuneration);
        slip.bases.labor_wage = counted.labor_wage;

        let facts = &person.insurance;
        let insured = Insured::of(self.law, facts, self.paid_on)?;
        let amount = counted.currency + counted.in_kind;
        let standard = StandardBonusOfMonth::of(self.law, facts, &insured, self.paid_on, amount)?;
        standard.explain(&insured, trace);
        let mut deductions = Lines { lines: &mut slip.deductions, trace };
        let of_month = self.premiums(facts, &insured, &standard, &mut deductions)?;
        self.employment_line(person, counted.labor_wage, &mut deductions)?;
        slip.bases.social_insurance = deductions.sum();
        let gross_taxed = slip.gross - slip.tax_free;
        slip.taxable = gross_taxed - slip.bases.social_insurance;
        let tax_rate = self.income_tax_line(person, gross_taxed, slip.taxable, &mut deductions)?;
        self.item_lines(ItemKind::Deduction, person, &amounts, &mut deductions)?;
        if person.in_kind != Yen::ZERO {
            // What was given in kind is part of the bonus, but not of the money.
            in_kind_line(BuiltIn::GivenInKind, person.in_kind, &mut deductions);
        }

        slip.deduction_total = deductions.sum();
        slip.net = slip.gross - slip.deduction_total;
        slip.verify()?;
        let report = self.report(facts, &insured, counted.currency, counted.in_kind)?;
        let Counted { currency, in_kind, .. } = counted;
        Ok(BonusSlip { slip, currency, in_kind, insured, standard, of_month, tax_rate, report })
    }

    /// The items; where no item takes the typed amount, the line 賞与, or the items that sum to it; and what is given in kind.
    fn pay_lines<T: Trace>(
        &self,
        person: &PersonBonus,
        amounts: &ItemAmounts,
        lines: &mut Lines<'_, T>,
    ) -> Result<(), BonusError> {
        self.item_lines(ItemKind::Earning, person, amounts, lines)?;
        match person.currency {
            None if lines.lines.is_empty() => return Err(BonusError::unknown("支給額（通貨）")),
            Some(currency) if amounts.standard_item.is_none() => {
                if lines.lines.is_empty() {
                    let line = Line::new(LineKind::BuiltIn(BuiltIn::Bonus), currency, Rule::BonusAmount);
                    lines.enter(line, || amount_reason(currency));
                } else if currency != lines.sum() {
                    return Err(BonusError::AmountsDisagree);
                }
            }
            _ => {}
        }
        if person.in_kind != Yen::ZERO {
            in_kind_line(BuiltIn::BonusInKind, person.in_kind, lines);
        }
        Ok(())
    }

    fn item_lines<T: Trace>(
        &self,
        of: ItemKind,
        person: &PersonBonus,
        amounts: &ItemAmounts,
        lines: &mut Lines<'_, T>,
    ) -> Result<(), BonusError> {
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.kind == of) {
            let Some(amount) = amounts.paid(at)? else { continue };
            let rule = match item.source {
                AmountSource::Formula(..) => Rule::Formula,
                AmountSource::Variable => Rule::Variable,
                AmountSource::Fixed => Rule::Fixed,
                AmountSource::BasePay => Rule::BonusAmount,
            };
            if amount != Yen::ZERO || item.show_zero {
                lines.enter(Line::new(LineKind::Item(at), amount, rule), || amounts.reason(self, person, at));
            }
        }
        Ok(())
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

/// The reason of an amount that was typed.
pub(super) fn amount_reason(amount: Yen) -> Reason {
    Reason { inputs: vec![("金額", amount.into())], exact: Some(amount.exact()), ..Reason::default() }
}

fn in_kind_line<T: Trace>(built_in: BuiltIn, amount: Yen, lines: &mut Lines<'_, T>) {
    lines.enter(Line::new(LineKind::BuiltIn(built_in), amount, Rule::BonusAmount), || amount_reason(amount));
}
