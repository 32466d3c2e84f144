use kura_calendar::{Date, Month};
use kura_insurance::InsuranceAges;
use kura_insurance::decisions::{CurrentStandard, DecidedStandard, WorkerClass};
use kura_model::{EmploymentClass, InsuranceSpell, Row, Scheme, StandardRemuneration};
use kura_yen::Yen;

use crate::person::PersonFacts;
use crate::stop::Stop;

const SPELLS: &str = "被保険者資格";

/// How a person is insured on a day: 健康保険, 厚生年金保険, 70歳以上被用者.
pub(super) struct Insured<'run> {
    /// 健保, while it lasts.
    pub(super) health: Option<&'run Row<InsuranceSpell>>,
    /// 厚年, while it lasts.
    pub(super) pension: Option<&'run Row<InsuranceSpell>>,
    /// 70歳以上被用者: works on as an insured person would, after 厚年 has ended by age.
    pub(super) over_70: bool,
    /// The day 70 is reached.
    pub(super) seventy_on: Date,
    /// What names the person in a filing: 健保, else 厚年, else the spell that ended by age.
    pub(super) spell: &'run Row<InsuranceSpell>,
}

impl<'run> Insured<'run> {
    /// `None` for a person who is not insured on the day, or not employed.
    pub(super) fn on(person: &PersonFacts<'run>, day: Date) -> Result<Option<Self>, Stop> {
        let employed = person.employed()?;
        let spells = |scheme: Scheme| person.rows.spells.iter().copied().filter(move |spell| spell.scheme == scheme);
        if day < employed.from
            || employed.to < day
            || spells(Scheme::Health).chain(spells(Scheme::Pension)).count() == 0
        {
            return Ok(None);
        }
        let birth_date = person.employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))?;
        let ages = InsuranceAges::of(person.law, birth_date, day)?;
        let [_, _, (_, seventy_on), _] = ages.reached;
        let seventy_five_on = ages.health_last_month.next();
        let in_force = |spell: &Row<InsuranceSpell>| {
            let acquired = spell.acquired_on.ok_or_else(|| Stop::unknown(SPELLS, Some(spell.number), "取得日"))?;
            Ok::<_, Stop>(acquired <= day && spell.lost_on.is_none_or(|lost| day < lost))
        };
        let find = |scheme: Scheme| {
            for spell in spells(scheme) {
                if in_force(spell)? {
                    return Ok(Some(spell));
                }
            }
            Ok::<_, Stop>(None)
        };
        let (health, pension) = (find(Scheme::Health)?, find(Scheme::Pension)?);
        let is_seventy = seventy_on <= day;
        let ended_by_age = is_seventy.then(|| {
            // 厚年 ended on the day 70 was reached; 健保 says 70歳以上被用者, also after 75 has ended it.
            let mut by_pension = spells(Scheme::Pension).filter(|spell| spell.lost_on == Some(seventy_on));
            let mut by_health = spells(Scheme::Health).filter(|spell| {
                let until_75 = spell.lost_on.is_none_or(|lost| day < lost || Month::of(lost) == seventy_five_on);
                spell.aged_70_or_over && until_75
            });
            by_health.next().or_else(|| by_pension.next()).or(pension)
        });
        let ended_by_age = ended_by_age.flatten();
        let pension = pension.filter(|_| !is_seventy);
        let Some(spell) = health.or(pension).or(ended_by_age) else { return Ok(None) };
        Ok(Some(Self { health, pension, over_70: ended_by_age.is_some(), seventy_on, spell }))
    }

    /// 資格取得日.
    pub(super) fn acquired(&self) -> Result<Date, Stop> {
        self.spell.acquired_on.ok_or_else(|| Stop::unknown(SPELLS, Some(self.spell.number), "取得日"))
    }

    /// 被保険者の区分: 短時間労働者 as the spell says; a part-timer who works shorter than a regular employee.
    pub(super) fn worker(&self, person: &PersonFacts<'_>, day: Date) -> Result<WorkerClass, Stop> {
        let terms = person.terms_on(day)?;
        let as_long = terms.weekly_scheduled_hours.is_some_and(|hours| terms.regular_weekly_hours == Some(hours));
        Ok(match terms.employment_class {
            _ if self.spell.short_time_worker => WorkerClass::ShortTimeWorker,
            Some(EmploymentClass::PartTime | EmploymentClass::StudentPartTime) if !as_long => WorkerClass::PartTimer,
            _ => WorkerClass::Ordinary,
        })
    }

    /// The standards of a row, as far as the person is insured.
    pub(super) fn current(&self, row: &Row<StandardRemuneration>) -> Result<CurrentStandard, Stop> {
        let unknown = |column| Stop::unknown("標準報酬", Some(row.number), column);
        let health = match self.health {
            Some(_) => Some(row.health_standard.ok_or_else(|| unknown("健保 標準報酬月額"))?),
            None => None,
        };
        let pension = match (self.pension, self.over_70) {
            (Some(_), _) => Some(row.pension_standard.ok_or_else(|| unknown("厚年 標準報酬月額"))?),
            (None, true) => {
                let known = row.pension_equivalent.or(row.pension_standard);
                Some(known.ok_or_else(|| unknown("70歳以上の相当額"))?)
            }
            (None, false) => None,
        };
        Ok(CurrentStandard { health, pension, remuneration: row.remuneration })
    }

    /// The row of 標準報酬 that proposes a decision: 決定通知書の日 stays empty.
    pub(super) fn proposal(
        &self,
        person: &PersonFacts<'_>,
        applies_from: Month,
        [health, pension]: [Option<Yen>; 2],
    ) -> StandardRemuneration {
        let employee = person.employee;
        let mut row =
            StandardRemuneration::new(employee.client_code.clone(), employee.employee_code.clone(), applies_from);
        row.health_standard = health;
        if self.over_70 {
            row.pension_equivalent = pension;
        } else {
            row.pension_standard = pension;
        }
        row
    }
}

/// 健保 and 厚年 of a decision, yen.
pub(super) fn amounts(decided: &DecidedStandard) -> [Option<Yen>; 2] {
    [decided.health, decided.pension].map(|standard| standard.map(|standard| standard.standard_monthly))
}
