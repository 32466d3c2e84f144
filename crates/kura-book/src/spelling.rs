use kura_model::{CLEARED, ColumnSchema, Kind, Value};
use kura_yen::Exact;

/// The word a value is written with: read again under the same column it is the same value.
#[must_use]
pub fn spell(column: &ColumnSchema, value: &Value) -> String {
    match value {
        Value::Text(text) => text.as_str().to_owned(),
        Value::Date(day) => day.to_string(),
        Value::Month(month) => month.to_string(),
        Value::Yen(amount) => amount.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Count(number) => number.to_string(),
        Value::Minutes(minutes) => minutes.to_string(),
        Value::Days(days) => days.to_string(),
        Value::Rate(rate) => per(rate.exact(), if matches!(column.kind, Kind::PerMille) { 1000 } else { 100 }),
        Value::Choice(at) => match column.kind {
            Kind::Choice(list, _) => list.values.get(usize::from(*at)).map_or("", |value| value.japanese).to_owned(),
            _ => String::new(),
        },
        Value::Flag(true) => "○".to_owned(),
        Value::Flag(false) => "×".to_owned(),
        Value::DayOfMonth(day) => day.to_string(),
        Value::Months(months) => months.to_string(),
        Value::Weekdays(pattern) => pattern.to_string(),
        Value::Dates(days) => days.to_string(),
        Value::FiscalYear(year) => year.to_string(),
        Value::Cleared => CLEARED.to_owned(),
    }
}

fn per(rate: Exact, base: i64) -> String {
    rate.times_integer(base).map(|number| number.to_string()).unwrap_or_default()
}
