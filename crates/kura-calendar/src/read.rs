use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::{CalendarError, Era, FIRST_DAY, LAST_DAY, Month, Wareki};

/// Reads `YYYY-MM-DD`, the one spelling of machines.
pub fn parse_iso_date(text: &str) -> Result<Date, CalendarError> {
    let bytes = text.as_bytes();
    let [_, _, _, _, b'-', _, _, b'-', _, _] = bytes else { return Err(CalendarError::NotADate) };
    let parts = Numbers::of(text).ok_or(CalendarError::NotADate)?;
    let [year, month, day] = parts.values;
    gregorian(year, month, day)
}

/// Reads `YYYY-MM`, the one spelling of machines.
pub fn parse_iso_month(text: &str) -> Result<Month, CalendarError> {
    let [_, _, _, _, b'-', _, _] = text.as_bytes() else { return Err(CalendarError::NotAMonth) };
    let parts = Numbers::of(text).ok_or(CalendarError::NotAMonth)?;
    let [year, month, 0] = parts.values else { return Err(CalendarError::NotAMonth) };
    gregorian(year, month, 1).map(Month::of)
}

/// Reads a day as an office types it: `2026-06-25`, `2026/6/25`, `2026.6.25`, `2026年6月25日`, `20260625`, `R8.6.25`,
/// `令和8年6月25日`, `令和元年5月1日`; full-width digits and spaces around are accepted.
pub fn read_date(text: &str) -> Result<Date, CalendarError> {
    let plain = half_width(text);
    let (era, rest) = split_era(&plain);
    if era.is_none() && rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i32 = rest.parse().map_err(|_| CalendarError::NotADate)?;
        return gregorian(number / 10_000, number / 100 % 100, number % 100);
    }
    let parts = Numbers::of(rest).filter(|parts| parts.count == 3).ok_or(CalendarError::NotADate)?;
    let [year, month, day] = parts.values;
    match era {
        Some(era) => in_era(era, year, month, day),
        None if year >= 1000 => gregorian(year, month, day),
        None => Err(CalendarError::NotADate),
    }
}

/// Reads a month as an office types it: `2026-06`, `2026/6`, `2026年6月`, `R8.6`, `令和8年6月`.
pub fn read_month(text: &str) -> Result<Month, CalendarError> {
    let plain = half_width(text);
    let (era, rest) = split_era(&plain);
    let parts = Numbers::of(rest).filter(|parts| parts.count == 2).ok_or(CalendarError::NotAMonth)?;
    let [year, month, _] = parts.values;
    match era {
        // The month an era begins in has two names; its last day is surely in the newer one.
        Some(era) => (1..=31)
            .rev()
            .find_map(|day| in_era(era, year, month, day).ok())
            .map(Month::of)
            .ok_or(CalendarError::ImpossibleDate),
        None if year >= 1000 => gregorian(year, month, 1).map(Month::of),
        None => Err(CalendarError::NotAMonth),
    }
}

/// The civil day in Japan (+09:00) of an instant such as `2026-09-01T15:10Z`; a plain day is taken as it stands.
pub fn jst_day_of_instant(text: &str) -> Result<Date, CalendarError> {
    if text.len() == 10 {
        return parse_iso_date(text);
    }
    let (day, _) = text.split_once('T').ok_or(CalendarError::NotAnInstant)?;
    parse_iso_date(day)?;
    let instant: Timestamp = text.parse().map_err(|_| CalendarError::NotAnInstant)?;
    in_range(Offset::constant(9).to_datetime(instant).date())
}

fn gregorian(year: i32, month: i32, day: i32) -> Result<Date, CalendarError> {
    let year = i16::try_from(year).map_err(|_| CalendarError::OutOfRange)?;
    let (month, day) = (small(month)?, small(day)?);
    in_range(Date::new(year, month, day).map_err(|_| CalendarError::ImpossibleDate)?)
}

fn in_era(era: Era, year: i32, month: i32, day: i32) -> Result<Date, CalendarError> {
    let year = i16::try_from(year).map_err(|_| CalendarError::ImpossibleDate)?;
    in_range(Wareki { era, year, month: small(month)?, day: small(day)? }.to_date()?)
}

fn small(number: i32) -> Result<i8, CalendarError> {
    i8::try_from(number).map_err(|_| CalendarError::ImpossibleDate)
}

fn in_range(day: Date) -> Result<Date, CalendarError> {
    if (FIRST_DAY..=LAST_DAY).contains(&day) { Ok(day) } else { Err(CalendarError::OutOfRange) }
}

/// Up to three numbers parted by one separator each.
struct Numbers {
    values: [i32; 3],
    count: usize,
}

impl Numbers {
    fn of(text: &str) -> Option<Self> {
        let body = text.strip_suffix('日').or_else(|| text.strip_suffix('月')).unwrap_or(text);
        let mut values = [0; 3];
        let mut count = 0;
        for part in body.split(['-', '/', '.', '年', '月']) {
            let plain = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            *values.get_mut(count)? = if plain { part.parse().ok()? } else { return None };
            count = count.saturating_add(1);
        }
        Some(Self { values, count })
    }
}

fn split_era(text: &str) -> (Option<Era>, &str) {
    for era in Era::NEWEST_FIRST {
        let named = text.strip_prefix(era.japanese()).or_else(|| text.strip_prefix(era.letter()));
        let named = named.or_else(|| text.strip_prefix(era.letter().to_ascii_lowercase()));
        if let Some(rest) = named {
            return (Some(era), rest);
        }
    }
    (None, text)
}

fn half_width(text: &str) -> String {
    let fold = |character: char| match character {
        '０'..='９' => {
            char::from_digit(u32::from(character).saturating_sub(u32::from('０')), 10).unwrap_or(character)
        }
        '－' => '-',
        '／' => '/',
        '．' => '.',
        '元' => '1',
        other => other,
    };
    text.trim().chars().filter(|character| !character.is_whitespace()).map(fold).collect()
}
