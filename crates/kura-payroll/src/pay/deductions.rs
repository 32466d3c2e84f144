use kura_insurance::RoundingAgreement;
use kura_model::{CashRounding, ShortfallHandling};
use kura_yen::{Rounding, Yen};

use super::PayError;
use super::built_in::BuiltIn;
use super::person::TaxFacts;
use super::rule::Rule;
use super::slip::{Line, LineKind, Quantity};
use super::trace::{Input, Reason, Trace};
use super::work::{Lines, Work, unknown};
use crate::tax::{Method, TaxAmount, TaxColumn, WithholdingTable, non_resident_withholding};

/// 日額表 asks for the pay of each day, and 勤怠 holds the sums of a month.
const UNEVEN_DAYS: PayError = PayError::NotSupported {
    what: "日ごとの額が違う丙欄の給与",
    remedy: "日ごとに日額表で税額を求めて別に計算し、給与履歴と明細履歴に記入してください。日給の額が変わるだけなら、勤怠を対象開始日で分けてください。",
};

impl Work<'_> {
    /// 雇用保険料 on the wages of this payment.
    pub(super) fn employment_line<T: Trace>(
        &self,
        labor_wage: Yen,
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let Some(rates) = &self.person.employment_insurance else { return Ok(()) };
        let agreement = RoundingAgreement::FiftySen;
        let wage = labor_wage.or_zero();
        let premium = rates.premium(wage, agreement)?;
        let kind = LineKind::BuiltIn(BuiltIn::EmploymentInsurance);
        deductions.enter(Line::new(kind, premium.employee, Rule::EmploymentPremium), || Reason {
            inputs: vec![("雇用保険の賃金", wage.into()), ("本人の料率", rates.employee.into())],
            exact: Some(premium.employee_exact),
            rounding: Some(agreement.japanese()),
            citations: vec![premium.citation],
            ..Reason::default()
        });
        Ok(())
    }

    /// 所得税 by column and method, a flat rate for 非居住者, none on pay to the heirs.
    pub(super) fn income_tax_line<T: Trace>(
        &self,
        gross_taxed: Yen,
        taxable: Yen,
        pay: &[Line],
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let plan = self.plan;
        let (base, tax) = match self.person.tax {
            TaxFacts::PaidToHeirs => return Ok(()),
            TaxFacts::NonResident => {
                let paid_on = plan.clocks.payment_date;
                (gross_taxed, non_resident_withholding(plan.law, paid_on, gross_taxed.or_zero())?)
            }
            TaxFacts::Resident(column) => (taxable, self.withholding(column, pay, taxable, gross_taxed)?),
        };
        let kind = LineKind::BuiltIn(BuiltIn::IncomeTax);
        deductions.enter(Line::new(kind, tax.yen, Rule::Tax(tax.rule)), || {
            let mut inputs = vec![("課税対象額", Input::Yen(base))];
            if let Some(row) = tax.row {
                inputs.push(("税額表の行（以上）", row.from.into()));
                inputs.extend(row.to_excl.map(|end| ("税額表の行（未満）", Input::Yen(end))));
            }
            if let TaxFacts::Resident(TaxColumn::Kou { dependents }) = self.person.tax {
                inputs.push(("扶養親族等の数", Input::Text(dependents.to_string())));
            }
            let citations = tax.citations.iter().collect();
            Reason { inputs, exact: Some(tax.yen.exact()), citations, ..Reason::default() }
        });
        Ok(())
    }

    fn withholding(
        &self,
        column: TaxColumn,
        pay: &[Line],
        taxable: Yen,
        gross_taxed: Yen,
    ) -> Result<TaxAmount, PayError> {
        let figures = &self.plan.figures;
        Ok(match (self.plan.method, column, &figures.computer_formula) {
            (Method::ComputerFormula, TaxColumn::Kou { dependents }, Some(formula)) => {
                formula.tax(taxable, dependents)?
            }
            (_, TaxColumn::Hei, _) => self.by_the_day(pay, taxable, gross_taxed)?,
            _ => figures.monthly_table.tax(taxable, column)?,
        })
    }

    /// 丙欄 (日額表): the tax of a day, times the days. It is known only where every day, or every day of a price, has the same
    /// pay.
    fn by_the_day(&self, pay: &[Line], taxable: Yen, gross_taxed: Yen) -> Result<TaxAmount, PayError> {
        let days = self.days_by_price(pay, taxable)?;
        let by_the_day = self.person.variable_contract.pay_type == kura_model::PayType::Daily
            && self.plan.overtime_minutes(self.person) == super::OvertimeMinutes::default();
        let Some((first, others)) = days.split_first().filter(|_| by_the_day && taxable == gross_taxed) else {
            return Err(UNEVEN_DAYS);
        };
        let table = WithholdingTable::daily(self.plan.law, self.plan.clocks.payment_date)?;
        let times = |tax: Yen, days: i64| Yen::new(tax.get().saturating_mul(days));
        let tax = table.tax(first.0, TaxColumn::Hei)?;
        let mut sum = times(tax.yen, first.1);
        for (of_day, days) in others {
            sum += times(table.tax(*of_day, TaxColumn::Hei)?.yen, *days);
        }
        Ok(TaxAmount { yen: sum, ..tax })
    }

    /// What is taxed of a day, and how many such days: by the lines of 日給, or alike on every day worked. None where neither
    /// holds.
    fn days_by_price(&self, pay: &[Line], taxable: Yen) -> Result<Vec<(Yen, i64)>, PayError> {
        let by_day = pay.iter().filter(|line| line.rule == Rule::DailyTimesDays && line.amount != Yen::ZERO);
        if by_day.clone().map(|line| line.amount).sum::<Yen>() == taxable {
            let of_line = |line: &Line| {
                let Quantity { count, unit } = line.quantity.filter(|of| of.count.is_whole() && of.unit.is_whole())?;
                Some((unit.round(Rounding::Down).ok()?, count.round(Rounding::Down).ok()?.get()))
            };
            return Ok(by_day.map(of_line).collect::<Option<Vec<_>>>().unwrap_or_default());
        }
        let days = self.person.attendance.worked_days.ok_or_else(|| unknown("出勤日数"))?;
        let days = if days.is_whole() { days.round(Rounding::Down)?.get() } else { 0 };
        let even = self.person.parts.is_empty() && taxable.get().checked_rem(days) == Some(0);
        let of_day = taxable.get().checked_div(days).filter(|_| even);
        Ok(of_day.map(|of_day| (Yen::new(of_day), days)).into_iter().collect())
    }

    /// 住民税 from the notices.
    pub(super) fn inhabitant_lines<T: Trace>(&self, deductions: &mut Lines<'_, T>) {
        for (month, amount) in self.person.inhabitant_tax.iter().filter(|(_, amount)| *amount != Yen::ZERO) {
            let kind = LineKind::BuiltIn(BuiltIn::InhabitantTax);
            let line = Line { month: Some(*month), ..Line::new(kind, *amount, Rule::InhabitantNotice) };
            deductions.enter(line, || Reason {
                inputs: vec![("徴収する月", Input::Text(month.to_string())), ("通知の月割額", (*amount).into())],
                exact: Some(amount.exact()),
                ..Reason::default()
            });
        }
    }

    /// What is left over from earlier payments, and what this one leaves over. A net below zero stays as it is: nothing can be
    /// recovered from it, and it is asked of the person or advanced by the employer.
    pub(super) fn settlement_lines<T: Trace>(&self, gross: Yen, deductions: &mut Lines<'_, T>) -> Result<(), PayError> {
        let carried = self.person.carried;
        if carried.fraction == Yen::ZERO
            && carried.advance == Yen::ZERO
            && self.plan.rules.cash_rounding == CashRounding::NotCarried
        {
            return Ok(());
        }
        let mut enter = |built_in, amount: Yen, rule, whole: Yen| {
            if amount != Yen::ZERO {
                deductions.enter(Line::new(LineKind::BuiltIn(built_in), amount, rule), || Reason {
                    inputs: vec![("もとの額", whole.into())],
                    exact: Some(amount.exact()),
                    ..Reason::default()
                });
            }
            deductions.sum()
        };
        let taken = enter(BuiltIn::FractionCarriedIn, -carried.fraction, Rule::CarriedFraction, carried.fraction);
        let left = (gross - taken).or_zero();
        if carried.advance > Yen::ZERO && self.plan.rules.shortfall_handling != ShortfallHandling::AdvancedByEmployer {
            return Err(PayError::NeedsAgreement { what: "立替金の返済" });
        }
        let recovered = carried.advance.or_zero().min(left);
        let taken = enter(BuiltIn::AdvanceRecovered, recovered, Rule::AdvanceRecovered, carried.advance);
        let net = (gross - taken).or_zero();
        let unit = match self.plan.rules.cash_rounding {
            CashRounding::NotCarried => None,
            CashRounding::Below100NextMonth => Some(100),
            CashRounding::Below1000NextMonth => Some(1_000),
        };
        if let Some(unit) = unit.filter(|_| !carried.last_payment) {
            enter(BuiltIn::FractionCarriedOut, net - net.floor_to(unit), Rule::CarriedFraction, net);
        }
        Ok(())
    }
}
