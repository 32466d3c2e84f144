use kura_calendar::{Date, Month};
use kura_law::{CitationId, Cited, Law};
use kura_yen::{Exact, YenError};

use crate::InsuranceError;
use crate::figures::{self, SOCIAL};

const NATIONAL: &str = "national_premium_rates";

/// 本人負担割合: the employee's part of a full premium. Half by law (労使折半); a person-dated fact under 保険料調整制度.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmployeeShare {
    pub(crate) of_full: Exact,
    pub(crate) citation: Option<CitationId>,
}

impl EmployeeShare {
    /// 労使折半 (健康保険法161条1項, 厚生年金保険法82条).
    pub fn half(law: &Law, on: Date) -> Result<Self, InsuranceError> {
        let divisor = figures::integer(law, SOCIAL, "employee_share.divisor", on)?;
        let of_full = Exact::whole(1).divided_by_integer(divisor.value)?;
        Ok(Self { of_full, citation: Some(divisor.citation) })
    }

    /// A share given as a fact, in per cent of the full premium (25, 37.5, 50 ...).
    pub fn from_percent(percent: Exact) -> Result<Self, InsuranceError> {
        Ok(Self { of_full: percent.divided_by_integer(100)?, citation: None })
    }
}

/// The rate of one part of a premium, 全体 and 本人, as exact numbers (0.0985 and 0.04925).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartRate {
    full: Exact,
    employee: Exact,
    citations: [Option<CitationId>; 2],
}

impl PartRate {
    /// No premium of this part: no care under 40, no levy before it began.
    pub const NONE: Self = Self { full: Exact::ZERO, employee: Exact::ZERO, citations: [None; 2] };

    /// The rates of a 健康保険組合, 全体 and 本人 (facts of the insurer, never a half by assumption).
    pub const fn of_insurer(full: Exact, employee: Exact) -> Self {
        Self { full, employee, citations: [None; 2] }
    }

    /// A rate with the employee's share of it.
    pub fn shared(full: Exact, source: Option<CitationId>, share: EmployeeShare) -> Result<Self, YenError> {
        Ok(Self { full, employee: full.times(share.of_full)?, citations: [source, share.citation] })
    }

    /// The same rate with another share of the employee (保険料調整制度).
    pub fn with_share(self, share: EmployeeShare) -> Result<Self, YenError> {
        let [source, _] = self.citations;
        Self::shared(self.full, source, share)
    }

    /// 全体の率, an exact number.
    pub const fn full(&self) -> Exact {
        self.full
    }

    /// 本人の率, an exact number.
    pub const fn employee(&self) -> Exact {
        self.employee
    }

    /// Where the rate and the share come from; nothing for facts.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.citations.into_iter().flatten()
    }
}

/// The three parts of a health premium: basic part, care, support levy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthParts<T> {
    /// 健康保険料 (基本保険料).
    pub health: T,
    /// 介護保険料.
    pub care: T,
    /// 子ども・子育て支援金.
    pub support_levy: T,
}

/// The rates of the health premium for one person and premium month.
pub type HealthRates = HealthParts<PartRate>;

impl HealthRates {
    /// 協会けんぽ: the prefecture's rate, care where it is charged, the levy from its first premium month on, each shared
    /// by halves. For a bonus `month` is the payment month.
    pub fn kyokai(law: &Law, month: Month, prefecture: &str, care: bool) -> Result<Self, InsuranceError> {
        let care = if care { care_rate(law, month)? } else { PartRate::NONE };
        Ok(Self { health: health_rate(law, month, prefecture)?, care, support_levy: support_levy_rate(law, month)? })
    }

    /// The same rates with another share of the basic part (保険料調整制度 leaves care and levy alone).
    pub fn with_health_share(self, share: EmployeeShare) -> Result<Self, InsuranceError> {
        Ok(Self { health: self.health.with_share(share)?, ..self })
    }

    /// Where the rates and shares come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        let Self { health, care, support_levy } = *self;
        [health, care, support_levy].into_iter().flat_map(|part| part.citations())
    }
}

/// The rates on the pension standard for one premium month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PensionRates {
    /// 厚生年金保険料率.
    pub pension: PartRate,
    /// 子ども・子育て拠出金率, borne by the employer alone.
    pub child_contribution: Cited<Exact>,
}

impl PensionRates {
    /// The national rates, shared by halves. For a bonus `month` is the payment month.
    pub fn national(law: &Law, month: Month) -> Result<Self, InsuranceError> {
        Ok(Self {
            pension: shared_by_halves(law, month, national(law, "pension", month)?)?,
            child_contribution: national(law, "child_contribution", month)?,
        })
    }

    /// The same rates with another share of the pension premium (保険料調整制度).
    pub fn with_pension_share(self, share: EmployeeShare) -> Result<Self, InsuranceError> {
        Ok(Self { pension: self.pension.with_share(share)?, ..self })
    }

    /// Where the rates and the share come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.pension.citations().chain([self.child_contribution.citation])
    }
}

/// 都道府県単位保険料率 of 協会けんぽ (健康保険法160条), shared by halves.
pub fn health_rate(law: &Law, month: Month, prefecture: &str) -> Result<PartRate, InsuranceError> {
    let row = law.row("health_premium_rates", &[prefecture], month.first_day())?;
    shared_by_halves(law, month, Cited { value: row.rate_e5("rate_e5")?.exact(), citation: row.citation() })
}

/// 介護保険料率 of 協会けんぽ (健康保険法160条16項), shared by halves.
pub fn care_rate(law: &Law, month: Month) -> Result<PartRate, InsuranceError> {
    shared_by_halves(law, month, national(law, "care", month)?)
}

/// 子ども・子育て支援金率, shared by halves; none before the first premium month (2026-04).
pub fn support_levy_rate(law: &Law, month: Month) -> Result<PartRate, InsuranceError> {
    let first = figures::month(law, SOCIAL, "child_support_levy.first_premium_month", month.first_day())?;
    if month < first.value {
        return Ok(PartRate { citations: [Some(first.citation), None], ..PartRate::NONE });
    }
    shared_by_halves(law, month, national(law, "child_support_levy", month)?)
}

pub(crate) fn national(law: &Law, code: &str, month: Month) -> Result<Cited<Exact>, InsuranceError> {
    let row = law.row(NATIONAL, &[code], month.first_day())?;
    Ok(Cited { value: row.rate_e5("rate_e5")?.exact(), citation: row.citation() })
}

fn shared_by_halves(law: &Law, month: Month, rate: Cited<Exact>) -> Result<PartRate, InsuranceError> {
    Ok(PartRate::shared(rate.value, Some(rate.citation), EmployeeShare::half(law, month.first_day())?)?)
}
