use kura_insurance::{EmploymentInsuranceRates, RoundingAgreement};
use kura_yen::{Rate, Yen};

use super::person::PersonBonus;
use super::previous_pay::PreviousPay;
use super::run::line;
use super::{BonusError, BonusPlan};
use crate::pay::{BuiltIn, Line, LineKind, Reason, Rule, TaxFacts, Trace};
use crate::tax::{Bonus, BonusWithholding, TaxAmount, TaxColumn, non_resident_withholding};

impl BonusPlan<'_> {
    /// 雇用保険料: the rate of the 支給日, never exempt.
    pub(super) fn employment_line<T: Trace>(
        &self,
        person: &PersonBonus,
        labor_wage: Yen,
        trace: &mut T,
    ) -> Result<Option<Line>, BonusError> {
        let Some(business) = person.employment_insurance else { return Ok(None) };
        let wage = person.employee_part_of_officer_bonus.unwrap_or(labor_wage).or_zero();
        let rates = EmploymentInsuranceRates::on(self.law, self.paid_on, business)?;
        let premium = rates.premium(wage, RoundingAgreement::FiftySen)?;
        let kind = LineKind::BuiltIn(BuiltIn::EmploymentInsurance);
        trace.reason(kind, || Reason {
            inputs: vec![("雇用保険の賃金", wage.into()), ("本人の料率", rates.employee.into())],
            exact: Some(premium.employee_exact),
            rounding: Some(RoundingAgreement::FiftySen.japanese()),
            citations: vec![premium.citation],
            ..Reason::default()
        });
        Ok(Some(line(kind, premium.employee, Rule::EmploymentPremium)))
    }

    /// 所得税 by the rate table or its two exceptions, a flat rate for 非居住者, none on what is paid to the heirs.
    pub(super) fn income_tax<T: Trace>(
        &self,
        person: &PersonBonus,
        gross_taxed: Yen,
        taxable: Yen,
        trace: &mut T,
    ) -> Result<Option<(Line, Option<Rate>)>, BonusError> {
        let (tax, rate) = match person.tax {
            TaxFacts::PaidToHeirs => return Ok(None),
            TaxFacts::NonResident => (non_resident_withholding(self.law, self.paid_on, gross_taxed.or_zero())?, None),
            TaxFacts::Resident(column) => self.withholding(person, column, taxable)?,
        };
        let kind = LineKind::BuiltIn(BuiltIn::IncomeTax);
        trace.reason(kind, || Reason {
            inputs: vec![
                ("社会保険料控除後の賞与", taxable.into()),
                ("前月の給与（社会保険料控除後）", person.previous_pay.words().into()),
                ("算定期間（月）", person.period_months.to_string().into()),
                (
                    "賞与の金額に乗ずべき率",
                    rate.map_or_else(|| "月額表による".to_owned(), |rate: Rate| rate.to_string()).into(),
                ),
            ],
            citations: tax.citations.iter().collect(),
            ..Reason::default()
        });
        Ok(Some((line(kind, tax.yen, Rule::Tax(tax.rule)), rate)))
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
