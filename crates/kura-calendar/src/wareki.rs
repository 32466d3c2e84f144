use std::fmt;

use jiff::civil::{Date, Weekday, date};

use crate::CalendarError;

/// 元号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, read from 1868-01-01.
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08 (元号を改める政令).
    Heisei,
    /// 令和, from 2019-05-01 (元号を改める政令).
    Reiwa,
}

impl Era {
    /// All eras, the newest first.
    pub const NEWEST_FIRST: [Era; 5] = [Self::Reiwa, Self::Heisei, Self::Showa, Self::Taisho, Self::Meiji];

    /// The first day of the era.
    pub const fn first_day(self) -> Date {
        match self {
            Self::Meiji => date(1868, 1, 1),
            Self::Taisho => date(1912, 7, 30),
            Self::Showa => date(1926, 12, 25),
            Self::Heisei => date(1989, 1, 8),
            Self::Reiwa => date(2019, 5, 1),
        }
    }

    /// The day after the last day of the era; `None` while it lasts.
    pub const fn end(self) -> Option<Date> {
        match self {
            Self::Meiji => Some(Self::Taisho.first_day()),
            Self::Taisho => Some(Self::Showa.first_day()),
            Self::Showa => Some(Self::Heisei.first_day()),
            Self::Heisei => Some(Self::Reiwa.first_day()),
            Self::Reiwa => None,
        }
    }

    /// 元号の名.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// 元号の頭文字, as forms shorten it (`令8.6.25`).
    pub const fn kanji(self) -> char {
        match self {
            Self::Meiji => '明',
            Self::Taisho => '大',
            Self::Showa => '昭',
            Self::Heisei => '平',
            Self::Reiwa => '令',
        }
    }

    /// The letter of the short form (`R8.6.25`).
    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The digit of the filings of 日本年金機構 (1 明治, 3 大正, 5 昭和, 7 平成, 9 令和).
    pub const fn filing_digit(self) -> char {
        match self {
            Self::Meiji => '1',
            Self::Taisho => '3',
            Self::Showa => '5',
            Self::Heisei => '7',
            Self::Reiwa => '9',
        }
    }
}

/// 和暦: a day by era, year of the era, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wareki {
    /// 元号.
    pub era: Era,
    /// 年, from 1.
    pub year: i16,
    /// 月.
    pub month: i8,
    /// 日.
    pub day: i8,
}

impl Wareki {
    /// The day in 和暦. Days before 明治 are an error.
    pub fn of(day: Date) -> Result<Self, CalendarError> {
        let era = Era::NEWEST_FIRST.into_iter().find(|era| era.first_day() <= day);
        let era = era.ok_or(CalendarError::OutOfRange)?;
        let year = day.year().saturating_sub(era.first_day().year()).saturating_add(1);
        Ok(Self { era, year, month: day.month(), day: day.day() })
    }

    /// The Gregorian day. A day that is not in the era is an error: 平成31年5月1日 was 令和元年5月1日.
    pub fn to_date(self) -> Result<Date, CalendarError> {
        let year = self.era.first_day().year().checked_add(self.year).and_then(|year| year.checked_sub(1));
        let year = year.filter(|_| self.year >= 1).ok_or(CalendarError::ImpossibleDate)?;
        let day = Date::new(year, self.month, self.day).map_err(|_| CalendarError::ImpossibleDate)?;
        let in_era = self.era.first_day() <= day && self.era.end().is_none_or(|end| day < end);
        if in_era { Ok(day) } else { Err(CalendarError::ImpossibleDate) }
    }

    /// `080625`: year, month and day of the era in two digits each, as the filings write it.
    pub fn six_digits(self) -> String {
        format!("{:02}{:02}{:02}", self.year, self.month, self.day)
    }

    /// `R8.6.25`.
    pub fn short(self) -> String {
        format!("{}{}.{}.{}", self.era.letter(), self.year, self.month, self.day)
    }
}

/// 令和8年6月25日; the first year of an era is 元年.
impl fmt::Display for Wareki {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.era.japanese())?;
        match self.year {
            1 => formatter.write_str("元")?,
            year => write!(formatter, "{year}")?,
        }
        write!(formatter, "年{}月{}日", self.month, self.day)
    }
}

/// 曜日 in one character.
pub const fn japanese_weekday(weekday: Weekday) -> char {
    match weekday {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    }
}
