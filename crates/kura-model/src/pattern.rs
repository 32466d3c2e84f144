use std::fmt;

use kura_calendar::{Date, Month};

/// Bits of the weeks of a month, first to fifth.
const EVERY_WEEK: u8 = 0b1_1111;
/// Sunday first.
const WEEKDAYS: [char; 7] = ['日', '月', '火', '水', '木', '金', '土'];

/// 月の並び: some of the twelve months, for example 賞与支払予定月. `Display` writes `7,12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MonthsOfYear(u16);

impl MonthsOfYear {
    /// Reads month numbers parted by `,` `、` `・` `/` or a space, each with or without `月`: `7,12`, `7月・12月`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0_u16;
        for part in text.split([',', '、', '・', '/', ' ', '，']).filter(|part| !part.is_empty()) {
            let month: u32 = part.strip_suffix('月').unwrap_or(part).parse().ok()?;
            (1..=12).contains(&month).then_some(())?;
            bits |= 1_u16.checked_shl(month)?;
        }
        (bits != 0).then_some(Self(bits))
    }

    /// True when the month of the year is one of them.
    pub fn contains(self, month: Month) -> bool {
        self.numbers().any(|number| number == month.month())
    }

    /// The numbers of the months, in order.
    pub fn numbers(self) -> impl Iterator<Item = i8> {
        (1..=12).filter(move |month: &i8| self.0 & 1_u16.checked_shl(u32::from(month.unsigned_abs())).unwrap_or(0) != 0)
    }
}

impl fmt::Display for MonthsOfYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_list(formatter, self.numbers())
    }
}

/// 所定休日の型: weekdays off, each in every week or in some weeks of the month. `Display` writes `土(2,4)・日`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WeekdayPattern {
    /// Sunday first; one bit a week of the month.
    weeks: [u8; 7],
}

impl WeekdayPattern {
    /// Reads `土(2,4)`, `土日`, `土・日`, `土曜(第2・第4)`: a weekday, and in brackets which of the month.
    pub fn parse(text: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut rest = text.trim();
        while let Some(weekday) = rest.chars().next() {
            let at = WEEKDAYS.iter().position(|name| *name == weekday)?;
            rest = rest.strip_prefix(weekday)?;
            rest = rest.strip_prefix("曜日").or_else(|| rest.strip_prefix('曜')).unwrap_or(rest).trim_start();
            let mut weeks = EVERY_WEEK;
            if let Some(inside) = rest.strip_prefix('(') {
                let (list, after) = inside.split_once(')')?;
                weeks = weeks_of_month(list)?;
                rest = after;
            }
            *pattern.weeks.get_mut(at)? |= weeks;
            rest = rest.trim_start_matches([',', '、', '・', '/', ' ', '，']);
        }
        (pattern != Self::default()).then_some(pattern)
    }

    /// True when the day is off by this pattern.
    pub fn contains(self, day: Date) -> bool {
        let weekday = usize::try_from(day.weekday().to_sunday_zero_offset()).ok();
        let weeks = weekday.and_then(|at| self.weeks.get(at)).copied().unwrap_or(0);
        let week = u32::from(day.day().saturating_sub(1).unsigned_abs()) / 7;
        weeks & 1_u8.checked_shl(week).unwrap_or(0) != 0
    }
}

impl fmt::Display for WeekdayPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, weeks) in WEEKDAYS.iter().zip(self.weeks).filter(|(_, weeks)| *weeks != 0) {
            write!(formatter, "{separator}{name}")?;
            if weeks != EVERY_WEEK {
                let numbers = (0..5_u32).filter(|week| weeks & 1_u8.checked_shl(*week).unwrap_or(0) != 0);
                formatter.write_str("(")?;
                write_list(formatter, numbers.map(|week| week.saturating_add(1)))?;
                formatter.write_str(")")?;
            }
            separator = "・";
        }
        Ok(())
    }
}

/// 日付の並び: some days, in order. `Display` writes `2026-05-12,2026-05-13`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateList(Vec<Date>);

impl DateList {
    /// The days in order, each once.
    pub fn new(mut days: Vec<Date>) -> Self {
        days.sort_unstable();
        days.dedup();
        Self(days)
    }

    /// The days, in order.
    pub fn days(&self) -> &[Date] {
        &self.0
    }
}

impl fmt::Display for DateList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_list(formatter, self.0.iter())
    }
}

fn weeks_of_month(list: &str) -> Option<u8> {
    let mut weeks = 0_u8;
    for part in list.split([',', '、', '・', ' ', '，']).filter(|part| !part.is_empty()) {
        let week: u32 = part.strip_prefix('第').unwrap_or(part).parse().ok()?;
        (1..=5).contains(&week).then_some(())?;
        weeks |= 1_u8.checked_shl(week.checked_sub(1)?)?;
    }
    (weeks != 0).then_some(weeks)
}

fn write_list<T: fmt::Display>(formatter: &mut fmt::Formatter<'_>, items: impl Iterator<Item = T>) -> fmt::Result {
    let mut separator = "";
    for item in items {
        write!(formatter, "{separator}{item}")?;
        separator = ",";
    }
    Ok(())
}
