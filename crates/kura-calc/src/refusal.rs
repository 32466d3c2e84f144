//! What the crates below refuse, as errors of a line: the code, the field that caused it, the table and the day.

use kura_breach::BreachError;
use kura_calendar::{CalendarError, Date};
use kura_insurance::InsuranceError;
use kura_law::LawError;
use kura_payroll::tax::{CommutingError, InhabitantTaxError, WithholdingError, YearEndError};
use kura_yen::YenError;

use crate::error::CalcError;

impl From<LawError> for CalcError {
    fn from(error: LawError) -> Self {
        let (code, date) = match &error {
            LawError::Missing { on, .. } => ("law_missing", Some(*on)),
            // Its own sentence repeats the key, and a key may be anything a caller mixed up with one.
            LawError::UnknownKey { table, title, .. } => {
                let message = format!("法令データ「{title}」（{table}）に、指定された名前や番号がありません。");
                return Self { table: Some(table.clone()), ..Self::new("law_unknown_key", message, error.remedy()) };
            }
            LawError::OutsideTable { .. } => ("law_outside_table", None),
            LawError::Calendar(inner) => return inner.clone().into(),
            LawError::Yen(inner) => return (*inner).into(),
            LawError::UnknownTable { .. } | LawError::BadCell { .. } | LawError::BadManifest { .. } => {
                ("law_broken", None)
            }
        };
        let table = error.table().map(str::to_owned);
        Self { table, date, ..Self::new(code, error.to_string(), error.remedy()) }
    }
}

impl From<CalendarError> for CalcError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::NoHolidayTable { year, .. } => {
                Self::new("needs_review", error.to_string(), error.remedy()).without_holidays(year)
            }
            _ => Self::new("impossible_date", error.to_string(), error.remedy()),
        }
    }
}

impl From<YenError> for CalcError {
    fn from(error: YenError) -> Self {
        Self::new("calculation", error.to_string(), error.remedy())
    }
}

impl From<InsuranceError> for CalcError {
    fn from(error: InsuranceError) -> Self {
        let (code, field) = match error {
            InsuranceError::Law(inner) => return inner.into(),
            InsuranceError::Yen(inner) => return inner.into(),
            InsuranceError::Calendar(inner) => return inner.into(),
            InsuranceError::NegativeStandard => ("out_of_range", "standard"),
            InsuranceError::MonthsOutOfRange => ("out_of_range", "months"),
            InsuranceError::NoPayToSplit => ("wrong_combination", "own"),
            InsuranceError::LeaveEndsBeforeStart => ("wrong_combination", "end"),
            InsuranceError::LastDayBeforeAcquisition => ("wrong_combination", "last_day"),
            InsuranceError::NotADailyBase => ("unknown_choice", "daily_base"),
            InsuranceError::RateChangedInYear { .. } => ("rate_changed_in_year", "fiscal_year"),
        };
        Self::new(code, error.to_string(), error.remedy()).at(field)
    }
}

impl From<WithholdingError> for CalcError {
    fn from(error: WithholdingError) -> Self {
        let field = match error {
            WithholdingError::Law(inner) => return inner.into(),
            WithholdingError::Yen(inner) => return inner.into(),
            WithholdingError::HeiIsDaily => "period",
            WithholdingError::HeiHasNoBonus => "column",
            WithholdingError::FormulaOutsideMonthlyKou => "method",
        };
        Self::wrong_combination(field, error.to_string(), error.remedy())
    }
}

impl From<YearEndError> for CalcError {
    fn from(error: YearEndError) -> Self {
        let (code, field) = match error {
            YearEndError::Law(inner) => return inner.into(),
            YearEndError::Calendar(inner) => return inner.into(),
            YearEndError::Yen(inner) => return inner.into(),
            YearEndError::PayAboveTarget => ("not_adjusted", "pay"),
            YearEndError::AdjustedBeforeYear => ("wrong_combination", "adjusted_on"),
        };
        Self::new(code, error.to_string(), error.remedy()).at(field)
    }
}

impl From<InhabitantTaxError> for CalcError {
    fn from(error: InhabitantTaxError) -> Self {
        let field = match error {
            InhabitantTaxError::Law(inner) => return inner.into(),
            InhabitantTaxError::Yen(inner) => return inner.into(),
            InhabitantTaxError::NotAMonth => "month",
            InhabitantTaxError::LastPayBeforeCycle => "last_pay_month",
        };
        Self::wrong_combination(field, error.to_string(), error.remedy())
    }
}

impl From<CommutingError> for CalcError {
    fn from(error: CommutingError) -> Self {
        let field = match error {
            CommutingError::Law(inner) => return inner.into(),
            CommutingError::Yen(inner) => return inner.into(),
            CommutingError::NoRoute => "distance_km",
            CommutingError::ParkingWithoutDistance => "parking",
        };
        Self::wrong_combination(field, error.to_string(), error.remedy())
    }
}

impl From<BreachError> for CalcError {
    fn from(error: BreachError) -> Self {
        let (code, field) = match error {
            BreachError::Law(inner) => return inner.into(),
            BreachError::UnknownItem | BreachError::NoItem | BreachError::WrongRegime => ("unknown_choice", "triggers"),
            BreachError::NeedsReview(_) => ("needs_review", "known_at"),
        };
        let refusal = Self::new(code, error.to_string(), error.remedy()).at(field);
        match error {
            BreachError::NeedsReview(CalendarError::NoHolidayTable { year, .. }) => refusal.without_holidays(year),
            _ => refusal,
        }
    }
}

impl CalcError {
    /// The table of holidays, and the first day of the year it lacks.
    fn without_holidays(self, year: i16) -> Self {
        Self { table: Some("holidays".to_owned()), date: Date::new(year, 1, 1).ok(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No line leads to these with a pack and ranges that are in order; should one ever, it gets an answer all the same.
    #[test]
    fn a_broken_pack_and_a_number_too_large_have_codes_of_their_own() {
        let broken = LawError::BadManifest { reason: "x".to_owned() };
        assert_eq!(CalcError::from(InsuranceError::Law(broken)).code, "law_broken");
        let unknown = CalcError::from(LawError::UnknownTable { table: "none".to_owned() });
        assert_eq!((unknown.code, unknown.table.as_deref()), ("law_broken", Some("none")));
        assert_eq!(CalcError::from(LawError::Yen(YenError::TooLarge)).code, "calculation");
        assert_eq!(CalcError::from(YearEndError::Calendar(CalendarError::ImpossibleDate)).code, "impossible_date");
    }

    #[test]
    fn a_year_without_holidays_is_named() {
        let error = CalendarError::NoHolidayTable { year: 2028, first_year: 2022, last_year: 2027 };
        let refusal = CalcError::from(InsuranceError::Calendar(error));
        assert_eq!((refusal.code, refusal.table.as_deref()), ("needs_review", Some("holidays")));
        assert_eq!(refusal.date, Date::new(2028, 1, 1).ok());
    }
}
