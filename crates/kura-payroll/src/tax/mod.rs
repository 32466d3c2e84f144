//! 税: withholding, bonus, year-end adjustment, inhabitant tax and the tax-free part of commuting allowance.

mod amount;
mod annual;
mod bonus;
mod commuting;
mod computer_formula;
mod dependent_facts;
mod dependent_reason;
mod dependents;
mod error;
mod inhabitant;
mod life_insurance;
mod non_resident;
mod table;
mod withholding;
mod year;
mod year_end;

pub use amount::{TableRow, TaxAmount, TaxRule};
pub use annual::{IncomeAdjustmentReasons, basic_deduction, income_adjustment, salary_income};
pub use bonus::{Bonus, BonusTax, BonusWithholding};
pub use commuting::{CommutingLimit, CommutingLimits, CommutingRoute, commuting_limit};
pub use computer_formula::ComputerFormula;
pub use dependent_facts::{DependentsError, FamilyFacts, TaxpayerFacts};
pub use dependent_reason::DependentReason;
pub use dependents::{DependentsCount, DependentsRules};
pub use error::{CommutingError, InhabitantTaxError, WithholdingError, YearEndError};
pub use inhabitant::{Leaver, LeaverCollection, inhabitant_tax_instalment, inhabitant_tax_of_leaver};
pub use life_insurance::{LifeInsuranceDeduction, LifeInsurancePremiums, life_insurance_deduction};
pub use non_resident::non_resident_withholding;
pub use table::WithholdingTable;
pub use withholding::{Method, PayPeriod, TaxColumn, withholding};
pub use year::TaxYear;
pub use year_end::{YearEndAdjustment, YearEndFacts, year_end_adjustment};

/// The table of named tax figures.
const RULES: &str = "tax_rules";
