use kura_law::CitationId;
use kura_yen::{Exact, Rounding, Yen, YenError};

use crate::InsuranceError;
use crate::agreement::{HealthRounding, RoundingAgreement};
use crate::premium_rates::{EmployeeShare, HealthParts, HealthRates, PartRate, PensionRates};

/// The health premium of one person for one premium month or bonus: basic part, care and support levy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthPremium {
    /// 全額 of each part, unrounded.
    pub full: HealthParts<Exact>,
    /// The employee's share of each part, unrounded.
    pub employee_exact: HealthParts<Exact>,
    /// What is taken from pay, yen.
    pub employee: Yen,
    /// The employee's share by parts, yen; the parts sum to [`Self::employee`].
    pub lines: HealthParts<Yen>,
    /// Whether the levy was rounded with the rest.
    pub mode: HealthRounding,
    /// How the share became whole.
    pub agreement: RoundingAgreement,
    rates: HealthRates,
}

impl HealthPremium {
    /// 全額, unrounded: what the employer is billed for this person.
    pub fn full_total(&self) -> Result<Exact, YenError> {
        self.full.health.plus(self.full.care)?.plus(self.full.support_levy)
    }

    /// Where the rates and shares come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.rates.citations()
    }
}

impl HealthRates {
    /// The premium on a 標準報酬月額 or 標準賞与額: rounded once, the parts split by largest remainder.
    pub fn premium(
        &self,
        standard: Yen,
        mode: HealthRounding,
        agreement: RoundingAgreement,
    ) -> Result<HealthPremium, InsuranceError> {
        let health = self.health.premium(standard, agreement)?;
        let care = self.care.premium(standard, agreement)?;
        let support_levy = self.support_levy.premium(standard, agreement)?;
        let exact = [health.employee_exact, care.employee_exact, support_levy.employee_exact];
        let [health_exact, care_exact, levy_exact] = exact;
        let lines @ [health_line, care_line, levy_line] = match mode {
            HealthRounding::CombinedOnce => {
                let total = health_exact.plus(care_exact)?.plus(levy_exact)?.round(agreement.rounding())?;
                largest_remainder(exact, total)?
            }
            HealthRounding::SupportLevySeparate => {
                let total = health_exact.plus(care_exact)?.round(agreement.rounding())?;
                let [health, care] = largest_remainder([health_exact, care_exact], total)?;
                [health, care, support_levy.employee]
            }
        };
        Ok(HealthPremium {
            full: HealthParts { health: health.full, care: care.full, support_levy: support_levy.full },
            employee_exact: HealthParts { health: health_exact, care: care_exact, support_levy: levy_exact },
            employee: lines.into_iter().sum(),
            lines: HealthParts { health: health_line, care: care_line, support_levy: levy_line },
            mode,
            agreement,
            rates: *self,
        })
    }
}

/// The pension premium of one person for one premium month or bonus, and the contribution beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PensionPremium {
    /// 全額, unrounded.
    pub full: Exact,
    /// The employee's share, unrounded.
    pub employee_exact: Exact,
    /// What is taken from pay, yen.
    pub employee: Yen,
    /// 子ども・子育て拠出金, unrounded; the employer bears all of it.
    pub child_contribution: Exact,
    /// How the share became whole.
    pub agreement: RoundingAgreement,
    rates: PensionRates,
}

impl PensionPremium {
    /// Where the rates and the share come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.rates.citations()
    }
}

impl PensionRates {
    /// The premium on a 標準報酬月額 or 標準賞与額.
    pub fn premium(&self, standard: Yen, agreement: RoundingAgreement) -> Result<PensionPremium, InsuranceError> {
        let part = self.pension.premium(standard, agreement)?;
        Ok(PensionPremium {
            full: part.full,
            employee_exact: part.employee_exact,
            employee: part.employee,
            child_contribution: standard.exact().times(self.child_contribution.value)?,
            agreement,
            rates: *self,
        })
    }
}

/// A premium that is rounded on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPremium {
    /// 全額, unrounded.
    pub full: Exact,
    /// The employee's share, unrounded.
    pub employee_exact: Exact,
    /// The employee's share, yen.
    pub employee: Yen,
}

impl PartRate {
    /// The premium of this part alone on a 標準報酬月額 or 標準賞与額.
    pub fn premium(&self, standard: Yen, agreement: RoundingAgreement) -> Result<PartPremium, InsuranceError> {
        if standard.is_negative() {
            return Err(InsuranceError::NegativeStandard);
        }
        let employee_exact = standard.exact().times(self.employee())?;
        let employee = employee_exact.round(agreement.rounding())?;
        Ok(PartPremium { full: standard.exact().times(self.full())?, employee_exact, employee })
    }
}

impl PartPremium {
    /// The employee's share of a full amount that is notified or known (二以上勤務の通知額), rounded once.
    pub fn shared(full: Exact, share: EmployeeShare, agreement: RoundingAgreement) -> Result<Self, InsuranceError> {
        let employee_exact = full.times(share.of_full)?;
        Ok(Self { full, employee_exact, employee: employee_exact.round(agreement.rounding())? })
    }
}

/// Hands a rounded total to its parts: each part's whole yen, the missing yen to the largest fractions, ties in order.
fn largest_remainder<const PARTS: usize>(exact: [Exact; PARTS], total: Yen) -> Result<[Yen; PARTS], YenError> {
    let mut lines = [Yen::ZERO; PARTS];
    let mut fractions = [(Exact::ZERO, 0); PARTS];
    for (at, ((line, fraction), part)) in lines.iter_mut().zip(&mut fractions).zip(exact).enumerate() {
        *line = part.round(Rounding::Down)?;
        *fraction = (part.minus(line.exact())?, at);
    }
    fractions.sort_by(|(left, _), (right, _)| right.cmp(left));
    let missing = total - lines.iter().copied().sum();
    let missing = usize::try_from(missing.get()).unwrap_or(0);
    for (_, at) in fractions.into_iter().take(missing) {
        if let Some(line) = lines.get_mut(at) {
            *line += Yen::new(1);
        }
    }
    Ok(lines)
}
