//! One value as JSON, and back by the kind of its column.

use kura_calendar::{parse_iso_date, parse_iso_month};
use kura_model::{
    ColumnSchema, DateList, DayOfMonth, Days, FiscalYear, Kind, Minutes, MonthsOfYear, Text, Value, WeekdayPattern,
};
use kura_yen::{Exact, Rate, Yen};

/// A cell of JSON, as far as records use them.
pub(crate) enum Json<'text> {
    Null,
    Flag(bool),
    Number(i64),
    Text(&'text str),
}

/// Writes the value of a column behind `out`.
pub(crate) fn write(out: &mut String, column: &ColumnSchema, value: &Value) {
    match value {
        Value::Text(text) => write_text(out, text.as_str()),
        Value::Date(day) => write_text(out, &day.to_string()),
        Value::Month(month) => write_text(out, &month.to_string()),
        Value::Yen(amount) => out.push_str(&amount.get().to_string()),
        Value::Decimal(number) => write_text(out, &number.to_string()),
        Value::Count(number) => out.push_str(&number.to_string()),
        Value::Minutes(minutes) => out.push_str(&minutes.get().to_string()),
        Value::Days(days) => write_text(out, &days.to_string()),
        Value::Rate(rate) => write_text(out, &rate.to_string()),
        Value::Choice(at) => write_text(out, choice_name(column, *at)),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::DayOfMonth(DayOfMonth::Last) => write_text(out, LAST_DAY),
        Value::DayOfMonth(DayOfMonth::Day(day)) => out.push_str(&day.to_string()),
        Value::Months(months) => write_text(out, &months.to_string()),
        Value::Weekdays(pattern) => write_text(out, &pattern.to_string()),
        Value::Dates(days) => write_text(out, &days.to_string()),
        Value::FiscalYear(year) => out.push_str(&year.first_year().to_string()),
        Value::Cleared => out.push_str("null"),
    }
}

/// Writes a text as JSON.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            plain => out.push(plain),
        }
    }
    out.push('"');
}

/// The value of a column, or `None` if the column cannot hold such a cell.
pub(crate) fn read(column: &ColumnSchema, cell: &Json<'_>) -> Option<Value> {
    match cell {
        Json::Null => Some(Value::Cleared),
        Json::Flag(flag) => matches!(column.kind, Kind::Flag).then_some(Value::Flag(*flag)),
        Json::Number(number) => read_number(column.kind, *number),
        Json::Text(text) => read_text(column.kind, text),
    }
}

/// An exact number as it was written: a decimal, or `n/d`.
pub(crate) fn exact(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        Some((numerator, denominator)) => {
            Exact::parse(numerator).ok()?.divided_by(Exact::parse(denominator).ok()?).ok()
        }
        None => Exact::parse(text).ok(),
    }
}

const LAST_DAY: &str = "last";

fn read_number(kind: Kind, number: i64) -> Option<Value> {
    Some(match kind {
        Kind::Yen => Value::Yen(Yen::new(number)),
        Kind::Count => Value::Count(number),
        Kind::HoursMinutes => Value::Minutes(Minutes::new(i32::try_from(number).ok()?)),
        Kind::DayOfMonth => Value::DayOfMonth(DayOfMonth::Day(i8::try_from(number).ok()?)),
        Kind::FiscalYear => Value::FiscalYear(FiscalYear::beginning_in(i16::try_from(number).ok()?)),
        _ => return None,
    })
}

fn read_text(kind: Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::Text | Kind::Kana | Kind::Code(_) | Kind::Formula => Value::Text(Text::from(text)),
        Kind::Date => Value::Date(parse_iso_date(text).ok()?),
        Kind::Month => Value::Month(parse_iso_month(text).ok()?),
        Kind::Decimal => Value::Decimal(exact(text)?),
        Kind::Days => Value::Days(Days::of_exact(exact(text)?)?),
        Kind::Percent | Kind::PerMille => Value::Rate(Rate::new(exact(text)?)),
        Kind::Choice(list, _) => {
            let at = list.values.iter().position(|value| value.identifier == text)?;
            Value::Choice(u16::try_from(at).ok()?)
        }
        Kind::DayOfMonth => (text == LAST_DAY).then_some(Value::DayOfMonth(DayOfMonth::Last))?,
        Kind::Months => Value::Months(MonthsOfYear::parse(text)?),
        Kind::Weekdays => Value::Weekdays(WeekdayPattern::parse(text)?),
        Kind::Dates => Value::Dates(dates(text)?),
        Kind::Yen | Kind::Count | Kind::HoursMinutes | Kind::Flag | Kind::FiscalYear => return None,
    })
}

fn dates(text: &str) -> Option<DateList> {
    let days: Option<Vec<_>> =
        text.split(',').filter(|day| !day.is_empty()).map(|day| parse_iso_date(day).ok()).collect();
    days.map(DateList::new)
}

/// The identifier of a choice: it stays when the list is put in another order.
fn choice_name(column: &ColumnSchema, at: u16) -> &'static str {
    match column.kind {
        Kind::Choice(list, _) => list.values.get(usize::from(at)).map_or("", |value| value.identifier),
        _ => "",
    }
}
