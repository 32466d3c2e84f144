#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod ages;
mod agreement;
mod bill;
mod bonus_premium;
mod care_year;
mod construction_contract;
mod coverage;
pub mod decisions;
mod employment_insurance;
mod error;
mod figures;
mod instalments;
mod labor_insurance;
mod leave_exemption;
mod premium;
mod premium_adjustment;
mod premium_rates;
mod sickness_allowance;
mod special_enrollment;
mod standard_remuneration;
mod two_establishments;

pub use ages::InsuranceAges;
pub use agreement::{HealthRounding, RoundingAgreement};
pub use bill::{BillLines, EmployerBill};
pub use bonus_premium::{StandardBonus, standard_bonus};
pub use care_year::{CareYear, care_premium_of_year};
pub use construction_contract::{ConstructionContract, construction_contract};
pub use coverage::{CoverageMonths, coverage_months, first_charged_month, last_charged_month};
pub use employment_insurance::{Business, EmploymentInsuranceRates, EmploymentPremium};
pub use error::InsuranceError;
pub use instalments::{Instalment, InstalmentRule, instalment_amounts, instalment_rule, instalments};
pub use labor_insurance::{
    ByInsurance, EstimateBase, LaborPremium, LaborPremiumRule, accident_rate, employment_rate_of_year, estimate_base,
    first_day_of_fiscal_year, general_contribution, labor_premium, wage_base,
};
pub use leave_exemption::{
    Exemption, ExemptionRule, Leave, LeaveKind, bonus_exemption, joined_leaves, month_exemption,
    month_exemption_of_leaves,
};
pub use premium::{HealthPremium, PartPremium, PensionPremium};
pub use premium_adjustment::adjusted_share;
pub use premium_rates::{
    EmployeeShare, HealthParts, HealthRates, PartRate, PensionRates, care_rate, health_rate, support_levy_rate,
};
pub use sickness_allowance::{SicknessAllowance, sickness_allowance};
pub use special_enrollment::{Enrolled, EnrollmentClass, SpecialEnrollment, special_enrollment};
pub use standard_remuneration::{Scheme, StandardRemuneration, standard_remuneration};
pub use two_establishments::{TwoEstablishments, two_establishments};
