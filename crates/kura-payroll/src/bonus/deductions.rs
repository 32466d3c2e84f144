use kura_insurance::{EmploymentInsuranceRates, RoundingAgreement};
use kura_yen::{Rate, Yen};

use super::person::PersonBonus;
use super::previous_pay::PreviousPay;
use super::{BonusError, BonusPlan};
use crate::pay::{BuiltIn, Input, Line, LineKind, Lines, Reason, Rule, TaxFacts, Trace};
use crate::tax::{Bonus, BonusWithholding, TaxAmount, TaxColumn, non_resident_withholding};

impl BonusPlan<'_> {
    /// 雇用保険料: the rate of the 支給日, never exempt.
    pub(super) fn employment_line<T: Trace>(
        &self,
        person: &PersonBonus,
        labor_wage: Yen,
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), BonusError> {
        let Some(business) = person.employment_insurance else { return Ok(()) };
        let wage = person.employee_part_of_officer_bonus.unwrap_or(labor_wage).or_zero();
        let rates = EmploymentInsuranceRates::on(self.law, self.paid_on, business)?;
        let premium = rates.premium(wage, RoundingAgreement::FiftySen)?;
        let kind = LineKind::BuiltIn(BuiltIn::EmploymentInsurance);
        deductions.enter(Line::new(kind, premium.employee, Rule::EmploymentPremium), || Reason {
            inputs: vec![("雇用保険の賃金", wage.into()), ("本人の料率", rates.employee.into())],
            exact: Some(premium.employee_exact),
            rounding: Some(RoundingAgreement::FiftySen.japanese()),
            citations: vec![premium.citation],
            ..Reason::default()
        });
        Ok(())
    }

    /// 所得税 by the rate table or its two exceptions, a flat rate for 非居住者, none on what is paid to the heirs. The rate of the
    /// table, where it was used.
    pub(super) fn income_tax_line<T: Trace>(
        &self,
        person: &PersonBonus,
        gross_taxed: Yen,
        taxable: Yen,
        deductions: &mut Lines<'_, T>,
    ) -> Result<Option<Rate>, BonusError> {
        let (base, tax, rate) = match person.tax {
            TaxFacts::PaidToHeirs => return Ok(None),
            TaxFacts::NonResident => {
                (gross_taxed, non_resident_withholding(self.law, self.paid_on, gross_taxed.or_zero())?, None)
            }
            TaxFacts::Resident(column) => {
                let (tax, rate) = self.withholding(person, column, taxable)?;
                (taxable, tax, rate)
            }
        };
        let kind = LineKind::BuiltIn(BuiltIn::IncomeTax);
        deductions.enter(Line::new(kind, tax.yen, Rule::Tax(tax.rule)), || {
            let mut inputs = vec![("課税対象額", Input::Yen(base))];
            if let TaxFacts::Resident(column) = person.tax {
                inputs.push(("前月の給与（社会保険料控除後）", person.previous_pay.words().into()));
                if let TaxColumn::Kou { dependents } = column {
                    inputs.push(("扶養親族等の数", dependents.to_string().into()));
                }
                inputs.push(match rate {
                    Some(rate) => ("賞与の金額に乗ずべき率", rate.exact().into()),
                    None => ("算定期間（月）", person.period_months.to_string().into()),
                });
            }
            let exact = rate.and_then(|rate| rate.of(base.or_zero()).ok()).or(Some(tax.yen.exact()));
            Reason { inputs, exact, citations: tax.citations.iter().collect(), ..Reason::default() }
        });
        Ok(rate)
    }

    fn withholding(
        &self,
        person: &PersonBonus,
        column: TaxColumn,
        taxable: Yen,
    ) -> Result<(TaxAmount, Option<Rate>), BonusError> {
        if person.previous_pay == PreviousPay::Unknown {
            return Err(BonusError::unknown("前月の給与（社保控除後）"));
        }
        let bonus = Bonus {
            after_social_insurance: taxable,
            previous_pay: person.previous_pay.amount(),
            column,
            period_months: person.period_months,
        };
        let found = BonusWithholding::on(self.law, self.paid_on, self.method).tax(&bonus)?;
        Ok((found.tax, found.rate))
    }
}
