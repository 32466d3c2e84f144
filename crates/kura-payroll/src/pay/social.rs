use kura_insurance::{HealthRounding, RoundingAgreement};
use kura_model::ShortfallHandling;
use kura_yen::Exact;

use super::PayError;
use super::built_in::BuiltIn;
use super::person::PremiumDue;
use super::rule::Rule;
use super::slip::{Line, LineKind};
use super::trace::{Reason, Trace};
use super::work::{Lines, Work};

impl Work<'_> {
    /// 健康保険料 and 厚生年金保険料 of each premium month this pay carries. Without an agreement only the month before, and for
    /// a leaver the month of leaving, may be taken (健康保険法167条, 厚生年金保険法84条).
    pub(super) fn social_lines<T: Trace>(&self, deductions: &mut Lines<'_, T>) -> Result<(), PayError> {
        for due in &self.person.premiums {
            let months_ago = self.plan.clocks.payment_month.months_since(due.month);
            if months_ago > 1 && self.plan.rules.shortfall_handling != ShortfallHandling::AdvancedByEmployer {
                return Err(PayError::NeedsAgreement { what: "前月より前の社会保険料" });
            }
            self.health_line(due, deductions)?;
            self.pension_line(due, deductions)?;
        }
        Ok(())
    }

    fn health_line<T: Trace>(&self, due: &PremiumDue, deductions: &mut Lines<'_, T>) -> Result<(), PayError> {
        let kind = LineKind::BuiltIn(BuiltIn::HealthInsurance);
        if let Some((full, share)) = due.notified.and_then(|by| Some((by.health?, by.employee_share))) {
            return self.notified_line(kind, due, due.agreement, (full, share), deductions);
        }
        let Some((rates, standard)) = &due.health else { return Ok(()) };
        let premium = rates.premium(*standard, due.rounding, due.agreement)?;
        let rule = match due.rounding {
            HealthRounding::CombinedOnce => Rule::SocialPremium,
            HealthRounding::SupportLevySeparate => Rule::SocialPremiumLevyApart,
        };
        let lines = premium.lines;
        let split = Some([lines.health, lines.care, lines.support_levy]);
        let line = Line { month: Some(due.month), split, ..Line::new(kind, premium.employee, rule) };
        deductions.enter(line, || {
            let of = premium.employee_exact;
            Reason {
                inputs: vec![
                    ("標準報酬月額", (*standard).into()),
                    ("健康保険（本人）", of.health.into()),
                    ("介護保険（本人）", of.care.into()),
                    ("子ども・子育て支援金（本人）", of.support_levy.into()),
                ],
                exact: of.health.plus(of.care).and_then(|sum| sum.plus(of.support_levy)).ok(),
                rounding: Some(due.agreement.japanese()),
                citations: premium.citations().collect(),
                ..Reason::default()
            }
        });
        Ok(())
    }

    fn pension_line<T: Trace>(&self, due: &PremiumDue, deductions: &mut Lines<'_, T>) -> Result<(), PayError> {
        let kind = LineKind::BuiltIn(BuiltIn::EmployeesPension);
        let agreement = RoundingAgreement::FiftySen;
        if let Some((full, share)) = due.notified.and_then(|by| Some((by.pension?, by.employee_share))) {
            return self.notified_line(kind, due, agreement, (full, share), deductions);
        }
        let Some((rates, standard)) = &due.pension else { return Ok(()) };
        let premium = rates.premium(*standard, agreement)?;
        let line = Line { month: Some(due.month), ..Line::new(kind, premium.employee, Rule::SocialPremium) };
        deductions.enter(line, || Reason {
            inputs: vec![("標準報酬月額", (*standard).into()), ("本人の料率", rates.pension.employee().into())],
            exact: Some(premium.employee_exact),
            rounding: Some(agreement.japanese()),
            citations: premium.citations().collect(),
            ..Reason::default()
        });
        Ok(())
    }

    /// 二以上事業所勤務: the employee's share of what the pension office notified.
    fn notified_line<T: Trace>(
        &self,
        kind: LineKind,
        due: &PremiumDue,
        agreement: RoundingAgreement,
        (full, share): (Exact, Exact),
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), PayError> {
        let exact = full.times(share)?;
        let amount = exact.round(agreement.rounding())?;
        let line = Line { month: Some(due.month), ..Line::new(kind, amount, Rule::NotifiedPremium) };
        deductions.enter(line, || {
            let half = self.plan.law.figure("social_insurance_rules", "employee_share.divisor", due.month.first_day());
            Reason {
                inputs: vec![("通知された全額", full.into()), ("本人の割合", share.into())],
                exact: Some(exact),
                rounding: Some(agreement.japanese()),
                citations: half.map(|figure| vec![figure.citation()]).unwrap_or_default(),
                ..Reason::default()
            }
        });
        Ok(())
    }
}
