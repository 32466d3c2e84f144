use kura_calendar::Month;
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::InsuranceError;

const GRADES: &str = "standard_remuneration_grades";

/// 制度: health insurance and employees' pension have grade tables of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// 健康保険.
    Health,
    /// 厚生年金保険.
    Pension,
}

impl Scheme {
    /// The spelling of tables and requests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Pension => "pension",
        }
    }
}

/// 標準報酬月額 and its grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardRemuneration {
    /// 等級.
    pub grade: i64,
    /// 標準報酬月額, yen.
    pub standard_monthly: Yen,
    /// Where the grade comes from.
    pub citation: CitationId,
}

/// The grade of a 報酬月額 (yen, fraction already dropped) in the table of a premium month
/// (健康保険法40条, 厚生年金保険法20条).
pub fn standard_remuneration(
    law: &Law,
    scheme: Scheme,
    month: Month,
    remuneration: Yen,
) -> Result<StandardRemuneration, InsuranceError> {
    let row = law.band(GRADES, &[scheme.name()], month.first_day(), "pay_lower_incl", remuneration.get())?;
    Ok(StandardRemuneration {
        grade: row.integer("grade")?,
        standard_monthly: row.yen("standard_monthly_yen")?,
        citation: row.citation(),
    })
}
