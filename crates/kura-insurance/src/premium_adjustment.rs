use kura_calendar::Month;
use kura_law::Law;
use kura_yen::Yen;

use crate::{EmployeeShare, InsuranceError};

const SHARES: &str = "premium_adjustment_shares";

/// 保険料調整制度 (from 2026-10): the employee's share of the basic health premium and of the pension premium in the
/// first, second or third year from the employer's application.
///
/// Care, support levy, bonus premiums and employment insurance keep their halves. How the reduced share is rounded is
/// not established; Kura rounds it as any share.
pub fn adjusted_share(law: &Law, month: Month, standard: Yen, year: u8) -> Result<EmployeeShare, InsuranceError> {
    let column = match year {
        1 | 2 => "employee_percent_of_total_year1_2",
        3 => "employee_percent_of_total_year3",
        _ => return Err(law.outside(SHARES, "1年目から3年目までのほかの年").into()),
    };
    let row = law.band(SHARES, &[], month.first_day(), "standard_monthly_min_incl", standard.get())?;
    if standard > row.yen("standard_monthly_max_incl")? {
        return Err(law.outside(SHARES, "上限を超える標準報酬月額").into());
    }
    let share = EmployeeShare::from_percent(row.exact(column)?)?;
    Ok(EmployeeShare { citation: Some(row.citation()), ..share })
}
