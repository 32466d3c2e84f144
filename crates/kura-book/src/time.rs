use std::time::Duration;

use kura_calendar::{Date, Month, parse_iso_date, read_date, read_month};
use kura_model::Minutes;
use kura_text::half_width_code;
use kura_yen::{Exact, Rounding};

use crate::number::{decimal_text, plain_decimal, whole};

/// How a spreadsheet counts days: from 1900 (its 29 February 1900 never was), or from 1904 (old Macintosh).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Epoch {
    #[default]
    From1900,
    From1904,
}

impl Epoch {
    /// The day of a serial number, its time of day dropped.
    pub(crate) fn day(self, serial: f64) -> Option<Date> {
        let text = decimal_text(serial)?;
        let days: u64 = text.split('.').next()?.parse().ok()?;
        let before_first = match self {
            Self::From1900 if days >= 61 => "1899-12-30",
            Self::From1900 if (1..60).contains(&days) => "1899-12-31",
            Self::From1900 => return None,
            Self::From1904 => "1904-01-01",
        };
        let seconds = days.checked_mul(24 * 60 * 60)?;
        let day = parse_iso_date(before_first).ok()?.checked_add(Duration::from_secs(seconds)).ok()?;
        (day <= kura_calendar::LAST_DAY).then_some(day)
    }
}

/// A plain number in a date column: `20260625`, or the serial number of a cell that lost its format.
pub(crate) fn date_of_number(value: f64, epoch: Epoch) -> Option<Date> {
    match whole(value)? {
        packed @ 18_680_101..=21_991_231 => read_date(&packed.to_string()).ok(),
        20_000..=110_000 => epoch.day(value),
        _ => None,
    }
}

/// A plain number in a month column: `202606`, or a serial number. `2026.6` is refused: it may have been 2026.10.
pub(crate) fn month_of_number(value: f64, epoch: Epoch) -> Option<Month> {
    match whole(value)? {
        packed @ 186_801..=219_912 => month_of_text(&packed.to_string()),
        20_000..=110_000 => epoch.day(value).map(Month::of),
        _ => None,
    }
}

/// A month in every spelling: a month, a day of it, `202606`.
pub(crate) fn month_of_text(text: &str) -> Option<Month> {
    if let Ok(month) = read_month(text) {
        return Some(month);
    }
    if let Ok(day) = read_date(text) {
        return Some(Month::of(day));
    }
    let digits = half_width_code(text.trim());
    let (year, month) = digits.split_at_checked(4)?;
    (month.len() == 2).then_some(())?;
    Month::new(year.parse().ok()?, month.parse().ok()?).ok()
}

/// Why a length of time could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeProblem {
    /// No length of time.
    NotATime,
    /// It has seconds, or a fraction of a minute.
    NotWholeMinutes,
}

/// A length of time as typed: `66:20`, `8.5` (hours), `8時間30分`, `45分`.
pub(crate) fn minutes_of_text(text: &str) -> Result<Minutes, TimeProblem> {
    let folded = half_width_code(text.trim()).replace('：', ":");
    if let Some((hours, rest)) = folded.split_once(':') {
        let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
        let read =
            if minutes.len() == 2 && seconds.len() == 2 { clock(hours, minutes) } else { Err(TimeProblem::NotATime) };
        return read.and_then(|read| if seconds == "00" { Ok(read) } else { Err(TimeProblem::NotWholeMinutes) });
    }
    if let Some((hours, minutes)) = folded.split_once("時間") {
        let minutes = minutes.strip_suffix('分').unwrap_or(minutes);
        return if minutes.is_empty() { minutes_of_hours_text(hours) } else { clock(hours, minutes) };
    }
    match folded.strip_suffix('分') {
        Some(minutes) => clock("0", minutes),
        None => minutes_of_hours_text(&folded),
    }
}

/// A number of hours (`8.5`).
pub(crate) fn minutes_of_hours(value: f64) -> Result<Minutes, TimeProblem> {
    minutes_of_hours_text(&decimal_text(value).ok_or(TimeProblem::NotATime)?)
}

/// A time cell of a spreadsheet: a part of a day. It holds 8:20 as 0.3472222..., so the nearest minute is meant; more than
/// a second away from it the cell has seconds.
#[expect(clippy::float_arithmetic, reason = "spreadsheets keep a length of time as a part of a day; no money")]
pub(crate) fn minutes_of_day_part(serial: f64) -> Result<Minutes, TimeProblem> {
    let seconds: i64 = format!("{:.0}", serial * 86_400.0).parse().map_err(|_| TimeProblem::NotATime)?;
    if seconds < 0 {
        return Err(TimeProblem::NotATime);
    }
    if seconds % 60 != 0 {
        return Err(TimeProblem::NotWholeMinutes);
    }
    i32::try_from(seconds / 60).map(Minutes::new).map_err(|_| TimeProblem::NotATime)
}

fn minutes_of_hours_text(text: &str) -> Result<Minutes, TimeProblem> {
    let hours = plain_decimal(text).and_then(|plain| Exact::parse(&plain).ok()).ok_or(TimeProblem::NotATime)?;
    let minutes = hours.times_integer(60).map_err(|_| TimeProblem::NotATime)?;
    let whole = minutes.round(Rounding::Down).map_err(|_| TimeProblem::NotATime)?;
    if whole.exact() != minutes {
        return Err(TimeProblem::NotWholeMinutes);
    }
    i32::try_from(whole.get()).map(Minutes::new).map_err(|_| TimeProblem::NotATime)
}

fn clock(hours: &str, minutes: &str) -> Result<Minutes, TimeProblem> {
    let digits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return Err(TimeProblem::NotATime);
    }
    let hours: i32 = hours.parse().map_err(|_| TimeProblem::NotATime)?;
    let minutes: i32 = minutes.parse().map_err(|_| TimeProblem::NotATime)?;
    if minutes > 59 && hours > 0 {
        return Err(TimeProblem::NotATime);
    }
    Ok(Minutes::new(hours.saturating_mul(60).saturating_add(minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days() {
        let day = |epoch: Epoch, serial| epoch.day(serial).map(|day| day.to_string());
        assert_eq!(day(Epoch::From1900, 46_198.0).as_deref(), Some("2026-06-25"));
        assert_eq!(day(Epoch::From1900, 46_198.75).as_deref(), Some("2026-06-25"));
        assert_eq!(day(Epoch::From1904, 44_736.0).as_deref(), Some("2026-06-25"));
        assert_eq!(day(Epoch::From1900, 59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(day(Epoch::From1900, 60.0), None);
        assert_eq!(day(Epoch::From1900, 61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(day(Epoch::From1900, -1.0), None);
        assert_eq!(day(Epoch::From1900, 1e12), None);
    }

    #[test]
    fn months_lost_to_a_number_are_refused() {
        assert_eq!(month_of_number(2026.6, Epoch::From1900), None);
        assert_eq!(
            month_of_number(202_606.0, Epoch::From1900).map(|month| month.to_string()).as_deref(),
            Some("2026-06")
        );
        assert_eq!(
            month_of_number(46_174.0, Epoch::From1900).map(|month| month.to_string()).as_deref(),
            Some("2026-06")
        );
        for text in ["2026-06", "R8.6", "令和8年6月", "202606", "2026-06-25", "２０２６／６"] {
            assert_eq!(month_of_text(text).map(|month| month.to_string()).as_deref(), Some("2026-06"), "{text}");
        }
        assert_eq!(month_of_text("202613"), None);
    }

    #[test]
    fn lengths_of_time() {
        for (text, minutes) in [
            ("66:20", Ok(3980)),
            ("66：20", Ok(3980)),
            ("0:40", Ok(40)),
            ("8.5", Ok(510)),
            ("8", Ok(480)),
            ("8時間30分", Ok(510)),
            ("8時間", Ok(480)),
            ("45分", Ok(45)),
            ("102:45:00", Ok(6165)),
            ("102:45:30", Err(TimeProblem::NotWholeMinutes)),
            ("8.33", Err(TimeProblem::NotWholeMinutes)),
            ("8:5", Err(TimeProblem::NotATime)),
            ("8:75", Err(TimeProblem::NotATime)),
            ("-1:00", Err(TimeProblem::NotATime)),
            ("八時間", Err(TimeProblem::NotATime)),
        ] {
            assert_eq!(minutes_of_text(text).map(Minutes::get), minutes, "{text}");
        }
        assert_eq!(minutes_of_day_part(0.347_222_222_222_222_2).map(Minutes::get), Ok(500));
        assert_eq!(minutes_of_day_part(2.763_888_888_888_889).map(Minutes::get), Ok(3980));
        assert_eq!(minutes_of_day_part(0.5 + 1.0 / 86_400.0).map(Minutes::get), Err(TimeProblem::NotWholeMinutes));
    }
}
