use kura_calendar::{Closed, Date, Length, PeriodStart, period_end};
use kura_law::{CitationId, Law, LawError, RowRef};

use crate::{BreachError, Certainty, FoundItem, Regime};

/// The step of the law that an unlawful purpose leads to (確報, longer).
const FINAL_UNLAWFUL: &str = "final_unlawful";

/// The limits of an incident under one regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// 速報.
    pub prompt_report: GuideDays,
    /// 確報.
    pub final_report: Limit,
}

/// A guide value without a statutory day: "about 3 to 5 days". Closed days are not passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideDays {
    /// The day at which the guide value begins: time to remind.
    pub alarm: Date,
    /// The day at whose end it is used up.
    pub limit: Date,
    /// The rows of law it stands on.
    pub citations: Vec<CitationId>,
}

/// A statutory limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its length in days, the day of knowledge counted as day 1.
    pub days: u16,
    /// The last day as counted.
    pub raw_day: Date,
    /// The limit: the last day, or the next open day when it is closed (行政機関の休日に関する法律2条).
    pub due: Date,
    /// The closed days passed over, with why.
    pub passed_over: Vec<(Date, Closed)>,
    /// The rows of law it stands on.
    pub citations: Vec<CitationId>,
}

/// 速報 and 確報 for the day of knowledge in Japan: of a juridical person, the day any of its departments knew; of the
/// fourth item, the day the threshold was crossed.
pub fn breach_clock(regime: Regime, known_on: Date, items: &[FoundItem], law: &Law) -> Result<Clock, BreachError> {
    let prompt_report = prompt_report(regime, known_on, law)?;
    let final_report = final_report(regime, known_on, items, law)?;
    Ok(Clock { prompt_report, final_report })
}

/// 速報 (施行規則8条1項; 番号法の規則3条1項).
pub fn prompt_report(regime: Regime, known_on: Date, law: &Law) -> Result<GuideDays, BreachError> {
    guide_days(regime, ["prompt_alarm", "prompt_limit"], known_on, law)
}

/// 委託元への通知 by the delegate, who is then free of the report (施行規則9条; 番号法の規則4条). The delegator has a clock of
/// his own, from the day the notice arrives at the latest.
pub fn delegator_notice(regime: Regime, known_on: Date, law: &Law) -> Result<GuideDays, BreachError> {
    guide_days(regime, ["delegator_notice_alarm", "delegator_notice_limit"], known_on, law)
}

/// 確報 (施行規則8条2項; 番号法の規則3条2項). A limit that needs a year without a table of holidays is
/// [`BreachError::NeedsReview`].
pub fn final_report(regime: Regime, known_on: Date, items: &[FoundItem], law: &Law) -> Result<Limit, BreachError> {
    let mut citations = Vec::new();
    let row = step_of_final_report(regime, items, known_on, law, &mut citations)?;
    let (days, raw_day) = last_day(&row, known_on)?;
    let (due, passed_over) = match row.text("closing_rule")? {
        "" => (raw_day, Vec::new()),
        place => {
            citations.push(law.figure("closed_days", &format!("{place}.law"), raw_day)?.citation());
            law.closing_rule(place, raw_day)?.next_open_day(raw_day, law.holidays())?
        }
    };
    Ok(Limit { days, raw_day, due, passed_over, citations })
}

/// The days of the 確報 before they are counted.
pub(crate) fn days_of_final_report(
    regime: Regime,
    items: &[FoundItem],
    known_on: Date,
    law: &Law,
    citations: &mut Vec<CitationId>,
) -> Result<u16, BreachError> {
    let row = step_of_final_report(regime, items, known_on, law, citations)?;
    Ok(days(&row)?)
}

/// The longer step counts when an item that leads to it is certain, or when no other item is in question: otherwise some
/// reading of the facts has the shorter limit, and the earliest day stands.
fn step_of_final_report<'law>(
    regime: Regime,
    items: &[FoundItem],
    known_on: Date,
    law: &'law Law,
    citations: &mut Vec<CitationId>,
) -> Result<RowRef<'law>, BreachError> {
    let mut shorter = None;
    let mut longer_is_certain = false;
    for found in items {
        if found.item.regime() != regime {
            return Err(BreachError::WrongRegime);
        }
        let trigger = law.row("breach_triggers", &[regime.code(), found.item.code()], known_on)?;
        citations.push(trigger.citation());
        let step = trigger.text("final_step")?;
        if step == FINAL_UNLAWFUL {
            longer_is_certain |= found.certainty == Certainty::Certain;
        } else {
            shorter = Some(step);
        }
    }
    let step = match shorter {
        _ if items.is_empty() => return Err(BreachError::NoItem),
        Some(step) if !longer_is_certain => step,
        _ => FINAL_UNLAWFUL,
    };
    let row = law.row("breach_clocks", &[regime.code(), step], known_on)?;
    citations.push(row.citation());
    Ok(row)
}

fn guide_days(regime: Regime, steps: [&str; 2], known_on: Date, law: &Law) -> Result<GuideDays, BreachError> {
    let [begins, ends] = steps;
    let begins = law.row("breach_clocks", &[regime.code(), begins], known_on)?;
    let ends = law.row("breach_clocks", &[regime.code(), ends], known_on)?;
    let (_, alarm) = last_day(&begins, known_on)?;
    let (_, limit) = last_day(&ends, known_on)?;
    Ok(GuideDays { alarm, limit, citations: vec![begins.citation(), ends.citation()] })
}

fn last_day(row: &RowRef<'_>, known_on: Date) -> Result<(u16, Date), BreachError> {
    let days = days(row)?;
    let counted = row.flag("first_day_counted")?;
    let start = if counted { PeriodStart::DayCounted } else { PeriodStart::DayNotCounted };
    Ok((days, period_end(known_on, start, Length::Days(days))?))
}

fn days(row: &RowRef<'_>) -> Result<u16, LawError> {
    u16::try_from(row.integer("days")?).map_err(|_| LawError::BadCell {
        file: "breach/clocks.csv".to_owned(),
        row: 0,
        column: "days".to_owned(),
        reason: "not a number of days".to_owned(),
    })
}
