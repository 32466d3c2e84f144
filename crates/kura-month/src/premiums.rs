use std::borrow::Cow;

use kura_calendar::{Date, Month};
use kura_insurance::{
    HealthRates, HealthRounding, InsuranceAges, Leave as ExemptLeave, LeaveKind as ExemptKind, PartRate, PensionRates,
    RoundingAgreement, coverage_months, month_exemption_of_leaves,
};
use kura_model::{
    InsuranceSpell, InsurerCode, InsurerRate, LeaveKind, MonthEndLeaverPremium, PremiumExemption, RoundingRule, Row,
    Scheme, StandardRemuneration, SupportLevyRounding,
};
use kura_payroll::pay::{NotifiedPremium, PremiumDue};
use kura_yen::{Exact, Rate};

use crate::decisions::standard_of_joiner;
use crate::person::PersonFacts;
use crate::stop::Stop;

/// 保険者コード of 全国健康保険協会.
pub(crate) const KYOKAI: &str = "協会";

/// The premium months this pay carries: that of the clock, and also the month of leaving where it is charged (the month's end, or
/// 同月得喪) and everything is taken from the last base pay (健康保険法167条1項).
pub(crate) fn due(person: &PersonFacts<'_>) -> Result<Vec<PremiumDue>, Stop> {
    let clocks = person.clocks();
    let employed = person.employed()?;
    let month_of_leaving = Month::of(employed.to);
    let last_base_pay = clocks.attendance.contains(employed.to);
    let both_at_once =
        person.group.group.month_end_leaver_premium == Some(MonthEndLeaverPremium::TwoMonthsFromLastBasePay);
    let leaving_is_charged = employed.to == month_of_leaving.last_day() || month_of_leaving.contains(employed.from);
    let mut due = Vec::with_capacity(1);
    // After the last base pay the month of leaving was already taken with it.
    let already_taken = both_at_once && leaving_is_charged && employed.to < clocks.attendance.from;
    if !(already_taken && clocks.premium_month == month_of_leaving) {
        due.extend(of_month(person, clocks.premium_month)?);
    }
    if both_at_once && leaving_is_charged && last_base_pay && month_of_leaving > clocks.premium_month {
        due.extend(of_month(person, month_of_leaving)?);
    }
    Ok(due)
}

/// The premium of a month, whenever it is taken from pay; `None` where the person is not charged.
pub(crate) fn of_month(person: &PersonFacts<'_>, month: Month) -> Result<Option<PremiumDue>, Stop> {
    let health = charged(person, Scheme::Health, month)?;
    let pension = charged(person, Scheme::Pension, month)?;
    if (health.is_none() && pension.is_none()) || exempt(person, month)? {
        return Ok(None);
    }
    let birth_date = person.employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))?;
    let ages = InsuranceAges::of(person.law, birth_date, month.first_day())?;
    let standard = standard(person, month)?;
    let (rates, agreement) = match health.filter(|_| ages.health_in(month)) {
        Some(spell) => {
            let care = ages.care_in(month) && !care_exempt(spell, month);
            let (rates, agreement) = health_rates(person, month, care)?;
            (Some(shared(rates, spell, month)?), agreement)
        }
        None => (None, RoundingAgreement::FiftySen),
    };
    let health_standard = standard.health_standard.ok_or_else(|| Stop::unknown("標準報酬", None, "健保 標準報酬月額"));
    let pension_due = match pension.filter(|_| ages.pension_in(month)) {
        Some(spell) => {
            let missing = || Stop::unknown("標準報酬", None, "厚年 標準報酬月額");
            let mut rates = PensionRates::national(person.law, month)?;
            if let Some(share) = share_in(spell, month, spell.employee_share_pension) {
                rates = rates.with_pension_share(kura_insurance::EmployeeShare::from_percent(share)?)?;
            }
            Some((rates, standard.pension_standard.ok_or_else(missing)?))
        }
        None => None,
    };
    Ok(Some(PremiumDue {
        month,
        health: match rates {
            Some(rates) => Some((rates, health_standard?)),
            None => None,
        },
        pension: pension_due,
        rounding: rounding(person),
        agreement,
        notified: notified(person, &standard, month)?,
    }))
}

/// 全額 of the premiums of one person and month, unrounded: what the employer is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FullPremium {
    /// Health, care and support levy.
    pub(crate) health: Exact,
    pub(crate) pension: Exact,
    /// 子ども・子育て拠出金.
    pub(crate) child_contribution: Exact,
}

impl FullPremium {
    pub(crate) const ZERO: Self = Self { health: Exact::ZERO, pension: Exact::ZERO, child_contribution: Exact::ZERO };

    pub(crate) fn of(due: &PremiumDue) -> Result<Self, Stop> {
        let mut full = Self::ZERO;
        if let Some((rates, standard)) = due.health {
            full.health = rates.premium(standard, due.rounding, due.agreement)?.full_total()?;
        }
        if let Some((rates, standard)) = due.pension {
            let premium = rates.premium(standard, RoundingAgreement::FiftySen)?;
            (full.pension, full.child_contribution) = (premium.full, premium.child_contribution);
        }
        if let Some(notified) = due.notified {
            // 二以上: the notified figures stand in place of standard and rate; 拠出金 is notified to each office as well.
            full.health = notified.health.unwrap_or(full.health);
            full.pension = notified.pension.unwrap_or(full.pension);
        }
        Ok(full)
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, Stop> {
        Ok(Self {
            health: self.health.plus(other.health)?,
            pension: self.pension.plus(other.pension)?,
            child_contribution: self.child_contribution.plus(other.child_contribution)?,
        })
    }

    pub(crate) fn minus(self, other: Self) -> Result<Self, Stop> {
        Ok(Self {
            health: self.health.minus(other.health)?,
            pension: self.pension.minus(other.pension)?,
            child_contribution: self.child_contribution.minus(other.child_contribution)?,
        })
    }
}

/// The spell that is charged in a month: from the month of acquisition to the one before the loss.
fn charged<'rows>(
    person: &'rows PersonFacts<'_>,
    scheme: Scheme,
    month: Month,
) -> Result<Option<&'rows InsuranceSpell>, Stop> {
    for spell in person.rows.spells.iter().filter(|spell| spell.scheme == scheme) {
        let acquired = spell.acquired_on.ok_or_else(|| Stop::unknown("被保険者資格", Some(spell.number), "取得日"))?;
        let employed_until = person.employed()?.to;
        let last_day = match spell.lost_on {
            Some(lost) => lost.yesterday().map_err(|_| kura_calendar::CalendarError::OutOfRange)?,
            None => employed_until,
        };
        let months = coverage_months(person.law, acquired, last_day.max(acquired))?;
        if months.first_charged <= month
            && (month <= months.last_charged || months.same_month && month == months.first_charged)
        {
            return Ok(Some(&spell.facts));
        }
    }
    Ok(None)
}

fn exempt(person: &PersonFacts<'_>, month: Month) -> Result<bool, Stop> {
    let exemption = month_exemption_of_leaves(person.law, exempt_leaves(person)?, month)?;
    Ok(exemption.is_some_and(|exemption| exemption.exempt))
}

/// 産休 and 育休 for which the exemption is or will be claimed.
pub(crate) fn exempt_leaves(person: &PersonFacts<'_>) -> Result<Vec<ExemptLeave>, Stop> {
    let mut leaves = Vec::new();
    for leave in &person.rows.leaves {
        let kind = match leave.leave_kind {
            LeaveKind::Maternity => ExemptKind::Maternity,
            LeaveKind::Childcare | LeaveKind::ChildcareAtBirth => ExemptKind::Childcare,
            _ => continue,
        };
        if leave.premium_exemption == Some(PremiumExemption::NotClaimed) {
            continue;
        }
        let end =
            leave.to.or(leave.planned_to).ok_or_else(|| Stop::unknown("休業", Some(leave.number), "終了予定日"))?;
        let worked = leave.worked_dates.as_ref().map_or(0, |dates| dates.days().len());
        let worked_days = u16::try_from(worked).unwrap_or(u16::MAX);
        leaves.push(ExemptLeave { kind, start: leave.from, end, worked_days });
    }
    Ok(leaves)
}

/// 介護保険の適用除外 in a month.
pub(crate) fn care_exempt(spell: &InsuranceSpell, month: Month) -> bool {
    let from = spell.care_exempt_from.is_none_or(|from| Month::of(from) <= month);
    let to = spell.care_exempt_to.is_none_or(|to| month < Month::of(to));
    spell.care_exempt.is_some() && from && to
}

/// 標準報酬 in force in a month, of two of one month the lower row; of a joiner without one the grade of 取得時の報酬.
pub(crate) fn standard<'run>(
    person: &PersonFacts<'run>,
    month: Month,
) -> Result<Cow<'run, Row<StandardRemuneration>>, Stop> {
    let decided = person.rows.standards.iter().copied().filter(|standard| standard.applies_from <= month);
    match decided.max_by_key(|standard| (standard.applies_from, standard.number)) {
        Some(row) => Ok(Cow::Borrowed(row)),
        None => {
            let of_joiner = standard_of_joiner(person, month)?.map(|row| Cow::Owned(row.into()));
            of_joiner.ok_or_else(|| Stop::unknown("標準報酬", None, "適用年月"))
        }
    }
}

/// 健保の標準報酬月額 of a month; `None` for who is not insured in it.
pub(crate) fn health_standard(person: &PersonFacts<'_>, month: Month) -> Result<Option<kura_yen::Yen>, Stop> {
    match charged(person, Scheme::Health, month)? {
        Some(_) => Ok(standard(person, month)?.health_standard),
        None => Ok(None),
    }
}

/// The rates of the insurer of a month; without care where none is due. `care`: the person is charged by age.
fn health_rates(person: &PersonFacts<'_>, month: Month, care: bool) -> Result<(HealthRates, RoundingAgreement), Stop> {
    let last_day = last_employed_day(person, month)?;
    let establishment = person.establishment(last_day)?;
    let unknown = |column| Stop::unknown("事業所", person.known.establishment_row(establishment, last_day), column);
    let code = establishment.insurer_code.as_ref().ok_or_else(|| unknown("保険者コード"))?;
    if code.as_str() == KYOKAI {
        let prefecture = establishment.prefecture.ok_or_else(|| unknown("都道府県"))?;
        let rates = HealthRates::kyokai(person.law, month, prefecture.japanese(), care)?;
        return Ok((rates, RoundingAgreement::FiftySen));
    }
    let society = society(person, code, month)?;
    society_rates(society, care || is_specified_insured(person, society, last_day)?)
}

/// 特定被保険者 (介護保険料を健保組合の規約で負担する人, 健康保険法附則7条): a society charges care outside the care ages too, for people
/// who have a dependant of the care ages in its insurance on the day.
pub(crate) fn is_specified_insured(person: &PersonFacts<'_>, society: &InsurerRate, on: Date) -> Result<bool, Stop> {
    if !society.care_specified_insured {
        return Ok(false);
    }
    let month = Month::of(on);
    for member in person.family(on) {
        let dependant = member.health_dependent_from.is_some_and(|from| from <= on)
            && member.health_dependent_to.is_none_or(|to| on < to);
        if let Some(birth_date) = member.birth_date.filter(|_| dependant)
            && InsuranceAges::of(person.law, birth_date, month.first_day())?.care_in(month)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The row of 保険者料率 of a society in a month.
pub(crate) fn society<'facts>(
    person: &'facts PersonFacts<'_>,
    code: &InsurerCode,
    month: Month,
) -> Result<&'facts InsurerRate, Stop> {
    let history = person.known.insurer_rates.get(&(person.employee.client_code.clone(), code.clone()));
    let rate = history.and_then(|history| history.on(month.first_day()));
    rate.ok_or_else(|| Stop::unknown("保険者料率", None, "適用開始月"))
}

/// 健保組合: every rate and share as the society's notice says, never a half by assumption.
pub(crate) fn society_rates(rate: &InsurerRate, care: bool) -> Result<(HealthRates, RoundingAgreement), Stop> {
    let part = |full: Option<Rate>, employee: Option<Rate>, column| match (full, employee) {
        (Some(full), Some(employee)) => Ok(PartRate::of_insurer(full.exact(), employee.exact())),
        _ => Err(Stop::unknown("保険者料率", None, column)),
    };
    let optional = |full: Option<Rate>, employee: Option<Rate>, column| match (full, employee) {
        (None, None) => Ok(PartRate::NONE),
        _ => part(full, employee, column),
    };
    let rates = HealthRates {
        health: part(rate.health_rate, rate.health_rate_employee, "健康保険料率 本人")?,
        care: if care {
            part(rate.care_rate, rate.care_rate_employee, "介護保険料率 本人")?
        } else {
            PartRate::NONE
        },
        support_levy: optional(rate.support_levy_rate, rate.support_levy_rate_employee, "支援金率 本人")?,
    };
    let agreement = match rate.rounding_agreement {
        Some(RoundingRule::Down) => RoundingAgreement::Down,
        Some(RoundingRule::HalfUp) => RoundingAgreement::HalfUp,
        _ => RoundingAgreement::FiftySen,
    };
    Ok((rates, agreement))
}

/// 本人負担割合 of the person, where it is not a half (保険料調整制度).
fn shared(rates: HealthRates, spell: &InsuranceSpell, month: Month) -> Result<HealthRates, Stop> {
    match share_in(spell, month, spell.employee_share_health) {
        Some(share) => Ok(rates.with_health_share(kura_insurance::EmployeeShare::from_percent(share)?)?),
        None => Ok(rates),
    }
}

fn share_in(spell: &InsuranceSpell, month: Month, share: Option<Rate>) -> Option<Exact> {
    let from = spell.share_from.is_none_or(|from| from <= month);
    let to = spell.share_to.is_none_or(|to| month <= to);
    share.filter(|_| from && to).and_then(|share| share.exact().times_integer(100).ok())
}

/// 支援金の端数: of 給与規程, else of the office, else 合算.
pub(crate) fn rounding(person: &PersonFacts<'_>) -> HealthRounding {
    match person.group.group.support_levy_rounding.or(person.known.support_levy_rounding) {
        Some(SupportLevyRounding::Separate) => HealthRounding::SupportLevySeparate,
        _ => HealthRounding::CombinedOnce,
    }
}

fn notified(
    person: &PersonFacts<'_>,
    standard: &StandardRemuneration,
    month: Month,
) -> Result<Option<NotifiedPremium>, Stop> {
    if standard.notified_health.is_none() && standard.notified_pension.is_none() {
        return Ok(None);
    }
    let divisor =
        person.law.figure("social_insurance_rules", "employee_share.divisor", month.first_day())?.integer()?;
    Ok(Some(NotifiedPremium {
        health: standard.notified_health,
        pension: standard.notified_pension,
        employee_share: Exact::whole(1).divided_by_integer(divisor)?,
    }))
}

pub(crate) fn last_employed_day(person: &PersonFacts<'_>, month: Month) -> Result<Date, Stop> {
    Ok(month.last_day().min(person.employed()?.to))
}
