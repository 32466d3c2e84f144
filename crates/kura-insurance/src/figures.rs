//! Figures of the rule tables in the types this crate counts with.

use kura_calendar::{Date, Month, parse_iso_date, parse_iso_month};
use kura_law::{Cited, Law, LawError};
use kura_yen::Yen;

pub(crate) const SOCIAL: &str = "social_insurance_rules";
pub(crate) const LABOR: &str = "labor_insurance_rules";

pub(crate) fn integer(law: &Law, table: &str, key: &str, on: Date) -> Result<Cited<i64>, LawError> {
    let figure = law.figure(table, key, on)?;
    Ok(Cited { value: figure.integer()?, citation: figure.citation() })
}

pub(crate) fn small<T: TryFrom<i64>>(law: &Law, table: &str, key: &str, on: Date) -> Result<Cited<T>, LawError> {
    let figure = law.figure(table, key, on)?;
    let value = T::try_from(figure.integer()?).map_err(|_| figure.unreadable("out of range"))?;
    Ok(Cited { value, citation: figure.citation() })
}

pub(crate) fn yen(law: &Law, table: &str, key: &str, on: Date) -> Result<Cited<Yen>, LawError> {
    let figure = law.figure(table, key, on)?;
    Ok(Cited { value: figure.yen()?, citation: figure.citation() })
}

pub(crate) fn month(law: &Law, table: &str, key: &str, on: Date) -> Result<Cited<Month>, LawError> {
    let figure = law.figure(table, key, on)?;
    let value = parse_iso_month(figure.text()?).map_err(|_| figure.unreadable("not a month"))?;
    Ok(Cited { value, citation: figure.citation() })
}

pub(crate) fn date(law: &Law, table: &str, key: &str, on: Date) -> Result<Cited<Date>, LawError> {
    let figure = law.figure(table, key, on)?;
    let value = parse_iso_date(figure.text()?).map_err(|_| figure.unreadable("not a day"))?;
    Ok(Cited { value, citation: figure.citation() })
}
