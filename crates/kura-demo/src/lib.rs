#![doc = include_str!("../README.md")]

mod agreements;
mod attendance;
mod company;
mod enlarged;
mod family;
mod hinata;
mod hinata_people;
mod history;
mod insurance;
mod kaku;
mod koshiji;
mod names;
mod paid_leave;
mod pay_facts;
mod pay_groups;
mod pay_items;
mod person;
mod place;
mod senshu;
mod senshu_people;

pub use enlarged::enlarged;
use kura_calendar::{Date, Length, Month, PeriodStart, period_end};
use kura_law::Law;
use kura_model::{Attendance, Book, Row};

/// One invented client (架空の顧問先): its book before the run, and what is run over it.
#[derive(Debug, Clone)]
pub struct DemoBook {
    /// The folder below `demo/`.
    pub folder: &'static str,
    /// 蔵ブック: every fact, with the 勤怠 of the run's month. 給与履歴 holds the typed amounts only; the other settled months
    /// are made by running [`DemoBook::history_months`] over the same facts.
    pub book: Book,
    /// What is run, in this order, each over the book that the one before it wrote.
    pub runs: Vec<DemoRun>,
    /// 勤怠 of the fourteen settled 支給月 before the run, oldest first; people whose amounts are typed have no row.
    pub history_months: Vec<AttendanceMonth>,
    /// 勤怠 of the runs after the first.
    pub later_months: Vec<AttendanceMonth>,
}

/// One run of a demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoRun {
    /// `kura month --month`.
    Month {
        /// 支給月.
        month: Month,
    },
    /// `kura month --bonus`.
    Bonus {
        /// 賞与名.
        name: &'static str,
        /// 支給日.
        paid_on: Date,
    },
}

/// The 勤怠 of one 支給月.
#[derive(Debug, Clone)]
pub struct AttendanceMonth {
    /// 支給月.
    pub month: Month,
    /// One row a person.
    pub attendance: Vec<Row<Attendance>>,
}

/// Why the invented clients cannot be made: a figure they stand on is missing from the law pack.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DemoError {
    /// A table or a day is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
    /// A grade or a standard bonus cannot be found.
    #[error(transparent)]
    Insurance(#[from] kura_insurance::InsuranceError),
    /// An amount is outside its range.
    #[error(transparent)]
    Yen(#[from] kura_yen::YenError),
    /// A day or a month is outside the calendar.
    #[error(transparent)]
    Calendar(#[from] kura_calendar::CalendarError),
}

/// The four invented clients: 001 越路みそ醸造 (5 people), 002 泉州総合設備 (40), 003 ひなた介護サービス (300),
/// 004 架空ソフト開発 (3). The law gives the grades of 標準報酬, 労災保険率 and 有休の付与日数.
///
/// # Errors
/// A figure that the law pack does not hold.
pub fn books(law: &Law) -> Result<Vec<DemoBook>, DemoError> {
    Ok(vec![koshiji::book(law)?, senshu::book(law)?, hinata::book(law)?, kaku::book(law)?])
}

/// Day of a fact of the design: a constant, checked when the program is built or first used.
const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Month of a fact of the design.
fn month(year: i16, number: i8) -> Month {
    Month::of(day(year, number, 1))
}

/// The day so many days later (at most some 179 years).
fn days_after(first: Date, days: i64) -> Result<Date, DemoError> {
    let length = u16::try_from(days + 1).unwrap_or(u16::MAX);
    Ok(period_end(first, PeriodStart::DayCounted, Length::Days(length))?)
}
