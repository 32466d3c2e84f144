use kura_calendar::Date;
use kura_law::Law;
use kura_yen::{Exact, Rounding, Yen};

use super::{CommutingError, RULES, TaxAmount, TaxRule};
use crate::Citations;

const TABLE: &str = "commuting_limits";
const VEHICLE: &str = "vehicle";
const FARE: &str = "public_transport_or_toll_or_combined";

/// 通勤の経路 of one person, a month's worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommutingRoute {
    /// 最も経済的かつ合理的な運賃, or a toll, yen a month.
    pub fare: Option<Yen>,
    /// 片道の距離 by car or bicycle, km.
    pub distance_km: Option<Exact>,
    /// 駐車場代 the person bears near the workplace or the station, yen a month.
    pub parking: Option<Yen>,
}

/// 通勤手当の非課税限度額 of a month (所得税法施行令20条の2). `due` is the day the allowance is due: a later back-payment uses
/// the limit of the month it belongs to. The total allowance is compared with this total limit, not item by item.
pub fn commuting_limit(law: &Law, due: Date, route: &CommutingRoute) -> Result<TaxAmount, CommutingError> {
    let mut citations = Citations::none();
    let vehicle = route.distance_km.map(|distance| vehicle_limit(law, due, distance, &mut citations)).transpose()?;
    let parking = match (route.distance_km, route.parking) {
        (_, None) => Yen::ZERO,
        (None, Some(_)) => return Err(CommutingError::ParkingWithoutDistance),
        (Some(distance), Some(parking)) => parking_part(law, due, distance, parking, &mut citations)?,
    };
    let (rule, uncapped) = match (route.fare, vehicle) {
        (None, None) => return Err(CommutingError::NoRoute),
        (None, Some(vehicle)) if parking == Yen::ZERO => {
            return Ok(TaxAmount::new(vehicle, TaxRule::CommutingVehicle, citations));
        }
        (None, Some(vehicle)) => (TaxRule::CommutingVehicle, vehicle + parking),
        (Some(fare), None) => (TaxRule::CommutingFare, fare),
        (Some(fare), Some(vehicle)) => (TaxRule::CommutingCombined, fare + vehicle + parking),
    };
    let most = law.row(TABLE, &[FARE], due)?;
    citations.add(most.citation());
    Ok(TaxAmount::new(uncapped.min(most.yen("monthly_limit_yen")?), rule, citations))
}

fn vehicle_limit(law: &Law, due: Date, distance: Exact, citations: &mut Citations) -> Result<Yen, CommutingError> {
    // The bands begin at whole kilometres.
    let whole_km = distance.round(Rounding::Down)?.get();
    let row = law.band(TABLE, &[VEHICLE], due, "km_min_incl", whole_km)?;
    citations.add(row.citation());
    Ok(row.yen("monthly_limit_yen")?)
}

fn parking_part(
    law: &Law,
    due: Date,
    distance: Exact,
    parking: Yen,
    citations: &mut Citations,
) -> Result<Yen, CommutingError> {
    let nearest = law.figure(RULES, "commuting.parking_min_km", due)?;
    let most = law.figure(RULES, "commuting.parking_max_yen", due)?;
    citations.add(most.citation());
    Ok(if distance < nearest.exact()? { Yen::ZERO } else { parking.min(most.yen()?) })
}
