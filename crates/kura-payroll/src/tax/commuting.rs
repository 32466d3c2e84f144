use kura_calendar::Date;
use kura_law::{CitationId, Cited, Law, LawError};
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
    let limit = CommutingLimits::on(law, due).limit(route)?;
    let mut citations = Citations::none();
    limit.citations().for_each(|citation| citations.add(citation));
    Ok(TaxAmount::new(limit.yen, limit.rule, citations))
}

/// The limit of one route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommutingLimit {
    /// 非課税限度額, yen a month.
    pub yen: Yen,
    /// The rule that gave it.
    pub rule: TaxRule,
    citations: [Option<CitationId>; 3],
}

impl CommutingLimit {
    /// The figures it stands on: band of the distance, parking, the most of a month.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.citations.into_iter().flatten()
    }
}

/// 通勤手当の非課税限度額 of one day, read once and used for many people. A figure that is missing is an error when a route
/// needs it.
#[derive(Debug, Clone)]
pub struct CommutingLimits<'law> {
    law: &'law Law,
    /// By the first whole km of the band, in the order of the distance.
    vehicle: Result<Vec<(i64, Cited<Yen>)>, LawError>,
    most: Result<Cited<Yen>, LawError>,
    parking_max: Result<Cited<Yen>, LawError>,
    parking_min_km: Result<Exact, LawError>,
}

impl<'law> CommutingLimits<'law> {
    /// The limits of allowances that are due on a day.
    pub fn on(law: &'law Law, due: Date) -> Self {
        let figure = |key| law.figure(RULES, key, due);
        let most = || {
            let row = law.row(TABLE, &[FARE], due)?;
            Ok(Cited { value: row.yen("monthly_limit_yen")?, citation: row.citation() })
        };
        let parking_max = figure("commuting.parking_max_yen");
        Self {
            law,
            vehicle: bands(law, due),
            most: most(),
            parking_max: parking_max.and_then(|figure| Ok(Cited { value: figure.yen()?, citation: figure.citation() })),
            parking_min_km: figure("commuting.parking_min_km").and_then(|figure| figure.exact()),
        }
    }

    /// The limit of a route, a month.
    pub fn limit(&self, route: &CommutingRoute) -> Result<CommutingLimit, CommutingError> {
        let vehicle = route.distance_km.map(|distance| self.vehicle(distance)).transpose()?;
        let parking = match (route.distance_km, route.parking) {
            (_, None) => None,
            (None, Some(_)) => return Err(CommutingError::ParkingWithoutDistance),
            (Some(distance), Some(parking)) => Some(self.parking(distance, parking)?),
        };
        let citation = |cited: Option<Cited<Yen>>| cited.map(|cited| cited.citation);
        let parking_yen = parking.map_or(Yen::ZERO, |cited| cited.value);
        let (rule, uncapped) = match (route.fare, vehicle) {
            (None, None) => return Err(CommutingError::NoRoute),
            (None, Some(band)) if parking_yen == Yen::ZERO => {
                let citations = [Some(band.citation), citation(parking), None];
                return Ok(CommutingLimit { yen: band.value, rule: TaxRule::CommutingVehicle, citations });
            }
            (None, Some(band)) => (TaxRule::CommutingVehicle, band.value + parking_yen),
            (Some(fare), None) => (TaxRule::CommutingFare, fare),
            (Some(fare), Some(band)) => (TaxRule::CommutingCombined, fare + band.value + parking_yen),
        };
        let most = self.most.clone()?;
        let citations = [citation(vehicle), citation(parking), Some(most.citation)];
        Ok(CommutingLimit { yen: uncapped.min(most.value), rule, citations })
    }
    fn vehicle(&self, distance: Exact) -> Result<Cited<Yen>, CommutingError> {
        // The bands begin at whole kilometres.
        let whole_km = distance.round(Rounding::Down)?.get();
        let bands = self.vehicle.as_ref().map_err(LawError::clone)?;
        let band = bands.iter().rev().find(|(first_km, _)| *first_km <= whole_km);
        let (_, limit) = band.ok_or_else(|| self.law.outside(TABLE, "最初の段に満たない値"))?;
        Ok(*limit)
    }

    fn parking(&self, distance: Exact, parking: Yen) -> Result<Cited<Yen>, CommutingError> {
        let Cited { value, citation } = self.parking_max.clone()?;
        let counts = distance >= self.parking_min_km.clone()?;
        Ok(Cited { value: if counts { parking.min(value) } else { Yen::ZERO }, citation })
    }
}

fn bands(law: &Law, due: Date) -> Result<Vec<(i64, Cited<Yen>)>, LawError> {
    let mut bands = Vec::new();
    for row in law.rows(TABLE, &[VEHICLE], due)? {
        let limit = Cited { value: row.yen("monthly_limit_yen")?, citation: row.citation() };
        bands.push((row.integer_or_open("km_min_incl")?.unwrap_or(i64::MIN), limit));
    }
    bands.sort_by_key(|(first_km, _)| *first_km);
    if bands.is_empty() { Err(law.missing_on(TABLE, due)) } else { Ok(bands) }
}
