use kura_calendar::Date;
use kura_law::{CitationId, Law};
use kura_yen::{Exact, Rounding, Yen};

use crate::InsuranceError;
use crate::agreement::RoundingAgreement;

pub(crate) const RATES: &str = "employment_insurance_rates";

/// 事業の種類: the three rates of employment insurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Business {
    /// 一般の事業.
    General,
    /// 農林水産・清酒製造の事業.
    AgricultureForestryFisherySake,
    /// 建設の事業.
    Construction,
}

impl Business {
    /// The spelling of tables and requests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::AgricultureForestryFisherySake => "agri_forest_fish_sake",
            Self::Construction => "construction",
        }
    }
}

/// 雇用保険率 in force on a closing date, as exact numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmploymentInsuranceRates {
    /// 被保険者負担分.
    pub employee: Exact,
    /// 事業主負担分, with the two projects.
    pub employer: Exact,
    /// Where the rates come from.
    pub citation: CitationId,
}

/// The employment-insurance premium of one payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmploymentPremium {
    /// The employee's share, unrounded.
    pub employee_exact: Exact,
    /// What is taken from pay, yen.
    pub employee: Yen,
    /// The employer's share, unrounded.
    pub employer_exact: Exact,
    /// The employer's share with its fraction dropped: indicative, the employer pays on the wages of the year.
    pub employer_floor: Yen,
    /// Where the rates come from.
    pub citation: CitationId,
}

impl EmploymentInsuranceRates {
    /// The rates for wages with this 締切日 (for a bonus: 支給日), whenever they are paid.
    pub fn on(law: &Law, closing_date: Date, business: Business) -> Result<Self, InsuranceError> {
        let row = law.row(RATES, &[business.name()], closing_date)?;
        Ok(Self {
            employee: row.rate_e5("worker_rate_e5")?.exact(),
            employer: row.rate_e5("employer_rate_e5")?.exact(),
            citation: row.citation(),
        })
    }

    /// The premium on wages: gross, commuting and bonuses included, without a cap.
    pub fn premium(&self, wage: Yen, agreement: RoundingAgreement) -> Result<EmploymentPremium, InsuranceError> {
        let employee_exact = wage.exact().times(self.employee)?;
        let employer_exact = wage.exact().times(self.employer)?;
        Ok(EmploymentPremium {
            employee_exact,
            employee: employee_exact.round(agreement.rounding())?,
            employer_exact,
            employer_floor: employer_exact.round(Rounding::Down)?,
            citation: self.citation,
        })
    }
}
