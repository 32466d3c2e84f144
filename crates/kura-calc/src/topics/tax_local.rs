//! inhabitant_tax and commuting_limit.

use kura_calendar::{Date, parse_iso_month};
use kura_law::Law;
use kura_payroll::tax::{
    CommutingRoute, Leaver, LeaverCollection, commuting_limit as limit, inhabitant_tax_instalment,
    inhabitant_tax_of_leaver,
};

use super::figures_day::pack_day;
use super::limits::TAX_YEN_MAX;
use crate::answer::{Answer, Object};
use crate::error::CalcError;
use crate::request::Request;

/// The longest one-way distance a request may name, km.
const DISTANCE_KM_MAX: i64 = 2_000;

/// 住民税: the instalment of a month, or what the last pay of a leaver bears.
pub(crate) fn inhabitant_tax(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let annual = request.yen("annual", 0..=TAX_YEN_MAX)?;
    let per_capita = request.yen("per_capita", 0..=TAX_YEN_MAX)?;
    let month = month_of_cycle(request, law)?;
    let leave_month = request.month("leave_month")?;
    let last_pay_month = request.month("last_pay_month")?;
    let lump_sum_requested = request.flag("lump_sum_requested")?;
    request.finish()?;

    let leaves = leave_month.is_some() || last_pay_month.is_some() || lump_sum_requested.is_some();
    let mut answer = Answer::new();
    match (annual, month) {
        (_, Some(_)) if leaves => {
            let message = "月割額（month）と退職者の徴収（leave_month ほか）は別の計算です。";
            return Err(CalcError::wrong_combination("month", message, "どちらか一方の項目だけにしてください。"));
        }
        (Some(annual), Some((on, month))) => {
            let instalment = inhabitant_tax_instalment(law, on, annual, per_capita, month)?;
            answer.fields().yen("amount", instalment.yen);
            answer.cite(instalment.citations);
        }
        (Some(annual), None) => {
            if let (Some(leave_month), Some(last_pay_month)) = (leave_month, last_pay_month) {
                let lump_sum_requested = lump_sum_requested.unwrap_or(false);
                let leaver = Leaver { annual, per_capita, leave_month, last_pay_month, lump_sum_requested };
                let collection = inhabitant_tax_of_leaver(law, &leaver)?;
                on_leaving(answer.fields(), &collection);
                answer.cite(collection.withheld.citations);
            }
        }
        (None, _) => {}
    }
    let needed: &[&str] = if leaves { &["annual", "leave_month", "last_pay_month"] } else { &["annual", "month"] };
    answer.or_missing(request, needed)
}

fn on_leaving(fields: &mut Object, collection: &LeaverCollection) {
    fields.yen("amount", collection.withheld.yen);
    fields.text("rule", collection.withheld.rule.name());
    if let Some((first, last)) = collection.months {
        fields.month("first_month", first);
        fields.month("last_month", last);
    }
    fields.yen("ordinary_collection", collection.ordinary_collection);
}

/// The month of an instalment, 1 to 12 or a month of a year, and the day whose rule counts: without a year that of the pack.
fn month_of_cycle(request: &mut Request<'_>, law: &Law) -> Result<Option<(Date, i8)>, CalcError> {
    if let Ok(Some(text)) = request.text("month") {
        let month = parse_iso_month(&text).map_err(|error| CalcError::bad_date("month", &error))?;
        return Ok(Some((month.first_day(), month.month())));
    }
    let Some(number) = request.integer("month", 1..=12)? else { return Ok(None) };
    Ok(Some((pack_day(law)?, number)))
}

/// 通勤手当の非課税限度額.
pub(crate) fn commuting_limit(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let date = request.date("date")?;
    let distance_km = request.decimal("distance_km", 0..=DISTANCE_KM_MAX)?;
    let fare = request.yen("fare", 0..=TAX_YEN_MAX)?;
    let parking = request.yen("parking", 0..=TAX_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let Some(date) = date.filter(|_| distance_km.is_some() || fare.is_some()) {
        let amount = limit(law, date, &CommutingRoute { fare, distance_km, parking })?;
        answer.fields().yen("tax_free_limit", amount.yen);
        answer.cite(amount.citations);
    }
    answer.or_missing(request, &["date", "distance_km"])
}
