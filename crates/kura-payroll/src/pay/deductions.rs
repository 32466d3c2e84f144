use kura_insurance::{HealthRounding, RoundingAgreement};
use kura_yen::{Exact, Yen};

use super::built_in::BuiltIn;
use super::person::{PersonMonth, PremiumDue, TaxFacts};
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Reason, Trace};
use super::{PayError, PayPlan};
use crate::tax::{Method, TaxAmount, TaxColumn, non_resident_withholding};

impl PayPlan<'_> {
    /// 健康保険料 and 厚生年金保険料 of each premium month this pay carries.
    pub(super) fn social_lines<T: Trace>(&self, person: &PersonMonth, trace: &mut T) -> Result<Vec<Line>, PayError> {
        let mut lines = Vec::with_capacity(person.premiums.len().saturating_mul(2));
        for due in &person.premiums {
            lines.extend(health_line(due, trace)?);
            lines.extend(pension_line(due, trace)?);
        }
        Ok(lines)
    }

    /// 雇用保険料 on the wages of this payment.
    pub(super) fn employment_line<T: Trace>(
        &self,
        person: &PersonMonth,
        labor_wage: Yen,
        trace: &mut T,
    ) -> Result<Option<Line>, PayError> {
        let Some(rates) = &person.employment_insurance else { return Ok(None) };
        let wage = person.employee_part_of_officer_pay.unwrap_or(labor_wage).or_zero();
        let premium = rates.premium(wage, RoundingAgreement::FiftySen)?;
        let kind = LineKind::BuiltIn(BuiltIn::EmploymentInsurance);
        trace.reason(kind, || Reason {
            inputs: vec![("雇用保険の賃金", wage.to_string()), ("本人の料率", rates.employee.to_string())],
            exact: Some(premium.employee_exact),
            rounding: Some("50銭以下切捨・50銭超切上"),
            citations: vec![premium.citation],
            ..Reason::default()
        });
        Ok(Some(deduction(kind, premium.employee, Rule::EmploymentPremium)))
    }

    /// 所得税 by column and method, a flat rate for 非居住者, none on pay to the heirs.
    pub(super) fn income_tax_line<T: Trace>(
        &self,
        person: &PersonMonth,
        gross_taxed: Yen,
        taxable: Yen,
        trace: &mut T,
    ) -> Result<Option<Line>, PayError> {
        let tax = match person.tax {
            TaxFacts::PaidToHeirs => return Ok(None),
            TaxFacts::NonResident => {
                non_resident_withholding(self.law, self.clocks.payment_date, gross_taxed.or_zero())?
            }
            TaxFacts::Resident(column) => self.withholding(column, taxable)?,
        };
        let kind = LineKind::BuiltIn(BuiltIn::IncomeTax);
        trace.reason(kind, || Reason {
            inputs: vec![("課税対象額", taxable.to_string())],
            citations: tax.citations.iter().collect(),
            ..Reason::default()
        });
        Ok(Some(deduction(kind, tax.yen, Rule::Tax(tax.rule))))
    }

    fn withholding(&self, column: TaxColumn, taxable: Yen) -> Result<TaxAmount, PayError> {
        Ok(match (self.method, column, &self.computer_formula) {
            (Method::ComputerFormula, TaxColumn::Kou { dependents }, Some(formula)) => {
                formula.tax(taxable, dependents)?
            }
            (_, TaxColumn::Hei, _) => return Err(PayError::NotSupported { what: "丙欄（日額表）の給与" }),
            _ => self.monthly_table.tax(taxable, column)?,
        })
    }

    /// 住民税 from the notices.
    pub(super) fn inhabitant_lines<'person>(
        &self,
        person: &'person PersonMonth,
    ) -> impl Iterator<Item = Line> + 'person {
        let due = person.inhabitant_tax.iter().filter(|(_, amount)| *amount != Yen::ZERO);
        due.map(|(month, amount)| Line {
            month: Some(*month),
            ..deduction(LineKind::BuiltIn(BuiltIn::InhabitantTax), *amount, Rule::InhabitantNotice)
        })
    }
}

fn health_line<T: Trace>(due: &PremiumDue, trace: &mut T) -> Result<Option<Line>, PayError> {
    let kind = LineKind::BuiltIn(BuiltIn::HealthInsurance);
    if let Some(notified) =
        due.notified.and_then(|notified| notified.health.map(|full| (full, notified.employee_share)))
    {
        return notified_line(kind, due, notified, trace).map(Some);
    }
    let Some((rates, standard)) = &due.health else { return Ok(None) };
    let premium = rates.premium(*standard, due.rounding, due.agreement)?;
    let lines = premium.lines;
    trace.reason(kind, || Reason {
        inputs: vec![
            ("標準報酬月額", standard.to_string()),
            ("健康保険（本人）", premium.employee_exact.health.to_string()),
            ("介護保険（本人）", premium.employee_exact.care.to_string()),
            ("子ども・子育て支援金（本人）", premium.employee_exact.support_levy.to_string()),
        ],
        rounding: Some(due.agreement.japanese()),
        citations: premium.citations().collect(),
        ..Reason::default()
    });
    let rule = match due.rounding {
        HealthRounding::CombinedOnce => Rule::SocialPremium,
        HealthRounding::SupportLevySeparate => Rule::SocialPremiumLevyApart,
    };
    let split = Some([lines.health, lines.care, lines.support_levy]);
    Ok(Some(Line { month: Some(due.month), split, ..deduction(kind, premium.employee, rule) }))
}

fn pension_line<T: Trace>(due: &PremiumDue, trace: &mut T) -> Result<Option<Line>, PayError> {
    let kind = LineKind::BuiltIn(BuiltIn::EmployeesPension);
    if let Some(notified) =
        due.notified.and_then(|notified| notified.pension.map(|full| (full, notified.employee_share)))
    {
        return notified_line(kind, due, notified, trace).map(Some);
    }
    let Some((rates, standard)) = &due.pension else { return Ok(None) };
    let premium = rates.premium(*standard, RoundingAgreement::FiftySen)?;
    trace.reason(kind, || Reason {
        inputs: vec![("標準報酬月額", standard.to_string())],
        exact: Some(premium.employee_exact),
        rounding: Some(RoundingAgreement::FiftySen.japanese()),
        citations: premium.citations().collect(),
        ..Reason::default()
    });
    Ok(Some(Line { month: Some(due.month), ..deduction(kind, premium.employee, Rule::SocialPremium) }))
}

fn notified_line<T: Trace>(
    kind: LineKind,
    due: &PremiumDue,
    (full, share): (Exact, Exact),
    trace: &mut T,
) -> Result<Line, PayError> {
    let exact = full.times(share)?;
    let amount = exact.round(due.agreement.rounding())?;
    trace.reason(kind, || Reason {
        inputs: vec![("通知された全額", full.to_string())],
        exact: Some(exact),
        rounding: Some(due.agreement.japanese()),
        ..Reason::default()
    });
    Ok(Line { month: Some(due.month), ..deduction(kind, amount, Rule::NotifiedPremium) })
}

fn deduction(kind: LineKind, amount: Yen, rule: Rule) -> Line {
    Line { kind, amount, quantity: None, rule, month: None, split: None }
}
