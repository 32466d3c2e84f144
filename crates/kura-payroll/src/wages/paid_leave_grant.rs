use kura_calendar::{CalendarError, Date, Length, Month, PeriodStart, period_end};
use kura_law::{Law, LawError};
use kura_yen::{Exact, YenError};

use super::STANDARDS;
use crate::Citations;

const GRANTS: &str = "paid_leave_grants";
const MONTHS_OF_YEAR: u16 = 12;
const MINUTES_OF_HOUR: i64 = 60;

/// 所定労働日数, as the contract fixes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkDays {
    /// By the week.
    Week(u8),
    /// By the year, where they are not fixed by the week.
    Year(u16),
}

/// What is true of a person on the grant day. Unknown is `None`, and asked for where it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidLeaveWorker {
    /// 雇入日.
    pub hired_on: Date,
    /// 所定労働日数.
    pub work_days: Option<WorkDays>,
    /// 週の所定労働時間, minutes.
    pub weekly_minutes: Option<i64>,
    /// 出勤日数 of the time before the grant: work injury, childcare, family-care and maternity leave and paid leave count
    /// as attended (労基法39条10項).
    pub attended_days: Option<Exact>,
    /// 全労働日 of the same time.
    pub all_working_days: Option<Exact>,
}

/// Why a grant has its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantBasis {
    /// 通常の付与.
    Full,
    /// 比例付与 by the days of a week.
    Proportional {
        /// The row of the table, days a week.
        weekly_days: i64,
    },
    /// Not long enough in service.
    TooShortService,
    /// 出勤率 below the statutory one: no new days, service counts on.
    BelowAttendance,
    /// Fewer working days than the table begins with.
    TooFewDays,
}

impl GrantBasis {
    /// The basis as one Japanese sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::Full => "通常の日数を付与します（労基法39条1項・2項）。".to_owned(),
            Self::Proportional { weekly_days } => {
                format!("週{weekly_days}日の比例付与の日数を付与します（労基法39条3項、規則24条の3）。")
            }
            Self::TooShortService => "継続勤務の期間が最初の付与に足りないため、付与はありません。".to_owned(),
            Self::BelowAttendance => {
                "出勤率が足りないため、この年の付与はありません。勤続年数には数えます。".to_owned()
            }
            Self::TooFewDays => "所定労働日数が比例付与の表の下限に満たないため、付与はありません。".to_owned(),
        }
    }
}

/// 年次有給休暇の付与.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidLeaveGrant {
    /// 付与日 (基準日).
    pub granted_on: Date,
    /// 継続勤務, whole months.
    pub service_months: u16,
    /// 付与日数.
    pub days: i64,
    /// Why.
    pub basis: GrantBasis,
    /// The last day they can be taken; they lapse after it (労基法115条).
    pub last_day: Date,
    /// 年5日の時季指定義務, where the grant is large enough.
    pub five_day_duty: Option<FiveDayDuty>,
    /// The figures it stands on.
    pub citations: Citations,
}

/// 年5日の時季指定義務 (労基法39条7項).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiveDayDuty {
    /// First day, 基準日.
    pub from: Date,
    /// Last day by which the days are taken.
    pub until: Date,
    /// The days; with two overlapping years in proportion.
    pub days: Exact,
}

impl FiveDayDuty {
    /// What is left to be taken after days asked for, planned and designated; half days count a half, hours do not count.
    pub fn remaining(&self, taken: Exact) -> Result<Exact, YenError> {
        Ok(self.days.minus(taken)?.max(Exact::ZERO))
    }

    /// The duty as one Japanese sentence.
    pub fn sentence(&self) -> String {
        format!("{}までに{}日を取得させる義務があります（労基法39条7項）。", self.until, self.days)
    }
}

/// Why a grant has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaidLeaveGrantError {
    /// A value that decides is unknown.
    #[error("「{what}」が分からないため、有給休暇の付与日数を計算できません。")]
    Unknown {
        /// The Japanese name of the value.
        what: &'static str,
    },
    /// The grant lies before the hire day.
    #[error("有給休暇の付与日が雇入日より前です。")]
    GrantedBeforeHired,
    /// 全労働日 is zero: there is no rate of attendance.
    #[error("全労働日が0日のため、出勤率を計算できません。")]
    NoWorkingDays,
    /// The number of a grant begins with 1.
    #[error("付与の回数は1から始まります。")]
    NotAGrant,
    /// The second grant is not inside the year of the first.
    #[error("二つの基準日から始まる1年が重なっていません。")]
    NoOverlap,
    /// The overlapping time is no whole number of months.
    #[error("最初の基準日から次の基準日の1年後までが月の単位にならないため、比例した日数を計算できません。")]
    NotWholeMonths,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// A day cannot be computed.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A number of days cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl PaidLeaveGrantError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Unknown { .. } => "その値を雇用条件か勤怠に入れてください。",
            Self::GrantedBeforeHired => "付与日か雇入日を直してください。",
            Self::NoWorkingDays => "全労働日を確かめてください。休業の扱いは労働基準監督署に相談してください。",
            Self::NotAGrant => "1以上の回数を入れてください。",
            Self::NoOverlap => "基準日ごとに5日の取得を確かめてください。",
            Self::NotWholeMonths => "基準日を月の同じ日にそろえるか、通達の方法で日数を決めてください。",
            Self::Law(error) => error.remedy(),
            Self::Calendar(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// The day of the n-th statutory grant of a person (1 = after the first months of service, then every year).
pub fn paid_leave_grant_day(law: &Law, hired_on: Date, number: u16) -> Result<Date, PaidLeaveGrantError> {
    let years = number.checked_sub(1).ok_or(PaidLeaveGrantError::NotAGrant)?;
    let months = first_grant_months(law, hired_on)?.saturating_add(years.saturating_mul(MONTHS_OF_YEAR));
    after_months(hired_on, months)
}

/// 付与日数 on a grant day (労基法39条1項-3項), whether it is the statutory day or an earlier one of the work rules.
pub fn paid_leave_grant(
    law: &Law,
    granted_on: Date,
    worker: &PaidLeaveWorker,
) -> Result<PaidLeaveGrant, PaidLeaveGrantError> {
    let service_months = service_months(worker.hired_on, granted_on)?;
    let years = law.figure(STANDARDS, "paid_leave.prescription_years", granted_on)?;
    let mut citations = Citations::one(years.citation());
    let years = u16::try_from(years.integer()?).map_err(|_| years.unreadable("年数ではありません"))?;
    let last_day = period_end(granted_on, PeriodStart::DayCounted, Length::Years(years))?;
    let (basis, days) = if service_months < first_grant_months(law, granted_on)? {
        (GrantBasis::TooShortService, 0)
    } else if !attended_enough(law, granted_on, worker, &mut citations)? {
        (GrantBasis::BelowAttendance, 0)
    } else {
        days_of_table(law, granted_on, worker, service_months, &mut citations)?
    };
    let five_day_duty = five_day_duty(law, granted_on, days, &mut citations)?;
    Ok(PaidLeaveGrant { granted_on, service_months, days, basis, last_day, five_day_duty, citations })
}

/// 年5日の義務 where a second 基準日 falls inside the year of the first (39条7項ただし書, 規則24条の5): the days of both in
/// proportion, from the first 基準日 to the end of the year of the second.
pub fn five_day_duty_of_overlap(law: &Law, first: Date, second: Date) -> Result<FiveDayDuty, PaidLeaveGrantError> {
    let within = within_months(law, second)?;
    let until = period_end(second, PeriodStart::DayCounted, Length::Months(within))?;
    if second <= first || period_end(first, PeriodStart::DayCounted, Length::Months(within))? < second {
        return Err(PaidLeaveGrantError::NoOverlap);
    }
    let end = until.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
    let months = service_months(first, end)?;
    if after_months(first, months)? != end {
        return Err(PaidLeaveGrantError::NotWholeMonths);
    }
    let days = law.figure(STANDARDS, "paid_leave.five_day_duty.days", second)?.exact()?;
    let days = days.times_integer(months.into())?.divided_by_integer(within.into())?;
    Ok(FiveDayDuty { from: first, until, days })
}

fn five_day_duty(
    law: &Law,
    granted_on: Date,
    granted: i64,
    citations: &mut Citations,
) -> Result<Option<FiveDayDuty>, PaidLeaveGrantError> {
    let least = law.figure(STANDARDS, "paid_leave.five_day_duty.granted_days_min", granted_on)?;
    citations.add(least.citation());
    if granted < least.integer()? {
        return Ok(None);
    }
    let days = law.figure(STANDARDS, "paid_leave.five_day_duty.days", granted_on)?;
    citations.add(days.citation());
    let within = Length::Months(within_months(law, granted_on)?);
    let until = period_end(granted_on, PeriodStart::DayCounted, within)?;
    Ok(Some(FiveDayDuty { from: granted_on, until, days: days.exact()? }))
}

fn attended_enough(
    law: &Law,
    on: Date,
    worker: &PaidLeaveWorker,
    citations: &mut Citations,
) -> Result<bool, PaidLeaveGrantError> {
    let unknown = |what| PaidLeaveGrantError::Unknown { what };
    let attended = worker.attended_days.ok_or_else(|| unknown("出勤日数"))?;
    let all = worker.all_working_days.ok_or_else(|| unknown("全労働日"))?;
    if all <= Exact::ZERO {
        return Err(PaidLeaveGrantError::NoWorkingDays);
    }
    let percent = law.figure(STANDARDS, "paid_leave.attendance_pct", on)?;
    citations.add(percent.citation());
    Ok(attended.times_integer(100)? >= all.times(percent.exact()?)?)
}

/// The days of the row: the greatest 週所定労働日数 (or 年間所定労働日数) that is not above the person's.
fn days_of_table(
    law: &Law,
    on: Date,
    worker: &PaidLeaveWorker,
    service_months: u16,
    citations: &mut Citations,
) -> Result<(GrantBasis, i64), PaidLeaveGrantError> {
    let mut full = 0;
    let mut of_worker = None;
    for row in law.rows_in_force(GRANTS, on)? {
        let weekly_days = row.integer("weekly_days")?;
        full = weekly_days.max(full);
        let reached = match worker.work_days {
            None => false,
            Some(WorkDays::Week(days)) => i64::from(days) >= weekly_days,
            Some(WorkDays::Year(days)) => i64::from(days) >= row.integer("year_days_from")?,
        };
        if reached {
            of_worker = of_worker.max(Some(weekly_days));
        }
    }
    let unknown = |what| PaidLeaveGrantError::Unknown { what };
    if of_worker != Some(full) {
        let hours = law.figure(STANDARDS, "paid_leave.full_weekly_hours", on)?;
        citations.add(hours.citation());
        let weekly_minutes = worker.weekly_minutes.ok_or_else(|| unknown("週の所定労働時間"))?;
        if weekly_minutes >= hours.integer()?.saturating_mul(MINUTES_OF_HOUR) {
            of_worker = Some(full);
        } else if worker.work_days.is_none() {
            return Err(unknown("週の所定労働日数"));
        }
    }
    let Some(weekly_days) = of_worker else { return Ok((GrantBasis::TooFewDays, 0)) };
    let row = law.band(GRANTS, &[&weekly_days.to_string()], on, "service_months", service_months.into())?;
    citations.add(row.citation());
    let basis = if weekly_days == full { GrantBasis::Full } else { GrantBasis::Proportional { weekly_days } };
    Ok((basis, row.integer("days")?))
}

fn first_grant_months(law: &Law, on: Date) -> Result<u16, LawError> {
    months_figure(law, "paid_leave.first_grant_months", on)
}

fn within_months(law: &Law, on: Date) -> Result<u16, LawError> {
    months_figure(law, "paid_leave.five_day_duty.within_months", on)
}

fn months_figure(law: &Law, key: &str, on: Date) -> Result<u16, LawError> {
    let figure = law.figure(STANDARDS, key, on)?;
    u16::try_from(figure.integer()?).map_err(|_| figure.unreadable("月数ではありません"))
}

/// The day after some months are complete (民法140条, 143条: a service begins with its first day).
fn after_months(from: Date, months: u16) -> Result<Date, PaidLeaveGrantError> {
    let end = period_end(from, PeriodStart::DayCounted, Length::Months(months))?;
    Ok(end.tomorrow().map_err(|_| CalendarError::OutOfRange)?)
}

/// Whole months of service completed before a day.
fn service_months(hired_on: Date, day: Date) -> Result<u16, PaidLeaveGrantError> {
    if day < hired_on {
        return Err(PaidLeaveGrantError::GrantedBeforeHired);
    }
    let months = Month::of(day).months_since(Month::of(hired_on));
    let months = u16::try_from(months).map_err(|_| CalendarError::OutOfRange)?;
    let complete = months == 0 || after_months(hired_on, months)? <= day;
    Ok(if complete { months } else { months.saturating_sub(1) })
}
