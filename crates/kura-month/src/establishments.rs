use std::collections::{BTreeMap, BTreeSet};

use kura_model::{EstablishmentCode, Scheme};

use crate::month::ClientWork;
use crate::needed::Needed;
use crate::premiums::KYOKAI;
use crate::stop::Stop;

/// The empty cells of 事業所 without which the premiums of its people cannot be computed: each told once, beside the people it stops.
pub(crate) fn empty_cells(work: &ClientWork<'_>) -> Vec<Stop> {
    let day = work.request.month.last_day();
    let mut stops = Vec::new();
    for (code, schemes) in schemes(work) {
        let history = work.known.establishments.get(&(work.client.client_code.clone(), code));
        let Some(establishment) = history.and_then(|history| history.on(day)) else { continue };
        let mut cells = Needed::of_establishment(work.known, establishment, day);
        if schemes.contains(&Scheme::Health) {
            let insurer = cells.cell(establishment.insurer_code.as_ref(), "保険者コード");
            if insurer.is_some_and(|code| code.as_str() == KYOKAI) {
                cells.cell(establishment.prefecture, "都道府県");
            }
        }
        if schemes.contains(&Scheme::Employment) {
            cells.cell(establishment.employment_business_class, "雇用保険の事業区分");
        }
        stops.extend(cells.into_stops());
    }
    stops
}

/// Which schemes the people of each establishment are in.
fn schemes(work: &ClientWork<'_>) -> BTreeMap<EstablishmentCode, BTreeSet<Scheme>> {
    let mut schemes: BTreeMap<EstablishmentCode, BTreeSet<Scheme>> = BTreeMap::new();
    for employee in work.employees() {
        let key = (employee.client_code.clone(), employee.employee_code.clone());
        let terms = work.known.terms.get(&key).and_then(|history| history.on(work.request.month.last_day()));
        let Some(code) = terms.and_then(|terms| terms.establishment_code.clone()) else { continue };
        let spells = work.people.get(&key).into_iter().flat_map(|rows| &rows.spells);
        schemes.entry(code).or_default().extend(spells.map(|spell| spell.scheme));
    }
    schemes
}
