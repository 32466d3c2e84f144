use std::collections::BTreeSet;

use kura_calendar::{Date, Timeline};
use kura_model::{Commuting, CommutingMeans};
use kura_payroll::tax::CommutingRoute;
use kura_yen::{Exact, Yen};

use crate::person::PersonFacts;
use crate::stop::Stop;

impl PersonFacts<'_> {
    /// 片道距離 (the sum of the car and motorbike legs, km) and 通勤日額 on a day.
    pub(crate) fn way_to_work(&self, on: Date) -> Result<[Exact; 2], Stop> {
        let legs = self.commuting_legs(on);
        let distance = legs.iter().filter_map(|leg| leg.driven_km).try_fold(Exact::ZERO, Exact::plus)?;
        let daily = legs.iter().filter_map(|leg| leg.daily).map(Yen::exact).try_fold(Exact::ZERO, Exact::plus)?;
        Ok([distance, daily])
    }

    /// The days on which a row of 通勤 begins, each once.
    pub(crate) fn commuting_changes(&self) -> BTreeSet<Date> {
        self.legs().flat_map(|history| history.facts().iter().map(|(from, _)| *from)).collect()
    }

    /// 通勤 of the person, leg by leg.
    fn legs(&self) -> impl Iterator<Item = &Timeline<Commuting>> {
        let (client, employee) = (&self.employee.client_code, &self.employee.employee_code);
        let from = self.known.commuting.range((client.clone(), employee.clone(), None)..);
        from.take_while(move |((of, person, _), _)| of == client && person == employee).map(|(_, history)| history)
    }

    /// 通勤 on a day, one leg a row.
    pub(crate) fn commuting_legs(&self, on: Date) -> Vec<Leg> {
        self.legs()
            .filter_map(|history| {
                let leg = history.on(on)?;
                let driven = matches!(leg.means?, CommutingMeans::Car | CommutingMeans::Motorbike);
                let by_distance = driven || leg.means == Some(CommutingMeans::Bicycle);
                Some(Leg {
                    fare: leg
                        .monthly_amount
                        .filter(|_| leg.means == Some(CommutingMeans::PublicTransport))
                        .or(leg.toll),
                    public_transport: leg.means == Some(CommutingMeans::PublicTransport),
                    limit_km: leg.distance_km.filter(|_| by_distance),
                    driven_km: leg.distance_km.filter(|_| driven),
                    daily: leg.daily_amount,
                    parking: leg.parking,
                })
            })
            .collect()
    }
}

/// One leg of the way to work.
pub(crate) struct Leg {
    fare: Option<Yen>,
    public_transport: bool,
    limit_km: Option<Exact>,
    driven_km: Option<Exact>,
    daily: Option<Yen>,
    parking: Option<Yen>,
}

/// The route the tax-free limit follows from. A fare paid by the day has no monthly figure: its limit is that of public
/// transport itself.
pub(crate) fn route(legs: &[Leg]) -> Result<Option<CommutingRoute>, Stop> {
    if legs.is_empty() {
        return Ok(None);
    }
    let mut route = CommutingRoute::default();
    for leg in legs {
        if leg.public_transport && leg.fare.is_none() {
            route.fare = Some(Yen::new(i64::from(i32::MAX)));
        }
        if let Some(fare) = leg.fare {
            route.fare = Some(route.fare.unwrap_or(Yen::ZERO) + fare);
        }
        if let Some(km) = leg.limit_km {
            route.distance_km = Some(route.distance_km.unwrap_or(Exact::ZERO).plus(km)?);
        }
        if let Some(parking) = leg.parking {
            route.parking = Some(route.parking.unwrap_or(Yen::ZERO) + parking);
        }
    }
    Ok(Some(route))
}
