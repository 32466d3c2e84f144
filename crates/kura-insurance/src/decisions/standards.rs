//! 標準報酬月額 of the two schemes side by side, and how long they stand.

use kura_calendar::Month;
use kura_law::{CitationId, Cited, Law};
use kura_yen::Yen;

use crate::decisions::{DecisionError, Explanation, REMUNERATION, wording};
use crate::{Scheme, StandardRemuneration, figures, standard_remuneration};

/// The standards in force before a decision (従前の標準報酬月額).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentStandard {
    /// 健康保険, yen; `None` without health insurance.
    pub health: Option<Yen>,
    /// 厚生年金保険, yen, or the 相当額 of a 70歳以上被用者; `None` without.
    pub pension: Option<Yen>,
    /// 報酬月額 the standards came from, yen; only the ends of the grade tables ask for it.
    pub remuneration: Option<Yen>,
}

impl CurrentStandard {
    pub(crate) fn of(&self, scheme: Scheme) -> Option<Yen> {
        match scheme {
            Scheme::Health => self.health,
            Scheme::Pension => self.pension,
        }
    }

    pub(crate) fn schemes(&self) -> Schemes {
        Schemes { health: self.health.is_some(), pension: self.pension.is_some() }
    }
}

/// Which schemes a decision is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schemes {
    /// 健康保険.
    pub health: bool,
    /// 厚生年金保険, or the 相当額 of a 70歳以上被用者.
    pub pension: bool,
}

/// Standards decided from a 報酬月額.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecidedStandard {
    /// 報酬月額, yen.
    pub remuneration: Yen,
    /// 健康保険.
    pub health: Option<StandardRemuneration>,
    /// 厚生年金保険, or the 相当額 of a 70歳以上被用者.
    pub pension: Option<StandardRemuneration>,
    /// 適用年月.
    pub applies_from: Month,
    /// The last month it stands for unless another decision comes first.
    pub valid_until: Month,
}

impl DecidedStandard {
    pub(crate) fn of(
        law: &Law,
        schemes: Schemes,
        remuneration: Yen,
        applies_from: Month,
        valid_until: Month,
        explanation: &mut Explanation,
    ) -> Result<Self, DecisionError> {
        let mut decide = |wanted: bool, scheme: Scheme| -> Result<Option<StandardRemuneration>, DecisionError> {
            if !wanted {
                return Ok(None);
            }
            let decided = standard_remuneration(law, scheme, applies_from, remuneration)?;
            explanation.cite(
                decided.citation,
                format!("報酬月額{}は{}です。", wording::yen(remuneration), say_grade(scheme, &decided)),
            );
            Ok(Some(decided))
        };
        let health = decide(schemes.health, Scheme::Health)?;
        let pension = decide(schemes.pension, Scheme::Pension)?;
        Ok(Self { remuneration, health, pension, applies_from, valid_until })
    }
}

/// `健康保険 第22級 300,000円`.
pub(crate) fn say_grade(scheme: Scheme, standard: &StandardRemuneration) -> String {
    format!("{} 第{}級 {}", wording::scheme(scheme), standard.grade, wording::yen(standard.standard_monthly))
}

/// The grade of a standard that is in force, in the table of a month.
pub(crate) fn grade_of(
    law: &Law,
    scheme: Scheme,
    month: Month,
    standard: Yen,
) -> Result<StandardRemuneration, DecisionError> {
    for row in law.rows("standard_remuneration_grades", &[scheme.name()], month.first_day())? {
        let standard_monthly = row.yen("standard_monthly_yen")?;
        if standard_monthly == standard {
            return Ok(StandardRemuneration {
                grade: row.integer("grade")?,
                standard_monthly,
                citation: row.citation(),
            });
        }
    }
    Err(DecisionError::NotAStandard { scheme: wording::scheme(scheme), month })
}

/// The August a revision stands until: of the same year when it begins by June, else of the next (健康保険法43条2項,
/// 43条の2第2項, 43条の3第2項).
pub(crate) fn revision_valid_until(law: &Law, begins: Month) -> Result<Cited<Month>, DecisionError> {
    valid_until(law, begins, "zuiji.valid_to_august_if_revised_by_month")
}

/// The August a standard stands until: of the year it begins in when it begins by the month the figure names, else of
/// the next.
pub(crate) fn valid_until(law: &Law, begins: Month, same_year_by: &str) -> Result<Cited<Month>, DecisionError> {
    let (last, _) = month_of_year(law, begins, "standard.valid_until_month")?;
    let by = figures::small::<i8>(law, REMUNERATION, same_year_by, begins.first_day())?;
    let value = if begins.month() <= by.value { last } else { last.plus(12) };
    Ok(Cited { value, citation: by.citation })
}

/// The month a figure names, in the year of another month.
pub(crate) fn month_of_year(law: &Law, year_of: Month, key: &str) -> Result<(Month, CitationId), DecisionError> {
    let number = figures::small::<i8>(law, REMUNERATION, key, year_of.first_day())?;
    Ok((Month::new(year_of.year(), number.value)?, number.citation))
}
