use kura_calendar::{Date, Month};
use kura_law::{Law, LawError};

use super::{OvertimeAgreement, OvertimeFinding, OvertimeScope, STANDARDS};
use crate::Citations;
use crate::clocks::Period;

const MINUTES_OF_HOUR: i64 = 60;
const MONTHS_OF_YEAR: i32 = 12;

/// The overtime of one month of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthHours {
    /// The month by its days.
    pub period: Period,
    /// 時間外労働 over the statutory hours, work on company days off with it, minutes.
    pub overtime_minutes: i64,
    /// 法定休日労働, minutes.
    pub holiday_minutes: i64,
}

impl MonthHours {
    fn total(&self) -> i64 {
        self.overtime_minutes.saturating_add(self.holiday_minutes)
    }
}

/// Why overtime cannot be compared with its limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OvertimeError {
    /// Months overlap or stand in the wrong order.
    #[error("時間外労働の月が順に並んでいないか、重なっています。")]
    MonthsOutOfOrder,
    /// Hours below zero.
    #[error("{from}からの月の時間外・休日労働が0より小さくなっています。")]
    NegativeHours {
        /// First day of the month.
        from: Date,
    },
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl OvertimeError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::MonthsOutOfOrder => "給与履歴の対象期間を確かめてください。",
            Self::NegativeHours { .. } => "勤怠の時間を直してください。",
            Self::Law(error) => error.remedy(),
        }
    }
}

/// What is wrong with a 36協定 itself (労基法36条3項-5項) by the law of a day, without any person's hours.
pub fn check_overtime_agreement(
    law: &Law,
    on: Date,
    agreement: &OvertimeAgreement,
) -> Result<(Vec<OvertimeFinding>, Citations), OvertimeError> {
    let mut limits = Limits::on(law, on);
    let mut findings = Vec::new();
    if agreement.scope == OvertimeScope::SpecialLimits {
        findings.push(OvertimeFinding::LimitsNotHeld);
    }
    if agreement.scope != OvertimeScope::General {
        return Ok((findings, limits.citations));
    }
    let (agreed, limit) = (agreement.month_minutes, limits.month(agreement.variable_year)?);
    if agreed > limit {
        findings.push(OvertimeFinding::AgreedMonthAboveLaw { agreed, limit });
    }
    let (agreed, limit) = (agreement.year_minutes, limits.year(agreement.variable_year)?);
    if agreed > limit {
        findings.push(OvertimeFinding::AgreedYearAboveLaw { agreed, limit });
    }
    if let Some(special) = agreement.special {
        let (agreed, under) = (special.month_minutes, limits.minutes("article36.special_month_under_hours")?);
        if agreed >= under {
            findings.push(OvertimeFinding::SpecialMonthAboveLaw { agreed, under });
        }
        let (agreed, limit) = (special.year_minutes, limits.minutes("article36.special_year_limit_hours")?);
        if agreed > limit {
            findings.push(OvertimeFinding::SpecialYearAboveLaw { agreed, limit });
        }
        let (agreed, limit) = (special.months, limits.number("article36.special_months_over_45_max")?);
        if agreed > limit {
            findings.push(OvertimeFinding::SpecialMonthsAboveLaw { agreed, limit });
        }
    }
    Ok((findings, limits.citations))
}

/// What the last of some months breaks (労基法36条), for one person. `months` are those known, in order, with earlier years as
/// far as an average reaches into them; the limits of the law on the last day decide. No month, no finding.
pub fn overtime_limits(
    law: &Law,
    agreement: Option<&OvertimeAgreement>,
    months: &[MonthHours],
) -> Result<(Vec<OvertimeFinding>, Citations), OvertimeError> {
    check_order(months)?;
    let Some(last) = months.last() else { return Ok((Vec::new(), Citations::none())) };
    let mut limits = Limits::on(law, last.period.to);
    let mut findings = Vec::new();
    match agreement.filter(|agreement| agreement.covers(last.period.to)) {
        Some(agreement) => limits.of_agreement(agreement, months, last, &mut findings)?,
        None if last.total() > 0 => findings.push(OvertimeFinding::NoAgreement { period: last.period }),
        None => {}
    }
    match agreement.map_or(OvertimeScope::General, |agreement| agreement.scope) {
        OvertimeScope::General => limits.absolute(months, last, &mut findings)?,
        OvertimeScope::ResearchAndDevelopment => {}
        OvertimeScope::SpecialLimits => findings.push(OvertimeFinding::LimitsNotHeld),
    }
    Ok((findings, limits.citations))
}

fn check_order(months: &[MonthHours]) -> Result<(), OvertimeError> {
    let backwards = months.iter().any(|month| month.period.to < month.period.from);
    let overlap =
        months.windows(2).any(|pair| matches!(pair, [first, second] if second.period.from <= first.period.to));
    if backwards || overlap {
        return Err(OvertimeError::MonthsOutOfOrder);
    }
    let negative = months.iter().find(|month| month.overtime_minutes < 0 || month.holiday_minutes < 0);
    negative.map_or(Ok(()), |month| Err(OvertimeError::NegativeHours { from: month.period.from }))
}

/// The figures of 36条 on a day, cited as they are used.
struct Limits<'law> {
    law: &'law Law,
    on: Date,
    citations: Citations,
}

impl<'law> Limits<'law> {
    fn on(law: &'law Law, on: Date) -> Self {
        Self { law, on, citations: Citations::none() }
    }

    fn number(&mut self, key: &str) -> Result<i64, LawError> {
        let figure = self.law.figure(STANDARDS, key, self.on)?;
        self.citations.add(figure.citation());
        figure.integer()
    }

    fn minutes(&mut self, key: &str) -> Result<i64, LawError> {
        Ok(self.number(key)?.saturating_mul(MINUTES_OF_HOUR))
    }

    fn month(&mut self, variable_year: bool) -> Result<i64, LawError> {
        self.minutes(if variable_year {
            "article36.variable_year_month_limit_hours"
        } else {
            "article36.month_limit_hours"
        })
    }

    fn year(&mut self, variable_year: bool) -> Result<i64, LawError> {
        self.minutes(if variable_year { "article36.variable_year_limit_hours" } else { "article36.year_limit_hours" })
    }

    /// Month, times and year of the agreement; one above the law's counts as the law's.
    fn of_agreement(
        &mut self,
        agreement: &OvertimeAgreement,
        months: &[MonthHours],
        last: &MonthHours,
        findings: &mut Vec<OvertimeFinding>,
    ) -> Result<(), LawError> {
        let general = agreement.scope == OvertimeScope::General;
        let (mut limit, mut year_limit) = (agreement.month_minutes, agreement.year_minutes);
        let mut special = agreement.special;
        if general {
            limit = limit.min(self.month(agreement.variable_year)?);
            year_limit = year_limit.min(self.year(agreement.variable_year)?);
            if let Some(clause) = &mut special {
                clause.year_minutes = clause.year_minutes.min(self.minutes("article36.special_year_limit_hours")?);
                clause.months = clause.months.min(self.number("article36.special_months_over_45_max")?);
            }
        }
        let year_start = agreement.year_start(last.period.to);
        let of_year = || months.iter().filter(|month| year_start <= month.period.to);
        if last.overtime_minutes > limit {
            let over = of_year().filter(|month| month.overtime_minutes > limit).count();
            let used = i64::try_from(over).unwrap_or(i64::MAX);
            let worked = last.overtime_minutes;
            match special {
                None => findings.push(OvertimeFinding::OverMonth { worked, limit }),
                Some(clause) => {
                    let allowed = clause.months;
                    findings.push(if used > allowed {
                        OvertimeFinding::SpecialMonthsUsedUp { used, allowed }
                    } else {
                        OvertimeFinding::SpecialClauseUsed { worked, limit, used, allowed }
                    });
                    if last.total() > clause.month_minutes {
                        let (worked, limit) = (last.total(), clause.month_minutes);
                        findings.push(OvertimeFinding::OverSpecialMonth { worked, limit });
                    }
                    if !is_complete(months, year_start) {
                        findings.push(OvertimeFinding::YearIncomplete);
                    }
                }
            }
        }
        let limit = special.map_or(year_limit, |clause| clause.year_minutes);
        let worked = of_year().fold(0_i64, |sum, month| sum.saturating_add(month.overtime_minutes));
        if worked > limit {
            findings.push(OvertimeFinding::OverYear { worked, limit });
        }
        Ok(())
    }

    /// 36条6項: below the one for the month, not above the other on average of two to six months.
    fn absolute(
        &mut self,
        months: &[MonthHours],
        last: &MonthHours,
        findings: &mut Vec<OvertimeFinding>,
    ) -> Result<(), LawError> {
        let under = self.minutes("article36.special_month_under_hours")?;
        if last.total() >= under {
            findings.push(OvertimeFinding::MonthNotUnder { worked: last.total(), under });
        }
        let limit = self.minutes("article36.average_max_hours")?;
        let windows = self.law.figure(STANDARDS, "article36.average_months", self.on)?;
        self.citations.add(windows.citation());
        let known = in_a_row(months);
        let mut needed = 0;
        for length in windows.list()? {
            let count: usize = length.parse().map_err(|_| windows.unreadable("月数ではありません"))?;
            needed = needed.max(count);
            let Some(window) = known.get(known.len().saturating_sub(count)..).filter(|window| window.len() == count)
            else {
                continue;
            };
            let worked = window.iter().fold(0_i64, |sum, month| sum.saturating_add(month.total()));
            let months = i64::try_from(count).unwrap_or(i64::MAX);
            if worked > limit.saturating_mul(months) {
                findings.push(OvertimeFinding::AverageOver { months, worked, limit });
            }
        }
        // A lower month cannot be the first to break an average: an unknown month before it is below `under`, and what
        // a longer window breaks without this month was broken a month earlier.
        let enough = if known.len() < 2 { limit.saturating_mul(2).saturating_sub(under) } else { limit };
        if known.len() < needed && last.total() > enough {
            let count = |months: usize| i64::try_from(months).unwrap_or(i64::MAX);
            let (known, needed) = (count(known.len()), count(needed));
            findings.push(OvertimeFinding::EarlierMonthsUnknown { known, needed });
        }
        Ok(())
    }
}

/// The months that follow each other without a gap up to the last one.
fn in_a_row(months: &[MonthHours]) -> &[MonthHours] {
    let gap = months.windows(2).rposition(
        |pair| !matches!(pair, [first, second] if first.period.to.tomorrow().ok() == Some(second.period.from)),
    );
    let start = gap.map_or(0, |at| at.saturating_add(1));
    months.get(start..).unwrap_or_default()
}

/// True when every month since the year of the agreement began is known.
fn is_complete(months: &[MonthHours], year_start: Date) -> bool {
    in_a_row(months).first().is_some_and(|first| first.period.from <= year_start)
}

impl OvertimeAgreement {
    /// The first day of the year of the agreement that a day lies in.
    fn year_start(&self, day: Date) -> Date {
        let mut start = self.valid_from;
        for year in 1_i32..=100 {
            let months = MONTHS_OF_YEAR.saturating_mul(year);
            let next = Month::of(self.valid_from).plus(months).day_or_last(self.valid_from.day());
            if next > day {
                break;
            }
            start = next;
        }
        start
    }
}
