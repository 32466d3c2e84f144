use kura_model::{Days, Minutes, Value};
use kura_text::half_width_code;
use kura_yen::{Exact, Rate, Yen};

use crate::cell::{Raw, not_a_number, plain_text};
use crate::finding::Problem;
use crate::limits::YEN_MAX;
use crate::number::{decimal_text, exact, plain_decimal, whole};
use crate::time::{TimeProblem, minutes_of_day_part, minutes_of_hours, minutes_of_text};

pub(crate) fn yen(raw: Raw<'_>) -> Result<Value, Problem> {
    let amount = match raw {
        Raw::Number { value, .. } => whole(value),
        other => {
            let plain = plain_decimal(&plain_text(other)?).ok_or_else(not_a_number)?;
            let (integer, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
            fraction.bytes().all(|digit| digit == b'0').then(|| integer.parse().ok()).flatten()
        }
    };
    let amount: i64 = amount.ok_or_else(|| {
        Problem::error(
            "not_whole_yen",
            "1円未満の端数があるか、金額として大きすぎます。",
            "円の整数で入れてください。計算式の結果なら、端数処理をした値を貼り付けてください。",
        )
    })?;
    if !(-YEN_MAX..=YEN_MAX).contains(&amount) {
        return Err(Problem::error("out_of_range", "金額が大きすぎます（10兆円まで）。", "桁を確かめてください。"));
    }
    Ok(Value::Yen(Yen::new(amount)))
}

pub(crate) fn decimal(raw: Raw<'_>) -> Result<Exact, Problem> {
    match raw {
        Raw::Number { value, percent } => scaled(value, if percent { 100 } else { 1 }),
        Raw::DayOrTime(serial) => minutes_of_day_part(serial).ok().and_then(hours).ok_or_else(not_a_number),
        other => decimal_of_text(&plain_text(other)?),
    }
}

/// A decimal, a number of hours as `66:20`, or a fraction as `199/3` (what does not end as a decimal is written so).
fn decimal_of_text(text: &str) -> Result<Exact, Problem> {
    let read = if text.contains([':', '：']) {
        minutes_of_text(text).ok().and_then(hours)
    } else if let Some((numerator, denominator)) = text.split_once('/') {
        let part = |part: &str| part.parse::<i64>().ok();
        part(numerator)
            .zip(part(denominator))
            .and_then(|(numerator, denominator)| Exact::whole(numerator).divided_by_integer(denominator).ok())
    } else {
        plain_decimal(text).and_then(|plain| exact(&plain))
    };
    read.ok_or_else(not_a_number)
}

fn hours(minutes: Minutes) -> Option<Exact> {
    minutes.hours().ok()
}

fn scaled(value: f64, factor: i64) -> Result<Exact, Problem> {
    let text = decimal_text(value).ok_or_else(not_a_number)?;
    Exact::parse(&text).and_then(|number| number.times_integer(factor)).map_err(|_| not_a_number())
}

pub(crate) fn count(raw: Raw<'_>) -> Result<i64, Problem> {
    let number = decimal(raw)?;
    let whole = number.round(kura_yen::Rounding::Down).map_err(|_| not_a_number())?;
    if whole.exact() != number {
        return Err(Problem::error("not_whole", "整数でありません。", "整数で入れてください。"));
    }
    Ok(whole.get())
}

pub(crate) fn hours_minutes(raw: Raw<'_>) -> Result<Value, Problem> {
    let minutes = match raw {
        Raw::DayOrTime(serial) => minutes_of_day_part(serial),
        Raw::Number { value, .. } => minutes_of_hours(value),
        other => minutes_of_text(&plain_text(other)?),
    };
    minutes.map(Value::Minutes).map_err(|problem| match problem {
        TimeProblem::NotATime => Problem::error(
            "not_a_time",
            "時間として読めません。",
            "「8:30」または「8.5」（時間）のように入れてください。",
        ),
        TimeProblem::NotWholeMinutes => Problem::error(
            "not_whole_minutes",
            "1分未満の端数があります。",
            "「8:20」のように、時間と分で入れてください。",
        ),
    })
}

pub(crate) fn days(raw: Raw<'_>) -> Result<Value, Problem> {
    let number = match raw {
        Raw::Text(text) => decimal_of_text(text.strip_suffix('日').unwrap_or(text))?,
        other => decimal(other)?,
    };
    Days::of_exact(number).map(Value::Days).ok_or_else(|| {
        Problem::error("not_quarter_days", "日数は0.25日単位です。", "半日は0.5、4分の1日は0.25と入れてください。")
    })
}

/// A rate per `base`: 9.20, `9.20%` and a cell formatted as 9.20% are the same rate per hundred.
pub(crate) fn rate(raw: Raw<'_>, base: i64) -> Result<Value, Problem> {
    let parts = match raw {
        Raw::Number { value, percent: true } => return to_rate(scaled(value, 1)?, 1),
        Raw::Number { value, percent: false } => scaled(value, 1)?,
        other => {
            let text = plain_text(other)?;
            let text = half_width_code(text.trim());
            if let Some(per_mille) = text.strip_suffix('‰').or_else(|| text.strip_suffix("/1000")) {
                return to_rate(decimal_of_text(per_mille.trim())?, 1000);
            }
            if let Some(percent) = text.strip_suffix('%') {
                return to_rate(decimal_of_text(percent.trim())?, 100);
            }
            decimal_of_text(&text)?
        }
    };
    to_rate(parts, base)
}

fn to_rate(parts: Exact, base: i64) -> Result<Value, Problem> {
    let rate = parts.divided_by_integer(base).map_err(|_| not_a_number())?;
    rate.to_decimal(15).and_then(|decimal| Rate::from_decimal(&decimal).ok()).map(Value::Rate).ok_or_else(not_a_number)
}
