use kura_calendar::Date;
use kura_law::{Brackets, Law};
use kura_yen::{Rounding, Yen};

use super::{RULES, TaxAmount, TaxRule, WithholdingError};
use crate::Citations;

/// 電子計算機等の特例 (所得税法189条, 財務省告示) of one 支給日, ready for many people: 月額表 甲欄 alone.
#[derive(Debug, Clone)]
pub struct ComputerFormula<'law> {
    salary_deduction: Brackets<'law>,
    basic_deduction: Brackets<'law>,
    tax: Brackets<'law>,
    per_person: i64,
    unit: i64,
    citations: Citations,
}

impl<'law> ComputerFormula<'law> {
    /// The parameters in force on a 支給日. A year without them is refused by name.
    pub fn on(law: &'law Law, payment_date: Date) -> Result<Self, WithholdingError> {
        let brackets = |name| law.brackets(TaxRule::ComputerFormula.table(), name, payment_date);
        let per_person = law.figure(RULES, "computer_formula.per_person", payment_date)?;
        let unit = law.figure(RULES, "computer_formula.unit_yen", payment_date)?;
        let mut citations = Citations::one(per_person.citation());
        citations.add(unit.citation());
        Ok(Self {
            salary_deduction: brackets("monthly_salary_deduction"),
            basic_deduction: brackets("monthly_basic_deduction"),
            tax: brackets("computer_formula_kou_tax"),
            per_person: per_person.integer()?,
            unit: unit.integer()?,
            citations,
        })
    }

    /// 税額 of one person's monthly pay after social insurance (yen). Every dependant counts, also beyond the printed columns.
    pub fn tax(&self, taxable: Yen, dependents: u16) -> Result<TaxAmount, WithholdingError> {
        let pay = taxable.or_zero();
        // The notice raises a fraction of the salary deduction to the next yen.
        let (salary_deduction, salary_step) = self.salary_deduction.rounded(pay, Rounding::Up)?;
        let (basic_deduction, basic_step) = self.basic_deduction.rounded(pay, Rounding::Down)?;
        let people = Yen::new(self.per_person.saturating_mul(i64::from(dependents)));
        let base = pay - salary_deduction - people - basic_deduction;
        let mut citations = Citations::one(salary_step);
        citations.add(basic_step);
        citations.add_all(&self.citations);
        if base <= Yen::ZERO {
            return Ok(TaxAmount::new(Yen::ZERO, TaxRule::ComputerFormula, citations));
        }
        let (tax, tax_step) = self.tax.value(base.exact())?;
        citations.add(tax_step);
        let tax = tax.round_to(self.unit, Rounding::HalfUp)?;
        Ok(TaxAmount::new(tax.or_zero(), TaxRule::ComputerFormula, citations))
    }
}
