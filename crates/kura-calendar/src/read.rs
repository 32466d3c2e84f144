use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::{CalendarError, Era, Month, Wareki, in_range};

/// Reads `YYYY-MM-DD`, the one spelling of machines.
pub fn parse_iso_date(text: &str) -> Result<Date, CalendarError> {
    let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes() else { return Err(CalendarError::NotADate) };
    let part = |range| text.get(range).and_then(number).ok_or(CalendarError::NotADate);
    gregorian(part(0..4)?, part(5..7)?, part(8..10)?)
}

/// Reads `YYYY-MM`, the one spelling of machines.
pub fn parse_iso_month(text: &str) -> Result<Month, CalendarError> {
    let [_, _, _, _, b'-', _, _] = text.as_bytes() else { return Err(CalendarError::NotAMonth) };
    let part = |range| text.get(range).and_then(number).ok_or(CalendarError::NotAMonth);
    gregorian(part(0..4)?, part(5..7)?, 1).map(Month::of)
}

/// Reads a day as an office types it: `2026-06-25`, `2026/6/25`, `2026.6.25`, `2026年6月25日`, `20260625`, `R8.6.25`,
/// `令和8年6月25日`, `令8.6.25`, `令和元年5月1日`; full-width characters and padding spaces are accepted.
pub fn read_date(text: &str) -> Result<Date, CalendarError> {
    let plain = half_width(text).ok_or(CalendarError::NotADate)?;
    let (era, rest) = split_era(&plain);
    if era.is_none() && rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i32 = rest.parse().map_err(|_| CalendarError::NotADate)?;
        return gregorian(number / 10_000, number / 100 % 100, number % 100);
    }
    let written = Written::of(rest).ok_or(CalendarError::NotADate)?;
    let day = written.day.and_then(number).ok_or(CalendarError::NotADate)?;
    let month = number(written.month).ok_or(CalendarError::NotADate)?;
    match (era, written.year) {
        (Some(era), "元") => in_era(era, 1, month, day),
        (Some(era), year) => in_era(era, number(year).ok_or(CalendarError::NotADate)?, month, day),
        (None, year) => gregorian(full_year(year).ok_or(CalendarError::NotADate)?, month, day),
    }
}

/// Reads a month as an office types it: `2026-06`, `2026/6`, `2026年6月`, `R8.6`, `令和8年6月`.
///
/// The month an era begins in belongs to both eras: `S64.1` and `H1.1` are the same month.
pub fn read_month(text: &str) -> Result<Month, CalendarError> {
    let plain = half_width(text).ok_or(CalendarError::NotAMonth)?;
    let (era, rest) = split_era(&plain);
    let written = Written::of(rest).filter(|written| written.day.is_none()).ok_or(CalendarError::NotAMonth)?;
    let month = number(written.month).ok_or(CalendarError::NotAMonth)?;
    match (era, written.year) {
        (Some(era), "元") => month_in_era(era, 1, month),
        (Some(era), year) => month_in_era(era, number(year).ok_or(CalendarError::NotAMonth)?, month),
        (None, year) => gregorian(full_year(year).ok_or(CalendarError::NotAMonth)?, month, 1).map(Month::of),
    }
}

/// The civil day in Japan (+09:00) of an instant such as `2026-09-01T15:10Z`; a plain day is taken as it stands.
pub fn jst_day_of_instant(text: &str) -> Result<Date, CalendarError> {
    let Some((day, _)) = text.split_once('T') else {
        return parse_iso_date(text).map_err(|error| match error {
            CalendarError::NotADate => CalendarError::NotAnInstant,
            other => other,
        });
    };
    parse_iso_date(day).map_err(|_| CalendarError::NotAnInstant)?;
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

/// A month belongs to an era when its first or its last day does.
fn month_in_era(era: Era, year: i32, month: i32) -> Result<Month, CalendarError> {
    let at_its_end = (28..=31).rev().find_map(|day| in_era(era, year, month, day).ok());
    at_its_end.map_or_else(|| in_era(era, year, month, 1), Ok).map(Month::of)
}

fn small(number: i32) -> Result<i8, CalendarError> {
    i8::try_from(number).map_err(|_| CalendarError::ImpossibleDate)
}

/// Year, month and perhaps day as written: parted by one mark throughout, or by 年, 月 and 日.
struct Written<'text> {
    year: &'text str,
    month: &'text str,
    day: Option<&'text str>,
}

impl<'text> Written<'text> {
    fn of(text: &'text str) -> Option<Self> {
        let mark = text.chars().find(|character| matches!(character, '-' | '/' | '.' | '年'))?;
        let (year, rest) = text.split_once(mark)?;
        if mark != '年' {
            let (month, day) = rest.split_once(mark).map_or((rest, None), |(month, day)| (month, Some(day)));
            return Some(Self { year, month, day });
        }
        let (month, day) = rest.split_once('月').unwrap_or((rest, ""));
        let day = (!day.is_empty()).then(|| day.strip_suffix('日').unwrap_or(day));
        Some(Self { year, month, day })
    }
}

/// One to four digits.
fn number(text: &str) -> Option<i32> {
    let plain = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A Gregorian year in four digits: `26/6/25` might be 平成26年 or 2026, so it is refused.
fn full_year(text: &str) -> Option<i32> {
    number(text).filter(|_| text.len() == 4)
}

fn split_era(text: &str) -> (Option<Era>, &str) {
    for era in Era::NEWEST_FIRST {
        let named = text.strip_prefix(era.japanese()).or_else(|| text.strip_prefix(era.kanji()));
        let lettered = || text.strip_prefix([era.letter(), era.letter().to_ascii_lowercase()]);
        if let Some(rest) = named.or_else(lettered) {
            return (Some(era), rest);
        }
    }
    (None, text)
}

/// The text in the characters [`Written`] knows, without padding spaces; `None` when a space parts two digits.
fn half_width(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut digit_before_space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            digit_before_space |= plain.ends_with(|last: char| last.is_ascii_digit());
            continue;
        }
        let folded = fold(character);
        if digit_before_space && folded.is_ascii_digit() {
            return None;
        }
        digit_before_space = false;
        plain.push(folded);
    }
    Some(plain)
}

fn fold(character: char) -> char {
    match character {
        // The full-width forms stand in the order of ASCII.
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '／' | '．' => {
            u32::from(character).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(character)
        }
        '−' | '‐' | '–' | '―' | 'ー' => '-',
        '㋿' => '令',
        '㍻' => '平',
        '㍼' => '昭',
        '㍽' => '大',
        '㍾' => '明',
        other => other,
    }
}
