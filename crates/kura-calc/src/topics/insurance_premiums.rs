//! Topics of 社会保険料: grades, monthly premiums, bonuses, shares.

use std::borrow::Cow;

use kura_calendar::Month;
use kura_insurance::{
    EmployeeShare, HealthPremium, HealthRates, HealthRounding, PartPremium, PartRate, PensionPremium, PensionRates,
    RoundingAgreement, Scheme, adjusted_share, care_premium_of_year, care_rate, health_rate, standard_bonus,
    support_levy_rate,
};
use kura_law::Law;
use kura_yen::Yen;

use super::figures_day::{figures_day, pack_day};
use super::limits::{BONUS_YEN_MAX, STANDARD_YEN_MAX};
use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

/// The calculator rounds as the law says; an agreement is a fact of a client.
const AGREEMENT: RoundingAgreement = RoundingAgreement::FiftySen;
const HEALTH_DECIMALS: usize = 1;
const PENSION_DECIMALS: usize = 2;

/// 標準報酬月額.
pub(crate) fn standard_remuneration(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let scheme = request.choice("scheme", &[("health", Scheme::Health), ("pension", Scheme::Pension)])?;
    let month = request.month("month")?;
    let remuneration = request.yen("remuneration", 0..=STANDARD_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(scheme), Some(month), Some(remuneration)) = (scheme, month, remuneration) {
        let found = kura_insurance::standard_remuneration(law, scheme, month, remuneration)?;
        answer.fields().integer("grade", found.grade);
        answer.fields().yen("standard_monthly_remuneration", found.standard_monthly);
        answer.cite([found.citation]);
    }
    answer.or_missing(request, &["scheme", "month", "remuneration"])
}

/// 健康保険料・介護保険料・支援金・厚生年金保険料 of a premium month.
pub(crate) fn social_premium(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let month = request.month("month")?;
    let insured = Insured::read(request)?;
    let health_standard = request.yen("health_standard", 0..=STANDARD_YEN_MAX)?;
    let pension_standard = request.yen("pension_standard", 0..=STANDARD_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let Some(month) = month {
        insured.premiums(law, month, health_standard, pension_standard)?.write(&mut answer);
    }
    answer.or_missing(request, &["month", "health_standard", "pension_standard", "prefecture", "care"])
}

/// 標準賞与額 and the premiums on it, by the rates of the payment month.
pub(crate) fn bonus_premium(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let month = request.month("month")?;
    let insured = Insured::read(request)?;
    let bonus = request.yen("bonus", 0..=BONUS_YEN_MAX)?;
    let prior = request.yen("health_fiscal_year_prior", 0..=BONUS_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(month), Some(bonus)) = (month, bonus) {
        let standard = standard_bonus(law, month, bonus, prior.unwrap_or_default())?;
        let health = prior.map(|_| standard.health);
        if let Some(health) = health {
            answer.fields().yen("health_standard_bonus", health);
        }
        answer.fields().yen("pension_standard_bonus", standard.pension);
        answer.cite(standard.citations());
        insured.premiums(law, month, health, Some(standard.pension))?.write(&mut answer);
    }
    answer.or_missing(request, &["month", "bonus"])
}

/// A premium at a rate given in per cent.
pub(crate) fn premium_by_rate(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let standard = request.yen("standard", 0..=STANDARD_YEN_MAX)?;
    let percent = request.decimal("rate_percent", 0..=100)?;
    let share_percent = request.decimal("employee_share_percent", 0..=100)?;
    // One rate is rounded once in either mode.
    request.choice("rounding", ROUNDINGS)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(standard), Some(percent)) = (standard, percent) {
        let share = match share_percent {
            Some(percent) => EmployeeShare::from_percent(percent)?,
            None => EmployeeShare::half(law, pack_day(law)?)?,
        };
        let rate = PartRate::shared(percent.divided_by_integer(100)?, None, share)?;
        let premium = rate.premium(standard, AGREEMENT)?;
        answer.fields().decimal("full", premium.full, HEALTH_DECIMALS);
        answer.fields().yen("employee", premium.employee);
        answer.cite(rate.citations());
    }
    answer.or_missing(request, &["standard", "rate_percent"])
}

/// 介護保険料 of a year.
pub(crate) fn care_year(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let month = request.month("month")?;
    let standard = request.yen("standard", 0..=STANDARD_YEN_MAX)?;
    let months = request.integer::<u8>("months", 0..=12)?;
    let bonus_standard = request.yen("bonus_standard", 0..=BONUS_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(month), Some(standard), Some(months), Some(bonus)) = (month, standard, months, bonus_standard) {
        let year = care_premium_of_year(law, month, standard, months, bonus)?;
        answer.fields().yen("full_rounded", year.full_rounded);
        answer.cite([year.citation]);
    }
    answer.or_missing(request, &["month", "standard", "months", "bonus_standard"])
}

/// 二以上事業所勤務の按分.
pub(crate) fn two_establishments(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let percent = request.decimal("rate_percent", 0..=100)?;
    let standard = request.yen("standard", 0..=STANDARD_YEN_MAX)?;
    let own = request.yen("own", 0..=BONUS_YEN_MAX)?;
    let other = request.yen("other", 0..=BONUS_YEN_MAX)?;
    let decimals = request.integer::<u32>("decimals", 0..=6)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(percent), Some(standard), Some(own), Some(other), Some(decimals)) =
        (percent, standard, own, other, decimals)
    {
        let full = standard.exact().times(percent.divided_by_integer(100)?)?;
        let split = kura_insurance::two_establishments(law, pack_day(law)?, full, own, other, decimals)?;
        let places = usize::try_from(decimals).unwrap_or_default();
        answer.fields().decimal("own_full", split.own_full, places);
        answer.fields().decimal("other_full", split.other_full, places);
        answer.cite([split.citation]);
    }
    answer.or_missing(request, &["rate_percent", "standard", "own", "other", "decimals"])
}

/// 保険料調整制度: the employee's share before rounding.
pub(crate) fn premium_adjustment(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let day = figures_day(request, law)?;
    let percent = request.decimal("rate_percent", 0..=100)?;
    let standard = request.yen("standard", 0..=STANDARD_YEN_MAX)?;
    let year = request.integer::<u8>("year", 1..=3)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(percent), Some(standard), Some(year)) = (percent, standard, year) {
        let share = adjusted_share(law, Month::of(day), standard, year)?;
        let rate = PartRate::shared(percent.divided_by_integer(100)?, None, share)?;
        let premium = rate.premium(standard, AGREEMENT)?;
        answer.fields().decimal("employee_share_exact", premium.employee_exact, PENSION_DECIMALS);
        answer.cite(rate.citations());
    }
    answer.or_missing(request, &["rate_percent", "standard", "year"])
}

const ROUNDINGS: &[(&str, HealthRounding)] =
    &[("combined_once", HealthRounding::CombinedOnce), ("support_levy_separate", HealthRounding::SupportLevySeparate)];

/// What decides the rates of a person's health premium.
struct Insured<'line> {
    prefecture: Option<Cow<'line, str>>,
    care: Option<bool>,
    mode: HealthRounding,
}

impl<'line> Insured<'line> {
    fn read(request: &mut Request<'line>) -> Result<Self, CalcError> {
        Ok(Self {
            prefecture: request.text("prefecture")?,
            care: request.flag("care")?,
            mode: request.choice("rounding", ROUNDINGS)?.unwrap_or_default(),
        })
    }

    fn premiums(
        &self,
        law: &Law,
        month: Month,
        health_standard: Option<Yen>,
        pension_standard: Option<Yen>,
    ) -> Result<Premiums, CalcError> {
        let mut premiums = Premiums::default();
        if let Some(standard) = health_standard {
            self.health_premiums(law, month, standard, &mut premiums)?;
        }
        if let Some(standard) = pension_standard {
            premiums.pension = Some(PensionRates::national(law, month)?.premium(standard, AGREEMENT)?);
        }
        Ok(premiums)
    }

    /// All parts where everything is known; else each part that needs no more than what is known.
    fn health_premiums(
        &self,
        law: &Law,
        month: Month,
        standard: Yen,
        premiums: &mut Premiums,
    ) -> Result<(), CalcError> {
        if let (Some(prefecture), Some(care)) = (&self.prefecture, self.care) {
            let rates = HealthRates::kyokai(law, month, prefecture, care)?;
            premiums.health = Some(rates.premium(standard, self.mode, AGREEMENT)?);
            return Ok(());
        }
        let part = |rate: PartRate| Ok::<_, CalcError>((rate, rate.premium(standard, AGREEMENT)?));
        if let Some(prefecture) = &self.prefecture {
            premiums.parts.push(("health", part(health_rate(law, month, prefecture)?)?));
        }
        if let Some(care) = self.care {
            let rate = if care { care_rate(law, month)? } else { PartRate::NONE };
            premiums.parts.push(("care", part(rate)?));
        }
        let levy = part(support_levy_rate(law, month)?)?;
        premiums.parts.push(("support_levy", levy));
        if self.mode == HealthRounding::SupportLevySeparate {
            premiums.levy_apart = Some(levy.1.employee);
        }
        Ok(())
    }
}

/// What could be computed of a person's premiums.
#[derive(Default)]
struct Premiums {
    /// All parts together.
    health: Option<HealthPremium>,
    /// Single parts, where not all of them are known.
    parts: Vec<(&'static str, (PartRate, PartPremium))>,
    /// The employee's levy where it is rounded on its own.
    levy_apart: Option<Yen>,
    pension: Option<PensionPremium>,
}

impl Premiums {
    fn write(&self, answer: &mut Answer) {
        answer.fields().object("full", |full| {
            if let Some(health) = &self.health {
                full.decimal("health", health.full.health, HEALTH_DECIMALS);
                full.decimal("care", health.full.care, HEALTH_DECIMALS);
                full.decimal("support_levy", health.full.support_levy, HEALTH_DECIMALS);
            }
            for (name, (_, part)) in &self.parts {
                full.decimal(name, part.full, HEALTH_DECIMALS);
            }
            if let Some(pension) = &self.pension {
                full.decimal("pension", pension.full, PENSION_DECIMALS);
                full.decimal("child_contribution", pension.child_contribution, PENSION_DECIMALS);
            }
        });
        answer.fields().object("employee", |employee| {
            if let Some(health) = &self.health {
                employee.yen("health_total", health.employee);
                employee.object("lines", |lines| {
                    lines.yen("health", health.lines.health);
                    lines.yen("care", health.lines.care);
                    lines.yen("support_levy", health.lines.support_levy);
                });
            }
            if let Some(levy) = self.levy_apart {
                employee.object("lines", |lines| lines.yen("support_levy", levy));
            }
            if let Some(pension) = &self.pension {
                employee.yen("pension", pension.employee);
            }
        });
        answer.cite(self.health.iter().flat_map(HealthPremium::citations));
        answer.cite(self.parts.iter().flat_map(|(_, (rate, _))| rate.citations()));
        answer.cite(self.pension.iter().flat_map(PensionPremium::citations));
    }
}
