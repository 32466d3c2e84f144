//! 最低賃金: whose wage of an hour is below the minimum of the place of work (最低賃金法4条), day by day.

use kura_book::Finding;
use kura_calendar::Date;
use kura_model::{Establishment, EstablishmentCode};
use kura_payroll::clocks::Period;
use kura_payroll::wages::{MinimumWageSegment, MinimumWageSpan, minimum_wage_check};
use kura_yen::Exact;

use super::of_person;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::person::PersonFacts;
use crate::stop::Stop;

const SHEET: &str = "雇用条件";

/// The days of the base pay on which the agreed wage is below the minimum.
pub(super) fn check(month: &ClientMonth<'_>, person: &PaidPerson<'_>) -> Vec<Finding> {
    match below(month, person) {
        Ok(segments) => segments
            .iter()
            .map(|segment| {
                let place = (SHEET, Some("基本額"));
                of_person(person, place, "below_minimum_wage", &segment.sentence(), segment.remedy())
            })
            .collect(),
        Err(stop) => {
            let words = format!("最低賃金と比べられません。{}", stop.sentence);
            let finding = of_person(person, (stop.sheet, stop.column), "minimum_wage_unchecked", &words, stop.remedy);
            vec![Finding { row: stop.row, ..finding }]
        }
    }
}

fn below(month: &ClientMonth<'_>, person: &PaidPerson<'_>) -> Result<Vec<MinimumWageSegment>, Stop> {
    let facts = &person.facts;
    let wages = facts.group.plan.comparable_hourly_wages(&person.asked)?;
    let mut found = Vec::new();
    for (period, hourly) in wages.0 {
        // A sum in place of the pay of a leave is no wage for work.
        for days in facts.without_part_pay(period)? {
            found.extend(below_in(month, facts, days, hourly)?);
        }
    }
    Ok(found)
}

/// The days below among those of one wage, place by place.
fn below_in(
    month: &ClientMonth<'_>,
    facts: &PersonFacts<'_>,
    days: Period,
    hourly: Exact,
) -> Result<Vec<MinimumWageSegment>, Stop> {
    let mut found = Vec::new();
    for (period, place) in facts.places_of_work(days)? {
        let prefecture = place.minimum_wage_prefecture;
        let row = facts.known.establishment_row(place, period.to);
        let prefecture = prefecture.ok_or_else(|| Stop::unknown("事業所", row, "最低賃金の都道府県"))?;
        let span = MinimumWageSpan { period, hourly, industry: place.industry_minimum_wage };
        let (segments, _) = minimum_wage_check(month.law, prefecture.japanese(), &[span])
            .map_err(|error| Stop::reason(SHEET, "minimum_wage_unchecked", &error, error.remedy()))?;
        found.extend(segments.into_iter().filter(MinimumWageSegment::is_below));
    }
    Ok(found)
}

impl PersonFacts<'_> {
    /// The 事業所 whose minimum wage holds, by days: 勤務する事業場 where the book has a row of it, else that of social insurance.
    fn places_of_work(&self, days: Period) -> Result<Vec<(Period, &Establishment)>, Stop> {
        let mut places: Vec<(Period, &Establishment)> = Vec::new();
        let mut next = Some(days.from);
        while let Some(day) = next.filter(|day| *day <= days.to) {
            let place = self.place_of_work(day)?;
            match places.last_mut().filter(|(_, known)| std::ptr::eq(*known, place)) {
                Some((period, _)) => period.to = day,
                None => places.push((Period { from: day, to: day }, place)),
            }
            next = day.tomorrow().ok();
        }
        Ok(places)
    }

    fn place_of_work(&self, day: Date) -> Result<&Establishment, Stop> {
        let workplace = self.terms_on(day)?.workplace_code.as_ref();
        let of_workplace = workplace.and_then(|code| {
            let key = (self.employee.client_code.clone(), EstablishmentCode::from(code.as_str()));
            self.known.establishments.get(&key)?.on(day)
        });
        of_workplace.map_or_else(|| self.establishment(day), Ok)
    }
}
