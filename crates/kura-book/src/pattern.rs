use kura_calendar::{Date, read_date};
use kura_model::{ColumnSchema, DayOfMonth, FiscalYear, MonthsOfYear, Value, WeekdayPattern};
use kura_text::half_width_code;

use crate::cell::{Raw, plain_text};
use crate::finding::Problem;

pub(crate) fn flag(raw: Raw<'_>) -> Result<Value, Problem> {
    let set = match raw {
        Raw::Bool(set) => Some(set),
        other => match half_width_code(&plain_text(other)?).to_ascii_lowercase().as_str() {
            "○" | "◯" | "〇" | "●" | "o" | "✓" | "✔" | "レ" | "有" | "はい" | "1" | "true" | "yes" | "y" => {
                Some(true)
            }
            "×" | "✕" | "✗" | "x" | "無" | "なし" | "いいえ" | "0" | "false" | "no" | "n" => Some(false),
            _ => None,
        },
    };
    set.map(Value::Flag)
        .ok_or_else(|| Problem::error("not_a_flag", "○か空欄の列です。", "該当するときだけ「○」を入れてください。"))
}

pub(crate) fn day_of_month(column: &ColumnSchema, raw: Raw<'_>) -> Result<Value, Problem> {
    let text = plain_text(raw)?;
    let folded = half_width_code(&text);
    let plain = folded.strip_suffix('日').unwrap_or(&folded);
    if matches!(plain, "末" | "月末") || plain.eq_ignore_ascii_case("last") {
        return Ok(Value::DayOfMonth(DayOfMonth::Last));
    }
    let day = plain.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    let last_day_allowed = column.max.and_then(|max| max.parse::<i8>().ok()).unwrap_or(31);
    match day {
        Some(31) if last_day_allowed < 31 => Ok(Value::DayOfMonth(DayOfMonth::Last)),
        Some(day) if day <= last_day_allowed => Ok(Value::DayOfMonth(DayOfMonth::Day(day))),
        _ => Err(Problem::error(
            "not_a_day_of_month",
            "毎月の日として読めません。",
            format!("「末日」か、1から{last_day_allowed}までの数を入れてください。"),
        )),
    }
}

pub(crate) fn months(raw: Raw<'_>) -> Result<Value, Problem> {
    let text = plain_text(raw)?;
    MonthsOfYear::parse(&half_width_code(&text)).map(Value::Months).ok_or_else(|| {
        Problem::error(
            "not_months",
            "月の並びとして読めません。",
            "「7,12」のように、列の表示形式を「文字列」にして入れてください。",
        )
    })
}

pub(crate) fn weekdays(raw: Raw<'_>) -> Result<Value, Problem> {
    let text = plain_text(raw)?;
    WeekdayPattern::parse(&half_width_code(&text)).map(Value::Weekdays).ok_or_else(|| {
        Problem::error("not_weekdays", "曜日の並びとして読めません。", "「土(2,4)」「土・日」のように入れてください。")
    })
}

pub(crate) fn fiscal_year(raw: Raw<'_>) -> Result<Value, Problem> {
    let text = plain_text(raw)?;
    let text = half_width_code(&text);
    let text = text.strip_suffix("年度").unwrap_or(&text);
    let year = match text.parse::<i16>() {
        Ok(year) => (1900..=2199).contains(&year).then_some(year),
        Err(_) => read_date(&format!("{}.4.1", text.strip_suffix('年').unwrap_or(text)))
            .or_else(|_| read_date(&format!("{}.12.31", text.strip_suffix('年').unwrap_or(text))))
            .ok()
            .map(Date::year),
    };
    year.map(|year| Value::FiscalYear(FiscalYear::beginning_in(year))).ok_or_else(|| {
        Problem::error("not_a_fiscal_year", "年度として読めません。", "「R8」または「2026」のように入れてください。")
    })
}
