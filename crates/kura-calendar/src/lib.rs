#![doc = include_str!("../README.md")]

mod age;
mod closing;
mod effective;
mod holidays;
mod month;
mod period;
mod read;
mod wareki;

pub use age::{age_on, birthday_in, reaches_age_on};
pub use closing::{Closed, ClosingRule};
pub use effective::{EffectiveRange, Timeline};
pub use holidays::{Holiday, HolidayKind, Holidays};
pub use jiff::civil::{Date, Weekday};
pub use month::Month;
pub use period::{Length, PeriodStart, period_end};
pub use read::{jst_day_of_instant, parse_iso_date, parse_iso_month, read_date, read_month};
pub use wareki::{Era, Wareki, japanese_weekday};

/// First day Kura reads (明治元年; 1868-01-01 in the Gregorian calendar).
pub const FIRST_DAY: Date = jiff::civil::date(1868, 1, 1);
/// Last day Kura reads.
pub const LAST_DAY: Date = jiff::civil::date(2199, 12, 31);

/// Why a day cannot be read or counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The text is not a day in a spelling Kura knows.
    #[error("日付として読めません。")]
    NotADate,
    /// The text is not a month in a spelling Kura knows.
    #[error("年月として読めません。")]
    NotAMonth,
    /// The text is not an instant with its offset from UTC.
    #[error("日時として読めません。")]
    NotAnInstant,
    /// The day does not exist: 31 June, 29 February of a common year, 令和 before 2019-05-01.
    #[error("存在しない日付です。")]
    ImpossibleDate,
    /// The day lies outside the years Kura computes with.
    #[error("日付が、扱える範囲（1868年から2199年まで）の外です。")]
    OutOfRange,
    /// A period of no days, weeks, months or years.
    #[error("期間の長さが0です。")]
    EmptyPeriod,
    /// There is no table of holidays for that year: it is refused, never guessed.
    #[error("{year}年の祝日の表がありません（収録は{first_year}年から{last_year}年まで）。")]
    NoHolidayTable {
        /// The year asked for.
        year: i16,
        /// First year of the table.
        first_year: i16,
        /// Last year of the table.
        last_year: i16,
    },
}

impl CalendarError {
    /// What the user can do, one Japanese sentence.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NotADate => "「2026-06-25」「R8.6.25」「令和8年6月25日」のように書いてください。",
            Self::NotAMonth => "「2026-06」「R8.6」のように書いてください。",
            Self::NotAnInstant => "「2026-06-25」または「2026-06-25T15:00+09:00」のように書いてください。",
            Self::ImpossibleDate => "月の日数と元号の期間を確かめてください。",
            Self::OutOfRange => "年を確かめてください。",
            Self::EmptyPeriod => "期間を1以上で指定してください。",
            Self::NoHolidayTable { .. } => "祝日の表がある年の日付にするか、その年の祝日を取り込んでください。",
        }
    }
}

/// The day itself when Kura computes with it.
pub(crate) fn in_range(day: Date) -> Result<Date, CalendarError> {
    if (FIRST_DAY..=LAST_DAY).contains(&day) { Ok(day) } else { Err(CalendarError::OutOfRange) }
}
