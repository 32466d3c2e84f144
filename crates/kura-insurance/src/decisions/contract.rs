//! What both kinds of insurance ask of a contract of employment and of a student.

use kura_calendar::{Date, Length, PeriodStart, period_end};

use crate::decisions::{DecisionError, wording};

/// 契約期間.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contract {
    /// 期間の定めなし.
    Indefinite,
    /// 期間の定めあり. Of renewed contracts: from the first day of the first to the last day of the present one.
    FixedTerm {
        /// 自.
        from: Date,
        /// 至.
        to: Date,
        /// Whether it is expected to go on beyond its end.
        renewal: Prospect,
    },
}

/// 更新の見込み. A contract that says 更新する or 更新する場合がある, or people of the same contract who were renewed, is a
/// prospect, unless both sides agreed on the end (適用拡大Q&A 問38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prospect {
    /// あり.
    Expected,
    /// なし.
    NotExpected,
    /// 未確認.
    Unknown,
}

/// 学生.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Student {
    /// なし.
    No,
    /// 昼間学生.
    Daytime,
    /// 昼間学生 who counts as none: 休学中, 卒業前に就職し卒業後も引き続き雇用.
    DaytimeExcepted,
    /// 夜間・通信・定時制.
    EveningOrCorrespondence,
}

impl Student {
    /// True when the person counts as a daytime student.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Daytime)
    }
}

impl Contract {
    /// True when it ends within so many months from its first day.
    pub(crate) fn within_months(self, months: u16) -> Result<bool, DecisionError> {
        let Some((from, to)) = self.checked_term()? else { return Ok(false) };
        Ok(to <= period_end(from, PeriodStart::DayCounted, Length::Months(months))?)
    }

    /// Whether it lasts so long: by its term, else by the prospect of renewal; `None` when that is unknown.
    pub(crate) fn expected_to_last(self, length: Length) -> Result<Option<bool>, DecisionError> {
        let Some((from, to)) = self.checked_term()? else { return Ok(Some(true)) };
        if period_end(from, PeriodStart::DayCounted, length)? <= to {
            return Ok(Some(true));
        }
        Ok(self.prospect())
    }

    /// Whether it goes on beyond its end; `None` when unknown.
    pub(crate) fn prospect(self) -> Option<bool> {
        match self {
            Self::Indefinite | Self::FixedTerm { renewal: Prospect::Expected, .. } => Some(true),
            Self::FixedTerm { renewal: Prospect::NotExpected, .. } => Some(false),
            Self::FixedTerm { renewal: Prospect::Unknown, .. } => None,
        }
    }

    /// `期間の定めなし`, `2026年4月1日から2026年5月31日まで、更新の見込みなし`.
    pub(crate) fn say(self) -> String {
        let Self::FixedTerm { from, to, renewal } = self else { return "期間の定めなし".to_owned() };
        let prospect = match renewal {
            Prospect::Expected => "更新の見込みあり",
            Prospect::NotExpected => "更新の見込みなし",
            Prospect::Unknown => "更新の見込みは未確認",
        };
        format!("{}から{}まで、{prospect}", wording::day(from), wording::day(to))
    }

    fn checked_term(self) -> Result<Option<(Date, Date)>, DecisionError> {
        match self {
            Self::Indefinite => Ok(None),
            Self::FixedTerm { from, to, .. } if to < from => Err(DecisionError::ContractEndsBeforeStart),
            Self::FixedTerm { from, to, .. } => Ok(Some((from, to))),
        }
    }
}
