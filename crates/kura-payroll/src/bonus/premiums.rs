use kura_calendar::{Date, Month};
use kura_insurance::{
    HealthPremium, HealthRates, HealthRounding, PartRate, PensionPremium, PensionRates, RoundingAgreement,
    TwoEstablishments, two_establishments,
};
use kura_law::Law;
use kura_yen::{Exact, Yen};

use super::insured::{Charge, Insured};
use super::person::{HealthInsurer, InsuranceFacts, InsurerRates, TakenPremiums};
use super::slip::MonthPremiums;
use super::standard::StandardBonusOfMonth;
use super::{BonusError, BonusPlan};
use crate::pay::{BuiltIn, Input, Line, LineKind, Lines, Reason, Rule, Trace};

/// One scheme's premium: the full amount and the employee's share of the month, and what an earlier bonus already bore.
struct Due {
    full: Exact,
    employee_exact: Exact,
    employee: Yen,
    taken: Yen,
    agreement: RoundingAgreement,
    citations: Vec<kura_law::CitationId>,
}

impl BonusPlan<'_> {
    /// 健康保険料 and 厚生年金保険料 on the 標準賞与額 of the month, less what earlier bonuses of the month bore.
    pub(super) fn premiums<T: Trace>(
        &self,
        facts: &InsuranceFacts,
        insured: &Insured,
        standard: &StandardBonusOfMonth,
        deductions: &mut Lines<'_, T>,
    ) -> Result<MonthPremiums, BonusError> {
        let mut of_month = MonthPremiums::default();
        if insured.health == Charge::Charged {
            let insurer = facts.insurer.as_ref().ok_or_else(|| BonusError::unknown("保険者コード"))?;
            let rates = health_rates(self.law, self.payment_month(), insurer, insured.care)?;
            let premium = rates.premium(standard.health, facts.rounding, insurer.agreement)?;
            self.health_line(facts, standard, &premium, self.taken(facts, insured.health_since), deductions)?;
            of_month.health = facts.two_establishments.is_none().then_some(premium);
        }
        if insured.pension == Charge::Charged {
            let rates = PensionRates::national(self.law, self.payment_month())?;
            let premium = rates.premium(standard.pension, RoundingAgreement::FiftySen)?;
            self.pension_line(facts, standard, &premium, self.taken(facts, insured.pension_since).pension, deductions)?;
            of_month.pension = facts.two_establishments.is_none().then_some(premium);
        }
        Ok(of_month)
    }

    /// What earlier bonuses of the month and the same spell bore.
    fn taken(&self, facts: &InsuranceFacts, since: Option<Date>) -> TakenPremiums {
        let month = self.payment_month();
        let earlier = facts.earlier.iter().filter(|bonus| bonus.paid_on <= self.paid_on && bonus.is_of(month, since));
        earlier.fold(TakenPremiums::NONE, |sum, bonus| sum.plus(bonus.taken))
    }

    fn health_line<T: Trace>(
        &self,
        facts: &InsuranceFacts,
        standard: &StandardBonusOfMonth,
        premium: &HealthPremium,
        taken: TakenPremiums,
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), BonusError> {
        let exact = premium.employee_exact;
        let mut due = Due {
            full: premium.full_total()?,
            employee_exact: exact.health.plus(exact.care)?.plus(exact.support_levy)?,
            employee: premium.employee,
            taken: taken.health,
            agreement: premium.agreement,
            citations: standard.citations.iter().chain(premium.citations()).collect(),
        };
        let decimals = "two_workplaces.decimals_kept.health";
        let notified = facts.two_establishments.and_then(|both| both.notified).and_then(|notified| notified.health);
        let split = self.split(facts, standard.health_bonuses, notified, decimals, &mut due)?;
        let rule = split.unwrap_or(match premium.mode {
            HealthRounding::CombinedOnce => Rule::BonusPremium,
            HealthRounding::SupportLevySeparate => Rule::BonusPremiumLevyApart,
        });
        let lines = premium.lines;
        let known = taken.known_parts().filter(|_| split.is_none());
        let parts = known.map(|taken| {
            [lines.health - taken.health, lines.care - taken.care, lines.support_levy - taken.support_levy]
        });
        let line = Line { split: parts, ..self.line(BuiltIn::HealthInsurance, &due, rule) };
        due.enter(line, standard.health, deductions);
        Ok(())
    }

    fn pension_line<T: Trace>(
        &self,
        facts: &InsuranceFacts,
        standard: &StandardBonusOfMonth,
        premium: &PensionPremium,
        taken: Yen,
        deductions: &mut Lines<'_, T>,
    ) -> Result<(), BonusError> {
        let mut due = Due {
            full: premium.full,
            employee_exact: premium.employee_exact,
            employee: premium.employee,
            taken,
            agreement: premium.agreement,
            citations: standard.citations.iter().chain(premium.citations()).collect(),
        };
        let decimals = "two_workplaces.decimals_kept.pension";
        let notified = facts.two_establishments.and_then(|both| both.notified).and_then(|notified| notified.pension);
        let rule = self.split(facts, standard.pension_bonuses, notified, decimals, &mut due)?;
        let line = self.line(BuiltIn::EmployeesPension, &due, rule.unwrap_or(Rule::BonusPremium));
        due.enter(line, standard.pension, deductions);
        Ok(())
    }

    /// 二以上事業所勤務: the notified full amount, or the full premium on both bonuses split by their amounts; the employee
    /// bears the same part of it as of the whole. Nothing changes for everybody else.
    fn split(
        &self,
        facts: &InsuranceFacts,
        bonuses: Yen,
        notified: Option<Exact>,
        decimals: &str,
        due: &mut Due,
    ) -> Result<Option<Rule>, BonusError> {
        let Some(both) = facts.two_establishments else { return Ok(None) };
        if let Some((full, share)) = notified.zip(both.notified.map(|notified| notified.employee_share)) {
            (due.full, due.employee_exact) = (full, full.times(share)?);
            due.employee = due.employee_exact.round(due.agreement.rounding())?;
            return Ok(Some(Rule::NotifiedPremium));
        }
        let other = both.other_bonus.ok_or_else(|| BonusError::unknown("二以上勤務の他社の賞与額または通知額"))?;
        if due.full != Exact::ZERO {
            let own = bonuses - other;
            let TwoEstablishments { own_full, citation, .. } = self.own_part(due.full, own, other, decimals)?;
            due.employee_exact = own_full.times(due.employee_exact)?.divided_by(due.full)?;
            due.full = own_full;
            due.employee = due.employee_exact.round(due.agreement.rounding())?;
            due.citations.push(citation);
        }
        Ok(Some(Rule::SplitPremium))
    }

    fn own_part(&self, full: Exact, own: Yen, other: Yen, decimals: &str) -> Result<TwoEstablishments, BonusError> {
        let on = self.payment_month().first_day();
        let figure = self.law.figure("social_insurance_rules", decimals, on)?;
        let decimals = u32::try_from(figure.integer()?).map_err(|_| figure.unreadable("桁数ではありません"))?;
        Ok(two_establishments(self.law, on, full, own, other, decimals)?)
    }

    /// What is still to be taken.
    fn line(&self, built_in: BuiltIn, due: &Due, rule: Rule) -> Line {
        let line = Line::new(LineKind::BuiltIn(built_in), due.employee - due.taken, rule);
        Line { month: Some(self.payment_month()), ..line }
    }
}

impl Due {
    /// Enters the line, unless nothing is left to be taken.
    fn enter<T: Trace>(&self, line: Line, standard: Yen, deductions: &mut Lines<'_, T>) {
        if line.amount == Yen::ZERO {
            return;
        }
        deductions.enter(line, || {
            let mut inputs = vec![("標準賞与額", Input::Yen(standard)), ("全額", self.full.into())];
            if self.taken != Yen::ZERO {
                inputs.push(("同じ月の賞与から控除済み", self.taken.into()));
            }
            Reason {
                inputs,
                exact: Some(self.employee_exact),
                rounding: Some(self.agreement.japanese()),
                citations: self.citations.clone(),
                ..Reason::default()
            }
        });
    }
}

fn health_rates(law: &Law, month: Month, insurer: &HealthInsurer, care: bool) -> Result<HealthRates, BonusError> {
    Ok(match &insurer.rates {
        InsurerRates::Kyokai { prefecture } => HealthRates::kyokai(law, month, prefecture, care)?,
        InsurerRates::Society(rates) if care => **rates,
        InsurerRates::Society(rates) => HealthRates { care: PartRate::NONE, ..**rates },
    })
}
