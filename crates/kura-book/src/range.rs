use kura_model::{ColumnSchema, Kind, Value};
use kura_yen::Exact;

use crate::finding::Problem;

/// A value outside the plausible range of its column is refused: 0.092 for a rate of 9.2 %, a month of 40 days.
pub(crate) fn check(column: &ColumnSchema, value: &Value) -> Result<(), Problem> {
    if column.min.is_none() && column.max.is_none() {
        return Ok(());
    }
    let Some(number) = as_typed(column, value) else { return Ok(()) };
    let bound = |bound: Option<&str>| bound.and_then(|text| Exact::parse(text).ok());
    let too_small = bound(column.min).is_some_and(|min| number < min);
    let too_large = bound(column.max).is_some_and(|max| number > max);
    if !too_small && !too_large {
        return Ok(());
    }
    let remedy = match (column.kind, too_small) {
        (Kind::Percent, true) => "セルの表示形式を「標準」にして、9.2％なら「9.20」のように入れてください。",
        (Kind::PerMille, true) => "1000分の5.5なら「5.5」のように入れてください。",
        _ => "桁と単位を確かめてください。",
    };
    Err(Problem::error("out_of_range", format!("{}の範囲を外れています。", range(column)), remedy))
}

fn range(column: &ColumnSchema) -> String {
    match (column.min, column.max) {
        (Some(min), Some(max)) => format!("{min}～{max}"),
        (Some(min), None) => format!("{min}以上"),
        (None, Some(max)) => format!("{max}以下"),
        (None, None) => String::new(),
    }
}

/// The value in the unit in which the column's bounds are written.
fn as_typed(column: &ColumnSchema, value: &Value) -> Option<Exact> {
    match value {
        Value::Yen(amount) => Some(amount.exact()),
        Value::Decimal(number) => Some(*number),
        Value::Count(number) => Some(Exact::whole(*number)),
        Value::Minutes(minutes) => minutes.hours().ok(),
        Value::Days(days) => days.exact().ok(),
        Value::Rate(rate) if matches!(column.kind, Kind::PerMille) => rate.exact().times_integer(1000).ok(),
        Value::Rate(rate) => rate.exact().times_integer(100).ok(),
        _ => None,
    }
}
