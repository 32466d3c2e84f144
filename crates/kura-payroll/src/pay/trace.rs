use std::fmt;

use kura_law::CitationId;
use kura_yen::{Exact, Rounding, Yen};

use super::slip::LineKind;
use crate::formula::Step;

/// Why a line has its amount: the inputs, the exact result before its rounding, the figures of law. The rule stands on the
/// line itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reason {
    /// The inputs by their Japanese names, for example 標準報酬月額 and 260,000 yen.
    pub inputs: Vec<(&'static str, Input)>,
    /// The exact result before rounding, where there was one.
    pub exact: Option<Exact>,
    /// The rounding, in words.
    pub rounding: Option<&'static str>,
    /// The steps of a formula.
    pub steps: Vec<Step>,
    /// The figures of law: table, start, source and confidence through [`kura_law::Law::citation`].
    pub citations: Vec<CitationId>,
}

/// An input of an amount. It becomes words only when somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An amount, yen.
    Yen(Yen),
    /// A number: a rate, days, a price before rounding.
    Number(Exact),
    /// A time, minutes.
    Minutes(i64),
    /// A word, or a value that has only words.
    Text(String),
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yen(yen) => yen.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
            Self::Minutes(minutes) => write!(formatter, "{}:{:02}", minutes / 60, (minutes % 60).abs()),
            Self::Text(text) => formatter.write_str(text),
        }
    }
}

impl From<Yen> for Input {
    fn from(yen: Yen) -> Self {
        Self::Yen(yen)
    }
}

impl From<Exact> for Input {
    fn from(number: Exact) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Input {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A total of the slip that has a reason of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Total {
    /// 非課税: the tax-free part of 通勤手当.
    Commuting,
    /// 非課税: 宿日直料.
    NightDuty,
    /// 非課税: 食事.
    Meals,
    /// 標準賞与額 of 健康保険, and why a premium is charged on it or not.
    HealthStandardBonus,
    /// 標準賞与額 of 厚生年金, likewise.
    PensionStandardBonus,
}

/// Who listens while a slip is computed. With `()` no reason is ever made.
pub trait Trace {
    /// True when reasons are wanted.
    const LISTENS: bool;
    /// Takes the reason of a line. Lines come in the order of the slip: those of pay, then those of the deductions.
    fn reason(&mut self, line: LineKind, reason: impl FnOnce() -> Reason);
    /// Takes the reason of a total.
    fn total(&mut self, total: Total, reason: impl FnOnce() -> Reason) {
        let _ = (total, reason);
    }
}

impl Trace for () {
    const LISTENS: bool = false;
    fn reason(&mut self, _: LineKind, _: impl FnOnce() -> Reason) {}
}

/// Keeps every reason, in the order of the lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Traced {
    /// The reasons by line: one for each line of pay, then one for each deduction.
    pub reasons: Vec<(LineKind, Reason)>,
    /// The reasons of the totals.
    pub totals: Vec<(Total, Reason)>,
}

impl Traced {
    /// Forgets every reason and keeps the memory of the lists.
    pub fn clear(&mut self) {
        self.reasons.clear();
        self.totals.clear();
    }
}

impl Trace for Traced {
    const LISTENS: bool = true;

    fn reason(&mut self, line: LineKind, reason: impl FnOnce() -> Reason) {
        self.reasons.push((line, reason()));
    }

    fn total(&mut self, total: Total, reason: impl FnOnce() -> Reason) {
        self.totals.push((total, reason()));
    }
}

/// The name of a rounding, as the workbook spells it.
pub(crate) const fn rounding_in_words(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Down => "切捨",
        Rounding::Up => "切上",
        Rounding::HalfUp => "四捨五入",
        Rounding::HalfDown => "50銭以下切捨",
    }
}
