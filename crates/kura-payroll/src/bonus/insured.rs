use kura_calendar::{CalendarError, Date, Month, birthday_in};
use kura_insurance::{ExemptionRule, InsuranceAges, bonus_exemption, coverage_months, joined_leaves};
use kura_law::Law;
use kura_model::BonusExemption;

use super::BonusError;
use super::person::{InsuranceFacts, Spell};
use crate::Citations;

/// Whether a scheme charges a premium on a bonus, and why not. All but the first are reported and count towards the caps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Not insured on the 支給日: before 取得, on or after 喪失.
    NotInsured,
    /// Paid before the loss in the month of loss (健康保険法156条3項, 厚生年金保険法81条2項).
    MonthOfLoss,
    /// 産休・育休: exempt by this rule.
    Exempt(ExemptionRule),
    /// 免除 as typed on the row of the bonus.
    ExemptAsTyped,
    /// A premium is due.
    Charged,
}

impl Charge {
    /// True when the person was insured on the 支給日.
    pub fn is_insured(self) -> bool {
        self != Self::NotInsured
    }

    /// In words, for the trace and the list of the report.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::NotInsured => "支給日に被保険者でない",
            Self::MonthOfLoss => "資格喪失月の賞与（保険料なし、届出と累計の対象）",
            Self::Exempt(_) => "産休・育休により免除（届出と累計の対象）",
            Self::ExemptAsTyped => "入力により免除（届出と累計の対象）",
            Self::Charged => "保険料あり",
        }
    }
}

/// How a person stands in both schemes on the 支給日.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insured {
    /// 健康保険.
    pub health: Charge,
    /// 厚生年金.
    pub pension: Charge,
    /// 資格取得日 of the health spell: what was paid before it is no bonus of the same month (同日得喪).
    pub health_since: Option<Date>,
    /// 資格取得日 of the pension spell, or the day 70 was reached.
    pub pension_since: Option<Date>,
    /// 70歳以上被用者: reported without a pension premium.
    pub over_70: bool,
    /// True when care is charged in the payment month.
    pub care: bool,
    /// The figures the decision stands on.
    pub citations: Citations,
}

impl Insured {
    /// How the facts stand on a 支給日. Ages and exemptions are those of its month; 70 ends the pension on the day before the
    /// birthday, 75 ends health on the birthday itself.
    pub(super) fn of(law: &Law, facts: &InsuranceFacts, paid_on: Date) -> Result<Self, BonusError> {
        let month = Month::of(paid_on);
        let ages = InsuranceAges::of(law, facts.birth_date, month.first_day())?;
        let [_, _, (_, pension_ends), (health_age, _)] = ages.reached;
        let health_ends = birthday_in(facts.birth_date, health_age)?;
        let mut citations = Citations::none();
        let exempt = exemption(law, facts, month, &mut citations)?;
        let health_spell = spell_on(&facts.health, health_ends, paid_on);
        let pension_spell = spell_on(&facts.pension, pension_ends, paid_on);
        let works_on = paid_on >= pension_ends && facts.pension.iter().any(|spell| spell.holds(paid_on));
        let health = charge(law, health_spell, paid_on, exempt, &mut citations)?;
        let pension = charge(law, pension_spell, paid_on, exempt, &mut citations)?;
        ages.citations().for_each(|citation| citations.add(citation));
        Ok(Self {
            health,
            pension,
            health_since: health_spell.map(|(spell, _)| spell.acquired_on),
            pension_since: pension_spell.map(|(spell, _)| spell.acquired_on).or(works_on.then_some(pension_ends)),
            over_70: facts.aged_70_or_over || works_on,
            care: facts.care_specified_insured || ages.care_in(month) && !facts.care_exempt,
            citations,
        })
    }

    /// True when the bonus is reported on 2265700.
    pub fn is_reported(&self) -> bool {
        self.health.is_insured() || self.pension.is_insured() || self.over_70
    }
}

impl Spell {
    /// True on the days of the spell; the day of loss is none.
    fn holds(self, day: Date) -> bool {
        self.acquired_on <= day && self.lost_on.is_none_or(|lost| day < lost)
    }
}

/// The spell that holds the day, with its 資格喪失日: the one of the register, or the one of the age when that comes first.
fn spell_on(spells: &[Spell], ends_by_age: Date, day: Date) -> Option<(Spell, Date)> {
    let spell = spells.iter().find(|spell| spell.holds(day) && day < ends_by_age)?;
    Some((*spell, spell.lost_on.map_or(ends_by_age, |lost| lost.min(ends_by_age))))
}

fn charge(
    law: &Law,
    spell: Option<(Spell, Date)>,
    paid_on: Date,
    exempt: Option<Charge>,
    citations: &mut Citations,
) -> Result<Charge, BonusError> {
    let Some((spell, lost_on)) = spell else { return Ok(Charge::NotInsured) };
    let last_day = lost_on.yesterday().map_err(|_| CalendarError::OutOfRange)?;
    let months = coverage_months(law, spell.acquired_on, last_day)?;
    if Month::of(paid_on) > months.last_charged {
        months.citations.into_iter().for_each(|citation| citations.add(citation));
        return Ok(Charge::MonthOfLoss);
    }
    Ok(exempt.unwrap_or(Charge::Charged))
}

fn exemption(
    law: &Law,
    facts: &InsuranceFacts,
    month: Month,
    citations: &mut Citations,
) -> Result<Option<Charge>, BonusError> {
    if facts.exemption != BonusExemption::Automatic {
        return Ok(Some(Charge::ExemptAsTyped));
    }
    for leave in joined_leaves(facts.leaves.clone())? {
        let found = bonus_exemption(law, &leave, month)?;
        citations.add(found.citation);
        if found.exempt {
            return Ok(Some(Charge::Exempt(found.rule)));
        }
    }
    Ok(None)
}
